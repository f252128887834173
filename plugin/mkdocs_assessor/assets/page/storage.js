/* Keeps the answers to a rule set in the browser. */

import { MOST_CHARACTERS, parse } from "./answers_text.js";

/** @import { AnswerSheet } from "./answer_sheet.js" */

// All pages opened from disk share one storage, and versions of a site share one host. So the key contains the address of
// the site's script, or of the site as a script within a page gives it.
const { src = "", dataset = {} } = /** @type {Partial<HTMLScriptElement>} */ (document.currentScript ?? {});
const site = new URL(dataset.site || (src && "."), src || location.href).pathname;

/** Return the key of a rule set's answers. @param {Bundle} bundle */
export function keyOf(bundle) {
  return `assessor:${site}:${bundle.ruleset}`;
}

/**
 * Take the stored answers if another page changed them; answers that do not fit the rules are left out.
 * @param {AnswerSheet} sheet
 * @returns {boolean} Whether anything changed.
 */
export function recall(sheet) {
  // Storage may be switched off or hold anything: the page works without it.
  try {
    const text = localStorage.getItem(sheet._key);
    // Answers that are not stored yet, or could not be, are newer.
    if (text === sheet._stored || sheet._isNew || !sheet._isKept) return false;
    sheet._stored = text;
    // Undo must not revert what another page answered, and no control may keep showing an answer of this page.
    sheet._before = null;
    sheet._turn++;
    sheet._answers = new Map();
    for (const notice of sheet._notices) if (notice !== "offered") sheet._notices.delete(notice);
    if (text) read(sheet, text);
  } catch {
    sheet._isKept = false;
  }
  return true;
}

/** Read stored answers. @param {AnswerSheet} sheet @param {string} text */
function read(sheet, text) {
  const stored = parse(text);
  const given = Object.entries(Object(stored?.answers));
  sheet._answers = sheet._sift(given);
  if (given.length && stored.hash !== sheet._bundle.hash) sheet._notices.add("changed");
  else if (!given.length || sheet._dropped.length) sheet._notices.add("damaged");
}

/** Store the answers if they are not stored yet. @param {AnswerSheet} sheet */
export function keep(sheet) {
  if (!sheet._isNew) return;
  sheet._isNew = false;
  const wasKept = sheet._isKept;
  try {
    const answers = Object.fromEntries(sheet._answers);
    const text = JSON.stringify({ v: 1, hash: sheet._bundle.hash, answers, at: new Date().toISOString() });
    sheet._isKept = text.length <= MOST_CHARACTERS;
    sheet._stored = sheet._answers.size && sheet._isKept ? text : null;
    if (sheet._stored) localStorage.setItem(sheet._key, text);
    else localStorage.removeItem(sheet._key);
  } catch {
    sheet._isKept = false;
  }
  if (wasKept !== sheet._isKept) sheet._tell();
}
