"use strict";
/* How many questions it takes from here, as in assessor/remaining.py. */

const MOST_STEPS = 2_000;

/**
 * Return the fewest and the most questions after which no open question matters any more; assessor/remaining.py says why.
 * @param {Restriction} restriction
 * @param {number} root
 * @returns {{ fewest: number | null, most: number }}
 */
function remaining(restriction, root) {
  return { fewest: new FewestFinder(restriction, root).find(), most: restriction.support(root).length };
}

/** A search for the fewest answers that force a function to one value: for one, then for two, and so on. */
class FewestFinder {
  /** @param {Restriction} restriction @param {number} root */
  constructor(restriction, root) {
    this.restriction = restriction;
    this.root = root;
    this.steps = 0;
  }

  /** @returns {number | null} How few answers suffice, or null if that takes too many steps. */
  find() {
    const path = this.shortestPath();
    const searches = this.restriction.leaves(this.root).map((leaf) => ({
      leaf,
      costs: this.leastCosts(leaf),
      /** @type {Map<string, number>} */
      failed: new Map(),
    }));
    for (let count = 1; count < path; count++) {
      if (searches.some((search) => this.suffices([this.restriction.of(this.root)], count, search))) {
        return this.steps > MOST_STEPS ? null : count;
      }
    }
    return path;
  }

  /** Return how many questions the shortest path to a leaf tests: their answers suffice, but fewer may. */
  shortestPath() {
    const { children } = this.restriction;
    const lengths = this.restriction.table(0);
    for (const node of this.restriction.below(this.root)) {
      lengths[node] = 1 + Math.min(...sure(children[node]).map((child) => (child < 0 ? 0 : lengths[child])));
    }
    return lengths[this.restriction.of(this.root)] ?? 0;
  }

  /** Return, for each node, a number of answers that it takes at the least to force it to a leaf. @param {number} leaf */
  leastCosts(leaf) {
    const costs = this.restriction.table(0);
    for (const node of this.restriction.below(this.root)) {
      const below = sure(this.restriction.children[node]).map((child) => costOf(child, leaf, costs));
      // Its own question is left open, or answered.
      costs[node] = Math.min(Math.max(...below), 1 + Math.min(...below));
    }
    return costs;
  }

  /**
   * Say whether so many answers can force all of some functions to the value that is sought, or that is out of steps.
   * @param {number[]} functions
   * @param {number} count
   * @param {{ leaf: number, costs: number[], failed: Map<string, number> }} search
   * @returns {boolean}
   */
  suffices(functions, count, search) {
    if (functions.some((each) => costOf(each, search.leaf, search.costs) > count)) return false;
    const nodes = [...new Set(functions)].filter((each) => each >= 0).sort((a, b) => a - b);
    if (!nodes.length) return true;
    const key = nodes.join();
    if ((search.failed.get(key) ?? 0) >= count) return false;
    if (++this.steps > MOST_STEPS) return true;
    const { children, interpreter, variables } = this.restriction;
    const first = interpreter.firstTested(nodes.map((node) => sure(variables[node])));
    const isFound =
      this.suffices(nodes.flatMap((node) => (variables[node] === first ? sure(children[node]) : node)), count, search) ||
      range(sure(interpreter.sizes[first])).some((cell) => {
        const answered = nodes.map((node) => (variables[node] === first ? sure(children[node]?.[cell]) : node));
        return this.suffices(answered, count - 1, search);
      });
    if (!isFound) search.failed.set(key, count);
    return isFound;
  }
}

/**
 * @param {number} reference
 * @param {number} leaf
 * @param {number[]} costs
 * @returns {number} How many answers it takes at the least to force what is referred to.
 */
function costOf(reference, leaf, costs) {
  if (reference < 0) return ~reference === leaf ? 0 : Infinity;
  return sure(costs[reference]);
}
