// The network, drawn by sigma on WebGL.
import {MultiDirectedGraph} from 'graphology';
import louvain from 'graphology-communities-louvain';
import Sigma from 'sigma';
import {EdgeRectangleProgram, createEdgeArrowHeadProgram, createEdgeClampedProgram, createEdgeCompoundProgram} from 'sigma/rendering';
import {createEdgeCurveProgram, indexParallelEdgesIndex} from '@sigma/edge-curve';

const palette = ['#4c8bf5', '#f07f3c', '#43aa73', '#c95aa5', '#8d6cc9', '#d4a017', '#00a3a3', '#e05260', '#7f9a3a', '#5f7fb8', '#b0714a', '#9aa5b1'];
const family = 'Inter, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif';

// A colour on paper as if it were see-through: what lies over other edges need not be mixed by the graphics card.
function mix(colour, paper, share) {
  const channel = at => Math.round(parseInt(colour.slice(at, at + 2), 16) * share + parseInt(paper.slice(at, at + 2), 16) * (1 - share));
  return `rgb(${channel(1)},${channel(3)},${channel(5)})`;
}

const shorten = label => label.length <= 34 ? label : `${label.slice(0, 32).trimEnd()}…`;

// The same numbers each time, so that communities keep their colours. https://en.wikipedia.org/wiki/Linear_congruential_generator
function random() {
  let state = 1;
  return () => (state = (state * 1664525 + 1013904223) % 4294967296) / 4294967296;
}

export class Drawing {
  constructor(container, data, go) {
    Object.assign(this, {container, data, go, selected: null, hovered: null, byCommunity: false, labels: []});
    this.graph = this.build();
    this.readTheme();
    const head = {lengthToThicknessRatio: 4.5, widenessToThicknessRatio: 3.5};
    const arrow = createEdgeCompoundProgram([createEdgeClampedProgram(head), createEdgeArrowHeadProgram(head)]);
    const curve = createEdgeCurveProgram({arrowHead: null});
    const curveArrow = createEdgeCurveProgram({arrowHead: {extremity: 'target', ...head}});
    const many = data.edges.length > 3000; // more than a computer without a graphics card can draw anew for each frame
    this.sigma = new Sigma(this.graph, container, {
      allowInvalidContainer: true, zIndex: true, enableEdgeEvents: true, hideEdgesOnMove: many, hideLabelsOnMove: many, renderEdgeLabels: false, labelFont: family, labelSize: 13, labelWeight: '500',
      labelDensity: 4, labelGridCellSize: 120, labelRenderedSizeThreshold: 3, minCameraRatio: .01, maxCameraRatio: 3, stagePadding: 40,
      minEdgeThickness: 1.3, defaultEdgeType: 'arrow', edgeProgramClasses: {line: EdgeRectangleProgram, arrow, curve, curveArrow},
      itemSizesReference: 'positions', zoomToSizeRatioFunction: ratio => ratio ** .75, enableCameraRotation: false,
      defaultDrawNodeLabel: (context, node, settings) => this.labels.push([context, node, settings]),
      defaultDrawNodeHover: (context, node, settings) => this.drawLabel(context, node, settings, true),
      nodeReducer: (key, node) => this.reduceNode(key, node), edgeReducer: (key, edge) => this.reduceEdge(key, edge),
    });
    this.frame(false);
    this.listen();
  }

  // What is to be seen at first: all that has relations, or all there is.
  frame(lone) {
    const ends = this.data.vertices.filter(vertex => vertex.edges.length);
    const vertices = lone || !ends.length ? this.data.vertices : ends;
    if (!vertices.length) return;
    const range = axis => vertices.reduce(([low, high], vertex) => [Math.min(low, vertex[axis] - 1), Math.max(high, vertex[axis] + 1)], [Infinity, -Infinity]);
    const [low, high] = range('y');
    this.sigma.setCustomBBox({x: range('x'), y: [-high, -low]});
    this.sigma.refresh();
  }

