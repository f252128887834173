/* Reads and writes answers as text: the answers of a file, and the values that links and controls hold. */

import { sure } from "../../core/collections.js";
import { accepts, present } from "../../core/queries/interpreter.js";

/** @import { AnswerSheet } from "./answer_sheet.js" */

/** Longer texts are not read, and not stored. */
export const MOST_CHARACTERS = 8_192;

/**
 * Return answers in the order of the questions.
 * @param {Bundle} bundle
 * @param {Map<string, Answer>} answers
 * @returns {[string, Answer][]}
 */
export function ordered(bundle, answers) {
  return bundle.questions.flatMap(({ id }) => (answers.has(id) ? [[id, answers.get(id) ?? null]] : []));
}

/**
 * Return what some questions mean, one after the other.
 * @param {AnswerSheet} sheet
 * @param {Iterable<string>} ids
 */
export function meaningsOf({ _questions: questions }, ids) {
  return [...ids].map((id) => sure(questions.get(id)).meaning).join("");
}

/** Set an answer, or remove it if it is undefined. @param {Map<string, Answer>} answers @param {string} id @param {Answer | undefined} answer */
export function setAnswer(answers, id, answer) {
  if (answer === undefined) answers.delete(id);
  else answers.set(id, answer);
}

/** Write the answers as a file. @param {AnswerSheet} sheet @returns {string} */
export function writeAnswers({ _answers: answers, _bundle: bundle }) {
  return `${JSON.stringify(Object.fromEntries(ordered(bundle, answers)), null, 2)}\n`;
}

/**
 * Return the answer that a text stands for, or undefined if the question does not accept it.
 * @param {BundleQuestion | undefined} question
 * @param {string} text
 * @returns {Answer | undefined}
 */
export function readValue(question, text) {
  /** @type {unknown[]} */
  const values = [present(question, text) || null, Number(text), text === "true" || (text !== "false" && text)];
  return question && /** @type {Answer | undefined} */ (values.find((value) => accepts(question, value)));
}

/**
 * Read any text as JSON; null if it is none or too long.
 * @param {string} text
 * @returns {any}
 */
export function parse(text) {
  try {
    return text.length > MOST_CHARACTERS ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
