"use strict";
/* How many combinations lead where, as in assessor/assessment/restriction.py. */

/**
 * Count how many combinations of cells of all open questions lead to each leaf.
 * @param {Restriction} restriction
 * @param {Diagram} diagram
 * @param {number} leafCount
 * @returns {(number | bigint)[]}
 */
function countCombinations({ cells, interpreter }, diagram, leafCount) {
  const open = range(cells.length).filter((question) => cells[question] === null).map((question) => interpreter.sizeOf(question));
  // Numbers do as long as they are exact, and the sums over a node's children, too.
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
