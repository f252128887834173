/* Prepares a bundle for queries, like assessor/assessment/queries/interpreter.py. */

import { listed, put, sure } from "../collections.js";

/**
 * Return the content of each cell: its only answer or, for a number or a date, the least one; null in the first cell.
 * @param {BundleQuestion} question
 * @returns {(string | boolean | number | null)[]}
 */
export function cellsOf({ options, cuts }) {
  return cuts ? [null, ...cuts] : options ?? [false, true];
}

/**
 * Return the cell of an answer: null for null, which means "I don't know", and -1 if the answer fits no cell.
 * @param {BundleQuestion} question
 * @param {any} answer
 * @returns {number | null}
 */
export function cellOf(question, answer) {
  if (answer === null) return null;
  const { cuts, minimum, maximum, step } = question;
  if (!cuts) return cellsOf(question).indexOf(answer);
  if (typeof answer !== typeof minimum || !(answer >= sure(minimum) && answer <= sure(maximum))) return -1;
  // The calendar has each date as it is written; 30 February would be one in March.
  if (step ? answer % step : answer.at && new Date(answer).toJSON()?.slice(0, 10) !== answer) return -1;
  return cuts.filter((cut) => cut <= answer).length;
}

/**
 * Return whether an answer fits a question.
 * @param {BundleQuestion} question
 * @param {unknown} answer
 */
export function accepts(question, answer) {
  return cellOf(question, answer) !== -1;
}

/** Return each question by its id and by those that it had before. @param {BundleQuestion[]} questions */
export function byEveryId(questions) {
  return new Map(questions.flatMap((question) => [question.id, ...(question.formerly ?? [])].map((id) => [id, question])));
}

/**
 * Return an answer with the present id of its option.
 * @template T
 * @param {BundleQuestion | undefined} question
 * @param {T} answer
 */
export function present(question, answer) {
  return Object.entries(question?.renamed ?? {}).find(([old]) => old === answer)?.[1] ?? answer;
}

/** The tables that do not depend on the answers. */
export class Interpreter {
  /** @param {Bundle} bundle */
  constructor(bundle) {
    const { decisions = [], estimates, nodes, order, questions, scores = [], sections } = bundle;
    this._bundle = bundle;
    /** The bundle of each decision after the first, as if that were the only one. */
    this._later = decisions.map((each) => ({ ...bundle, outcomes: each.outcomes, rules: each.rules, roots: each.roots, decisions: [] }));
    /** The nodes, with references in place of distances. */
    this._nodes = nodes.map((node, number) => node.map((each, position) => (position && each > 0 ? number - each : each)));
    this._ids = questions.map(({ id }) => id);
    /** For each question, its place in the order in which the diagram tests questions. */
    this._levels = questions.map((_, question) => order.indexOf(question));
    /** For each question, its section. */
    this._sections = sections.flatMap((count, section) => Array(count).fill(section));
    /** For each question with options that are not always offered, the nodes that decide whether they are, by cell. */
    this._offered = new Map(
      questions.flatMap(({ offered, options = [] }, question) => {
        const roots = new Map(Object.entries(offered ?? {}));
        const byCell = options.flatMap((option, cell) => (roots.has(option) ? [/** @type {const} */ ([cell, sure(roots.get(option))])] : []));
        return offered ? [[question, new Map(byCell)]] : [];
      }),
    );
    /** The number of words in a set of all questions, followed by a function's values. */
    const points = scores.flatMap(({ terms, sums = [] }) => [...terms, ...sums].map((each) => each.points));
    const leaves = [bundle, ...decisions].flatMap((each) => [each.outcomes, each.rules]);
    const branches = estimates.map((each) => each.branches ?? []);
    this._width = (this._ids.length + Math.max(...[...leaves, ...points, ...branches].map((each) => each.length)) + 33) >> 5;
    /** For each node, the questions that it depends on and the values that it may have. @type {number[][]} */
    this._marks = [];
    /** How likely each outcome is below each node, where computed already. @type {Float64Array[]} */
    this._likely = [];
    /** For each node, the last walk that passed it, and finally the number of walks: cheaper than a set for each walk. */
    this._walked = new Float64Array(nodes.length + 1);
    /** Each node under its hash or the next free key. @type {Map<number, number>} */
    this._numbers = new Map();
    this._nodes.forEach((node, number) => {
      this._marks.push(this._marksOf(node, this._marks));
      let key = hash(node);
      while (this._numbers.has(key)) key++;
      this._numbers.set(key, number);
    });
    /** The questions that can ever matter to the outcome. */
    this._deciding = this._about(bundle.roots.outcome, this._marks).questions;
  }