  build() {
    const graph = new MultiDirectedGraph();
    for (const vertex of this.data.vertices)
      graph.addNode(vertex.index, {x: vertex.x, y: -vertex.y, label: vertex.label, size: Math.min(.2 + .09 * Math.sqrt(vertex.edges.length), 1.2), color: vertex.type.colour});
    for (const edge of this.data.edges)
      graph.addEdgeWithKey(edge.index, edge.source.index, edge.target.index, {size: Math.min(.035 + .02 * Math.log2(edge.weight), .16), colour: edge.relation.colour});
    indexParallelEdgesIndex(graph, {edgeIndexAttribute: 'place', edgeMinIndexAttribute: 'lowest', edgeMaxIndexAttribute: 'highest'});
    graph.updateEachEdgeAttributes((key, edge) => {
      const {symmetric} = this.data.edges[key].relation;
      const parallel = typeof edge.place === 'number' && edge.place !== 0;
      const curvature = parallel ? Math.sign(edge.place) * (.12 + .18 * Math.abs(edge.place) / Math.max(edge.highest || 1, 1)) : 0;
      return {...edge, curvature, type: parallel ? symmetric ? 'curve' : 'curveArrow' : symmetric ? 'line' : 'arrow'};
    }, {attributes: ['curvature', 'type']});
    return graph;
  }

  readTheme() {
    const style = getComputedStyle(document.documentElement);
    const read = name => style.getPropertyValue(name).trim();
    this.theme = {paper: read('--paper'), card: read('--card'), ink: read('--ink'), line: read('--line'), pale: read('--pale')};
  }

