// Writes a record of VERTICES entities in groups, with about half as many relations again, always the same: node make_large.cjs VERTICES
'use strict';
const count = Number(process.argv[2]);
let state = 7;
const random = below => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return Math.floor(state / 4294967296 * below);
};
const types = ['person', 'person', 'body', 'locality', 'event'];
const entities = Array.from({length: count}, (_, i) => ({id: `v${i}`, type: types[i % 5], name: `Thực thể số ${i}`}));
const relations = [];
for (let i = 0; i < count * 1.5; i++) {
    const source = random(count);
    const target = random(10) ? Math.floor(source / 50) * 50 + random(50) : random(count);
    if (target < count && target !== source)
        relations.push({type: i % 3 ? 'met_with' : 'visited', source: `v${source}`, target: `v${target}`});
}
console.log(JSON.stringify({schema: 'mangluoi-record/1', id: 'large', date: '2020-02-29', mentions: [], entities, relations}));
