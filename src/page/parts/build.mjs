// Makes ../page.html: markup, style, and script with its libraries in one file. The policy allows that style and that script by their
// hashes and nothing else; the data, put in place of @DATA@ by the program, is no script.
import {createHash} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import {build} from 'esbuild';

const [target] = process.argv.slice(2);
const folder = new URL('.', import.meta.url);
const read = name => readFileSync(new URL(name, folder), 'utf8');
const hash = text => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const bundle = async (entry, loader) => {
  const made = await build({
    entryPoints: [new URL(entry, folder).pathname], bundle: true, minify: true, write: false, format: 'iife', charset: 'utf8', target: ['chrome100', 'firefox100', 'safari15.4'],
    legalComments: 'none', loader, logLevel: 'warning', supported: {'template-literal': false},
  });
  return made.outputFiles[0].text.trim();
};

// Who sends a page on hands the libraries on, too: their licence asks to be with them.
const licence = `/*\n${read('LICENCES.md')}*/\n`;
const script = `${licence}${(await bundle('main.js', {})).replaceAll('</script', '<\\/script')}`;
const style = await bundle('style.css', {});
const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`;
const page = read('index.html').replace('@POLICY@', () => policy).replace('@STYLE@', () => style).replace('@SCRIPT@', () => script);
writeFileSync(target, page);
