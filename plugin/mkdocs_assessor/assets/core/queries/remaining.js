/* Counts how many questions remain, like assessor/assessment/queries/remaining.py. */

import { range, sure } from "../collections.js";

/** @import { Diagram } from "../diagram.js" */
/** @import { Interpreter } from "./interpreter.js" */
/** @import { Restriction } from "./restriction.js" */

const MOST_STEPS = 2_000;

/**
 * Return the fewest and the most answers after which no open question matters; assessor/assessment/queries/remaining.py explains why.
 * @param {Restriction} restriction
 * @param {Diagram} diagram The function under the answers.
 * @param {number} root
 * @returns {{ fewest: number | null, most: number }}
 */
export function remaining(restriction, diagram, root) {
  const { leaves, questions } = restriction._about(root);
  const finder = new FewestFinder(restriction._interpreter, diagram);
  return { fewest: finder._find(leaves), most: questions.length };
}

/** A search for the fewest answers that force a function to one value: it tries one, then two, and so on. */
class FewestFinder {
  /** @param {Interpreter} interpreter @param {Diagram} diagram */
  constructor(interpreter, diagram) {
    this._interpreter = interpreter;
    this._diagram = diagram;
    this._steps = 0;
  }

  /**
   * @param {number[]} leaves The values that the function may have.
   * @returns {number | null} The fewest answers that suffice, or null if the search takes too many steps.
   */
  _find(leaves) {
    const path = this._shortestPath();
    if (path < 2) return path;
    const searches = leaves.map((leaf) => ({
      leaf,
      costs: this._leastCosts(leaf),
      /** @type {Map<string, number>} */
      failed: new Map(),
    }));
    for (let count = 1; count < path; count++) {
      if (searches.some((search) => this._suffices([this._diagram.root], count, search))) {
        return this._steps > MOST_STEPS ? null : count;
      }
    }
    return path;
  }

  /** Return how many questions the shortest path to a leaf tests. Their answers are enough, but fewer may be, too. */
  _shortestPath() {
    /** @type {number[]} */
    const lengths = [];
    for (const below of this._diagram.children) {
      let least = Infinity;
      for (const child of below) least = Math.min(least, child < 0 ? 0 : sure(lengths[child]));
      lengths.push(1 + least);
    }
    return lengths[this._diagram.root] ?? 0;
  }

  /** Return, for each node, a lower bound for the answers that force it to a leaf. @param {number} leaf */
  _leastCosts(leaf) {
    /** @type {number[]} */
    const costs = [];
    for (const below of this._diagram.children) {
      let [least, greatest] = [Infinity, 0];
      for (const child of below) {
        const cost = costOf(child, leaf, costs);
        least = Math.min(least, cost);
        greatest = Math.max(greatest, cost);
      }
      // The node's question stays open or is answered.
      costs.push(Math.min(greatest, 1 + least));
    }
    return costs;
  }

  /**
   * Return whether a number of answers can force all functions to the wanted value, or whether the steps ran out.
   * @param {number[]} functions
   * @param {number} count
   * @param {{ leaf: number, costs: number[], failed: Map<string, number> }} search
   * @returns {boolean}
   */
  _suffices(functions, count, search) {
    if (functions.some((each) => costOf(each, search.leaf, search.costs) > count)) return false;
    const nodes = [...new Set(functions)].filter((each) => each >= 0).sort((a, b) => a - b);
    if (!nodes.length) return true;
    const key = nodes.join();
    if ((search.failed.get(key) ?? 0) >= count) return false;
    if (++this._steps > MOST_STEPS) return true;
    const { children, variables } = this._diagram;
    const first = this._interpreter._firstTested(nodes.map((node) => sure(variables[node])));
    const isFound =
      this._suffices(nodes.flatMap((node) => (variables[node] === first ? sure(children[node]) : node)), count, search) ||
      range(this._interpreter._sizeOf(first)).some((cell) => {
        const answered = nodes.map((node) => (variables[node] === first ? sure(children[node]?.[cell]) : node));
        return this._suffices(answered, count - 1, search);
      });
    if (!isFound) search.failed.set(key, count);
    return isFound;
  }
}

/**
 * @param {number} reference
 * @param {number} leaf
 * @param {number[]} costs
 * @returns {number} A lower bound for the answers that force the node or leaf.
 */
function costOf(reference, leaf, costs) {
  if (reference < 0) return ~reference === leaf ? 0 : Infinity;
  return sure(costs[reference]);
}