  // Sigma hands over the labels that there is room for if they were short: of those that would overlap the largest symbol's is drawn.
  drawLabels() {
    const taken = [];
    for (const [context, node, settings] of this.labels.sort((a, b) => b[1].forceLabel - a[1].forceLabel || b[1].size - a[1].size)) {
      context.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
      const half = context.measureText(shorten(node.label)).width / 2 + 4;
      const top = node.y + node.size;
      const box = [node.x - half, top, node.x + half, top + settings.labelSize + 5];
      if (taken.some(other => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
      taken.push(box);
      this.drawLabel(context, node, settings, false);
    }
    this.labels = [];
  }

  // Below its symbol, with a rim in the colour of the paper, so that it can be read over edges.
  drawLabel(context, node, settings, strong) {
    if (!node.label) return;
    const size = strong ? settings.labelSize + 1 : settings.labelSize;
    const label = strong ? node.label : shorten(node.label);
    const y = node.y + node.size + size + 1;
    context.font = `${strong ? 600 : settings.labelWeight} ${size}px ${settings.labelFont}`;
    context.textAlign = 'center';
    context.lineJoin = 'round';
    if (strong) {
      context.beginPath();
      context.arc(node.x, node.y, node.size + 3, 0, 2 * Math.PI);
      context.lineWidth = 3;
      context.strokeStyle = this.theme.ink;
      context.stroke();
    }
    context.lineWidth = strong ? 6 : 4;
    context.strokeStyle = this.theme.paper;
    context.strokeText(label, node.x, y);
    context.fillStyle = this.theme.ink;
    context.fillText(label, node.x, y);
    context.textAlign = 'left';
  }

  // What is selected, or under the pointer, and what it touches; null where nothing is.
  focus() {
    const chosen = this.hovered ?? this.selected;
    if (chosen === null) return null;
    if (chosen.edges) return {vertices: new Set([chosen, ...chosen.edges.filter(edge => edge.shown).flatMap(edge => [edge.source, edge.target])]), edges: new Set(chosen.edges), main: chosen};
    return {vertices: new Set([chosen.source, chosen.target]), edges: new Set([chosen]), main: chosen};
  }

  reduceNode(key, node) {
    const vertex = this.data.vertices[key];
    if (!vertex.shown && vertex !== this.selected) return {...node, hidden: true};
    const color = this.byCommunity ? palette[Math.min(vertex.community, palette.length - 1)] : node.color;
    if (!this.focused) return {...node, color};
    if (!this.focused.vertices.has(vertex)) return {...node, color: this.theme.pale, label: '', zIndex: 0};
    return {...node, color, zIndex: 2, forceLabel: this.focused.vertices.size < 40 || vertex === this.focused.main, highlighted: vertex === this.focused.main};
  }

  reduceEdge(key, edge) {
    const statement = this.data.edges[key];
    if (!statement.shown && statement !== this.selected) return {...edge, hidden: true};
    if (!this.focused) return {...edge, color: mix(edge.colour, this.theme.paper, .7)};
    if (!this.focused.edges.has(statement)) return {...edge, color: this.theme.line, zIndex: 0};
    return {...edge, color: edge.colour, size: edge.size * 1.8, zIndex: 1};
  }

  listen() {
    const point = on => this.container.classList.toggle('points', on);
    const hover = chosen => {
      this.hovered = chosen;
      point(chosen !== null);
      this.refresh();
    };
    this.sigma.on('beforeRender', () => { this.labels = []; });
    this.sigma.on('afterRender', () => this.drawLabels());
    this.sigma.on('clickNode', ({node}) => this.go(this.data.vertices[node]));
    this.sigma.on('clickEdge', ({edge}) => this.go(this.data.edges[edge]));
    this.sigma.on('clickStage', () => this.go(null));
    this.sigma.on('enterNode', ({node}) => hover(this.data.vertices[node]));
    this.sigma.on('leaveNode', () => hover(null));
    this.sigma.on('enterEdge', () => point(true));
    this.sigma.on('leaveEdge', () => point(false));
  }

  refresh() {
    this.focused = this.focus();
    this.sigma.refresh({skipIndexation: true});
  }

  refilter() {
    this.focused = this.focus();
    this.sigma.refresh();
  }

  rethemed() {
    this.readTheme();
    this.refresh();
  }

  select(chosen) {
    this.selected = chosen;
    this.hovered = null;
    this.refilter();
    if (chosen) this.moveTo(chosen);
  }

  // Brings it into view, if it is not, and near enough to be read.
  moveTo(chosen) {
    const points = (chosen.edges ? [chosen] : [chosen.source, chosen.target]).map(vertex => this.sigma.getNodeDisplayData(vertex.index)).filter(Boolean);
    if (!points.length) return;
    const camera = this.sigma.getCamera();
    const mean = axis => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
    const ends = (chosen.edges || []).map(edge => this.sigma.getNodeDisplayData((edge.source === chosen ? edge.target : edge.source).index));
    const apart = [...points, ...ends].map(point => Math.hypot(point.x - mean('x'), point.y - mean('y'))).sort((a, b) => a - b);
    // Most of what it touches is to be seen; the farthest few may be outside.
    const ratio = Math.max(apart[Math.floor(apart.length * .9)] * 2.8, this.near());
    camera.animate({x: mean('x'), y: mean('y'), ratio: Math.min(ratio, 1)}, {duration: 450});
  }

  // How much of a large network one can read at once.
  near() {
    return Math.min(.8, Math.max(.04, 4 / Math.sqrt(this.data.vertices.length + 1)));
  }

  pan(x, y) {
    const {x: left, y: top, ratio} = this.sigma.getCamera();
    this.sigma.getCamera().animate({x: left + x * ratio, y: top + y * ratio}, {duration: 120});
  }

  zoom(factor) {
    this.sigma.getCamera().animatedZoom({factor, duration: 200});
  }

  fit() {
    this.sigma.getCamera().animatedReset({duration: 300});
  }

  colourByCommunity(on) {
    if (on && this.data.vertices.length && this.data.vertices[0].community === undefined) this.findCommunities();
    this.byCommunity = on;
    this.refresh();
  }

  // https://doi.org/10.1088/1742-5468/2008/10/P10008; numbered by size.
  findCommunities() {
    const found = this.graph.size ? louvain(this.graph, {getEdgeWeight: key => this.data.edges[key].weight, rng: random()}) : {};
    const sizes = new Map();
    for (const vertex of this.data.vertices) sizes.set(found[vertex.index], (sizes.get(found[vertex.index]) || 0) + 1);
    const order = [...sizes].sort((a, b) => b[1] - a[1]).map(([community]) => community);
    const place = new Map(order.map((community, index) => [community, index]));
    for (const vertex of this.data.vertices) vertex.community = place.get(found[vertex.index]);
  }
}
