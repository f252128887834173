"use strict";
/* One function as a diagram of its own, for queries that work with one value for each of its nodes. */

/**
 * One function: every node stands after its children, so that the root is the last, unless it is a leaf.
 * @typedef {{ root: number, variables: number[], children: number[][] }} Diagram
 */

/**
 * Return what a function becomes, with its nodes numbered anew: it has few of all nodes.
 * @param {Restriction} restriction
 * @param {number} root
 * @returns {Diagram}
 */
function diagramOf(restriction, root) {
  const restricted = restriction.of(root);
  // Not before: restricting may make new ones.
  const { nodes } = restriction;
  /** @type {Set<number>} */
  const below = new Set();
  const visit = (/** @type {number} */ reference) => {
    if (reference < 0 || below.has(reference)) return;
    below.add(reference);
    sure(nodes[reference]).slice(1).forEach(visit);
  };
  visit(restricted);
  const order = rising(below);
  const numbers = new Map(order.map((node, number) => [node, number]));
  const renumbered = (/** @type {number} */ reference) => (reference < 0 ? reference : sure(numbers.get(reference)));
  return {
    root: renumbered(restricted),
    variables: order.map((node) => sure(nodes[node]?.[0])),
    children: order.map((node) => sure(nodes[node]).slice(1).map(renumbered)),
  };
}
