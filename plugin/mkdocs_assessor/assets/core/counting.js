/* Counts the combinations of answers that lead to each outcome, like `counts` in assessor/assessment/queries/restriction.py. */

import { range } from "./collections.js";

/** @import { Diagram } from "./diagram.js" */
/** @import { Restriction } from "./queries/restriction.js" */

/**
 * Count how many combinations of the open questions' cells lead to each leaf.
 * @param {Restriction} restriction
 * @param {Diagram} diagram
 * @param {number} leafCount
 * @returns {(number | bigint)[]}
 */
export function countCombinations({ _cells: cells, _interpreter: interpreter }, diagram, leafCount) {
  const open = range(cells.length).filter((question) => cells[question] === null).map((question) => interpreter._sizeOf(question));
  // Numbers suffice while they and the sums over a node's children are exact.
  const largest = open.reduce((all, size) => all * size, Math.max(1, ...open));
  /** @type {(count: number) => any} */
  const exact = largest <= Number.MAX_SAFE_INTEGER ? Number : BigInt;
  const zero = exact(0);
  const total = open.reduce((all, size) => all * exact(size), exact(1));
  return range(leafCount).map((leaf) => {
    /** @type {any[]} */
    const counts = [];
    const of = (/** @type {number} */ child) => (child >= 0 ? counts[child] : ~child === leaf ? total : zero);
    for (const below of diagram.children) {
      let sum = zero;
      for (const child of below) sum += of(child);
      counts.push(sum / exact(below.length));
    }
    return of(diagram.root);
  });
}
