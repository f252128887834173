"use strict";
/* The diagram as it is under the answers given, as in assessor/assessment/restriction.py. */

/**
 * The functions of a bundle under the answers given, reduced: they test a question if and only if it can still
 * change something.
 */
class Restriction {
  /** @param {Interpreter} interpreter @param {Cells} cells */
  constructor(interpreter, cells) {
    const { bundle, width } = interpreter;
    this.interpreter = interpreter;
    this.cells = cells;
    /** The nodes of the bundle, and then what restricting makes new: every node after its children. */
    this.nodes = bundle.nodes;
    this.marks = interpreter.marks;
    /** What the nodes become, as far as it has been asked for. @type {(number | undefined)[]} */
    this.becomes = Array(this.nodes.length);
    /** The numbers of the new nodes so far, in the same table as the bundle's. @type {Map<number, number>} */
    this.fresh = new Map();
    this.answered = Array(width).fill(0);
    cells.forEach((cell, question) => cell === null || put(this.answered, question));
    /** What tells the outcome. It comes first, so that its nodes are numbered alike in Python. */
    this.root = this.of(bundle.roots.outcome);
  }

  /** Return what a function of the bundle becomes. @param {number} root @returns {number} */
  of(root) {
    return root < 0 ? root : (this.becomes[root] ??= this.restricted(root));
  }

  /** @param {number} root */
  restricted(root) {
    const marks = sure(this.marks[root]);
    if (!this.answered.some((word, position) => word & sure(marks[position]))) return root;
    const node = sure(this.nodes[root]);
    const cell = this.cells[sure(node[0])] ?? null;
    if (cell !== null) return this.of(sure(node[cell + 1]));
    return this.reduced(node.map((each, position) => (position ? this.of(each) : each)));
  }

  /**
   * @param {number[]} node
   * @returns {number} The one reference for that node.
   */
  reduced(node) {
    const child = sure(node[1]);
    if (node.every((each, position) => !position || each === child)) return child;
    for (let key = hash(node); ; key++) {
      const known = this.interpreter.numbers.get(key) ?? this.fresh.get(key);
      if (known === undefined) {
        if (!this.fresh.size) {
          // The first that is new: many answers make none.
          this.nodes = this.nodes.slice();
          this.marks = this.marks.slice();
        }
        this.fresh.set(key, this.nodes.length);
        this.marks.push(this.interpreter.marksOf(node, this.marks));
        return this.nodes.push(node) - 1;
      }
      if (!compareLists(node, sure(this.nodes[known]))) return known;
    }
  }

  /** Return whether a condition holds, or null while that is open. @param {number} root */
  truth(root) {
    const restricted = this.of(root);
    return restricted < 0 ? ~restricted === 1 : null;
  }

  /** Return what a function still depends on, and which values it may still have. @param {number} root */
  about(root) {
    return this.interpreter.about(this.of(root), this.marks);
  }
}
