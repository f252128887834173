/* Fills lines that the build wrote, such as the decision record's, and labels; assessor/reports/record/markdown.py does the same. */

import { sure } from "../../core/collections.js";
import { each, textOf, write } from "../dom.js";
import { isRange } from "./numbers.js";

/** @import { AnswerSheet } from "../answers/answer_sheet.js" */
/** @import { Show, View } from "../elements.js" */

const PLACEHOLDER = /\{([a-z]+(?:=[\w-]+)?)\}/g;

/**
 * Return the lines whose statements hold, filled in with what the page shows.
 * @param {View} view
 * @param {string | undefined} lines
 * @returns {string[]}
 */
export function linesOf(view, lines) {
  return /** @type {RecordLine[]} */ (JSON.parse(sure(lines))).flatMap(([when, text, places]) =>
    (places ? each(view, places) : view._says(when) ? [view] : []).map((place) =>
      ticked(view, when, text).replace(PLACEHOLDER, (placeholder, name) => {
        const [part] = each(place, `[data-fill="${name}"]`);
        // Emphasis within a title would end that of the line.
        return part ? textOf(part).replace(/(\\.|`[^`]+`)|\*/g, "$1") : placeholder;
      }),
    ),
  );
}

/** Mark an item of a list with what the reader has ticked off. @param {View} view @param {string} when @param {string} text */
function ticked(view, when, text) {
  const [, task] = /(?:apply|task)=(\S+)/.exec(when) ?? [];
  return sure(view._sheet)._done.has(String(task)) ? text.replace(/^(-|\d+\.) /, "$&[x] ") : text;
}

/** Return the tasks of a plan as GitHub's issues write them. @param {View} view @returns {string} */
export function tasksOf(view) {
  const items = each(view, "[data-task]:not([hidden])").map((item) => {
    const { checked, dataset } = /** @type {HTMLInputElement} */ (each(item, "input")[0]);
    return `- [${checked ? "x" : " "}] ${"moot" in item.dataset ? `~~${dataset.said}~~` : dataset.said}\n`;
  });
  return items.join("");
}

/** Return the date in ISO 8601, which is how Swedish writes dates. */
export function today() {
  return new Date().toLocaleDateString("sv");
}

/** Show the reader's answer to a question. @type {Show} */
export function showAnswer(part, { sheet }, id) {
  writeAnswer(part, sheet, id, sheet._reading._answers.get(id));
}

/** Show the answer to a question that decides the result that is shown. @type {Show} */
export function showReason(part, { sheet }, id) {
  writeAnswer(part, sheet, id, (sheet._trial?.answers ?? sheet._answers).get(id));
}

/**
 * Write an answer as readers see it, or nothing. Adding 0 removes the sign of a negative zero.
 * @param {HTMLElement} part
 * @param {AnswerSheet} sheet
 * @param {string} id
 * @param {Answer | undefined} answer
 */
function writeAnswer(part, { _language: language, _phrases: phrases }, id, answer) {
  const { months } = part.dataset;
  if (answer && months) {
    const [year, month, day] = /** @type {[number, number, number]} */ (String(answer).split("-").map(Number));
    const pattern = sure(part.dataset[day < 2 ? "first" : "full"]);
    write(part, pattern.replace("{day}", String(day)).replace("{month}", sure(months.split(" ")[month - 1])).replace("{year}", String(year)));
  } else if (typeof answer === "number") {
    writeQuantity(part, answer, (answer + 0).toLocaleString(language, JSON.parse(sure(part.dataset.number))), language);
  } else {
    // A page without a checklist brings no words, but the question has them.
    const text = phrases[`${id}=${answer}`] ?? (answer === null ? part.dataset.null : part.dataset.none);
    if (text !== undefined) write(part, text);
    else part.replaceChildren(...each(part.closest("[data-question]") ?? part, `[value="${answer}"] + span`).map((label) => label.cloneNode(true)));
  }
}

/** Show an estimate in a sentence. @type {Show} */
export function showFigure(part, { sheet, values }, names) {
  const id = names.replace(/.*=/, "");
  const estimate = sheet._shownAssessment.estimates[id];
  if (!estimate) return write(part, sure(part.dataset.none));
  const [likely, range] = ["likely", "range"].map((name) => String(values.get(`fill ${name}=${id}`)));
  writeQuantity(part, estimate.likely, sure(likely), sheet._language);
  if (!isRange(estimate.low, estimate.high)) return;
  write(part, sure(part.dataset.range).replace("{likely}", () => textOf(part)).replace("{range}", () => sure(range)));
}

/**
 * Write a number with the form of its unit that goes with it.
 * @param {HTMLElement} part
 * @param {number} value
 * @param {string} text The number as the language writes it.
 * @param {string} language
 */
export function writeQuantity(part, value, text, language) {
  const pattern = part.dataset[new Intl.PluralRules(language).select(value)] ?? part.dataset.other;
  write(part, sure(pattern).replace("{number}", text));
}

/**
 * Return what an answer must change to, as readers see it.
 * @param {AnswerSheet} sheet
 * @param {Change} change
 * @returns {string}
 */
export function changeLabel({ _phrases: phrases, _questions: questions }, { question, to }) {
  const labelOf = (/** @type {unknown} */ what) => sure(phrases[`${question}→${what}`]);
  if ("options" in to) {
    return either(phrases, to.options.map(labelOf));
  }
  const { at_most: named, cuts } = /** @type {Record<string, unknown[]>} */ (/** @type {unknown} */ (questions.get(question)));
  const low = "above" in to ? sure(named).indexOf(to.above) : sure(cuts).indexOf(to.at_least);
  const high = "at_most" in to ? sure(named).indexOf(to.at_most) : sure(cuts).indexOf(to.below);
  if (low < 0 || high < 0) return labelOf(low < 0 ? `<${high}` : low);
  return sure(phrases.range).replace("{low}", () => labelOf(low)).replace("{high}", () => labelOf(`<${high}`));
}

/** Join alternatives: "a, b or c". @param {Phrases} phrases @param {string[]} labels @returns {string} */
function either(phrases, labels) {
  const last = sure(labels.at(-1));
  if (labels.length < 2) return last;
  const items = labels.slice(0, -1).join(phrases.or);
  return sure(phrases["or-last"]).replace("{items}", () => items).replace("{last}", () => last);
}
