"use strict";
/*
 * Answers as text: those of a file, and those of a link, #assessor=<rule set>.<8 digits of its hash>[.<outcome>]
 * &<question>=<answer>…&~=<proof>. The proof shows that nothing of the link was lost or changed on its way.
 */

// Longer ones are cut by chats and mail programs.
const MOST_LINK_CHARACTERS = 1_500;
const LINK = /^#assessor=([\w-]+)\.([\da-f]{8})(?:\.([\w-]+))?((?:&[\w-]+=[\w.+-]*)*)(?:&~=\w*)?$/;

/**
 * @typedef {object} SharedLink
 * @property {string} ruleset The id of the rule set.
 * @property {boolean} isWhole Whether it is proven to be as it was written.
 * @property {string} hash The first digits of the hash of the rules that it was made with.
 * @property {string | undefined} outcome What those rules said, if that was settled.
 * @property {[string, unknown][]} given Answers by question, as they were written; nothing is sifted yet.
 */

/**
 * @param {Bundle} bundle
 * @param {Map<string, Answer>} answers
 * @returns {[string, Answer][]} The answers in the order of the questions.
 */
function ordered(bundle, answers) {
  return bundle.questions.flatMap(({ id }) => (answers.has(id) ? [[id, answers.get(id) ?? null]] : []));
}

/** @param {AnswerSheet} sheet @returns {string} The answers as a file. */
function writeAnswers({ answers, bundle }) {
  return `${JSON.stringify(Object.fromEntries(ordered(bundle, answers)), null, 2)}\n`;
}

/** @param {AnswerSheet} sheet @returns {string} The answers as a link to this page. */
function writeLink({ answers, assessment, bundle }) {
  const name = [bundle.ruleset, bundle.hash.slice(0, 8), assessment.outcome].filter(Boolean).join(".");
  const fragment = `#assessor=${name}${ordered(bundle, answers).map(([id, answer]) => `&${id}=${answer ?? ""}`).join("")}`;
  // A query belongs to this visit, and may hold what is nobody else's business.
  return `${location.href.split(/[?#]/)[0]}${fragment}&~=${proofOf(fragment)}`;
}

/** @param {string} text @returns {string} A short check sum: FNV-1a, of 32 bits, by which a change of one character is always seen. */
function proofOf(text) {
  let sum = 0x811c9dc5;
  for (const character of text) sum = Math.imul(sum ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return sum.toString(36);
}

/** @param {string} fragment @returns {boolean} Whether a link proves that it is as it was written. */
function isProven(fragment) {
  const [text, proof] = fragment.split("&~=");
  return proof === proofOf(sure(text));
}

/**
 * Undo what mailers and chats do to links: lines that they wrap, characters that they escape, also twice, and punctuation
 * that they take along behind one.
 * @param {string} fragment
 * @returns {string} The link as it was written, if that can be found out.
 */
function restored(fragment) {
  let text = fragment;
  for (let before = ""; text !== before && !isProven(text);) {
    before = text;
    text = text.replace(/(=?(%0D)?%0A)|%20|\s/gi, "").replace(/&(amp|#38);/gi, "&").replace(/[^\w=&%~+-]+$/, "");
    if (isProven(text)) break;
    try {
      text = decodeURIComponent(text);
    } catch {
      // Cut within an escaped character.
      text = text.replace(/%.?$/, "");
    }
  }
  return text;
}

/**
 * @param {Map<string, BundleQuestion>} questions By id.
 * @param {string} fragment A link as it was written, or anything else.
 * @returns {SharedLink | null} null if it is not one that we write.
 */
function readLink(questions, fragment) {
  const match = fragment.length > MOST_LINK_CHARACTERS ? null : LINK.exec(fragment);
  if (!match) return null;
  const [, ruleset, hash, outcome, answers] = match;
  const given = sure(answers).split("&").slice(1).map((pair) => {
    const [id, text] = /** @type {[string, string]} */ (pair.split("="));
    return /** @type {[string, unknown]} */ ([id, readValue(questions.get(id), text)]);
  });
  return { ruleset: sure(ruleset), isWhole: isProven(fragment), hash: sure(hash), outcome, given };
}

/**
 * @param {BundleQuestion | undefined} question
 * @param {string} text
 * @returns {Answer | undefined} The answer that is written so, or undefined if it is none.
 */
function readValue(question, text) {
  /** @type {unknown[]} */
  const values = [text || null, Number(text), text === "true" || (text !== "false" && text)];
  return question && /** @type {Answer | undefined} */ (values.find((value) => accepts(question, value)));
}

/**
 * @param {string} text Anything at all.
 * @returns {any} What it holds as JSON, or null.
 */
function parse(text) {
  try {
    return text.length > MOST_STORED_CHARACTERS ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
