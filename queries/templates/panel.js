"use strict";

// An element with attributes and children. Strings become text nodes, never markup.
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") made.addEventListener("click", value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function drawing(className, viewBox, ...paths) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", className);
  svg.setAttribute("viewBox", viewBox);
  svg.setAttribute("aria-hidden", "true");
  for (const attributes of paths) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    for (const [name, value] of Object.entries(attributes)) path.setAttribute(name, value);
    svg.append(path);
  }
  return svg;
}

const classMark = (label) => {
  const variable = paint(`--${label.toLowerCase()}`) ? `--${label.toLowerCase()}` : "--other";
  return drawing("mark", "0 0 16 16", { d: shapes[shapeOf.get(label)], fill: `var(${variable})` });
};

const lineMark = (kind) => {
  const { color, dashes } = kindStyles[kind];
  const stroke = `var(${color})`;
  const line = { d: "M1 6H37", stroke, "stroke-width": 2, fill: "none", ...(dashes ? { "stroke-dasharray": dashes.join(" ") } : {}) };
  return drawing("line", "0 0 38 12", line, ...(kind === "denied" ? [{ d: "M19 1V11", stroke, "stroke-width": 2.5 }] : []));
};

const counted = (count, one, several = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : several}`;

const panel = (() => {
  const { nodes, edges, edgesOf, about } = model;
  const place = document.getElementById("panel");
  let current = null;

  const closeButton = () => element("button", { type: "button", class: "close", "aria-label": "Close details", onclick: () => canvas.select(null) }, "×");
  const endButton = (id) => element("button", { type: "button", class: "end", onclick: () => show("node", id) }, nodes[id].label);

  function show(kind, id) {
    canvas.select(kind, id, true);
    place.focus({ preventScroll: true });
  }

  // Only what a browser opens as a page; a javascript: address stays text.
  function source(article) {
    const title = article.title || article.url || article.iri;
    if (!/^https?:\/\//i.test(article.url ?? "")) return element("span", {}, title);
    return element("a", { href: article.url, target: "_blank", rel: "noopener noreferrer" }, title);
  }

  function claimFigure(claim) {
    const article = about.articles[claim.article];
    const qualifiers = [["concerns", claim.concerns], ["amount", claim.amount], ["time", claim.time], ["said by", claim.attributed_to]];
    const given = qualifiers.filter(([, value]) => value);
    return element("figure", { class: "claim" },
      element("blockquote", {}, claim.quote),
      given.length ? element("dl", {}, ...given.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)])) : null,
      element("figcaption", {}, source(article),
        element("div", { class: "meta" },
          element("span", {}, article.publisher ?? "publisher not known"),
          element("span", {}, article.published ?? "no date"),
          element("span", {}, `score ${claim.score.toFixed(2)}`))));
  }

  function edgeDetails(edge) {
    const within = model.claimsWithin(edge);
    const articles = new Set(within.map((claim) => claim.article)).size;
    const badge = (text, name = "") => element("span", { class: name }, text);
    const count = edge.claims.length
      ? `${counted(within.length, "claim")} in ${counted(articles, "article")}`
        + (within.length < edge.claims.length ? ` (${edge.claims.length - within.length} outside the filter)` : "")
        + `; ${counted(edge.sources, "independent source")} in all.`
      : "No article states this: it comes from a curated table.";
    return [
      element("div", { class: "panel-top" },
        element("h2", {}, edge.polarity === "negated" ? "Denied: " : null, endButton(edge.from), element("span", { class: "verb" }, ` ${edge.relation} `), endButton(edge.to)), closeButton()),
      element("div", { class: "badges" },
        edge.polarity === "negated" && edge.status === "actual" ? null : badge(edge.status),
        edge.polarity === "negated" ? badge("denied", "denied") : null,
        edge.curated.length ? badge("curated", "curated") : null),
      element("p", {}, count),
      ...within.map(claimFigure),
      ...edge.curated.map((text) => element("figure", { class: "claim curated" }, element("blockquote", {}, text), element("figcaption", {}, "Curated: stated by a person, extracted from no article."))),
    ];
  }

  function factButton(edge, other) {
    const states = [edge.kind, edge.status].filter((state, i, both) => state !== "actual" && both.indexOf(state) === i);
    const weight = edge.sources ? counted(edge.sources, "source") : "";
    return element("li", {}, element("button", { type: "button", onclick: () => show("edge", edge.id) },
      classMark(nodes[other].group), element("span", { class: "name" }, nodes[other].label),
      element("small", {}, [...states, weight].filter(Boolean).join(" · "))));
  }

  function nodeDetails(node) {
    const own = edgesOf[node.id].filter((edge) => edge.shown);
    const groups = new Map();
    for (const edge of own) {
      const outward = edge.from === node.id;
      const words = outward ? edge.relation : edge.inverse;
      groups.set(words, [...(groups.get(words) ?? []), factButton(edge, outward ? edge.to : edge.from)]);
    }
    const sections = [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
    return [
      element("div", { class: "panel-top" }, classMark(node.group), element("h2", {}, node.label), closeButton()),
      element("p", {}, `${model.className(node.group)} · mentioned by ${counted(node.articles, "article")}`),
      node.aliases.length ? element("p", {}, `Also called ${node.aliases.join(", ")}.`) : null,
      element("p", {}, `${own.length.toLocaleString("en")} of ${counted(node.degree, "link")} shown.`),
      ...sections.flatMap(([words, facts]) => [
        element("h3", {}, words, " ", element("small", {}, String(facts.length))),
        element("ul", { class: "facts" }, ...facts),
      ]),
    ];
  }

  function render() {
    const wasHidden = place.hidden;
    place.hidden = current === null;
    if (current !== null) {
      const { kind, id } = current;
      place.replaceChildren(...(kind === "node" ? nodeDetails(nodes[id]) : edgeDetails(edges[id])).filter(Boolean));
    } else {
      place.replaceChildren();
    }
    if (wasHidden !== place.hidden) canvas.network.redraw();
  }

  canvas.on("select", (kind, id, approach) => {
    current = kind ? { kind, id } : null;
    render();
    place.scrollTop = 0;
    if (current === null) return;
    const shown = kind === "node" ? [id] : [edges[id].from, edges[id].to];
    // The open panel first takes its room from the canvas, or on a narrow screen covers its lower part.
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const stage = canvas.container.getBoundingClientRect();
      const covers = getComputedStyle(place).position === "absolute" && !place.hidden;
      canvas.reveal(shown, (covers ? place.getBoundingClientRect().top : stage.bottom) - stage.top, approach);
    }));
  });
  model.onChange(render);

  return { show };
})();
