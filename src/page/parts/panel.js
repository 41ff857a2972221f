// What is known of the network, of a vertex, of an edge.
import {button, dot, element} from './element.js';
import {choose, date, number, say} from './words.js';

const period = edge => !edge.first ? say('undated') : edge.first === edge.last ? date(edge.first) : `${date(edge.first)} – ${date(edge.last)}`;
const other = (edge, vertex) => edge.source === vertex ? edge.target : edge.source;
const isEvent = vertex => vertex.type.id === 'event';
const byTime = (a, b) => (a.first || '9').localeCompare(b.first || '9') || a.index - b.index;

export class Panel {
  constructor(root, data, go) {
    Object.assign(this, {root, data, go});
  }

  show(...children) {
    this.root.replaceChildren(...children.filter(Boolean));
    this.root.scrollTop = 0;
  }

  heading(text) {
    return element('h2', {tabIndex: -1}, text);
  }

  back() {
    return element('div', {className: 'crumbs'}, button('link', () => this.go(null), say('back')));
  }

  chip(vertex) {
    const chip = element('span', {className: 'chip'}, dot(vertex.type.colour), choose(vertex.type.name));
    chip.style.setProperty('--c', vertex.type.colour);
    return chip;
  }

  section(title, rows) {
    return rows.length ? element('section', {}, element('h3', {}, say(title)), element('ul', {className: 'rows'}, ...rows)) : null;
  }

  vertexRow(vertex, note) {
    return element('li', {}, dot(vertex.type.colour),
      element('span', {className: 'words'}, button('', () => this.go(vertex), vertex.label), element('div', {className: 'meta'}, note)));
  }

  // A statement about `vertex`: whom it joins it with, when, and the way to the sentences.
  edgeRow(edge, vertex, lead, note) {
    const end = other(edge, vertex);
    const words = element('span', {className: 'words'}, lead && element('b', {}, lead), button('', () => this.go(end), end.label),
      element('div', {className: 'meta'}, [note, period(edge)].filter(Boolean).join(' · ')));
    return element('li', {}, dot(end.type.colour), words, button('proof', () => this.go(edge), `❝ ${say('proof', edge.passages.length)}`));
  }

  overview() {
    const {documents, vertices, edges} = this.data;
    const top = type => vertices.filter(vertex => vertex.type.id === type && vertex.edges.length).sort((a, b) => b.score - a.score || a.index - b.index).slice(0, 8);
    const sections = ['person', 'body', 'locality', 'event'].map(type => {
      const rows = top(type).map(vertex => this.vertexRow(vertex, say('articles', vertex.documents)));
      const kind = this.data.types.find(one => one.id === type);
      return rows.length ? element('section', {}, element('h3', {}, `${choose(kind.name)} · ${say('most')}`), element('ul', {className: 'rows'}, ...rows)) : null;
    });
    this.show(this.heading(say('overview')), element('p', {className: 'meta'}, say('size', number(documents), number(vertices.length), number(edges.length))),
      element('p', {}, say('hint')), ...sections);
  }

  vertex(vertex) {
    const edges = [...vertex.edges].sort(byTime);
    const posts = edges.filter(edge => edge.relation.id === 'holds_position');
    const events = edges.filter(edge => isEvent(other(edge, vertex)) || (isEvent(vertex) && !isPlace(other(edge, vertex))));
    const met = edges.filter(edge => edge.relation.id === 'met_with');
    const rest = edges.filter(edge => !posts.includes(edge) && !events.includes(edge) && !met.includes(edge));
    const seen = vertex.first && say('seen', date(vertex.first), date(vertex.last));
    const parent = this.data.vertices[vertex.parent];
    this.show(this.back(), this.chip(vertex), this.heading(vertex.label),
      element('p', {className: 'meta'}, [isEvent(vertex) && vertex.date && date(vertex.date), say('articles', vertex.documents), seen].filter(Boolean).join(' · ')),
      parent && element('p', {className: 'meta'}, `${say('belongs')} `, button('link', () => this.go(parent), parent.label)),
      this.section(vertex.type.id === 'person' ? 'posts' : 'holders', posts.map(edge => this.edgeRow(edge, vertex, edge.title))),
      this.section(isEvent(vertex) ? 'people' : 'events', events.map(edge => this.edgeRow(edge, vertex, '', choose(edge.relation.name)))),
      this.section('met', met.map(edge => this.edgeRow(edge, vertex))),
      this.section('together', this.together(vertex)),
      this.section('places', this.places(vertex)),
      ...this.groups(rest, vertex));
  }

