"use strict";
/* Numbers in fields for text: a field for numbers reads "12.000" in each browser as another number, and the wheel turns it. */

/**
 * @param {string} text
 * @param {string} language
 * @returns {number} NaN if that is no number. A sign that does not part thousands in the language is a decimal sign.
 */
function readTyped(text, language) {
  const [group, decimal] = (12345.5).toLocaleString(language).replace(/\d/g, "");
  const parting = `[${group}\\s'’]`;
  const isParted = RegExp(`^-?[1-9]\\d{0,2}(${parting}\\d{3})+(\\${decimal}\\d*)?$`);
  // What is written full-width in Japanese means the same.
  const plain = text.normalize("NFKC").trim().replace("−", "-");
  const number = isParted.test(plain) ? plain.replace(RegExp(parting, "g"), "") : plain;
  return /^-?(\d+[.,]?\d*|[.,]\d+)$/.test(number) ? Number(number.replace(",", ".")) : NaN;
}

/**
 * @param {number} value
 * @param {string} language
 * @returns {string} What `readTyped` reads as just this value.
 */
function writeTyped(value, language) {
  return value.toLocaleString(language, { maximumFractionDigits: 20 });
}

/**
 * @param {HTMLInputElement} field
 * @param {AnswerSheet} sheet
 * @returns {Answer | undefined} The answer that stands in a field, if it is one.
 */
function typedIn(field, { language, questions }) {
  return readValue(questions.get(idOf(field)), String(readTyped(field.value, language)));
}

/** Say whether something is typed that is no answer. @param {HTMLInputElement} field @param {AnswerSheet} sheet */
function isOff(field, sheet) {
  return field.value.trim() && typedIn(field, sheet) === undefined;
}

/**
 * Show how a text was understood that the reader has finished, or that it is no answer.
 * @param {HTMLInputElement} field
 * @param {AnswerSheet} sheet
 */
function echo(field, sheet) {
  const answer = typedIn(field, sheet);
  if (typeof answer === "number") field.value = writeTyped(answer, sheet.language);
  else if (isOff(field, sheet)) showError(field, true);
}

/**
 * Move a number by a step, as the arrow keys do in a field for numbers.
 * @param {KeyboardEvent} event
 * @param {HTMLInputElement} field
 * @param {AnswerSheet} sheet
 */
function moveByKey(event, field, sheet) {
  const steps = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
  // An input method chooses characters by these keys.
  if (!steps || event.isComposing || isModified(event)) return;
  event.preventDefault();
  const { minimum, maximum } = sure(sheet.questions.get(idOf(field)));
  const moved = (readTyped(field.value, sheet.language) || 0) + steps * Number(field.dataset.step);
  const value = Math.min(sure(maximum), Math.max(sure(minimum), moved));
  // Sums of tenths are a little off.
  field.value = writeTyped(Number(value.toPrecision(15)), sheet.language);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
