"use strict";

// Marks of the classes and lines of the links, for legend, panel and saved picture alike; a 16 by 16 box.
const shapes = {
  dot: "M8 2a6 6 0 1 1 0 12a6 6 0 1 1 0-12z",
  square: "M3 3h10v10H3z",
  diamond: "M8 1l7 7-7 7-7-7z",
  triangle: "M8 2l6.5 11.5h-13z",
  triangleDown: "M8 14l6.5-11.5h-13z",
  star: "M8 1l2 4.8 5.2.4-4 3.4 1.2 5L8 11.9l-4.4 2.7 1.2-5-4-3.4L6 5.8z",
  hexagon: "M4.5 2h7L15 8l-3.5 6h-7L1 8z",
};
const kindStyles = {
  actual: { words: "stated as actual", color: "--edge", dashes: false },
  planned: { words: "planned", color: "--edge", dashes: [9, 6] },
  ended: { words: "ended", color: "--edge-ended", dashes: [2, 5] },
  denied: { words: "denied", color: "--edge-denied", dashes: false },
  curated: { words: "curated, from no article", color: "--edge-curated", dashes: false },
};
const shapeOf = new Map(model.nodes.map((node) => [node.group, node.shape]));
const paint = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const classPaint = (label) => paint(`--${label.toLowerCase()}`) || paint("--other");

