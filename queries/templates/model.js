"use strict";

// What the page knows, what is filtered, and what is shown. Touches no canvas.
const model = (() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const about = read("about-data");
  const nodes = read("nodes-data");
  const edges = read("edges-data").map((edge, id) => ({ ...edge, id }));

  const edgesOf = nodes.map(() => []);
  for (const edge of edges) {
    edgesOf[edge.from].push(edge);
    if (edge.to !== edge.from) edgesOf[edge.to].push(edge);
  }

  const monthOf = (article) => (article.published ?? "").slice(0, 7);
  const dated = about.articles.map(monthOf).filter((month) => month.length === 7).sort();
  const months = dated.length ? monthsBetween(dated[0], dated[dated.length - 1]) : [];

  function monthsBetween(first, last) {
    const found = [];
    let [year, month] = first.split("-").map(Number);
    for (;;) {
      const text = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
      if (text > last) return found;
      found.push(text);
      month += 1;
      if (month > 12) [year, month] = [year + 1, 1];
    }
  }

  const countBy = (items, key) => {
    const counts = new Map();
    for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  };

  const filter = { from: 0, to: months.length - 1, score: 0, classesOff: new Set(), kindsOff: new Set(), relationsOff: new Set() };
  const listeners = [];

  // Claims of an edge that stand within period and score; an article without a date is always within the period.
  const claimsWithin = (edge) => edge.claims.filter((claim) => {
    const month = monthOf(about.articles[claim.article]);
    const inPeriod = month.length < 7 || (month >= months[filter.from] && month <= months[filter.to]);
    return inPeriod && claim.score >= filter.score;
  });

  const kindOf = (edge, hasClaims) => {
    if (!hasClaims) return edge.curated.length ? "curated" : null;
    return edge.polarity === "negated" ? "denied" : edge.status;
  };

  for (const edge of edges) edge.kind = kindOf(edge, edge.claims.length > 0);

  const byRelevance = nodes.map((node) => node.id).sort((a, b) => nodes[b].size - nodes[a].size || a - b);
  const focus = new Set(about.focus);

  function apply() {
    const classOn = (id) => !filter.classesOff.has(nodes[id].group);
    for (const edge of edges) {
      const kind = kindOf(edge, claimsWithin(edge).length > 0);
      edge.kind = kind ?? edge.kind;
      edge.shown = kind !== null && !filter.kindsOff.has(kind) && !filter.relationsOff.has(edge.relation)
        && classOn(edge.from) && classOn(edge.to);
    }
    for (const node of nodes) {
      const tied = edgesOf[node.id].some((edge) => edge.shown) || !edgesOf[node.id].length || focus.has(node.id);
      node.shown = tied && classOn(node.id);
    }
    for (const listener of listeners) listener();
  }

  const sentence = (edge) => `${nodes[edge.from].label} ${edge.relation} ${nodes[edge.to].label}`;

  // What is shown, for people and programs: numbers give way to IRIs.
  const shownData = () => ({
    title: about.title,
    leftOut: about.leftOut,
    notes: about.notes,
    filter: {
      from: months[filter.from] ?? null, to: months[filter.to] ?? null, minScore: filter.score,
      classesOff: [...filter.classesOff], linksOff: [...filter.kindsOff], relationsOff: [...filter.relationsOff],
    },
    entities: nodes.filter((node) => node.shown).map((node) => ({
      iri: node.iri, name: node.label, class: node.group, aliases: node.aliases, articles: node.articles,
    })),
    links: edges.filter((edge) => edge.shown).map((edge) => ({
      subject: nodes[edge.from].iri, relation: edge.relation, object: nodes[edge.to].iri, status: edge.status,
      polarity: edge.polarity, independentSources: edge.sources, curated: edge.curated,
      claims: claimsWithin(edge).map((claim) => ({ ...claim, article: about.articles[claim.article] })),
    })),
  });

  return {
    about, nodes, edges, edgesOf, months, filter, focus, byRelevance, apply, claimsWithin, sentence, shownData,
    className: (label) => about.classes[label] ?? label.toLowerCase(),
    classes: countBy(nodes, (node) => node.group),
    relations: countBy(edges, (edge) => edge.relation),
    kinds: countBy(edges, (edge) => edge.kind),
    undated: about.articles.filter((article) => monthOf(article).length < 7).length,
    onChange: (listener) => listeners.push(listener),
  };
})();
