"use strict";
/* How many questions it takes from here, as in assessor/remaining.py. */

/**
 * @param {Restriction} restriction
 * @param {number} root
 */
function remaining(restriction, root) {
  const { children } = restriction;
  const fewest = restriction.table(0);
  const most = restriction.table(0);
  for (const node of restriction.below(root)) {
    let [least, greatest] = [Infinity, 0];
    for (const child of sure(children[node])) {
      least = Math.min(least, child < 0 ? 0 : sure(fewest[child]));
      greatest = Math.max(greatest, child < 0 ? 0 : sure(most[child]));
    }
    fewest[node] = 1 + least;
    most[node] = 1 + greatest;
  }
  const restricted = restriction.of(root);
  return { fewest: fewest[restricted] ?? 0, most: most[restricted] ?? 0 };
}
