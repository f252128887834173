"use strict";
/* The decision record in Markdown, from the lines that the build wrote; assessor/records.py fills them in likewise. */

/**
 * @param {Said} said
 * @param {RecordLine[]} lines
 * @param {string} date
 * @returns {string}
 */
function writeRecord({ sheet, values: shown, changes }, lines, date) {
  const { assessment, bundle, phrases } = sheet;
  const values = new Map(shown);
  const set = (/** @type {string} */ name, /** @type {string} */ text) => values.set(`fill ${name}`, text);
  set("date", date);
  for (const [id, answer] of sheet.answers) set(`answer=${id}`, escaped(answerLabel(sheet, id, answer)));
  for (const { id, outcome } of bundle.rules) {
    if (assessment.possible.includes(String(bundle.outcomes[outcome]))) continue;
    const kind = assessment.ruled_out[id] ? "ruled-out" : "covered";
    values.set(kind, true).set(`${kind}=${id}`, true);
  }
  const fill = (/** @type {string} */ text) =>
    text.replace(/\{([^{}\\]+)\}/g, (hole, name) => String(values.get(`fill ${name}`) ?? hole));
  const written = lines.flatMap(([when, text]) => {
    if (!isSaid((statement) => values.has(statement), when)) return [];
    if (when !== "change") return [fill(text)];
    return changes.map((change) => {
      set("outcome", escaped(phrases[`outcome=${change.outcome}`]));
      const said = change.set.map((each) => `${phrases[`question=${each.question}`]} → ${changeLabel(sheet, each)}`);
      set("changes", escaped(said.join(phrases.and)));
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
