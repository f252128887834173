"use strict";
/* Which answers force a result, as in assessor/reasons.py. */

/**
 * Return answered questions that force a function to its value, none of which can be left out. Questions are dropped
 * from the last to the first, so the reason is the one that speaks of the first.
 * @param {Interpreter} interpreter
 * @param {number} root
 * @param {number} leaf
 * @param {Cells} cells
 * @returns {number[]}
 */
function sufficientReason(interpreter, root, leaf, cells) {
  const kept = cells.slice();
  const answered = (/** @type {number} */ question) => (kept[question] ?? null) !== null;
  const questions = root < 0 ? [] : listed(sure(interpreter.supports[root])).filter(answered);
  for (const question of questions.slice().reverse()) {
    const cell = kept[question] ?? null;
    kept[question] = null;
    if (interpreter.reaches(root, kept, (each) => each !== leaf)) kept[question] = cell;
  }
  return questions.filter(answered);
}

