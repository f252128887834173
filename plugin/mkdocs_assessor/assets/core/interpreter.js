"use strict";
/* A bundle made ready to be asked, as in assessor/assessment/interpreter.py. */

/** The tables that do not depend on the answers. */
class Interpreter {
  /** @param {Bundle} bundle */
  constructor(bundle) {
    const { nodes, order, questions, sections } = bundle;
    this.bundle = bundle;
    this.ids = questions.map(({ id }) => id);
    /** For each question, its place in the order in which the diagram tests questions. */
    this.levels = questions.map((_, question) => order.indexOf(question));
    /** For each question, its section. */
    this.sections = sections.flatMap((count, section) => Array(count).fill(section));
    /** How many words take the questions, and after them the values of a function. */
    this.width = (this.ids.length + Math.max(bundle.outcomes.length, bundle.rules.length) + 32) >> 5;
    /** For each node, which questions it depends on and which values it may have. @type {number[][]} */
    this.marks = [];
    /** How likely each outcome is below each node, as far as that has been asked for. @type {Float64Array[]} */
    this.likely = [];
    /** For each node, the last walk that came by, and at the end how many there were: cheaper than a new set for each. */
    this.walked = new Float64Array(nodes.length + 1);
    /** Each node under its hash, or the next free number. @type {Map<number, number>} */
    this.numbers = new Map();
    nodes.forEach((node, number) => {
      this.marks.push(this.marksOf(node, this.marks));
      let key = hash(node);
      while (this.numbers.has(key)) key++;
      this.numbers.set(key, number);
    });
    /** The questions that can matter to the outcome at all. */
    this.deciding = this.about(bundle.roots.outcome, this.marks).questions;
  }

  /** @param {number[]} node @param {number[][]} marks Those of the nodes below. */
  marksOf(node, marks) {
    const words = Array(this.width).fill(0);
    put(words, sure(node[0]));
    for (let position = 1; position < node.length; position++) {
      const child = sure(node[position]);
      if (child < 0) put(words, this.ids.length + ~child);
      else for (let word = 0; word < words.length; word++) words[word] |= sure(marks[child]?.[word]);
    }
    return words;
  }

  /**
   * @param {number} reference
   * @param {number[][]} marks
   * @returns {{ questions: number[], leaves: number[] }} The questions that a function depends on, and its values.
   */
  about(reference, marks) {
    const count = this.ids.length;
    if (reference < 0) return { questions: [], leaves: [~reference] };
    const questions = listed(sure(marks[reference]));
    const leaves = [];
    for (let last = questions.at(-1); last !== undefined && last >= count; last = questions.at(-1)) {
      leaves.unshift(last - count);
      questions.pop();
    }
    return { questions, leaves };
  }

  /** Return how many cells a question has. @param {number} question */
  sizeOf(question) {
    return cellsOf(sure(this.bundle.questions[question])).length;
  }

  /** Return which of some questions the diagram tests first. @param {number[]} questions */
  firstTested(questions) {
    const { levels } = this;
    return questions.reduce((first, each) => (sure(levels[each]) < sure(levels[first]) ? each : first));
  }
}

/** What has been made ready; so a bundle must not change once it is used. @type {WeakMap<Bundle, Interpreter>} */
const interpreters = new WeakMap();

/** @param {Bundle} bundle */
function interpreterOf(bundle) {
  const interpreter = interpreters.get(bundle) ?? new Interpreter(bundle);
  interpreters.set(bundle, interpreter);
  return interpreter;
}

/**
 * Say whether some way of answering the open questions leads to a leaf that is wanted.
 * @param {Interpreter} interpreter
 * @param {number} root
 * @param {Cells} cells The cells of the questions that are answered.
 * @param {(leaf: number) => boolean} isWanted
 * @returns {boolean}
 */
function reaches({ bundle: { nodes }, walked }, root, cells, isWanted) {
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

/** @param {number[]} node */
function hash(node) {
  let sum = 0;
  for (const each of node) sum = (Math.imul(sum, 65599) + each) | 0;
  return sum;
}