  // Other relations, each under its name.
  groups(edges, vertex) {
    const groups = new Map();
    for (const edge of edges) {
      if (!groups.has(edge.relation)) groups.set(edge.relation, []);
      groups.get(edge.relation).push(edge);
    }
    return [...groups].map(([relation, list]) => {
      const rows = list.map(edge => this.edgeRow(edge, vertex, '', relation.symmetric ? '' : edge.source === vertex ? '→' : '←'));
      return element('section', {}, element('h3', {}, choose(relation.name)), element('ul', {className: 'rows'}, ...rows));
    });
  }

  // Whom a person shares events with, most often first.
  together(vertex) {
    if (vertex.type.id !== 'person') return [];
    const shared = new Map();
    for (const event of new Set(vertex.edges.map(edge => other(edge, vertex)).filter(isEvent)))
      for (const person of new Set(event.edges.map(edge => other(edge, event))))
        if (person !== vertex && person.type.id === 'person') shared.set(person, (shared.get(person) || 0) + 1);
    return this.ranked(shared);
  }

  // Localities of its events, its bodies and its own relations.
  places(vertex) {
    const found = new Map();
    const add = place => place && isPlace(place) && place !== vertex && found.set(place, (found.get(place) || 0) + 1);
    for (const edge of vertex.edges) {
      const end = other(edge, vertex);
      add(end);
      add(this.data.vertices[end.parent]);
      if (isEvent(end)) for (const held of end.edges) if (held.relation.id === 'held_at') add(other(held, end));
    }
    return this.ranked(found);
  }

  ranked(counts) {
    return [...counts].sort((a, b) => b[1] - a[1] || a[0].index - b[0].index).slice(0, 12).map(([vertex, count]) => this.vertexRow(vertex, say('times', count)));
  }

  edge(edge) {
    const phrase = edge.title || (edge.relation.phrase !== edge.relation.id ? edge.relation.phrase : choose(edge.relation.name));
    this.show(this.back(), this.heading(choose(edge.relation.name)),
      element('p', {className: 'statement'}, button('', () => this.go(edge.source), edge.source.label), element('em', {}, ` — ${phrase} — `),
        button('', () => this.go(edge.target), edge.target.label)),
      element('p', {className: 'meta'}, [period(edge), say('articles', edge.weight), say('confidence', number(edge.confidence))].join(' · ')),
      element('section', {}, element('h3', {}, say('sentences')), ...edge.passages.map(index => this.passage(this.data.passages[index], edge))));
  }

  passage(passage, edge) {
    const {article} = passage;
    const origin = [article.title || article.id, article.date && date(article.date)].filter(Boolean).join(' · ');
    const link = /^https?:\/\//.test(article.source) ? element('a', {href: article.source, rel: 'noopener noreferrer', target: '_blank', className: 'link'}, article.source) : article.source;
    const words = passage.runs.length ? passage.runs.map(run => this.run(run, edge)) : [element('span', {className: 'empty'}, say('unknown'))];
    return element('blockquote', {}, ...words, element('footer', {}, origin, article.source && ' · ', link));
  }

  run([words, index], edge) {
    const vertex = this.data.vertices[index];
    if (!vertex) return words;
    const mark = element('mark', {title: vertex.label}, words);
    mark.classList.toggle('end', vertex === edge.source || vertex === edge.target);
    mark.style.setProperty('--c', vertex.type.colour);
    mark.addEventListener('click', () => this.go(vertex));
    return mark;
  }
}

function isPlace(vertex) {
  return vertex.type.id === 'locality';
}
