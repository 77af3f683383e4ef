"use strict";
/** The page: fills tables, draws charts, and lets them follow each other. */
(() => {
  const { element, text, plain, duration, charts, tables, figures } = assay;
  const $ = id => document.getElementById(id);
  const data = () => assay.data;
  const all = list => list.map((none, i) => i);
  let cells, trials, made;

  function later(work, wait) {
    let timer;
    return () => { clearTimeout(timer); timer = setTimeout(work, wait); };
  }

  /** What a word of the filter may name of a cell: a factor or a metric, by its name or path. */
  function valueOf(cell, name) {
    const factor = data().factors.find(each => each.name.toLowerCase() === name || each.path.toLowerCase() === name);
    if (factor) return factor.of[cell] < 0 ? null : factor.levels[factor.of[cell]];
    const metric = data().metrics.findIndex(each => each.name.toLowerCase() === name);
    return metric < 0 ? undefined : figures.average(cell, metric) ?? null;
  }

  function cellColumns() {
    const { metrics, baseline, cells: of } = data(), main = metrics[0], estimate = cell => figures.estimate(cell, 0);
    const named = cell => {
      const dot = element("span", { class: "dot" });
      dot.style.background = figures.color(cell);
      return element("span", {}, dot, figures.label(cell));
    };
    return [
      { name: "cell", wide: true, value: figures.label, cell: named },
      { name: "mean", num: true, value: cell => estimate(cell)[1], cell: cell => text(estimate(cell)[1], main) },
      { name: "95 % interval", num: true, value: cell => estimate(cell)[4] - estimate(cell)[3],
        cell: cell => estimate(cell)[3] == null ? "–" : text(estimate(cell)[3], main) + " to " + text(estimate(cell)[4], main) },
      { name: "std. dev.", num: true, value: cell => estimate(cell)[2], cell: cell => text(estimate(cell)[2], main) },
      { name: "n", num: true, value: cell => estimate(cell)[0] ?? 0, cell: cell => (estimate(cell)[0] ?? 0) + ((estimate(cell)[0] ?? 0) < of.trials[cell] ? " of " + of.trials[cell] : "") },
      ...(baseline < 0 ? [] : [{ name: "against baseline", num: true, value: cell => estimate(cell)[1] - estimate(baseline)[1], cell: cell => of.difference[cell] }]),
      ...metrics.slice(1).map((metric, i) => ({ name: metric.name, num: true, value: cell => figures.average(cell, i + 1), cell: cell => text(figures.average(cell, i + 1), metric) })),
    ];
  }

  function trialColumns() {
    const of = () => data().trials;
    const state = trial => element("span", { class: "state " + of().state[trial] },
      of().state[trial] + (of().state[trial] === "running" ? " " + Math.round(100 * of().progress[trial]) + " %" : ""));
    return [
      { name: "trial", value: trial => of().hash[trial], cell: trial => element("code", {}, of().hash[trial]) },
      { name: "cell", wide: true, value: trial => figures.label(of().cell[trial]), cell: trial => figures.label(of().cell[trial]) },
      { name: "seed", num: true, value: trial => Number(of().seed[trial]), cell: trial => of().seed[trial] },
      { name: "state", value: trial => of().state[trial], cell: state },
      { name: "time", num: true, value: trial => of().seconds[trial], cell: trial => duration(of().seconds[trial]) },
      ...data().metrics.map((metric, m) => ({ name: metric.name, num: true, value: trial => of().metrics[trial][m], cell: trial => text(of().metrics[trial][m], metric) })),
    ];
  }

  const ranked = () => all(data().cells.label).sort((a, b) => (data().cells.rank[a] + 1 || 1e9) - (data().cells.rank[b] + 1 || 1e9));
  const drawFollowing = later(() => { figures.comparison(); figures.curve(); cells.refresh(); }, 60);

  function makeTables() {
    made = JSON.stringify([data().metrics, data().baseline]);
    cells = tables.table($("cell-table"), {
      name: "Cells", columns: cellColumns(), rows: ranked(), hint: "words, or lr<0.1",
      matches: (cell, words) => words.every(word => tables.fits(word, figures.label(cell), name => valueOf(cell, name))),
      changed: order => { figures.follow(order); if (cells) drawFollowing(); },
    });
    trials = tables.table($("trial-table"), {
      name: "Trials", columns: trialColumns(), rows: all(data().trials.hash), hint: "words, or state=failed",
      matches: (trial, words) => words.every(word => tables.fits(word, data().trials.hash[trial] + " " + data().trials.state[trial] + " " + figures.label(data().trials.cell[trial]),
        name => name === "state" ? data().trials.state[trial] : name === "seed" ? Number(data().trials.seed[trial]) : valueOf(data().trials.cell[trial], name))),
    });
  }

  const brushed = later(() => {
    cells.keep(kept);
    $("factors-clear").disabled = !kept;
    $("factors-kept").textContent = kept ? kept.size + " of " + data().cells.label.length + " cells" : "";
  }, 80);
  let kept = null;
  const brush = set => { kept = set; brushed(); };

  function diff() {
    $("diffs-section").hidden = data().cells.label.length < 2;
    if ($("diffs-section").hidden) return;
    const names = ranked().slice(0, 500).map(cell => [cell, figures.label(cell)]);
    const first = data().baseline >= 0 ? data().baseline : names[1][0];
    if (!names.some(([cell]) => cell === first)) names.push([first, figures.label(first)]);
    const from = +choices("diff-from", names, first), to = +choices("diff-to", names, names.find(([cell]) => cell !== first)[0]);
    const level = (factor, cell) => factor.of[cell] < 0 ? "–" : String(factor.levels[factor.of[cell]]);
    const rows = [...data().factors, ...data().others].filter(factor => factor.of[from] !== factor.of[to]);
    const cell = (tag, value) => element(tag, tag === "th" ? { scope: "col" } : { class: "long" }, value);
    $("diff-table").replaceChildren(rows.length === 0 ? element("p", { class: "note" }, "Nothing differs.")
      : element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Differences" }, element("table", {},
        element("thead", {}, element("tr", {}, cell("th", "path"), cell("th", "from"), cell("th", "to"))),
        element("tbody", {}, ...rows.map(factor => element("tr", {}, cell("td", element("code", {}, factor.path)), cell("td", level(factor, from)), cell("td", level(factor, to))))))));
  }

  function choices(id, names, chosen) {
    return assay.choices(id, names, chosen).value;
  }

  function contents() {
    $("contents").replaceChildren(...[...document.querySelectorAll("main h2")].filter(h2 => !h2.closest("section").hidden)
      .map(h2 => element("li", {}, element("a", { href: "#" + h2.id }, h2.textContent))));
  }

  function drawAll() {
    figures.comparison();
    figures.parallel(brush);
    figures.curve();
    figures.effect();
    figures.pair();
    figures.front();
    cells.refresh();
  }

  function theme(value) {
    if (value) document.documentElement.dataset.theme = value; else delete document.documentElement.dataset.theme;
    drawAll();
  }

  function listen() {
    const on = (ids, work) => ids.forEach(id => $(id).addEventListener("input", work));
    on(["curve-metric", "curve-x", "curve-smooth", "curve-seeds", "curve-log", "curve-logx"], figures.curve);
    on(["effect-factor", "effect-metric", "effect-log"], figures.effect);
    on(["pair-x", "pair-y", "pair-metric"], figures.pair);
    on(["front-x", "front-y"], figures.front);
    on(["diff-from", "diff-to"], diff);
    $("factors-clear").addEventListener("click", () => { figures.parallel(brush); brush(null); });
    document.querySelectorAll("[name=theme]").forEach(radio => radio.addEventListener("change", () => theme(radio.value)));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
    // Paper is white whatever the screen is, and narrower.
    let before;
    addEventListener("beforeprint", () => { before = document.documentElement.dataset.theme || ""; theme("light"); charts.forEach(chart => chart.resize()); });
    addEventListener("afterprint", () => theme(before));
  }

  /** Where trials have moved on a little. */
  function progress() {
    const counts = new Map();
    data().trials.state.forEach(state => counts.set(state, (counts.get(state) || 0) + 1));
    const order = ["queued", "running", "completed", "diverged", "pruned", "failed", "interrupted", "abandoned"];
    const cellCount = data().cells.label.length;
    $("summary").textContent = data().trials.hash.length + " trials in " + cellCount + (cellCount === 1 ? " cell: " : " cells: ")
      + order.filter(state => counts.has(state)).map(state => counts.get(state) + " " + state).join(", ");
    trials.update(all(data().trials.hash));
  }

  /** Where there are other results. */
  function renew() {
    const names = JSON.stringify([data().metrics, data().baseline]);
    if (names !== made) {
      makeTables();
    } else {
      cells.update(ranked());
      trials.update(all(data().trials.hash));
    }
    progress();
    drawAll();
    diff();
    contents();
  }

  assay.page = { progress, renew };
  makeTables();
  drawAll();
  diff();
  contents();
  listen();
})();
