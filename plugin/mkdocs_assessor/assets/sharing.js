"use strict";
/* Answers as text: those of a link, #assessor=<rule set>.<8 digits of its hash>[.<outcome>]&<question>=<answer>…, and a file. */

// Longer ones are cut by chats and mail programs.
const MOST_LINK_CHARACTERS = 1_500;
const LINK = /^#assessor=[\w-]+\.([\da-f]{8})(?:\.([\w-]+))?((?:&[\w-]+=[\w.+-]*)*)$/;

/**
 * @typedef {object} SharedLink
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
  return `${location.href.split("#")[0]}#assessor=${name}${ordered(bundle, answers).map(([id, answer]) => `&${id}=${answer ?? ""}`).join("")}`;
}

/**
 * @param {Map<string, BundleQuestion>} questions By id.
 * @param {string} fragment Anything that may stand behind the address of a page.
 * @returns {SharedLink | null} null if it is not one that we write.
 */
function readLink(questions, fragment) {
  const match = fragment.length > MOST_LINK_CHARACTERS ? null : LINK.exec(fragment);
  if (!match) return null;
  const [, hash, outcome, answers] = match;
  const given = sure(answers).split("&").slice(1).map((pair) => {
    const [id, text] = /** @type {[string, string]} */ (pair.split("="));
    return /** @type {[string, unknown]} */ ([id, readValue(questions.get(id), text)]);
  });
  return { hash: sure(hash), outcome, given };
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
