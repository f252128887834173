"use strict";
/* Which answers must change for another result, as in assessor/reasons.py. */

const MOST_CHANGE_SETS = 5;
const MOST_COMBINATIONS = 64;

/** The smallest changes of answers that make one value of a function possible. */
class ChangeFinder {
  /** @param {Interpreter} interpreter @param {number} root @param {number} leaf @param {Cells} cells */
  constructor(interpreter, root, leaf, cells) {
    this.interpreter = interpreter;
    this.root = root;
    this.leaf = leaf;
    this.cells = cells;
    /** How few answers must change below each node. */
    this.distances = Array(Math.max(root + 1, 0)).fill(Infinity);
    for (const node of interpreter.outcomeOrder) {
      const cell = cells[sure(interpreter.variables[node])] ?? null;
      let fewest = Infinity;
      sure(interpreter.children[node]).forEach((child, position) => {
        fewest = Math.min(fewest, this.distance(child) + Number(cell !== null && position !== cell));
      });
      this.distances[node] = fewest;
    }
  }

  /** @param {number} root */
  distance(root) {
    if (root < 0) return ~root === this.leaf ? 0 : Infinity;
    return sure(this.distances[root]);
  }

  /** @returns {Changes | null} The smallest sets of changes, or null if no answers reach the value. */
  find() {
    const fewest = this.distance(this.root);
    if (fewest === Infinity) return null;
    /** @type {number[][]} */
    const sets = [];
    this.collect([this.root], fewest, [], sets);
    const listed = sets.slice(0, MOST_CHANGE_SETS).map((questions) => questions.sort((a, b) => a - b));
    const sorted = listed.sort(compareLists).map((questions) => this.changeSet(questions));
    return { fewest, sets: sorted, more: sets.length > MOST_CHANGE_SETS };
  }

  /**
   * Collect the sets of questions that, changed, make the value possible. The frontier is every function that some
   * way of answering leads to; it is followed as a whole, so each set is found once.
   * @param {number[]} frontier
   * @param {number} budget How many more answers may change; each function of the frontier needs no more.
   * @param {number[]} changed
   * @param {number[][]} sets
   */
  collect(frontier, budget, changed, sets) {
    if (!frontier.length || sets.length > MOST_CHANGE_SETS) return;
    if (budget === 0) {
      sets.push(changed);
      return;
    }
    const variable = this.interpreter.firstTested(frontier.map((node) => sure(this.interpreter.variables[node])));
    const cell = this.cells[variable] ?? null;
    if (cell !== null) {
      const moved = this.follow(frontier, variable, budget - 1, (position) => position !== cell);
      this.collect(moved, budget - 1, [...changed, variable], sets);
    }
    const kept = this.follow(frontier, variable, budget, (position) => cell === null || position === cell);
    this.collect(kept, budget, changed, sets);
  }

  /**
   * Return what a frontier leads to by some cells of a question, without what needs more changes.
   * @param {number[]} frontier
   * @param {number} variable The first question that the frontier tests.
   * @param {number} budget
   * @param {(cell: number) => boolean} isFollowed
   * @returns {number[]}
   */
  follow(frontier, variable, budget, isFollowed) {
    const { children, variables, walked } = this.interpreter;
    const walk = ++this.interpreter.walks;
    /** @type {number[]} */
    const following = [];
    const add = (/** @type {number} */ each) => {
      if (this.distance(each) > budget || (each >= 0 && walked[each] === walk)) return;
      if (each >= 0) walked[each] = walk;
      following.push(each);
    };
    for (const node of frontier) {
      if (variables[node] !== variable) add(node);
      else sure(children[node]).forEach((child, cell) => isFollowed(cell) && add(child));
    }
    return following;
  }

  /**
   * Return, for each question to change, cells of which every combination makes the value possible: the first
   * combination that does, widened question by question.
   * @param {number[]} questions
   * @returns {Change[]}
   */
  changeSet(questions) {
    const trial = this.cells.slice();
    for (const question of questions) trial[question] = null;
    /** @type {Map<number, number[]>} */
    const allowed = new Map();
    for (const question of questions) {
      const others = this.otherCells(question);
      const possible = others.find((cell, position) => {
        trial[question] = cell;
        // One of them works, since the set does: the last, if no other.
        return position === others.length - 1 || this.isPossibleWith([], trial);
      });
      allowed.set(question, [sure(possible)]);
    }
    for (const question of questions) this.widen(question, allowed);
    return [...allowed].map(([question, cells]) => this.change(question, cells));
  }

  /**
   * Allow further cells of a question, as long as every combination still makes the value possible.
   * @param {number} question
   * @param {Map<number, number[]>} allowed
   */
  widen(question, allowed) {
    const cells = sure(allowed.get(question));
    const isNumber = this.interpreter.bundle.questions[question]?.kind === "number";
    for (const cell of this.otherCells(question)) {
      if (cell <= sure(cells[0]) || (isNumber && cell !== sure(cells.at(-1)) + 1)) continue;
      const choices = [...new Map(allowed).set(question, [cell])];
      const combinations = choices.reduce((all, [, each]) => all * each.length, cells.length + 1);
      if (combinations <= MOST_COMBINATIONS && this.isPossibleWith(choices, this.cells.slice())) cells.push(cell);
    }
  }

  /**
   * Say whether every combination of cells makes the value possible.
   * @param {[number, number[]][]} choices Questions, with their cells.
   * @param {Cells} trial The cells of all other questions.
   * @returns {boolean}
   */
  isPossibleWith([first, ...others], trial) {
    if (!first) return this.interpreter.reaches(this.root, trial, (leaf) => leaf === this.leaf);
    return first[1].every((cell) => {
      trial[first[0]] = cell;
      return this.isPossibleWith(others, trial);
    });
  }

  /** @param {number} question */
  otherCells(question) {
    return range(sure(this.interpreter.sizes[question])).filter((cell) => cell !== this.cells[question]);
  }

  /** @param {number} position @param {number[]} cells */
  change(position, cells) {
    const question = /** @type {BundleQuestion} */ (this.interpreter.bundle.questions[position]);
    if (question.kind === "number") {
      const bounds = [null, ...sure(question.cuts), null];
      const last = sure(cells.at(-1));
      return { question: question.id, to: { at_least: bounds[sure(cells[0])] ?? null, below: bounds[last + 1] ?? null } };
    }
    const options = cells.map((cell) => (question.kind === "choice" ? String(question.options?.[cell]) : cell === 1));
    return { question: question.id, to: { options } };
  }
}
