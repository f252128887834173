"use strict";
/* Which answers must change for another result, as in assessor/assessment/changes.py. */

const MOST_CHANGE_SETS = 5;
const MOST_COMBINATIONS = 64;

/** The smallest changes of answers that make an outcome possible. */
class ChangeFinder {
  /** @param {Interpreter} interpreter @param {number} leaf @param {Cells} cells */
  constructor(interpreter, leaf, cells) {
    const { nodes, roots } = interpreter.bundle;
    this.interpreter = interpreter;
    this.nodes = nodes;
    this.root = roots.outcome;
    this.leaf = leaf;
    this.cells = cells;
    /** How few answers must change below each node, as far as it has been asked for. @type {number[]} */
    this.distances = Array(Math.max(0, roots.outcome + 1));
  }

  /** Return how few answers must change below a node. @param {number} reference @returns {number} */
  distance(reference) {
    if (reference < 0) return ~reference === this.leaf ? 0 : Infinity;
    return (this.distances[reference] ??= this.fewest(sure(this.nodes[reference])));
  }

  /** @param {number[]} node */
  fewest(node) {
    const cell = this.cells[sure(node[0])] ?? null;
    let fewest = Infinity;
    for (let child = 1; child < node.length; child++) {
      const distance = this.distance(sure(node[child])) + Number(cell !== null && child !== cell + 1);
      if (distance < fewest) fewest = distance;
    }
    return fewest;
  }

  /** @returns {Changes | null} The smallest sets of changes, or null if no answers reach the outcome. */
  find() {
    const fewest = this.distance(this.root);
    if (fewest === Infinity) return null;
    /** @type {number[][]} */
    const sets = [];
    this.collect([this.root], fewest, [], sets);
    const listed = sets.slice(0, MOST_CHANGE_SETS).map(rising).sort(compareLists);
    return { fewest, sets: listed.map((questions) => this.changeSet(questions)), more: sets.length > MOST_CHANGE_SETS };
  }

  /**
   * Collect the sets of questions that, changed, make the outcome possible. The frontier is every function that some
   * way of answering leads to; it is followed as a whole, so each set is found once.
   * @param {number[]} frontier
   * @param {number} budget How many more answers may change.
   * @param {number[]} changed
   * @param {number[][]} sets
   */
  collect(frontier, budget, changed, sets) {
    const within = frontier.filter((reference) => this.distance(reference) <= budget);
    if (!within.length || sets.length > MOST_CHANGE_SETS) return;
    if (budget === 0) {
      sets.push(changed);
      return;
    }
    const { nodes } = this;
    const variableOf = (/** @type {number} */ reference) => sure(nodes[reference]?.[0]);
    const variable = this.interpreter.firstTested(within.filter((reference) => reference >= 0).map(variableOf));
    const cell = this.cells[variable] ?? null;
    const follow = (/** @type {(cell: number) => boolean} */ isFollowed) => {
      const next = new Set();
      for (const reference of within) {
        const node = sure(nodes[reference]);
        if (variableOf(reference) !== variable) next.add(reference);
        else for (let child = 1; child < node.length; child++) if (isFollowed(child - 1)) next.add(node[child]);
      }
      return [...next];
    };
    if (cell !== null) this.collect(follow((each) => each !== cell), budget - 1, [...changed, variable], sets);
    this.collect(follow((each) => cell === null || each === cell), budget, changed, sets);
  }

  /**
   * Return, for each question to change, cells of which every combination makes the outcome possible: the first
   * combination that does, widened question by question.
   * @param {number[]} questions
   * @returns {Change[]}
   */
  changeSet(questions) {
    const { bundle } = this.interpreter;
    const kinds = questions.map((question) => sure(bundle.questions[question]));
    const others = questions.map((question, position) =>
      [...cellsOf(sure(kinds[position])).keys()].filter((cell) => cell !== this.cells[question]),
    );
    // What is not chosen yet is open.
    const chosen = questions.map(() => /** @type {Cells} */ ([null]));
    const trial = this.cells.slice();
    const isPossible = (/** @type {number} */ position, /** @type {number} */ cell) =>
      this.isPossible(questions, chosen.with(position, [cell]), 0, trial);
    others.forEach((cells, position) => {
      // One of them works, since the set does: the last, if no other.
      chosen[position] = [sure(cells.find((cell) => cell === cells.at(-1) || isPossible(position, cell)))];
    });
    others.forEach((cells, position) => {
      const mine = sure(chosen[position]);
      for (const cell of cells) {
        const isNext = kinds[position]?.cuts ? cell === Number(mine.at(-1)) + 1 : cell > Number(mine[0]);
        const combinations = chosen.reduce((all, each) => all * each.length, 1 + 1 / mine.length);
        if (isNext && combinations <= MOST_COMBINATIONS && isPossible(position, cell)) mine.push(cell);
      }
    });
    return kinds.map((question, position) => changeTo(question, /** @type {number[]} */ (chosen[position])));
  }

  /**
   * Say whether every combination of cells makes the outcome possible.
   * @param {number[]} questions
   * @param {Cells[]} chosen The cells of each of them.
   * @param {number} position The first of them that is not tried yet.
   * @param {Cells} trial The cells of all other questions.
   * @returns {boolean}
   */
  isPossible(questions, chosen, position, trial) {
    const question = questions[position];
    if (question === undefined) return reaches(this.interpreter, this.root, trial, (leaf) => leaf === this.leaf);
    return sure(chosen[position]).every((cell) => {
      trial[question] = cell;
      return this.isPossible(questions, chosen, position + 1, trial);
    });
  }
}

/** @param {BundleQuestion} question @param {number[]} cells @returns {Change} */
function changeTo(question, cells) {
  const contents = [...cellsOf(question), null];
  const [first, last] = [sure(cells[0]), sure(cells.at(-1))];
  const to = question.cuts
    ? { at_least: contents[first], below: contents[last + 1] }
    : { options: cells.map((cell) => contents[cell]) };
  return { question: question.id, to: /** @type {Change["to"]} */ (to) };
}
