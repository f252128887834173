"use strict";
/* A bundle made ready to be asked, as in assessor/interpreter.py. */

/** The tables that do not depend on the answers. */
class Interpreter {
  /** @param {Bundle} bundle */
  constructor(bundle) {
    this.bundle = bundle;
    this.ids = bundle.questions.map((question) => question.id);
    this.questions = new Map(bundle.questions.map((question) => [question.id, question]));
    this.sizes = bundle.questions.map(sizeOf);
    this.variables = bundle.nodes.map((node) => sure(node[0]));
    this.children = bundle.nodes.map((node) => node.slice(1));
    /** For each node, the questions that it and the nodes below test. @type {number[][]} */
    this.supports = [];
    /** Each node under its hash, or the next free number. @type {Map<number, number>} */
    this.nodes = new Map();
    this.variables.forEach((variable, node) => {
      const children = sure(this.children[node]);
      this.supports.push(supportOf(variable, children, this.supports, this.ids.length));
      let key = hash(variable, children);
      while (this.nodes.has(key)) key++;
      this.nodes.set(key, node);
    });
    /** For each question, its place in the order in which the diagram tests questions. */
    this.levels = range(this.ids.length).map((question) => bundle.order.indexOf(question));
    this.sections = bundle.sections.flatMap((count, section) => Array(count).fill(section));
    this.outcomeOrder = nodesBelow(bundle.roots.outcome, this.children);
    /** For each node, the last walk that came by: a set of nodes would be made anew for each walk. */
    this.walked = bundle.nodes.map(() => 0);
    this.walks = 0;
  }

  /**
   * Say whether some way of answering the open questions leads to a leaf that is wanted.
   * @param {number} root
   * @param {Cells} cells
   * @param {(leaf: number) => boolean} isWanted
   * @returns {boolean}
   */
  reaches(root, cells, isWanted) {
    const { variables, children, walked } = this;
    const walk = ++this.walks;
    const stack = [root];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      if (top < 0) {
        if (isWanted(~top)) return true;
      } else if (walked[top] !== walk) {
        walked[top] = walk;
        const below = sure(children[top]);
        const cell = cells[sure(variables[top])] ?? null;
        if (cell !== null) stack.push(sure(below[cell]));
        else for (const child of below) stack.push(child);
      }
    }
    return false;
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

/** Return the questions that can matter to the outcome at all. @param {Bundle} bundle */
function decidingQuestions(bundle) {
  const { ids, supports } = interpreterOf(bundle);
  return listed(supports[bundle.roots.outcome] ?? []).map((question) => sure(ids[question]));
}

/**
 * Return the nodes that a function needs, once each, every node after its children.
 * @param {number} root
 * @param {number[][]} children
 * @returns {number[]}
 */
function nodesBelow(root, children) {
  /** @type {number[]} */
  const order = [];
  const seen = new Uint8Array(children.length);
  const visit = (/** @type {number} */ node) => {
    if (node < 0 || seen[node]) return;
    seen[node] = 1;
    for (const child of sure(children[node])) visit(child);
    order.push(node);
  };
  visit(root);
  return order;
}

/** @param {number} variable @param {number[]} children */
function hash(variable, children) {
  let sum = variable;
  for (const child of children) sum = (Math.imul(sum, 65599) + child) | 0;
  return sum;
}
