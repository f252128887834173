"use strict";
/* The diagram as it is under the answers given, as in assessor/restriction.py. */

/**
 * The functions of a bundle under the answers given, reduced: they test a question if and only if it can still
 * change something.
 */
class Restriction {
  /** @param {Interpreter} interpreter @param {Cells} cells */
  constructor(interpreter, cells) {
    const { variables, children, supports } = interpreter;
    this.cells = cells;
    this.interpreter = interpreter;
    // What restricting makes new is numbered after the bundle's nodes.
    this.variables = variables.slice();
    this.children = children.slice();
    this.supports = supports.slice();
    /** @type {Map<number, number[]>} */
    this.orders = new Map();
    /** @type {number[]} */
    this.becomes = [];
    /** @type {Map<number, number>} */
    const fresh = new Map();
    const answered = bitsOf(range(cells.length).filter((question) => cells[question] !== null), cells.length);
    for (let node = 0; node < variables.length; node++) {
      const support = sure(supports[node]);
      if (!answered.some((word, position) => word & sure(support[position]))) {
        this.becomes.push(node);
        continue;
      }
      const variable = sure(variables[node]);
      const before = sure(children[node]);
      const cell = cells[variable] ?? null;
      if (cell !== null) this.becomes.push(this.of(sure(before[cell])));
      else this.becomes.push(this.reduced(variable, before.map((child) => this.of(child)), fresh));
    }
  }

  /**
   * @param {number} variable
   * @param {number[]} children
   * @param {Map<number, number>} fresh The new nodes so far, in the same table as the bundle's.
   * @returns {number} The one reference for a test of that question with those children.
   */
  reduced(variable, children, fresh) {
    if (children.every((child) => child === children[0])) return sure(children[0]);
    let key = hash(variable, children);
    for (; ; key++) {
      const known = this.interpreter.nodes.get(key) ?? fresh.get(key);
      if (known === undefined) break;
      const others = sure(this.children[known]);
      if (this.variables[known] === variable && children.every((child, cell) => child === others[cell])) return known;
    }
    const node = this.variables.push(variable) - 1;
    this.children.push(children);
    this.supports.push(supportOf(variable, children, this.supports, this.cells.length));
    fresh.set(key, node);
    return node;
  }

  /** Return what a function of the bundle becomes. @param {number} root */
  of(root) {
    return root < 0 ? root : sure(this.becomes[root]);
  }

  /** Return whether a condition holds, or null while that is open. @param {number} root */
  truth(root) {
    const restricted = this.of(root);
    return restricted < 0 ? ~restricted === 1 : null;
  }

  /** Return the nodes of what a function becomes, every node after its children. @param {number} root */
  below(root) {
    const restricted = this.of(root);
    let order = this.orders.get(restricted);
    if (!order) this.orders.set(restricted, (order = nodesBelow(restricted, this.children)));
    return order;
  }

  /** Return the questions that a function still depends on, in order. @param {number} root */
  support(root) {
    const restricted = this.of(root);
    return restricted < 0 ? [] : listed(sure(this.supports[restricted]));
  }

  /** Return the values that a function may still have, rising. @param {number} root */
  leaves(root) {
    const restricted = this.of(root);
    if (restricted < 0) return [~restricted];
    const leaves = new Set();
    for (const node of this.below(root)) {
      for (const child of sure(this.children[node])) if (child < 0) leaves.add(~child);
    }
    return [...leaves].sort((a, b) => a - b);
  }

  /** Return one value for each node, for a query to work with. @param {any} value */
  table(value) {
    return Array(this.variables.length).fill(value);
  }
}
