"use strict";
/** The charts, each drawn from the data and what is chosen in its controls. */
assay.figures = (() => {
  const { hue, css, text, plain, gain, axisText, duration, floats, quantile, mean, tip, draw, axis, tooltip, grid, choices, shade } = assay;
  const data = () => assay.data;
  const $ = id => document.getElementById(id);
  const MOST_CURVES = 8, MOST_COMPARED = 12, MOST_LEVELS = 16, MANY = 600;

  // The cells of the table in its order; what is drawn follows it.
  let order = [];
  const label = cell => data().cells.label[cell];
  const estimate = (cell, metric) => data().cells.estimates[cell][metric] || [];
  const average = (cell, metric) => estimate(cell, metric)[1];
  const color = cell => { const place = order.indexOf(cell); return place >= 0 && place < MOST_CURVES ? hue(place) : css("--soft"); };
  const logarithmic = values => values.length > 1 && Math.min(...values) > 0 && Math.max(...values) / Math.min(...values) >= 20;
  const completed = metric => data().trials.state.flatMap((state, i) => {
    const value = data().trials.metrics[i][metric];
    return state === "completed" && value != null ? [{ value, cell: data().trials.cell[i], seed: data().trials.seed[i] }] : [];
  });

  function comparison() {
    const element = $("comparison"), metric = data().metrics[0];
    const cells = order.filter(cell => average(cell, 0) != null).slice(0, MOST_COMPARED);
    element.closest("figure").hidden = cells.length === 0;
    if (cells.length === 0) return;
    element.style.height = (64 + (element.clientWidth < 520 ? 58 : 40) * cells.length) + "px";
    const place = new Map(cells.map((cell, i) => [cell, i]));
    const seeds = completed(0).filter(trial => place.has(trial.cell));
    const interval = (params, api) => {
      const y = api.coord([0, api.value(0)])[1], low = api.coord([api.value(1), 0])[0], high = api.coord([api.value(2), 0])[0];
      const style = { stroke: color(cells[params.dataIndex]), lineWidth: 2.2 };
      const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style });
      return Number.isNaN(low) ? null : { type: "group", children: [line(low, y, high, y), line(low, y - 5, low, y + 5), line(high, y - 5, high, y + 5)] };
    };
    draw("comparison", {
      label: "Mean and interval of " + metric.name + " for " + cells.length + " cells; the highest mean is "
        + text(Math.max(...cells.map(cell => average(cell, 0))), metric) + ", the lowest " + text(Math.min(...cells.map(cell => average(cell, 0))), metric)
        + ". The table below has the numbers.",
      option: {
        grid: grid({ bottom: 8 }),
        xAxis: { type: "value", scale: true, ...axis(), axisLabel: { color: css("--soft"), formatter: axisText(metric), hideOverlap: true } },
        yAxis: { type: "category", inverse: true, data: cells.map(label), ...axis(), axisTick: { show: false }, splitLine: { show: false },
          axisLabel: { color: css("--text"), fontSize: 12, lineHeight: 15, interval: 0, width: Math.min(330, element.clientWidth * .42), overflow: "break" } },
        tooltip: { trigger: "item", ...tooltip(p => p.data.tip()) },
        series: [
          { type: "custom", renderItem: interval, encode: { y: 0, x: [1, 2] }, silent: true, z: 2, data: cells.map((cell, i) => [i, estimate(cell, 0)[3] ?? NaN, estimate(cell, 0)[4] ?? NaN]) },
          { type: "scatter", symbolSize: 8, z: 3, itemStyle: { opacity: .45 }, data: seeds.map(trial => ({ value: [trial.value, place.get(trial.cell)],
            itemStyle: { color: color(trial.cell) }, tip: () => tip(label(trial.cell), [["seed " + trial.seed, text(trial.value, metric)]]) })) },
          { type: "scatter", symbol: "diamond", symbolSize: 14, z: 4, data: cells.map((cell, i) => ({ value: [average(cell, 0), i],
            itemStyle: { color: color(cell), borderColor: css("--back"), borderWidth: 1.5 }, tip: () => tip(label(cell), summary(cell, 0)) })) },
        ],
      },
    });
  }

  function summary(cell, m) {
    const [n, middle, , low, high] = estimate(cell, m), metric = data().metrics[m];
    return [["mean", text(middle, metric)], ...(low == null ? [] : [["95 % interval", text(low, metric) + " to " + text(high, metric)]]), ["n", String(n ?? 0)]];
  }

  function parallel(brushed) {
    const factors = data().factors, metric = data().metrics[0];
    const cells = data().cells.label.map((name, i) => i).filter(cell => average(cell, 0) != null);
    $("factors-section").hidden = factors.length === 0 || cells.length < 2;
    if ($("factors-section").hidden) return;
    const element = $("parallel");
    element.style.minWidth = 86 * (factors.length + 1) + "px";
    const means = cells.map(cell => average(cell, 0)), sorted = [...means].sort((a, b) => a - b);
    const low = quantile(sorted, metric.lower ? 0 : .05), high = quantile(sorted, metric.lower ? .95 : 1);
    const part = value => high > low ? (value - low) / (high - low) : 1;
    const width = Math.max(60, element.clientWidth / (factors.length + 1) - 14);
    const axes = factors.map((factor, dim) => ({ dim, name: factor.name, ...(factor.numeric
      ? { type: logarithmic(factor.levels) ? "log" : "value", min: "dataMin", max: "dataMax", axisLabel: { formatter: plain, color: css("--soft"), showMinLabel: true, showMaxLabel: true } }
      : { type: "category", data: factor.levels.map(String), axisLabel: { color: css("--soft"), width, overflow: "truncate" } }) }));
    axes.push({ dim: factors.length, name: metric.name, type: "value", scale: true, axisLabel: { formatter: axisText(metric), color: css("--soft") } });
    const value = (factor, cell) => factor.of[cell] < 0 ? null : factor.numeric ? factor.levels[factor.of[cell]] : String(factor.levels[factor.of[cell]]);
    const opacity = Math.max(.12, Math.min(.8, 6 / Math.sqrt(cells.length)));
    const chart = draw("parallel", {
      canvas: cells.length > MANY,
      label: "Parallel coordinates of " + cells.length + " cells over " + factors.map(factor => factor.name).join(", ") + " and " + metric.name + ".",
      option: {
        parallel: { left: 46, right: 60, top: 44, bottom: 22, axisExpandable: false, parallelAxisDefault: { nameGap: 18, nameTextStyle: { color: css("--text"), fontSize: 13, overflow: "truncate", width },
          axisLine: { lineStyle: { color: css("--line") } }, axisTick: { lineStyle: { color: css("--line") } },
          areaSelectStyle: { width: 22, color: css("--accent"), borderColor: css("--accent"), opacity: .25 } } },
        parallelAxis: axes,
        series: [{ type: "parallel", smooth: false, lineStyle: { width: cells.length > 200 ? 1 : 1.6, opacity }, inactiveOpacity: .03, activeOpacity: Math.max(.3, opacity), progressive: 2000,
          data: cells.map((cell, i) => ({ value: [...factors.map(factor => value(factor, cell)), means[i]], lineStyle: { color: shade(part(means[i])) } })) }],
      },
      numbers: () => ({ head: ["cell", ...factors.map(factor => factor.name), metric.name],
        rows: order.map(cell => [label(cell), ...factors.map(factor => String(value(factor, cell) ?? "–")), text(average(cell, 0), metric)]) }),
    });
    chart.off("axisareaselected");
    chart.on("axisareaselected", () => {
      const active = chart.getModel().getSeries()[0].getRawIndicesByActiveState("active");
      brushed(active.length === cells.length ? null : new Set(active.map(i => cells[i])));
    });
  }

  const alongText = { epoch: "epochs", step: "steps", time: "time" };

  /** Exponential average without the bias of its beginning (Kingma and Ba 2014, section 3); points that are further apart forget more. */
  function smoothed(x, y, weight) {
    if (weight === 0 || x.length < 3) return y;
    const stride = (x[x.length - 1] - x[0]) / (x.length - 1) || 1;
    let sum = 0, mass = 0;
    return Float32Array.from(y, (value, i) => {
      const keep = i === 0 ? 0 : Math.pow(weight, Math.max(.01, (x[i] - x[i - 1]) / stride));
      sum = keep * sum + (1 - keep) * value;
      mass = keep * mass + (1 - keep);
      return sum / mass;
    });
  }

  function decoded(line) {
    if (!line.points) {
      const step = floats(line.step);
      line.points = { step, epoch: typeof line.epoch === "number" ? step.map(s => s * line.epoch) : floats(line.epoch), time: floats(line.time),
        value: floats(line.value), half: line.half ? floats(line.half) : null };
    }
    return line.points;
  }

  function curve() {
    const curves = data().curves, all = Object.keys(curves);
    const select = choices("curve-metric", all.map(name => [name, name]), all.includes(data().metrics[0].name) ? data().metrics[0].name : all[0]);
    const chosen = curves[select.value];
    if (!chosen) { $("curve-note").textContent = "None were recorded yet."; $("curve").closest("figure").hidden = true; return; }
    $("curve").closest("figure").hidden = false;
    const along = $("curve-x").value, weight = +$("curve-smooth").value, log = $("curve-log").checked, logX = $("curve-logx").checked, metric = chosen.metric;
    const drawn = order.filter(cell => chosen.cells[cell]).slice(0, MOST_CURVES);
    const baseline = data().baseline;
    if (baseline >= 0 && chosen.cells[baseline] && !drawn.includes(baseline)) drawn.push(baseline);
    $("curve-note").textContent = (drawn.length < order.length ? "Drawn are " + drawn.length + " of " + assay.count(order.length) + " cells, the first in the order of the table above: sort or filter it for others. " : "")
      + (data().curvesLeftOut ? "Of " + assay.count(data().curvesLeftOut) + " cells there are none here, to keep this file small. " : "") + "A click on a name in the legend hides or shows it.";
    const series = [];
    const usable = (points, i) => (!log || points.value[i] > 0) && (!logX || points[along][i] > 0);
    const pairs = (points, values) => Array.from(values, (value, i) => [points[along][i], value]).filter((p, i) => usable(points, i));
    drawn.forEach(cell => {
      const points = decoded(chosen.cells[cell]), name = label(cell), ink = color(cell);
      const base = { name, color: ink, showSymbol: false, sampling: undefined };
      if (points.half && points.value.length > 1) {
        const middle = smoothed(points[along], points.value, weight), half = smoothed(points[along], points.half, weight);
        const band = Array.from(middle, (m, i) => [points[along][i], m - half[i], m + half[i]]).filter((p, i) => usable(points, i) && (!log || p[1] > 0));
        series.push({ type: "custom", name, silent: true, z: 1, clip: true, itemStyle: { color: ink }, encode: { x: 0, y: [1, 2] }, data: band,
          renderItem: (params, api) => params.dataIndexInside > 0 ? null
            : { type: "polygon", shape: { points: [...band.map(p => api.coord([p[0], p[1]])), ...[...band].reverse().map(p => api.coord([p[0], p[2]]))] }, style: { fill: ink, opacity: .16 } } });
      }
      series.push({ ...base, type: "line", z: 4, lineStyle: { width: 2.2, type: cell === baseline && drawn.length > 1 ? "dashed" : "solid" }, symbolSize: 7,
        showSymbol: points.value.length < 2, data: pairs(points, smoothed(points[along], points.value, weight)) });
      if (weight > 0) series.push({ ...base, type: "line", z: 2, lineStyle: { width: 1, opacity: .35 }, silent: true, data: pairs(points, points.value), raw: true });
      if ($("curve-seeds").checked) {
        Object.values(chosen.cells[cell].seeds).map(decoded).forEach(seed =>
          series.push({ ...base, type: "line", z: 2, lineStyle: { width: 1, opacity: .5 }, silent: true, data: pairs(seed, smoothed(seed[along], seed.value, weight)), raw: true }));
      }
    });
    const end = cell => { const points = decoded(chosen.cells[cell]); return points.value[points.value.length - 1]; };
    const compact = $("curve").clientWidth < 520;
    draw("curve", {
      canvas: $("curve-seeds").checked && drawn.length > 4,
      label: "Learning curves of " + select.value + " along " + alongText[along] + " for " + drawn.length + " cells"
        + (drawn.length ? "; the first, " + label(drawn[0]) + ", ends at " + text(end(drawn[0]), metric) : "") + ".",
      option: {
        grid: grid({ top: 46, bottom: 36 }),
        legend: { top: 4, left: 0, right: 0, type: "scroll", icon: "roundRect", textStyle: { color: css("--text"), width: compact ? 240 : 320, overflow: "truncate" },
          pageTextStyle: { color: css("--soft") }, pageIconColor: css("--text"), pageIconInactiveColor: css("--line"), data: drawn.map(cell => ({ name: label(cell), itemStyle: { color: color(cell) } })) },
        xAxis: { type: logX ? "log" : "value", name: along === "time" ? "time since the trial began" : alongText[along], nameLocation: "middle", nameGap: 28, min: "dataMin", max: "dataMax", ...axis(),
          axisLabel: { color: css("--soft"), hideOverlap: true, formatter: along === "time" ? duration : plain } },
        yAxis: { type: log ? "log" : "value", scale: true, ...axis(), axisLabel: { color: css("--soft"), formatter: axisText(metric) } },
        tooltip: { trigger: "axis", axisPointer: { type: "line", lineStyle: { color: css("--soft") } }, ...tooltip(rows => {
          const lines = rows.filter(row => row.componentSubType === "line" && !series[row.seriesIndex].raw);
          const x = rows[0].axisValue;
          return tip(along === "time" ? "after " + duration(x) : along + " " + plain(x), lines.map(row => [row.seriesName, text(row.data[1], metric), row.color]));
        }) },
        series,
      },
      numbers: () => ({ head: ["cell", alongText[along], "first", "last", "least", "greatest"], rows: drawn.map(cell => {
        const points = decoded(chosen.cells[cell]), last = points.value.length - 1;
        return [label(cell), along === "time" ? duration(points.time[last]) : plain(points[along][last]), text(points.value[0], metric), text(points.value[last], metric),
          text(Math.min(...points.value), metric), text(Math.max(...points.value), metric)];
      }) }),
    });
  }

  let lastEffect;

  function effect() {
    const factors = data().factors.map((factor, i) => ({ ...factor, i })).filter(factor => factor.levels.length > 1 || factor.of.some(level => level < 0));
    $("effects-section").hidden = factors.length === 0 || completed(0).length === 0;
    if ($("effects-section").hidden) return;
    const factor = data().factors[+choices("effect-factor", factors.map(each => [each.i, each.name]), factors[0].i).value];
    const m = +choices("effect-metric", data().metrics.map((metric, i) => [i, metric.name]), 0).value, metric = data().metrics[m];
    const trials = completed(m).filter(trial => factor.of[trial.cell] >= 0);
    if (factor.numeric && factor.levels.length > 2) {
      const values = trials.map(trial => factor.levels[factor.of[trial.cell]]);
      const can = values.every(value => value > 0);
      $("effect-log").closest("label").hidden = !can;
      if (lastEffect !== factor) $("effect-log").checked = logarithmic(values);
      lastEffect = factor;
      relation(factor, m, trials, can && $("effect-log").checked);
    } else {
      $("effect-log").closest("label").hidden = true;
      spreads(factor, metric, trials);
    }
  }

  function relation(factor, m, trials, log) {
    const metric = data().metrics[m], index = data().factors.indexOf(factor);
    const line = data().regressions.find(each => each.factor === index && each.metric === m && each.log === log);
    const levels = trials.map(trial => factor.levels[factor.of[trial.cell]]);
    const low = Math.min(...levels), high = Math.max(...levels), to = log ? Math.log10 : x => x, from = log ? x => 10 ** x : x => x;
    const steps = line ? Array.from({ length: 61 }, (none, i) => to(low) + (to(high) - to(low)) * i / 60) : [];
    const at = x => line.intercept + line.slope * x;
    const half = x => line.half * Math.sqrt(line.spread / line.n + (x - line.center) ** 2);
    const band = steps.map(x => [from(x), at(x) - half(x), at(x) + half(x)]);
    const reach = line ? line.half : NaN;
    $("effect-note").textContent = "A dot is a completed trial. " + (line ? "The line is the regression on " + factor.name + (log ? "’s logarithm" : "") + ": " + gain(line.slope, metric)
      + (log ? " for each tenfold" : " for each unit") + " (95 % interval " + gain(line.slope - reach, metric) + " to " + gain(line.slope + reach, metric) + "), R² " + plain(line.fit) + ", n = " + line.n
      + ". Other factors are not held fixed." : "There are too few values for a regression.");
    draw("effect", {
      canvas: trials.length > MANY,
      label: "Scatter of " + metric.name + " over " + factor.name + " for " + trials.length + " trials with regression line.",
      option: {
        grid: grid(),
        xAxis: { type: log ? "log" : "value", scale: true, name: factor.name, nameLocation: "middle", nameGap: 28, ...axis(), axisLabel: { color: css("--soft"), formatter: plain, hideOverlap: true } },
        yAxis: { type: "value", scale: true, ...axis(), axisLabel: { color: css("--soft"), formatter: axisText(metric) } },
        tooltip: { trigger: "item", ...tooltip(p => { const trial = trials[p.dataIndex]; return tip(label(trial.cell), [["seed " + trial.seed, text(trial.value, metric)]]); }) },
        series: [
          { type: "custom", silent: true, z: 1, clip: true, encode: { x: 0, y: [1, 2] }, data: band, renderItem: (params, api) => params.dataIndexInside > 0 ? null
            : { type: "polygon", shape: { points: [...band.map(p => api.coord([p[0], p[1]])), ...[...band].reverse().map(p => api.coord([p[0], p[2]]))] }, style: { fill: css("--accent"), opacity: .14 } } },
          { type: "line", silent: true, z: 2, showSymbol: false, color: css("--accent"), lineStyle: { width: 2.2 }, data: steps.map(x => [from(x), at(x)]) },
          { type: "scatter", z: 3, symbolSize: trials.length > MANY ? 5 : 9, itemStyle: { color: css("--text"), opacity: trials.length > MANY ? .25 : .55 }, data: trials.map((trial, i) => [levels[i], trial.value]) },
        ],
      },
      numbers: () => ({ head: [factor.name, "n", "mean", "least", "greatest"], rows: factor.levels.slice(0, 200).map((level, l) => {
        const values = trials.filter(trial => factor.of[trial.cell] === l).map(trial => trial.value);
        return [plain(level), String(values.length), text(mean(values), metric), text(Math.min(...values), metric), text(Math.max(...values), metric)];
      }) }),
    });
  }

  /** Gaussian kernels with Silverman's bandwidth (Density Estimation, 1986, eq. 3.31). */
  function density(sorted) {
    const n = sorted.length, middle = mean(sorted);
    const deviation = Math.sqrt(sorted.reduce((sum, v) => sum + (v - middle) ** 2, 0) / Math.max(1, n - 1));
    const width = .9 * (Math.min(deviation, (quantile(sorted, .75) - quantile(sorted, .25)) / 1.34) || deviation) * n ** -.2;
    if (n < 4 || !(width > 0)) return null;
    const low = sorted[0] - 2 * width, high = sorted[n - 1] + 2 * width;
    const points = Array.from({ length: 61 }, (none, i) => low + (high - low) * i / 60);
    const kept = n > 400 ? Array.from({ length: 400 }, (none, i) => quantile(sorted, i / 399)) : sorted;
    return points.map(x => [x, kept.reduce((sum, v) => sum + Math.exp(-(((x - v) / width) ** 2) / 2), 0)]);
  }

  function spreads(factor, metric, trials) {
    const shown = factor.levels.slice(0, MOST_LEVELS).map((name, l) => ({ name: String(name), values: trials.filter(trial => factor.of[trial.cell] === l) }));
    shown.forEach(level => { level.sorted = level.values.map(trial => trial.value).sort((a, b) => a - b); level.shape = density(level.sorted); });
    const used = shown.filter(level => level.values.length > 0);
    $("effect-note").textContent = "A dot is a completed trial; box, whiskers and violin are over the trials of a level, whatever their other factors."
      + (factor.levels.length > MOST_LEVELS ? " Of " + factor.levels.length + " levels the first " + MOST_LEVELS + " are drawn." : "");
    $("effect").style.height = Math.max(220, 60 + 76 * used.length) + "px";
    const fence = (sorted, way) => {
      const q1 = quantile(sorted, .25), q3 = quantile(sorted, .75), reach = 1.5 * (q3 - q1);
      return way < 0 ? sorted.find(v => v >= q1 - reach) : [...sorted].reverse().find(v => v <= q3 + reach);
    };
    const item = (params, api) => {
      const level = used[params.dataIndex], ink = hue(params.dataIndex), y = api.coord([0, params.dataIndex])[1], x = v => api.coord([v, 0])[0];
      const children = [];
      if (level.shape) {
        const most = Math.max(...level.shape.map(p => p[1]));
        const side = way => level.shape.map(([v, d]) => [x(v), y + way * 30 * d / most]);
        children.push({ type: "polygon", shape: { points: [...side(-1), ...side(1).reverse()] }, style: { fill: ink, opacity: .18 } });
      }
      if (level.sorted.length > 3) {
        const [q1, q2, q3] = [.25, .5, .75].map(p => quantile(level.sorted, p)), low = fence(level.sorted, -1), high = fence(level.sorted, 1);
        const line = (x1, y1, x2, y2, lineWidth = 1.6) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: ink, lineWidth } });
        children.push(line(x(low), y, x(q1), y), line(x(q3), y, x(high), y), line(x(q2), y - 10, x(q2), y + 10, 3),
          { type: "rect", shape: { x: x(q1), y: y - 10, width: x(q3) - x(q1), height: 20 }, style: { fill: "none", stroke: ink, lineWidth: 1.6 } });
      }
      return { type: "group", children };
    };
    const dots = used.flatMap((level, i) => level.values.map((trial, k) => ({ level: i, trial, off: ((k * 0.618034) % 1 - .5) * 16 })));
    const range = used.flatMap(level => level.shape ? [level.shape[0][0], level.shape[60][0]] : level.sorted);
    draw("effect", {
      canvas: dots.length > MANY,
      label: "Distribution of " + metric.name + " for each level of " + factor.name + ".",
      option: {
        grid: grid({ bottom: 8 }),
        xAxis: { type: "value", scale: true, min: range.length ? Math.min(...range) : null, max: range.length ? Math.max(...range) : null, ...axis(),
          axisLabel: { color: css("--soft"), formatter: axisText(metric), hideOverlap: true, showMinLabel: false, showMaxLabel: false } },
        yAxis: { type: "category", inverse: true, data: used.map(level => level.name), ...axis(), axisTick: { show: false }, splitLine: { show: false },
          axisLabel: { color: css("--text"), fontSize: 13, interval: 0, width: Math.min(260, $("effect").clientWidth * .35), overflow: "truncate" } },
        tooltip: { trigger: "item", ...tooltip(p => tip(label(dots[p.dataIndex].trial.cell), [["seed " + dots[p.dataIndex].trial.seed, text(dots[p.dataIndex].trial.value, metric)]])) },
        series: [
          { type: "custom", renderItem: item, silent: true, z: 2, encode: { y: 0 }, data: used.map((level, i) => [i]) },
          { type: "scatter", symbolSize: 7, z: 3, data: dots.map(dot => ({ value: [dot.trial.value, dot.level], symbolOffset: [0, dot.off],
            itemStyle: { color: hue(dot.level), opacity: .55 } })) },
        ],
      },
      numbers: () => ({ head: [factor.name, "n", "mean", "first quartile", "median", "third quartile"],
        rows: used.map(level => [level.name, String(level.sorted.length), text(mean(level.sorted), metric), ...[.25, .5, .75].map(p => text(quantile(level.sorted, p), metric))]) }),
    });
  }

  /** The fields of one side of a heat map: levels, or ranges of many numbers. */
  function fields(factor) {
    if (!factor.numeric || factor.levels.length <= 12) {
      return { names: factor.levels.map(level => factor.numeric ? plain(level) : String(level)), of: cell => factor.of[cell] };
    }
    const values = factor.of.filter(level => level >= 0).map(level => factor.levels[level]).sort((a, b) => a - b);
    const ends = Array.from({ length: 7 }, (none, i) => quantile(values, (i + 1) / 8));
    const place = value => ends.filter(end => value > end).length;
    return { names: Array.from({ length: 8 }, (none, i) => plain(i === 0 ? values[0] : ends[i - 1]) + " – " + plain(i === 7 ? values[values.length - 1] : ends[i])),
      of: cell => factor.of[cell] < 0 ? -1 : place(factor.levels[factor.of[cell]]) };
  }

  function pair() {
    const factors = data().factors.map((factor, i) => [i, factor.name]);
    $("pairs-section").hidden = factors.length < 2 || completed(0).length === 0;
    if ($("pairs-section").hidden) return;
    const across = data().factors[+choices("pair-x", factors, 0).value], up = data().factors[+choices("pair-y", factors, 1).value];
    const m = +choices("pair-metric", data().metrics.map((metric, i) => [i, metric.name]), 0).value, metric = data().metrics[m];
    const xs = fields(across), ys = fields(up), found = new Map();
    completed(m).forEach(trial => {
      const x = xs.of(trial.cell), y = ys.of(trial.cell);
      if (x < 0 || y < 0) return;
      const key = x + " " + y;
      if (!found.has(key)) found.set(key, { x, y, values: [] });
      found.get(key).values.push(trial.value);
    });
    const all = [...found.values()].map(field => ({ ...field, mean: mean(field.values) }));
    const means = all.map(field => field.mean), low = Math.min(...means), high = Math.max(...means);
    const isWritten = xs.names.length * 62 < $("pair").clientWidth - 120 && ys.names.length <= 14;
    $("pair").style.height = Math.max(280, Math.min(620, 110 + 44 * ys.names.length)) + "px";
    draw("pair", {
      label: "Heat map of the mean of " + metric.name + " over " + across.name + " and " + up.name + ".",
      option: {
        grid: grid({ right: 84, bottom: 40, top: 14 }),
        xAxis: { type: "category", data: xs.names, name: across.name, nameLocation: "middle", nameGap: 30, ...axis(), splitLine: { show: false }, axisLabel: { color: css("--soft"), width: 110, overflow: "truncate" } },
        yAxis: { type: "category", data: ys.names, ...axis(), splitLine: { show: false }, axisLabel: { color: css("--soft"), width: Math.min(160, $("pair").clientWidth * .3), overflow: "truncate" } },
        tooltip: { trigger: "item", ...tooltip(p => { const field = all[p.dataIndex]; return tip(across.name + " " + xs.names[field.x] + ", " + up.name + " " + ys.names[field.y], [["mean", text(field.mean, metric)], ["trials", String(field.values.length)]]); }) },
        visualMap: { min: low, max: high === low ? low + 1e-9 : high, calculable: false, orient: "vertical", right: 0, top: "middle", itemHeight: 140, inRange: { color: assay.viridis }, formatter: axisText(metric),
          text: [axisText(metric)(high), axisText(metric)(low)], textStyle: { color: css("--soft") } },
        series: [{ type: "heatmap", itemStyle: { borderColor: css("--back"), borderWidth: 1 },
          data: all.map(field => ({ value: [field.x, field.y, field.mean], label: { show: isWritten, formatter: axisText(metric)(field.mean), color: (field.mean - low) / (high - low || 1) > .55 ? "#000" : "#fff" } })) }],
      },
      numbers: () => ({ head: [across.name, up.name, "mean", "trials"], rows: all.map(field => [xs.names[field.x], ys.names[field.y], text(field.mean, metric), String(field.values.length)]) }),
    });
  }

  function front() {
    const metrics = data().metrics.map((metric, i) => [i, metric.name]);
    $("tradeoffs-section").hidden = metrics.length < 2 || data().cells.label.length < 2;
    if ($("tradeoffs-section").hidden) return;
    const mx = +choices("front-x", metrics, 1).value, my = +choices("front-y", metrics, 0).value;
    const across = data().metrics[mx], up = data().metrics[my];
    const cells = data().cells.label.map((name, cell) => ({ cell, x: average(cell, mx), y: average(cell, my) })).filter(each => each.x != null && each.y != null);
    const found = data().fronts.find(each => each.x === Math.min(mx, my) && each.y === Math.max(mx, my));
    const on = new Set(found.cells), unclear = new Set(found.unclear);
    const kept = cells.filter(each => on.has(each.cell)).sort((a, b) => across.lower ? a.x - b.x : b.x - a.x);
    const style = cell => on.has(cell) ? { color: css("--accent"), borderColor: css("--back"), borderWidth: 1.5 }
      : unclear.has(cell) ? { color: css("--back"), borderColor: css("--soft"), borderWidth: 1.4 } : { color: css("--soft"), opacity: .55 };
    $("front-note").textContent = unclear.size ? "Empty dots lie behind it, but seeds do not rule out that this is chance." : "";
    draw("front", {
      canvas: cells.length > MANY,
      label: "Scatter of " + up.name + " over " + across.name + " for " + cells.length + " cells; " + kept.length + " are on the front.",
      option: {
        grid: grid(),
        xAxis: { type: "value", scale: true, name: across.name + (across.lower ? " (lower is better)" : " (higher is better)"), nameLocation: "middle", nameGap: 28, ...axis(), axisLabel: { color: css("--soft"), formatter: axisText(across), hideOverlap: true } },
        yAxis: { type: "value", scale: true, ...axis(), axisLabel: { color: css("--soft"), formatter: axisText(up) } },
        tooltip: { trigger: "item", ...tooltip(p => { const each = cells[p.dataIndex]; return tip(label(each.cell), [[up.name, text(each.y, up)], [across.name, text(each.x, across)], ...(on.has(each.cell) ? [["on the front", ""]] : unclear.has(each.cell) ? [["behind the front, maybe by chance", ""]] : [])]); }) },
        series: [
          { type: "line", silent: true, z: 2, showSymbol: false, step: "end", color: css("--accent"), lineStyle: { width: 1.6 }, data: kept.map(each => [each.x, each.y]) },
          { type: "scatter", z: 3, symbolSize: 9, data: cells.map(each => ({ value: [each.x, each.y], symbolSize: on.has(each.cell) ? 12 : 7, itemStyle: style(each.cell) })) },
        ],
      },
      numbers: () => ({ head: ["cell on the front", up.name, across.name], rows: kept.map(each => [label(each.cell), text(each.y, up), text(each.x, across)]) }),
    });
  }

  return { follow: cells => { order = cells; }, color, summary, average, estimate, label, comparison, parallel, curve, effect, pair, front };
})();
