// The parts of the page put together: search, filters, drawing, panel, and the address that says what is shown.
import {load, search} from './data.js';
import {Drawing} from './drawing.js';
import {dot, element} from './element.js';
import {Filters} from './filters.js';
import {Panel} from './panel.js';
import {change, choose, number, say} from './words.js';

const find = id => document.getElementById(id);
const root = document.documentElement;
const data = load();
let drawing = null;

const panel = new Panel(find('panel'), data, go);
const filters = new Filters(find('filters'), data, refilter);

// ---- where we are: `#v=ID` or `#e=NUMBER`, so that the browser's own way back works ----

function go(chosen) {
  location.hash = chosen === null ? '' : chosen.edges ? `v=${chosen.id}` : `e=${chosen.index + 1}`;
}

function current() {
  const [kind, name] = location.hash.slice(1).split('=');
  if (kind === 'v') return data.vertices.find(vertex => vertex.id === name) || null;
  if (kind === 'e') return data.edges[Number(name) - 1] || null;
  return null;
}

function show(move) {
  const chosen = current();
  if (!chosen) panel.overview();
  else if (chosen.edges) panel.vertex(chosen);
  else panel.edge(chosen);
  if (move && chosen) find('panel').querySelector('h2').focus({preventScroll: true});
  if (drawing) drawing.select(chosen);
}

function refilter() {
  const [vertices, edges] = filters.apply();
  find('shown').textContent = say('shown', number(vertices), number(edges));
  if (!drawing) return;
  if (drawing.lone !== filters.lone) drawing.frame(drawing.lone = filters.lone);
  drawing.refilter();
}

// ---- search ----

let hits = [];
let at = -1;

function choose_hit(index) {
  close();
  find('find').value = hits[index].label;
  go(hits[index]);
}

function close() {
  find('hits').hidden = true;
  find('find').setAttribute('aria-expanded', 'false');
  find('find').removeAttribute('aria-activedescendant');
  at = -1;
}

function mark(index) {
  at = hits.length ? (index + hits.length) % hits.length : -1;
  [...find('hits').children].forEach((item, i) => {
    item.setAttribute('aria-selected', String(i === at));
    if (i === at) item.scrollIntoView({block: 'nearest'});
  });
  if (at >= 0) find('find').setAttribute('aria-activedescendant', `hit-${at}`);
}

function look() {
  const typed = find('find').value;
  hits = search(data.vertices, typed, 30);
  const items = hits.map((vertex, index) => {
    const item = element('li', {id: `hit-${index}`, role: 'option'}, dot(vertex.type.colour), vertex.label, element('small', {}, choose(vertex.type.name)));
    item.addEventListener('mousedown', event => event.preventDefault());
    item.addEventListener('click', () => choose_hit(index));
    return item;
  });
  if (!items.length) items.push(element('li', {className: 'empty'}, say('nothing')));
  find('hits').replaceChildren(...items);
  find('hits').hidden = !typed.trim();
  find('find').setAttribute('aria-expanded', String(!find('hits').hidden));
  if (hits.length) mark(0);
}

find('find').addEventListener('input', look);
find('find').addEventListener('blur', close);
find('find').addEventListener('keydown', event => {
  if (event.key === 'ArrowDown') mark(at + 1);
  else if (event.key === 'ArrowUp') mark(at - 1);
  else if (event.key === 'Enter' && at >= 0) choose_hit(at);
  else if (event.key === 'Escape') close();
  else return;
  event.preventDefault();
});

// ---- keys and buttons ----

const keys = {
  ArrowLeft: () => drawing.pan(-.08, 0), ArrowRight: () => drawing.pan(.08, 0), ArrowUp: () => drawing.pan(0, .08), ArrowDown: () => drawing.pan(0, -.08),
  '+': () => drawing.zoom(1.5), '=': () => drawing.zoom(1.5), '-': () => drawing.zoom(1 / 1.5), 0: () => drawing.fit(),
};
find('stage').addEventListener('keydown', event => {
  if (!drawing || event.target !== find('stage') || !keys[event.key] || event.ctrlKey || event.metaKey) return;
  keys[event.key]();
  event.preventDefault();
});
document.addEventListener('keydown', event => {
  if (event.key === '/' && event.target.tagName !== 'INPUT') {
    find('find').focus();
    event.preventDefault();
  } else if (event.key === 'Escape' && event.target !== find('find')) {
    if (find('filters').classList.contains('open')) toggleFilters();
    else go(null);
  }
});

function toggleFilters() {
  const open = find('filters').classList.toggle('open');
  find('show-filters').setAttribute('aria-expanded', String(open));
}

const press = (id, action) => find(id).addEventListener('click', () => action(find(id)));
press('closer', () => drawing?.zoom(1.5));
press('farther', () => drawing?.zoom(1 / 1.5));
press('all', () => drawing?.fit());
press('show-filters', toggleFilters);
press('communities', button => {
  const on = button.getAttribute('aria-pressed') !== 'true';
  button.setAttribute('aria-pressed', String(on));
  drawing?.colourByCommunity(on);
});
press('theme', () => {
  root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
  drawing?.rethemed();
});
press('language', () => {
  change();
  speak();
});

// ---- words ----

function speak() {
  find('find').placeholder = say('find');
  find('find').setAttribute('aria-label', say('find'));
  for (const [id, key] of [['show-filters', 'filters'], ['communities', 'communities'], ['language', 'language']]) find(id).textContent = say(key);
  for (const [id, key] of [['theme', 'theme'], ['closer', 'closer'], ['farther', 'farther'], ['all', 'fit']]) {
    find(id).title = say(key);
    find(id).setAttribute('aria-label', say(key));
  }
  find('stage').setAttribute('aria-label', say('stage'));
  filters.draw();
  refilter();
  show(false);
}

const darkness = matchMedia('(prefers-color-scheme: dark)');
root.dataset.theme = darkness.matches ? 'dark' : 'light';
darkness.addEventListener('change', event => {
  root.dataset.theme = event.matches ? 'dark' : 'light';
  drawing?.rethemed();
});

filters.apply();
try {
  drawing = new Drawing(find('canvas'), data, go);
} catch (error) {
  find('canvas').append(element('p', {className: 'empty'}, `${say('webgl')} (${error.message})`));
}
speak();
addEventListener('hashchange', () => show(true));
