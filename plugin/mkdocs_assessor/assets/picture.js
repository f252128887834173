"use strict";
/* The bars of estimates that are compared; plugin/mkdocs_assessor/render/charts.py lays them out alike. */

/** Move the bars of a chart to where the estimates now are. @type {Show} */
function showChart(chart, { sheet }) {
  const { estimates } = sheet.assessment;
  const estimateOf = (/** @type {HTMLElement} */ { dataset }) => estimates[sure(dataset.bar)];
  const bars = each(chart, "[data-bar]");
  const all = bars.map(estimateOf).flatMap((value) => (value ? [value.low, value.high] : []));
  const least = Math.min(0, ...all);
  const width = Math.max(0, ...all) - least || 1;
  for (const bar of bars) {
    /** @type {Record<string, any>} */
    const ends = { zero: 0, line: estimates[sure(chart.dataset.line)]?.likely, ...estimateOf(bar) };
    for (const part of each(bar, "[data-from]")) {
      const { from, to } = part.dataset;
      const start = ends[sure(from)];
      if (part.toggleAttribute("hidden", start === undefined)) continue;
      const end = sure(ends[to ?? sure(from)]);
      place(part, "x", (Math.min(start, end) - least) / width);
      if (to) place(part, "width", Math.abs(start - end) / width);
    }
  }
}

/**
 * @param {Element} part
 * @param {string} name
 * @param {number} share
 */
function place(part, name, share) {
  const value = `${(100 * share).toFixed(2)}%`;
  if (part.getAttribute(name) !== value) part.setAttribute(name, value);
}
