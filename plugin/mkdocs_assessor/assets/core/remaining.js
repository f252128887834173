"use strict";
/* How many questions it takes from here, as in assessor/assessment/remaining.py. */

const MOST_STEPS = 2_000;

/**
 * Return the fewest and the most questions after which no open question matters any more; assessor/assessment/remaining.py says why.
 * @param {Restriction} restriction
 * @param {Diagram} diagram What the function has become.
 * @param {number} root
 * @returns {{ fewest: number | null, most: number }}
 */
function remaining(restriction, diagram, root) {
  const { leaves, questions } = restriction.about(root);
  const finder = new FewestFinder(restriction.interpreter, diagram);
  return { fewest: finder.find(leaves), most: questions.length };
}

/** A search for the fewest answers that force a function to one value: for one, then for two, and so on. */
class FewestFinder {
  /** @param {Interpreter} interpreter @param {Diagram} diagram */
  constructor(interpreter, diagram) {
    this.interpreter = interpreter;
    this.diagram = diagram;
    this.steps = 0;
  }

  /**
   * @param {number[]} leaves The values that the function may have.
   * @returns {number | null} How few answers suffice, or null if that takes too many steps.
   */
  find(leaves) {
    const path = this.shortestPath();
    if (path < 2) return path;
    const searches = leaves.map((leaf) => ({
      leaf,
      costs: this.leastCosts(leaf),
      /** @type {Map<string, number>} */
      failed: new Map(),
    }));
    for (let count = 1; count < path; count++) {
      if (searches.some((search) => this.suffices([this.diagram.root], count, search))) {
        return this.steps > MOST_STEPS ? null : count;
      }
    }
    return path;
  }

  /** Return how many questions the shortest path to a leaf tests: their answers suffice, but fewer may. */
  shortestPath() {
    /** @type {number[]} */
    const lengths = [];
    for (const below of this.diagram.children) {
      let least = Infinity;
      for (const child of below) least = Math.min(least, child < 0 ? 0 : sure(lengths[child]));
      lengths.push(1 + least);
    }
    return lengths[this.diagram.root] ?? 0;
  }

  /** Return, for each node, a number of answers that it takes at the least to force it to a leaf. @param {number} leaf */
  leastCosts(leaf) {
    /** @type {number[]} */
    const costs = [];
    for (const below of this.diagram.children) {
      let [least, greatest] = [Infinity, 0];
      for (const child of below) {
        const cost = costOf(child, leaf, costs);
        least = Math.min(least, cost);
        greatest = Math.max(greatest, cost);
      }
      // Its own question is left open, or answered.
      costs.push(Math.min(greatest, 1 + least));
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
    const { children, variables } = this.diagram;
    const first = this.interpreter.firstTested(nodes.map((node) => sure(variables[node])));
    const isFound =
      this.suffices(nodes.flatMap((node) => (variables[node] === first ? sure(children[node]) : node)), count, search) ||
      range(this.interpreter.sizeOf(first)).some((cell) => {
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
