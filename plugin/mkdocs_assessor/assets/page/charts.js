/* Moves the bars of compared estimates, like plugin/mkdocs_assessor/render/charts.py. */

import { sure } from "../core/collections.js";
import { each } from "./dom.js";

/** @import { Show } from "./elements.js" */

/** Move the bars of a chart to the current estimates. @type {Show} */
export function showChart(chart, { sheet }) {
  const { estimates } = sheet._shownAssessment;
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
 * Set a position or width if it changed.
 * @param {Element} part
 * @param {string} name
 * @param {number} share
 */
function place(part, name, share) {
  const value = `${(100 * share).toFixed(2)}%`;
  if (part.getAttribute(name) !== value) part.setAttribute(name, value);
}
