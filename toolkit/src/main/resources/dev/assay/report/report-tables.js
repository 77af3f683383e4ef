"use strict";
/** Tables that are sorted, filtered and leafed through, and the two there are: cells and trials. */
assay.tables = (() => {
  const { element, count } = assay;

  /**
   * A table of rows, which are numbers.
   * what: { name, columns: [{ name, value: row => anything, cell: row => text or element, num, wide }], rows, matches: (row, words) => boolean, hint, changed: rows => {} }
   */
  function table(host, what) {
    let rows = what.rows, kept = null, words = [], sorted = null, up = true, page = 0, size = 12, order = rows;
    const head = element("tr"), body = element("tbody"), place = element("output", { "aria-live": "polite" });
    const filter = element("input", { type: "search", placeholder: what.hint, oninput: () => { words = filter.value.toLowerCase().split(/\s+/).filter(Boolean); page = 0; change(); } });
    const back = element("button", { type: "button", onclick: () => { page--; fill(); } }, "Back");
    const on = element("button", { type: "button", onclick: () => { page++; fill(); } }, "Next");
    const sizes = element("select", { onchange: () => { size = +sizes.value; page = 0; fill(); } }, ...[12, 50, 500].map(n => element("option", { value: n }, String(n))));
    what.columns.forEach(column => {
      const cell = element("th", { scope: "col", class: column.num && "num" },
        element("button", { type: "button", onclick: () => sort(column, cell) }, column.name));
      head.append(cell);
    });
    host.replaceChildren(
      element("div", { class: "controls" }, element("label", {}, "Filter ", filter), place),
      element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": what.name },
        element("table", {}, element("caption", { class: "hidden" }, what.name + "; the headings sort"), element("thead", {}, head), body)),
      element("div", { class: "controls pager" }, back, on, element("label", {}, "Rows ", sizes)));

    function sort(column, cell) {
      up = sorted === column ? !up : !column.num;
      sorted = column;
      head.querySelectorAll("th").forEach(th => th.removeAttribute("aria-sort"));
      cell.setAttribute("aria-sort", up ? "ascending" : "descending");
      page = 0;
      change();
    }

    function change() {
      order = rows.filter(row => (!kept || kept.has(row)) && what.matches(row, words));
      if (sorted) {
        const keys = new Map(order.map(row => [row, sorted.value(row)]));
        const missing = key => key == null || Number.isNaN(key);
        order = [...order].sort((a, b) => {
          const left = keys.get(a), right = keys.get(b);
          if (missing(left) || missing(right)) return missing(left) - missing(right);
          return (up ? 1 : -1) * (typeof left === "number" ? left - right : String(left).localeCompare(right, undefined, { numeric: true }));
        });
      }
      if (what.changed) what.changed(order);
      fill();
    }

    function fill() {
      page = Math.max(0, Math.min(page, Math.ceil(order.length / size) - 1));
      const some = order.slice(page * size, (page + 1) * size);
      body.replaceChildren(...some.map(row => element("tr", {}, ...what.columns.map((column, i) =>
        element("td", { class: [column.num && "num", column.wide && "wide"].filter(Boolean).join(" ") || null }, column.cell(row))))));
      place.textContent = order.length === 0 ? "none of " + count(rows.length)
        : (order.length <= size ? "" : count(page * size + 1) + "–" + count(page * size + some.length) + " of ") + count(order.length)
          + (order.length < rows.length ? ", filtered from " + count(rows.length) : "");
      back.disabled = page === 0;
      on.disabled = (page + 1) * size >= order.length;
      host.querySelector(".pager").hidden = order.length <= 12;
    }

    change();
    return {
      keep: set => { kept = set; page = 0; change(); },
      /** Other rows of the same kind, where some came or changed. */
      update: now => { rows = now; change(); },
      /** The same rows with other values in them. */
      refresh: fill,
      order: () => order,
    };
  }

  /** Whether a row fits a word: a condition such as lr<0.1 on something it has, or any part of its text. */
  function fits(word, text, value) {
    const condition = word.match(/^(.+?)(<=|>=|!=|=|<|>)(.+)$/);
    const found = condition ? value(condition[1]) : undefined;
    if (found === undefined) return text.toLowerCase().includes(word);
    const wanted = condition[3].endsWith("%") ? parseFloat(condition[3]) / 100 : Number(condition[3]);
    const isNumber = typeof found === "number" && !Number.isNaN(wanted);
    const left = isNumber ? found : String(found ?? "").toLowerCase(), right = isNumber ? wanted : condition[3];
    switch (condition[2]) {
      case "<": return left < right;
      case ">": return left > right;
      case "<=": return left <= right;
      case ">=": return left >= right;
      case "!=": return left !== right;
      default: return left === right;
    }
  }

  return { table, fits };
})();
