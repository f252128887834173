"use strict";
/* Which answers force a result, as in assessor/assessment/reasons.py. */

/**
 * Return answered questions that force a function to a value, none of which can be left out. Questions are dropped
 * from the last to the first, so the reason is the one that speaks of the first.
 * @param {Interpreter} interpreter
 * @param {number} root
 * @param {number} leaf
 * @param {Cells} cells
 * @returns {number[]}
 */
function sufficientReason(interpreter, root, leaf, cells) {
  const kept = cells.slice();
  const questions = interpreter.about(root, interpreter.marks).questions.filter((question) => kept[question] !== null);
  for (const question of questions.slice().reverse()) {
    const cell = sure(kept[question]);
    kept[question] = null;
    if (reaches(interpreter, root, kept, (each) => each !== leaf)) kept[question] = cell;
  }
  return questions.filter((question) => kept[question] !== null);
}
