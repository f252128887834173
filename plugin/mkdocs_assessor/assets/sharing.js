"use strict";
/* Answers as the fragment of a link: #assessor=<rule set>.<8 digits of its hash>[.<outcome>]&<question>=<answer>… */

// Longer ones are cut by chats and mail programs.
const MOST_LINK_CHARACTERS = 1_500;
const LINK = /^#assessor=([a-z\d-]+)\.([\da-f]{8})(?:\.([a-z\d-]+))?((?:&[\w-]+=[\w.+-]*)*)$/;
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;

/**
 * @typedef {object} SharedLink
 * @property {string} hash The first digits of the hash of the rules that it was made with.
 * @property {string | undefined} outcome What those rules said, if that was settled.
 * @property {[string, unknown][]} given Answers by question, as they were written; nothing is looked up yet.
 */

/**
 * @param {Bundle} bundle
 * @param {Map<string, Answer>} answers
 * @returns {[string, Answer][]} The answers in the order of the questions.
 */
function ordered(bundle, answers) {
  return bundle.questions.flatMap(({ id }) => {
    const answer = answers.get(id);
    return answer === undefined ? [] : [/** @type {[string, Answer]} */ ([id, answer])];
  });
}

/**
 * @param {AnswerSheet} sheet
 * @returns {string} The fragment for the answers.
 */
function writeLink({ bundle, answers, assessment }) {
  const given = ordered(bundle, answers).map(([id, answer]) => `&${id}=${answer ?? ""}`);
  const outcome = assessment.outcome ? `.${assessment.outcome}` : "";
  return `#assessor=${bundle.ruleset}.${bundle.hash.slice(0, 8)}${outcome}${given.join("")}`;
}

/**
 * @param {Bundle} bundle
 * @param {string} fragment Anything that may stand behind the address of a page.
 * @returns {SharedLink | null} null if it is not one that we write.
 */
function readLink(bundle, fragment) {
  const match = fragment.length > MOST_LINK_CHARACTERS ? null : LINK.exec(fragment);
  if (!match) return null;
  const kinds = new Map(bundle.questions.map(({ id, kind }) => [id, kind]));
  const given = String(match[4]).split("&").slice(1).map((each) => {
    const [id = "", text = ""] = each.split("=");
    return /** @type {[string, unknown]} */ ([id, readValue(kinds.get(id), text)]);
  });
  return { hash: String(match[2]), outcome: match[3], given };
}

/**
 * @param {string | undefined} kind
 * @param {string} text
 * @returns {unknown} The answer, or undefined if it cannot be one.
 */
function readValue(kind, text) {
  if (!text) return null;
  if (kind === "yes-no") return text === "true" || (text !== "false" && undefined);
  if (kind === "number") return NUMBER.test(text) ? Number(text) : undefined;
  return text;
}
