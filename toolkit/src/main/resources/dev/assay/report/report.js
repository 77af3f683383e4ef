"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  // Okabe and Ito's palette, which most forms of colour blindness can tell apart.
  const palette = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6d31", "#7f7f7f"];
  const color = i => palette[i % palette.length];
  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const text = (value, percent) => value == null ? "–"
    : percent ? (100 * value).toFixed(2) + " %"
    : Math.abs(value) >= 1e5 || (value !== 0 && Math.abs(value) < 1e-3) ? value.toExponential(2) : String(+value.toPrecision(4));
  const axisText = percent => value => percent ? +(100 * value).toPrecision(4) + " %" : text(value, false);
  const axis = () => ({
    axisLine: { lineStyle: { color: css("--line") } }, axisLabel: { color: css("--soft"), hideOverlap: true }, nameTextStyle: { color: css("--soft") },
    splitLine: { lineStyle: { color: css("--line"), opacity: .6 } },
  });
  const escape = s => s.replace(/[&<>"]/g, c => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
  const tooltip = () => ({ backgroundColor: css("--panel"), borderColor: css("--line"), textStyle: { color: css("--text"), fontSize: 13 } });

  const cells = data.cells.map((cell, i) => ({ ...cell, color: color(i) }));
  const ranked = cells.filter(cell => cell.mean != null).sort((a, b) => a.mean - b.mean);
  const lowerIsBetter = document.body.dataset.better === "lower";
  const charts = [];

  function draw(id, option) {
    const element = document.getElementById(id);
    const chart = echarts.getInstanceByDom(element) || echarts.init(element, null, { renderer: "svg" });
    chart.setOption({ animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily }, ...option }, true);
    if (!charts.includes(chart)) charts.push(chart);
  }

  function comparison() {
    const element = document.getElementById("comparison");
    if (ranked.length === 0) { element.remove(); return; }
    element.style.height = (64 + 44 * ranked.length) + "px";
    const order = lowerIsBetter ? [...ranked].reverse() : ranked;
    const interval = (params, api) => {
      const y = api.coord([0, api.value(0)])[1], low = api.coord([api.value(1), 0])[0], high = api.coord([api.value(2), 0])[0];
      const stroke = { stroke: order[params.dataIndex].color, lineWidth: 2.5 };
      const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: stroke });
      return api.value(1) == null || isNaN(low) ? null
        : { type: "group", children: [line(low, y, high, y), line(low, y - 6, low, y + 6), line(high, y - 6, high, y + 6)] };
    };
    draw("comparison", {
      grid: { left: 8, right: 28, top: 8, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      xAxis: { type: "value", scale: true, ...axis(), axisLabel: { color: css("--soft"), formatter: axisText(data.percent), hideOverlap: true } },
      yAxis: { type: "category", data: order.map(cell => cell.label), ...axis(), axisTick: { show: false },
               axisLabel: { color: css("--text"), fontSize: 13, width: Math.min(340, element.clientWidth * .42), overflow: "truncate" } },
      tooltip: { trigger: "item", ...tooltip() },
      series: [
        { type: "custom", renderItem: interval, encode: { y: 0, x: [1, 2] }, silent: true, z: 2,
          data: order.map((cell, i) => [i, cell.low, cell.high]) },
        { type: "scatter", symbolSize: 9, z: 3, itemStyle: { opacity: .45 },
          data: order.flatMap((cell, i) => cell.values.map(v => ({ value: [v.value, i], itemStyle: { color: cell.color }, seed: v.seed, cell: cell.label }))),
          tooltip: { formatter: p => escape(p.data.cell) + "<br>seed " + p.data.seed + ": <b>" + text(p.data.value[0], data.percent) + "</b>" } },
        { type: "scatter", symbol: "diamond", symbolSize: 15, z: 4,
          data: order.map((cell, i) => ({ value: [cell.mean, i], itemStyle: { color: cell.color, borderColor: css("--back"), borderWidth: 1.5 }, cell })),
          tooltip: { formatter: p => escape(p.data.cell.label) + "<br>mean <b>" + text(p.data.cell.mean, data.percent) + "</b>"
            + (p.data.cell.low == null ? "" : "<br>95 % interval " + text(p.data.cell.low, data.percent) + " to " + text(p.data.cell.high, data.percent))
            + "<br>n = " + p.data.cell.n } },
      ],
    });
  }

  const select = document.getElementById("curve-metric");
  const names = Object.keys(data.curves);
  names.forEach(name => select.add(new Option(name, name)));
  if (names.includes(data.metric)) select.value = data.metric;

  function curve() {
    const metric = data.curves[select.value];
    if (!metric) { document.getElementById("curve").textContent = "No curves were recorded."; return; }
    const log = document.getElementById("curve-log").checked;
    const usable = ([x, y]) => !log || y > 0;
    const series = [];
    metric.cells.forEach((cell, i) => {
      const band = cell.points.filter(p => p.length === 4 && usable([0, p[2]]));
      if (band.length > 1) {
        series.push({ type: "custom", name: cells[i].label, silent: true, z: 1, clip: true, itemStyle: { color: cells[i].color },
          encode: { x: 0, y: [1, 2] }, data: band.map(p => [p[0], p[2], p[3]]),
          renderItem: (params, api) => {
            if (params.dataIndexInside > 0) return null;
            const points = [...band.map(p => api.coord([p[0], p[2]])), ...[...band].reverse().map(p => api.coord([p[0], p[3]]))];
            return { type: "polygon", shape: { points }, style: { fill: cells[i].color, opacity: .16 } };
          } });
      }
      series.push({ type: "line", name: cells[i].label, z: 3, showSymbol: cell.points.length < 2, symbolSize: 7, lineStyle: { width: 2.2 },
        color: cells[i].color, data: cell.points.filter(usable).map(p => [p[0], p[1]]), interval: cell.points });
      if (document.getElementById("curve-seeds").checked) {
        cell.seeds.forEach(seed => series.push({ type: "line", name: cells[i].label, z: 2, showSymbol: false, color: cells[i].color,
          lineStyle: { width: 1, opacity: .55 }, data: seed.points.filter(usable), tooltip: { show: false }, silent: true }));
      }
    });
    draw("curve", {
      grid: { left: 8, right: 24, top: 44, bottom: 30, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      legend: { top: 4, left: 0, type: "scroll", icon: "roundRect", textStyle: { color: css("--text") }, data: cells.map(cell => ({ name: cell.label, itemStyle: { color: cell.color } })) },
      xAxis: { type: "value", name: "epoch", nameLocation: "middle", nameGap: 28, min: "dataMin", max: "dataMax", ...axis() },
      yAxis: { type: log ? "log" : "value", scale: true, ...axis(), axisLabel: { color: css("--soft"), formatter: axisText(metric.percent) } },
      tooltip: { trigger: "axis", ...tooltip(), axisPointer: { type: "line", lineStyle: { color: css("--soft") } },
        formatter: rows => {
          const lines = rows.filter(row => row.componentSubType === "line");
          const seen = new Set();
          return "epoch " + +rows[0].axisValue.toFixed(3) + lines.filter(row => !seen.has(row.seriesName) && seen.add(row.seriesName))
            .map(row => "<br>" + row.marker + escape(row.seriesName) + " <b>" + text(row.data[1], metric.percent) + "</b>").join("");
        } },
      series,
    });
  }

  function sortable(table) {
    table.querySelectorAll("th button").forEach((button, column) => button.addEventListener("click", () => {
      const head = button.parentElement, up = head.getAttribute("aria-sort") !== "ascending";
      table.querySelectorAll("th").forEach(th => th.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const key = row => row.cells[column].dataset.value === undefined ? row.cells[column].textContent : Number(row.cells[column].dataset.value);
      const rank = (a, b) => Number.isNaN(a) ? 1 : Number.isNaN(b) ? -1
        : (up ? 1 : -1) * (typeof a === "number" ? a - b : a.localeCompare(b, undefined, { numeric: true }));
      [...table.tBodies[0].rows].sort((a, b) => rank(key(a), key(b))).forEach(row => table.tBodies[0].append(row));
    }));
  }

  const drawAll = () => { comparison(); curve(); };
  drawAll();
  document.querySelectorAll("table.sortable").forEach(sortable);
  ["curve-metric", "curve-seeds", "curve-log"].forEach(id => document.getElementById(id).addEventListener("change", curve));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  addEventListener("resize", () => charts.forEach(chart => chart.resize()));
  addEventListener("beforeprint", () => charts.forEach(chart => chart.resize()));
})();
