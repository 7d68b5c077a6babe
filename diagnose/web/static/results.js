"use strict";

/* The charts that answer to the pointer, and the budget that plans anew. Without this script the
   drawings stand alone and the budget's form loads the page again. */

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

function lettering() {
  return { fontFamily: getComputedStyle(document.body).fontFamily, color: token("--muted"), fontSize: 12 };
}

function tooltip() {
  // Drawn on the canvas: a tooltip made of HTML would need inline styles.
  return {
    renderMode: "richText", confine: true, backgroundColor: "#fff", borderColor: token("--rule"),
    textStyle: { ...lettering(), color: token("--ink"), fontSize: 13 },
  };
}

function radar(figures, width) {
  const slim = width < 420;
  const looks = [
    { lineStyle: { color: token("--accent"), width: 2 }, areaStyle: { color: token("--accent-soft"), opacity: .35 }, itemStyle: { color: token("--accent") } },
    { lineStyle: { color: "#a8481a", width: 1.5, type: "dashed" }, itemStyle: { color: "#a8481a" }, symbol: "none" },
  ];
  return {
    animation: !still, textStyle: lettering(), tooltip: { ...tooltip(), trigger: "item" },
    radar: {
      indicator: figures.axes.map((name) => ({ name, max: 100 })), splitNumber: 4, radius: slim ? "52%" : "66%",
      axisName: { ...lettering(), fontSize: slim ? 11 : 12, formatter: (name) => (slim ? name.replace(/ (?=\S+$)/, "\n") : name) }, splitArea: { show: false },
      splitLine: { lineStyle: { color: token("--hair") } }, axisLine: { lineStyle: { color: token("--hair") } },
    },
    series: [{
      type: "radar", symbolSize: 5,
      data: figures.lines.map((line, at) => ({ name: line.name, value: line.values, ...looks[at] })),
    }],
  };
}

function peers(figures) {
  const rows = [...figures.rows].reverse();
  const said = (at) => [rows[at].title, `${figures.name} ${rows[at].rank}`, rows[at].text, rows[at].median].filter(Boolean).join("\n");
  return {
    animation: !still, textStyle: lettering(), grid: { left: 8, right: 24, top: 8, bottom: 24, containLabel: true },
    tooltip: { ...tooltip(), trigger: "axis", axisPointer: { type: "none" }, formatter: (points) => said(points[0].dataIndex) },
    xAxis: { type: "value", min: 0, max: 100, interval: 25, axisLabel: lettering(), splitLine: { lineStyle: { color: token("--hair") } } },
    yAxis: { type: "category", data: rows.map((row) => row.title), axisLabel: { ...lettering(), color: token("--ink") }, axisTick: { show: false }, axisLine: { show: false } },
    series: [
      { type: "bar", stack: "band", silent: true, data: rows.map(() => 25), itemStyle: { color: token("--accent-pale") }, barWidth: 14, emphasis: { disabled: true } },
      { type: "bar", stack: "band", data: rows.map(() => 50), itemStyle: { color: token("--accent-soft") }, barWidth: 14, emphasis: { disabled: true } },
      { type: "bar", stack: "band", silent: true, data: rows.map(() => 25), itemStyle: { color: token("--accent-pale") }, barWidth: 14, emphasis: { disabled: true } },
      { type: "scatter", symbol: "diamond", symbolSize: 16, z: 3, data: rows.map((row, at) => [row.rank, at]), itemStyle: { color: token("--accent") } },
    ],
  };
}

const CHARTS = { radar: [radar, () => 340], peers: [peers, (figures) => 60 + 46 * figures.rows.length] };

for (const place of document.querySelectorAll("[data-chart]")) {
  const figures = JSON.parse(place.dataset.figures);
  if (!figures || !window.echarts) continue;
  const [option, height] = CHARTS[place.dataset.chart];
  const canvas = document.createElement("div");
  canvas.className = "live";
  canvas.setAttribute("aria-hidden", "true");
  canvas.style.height = `${height(figures)}px`;
  place.prepend(canvas);
  place.classList.add("drawn-live");
  const chart = echarts.init(canvas);
  chart.setOption(option(figures, canvas.clientWidth));
  window.addEventListener("resize", () => {
    chart.resize();
    chart.setOption(option(figures, canvas.clientWidth));
  });
}

const form = document.querySelector("[data-replan]");

if (form) {
  const amount = form.querySelector("#budget-amount");
  const slider = form.querySelector("#budget-slider");
  const plan = document.getElementById("budget-plan");
  const said = document.getElementById("budget-said");
  const failed = document.getElementById("budget-failed");
  let waiting = null;
  let asking = null;

  async function replan() {
    if (asking) asking.abort();
    asking = new AbortController();
    const address = new URL(form.dataset.replan, window.location);
    address.searchParams.set("budget", amount.value);
    plan.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      plan.innerHTML = found.html;
      said.textContent = found.said;
      failed.hidden = true;
    } catch (error) {
      if (error.name === "AbortError") return;
      failed.hidden = false;
    }
    plan.removeAttribute("aria-busy");
  }

  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(replan, 300);
  }

  slider.hidden = false;
  slider.addEventListener("input", () => { amount.value = slider.value; later(); });
  amount.addEventListener("input", () => {
    if (amount.value === "" || !amount.checkValidity()) return;
    slider.value = amount.value;
    later();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); replan(); });
}
