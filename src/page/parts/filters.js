// Which vertices and edges are shown, and the form that says so.
import {fromDay} from './data.js';
import {choose, date, number, say} from './words.js';
import {element} from './element.js';

export class Filters {
  constructor(form, data, changed) {
    Object.assign(this, {form, data, changed});
    const days = data.edges.flatMap(edge => edge.from === null ? [] : [edge.from, edge.until]);
    this.earliest = days.reduce((a, b) => Math.min(a, b), Infinity);
    this.latest = days.reduce((a, b) => Math.max(a, b), -Infinity);
    this.heaviest = data.edges.reduce((most, edge) => Math.max(most, edge.weight), 1);
    form.addEventListener('submit', event => event.preventDefault());
    this.clear();
  }

  clear() {
    this.types = new Set(this.data.types);
    this.relations = new Set(this.data.relations);
    this.from = this.earliest;
    this.until = this.latest;
    this.least = 1;
    this.lone = false;
  }

  // Marks every edge and vertex with `shown`.
  apply() {
    const narrowed = this.from > this.earliest || this.until < this.latest;
    for (const vertex of this.data.vertices) vertex.shown = this.lone && this.types.has(vertex.type);
    let edges = 0;
    for (const edge of this.data.edges) {
      edge.shown = edge.weight >= this.least && this.relations.has(edge.relation) && this.types.has(edge.source.type) &&
        this.types.has(edge.target.type) && (edge.from === null ? !narrowed : edge.from <= this.until && edge.until >= this.from);
      if (!edge.shown) continue;
      edge.source.shown = edge.target.shown = true;
      edges++;
    }
    return [this.data.vertices.filter(vertex => vertex.shown).length, edges];
  }

  change() {
    this.draw(true);
    this.changed();
  }

  choice(set, item, mark, count) {
    const box = element('input', {type: 'checkbox', checked: set.has(item)});
    box.addEventListener('change', () => {
      if (box.checked) set.add(item);
      else set.delete(item);
      this.changed();
    });
    return element('label', {className: 'choice'}, box, mark, choose(item.name), element('small', {}, number(count)));
  }

  group(title, set, items, markClass, counts) {
    const body = items.filter(item => counts.get(item)).map(item => {
      const mark = element('span', {className: markClass});
      mark.style.setProperty('--c', item.colour);
      return this.choice(set, item, mark, counts.get(item));
    });
    return element('fieldset', {}, element('legend', {}, say(title)), ...body);
  }

  counts(list, key) {
    const counts = new Map();
    for (const item of list) counts.set(item[key], (counts.get(item[key]) || 0) + 1);
    return counts;
  }

  // How many edges there are in each of 40 parts of the time.
  histogram() {
    const parts = new Array(40).fill(0);
    const width = (this.latest - this.earliest + 1) / parts.length;
    const part = day => Math.min(parts.length - 1, Math.floor((day - this.earliest) / width));
    for (const edge of this.data.edges) {
      if (edge.from === null) continue;
      for (let i = part(edge.from); i <= part(edge.until); i++) parts[i]++;
    }
    const most = Math.max(...parts, 1);
    const bars = parts.map((count, i) => {
      const bar = element('i', {});
      bar.style.height = `${100 * count / most}%`;
      bar.dataset.day = Math.round(this.earliest + width * (i + .5));
      return bar;
    });
    return element('div', {className: 'times', ariaHidden: 'true'}, ...bars);
  }

  markTime() {
    for (const bar of this.form.querySelectorAll('.times i'))
      bar.classList.toggle('in', bar.dataset.day >= this.from && bar.dataset.day <= this.until);
    const values = this.form.querySelectorAll('.period span');
    values[0].textContent = date(fromDay(this.from));
    values[1].textContent = date(fromDay(this.until));
  }

  slider(name, value, set) {
    const input = element('input', {type: 'range', min: this.earliest, max: this.latest, step: 1, ariaLabel: say(name), id: name});
    input.value = value;
    input.addEventListener('input', () => {
      set(Number(input.value));
      input.value = this[name];
      this.markTime();
      this.changed();
    });
    return input;
  }

  time() {
    if (!(this.latest > this.earliest)) return null;
    const from = this.slider('from', this.from, day => { this.from = Math.min(day, this.until); });
    const until = this.slider('until', this.until, day => { this.until = Math.max(day, this.from); });
    return element('fieldset', {}, element('legend', {}, say('time')), this.histogram(), element('div', {className: 'span'}, from, until),
      element('div', {className: 'value period'}, element('span', {}), element('span', {})));
  }

  weight() {
    if (this.heaviest < 2) return null;
    const shown = element('span', {}, say('atLeast', this.least));
    const input = element('input', {type: 'range', min: 1, max: this.heaviest, className: 'wide', id: 'weight', ariaLabel: say('weight')});
    input.value = this.least;
    input.addEventListener('input', () => {
      this.least = Number(input.value);
      shown.textContent = say('atLeast', this.least);
      this.changed();
    });
    return element('fieldset', {}, element('legend', {}, say('weight')), input, element('div', {className: 'value'}, shown));
  }

  draw() {
    const lone = element('input', {type: 'checkbox', checked: this.lone, id: 'lone'});
    lone.addEventListener('change', () => {
      this.lone = lone.checked;
      this.changed();
    });
    const reset = element('button', {type: 'button', className: 'link', id: 'reset'}, say('reset'));
    reset.addEventListener('click', () => {
      this.clear();
      this.change();
    });
    this.form.replaceChildren(...[
      this.group('types', this.types, this.data.types, 'dot', this.counts(this.data.vertices, 'type')),
      this.group('relations', this.relations, this.data.relations, 'bar', this.counts(this.data.edges, 'relation')),
      this.time(),
      this.weight(),
      element('fieldset', {}, element('label', {className: 'choice'}, lone, say('lone'))),
      reset,
    ].filter(Boolean));
    if (this.form.querySelector('.period')) this.markTime();
  }
}
