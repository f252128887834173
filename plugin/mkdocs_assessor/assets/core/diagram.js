/* Extracts one function as a small diagram, for queries that compute one value for each of its nodes. */

import { rising, sure } from "./collections.js";

/** @import { Restriction } from "./queries/restriction.js" */

/**
 * One function. Every node comes after its children, so the root is the last unless it is a leaf.
 * @typedef {{ root: number, variables: number[], children: number[][] }} Diagram
 */

/**
 * Return a function under the answers, with its few nodes renumbered.
 * @param {Restriction} restriction
 * @param {number} root
 * @returns {Diagram}
 */
export function diagramOf(restriction, root) {
  const restricted = restriction._of(root);
  // Read afterwards, since restricting may make new nodes.
  const { _nodes: nodes } = restriction;
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
