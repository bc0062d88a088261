"use strict";

(() => {
  const { nodes, edges, filter, months } = model;
  const byId = (id) => document.getElementById(id);

  // A legend whose entries are switches.
  function switches(list, entries, off, mark) {
    const buttons = entries.map(([key, words, count]) => element("button", {
      type: "button", "aria-pressed": "true", "data-key": key,
      onclick: () => {
        if (!off.delete(key)) off.add(key);
        model.apply();
      },
    }, mark(key), element("span", {}, words), element("small", {}, count.toLocaleString("en"))));
    list.replaceChildren(...buttons.map((button) => element("li", {}, button)));
    model.onChange(() => {
      for (const button of buttons) button.setAttribute("aria-pressed", String(!off.has(button.dataset.key)));
    });
  }

  function allAndNone(name, keys, off) {
    byId(`${name}-all`).addEventListener("click", () => {
      off.clear();
      model.apply();
    });
    byId(`${name}-none`).addEventListener("click", () => {
      keys.forEach((key) => off.add(key));
      model.apply();
    });
  }

  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  switches(byId("classes"), model.classes.map(([key, count]) => [key, capital(model.className(key)), count]), filter.classesOff, classMark);
  allAndNone("classes", model.classes.map(([key]) => key), filter.classesOff);
  const kinds = Object.keys(kindStyles).flatMap((kind) => model.kinds.filter(([found]) => found === kind));
  switches(byId("kinds"), kinds.map(([key, count]) => [key, capital(kindStyles[key].words), count]), filter.kindsOff, lineMark);

  const boxes = model.relations.map(([relation, count]) => {
    const box = element("input", { type: "checkbox", checked: true, "data-key": relation });
    box.addEventListener("change", () => {
      if (box.checked) filter.relationsOff.delete(relation);
      else filter.relationsOff.add(relation);
      model.apply();
    });
    return { box, row: element("li", {}, element("label", {}, box, element("span", {}, relation), element("small", {}, count.toLocaleString("en")))) };
  });
  byId("relations").append(...boxes.map(({ row }) => row));
  allAndNone("relations", model.relations.map(([relation]) => relation), filter.relationsOff);

  // Period and score
  const [from, to, score] = [byId("from"), byId("to"), byId("score")];
  byId("period").hidden = months.length < 2;
  from.max = to.max = String(Math.max(months.length - 1, 0));
  byId("undated").hidden = model.undated === 0;
  byId("undated").textContent = `Always counted: ${counted(model.undated, "article")} without a date.`;
  from.addEventListener("input", () => {
    filter.from = Math.min(Number(from.value), filter.to);
    model.apply();
  });
  to.addEventListener("input", () => {
    filter.to = Math.max(Number(to.value), filter.from);
    model.apply();
  });
  score.addEventListener("input", () => {
    filter.score = Number(score.value);
    model.apply();
  });
  byId("reset").addEventListener("click", () => {
    for (const off of [filter.classesOff, filter.kindsOff, filter.relationsOff]) off.clear();
    Object.assign(filter, { from: 0, to: months.length - 1, score: 0 });
    model.apply();
  });

  const shownText = () => `${counted(nodes.filter((node) => node.shown).length, "entity", "entities")} · ${counted(edges.filter((edge) => edge.shown).length, "link")}`;
  model.onChange(() => {
    byId("shown").textContent = shownText();
    for (const { box } of boxes) box.checked = !filter.relationsOff.has(box.dataset.key);
    byId("relations-count").textContent = `${model.relations.length - filter.relationsOff.size} of ${model.relations.length}`;
    [from.value, to.value, score.value] = [filter.from, filter.to, filter.score].map(String);
    if (months.length) {
      byId("period-text").textContent = `${months[filter.from]} – ${months[filter.to]}`;
      from.setAttribute("aria-valuetext", months[filter.from]);
      to.setAttribute("aria-valuetext", months[filter.to]);
    }
    byId("score-text").textContent = filter.score.toFixed(2);
  });

  // Search
  const search = byId("search");
  const list = byId("suggestions");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const keys = nodes.map((node) => [node.label, ...node.aliases].map(plain));
  let offered = [];
  let active = 0;

  // 0 where a name begins with the words, 1 where a word of a name does, 2 where they lie within, -1 where nowhere.
  function nearness(id, words) {
    const best = keys[id].map((key) => (key.startsWith(words) ? 0 : key.includes(` ${words}`) ? 1 : key.includes(words) ? 2 : 3));
    const least = Math.min(...best);
    return least === 3 ? -1 : least;
  }

  function suggest() {
    const words = plain(search.value.trim());
    const found = model.byRelevance.map((id) => [id, nearness(id, words)]).filter(([, rank]) => rank >= 0);
    offered = found.sort((a, b) => a[1] - b[1]).slice(0, 8).map(([id]) => id);
    active = 0;
    list.replaceChildren(...(offered.length ? offered.map((id, i) => {
      const item = element("li", { role: "option", id: `suggestion-${i}`, "aria-selected": String(i === active) },
        classMark(nodes[id].group), element("span", { class: "name" }, nodes[id].label),
        element("small", {}, nodes[id].shown ? model.className(nodes[id].group) : "filtered out"));
      item.addEventListener("mousedown", (event) => {
        event.preventDefault();
        choose(id);
      });
      return item;
    }) : [element("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing in this picture goes by that name.")]));
    open(true);
  }

  function open(on) {
    list.hidden = !on;
    search.setAttribute("aria-expanded", String(on));
    if (on && offered.length) search.setAttribute("aria-activedescendant", `suggestion-${active}`);
    else search.removeAttribute("aria-activedescendant");
  }

  function choose(id) {
    open(false);
    search.value = nodes[id].label;
    if (filter.classesOff.delete(nodes[id].group)) model.apply();
    toggleControls(false);
    panel.show("node", id);
  }

  search.addEventListener("input", suggest);
  search.addEventListener("focus", () => {
    search.select();
    suggest();
  });
  search.addEventListener("blur", () => open(false));
  search.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) suggest();
      if (!offered.length) return;
      active = (active + (event.key === "ArrowDown" ? 1 : -1) + offered.length) % offered.length;
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === active)));
      open(true);
    } else if (event.key === "Enter" && !list.hidden && offered.length) {
      choose(offered[active]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      open(false);
    }
  });

  // View
  byId("fit").addEventListener("click", canvas.fit);
  byId("zoom-in").addEventListener("click", () => canvas.zoomBy(1.35));
  byId("zoom-out").addEventListener("click", () => canvas.zoomBy(1 / 1.35));
  const names = byId("names");
  names.setAttribute("aria-pressed", String(canvas.namesShown()));
  names.addEventListener("click", () => {
    canvas.setNames(!canvas.namesShown());
    names.setAttribute("aria-pressed", String(canvas.namesShown()));
  });
  const physics = byId("physics");
  physics.disabled = nodes.length > model.about.mostForPhysics;
  if (physics.disabled) physics.title = `Only up to ${model.about.mostForPhysics} entities`;
  physics.addEventListener("click", () => {
    const on = physics.getAttribute("aria-pressed") === "false";
    physics.setAttribute("aria-pressed", String(on));
    canvas.setPhysics(on);
  });

  const opener = byId("open-controls");
  function toggleControls(on) {
    byId("controls").classList.toggle("open", on);
    opener.setAttribute("aria-expanded", String(on));
  }
  opener.addEventListener("click", () => toggleControls(opener.getAttribute("aria-expanded") === "false"));
  canvas.container.addEventListener("pointerdown", () => toggleControls(false));

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      toggleControls(false);
      canvas.select(null);
    } else if (event.key === "/" && !event.target.closest("input")) {
      event.preventDefault();
      toggleControls(true);
      search.focus();
    }
  });

  // Words beside the pointer
  const tip = byId("tip");
  let pointer = { x: 0, y: 0 };
  canvas.container.addEventListener("pointermove", ({ offsetX, offsetY }) => {
    pointer = { x: offsetX, y: offsetY };
  });
  canvas.on("hover", (kind, id) => {
    tip.hidden = kind === null;
    if (kind === null) return;
    tip.textContent = kind === "node"
      ? `${nodes[id].label} · ${model.className(nodes[id].group)} · ${counted(nodes[id].articles, "article")}`
      : `${model.sentence(edges[id])} · ${kindStyles[edges[id].kind].words}${edges[id].sources ? ` · ${counted(edges[id].sources, "independent source")}` : ""}`;
    const right = pointer.x > canvas.container.clientWidth / 2;
    tip.style.left = right ? "" : `${pointer.x + 14}px`;
    tip.style.right = right ? `${canvas.container.clientWidth - pointer.x + 14}px` : "";
    tip.style.top = `${pointer.y + 14}px`;
  });

  // Data out
  function save(blob, name) {
    const address = URL.createObjectURL(blob);
    const link = element("a", { href: address, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }
  byId("save-json").addEventListener("click", () => {
    save(new Blob([JSON.stringify(model.shownData(), null, 2)], { type: "application/json" }), "graph.json");
  });
  byId("save-png").addEventListener("click", () => {
    const narrowed = [
      months.length && (filter.from > 0 || filter.to < months.length - 1) ? `published ${months[filter.from]} – ${months[filter.to]}` : "",
      filter.score > 0 ? `score at least ${filter.score.toFixed(2)}` : "",
      filter.classesOff.size ? `without ${[...filter.classesOff].map(model.className).join(", ")}` : "",
      filter.relationsOff.size ? `${model.relations.length - filter.relationsOff.size} of ${model.relations.length} relations` : "",
      filter.kindsOff.size ? `no links ${[...filter.kindsOff].map((kind) => kindStyles[kind].words).join(", ")}` : "",
    ].filter(Boolean);
    const caption = [
      `${shownText()}. A link is what articles say; size tells how much is documented.`,
      model.about.leftOut, ...model.about.notes,
      narrowed.length ? `Shown of it: ${narrowed.join("; ")}.` : "",
    ];
    canvas.image(caption.filter(Boolean)).toBlob((blob) => save(blob, "graph.png"), "image/png");
  });

  model.apply();
})();
