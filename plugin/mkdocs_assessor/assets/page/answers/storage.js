/* Stores the answers to a rule set in the browser. */

import { MOST_CHARACTERS, meaningsOf, parse, setAnswer } from "./answers_text.js";

/** @import { AnswerSheet } from "./answer_sheet.js" */

// All pages opened from disk share one storage, and versions of a site share one host. So the key contains the address of
// the site's script, or of the site as a script within a page gives it.
const { src = "", dataset = {} } = /** @type {Partial<HTMLScriptElement>} */ (document.currentScript ?? {});
const folder = dataset.site || (src && ".");
// Frames without an address of their own, about:srcdoc, have that of the page around them.
const here = location.protocol === "about:" ? document.baseURI : location.href;
const site = folder ? new URL(folder, src || here).pathname : location.pathname;

/**
 * Return the key of a rule set's answers.
 * @param {Bundle} bundle
 * @param {string} [own] What stands for the address of the site, where the script has none that stays the same.
 */
export function keyOf(bundle, own) {
  return `assessor:${own ?? site}:${bundle.ruleset}`;
}

/**
 * Take the stored answers if another page changed them, except where this page has a change that is not stored yet; answers
 * that do not fit the rules are left out.
 * @param {AnswerSheet} sheet
 * @returns {boolean} Whether anything changed.
 */
export function recall(sheet) {
  // Storage may be switched off or hold anything: the page works without it.
  try {
    const text = localStorage.getItem(sheet._key);
    // Answers that could not be stored are newer.
    if (text === sheet._stored || !sheet._isKept) return false;
    const { _answers: mine } = sheet;
    sheet._stored = text;
    // The reader's own answers are newer than those of a worked case.
    if (sheet._case) sheet._pending.clear();
    sheet._case = "";
    // Undo must not revert what another page answered, and no control may keep showing an answer of this page.
    sheet._before = null;
    sheet._turn++;
    sheet._answers = new Map();
    sheet._reworded = new Map();
    for (const notice of sheet._notices) if (notice !== "offered") sheet._notices.delete(notice);
    if (text) read(sheet, text);
    for (const id of sheet._pending) {
      setAnswer(sheet._answers, id, mine.get(id));
      sheet._reworded.delete(id);
    }
  } catch {
    sheet._isKept = false;
  }
  return true;
}

/** Read stored answers. @param {AnswerSheet} sheet @param {string} text */
function read(sheet, text) {
  const stored = parse(text);
  const given = Object.entries(Object(stored?.answers));
  const { answers, reworded } = sheet._sift(given, stored?.meanings && String(stored.meanings));
  sheet._answers = answers;
  sheet._reworded = reworded;
  if (given.length && stored.hash !== sheet._bundle.hash) sheet._notices.add("changed");
  else if (!given.length || sheet._dropped.length) sheet._notices.add("damaged");
}

/** Store the answers if they are not stored yet. @param {AnswerSheet} sheet */
export function keep(sheet) {
  // The answers of a worked case are not the reader's own.
  if (!sheet._pending.size || sheet._case) return;
  // Another page may have stored something since, and its event is still on the way.
  if (recall(sheet)) sheet._show();
  sheet._pending.clear();
  const wasKept = sheet._isKept;
  try {
    const { _answers: mine, _bundle: bundle, _reworded: reworded } = sheet;
    const answers = Object.fromEntries([...mine, ...[...reworded].map(([id, [answer]]) => [id, answer])]);
    const meanings = meaningsOf(sheet, mine.keys()) + [...reworded.values()].map(([, meaning]) => meaning).join("");
    const text = JSON.stringify({ v: 1, hash: bundle.hash, answers, meanings, at: new Date().toISOString() });
    sheet._isKept = text.length <= MOST_CHARACTERS;
    sheet._stored = (mine.size || reworded.size) && sheet._isKept ? text : null;
    if (sheet._stored) localStorage.setItem(sheet._key, text);
    else localStorage.removeItem(sheet._key);
  } catch {
    sheet._isKept = false;
  }
  if (wasKept !== sheet._isKept) sheet._tell();
}

/** Return what is stored under a name beside the answers, or null. @param {AnswerSheet} sheet @param {string} name */
function recallBeside(sheet, name) {
  try {
    return localStorage.getItem(sheet._key.replace(":", `-${name}:`));
  } catch {
    return null;
  }
}

/**
 * Store a text under a name beside the answers, or remove it if it is null.
 * @param {AnswerSheet} sheet
 * @param {string} name
 * @param {string | null} text
 */
export function keepBeside(sheet, name, text) {
  const key = sheet._key.replace(":", `-${name}:`);
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // The page works without storage.
  }
}

/** Return whether the reader wants to see all questions. @param {AnswerSheet} sheet */
export function wantsAll(sheet) {
  return recallBeside(sheet, "all") !== null;
}

/** Return the tasks that the reader has ticked off. @param {AnswerSheet} sheet */
export function recallDone(sheet) {
  return new Set(recallBeside(sheet, "done")?.slice(0, MOST_CHARACTERS).split(","));
}
