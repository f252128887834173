/* Computes points, like assessor/assessment/points.py. */

import { sure } from "./collections.js";

/** @import { Restriction } from "./queries/restriction.js" */

/**
 * Return the fewest and the most points of a score that some way of answering the open questions gives, and those of each term.
 * @param {BundleScore} score
 * @param {Restriction} restriction
 * @returns {AssessedScore}
 */
export function assessScore({ scale, terms, sums = terms }, restriction) {
  const rangeOf = (/** @type {BundlePoints[]} */ parts) => {
    const all = parts.map(({ root, points }) => restriction._about(root).leaves.map((leaf) => sure(points[leaf])));
    const add = (/** @type {(...values: number[]) => number} */ end) => all.reduce((sum, each) => sum + end(...each), 0) / scale;
    return { low: add(Math.min), high: add(Math.max) };
  };
  return { ...rangeOf(sums), terms: terms.map((term) => rangeOf([term])) };
}
