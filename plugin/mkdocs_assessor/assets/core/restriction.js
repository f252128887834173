"use strict";
/* The diagram as it is under the answers given, as in assessor/restriction.py. */

/**
 * One function: every node stands after its children, so that the root is the last, unless it is a leaf.
 * @typedef {{ root: number, variables: number[], children: number[][] }} Diagram
 */

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
    // What restricting makes new is numbered after the bundle's nodes; these are copied when it comes to that.
    this.variables = variables;
    this.children = children;
    this.supports = supports;
    /** @type {Map<number, Diagram>} */
    this.diagrams = new Map();
    /** What the nodes become, as far as it has been asked for. @type {(number | undefined)[]} */
    this.becomes = [];
    /** The new nodes so far, in the same table as the bundle's. @type {Map<number, number>} */
    this.fresh = new Map();
    this.answered = bitsOf(range(cells.length).filter((question) => cells[question] !== null), cells.length);
  }

  /** Return what a function of the bundle becomes. @param {number} root @returns {number} */
  of(root) {
    return root < 0 ? root : (this.becomes[root] ??= this.restricted(root));
  }

  /** @param {number} node */
  restricted(node) {
    const support = sure(this.supports[node]);
    if (!this.answered.some((word, position) => word & sure(support[position]))) return node;
    const variable = sure(this.variables[node]);
    const children = sure(this.children[node]);
    const cell = this.cells[variable] ?? null;
    return cell !== null ? this.of(sure(children[cell])) : this.reduced(variable, children.map((child) => this.of(child)));
  }

  /**
   * @param {number} variable
   * @param {number[]} children
   * @returns {number} The one reference for a test of that question with those children.
   */
  reduced(variable, children) {
    if (children.every((child) => child === children[0])) return sure(children[0]);
    let key = hash(variable, children);
    for (; ; key++) {
      const known = this.interpreter.nodes.get(key) ?? this.fresh.get(key);
      if (known === undefined) break;
      const others = sure(this.children[known]);
      if (this.variables[known] === variable && children.every((child, cell) => child === others[cell])) return known;
    }
    if (this.variables === this.interpreter.variables) {
      this.variables = this.variables.slice();
      this.children = this.children.slice();
      this.supports = this.supports.slice();
    }
    const node = this.variables.push(variable) - 1;
    this.children.push(children);
    this.supports.push(supportOf(variable, children, this.supports, this.cells.length));
    this.fresh.set(key, node);
    return node;
  }

  /** Return whether a condition holds, or null while that is open. @param {number} root */
  truth(root) {
    const restricted = this.of(root);
    return restricted < 0 ? ~restricted === 1 : null;
  }

  /**
   * Return what a function becomes as a diagram of its own, with its nodes numbered anew: a query works with one value
   * for each of them, and a function has few of all nodes.
   * @param {number} root
   * @returns {Diagram}
   */
  diagram(root) {
    const restricted = this.of(root);
    let diagram = this.diagrams.get(restricted);
    if (!diagram) {
      const order = nodesBelow(restricted, this.children);
      const numbers = new Map(order.map((node, number) => [node, number]));
      const renumbered = (/** @type {number} */ child) => (child < 0 ? child : sure(numbers.get(child)));
      diagram = {
        root: renumbered(restricted),
        variables: order.map((node) => sure(this.variables[node])),
        children: order.map((node) => sure(this.children[node]).map(renumbered)),
      };
      this.diagrams.set(restricted, diagram);
    }
    return diagram;
  }

  /** Return the questions that a function still depends on, in order. @param {number} root */
  support(root) {
    const restricted = this.of(root);
    return restricted < 0 ? [] : listed(sure(this.supports[restricted]));
  }

  /** Return the values that a function may still have, rising. @param {number} root */
  leaves(root) {
    const diagram = this.diagram(root);
    if (diagram.root < 0) return [~diagram.root];
    const leaves = new Set();
    for (const below of diagram.children) for (const child of below) if (child < 0) leaves.add(~child);
    return [...leaves].sort((a, b) => a - b);
  }
}