const canvas = (() => {
  const { nodes, edges, edgesOf } = model;
  const container = document.getElementById("network");
  const options = JSON.parse(document.getElementById("options-data").textContent);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const animation = () => (calm.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });
  const listeners = { select: [], hover: [] };
  let selection = { nodes: new Set(), edges: new Set(), lit: null };
  let namesShown = edges.length <= 40;
  // Arrowheads take half of the time of a frame, and from afar nobody sees those of many links.
  const arrowsFrom = edges.length > 800 ? 0.4 : 0;
  let arrowsShown = arrowsFrom === 0;
  let moving = false;
  let spots = Object.fromEntries(nodes.map((node) => [node.id, { x: node.x, y: node.y }]));
  let colors = {};

  // Several edges between the same two nodes fan out; one alone is straight.
  const bends = (() => {
    const between = new Map();
    for (const edge of edges) {
      const key = Math.min(edge.from, edge.to) * nodes.length + Math.max(edge.from, edge.to);
      between.set(key, [...(between.get(key) ?? []), edge]);
    }
    const found = new Map();
    for (const group of between.values()) {
      group.forEach((edge, i) => {
        const offset = 0.16 * (i - (group.length - 1) / 2) * (edge.from < edge.to ? 1 : -1);
        if (offset) found.set(edge.id, { enabled: true, type: offset > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(offset) });
      });
    }
    return found;
  })();

  function readColors() {
    const names = ["--paper", "--ink", "--soft", "--edge", "--edge-ended", "--edge-curated", "--edge-denied"];
    colors = Object.fromEntries(names.map((name) => [name, paint(name)]));
  }

  const groups = () => Object.fromEntries(model.classes.map(([label]) => {
    const background = classPaint(label);
    const outlined = { background, border: colors["--ink"] };
    return [label, { color: { background, border: colors["--paper"], highlight: outlined, hover: outlined } }];
  }));

  const nodeLook = (node) => ({
    id: node.id,
    hidden: !node.shown,
    opacity: selection.lit && !selection.lit.has(node.id) ? 0.16 : 1,
  });

  const edgeLook = (edge) => {
    const style = kindStyles[edge.kind];
    const color = colors[style.color];
    const dim = selection.lit && !selection.edges.has(edge.id);
    const named = namesShown ? !dim : selection.edges.has(edge.id) && selection.edges.size <= 12;
    return {
      id: edge.id,
      hidden: !edge.shown,
      color: { color, highlight: color, hover: color, opacity: dim ? 0.08 : edge.kind === "curated" ? 0.6 : 0.85 },
      dashes: kindStyles[edge.kind === "curated" ? edge.status : edge.kind].dashes,
      label: named ? edge.relation : undefined,
      arrows: {
        to: { enabled: edge.relation !== edge.inverse && (arrowsShown || selection.edges.has(edge.id)) },
        middle: { enabled: edge.kind === "denied", type: "bar", scaleFactor: 0.9 },
      },
    };
  };

  readColors();
  for (const node of nodes) node.shown = true;
  for (const edge of edges) edge.shown = true;
  const looks = { nodes: new Map(), edges: new Map() };
  const remember = (kind, look) => {
    looks[kind].set(look.id, JSON.stringify(look));
    return look;
  };
  // Labels are drawn below, over everything and clear of one another: vis is told of none.
  const nodeSet = new vis.DataSet(nodes.map(({ id, group, shape, size, x, y }) => ({
    id, group, shape, size, x, y, ...(model.focus.has(id) ? { borderWidth: 3.5, color: { border: colors["--ink"], background: classPaint(group) } } : {}),
    ...remember("nodes", nodeLook(nodes[id])),
  })));
  const edgeSet = new vis.DataSet(edges.map((edge) => ({
    from: edge.from, to: edge.to, width: edge.width, ...(bends.has(edge.id) ? { smooth: bends.get(edge.id) } : {}),
    ...remember("edges", edgeLook(edge)),
  })));
  const many = edges.length > 3000;
  options.interaction.hideEdgesOnDrag = many;
  options.interaction.hideEdgesOnZoom = many;
  const fontLook = () => ({ color: colors["--soft"], strokeColor: colors["--paper"], strokeWidth: 4 });
  options.groups = groups();
  options.edges.font = { ...options.edges.font, ...fontLook() };
  const network = new vis.Network(container, { nodes: nodeSet, edges: edgeSet }, options);

  function restyle() {
    const changed = (kind, made) => made.filter((look) => looks[kind].get(look.id) !== JSON.stringify(look)).map((look) => remember(kind, look));
    const nodeChanges = changed("nodes", nodes.map(nodeLook));
    const edgeChanges = changed("edges", edges.map(edgeLook));
    if (nodeChanges.length) nodeSet.update(nodeChanges);
    if (edgeChanges.length) edgeSet.update(edgeChanges);
  }

  // Labels keep their size on the screen; the more relevant are placed first, and none covers another.
  const widths = new Map();
  const family = "system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif";
  const prominent = new Set(model.byRelevance.slice(0, 12));
  const fontOf = (node) => `${prominent.has(node.id) ? "600 14px" : node.size > 14 ? "500 12.5px" : "400 11.5px"} ${family}`;
  const shortName = (name) => (name.length > 34 ? `${name.slice(0, 32).trimEnd()}…` : name);

  // A label takes the one or two bands of the screen that it touches.
  const rowsOf = (top) => [...new Set([Math.floor(top / 17), Math.floor((top + 15) / 17)])];

  function drawLabels(context) {
    if (moving) spots = network.getPositions();
    const ratio = context.canvas.width / container.clientWidth;
    const scale = network.getScale();
    const centre = network.getViewPosition();
    const [width, height] = [container.clientWidth, container.clientHeight];
    const first = [...selection.nodes, ...model.focus];
    const rows = new Map();
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = colors["--paper"];
    const done = new Set();
    const place = (id) => {
      const node = nodes[id];
      if (done.has(id) || !node.shown || (selection.lit && !selection.lit.has(id))) return;
      done.add(id);
      const x = (spots[id].x - centre.x) * scale + width / 2;
      const middle = (spots[id].y - centre.y) * scale + height / 2;
      if (x < -80 || middle < -60 || x > width + 80 || middle > height + 60) return;
      const text = shortName(node.label);
      context.font = fontOf(node);
      if (!widths.has(id)) widths.set(id, context.measureText(text).width);
      const half = widths.get(id) / 2 + 4;
      const free = (top) => rowsOf(top).every((row) => (rows.get(row) ?? []).every(([from, to]) => x - half >= to || x + half <= from));
      const y = [middle + node.size * scale + 3, middle - node.size * scale - 18].find(free);
      if (y === undefined) return;
      for (const row of rowsOf(y)) rows.set(row, [...(rows.get(row) ?? []), [x - half, x + half]]);
      context.strokeText(text, x, y);
      context.fillStyle = colors["--ink"];
      context.fillText(text, x, y);
    };
    first.forEach(place);
    model.byRelevance.forEach(place);
    context.restore();
    document.documentElement.dataset.drawn ??= String(Math.round(performance.now()));
  }
  network.on("afterDrawing", drawLabels);

  const tell = (what, ...values) => listeners[what].forEach((listener) => listener(...values));

  // `approach` is whether to come near: after a choice by name, not after a click on the picture.
  function select(kind, id, approach = false) {
    if (kind === "node") {
      const own = edgesOf[id].filter((edge) => edge.shown);
      selection = {
        nodes: new Set([id]), edges: new Set(own.map((edge) => edge.id)),
        lit: new Set([id, ...own.flatMap((edge) => [edge.from, edge.to])]),
      };
    } else if (kind === "edge") {
      const { from, to } = edges[id];
      selection = { nodes: new Set([from, to]), edges: new Set([id]), lit: new Set([from, to]) };
    } else {
      selection = { nodes: new Set(), edges: new Set(), lit: null };
    }
    network.setSelection({ nodes: kind === "node" ? [id] : [], edges: kind === "edge" ? [id] : [] }, { highlightEdges: false });
    restyle();
    tell("select", kind, id, approach);
  }

  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) select("node", node);
    else if (edge !== undefined) select("edge", edge);
    else select(null);
  });
  network.on("hoverNode", ({ node }) => tell("hover", "node", node));
  network.on("hoverEdge", ({ edge }) => tell("hover", "edge", edge));
  for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(event, () => tell("hover", null));
  network.on("dragStart", ({ nodes: dragged }) => { moving ||= dragged.length > 0; });
  network.on("dragEnd", () => {
    spots = network.getPositions();
    moving = physicsOn;
  });

  function weighArrows() {
    const near = network.getScale() >= arrowsFrom;
    if (near === arrowsShown) return;
    arrowsShown = near;
    restyle();
  }
  network.on("zoom", weighArrows);
  network.on("animationFinished", weighArrows);

  let physicsOn = false;
  function setPhysics(on) {
    physicsOn = moving = on;
    network.setOptions({ physics: { enabled: on, solver: "forceAtlas2Based", forceAtlas2Based: { gravitationalConstant: -90, springLength: 120 } } });
    spots = network.getPositions();
  }

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    readColors();
    network.setOptions({ groups: groups(), edges: { font: fontLook() } });
    nodeSet.update([...model.focus].map((id) => ({ id, color: { border: colors["--ink"], background: classPaint(nodes[id].group) } })));
    restyle();
    network.redraw();
  });

  function fit() {
    network.fit({ nodes: nodes.filter((node) => node.shown).map((node) => node.id), animation: animation(), maxZoomLevel: 1.6 });
    weighArrows();
  }
  function zoomBy(factor) {
    network.moveTo({ scale: network.getScale() * factor, animation: animation() });
    weighArrows();
  }

  // Bring nodes into the upper part of the stage, as high as given, where they are not there already.
  function reveal(ids, height, approach) {
    const spotsThere = ids.map((id) => network.canvasToDOM(network.getPosition(id)));
    const [width, margin] = [container.clientWidth, 40];
    const inside = ({ x, y }) => x > margin && x < width - margin && y > margin && y < height - margin;
    const scale = network.getScale();
    if (spotsThere.every(inside) && (scale >= 0.5 || !approach)) return;
    const places = ids.map((id) => network.getPosition(id));
    const span = (axis) => Math.max(...places.map((place) => place[axis])) - Math.min(...places.map((place) => place[axis]));
    const middle = (axis) => (Math.max(...places.map((place) => place[axis])) + Math.min(...places.map((place) => place[axis]))) / 2;
    const most = Math.min((width - 3 * margin) / Math.max(span("x"), 1), (height - 3 * margin) / Math.max(span("y"), 1));
    network.moveTo({
      position: { x: middle("x"), y: middle("y") },
      offset: { x: 0, y: (height - container.clientHeight) / 2 },
      scale: Math.min(approach ? Math.max(scale, 0.8) : scale, most),
      animation: animation(),
    });
    weighArrows();
  }

  // The view as it stands, with title, legend and what it leaves out, so that it explains itself elsewhere.
  function image(caption) {
    const view = container.querySelector("canvas");
    const ratio = view.width / container.clientWidth;
    const shownClasses = model.classes.map(([label]) => label).filter((label) => nodes.some((node) => node.shown && node.group === label));
    const shownKinds = Object.keys(kindStyles).filter((kind) => edges.some((edge) => edge.shown && edge.kind === kind));
    const sheet = document.createElement("canvas");
    const pen = sheet.getContext("2d");
    const [width, pad, lineHeight] = [container.clientWidth, 16, 20];
    const font = `13px ${family}`;
    pen.font = font;
    const marks = [];
    let [x, y] = [pad, 0];
    const entries = [
      ...shownClasses.map((label) => ({ words: model.className(label), color: classPaint(label), shape: shapes[shapeOf.get(label)], wide: 20 })),
      ...shownKinds.map((kind) => ({ ...kindStyles[kind], color: colors[kindStyles[kind].color], denied: kind === "denied", wide: 40 })),
    ];
    for (const entry of entries) {
      const step = pen.measureText(entry.words).width + entry.wide + 18;
      if (x + step > width - pad) [x, y] = [pad, y + lineHeight];
      marks.push({ ...entry, x, y });
      x += step;
    }
    const lines = caption.flatMap((text) => wrap(pen, text, width - 2 * pad));
    const head = 44;
    const foot = pad + y + lineHeight + lines.length * 18 + pad;
    sheet.width = width * ratio;
    sheet.height = (head + container.clientHeight + foot) * ratio;
    pen.scale(ratio, ratio);
    pen.fillStyle = colors["--paper"];
    pen.fillRect(0, 0, width, head + container.clientHeight + foot);
    pen.fillStyle = colors["--ink"];
    pen.font = `600 17px ${family}`;
    pen.fillText(model.about.title, pad, 28, width - 2 * pad);
    pen.drawImage(view, 0, head, width, container.clientHeight);
    pen.font = font;
    pen.textBaseline = "top";
    const base = head + container.clientHeight + pad;
    for (const mark of marks) {
      pen.save();
      pen.translate(mark.x, base + mark.y);
      pen.fillStyle = pen.strokeStyle = mark.color;
      pen.lineWidth = 2;
      if (mark.shape) {
        pen.fill(new Path2D(mark.shape));
      } else {
        if (mark.denied) pen.stroke(new Path2D("M17 3V13"));
        pen.setLineDash(mark.dashes || []);
        pen.stroke(new Path2D("M0 8H34"));
      }
      pen.restore();
      pen.fillStyle = colors["--ink"];
      pen.fillText(mark.words, mark.x + mark.wide, base + mark.y + 2);
    }
    pen.fillStyle = colors["--soft"];
    lines.forEach((line, i) => pen.fillText(line, pad, base + y + lineHeight + 6 + i * 18));
    return sheet;
  }

  function wrap(pen, text, width) {
    const lines = [];
    let line = "";
    for (const word of text.split(" ")) {
      const longer = line ? `${line} ${word}` : word;
      if (line && pen.measureText(longer).width > width) {
        lines.push(line);
        line = word;
      } else {
        line = longer;
      }
    }
    return [...lines, line];
  }

  model.onChange(() => {
    if (selection.lit && selection.nodes.size === 1) {
      const [id] = selection.nodes;
      const own = edgesOf[id].filter((edge) => edge.shown);
      selection.edges = new Set(own.map((edge) => edge.id));
      selection.lit = new Set([id, ...own.flatMap((edge) => [edge.from, edge.to])]);
    }
    restyle();
  });

  return {
    network, select, setPhysics, fit, zoomBy, reveal, image, container,
    namesShown: () => namesShown,
    setNames(on) {
      namesShown = on;
      restyle();
    },
    on: (what, listener) => listeners[what].push(listener),
  };
})();
