/* Fills lines that the build wrote, such as the decision record's, and labels; assessor/reports/record.py does the same. */

import { sure } from "../core/collections.js";
import { each, textOf, write } from "./dom.js";

/** @import { AnswerSheet } from "./answer_sheet.js" */
/** @import { Show, View } from "./elements.js" */

const PLACEHOLDER = /\{([^{}\\]+)\}/g;

/**
 * Return the lines whose statements hold, filled in with what the page shows.
 * @param {View} view
 * @param {string | undefined} lines
 * @returns {string[]}
 */
export function linesOf(view, lines) {
  return /** @type {RecordLine[]} */ (JSON.parse(sure(lines))).flatMap(([when, text, places]) =>
    (places ? each(view, places) : view._says(when) ? [view] : []).map((place) =>
      text.replace(PLACEHOLDER, (placeholder, name) => {
        const [part] = each(place, `[data-fill="${name}"]`);
        return part ? escaped(textOf(part)) : placeholder;
      }),
    ),
  );
}

/** Show the answer to a question as readers see it, or nothing. Adding 0 removes the sign of a negative zero. @type {Show} */
export function showAnswer(part, { sheet: { _answers: answers, _language: language, _phrases: phrases } }, id) {
  const answer = answers.get(id);
  const { number, other } = part.dataset;
  if (typeof answer === "number") {
    const pattern = part.dataset[new Intl.PluralRules(language).select(answer)] ?? other;
    write(part, sure(pattern).replace("{number}", (answer + 0).toLocaleString(language, JSON.parse(sure(number)))));
  } else {
    write(part, phrases[`${id}=${answer}`] ?? "");
  }
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
    const labels = to.options.map(labelOf);
    const last = sure(labels.pop());
    if (!labels.length) return last;
    return sure(phrases["or-last"]).replace("{items}", () => labels.join(phrases.or)).replace("{last}", () => last);
  }
  const cuts = /** @type {(number | null)[]} */ (sure(questions.get(question)).cuts);
  const low = cuts.indexOf(to.at_least);
  const high = cuts.indexOf(to.below);
  return labelOf(high < 0 ? low : `${low}<`).replace("{high}", () => labelOf(`<${high}`));
}

/** Return text as Markdown that reads the same. @param {string} text @returns {string} */
function escaped(text) {
  return text.replace(/[\\`*_{}[\]]/g, "\\$&").replace(/&(?=#?[0-9A-Za-z]+;)/g, "&amp;").replaceAll("<", "&lt;");
}
