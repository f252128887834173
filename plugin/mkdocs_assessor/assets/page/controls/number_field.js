/*
 * Reads and writes numbers in text fields, and dates in the browser's own fields for them. Number fields are no alternative: browsers disagree on what "12.000" means in
 * one, and the mouse wheel changes its value.
 */

import { sure } from "../../core/collections.js";
import { readValue } from "../answers/answers_text.js";
import { idOf, isModified } from "../dom.js";

/** @import { AnswerSheet } from "../answers/answer_sheet.js" */

/** The currencies that a sign can stand for, as they begin a unit. @type {Record<string, RegExp>} */
const CURRENCIES = { $: /^(usd|cad|aud|nzd|\$)/, "€": /^(eur|€)/, "£": /^(gbp|£)/, "¥": /^(jpy|cny|¥)/ };
const POWERS = { k: 3, m: 6 };

/**
 * Return a number as typed without the sign of its currency and without its unit, or the first word of that: "USD" of "USD
 * per year".
 * @param {string} text
 * @param {string} unit
 */
function withoutUnit(text, unit) {
  const wanted = unit.normalize("NFKC").trim().toLowerCase();
  let bare = text.toLowerCase();
  for (const [sign, units] of Object.entries(CURRENCIES)) if (units.test(wanted)) bare = bare.replace(sign, "");
  for (const word of [wanted, sure(wanted.split(/[^\p{L}]/u)[0])]) {
    if (word && bare.endsWith(word)) bare = bare.slice(0, -word.length);
    else if (word && bare.startsWith(word)) bare = bare.slice(word.length);
  }
  return bare.trim();
}

/**
 * Read a number. Of the point and the comma, the one that is not the language's decimal sign separates thousands; it is
 * a decimal sign only where it cannot separate thousands. "k" is for thousands, "m" for millions.
 * @param {string} text
 * @param {string} unit
 * @param {string} language
 * @param {number} most The greatest number to expect.
 * @returns {number} NaN if the text is no number or could be two.
 */
function readNumber(text, unit, language, most) {
  const decimal = (0.5).toLocaleString(language).charAt(1);
  const other = decimal === "," ? "." : ",";
  const isGrouped = RegExp(`^-?[1-9]\\d{0,2}([${other}\\s'’]\\d{3})+(\\${decimal}\\d*)?$`);
  // Full-width characters, as in Japanese, mean the same.
  const [, digits, letter] = withoutUnit(text.normalize("NFKC").trim(), unit).match(/^(.*?)([km]?)$/s) ?? [];
  const power = POWERS[/** @type {"k"} */ (letter)] ?? 0;
  let number = sure(digits).trim().replace(/[−–]/, "-");
  if (isGrouped.test(number)) number = number.replace(RegExp(`[${other}\\s'’]`, "g"), "");
  else if (most < 1_000 * 10 ** power || /^-?0*[.,]/.test(number)) number = number.replace(other, decimal);
  number = number.replace(/[.,]/g, (/** @type {string} */ sign) => (sign === decimal ? "." : ","));
  return /^-?(\d+\.?\d*|\.\d+)$/.test(number) ? Number(`${number}e${power}`) : NaN;
}

/**
 * Write a number so that `readNumber` returns it. Thousands are not separated, since a digit that the reader adds would
 * leave the separators in the wrong places.
 * @param {number} value
 * @param {string} language
 * @returns {string}
 */
export function writeNumber(value, language) {
  return value.toLocaleString(language, { maximumFractionDigits: 20, useGrouping: false });
}

/**
 * Return the answer in a field, or undefined if its text is no answer.
 * @param {HTMLInputElement} field
 * @param {AnswerSheet} sheet
 * @returns {Answer | undefined}
 */
export function typedIn(field, sheet) {
  // An empty field has no answer, where an empty text stands for "I don't know".
  return readValue(sheet._questions.get(idOf(field)), field.type === "date" ? field.value || "-" : String(numberIn(field, sheet)));
}

/**
 * Return the number in a field, or NaN; its unit follows the field.
 * @param {HTMLInputElement} field
 * @param {AnswerSheet} sheet
 */
export function numberIn(field, { _language: language, _questions: questions }) {
  const question = questions.get(idOf(field));
  const most = Number(question?.scale ?? question?.maximum);
  return readNumber(field.value, field.nextElementSibling?.textContent ?? "", language, most);
}

/** Return whether a field holds text that is no answer, such as half a date. @param {HTMLInputElement} field @param {AnswerSheet} sheet */
export function isOff(field, sheet) {
  return (field.value.trim() || field.validity.badInput) && typedIn(field, sheet) === undefined;
}

/**
 * Move a number by a step, as the arrow keys do in a field for numbers.
 * @param {KeyboardEvent} event
 * @param {HTMLInputElement} field
 * @param {AnswerSheet} sheet
 */
export function moveByKey(event, field, sheet) {
  const steps = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
  // Input methods use these keys to choose characters.
  if (!steps || !field.dataset.step || event.isComposing || isModified(event)) return;
  event.preventDefault();
  const { minimum, maximum } = sure(sheet._questions.get(idOf(field)));
  const moved = (Number(typedIn(field, sheet)) || 0) + steps * Number(field.dataset.step);
  const value = Math.min(Number(maximum), Math.max(Number(minimum), moved));
  field.select();
  // Only this command is part of the browser's own undo. Rounded, since sums of tenths are a little off.
  document.execCommand("insertText", false, writeNumber(Number(value.toPrecision(15)), sheet._language));
}
