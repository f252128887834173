"use strict";
/* The answer sheets of the rule sets whose bundles stand on the page. */

/** @type {Map<string, AnswerSheet>} */
const sheets = new Map();

/**
 * Return the answer sheet of a rule set, whose bundle stands in a template on the page.
 * @param {string} ruleset
 * @returns {AnswerSheet | undefined}
 */
function sheetOf(ruleset) {
  const template = each(document, "template[data-assessor]").find((found) => found.dataset.assessor === ruleset);
  if (!template) return undefined;
  /** @type {Bundle} */
  const bundle = JSON.parse(sure(template.dataset.bundle));
  let sheet = sheets.get(ruleset);
  if (sheet?.bundle.hash !== bundle.hash) {
    sheet = new AnswerSheet(bundle);
    sheets.set(ruleset, sheet);
  }
  // The pages of a site may have a language each.
  sheet.language = sure(template.dataset.language);
  return sheet;
}
