"use strict";
/* Lines that the build wrote, such as the decision record's, and labels; assessor/reports/record.py makes the same of them. */

const HOLE = /\{([^{}\\]+)\}/g;

/**
 * Return the lines that are to be said, filled in by what the page shows.
 * @param {View} view
 * @param {string | undefined} lines
 * @returns {string[]}
 */
function linesOf(view, lines) {
  return /** @type {RecordLine[]} */ (JSON.parse(sure(lines))).flatMap(([when, text, places]) =>
    (places ? each(view, places) : view.says(when) ? [view] : []).map((place) =>
      text.replace(HOLE, (hole, name) => {
        const [part] = each(place, `[data-fill="${name}"]`);
        return part ? escaped(part.textContent) : hole;
      }),
    ),
  );
}

/** Show the answer to a question as readers see it, or nothing; to add nothing takes the sign from zero. @type {Show} */
function showAnswer(part, { sheet: { answers, language, phrases } }, id) {
  const answer = answers.get(id);
  const { number, other } = part.dataset;
  if (typeof answer === "number") {
    const pattern = part.dataset[new Intl.PluralRules(language).select(answer)] ?? other;
    part.textContent = sure(pattern).replace("{number}", (answer + 0).toLocaleString(language, JSON.parse(sure(number))));
  } else {
    part.textContent = sure(phrases[`${id}=${answer}`]);
  }
}

/**
 * @param {AnswerSheet} sheet
 * @param {Change} change
 * @returns {string} What an answer must change to, as readers see it.
 */
function changeLabel({ phrases, questions }, { question, to }) {
  const said = (/** @type {unknown} */ what) => sure(phrases[`${question}→${what}`]);
  if ("options" in to) {
    const labels = to.options.map(said);
    const last = sure(labels.pop());
    if (!labels.length) return last;
    return sure(phrases["or-last"]).replace("{items}", () => labels.join(phrases.or)).replace("{last}", () => last);
  }
  const cuts = /** @type {(number | null)[]} */ (sure(questions.get(question)).cuts);
  const low = cuts.indexOf(to.at_least);
  const high = cuts.indexOf(to.below);
  return said(high < 0 ? low : `${low}<`).replace("{high}", () => said(`<${high}`));
}

/**
 * @param {string} text
 * @returns {string} It as Markdown that reads the same.
 */
function escaped(text) {
  return text.replace(/[\\`*_{}[\]]/g, "\\$&").replace(/&(?=#?[0-9A-Za-z]+;)/g, "&amp;").replaceAll("<", "&lt;");
}
