/* Tries changed answers on top of the reader's own, which stay as they are. */

import { Reading } from "../../core/assess.js";
import { sure } from "../../core/collections.js";
import { cellOf } from "../../core/queries/interpreter.js";

/** @import { AnswerSheet } from "./answer_sheet.js" */

/**
 * @typedef {object} Trial Changed answers that the reader tries.
 * @property {Map<string, Answer>} answers All answers, with those changed.
 * @property {string} text The changes as the page says them.
 * @property {Reading} reading
 * @property {PageAssessment} assessment
 */

/**
 * Return what the rules say if some answers of a sheet are others.
 * @param {AnswerSheet} sheet
 * @param {Change[]} changes
 * @param {string} text The changes as the page says them.
 * @returns {Trial}
 */
export function trialOf({ _answers: own, _bundle: bundle, _questions: questions }, changes, text) {
  const changed = changes.map((change) => /** @type {const} */ ([change.question, leastAnswer(sure(questions.get(change.question)), change)]));
  const answers = new Map([...own, ...changed]);
  const reading = new Reading(bundle, answers);
  return { answers, text, reading, assessment: reading._assessment() };
}

/** Return the first answer that a change allows, or the last date. @param {BundleQuestion} question @param {Change} change @returns {Answer} */
function leastAnswer(question, { to }) {
  if ("options" in to) return sure(to.options[0]);
  if (question.kind === "date" && to.at_least === null) {
    // The earliest date may be centuries ago: try the last one instead.
    return to.at_most ?? new Date(Date.parse(String(to.below)) - 864e5).toJSON().slice(0, 10);
  }
  if (to.above === undefined) return to.at_least ?? sure(question.minimum);
  // The least number above 5 has sixteen digits; 6 will do where it is in the same cell.
  const least = sure(question.cuts?.[sure(question.at_most).indexOf(to.above)]);
  const next = /** @type {number} */ (to.above) + 1;
  return cellOf(question, next) === cellOf(question, least) ? next : least;
}
