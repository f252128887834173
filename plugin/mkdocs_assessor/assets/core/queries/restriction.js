/* Restricts the diagram by the answers, like assessor/assessment/queries/restriction.py. */

import { compareLists, put, sure } from "../collections.js";
import { hash } from "./interpreter.js";

/** @import { Interpreter } from "./interpreter.js" */

/**
 * The functions of a bundle, restricted to the answers and reduced: they test exactly the questions that can still
 * change something.
 */
export class Restriction {
  /** @param {Interpreter} interpreter @param {Cells} cells */
  constructor(interpreter, cells) {
    const { _bundle: bundle, _width: width } = interpreter;
    this._interpreter = interpreter;
    this._cells = cells;
    /** The nodes of the bundle, followed by new ones: every node comes after its children. */
    this._nodes = interpreter._nodes;
    this._marks = interpreter._marks;
    /** The restricted form of each node, if already computed. @type {(number | undefined)[]} */
    this._becomes = Array(this._nodes.length);
    /** The numbers of the new nodes, under the same keys as the bundle's. @type {Map<number, number>} */
    this._fresh = new Map();
    this._answered = Array(width).fill(0);
    cells.forEach((cell, question) => cell === null || put(this._answered, question));
    /** The outcome's function. It is restricted first, so that Python numbers its nodes alike. */
    this._root = this._of(bundle.roots.outcome);
  }

  /** Return the restricted form of a function of the bundle. @param {number} root @returns {number} */
  _of(root) {
    return root < 0 ? root : (this._becomes[root] ??= this._restricted(root));
  }

  /** @param {number} root */
  _restricted(root) {
    const marks = sure(this._marks[root]);
    if (!this._answered.some((word, position) => word & sure(marks[position]))) return root;
    const node = sure(this._nodes[root]);
    const cell = this._cells[sure(node[0])] ?? null;
    if (cell !== null) return this._of(sure(node[cell + 1]));
    return this._reduced(node.map((each, position) => (position ? this._of(each) : each)));
  }

  /**
   * @param {number[]} node
   * @returns {number} The one reference to that node.
   */
  _reduced(node) {
    const child = sure(node[1]);
    if (node.every((each, position) => !position || each === child)) return child;
    for (let key = hash(node); ; key++) {
      const known = this._interpreter._numbers.get(key) ?? this._fresh.get(key);
      if (known === undefined) {
        if (!this._fresh.size) {
          // Copied at the first new node: many answers make none.
          this._nodes = this._nodes.slice();
          this._marks = this._marks.slice();
        }
        this._fresh.set(key, this._nodes.length);
        this._marks.push(this._interpreter._marksOf(node, this._marks));
        return this._nodes.push(node) - 1;
      }
      if (!compareLists(node, sure(this._nodes[known]))) return known;
    }
  }

  /** Return whether a condition holds, or null while undecided. @param {number} root */
  _truth(root) {
    const restricted = this._of(root);
    return restricted < 0 ? ~restricted === 1 : null;
  }

  /** Return the questions that a function still depends on, and its possible values. @param {number} root */
  _about(root) {
    return this._interpreter._about(this._of(root), this._marks);
  }
}
