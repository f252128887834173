/* Finds the answers that force a result, like assessor/assessment/reasons.py. */

import { sure } from "./collections.js";
import { reaches } from "./interpreter.js";

/** @import { Interpreter } from "./interpreter.js" */

/**
 * Return answered questions that force a function to a value; none of them can be left out. Questions are dropped
 * from the last to the first, so the reason names the first ones.
 * @param {Interpreter} interpreter
 * @param {number} root
 * @param {number} leaf
 * @param {Cells} cells
 * @returns {number[]}
 */
export function sufficientReason(interpreter, root, leaf, cells) {
  const kept = cells.slice();
  const questions = interpreter._about(root, interpreter._marks).questions.filter((question) => kept[question] !== null);
  for (const question of questions.slice().reverse()) {
    const cell = sure(kept[question]);
    kept[question] = null;
    if (reaches(interpreter, root, kept, (each) => each !== leaf)) kept[question] = cell;
  }
  return questions.filter((question) => kept[question] !== null);
}
