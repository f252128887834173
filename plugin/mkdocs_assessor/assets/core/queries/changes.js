/* Finds which answers must change for another outcome, like assessor/assessment/queries/changes.py. */

import { compareLists, rising, sure } from "../collections.js";
import { cellsOf, reaches } from "./interpreter.js";

/** @import { Interpreter } from "./interpreter.js" */

const MOST_CHANGE_SETS = 5;
const MOST_COMBINATIONS = 64;

/** The smallest changes of answers that make an outcome possible. */
export class ChangeFinder {
  /** @param {Interpreter} interpreter @param {number} leaf @param {Cells} cells */
  constructor(interpreter, leaf, cells) {
    const { _bundle: { roots }, _nodes: nodes } = interpreter;
    this._interpreter = interpreter;
    this._nodes = nodes;
    // Where some options are not always offered, those of the changed answers are.
    this._root = roots.offered ?? roots.outcome;
    this._leaf = leaf;
    this._cells = cells;
    /** The fewest answers that must change below each node, where computed already. @type {number[]} */
    this._distances = Array(Math.max(0, this._root + 1));
  }

  /** Return the fewest answers that must change below a node. @param {number} reference @returns {number} */
  _distance(reference) {
    if (reference < 0) return ~reference === this._leaf ? 0 : Infinity;
    return (this._distances[reference] ??= this._fewest(sure(this._nodes[reference])));
  }

  /** @param {number[]} node */
  _fewest(node) {
    const cell = this._cells[sure(node[0])] ?? null;
    let fewest = Infinity;
    for (let child = 1; child < node.length; child++) {
      const distance = this._distance(sure(node[child])) + Number(cell !== null && child !== cell + 1);
      if (distance < fewest) fewest = distance;
    }
    return fewest;
  }

  /** @returns {Changes | null} The smallest sets of changes, or null if no answers reach the outcome. */
  _find() {
    const fewest = this._distance(this._root);
    if (fewest === Infinity) return null;
    /** @type {number[][]} */
    const sets = [];
    this._collect([this._root], fewest, [], sets);
    const listed = sets.slice(0, MOST_CHANGE_SETS).map(rising).sort(compareLists);
    return { fewest, sets: listed.map((questions) => this._changeSet(questions)), more: sets.length > MOST_CHANGE_SETS };
  }

  /**
   * Collect the sets of questions whose change makes the outcome possible. The frontier holds every function that some
   * way of answering leads to. It is followed as a whole, so each set is found once.
   * @param {number[]} frontier
   * @param {number} budget How many more answers may change.
   * @param {number[]} changed The questions whose answers are changed already.
   * @param {number[][]} sets The sets found so far.
   */
  _collect(frontier, budget, changed, sets) {
    const within = frontier.filter((reference) => this._distance(reference) <= budget);
    if (!within.length || sets.length > MOST_CHANGE_SETS) return;
    if (budget === 0) {
      sets.push(changed);
      return;
    }
    const { _nodes: nodes } = this;
    const variableOf = (/** @type {number} */ reference) => sure(nodes[reference]?.[0]);
    const variable = this._interpreter._firstTested(within.filter((reference) => reference >= 0).map(variableOf));
    const cell = this._cells[variable] ?? null;
    const follow = (/** @type {(cell: number) => boolean} */ isFollowed) => {
      const next = new Set();
      for (const reference of within) {
        const node = sure(nodes[reference]);
        if (variableOf(reference) !== variable) next.add(reference);
        else for (let child = 1; child < node.length; child++) if (isFollowed(child - 1)) next.add(node[child]);
      }
      return [...next];
    };
    if (cell !== null) this._collect(follow((each) => each !== cell), budget - 1, [...changed, variable], sets);
    this._collect(follow((each) => cell === null || each === cell), budget, changed, sets);
  }

  /**
   * Return, for each question to change, cells that make the outcome possible in every combination. The first
   * combination that does is widened question by question.
   * @param {number[]} questions
   * @returns {Change[]}
   */
  _changeSet(questions) {
    const { _bundle: bundle } = this._interpreter;
    const kinds = questions.map((question) => sure(bundle.questions[question]));
    const others = questions.map((question, position) =>
      [...cellsOf(sure(kinds[position])).keys()].filter((cell) => cell !== this._cells[question]),
    );
    // A question without a chosen cell is open.
    const chosen = questions.map(() => /** @type {Cells} */ ([null]));
    const trial = this._cells.slice();
    const isPossible = (/** @type {number} */ position, /** @type {number} */ cell) =>
      this._isPossible(questions, chosen.with(position, [cell]), 0, trial);
    others.forEach((cells, position) => {
      // One cell works, since the set does: the last if no other does.
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
   * Return whether every combination of cells makes the outcome possible.
   * @param {number[]} questions
   * @param {Cells[]} chosen The cells to try for each question.
   * @param {number} position The first question that is not tried yet.
   * @param {Cells} trial The cells of all questions; overwritten.
   * @returns {boolean}
   */
  _isPossible(questions, chosen, position, trial) {
    const question = questions[position];
    if (question === undefined) return reaches(this._interpreter, this._root, trial, (leaf) => leaf === this._leaf);
    return sure(chosen[position]).every((cell) => {
      trial[question] = cell;
      return this._isPossible(questions, chosen, position + 1, trial);
    });
  }
}

/** @param {BundleQuestion} question @param {number[]} cells @returns {Change} */
function changeTo(question, cells) {
  const contents = [...cellsOf(question), null];
  const [first, last] = [sure(cells[0]), sure(cells.at(-1))];
  const to = question.cuts ? stretch(question, first, last) : { options: cells.map((cell) => contents[cell]) };
  return { question: question.id, to: /** @type {Change["to"]} */ (to) };
}

/**
 * Return the numbers or dates from one cell to another, with their bounds as the rules name them.
 * @param {BundleQuestion} question
 * @param {number} first
 * @param {number} last
 * @returns {Stretch}
 */
function stretch({ at_most: named = [], cuts = [] }, first, last) {
  const [low, high] = [named[first - 1] ?? null, named[last] ?? null];
  return {
    ...(low === null ? { at_least: cuts[first - 1] ?? null } : { above: low }),
    ...(high === null ? { below: cuts[last] ?? null } : { at_most: high }),
  };
}
