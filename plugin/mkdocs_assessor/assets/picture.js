"use strict";
/* The bars of estimates that are compared; plugin/mkdocs_assessor/charting.py lays them out alike. */

/**
 * Move the bars of every chart to where the estimates now are.
 * @param {Element} root
 * @param {Record<string, AssessedEstimate | null>} estimates
 */
function showPicture(root, estimates) {
  for (const chart of each(root, "[data-chart]")) {
    const bars = [...chart.querySelectorAll("[data-bar]")];
    const assessedOf = (/** @type {Element | undefined} */ bar) => estimates[bar?.getAttribute("data-bar") ?? ""];
    const ends = bars.map(assessedOf).flatMap((value) => (value ? [value.low, value.high] : []));
    const least = Math.min(0, ...ends);
    const width = Math.max(0, ...ends) - least || 1;
    const across = assessedOf(bars.find((bar) => bar.matches("[data-line]")))?.likely;
    for (const bar of bars) {
      const { low, likely, high } = assessedOf(bar) ?? {};
      /** @type {Record<string, [number | undefined, number | undefined]>} */
      const places = { zero: [0, 0], likely: [0, likely], range: [low, high], line: [across, across] };
      for (const part of bar.querySelectorAll("[data-part]")) {
        const [from, to] = places[part.getAttribute("data-part") ?? ""] ?? [];
        part.toggleAttribute("hidden", from === undefined || to === undefined);
        if (from === undefined || to === undefined) continue;
        setPart(part, "x", (Math.min(from, to) - least) / width);
        if (part.localName === "rect") setPart(part, "width", Math.abs(to - from) / width);
      }
    }
  }
}

/**
 * @param {Element} part
 * @param {string} name
 * @param {number} share
 */
function setPart(part, name, share) {
  const value = `${(100 * share).toFixed(2)}%`;
  if (part.getAttribute(name) !== value) part.setAttribute(name, value);
}
