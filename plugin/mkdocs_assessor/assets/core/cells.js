"use strict";
/* Answers, and the cells of questions that they fall in. */

/**
 * Return what each cell of a question holds: the one answer, or of a number the least, null in the first cell.
 * @param {BundleQuestion} question
 * @returns {(string | boolean | number | null)[]}
 */
function cellsOf({ options, cuts }) {
  return cuts ? [null, ...cuts] : options ?? [false, true];
}

/**
 * Return the cell that an answer falls in: null if it is null, which is "I don't know", and -1 if it fits none.
 * @param {BundleQuestion} question
 * @param {any} answer
 * @returns {number | null}
 */
function cellOf(question, answer) {
  if (answer === null) return null;
  const { cuts, minimum, maximum } = question;
  if (!cuts) return cellsOf(question).indexOf(answer);
  if (typeof answer !== "number" || !(answer >= sure(minimum) && answer <= sure(maximum))) return -1;
  return cuts.filter((cut) => cut <= answer).length;
}

/**
 * Say whether an answer fits a question.
 * @param {BundleQuestion} question
 * @param {unknown} answer
 */
function accepts(question, answer) {
  return cellOf(question, answer) !== -1;
}
