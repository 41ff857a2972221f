// The data of the page: what src/page/data.c wrote, with names for its parts and ways through it.
const day = 86400000;

const toDay = (text, last) => {
  const [year, month, date] = text.split('-').map(Number);
  if (date) return Date.UTC(year, month - 1, date) / day;
  if (month) return Date.UTC(year, last ? month : month - 1, last ? 0 : 1) / day;
  return Date.UTC(last ? year + 1 : year, 0, last ? 0 : 1) / day;
};
export const fromDay = number => new Date(number * day).toISOString().slice(0, 10);

// Without diacritics and case: `Đặng` is found by `dang`.
export const fold = text => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();

export function load() {
  const raw = JSON.parse(document.getElementById('data').textContent);
  const types = raw.types.map(([id, name, colour]) => ({id, name, colour}));
  const relations = raw.relations.map(([id, phrase, name, colour, symmetric], index) =>
    ({index, id, phrase, name: name.startsWith('khác ·') ? id : name, colour, symmetric}));
  const vertices = raw.vertices.map(([id, label, type, documents, first, last, date, parent, x, y], index) =>
    ({index, id, label, type: types[type], typeIndex: type, documents, first, last, date, parent, x, y, edges: [], score: 0, folded: fold(label)}));
  const edges = raw.edges.map(([relation, source, target, title, weight, first, last, confidence, passages], index) =>
    ({index, relation: relations[relation], source: vertices[source], target: vertices[target], title, weight, first, last, confidence,
      passages, from: first ? toDay(first, false) : null, until: last ? toDay(last, true) : null}));
  for (const edge of edges) {
    edge.source.edges.push(edge);
    if (edge.target !== edge.source) edge.target.edges.push(edge);
    edge.source.score += edge.weight;
    edge.target.score += edge.weight;
  }
  const articles = raw.articles.map(([id, title, date, source]) => ({id, title, date, source}));
  const passages = raw.passages.map(([article, runs]) => ({article: articles[article], runs}));
  return {documents: raw.documents, types, relations, vertices, edges, passages};
}

// The best names for what was typed: those that begin with it, then those with a word that does, then the rest.
export function search(vertices, typed, most) {
  const wanted = fold(typed.trim());
  if (!wanted) return [];
  const found = [];
  for (const vertex of vertices) {
    const at = vertex.folded.indexOf(wanted);
    if (at < 0) continue;
    const rank = at === 0 ? 0 : vertex.folded[at - 1] === ' ' ? 1 : 2;
    found.push([rank, vertex]);
  }
  return found.sort((a, b) => a[0] - b[0] || b[1].score - a[1].score || a[1].index - b[1].index).slice(0, most).map(hit => hit[1]);
}
