// Reads GraphML with graphology, .cyjs with cytoscape.js and links with d3-force, and compares with the node-link JSON.
//
//     node check_formats.cjs NODE_MODULES FOLDER...
'use strict';
const fs = require('fs');
const {createRequire} = require('module');
const assert = require('assert');

const [modules, ...folders] = process.argv.slice(2);
const need = createRequire(fs.realpathSync(modules) + '/');
const {MultiDirectedGraph} = need('graphology');
const graphml = need('graphology-graphml');
const cytoscape = need('cytoscape');

const read = path => JSON.parse(fs.readFileSync(path, 'utf8'));
const xmlText = text => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');

function checkGraphology(path, expected) {
    const graph = graphml.parse(MultiDirectedGraph, fs.readFileSync(path, 'utf8'));
    assert.deepStrictEqual(graph.nodes().sort(), expected.nodes.map(node => node.id).sort(), `${path}: vertices`);
    assert.deepStrictEqual(graph.edges().sort(), expected.edges.map(edge => edge.key).sort(), `${path}: edges`);
    for (const node of expected.nodes)
        if (!path.endsWith('yed.graphml'))
            assert.strictEqual(graph.getNodeAttribute(node.id, 'label'), xmlText(node.label), `${path}: label of ${node.id}`);
    for (const edge of expected.edges) {
        assert.deepStrictEqual(graph.extremities(edge.key), [edge.source, edge.target], `${path}: ends of ${edge.key}`);
        assert.strictEqual(graph.getEdgeAttribute(edge.key, 'weight'), edge.weight, `${path}: weight of ${edge.key}`);
        assert.strictEqual(graph.getEdgeAttribute(edge.key, 'symmetric'), edge.symmetric, `${path}: ${edge.key}`);
    }
}

function checkCytoscape(path, expected) {
    const data = read(path);
    const complaints = [];
    console.error = console.warn = (...words) => complaints.push(words.join(' '));
    const cy = cytoscape({headless: true, elements: data.elements});
    assert.deepStrictEqual(complaints, [], `${path}: cytoscape complains`);
    assert.strictEqual(cy.nodes().length, expected.nodes.length, `${path}: vertices`);
    assert.strictEqual(cy.edges().length, expected.edges.length, `${path}: edges`);
    assert.strictEqual(cy.nodes().filter(node => node.isParent() || node.isChild()).length, 0, `${path}: boxes`);
    for (const node of expected.nodes) {
        const found = cy.getElementById(node.id);
        assert.strictEqual(found.data('label'), node.label, `${path}: label of ${node.id}`);
        assert.ok(found.hasClass(node.type), `${path}: class of ${node.id}`);
    }
    for (const edge of expected.edges) {
        const found = cy.getElementById(edge.key);
        assert.deepStrictEqual([found.source().id(), found.target().id()], [edge.source, edge.target], `${path}: ${edge.key}`);
        assert.strictEqual(found.data('interaction'), edge.type, `${path}: ${edge.key}`);
        assert.deepStrictEqual(found.data('evidence'), edge.evidence, `${path}: ${edge.key}`);
    }
}

async function checkD3(path, expected) {
    const {forceSimulation, forceLink} = await import(need.resolve('d3-force').replace(/dist[/].*/, 'src/index.js'));
    const data = read(path);
    forceSimulation(data.nodes).force('link', forceLink(data.links).id(node => node.id)).stop().tick(3);
    assert.strictEqual(data.links.length, expected.edges.length, `${path}: links`);
    for (const link of data.links)
        assert.ok(Number.isFinite(link.source.x) && Number.isFinite(link.target.x), `${path}: ${link.key} has no place`);
}

async function main() {
    for (const folder of folders) {
        const expected = read(`${folder}/network.json`);
        for (const name of ['network', 'gephi', 'cytoscape', 'yed', 'igraph'])
            checkGraphology(`${folder}/${name}.graphml`, expected);
        checkCytoscape(`${folder}/network.cyjs`, expected);
        await checkD3(`${folder}/links.json`, expected);
        process.stdout.write(`${folder}: alike in graphology, cytoscape.js and d3-force\n`);
    }
}

main();
