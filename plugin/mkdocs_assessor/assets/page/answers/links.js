/*
 * Reads and writes share links:
 * #assessor=<rule set>.<8 digits of its hash>[.<outcome>…]&<question>=<answer>…&~m=<meanings>&~=<check sum>
 * Links to worked cases, which the build writes, end with &~c=<case> instead. A link that a person writes has no hash:
 * #assessor=<rule set>&<question>=<answer>…
 * The meanings show whether a question has changed since it was answered. The check sum shows that no part of the link was
 * lost or changed on its way.
 */

import { eachDecision } from "../../core/assess.js";
import { sure } from "../../core/collections.js";
import { meaningsOf, ordered, readValue } from "./answers_text.js";

/** @import { AnswerSheet } from "./answer_sheet.js" */

/** Chats and mail programs cut longer links. */
export const MOST_LINK_CHARACTERS = 1_500;
const LINK = /^#assessor=([\w-]+)(?:\.([\da-f]{8})((?:\.[\w-]+)*))?((?:&[\w-]+=[\w.+-]*)*)(?:&~c=([\w-]+)|(?:&~m=(\w*))?(?:&~=\w*)?)$/;

/**
 * @typedef {object} SharedLink
 * @property {string} ruleset The id of the rule set.
 * @property {boolean} isWhole Whether the link proves that it is as written.
 * @property {string | undefined} preset The worked case whose answers these are.
 * @property {string | undefined} hash The first digits of the hash of the rules that the link was made with.
 * @property {string[]} outcomes The outcomes by those rules: one of each decision that was settled.
 * @property {string | undefined} meanings What each question meant, one after the other.
 * @property {[string, unknown][]} given Answers by question, as written; none is checked yet.
 */

/** Write the answers as a link to this page. @param {AnswerSheet} sheet @returns {string} */
export function writeLink(sheet) {
  const { _answers: answers, _assessment: assessment, _bundle: bundle } = sheet;
  const given = ordered(bundle, answers);
  const name = [bundle.ruleset, bundle.hash.slice(0, 8), ...settledOutcomes(assessment)].join(".");
  const pairs = given.map(([id, answer]) => `&${id}=${answer ?? ""}`).join("");
  const fragment = `#assessor=${name}${pairs}&~m=${meaningsOf(sheet, given.map(([id]) => id))}`;
  // Without the query, which belongs to this visit and may be private.
  return `${location.href.split(/[?#]/)[0]}${fragment}&~=${checkSumOf(fragment)}`;
}

/** Return the outcome of each decision that is settled. @param {PageAssessment} assessment @returns {string[]} */
export function settledOutcomes(assessment) {
  return eachDecision(assessment).flatMap(({ outcome }) => outcome ?? []);
}

/** Return a short check sum, FNV-1a of 32 bits: it differs whenever one character changed. @param {string} text */
function checkSumOf(text) {
  let sum = 0x811c9dc5;
  for (const character of text) sum = Math.imul(sum ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return sum.toString(36);
}

/** Return whether a link proves that it is as written. @param {string} fragment */
function isIntact(fragment) {
  const [text, sum] = fragment.split("&~=");
  return sum === checkSumOf(sure(text));
}

/** Return the fragment of an address, restored if it is a link with answers. @param {Location | HTMLAnchorElement} address @returns {string} */
export function fragmentOf({ hash }) {
  return /^#assessor(=|%)/.test(hash) && hash.length <= 3 * MOST_LINK_CHARACTERS ? restored(hash) : hash;
}

/**
 * Undo what mail programs and chats do to links: they wrap lines, escape characters, even twice, and take along the
 * punctuation after a link.
 * @param {string} fragment
 * @returns {string} The link as written, if it can be restored.
 */
export function restored(fragment) {
  let text = fragment;
  for (let before = ""; text !== before && !isIntact(text);) {
    before = text;
    // Mail programs mark the end of a wrapped line with "=", which may also be the link's own.
    const [unwrapped, unmarked] = [/(%0D)?%0A|%20|\s/gi, /=?(%0D)?%0A/gi].map((wraps) =>
      before.replace(wraps, "").replace(/&(amp|#38);/gi, "&").replace(/[^\w=&%~+-]+$/, ""),
    );
    text = isIntact(sure(unwrapped)) ? sure(unwrapped) : sure(unmarked);
    if (isIntact(text)) break;
    try {
      text = decodeURIComponent(text);
    } catch {
      // The link was cut within an escaped character.
      text = text.replace(/%.?$/, "");
    }
  }
  return text;
}

/**
 * Read a link.
 * @param {Map<string, BundleQuestion>} questions By id.
 * @param {string} fragment The restored fragment of an address, with any content.
 * @returns {SharedLink | null} null if it is none.
 */
export function readLink(questions, fragment) {
  const match = fragment.length > MOST_LINK_CHARACTERS ? null : LINK.exec(fragment);
  // What is left of a link that was cut before its hash.
  if (!match || !(match[2] || match[4])) return null;
  const [, ruleset, hash, outcomes = "", answers, preset, meanings] = match;
  const given = sure(answers).split("&").slice(1).map((pair) => {
    const [id, text] = /** @type {[string, string]} */ (pair.split("="));
    return /** @type {[string, unknown]} */ ([id, readValue(questions.get(id), text)]);
  });
  return { ruleset: sure(ruleset), isWhole: isIntact(fragment), preset, hash, outcomes: outcomes.split(".").slice(1), meanings, given };
}
