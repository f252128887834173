"use strict";
/* Numbers in fields for text: a field for numbers reads "12.000" in each browser as another number, and the wheel turns it. */

/**
 * @param {string} text
 * @param {string} language
 * @param {number} most What the number can be at most.
 * @returns {number} NaN if that is no number, or could be two. Of the point and the comma, the one that is not the language's
 *   decimal sign parts thousands; it is a decimal sign only where no thousands can be meant.
 */
function readTyped(text, language, most) {
  const decimal = (0.5).toLocaleString(language).charAt(1);
  const other = decimal === "," ? "." : ",";
  const isParted = RegExp(`^-?[1-9]\\d{0,2}([${other}\\s'’]\\d{3})+(\\${decimal}\\d*)?$`);
  // What is written full-width in Japanese means the same.
  let number = text.normalize("NFKC").trim().replace(/[−–]/, "-");
  if (isParted.test(number)) number = number.replace(RegExp(`[${other}\\s'’]`, "g"), "");
  else if (most < 1_000 || /^-?0*[.,]/.test(number)) number = number.replace(other, decimal);
  number = number.replace(/[.,]/g, (sign) => (sign === decimal ? "." : ","));
  return /^-?(\d+\.?\d*|\.\d+)$/.test(number) ? Number(number) : NaN;
}

/**
 * @param {number} value
 * @param {string} language
 * @returns {string} What `readTyped` reads as just this value. No thousands are parted: whoever adds a digit to it would part
 *   them wrongly.
 */
function writeTyped(value, language) {
  return value.toLocaleString(language, { maximumFractionDigits: 20, useGrouping: false });
}

/**
 * @param {HTMLInputElement} field
 * @param {AnswerSheet} sheet
 * @returns {Answer | undefined} The answer that stands in a field, if it is one.
 */
function typedIn(field, { language, questions }) {
  const question = questions.get(idOf(field));
  return readValue(question, String(readTyped(field.value, language, Number(question?.maximum))));
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
  else if (field.value.trim()) showError(field, true);
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
  const moved = (Number(typedIn(field, sheet)) || 0) + steps * Number(field.dataset.step);
  const value = Math.min(sure(maximum), Math.max(sure(minimum), moved));
  field.select();
  // There is no other way that the browser's own undo knows of. Sums of tenths are a little off.
  document.execCommand("insertText", false, writeTyped(Number(value.toPrecision(15)), sheet.language));
}