  /** @param {number[]} node @param {number[][]} marks The marks of the nodes below. */
  _marksOf(node, marks) {
    const words = Array(this._width).fill(0);
    put(words, sure(node[0]));
    for (let position = 1; position < node.length; position++) {
      const child = sure(node[position]);
      if (child < 0) put(words, this._ids.length + ~child);
      else for (let word = 0; word < words.length; word++) words[word] |= sure(marks[child]?.[word]);
    }
    return words;
  }

  /**
   * @param {number} reference
   * @param {number[][]} marks
   * @returns {{ questions: number[], leaves: number[] }} The questions that a function depends on, and its values.
   */
  _about(reference, marks) {
    const count = this._ids.length;
    if (reference < 0) return { questions: [], leaves: [~reference] };
    const questions = listed(sure(marks[reference]));
    const leaves = [];
    for (let last = questions.at(-1); last !== undefined && last >= count; last = questions.at(-1)) {
      leaves.unshift(last - count);
      questions.pop();
    }
    return { questions, leaves };
  }

  /**
   * Return the cell of each answer, and null for open questions. An answer with an option that the other answers do not
   * offer, or not yet, leaves its question open.
   * @param {Map<string, Answer>} answers
   * @returns {Cells}
   */
  _cellsOf(answers) {
    const cells = this._bundle.questions.map((question) => cellOf(question, answers.get(question.id) ?? null));
    // Whether an option is offered depends on questions before it, whose cells are final by then.
    for (const [question, roots] of this._offered) {
      const root = roots.get(Number(cells[question]));
      if (cells[question] !== null && root !== undefined && reaches(this, root, cells, (leaf) => !leaf)) cells[question] = null;
    }
    return cells;
  }

  /** Return how many cells a question has. @param {number} question */
  _sizeOf(question) {
    return cellsOf(sure(this._bundle.questions[question])).length;
  }

  /** Return which of some questions the diagram tests first. @param {number[]} questions */
  _firstTested(questions) {
    const { _levels: levels } = this;
    return questions.reduce((first, each) => (sure(levels[each]) < sure(levels[first]) ? each : first));
  }
}

/** The prepared bundles; a bundle must not change once it is used. @type {WeakMap<Bundle, Interpreter>} */
const interpreters = new WeakMap();

/** Return the interpreter of a bundle. @param {Bundle} bundle */
export function interpreterOf(bundle) {
  const interpreter = interpreters.get(bundle) ?? new Interpreter(bundle);
  interpreters.set(bundle, interpreter);
  return interpreter;
}

/**
 * Return whether some answers to the open questions lead to a wanted leaf.
 * @param {Interpreter} interpreter
 * @param {number} root
 * @param {Cells} cells
 * @param {(leaf: number) => boolean} isWanted
 * @returns {boolean}
 */
export function reaches({ _nodes: nodes, _walked: walked }, root, cells, isWanted) {
  const walk = (walked[nodes.length] = sure(walked[nodes.length]) + 1);
  const stack = [root];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (top < 0) {
      if (isWanted(~top)) return true;
    } else if (walked[top] !== walk) {
      walked[top] = walk;
      const node = sure(nodes[top]);
      const cell = cells[sure(node[0])] ?? null;
      if (cell !== null) stack.push(sure(node[cell + 1]));
      else for (let child = 1; child < node.length; child++) stack.push(sure(node[child]));
    }
  }
  return false;
}

/** Return the hash of a node. @param {number[]} node */
export function hash(node) {
  let sum = 0;
  for (const each of node) sum = (Math.imul(sum, 65599) + each) | 0;
  return sum;
}
