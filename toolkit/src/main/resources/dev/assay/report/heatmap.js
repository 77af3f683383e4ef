"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const escape = s => s.replace(/[&<>"]/g, c => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
  const element = document.getElementById("map");
  const most = Math.max(data.rows.length, data.columns.length);
  const isWritten = most <= 24;
  const lengths = names => Math.max(...names.map(name => name.length)) * 7.2;
  const left = 48 + Math.min(260, lengths(data.rows)), bottom = 48 + Math.min(260, lengths(data.columns)), right = 90, top = 12;
  let chart = null;

  function draw() {
    const room = (element.parentElement.clientWidth - left - right) / data.columns.length;
    const cell = Math.max(isWritten ? 34 : 12, Math.min(64, room));
    const width = cell * data.columns.length, height = Math.min(cell, 44) * data.rows.length;
    element.style.width = left + width + right + "px";
    element.style.height = top + height + bottom + "px";
    if (chart) chart.dispose();
    chart = echarts.init(element, null, { renderer: "svg" });
    const axis = (names, title, gap) => ({
      type: "category", data: names, name: title, nameLocation: "middle", nameGap: gap, nameTextStyle: { color: css("--soft"), fontSize: 13, fontWeight: 600 },
      axisLine: { show: false }, axisTick: { show: false }, splitArea: { show: false },
      axisLabel: { color: css("--text"), fontSize: 12, interval: 0, hideOverlap: false, width: 256, overflow: "truncate" },
    });
    const columns = axis(data.columns, data.columnTitle, bottom - 20);
    columns.axisLabel.rotate = 90;
    chart.setOption({
      animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left, top, width, height },
      xAxis: columns,
      yAxis: axis(data.rows, data.rowTitle, left - 22),
      visualMap: { min: 0, max: 1, calculable: false, orient: "vertical", right: 10, top, itemHeight: Math.min(180, height - 40), itemWidth: 14,
        text: ["1", "0"], textStyle: { color: css("--text") }, inRange: { color: data.colors } },
      tooltip: { backgroundColor: css("--panel"), borderColor: css("--line"), textStyle: { color: css("--text"), fontSize: 13 },
        formatter: p => escape(data.rowTitle) + ": <b>" + escape(data.rows[p.value[1]]) + "</b><br>" + escape(data.columnTitle) + ": <b>"
          + escape(data.columns[p.value[0]]) + "</b><br>" + escape(data.measure) + " <b>" + +p.value[3].toPrecision(6) + "</b>" },
      series: [{ type: "heatmap", itemStyle: { borderWidth: 0 }, emphasis: { itemStyle: { borderColor: css("--text"), borderWidth: 2 } },
        label: { show: isWritten, fontSize: 11 },
        data: data.values.flatMap((row, i) => row.map((v, j) => ({
          value: [j, i, Math.max(0, Math.min(1, v)), v],
          label: { color: v > .55 ? "#000" : "#fff", formatter: v.toFixed(2) } }))) }],
    });
  }

  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  addEventListener("resize", draw);
})();
