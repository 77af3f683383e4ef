"use strict";
/** What tables and charts share: the data, words for numbers, colours, elements. */
const assay = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  // Okabe and Ito's palette, which most forms of colour blindness can tell apart, and lighter ones of it for a dark page.
  const palettes = { light: ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6d31", "#7f7f7f"],
    dark: ["#4aa3df", "#f08a4b", "#2fbf95", "#e3a6c6", "#f0b94a", "#9ad4f5", "#c7a76a", "#b5b5b5"] };
  // Van der Walt and Smith's viridis.
  const viridis = ["#440154", "#482878", "#3e4989", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58", "#b5de2b", "#fde725"];
  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const isDark = () => getComputedStyle(document.documentElement).colorScheme === "dark";
  const hue = i => palettes[isDark() ? "dark" : "light"][i % 8];
  const minus = text => text.replace(/-/g, "−");

  /** A number with four significant digits. */
  const plain = value => value == null || Number.isNaN(value) ? "–" : minus(
    Math.abs(value) >= 1e5 || (value !== 0 && Math.abs(value) < 1e-3) ? value.toExponential(2) : String(+value.toPrecision(4)));
  /** A value of a metric with its unit. */
  const text = (value, metric) => value == null || Number.isNaN(value) ? "–"
    : metric.percent ? minus((100 * value).toFixed(2)) + " %" : plain(value) + (metric.unit ? " " + metric.unit : "");
  /** A difference of two values, with its sign. */
  const gain = (value, metric) => (value > 0 ? "+" : "")
    + (metric.percent ? minus((100 * value).toFixed(2)) + " points" : plain(value) + (metric.unit ? " " + metric.unit : ""));
  const axisText = metric => value => metric.percent ? minus(String(+(100 * value).toPrecision(4))) + " %" : plain(value);
  const duration = s => s == null ? "–" : s < 100 ? s.toFixed(1) + " s" : s < 6000 ? (s / 60).toFixed(1) + " min" : (s / 3600).toFixed(1) + " h";
  const count = n => n.toLocaleString("en");

  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => {
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (value !== false && value != null) made.setAttribute(name, value === true ? "" : value);
    });
    made.append(...children);
    return made;
  }

  /** Four-byte floats in Base64. */
  const floats = coded => new Float32Array(Uint8Array.from(atob(coded), c => c.charCodeAt(0)).buffer);

  /** A colour between two in which something is told apart by value, 0 to 1. */
  function shade(part) {
    // The end that is like the page could not be seen on it.
    const seen = (isDark() ? .25 : 0) + .8 * Math.max(0, Math.min(1, part));
    const place = Math.min(1, seen) * (viridis.length - 1), below = Math.min(Math.floor(place), viridis.length - 2);
    const channel = (color, i) => parseInt(color.slice(1 + 2 * i, 3 + 2 * i), 16);
    const mixed = [0, 1, 2].map(i => Math.round(channel(viridis[below], i) + (channel(viridis[below + 1], i) - channel(viridis[below], i)) * (place - below)));
    return "rgb(" + mixed.join(",") + ")";
  }

  function quantile(sorted, p) {
    const place = p * (sorted.length - 1), below = Math.floor(place);
    return below + 1 < sorted.length ? sorted[below] + (sorted[below + 1] - sorted[below]) * (place - below) : sorted[below];
  }

  const mean = values => values.reduce((sum, v) => sum + v, 0) / values.length;

  /** A tooltip's content: a title and lines of names and values, never read as markup. */
  function tip(title, lines) {
    const box = element("div", { class: "tip" }, title);
    lines.forEach(([name, value, color]) => {
      const dot = element("span", { class: "dot" });
      if (color) dot.style.background = color;
      box.append(element("br"), ...(color ? [dot] : []), name + " ", element("b", {}, value));
    });
    return box;
  }

  // What is drawn, and how it is drawn again when the colours change.
  const charts = new Map();

  /**
   * Draws a chart with its words for those who do not see it and, beneath, its numbers as a table.
   * what: { option, label, numbers: () => ({ head, rows }), canvas }
   */
  function draw(id, what) {
    const place = document.getElementById(id);
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", what.label + (what.numbers ? " The numbers follow as a table." : ""));
    const renderer = what.canvas ? "canvas" : "svg";
    let chart = charts.get(id);
    if (chart && chart.renderer !== renderer) { chart.dispose(); chart = null; }
    if (!chart) {
      chart = echarts.init(place, null, { renderer });
      chart.renderer = renderer;
      charts.set(id, chart);
      new ResizeObserver(() => chart.isDisposed() || chart.resize()).observe(place);
    }
    chart.setOption({ animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily }, ...what.option }, true);
    if (what.numbers) numbers(place, what.numbers);
    return chart;
  }

  /** The table is made when it is opened, since there may be many of many rows. */
  function numbers(place, rows) {
    const after = place.closest(".scroll") || place;
    let details = after.nextElementSibling;
    if (!details || !details.classList.contains("numbers")) {
      details = element("details", { class: "numbers" }, element("summary", {}, "Numbers of this chart"));
      after.after(details);
      details.addEventListener("toggle", () => details.fill());
    }
    details.fill = () => {
      details.querySelector(".scroll")?.remove();
      if (!details.open) return;
      const { head, rows: body } = rows();
      const cell = (tag, value, i) => element(tag, { ...(i > 0 ? { class: "num" } : {}), ...(tag === "th" ? { scope: "col" } : {}) }, value);
      details.append(element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Numbers of this chart" },
        element("table", {}, element("thead", {}, element("tr", {}, ...head.map((name, i) => cell("th", name, i)))),
          element("tbody", {}, ...body.slice(0, 500).map(row => element("tr", {}, ...row.map((value, i) => cell("td", value, i))))))));
    };
    details.fill();
  }

  const axis = () => ({
    axisLine: { lineStyle: { color: css("--line") } }, axisTick: { lineStyle: { color: css("--line") } },
    axisLabel: { color: css("--soft"), hideOverlap: true }, nameTextStyle: { color: css("--soft") },
    splitLine: { lineStyle: { color: css("--line"), opacity: .6 } }, minorSplitLine: { show: false },
  });
  const tooltip = formatter => ({ backgroundColor: css("--panel"), borderColor: css("--line"), textStyle: { color: css("--text"), fontSize: 13 }, confine: true, formatter });
  const grid = more => ({ left: 8, right: 28, top: 12, bottom: 36, outerBoundsMode: "same", outerBoundsContain: "axisLabel", ...more });

  /** Fills a list of choices; keeps what was chosen. */
  function choices(id, names, chosen) {
    const select = document.getElementById(id), before = select.value;
    select.replaceChildren(...names.map(([value, name]) => new Option(name, value)));
    const wanted = names.some(([value]) => String(value) === before) ? before : chosen;
    if (wanted != null) select.value = wanted;
    return select;
  }

  return { data, hue, shade, viridis, css, plain, text, gain, axisText, duration, count, element, floats, quantile, mean, tip, draw, charts, axis, tooltip,
    grid, choices };
})();
