"use strict";
/* The decision record in Markdown, from the lines that the build wrote; assessor/records.py fills them in likewise. */

/**
 * @param {Said} said
 * @param {RecordLine[]} lines
 * @param {string} date
 * @returns {string}
 */
function writeRecord({ sheet, holds, fills, changes }, lines, date) {
  const { phrases } = sheet;
  const values = new Map([...fills, ["date", date]]);
  for (const [id, answer] of sheet.answers) values.set(`answer=${id}`, escaped(answerLabel(sheet, id, answer)));
  const fill = (/** @type {string} */ text) => text.replace(/\{([^{}\\]+)\}/g, (hole, name) => values.get(name) ?? hole);
  const written = lines.flatMap(([when, text]) => {
    if (!isSaid(holds, when)) return [];
    if (when !== "change") return [fill(text)];
    return changes.map(({ outcome, set }) => {
      values.set("outcome", escaped(phrases[`outcome=${outcome}`]));
      const said = set.map((change) => `${phrases[`question=${change.question}`]} → ${changeLabel(sheet, change)}`);
      values.set("changes", escaped(said.join(phrases.and)));
      return fill(text);
    });
  });
  return `${written.join("\n")}\n`;
}

/**
 * @param {AnswerSheet} sheet
 * @param {string} id
 * @param {Answer} answer
 * @returns {string} An answer as readers see it.
 */
function answerLabel({ language, phrases }, id, answer) {
  if (typeof answer !== "number") return phrases[`${id}=${answer}`] ?? phrases[String(answer)] ?? "";
  /** @type {object} */
  const form = { maximumFractionDigits: 6, maximumSignificantDigits: 6, roundingPriority: "morePrecision", roundingMode: "halfEven" };
  const pattern = phrases[`${id}:${new Intl.PluralRules(language).select(answer)}`] ?? phrases[id];
  return String(pattern).replace("{number}", answer.toLocaleString(language, form));
}

/**
 * @param {AnswerSheet} sheet
 * @param {Change} change
 * @returns {string} What an answer must change to, as readers see it.
 */
function changeLabel({ phrases, questions }, { question, to }) {
  const fill = (/** @type {string} */ pattern, /** @type {Phrases} */ words) =>
    String(phrases[pattern]).replace(/\{(\w+)\}/g, (_, name) => String(words[name]));
  if ("options" in to) {
    const labels = to.options.map((option) => String(phrases[`${question}→${option}`] ?? phrases[`→${option}`]));
    const last = labels.pop() ?? "";
    return labels.length ? fill("or-last", { items: labels.join(phrases.or), last }) : last;
  }
  const cuts = questions.get(question)?.cuts ?? [];
  const [low = "", high = ""] = [to.at_least, to.below].map((cut) => cut === null ? "" : phrases[`${question}@${cuts.indexOf(cut)}`]);
  return fill(low && high ? "between" : low ? "at-least" : "below", { low, high });
}

/**
 * @param {string | undefined} text
 * @returns {string} It as Markdown that reads the same.
 */
function escaped(text = "") {
  return text.replace(/[\\`*_{}[\]]/g, "\\$&").replace(/&(?=#?[0-9A-Za-z]+;)/g, "&amp;").replaceAll("<", "&lt;");
}
