"use strict";
/* Answers, and the cells of questions that they fall in. */

/**
 * Say whether an answer fits a question.
 * @param {BundleQuestion} question
 * @param {unknown} answer null is "I don't know", and fits every question.
 * @returns {boolean}
 */
function accepts(question, answer) {
  if (answer === null) return true;
  if (question.kind === "yes-no") return typeof answer === "boolean";
  if (question.kind === "choice") return typeof answer === "string" && sure(question.options).includes(answer);
  return typeof answer === "number" && answer >= sure(question.minimum) && answer <= sure(question.maximum);
}

/** Return how many cells a question has. @param {BundleQuestion} question */
function sizeOf({ kind, options, cuts }) {
  if (kind === "choice") return sure(options).length;
  return kind === "number" ? sure(cuts).length + 1 : 2;
}

/** Return the cell that an answer falls in. @param {BundleQuestion} question @param {Answer} answer */
function cellOf({ kind, options, cuts }, answer) {
  if (answer === null) return null;
  if (kind === "choice") return sure(options).indexOf(String(answer));
  if (kind === "number") return sure(cuts).filter((cut) => cut <= Number(answer)).length;
  return Number(answer);
}
