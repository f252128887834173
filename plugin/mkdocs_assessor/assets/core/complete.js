/* Adds what pages don't show to an assessment. */

import { Reading } from "./assess.js";
import { record, sure } from "./collections.js";
import { countCombinations } from "./counting.js";
import { diagramOf } from "./diagram.js";
import { accepts, byEveryId, present } from "./queries/interpreter.js";
import { remaining } from "./queries/remaining.js";

const BUNDLE_VERSION = 2;

/**
 * Assess answers.
 * @param {Bundle} bundle
 * @param {Record<string, Answer>} answers A missing question is as open as one whose answer is null. Old ids are taken over,
 *   and answers with retired options left out.
 * @returns {Assessment}
 * @throws {RangeError} If the bundle has another version, a question does not exist or an answer does not fit its question.
 */
export function assess(bundle, answers) {
  if (bundle.version !== BUNDLE_VERSION) {
    throw new RangeError(
      `the bundle has version ${bundle.version}, and this core.js reads version ${BUNDLE_VERSION}; write both with the same ` +
        'version of mkdocs-assessor: run "assessor bundle", and copy its core.js',
    );
  }
  const questions = byEveryId(bundle.questions);
  /** @type {Map<string, Answer>} */
  const given = new Map();
  for (const [name, old] of Object.entries(answers)) {
    const question = questions.get(name);
    if (!question) throw new RangeError(`there is no question "${name}"`);
    const { id, retired = [] } = question;
    const answer = present(question, old ?? null);
    if (given.has(id)) throw new RangeError(`question "${id}" is answered twice`);
    if (retired.some((option) => option === answer)) continue;
    if (!accepts(question, answer)) {
      const shown = typeof answer === "object" ? "an object" : String(answer);
      throw new RangeError(`question "${id}" cannot be answered with ${shown}`);
    }
    given.set(id, answer);
  }
  const reading = new Reading(bundle, given);
  const { _following: following, _later: later, _restriction: restriction } = reading;
  const { ruleset, outcome, settled, possible, gap, rules, actions, estimates, scores, open, decisions, ...rest } = reading._assessment();
  // The keys are in Python's order, so that the JSON is the same text.
  const assessment = {
    ruleset,
    hash: bundle.hash,
    outcome,
    settled,
    possible,
    gap,
    rule: onlyOf(rules, gap),
    rules,
    actions,
    criteria: record(bundle.criteria, (criterion) => restriction._truth(criterion.root)),
    estimates,
    scores,
    open,
    unknown: open.filter((id) => reading._answers.get(id) === null),
    ...rest,
    matters_to: { actions: rest.matters_to.actions, criteria: reading._deciding(bundle.criteria), estimates: rest.matters_to.estimates },
    remaining: remainingOf(following),
    counts: countsOf(reading),
  };
  if (!later.length) return assessment;
  const parts = Object.entries(decisions).map(([id, decision], place) => [id, completed(decision, sure(later[place]))]);
  return { ...assessment, decisions: Object.fromEntries(parts) };
}

/** @param {DecisionAssessment} decision @param {Reading} reading @returns {CompleteDecision} */
function completed({ outcome, settled, possible, gap, rules, ...rest }, reading) {
  const rule = onlyOf(rules, gap);
  const outlook = { next: reading._next(), remaining: remainingOf(reading), counts: countsOf(reading) };
  return { outcome, settled, possible, gap, rule, rules, ...rest, ...outlook };
}

/** @param {string[]} rules @param {boolean} gap */
function onlyOf(rules, gap) {
  return rules.length === 1 && !gap ? sure(rules[0]) : null;
}

/** @param {Reading} reading */
function remainingOf({ _bundle: { roots }, _restriction: restriction }) {
  return remaining(restriction, diagramOf(restriction, roots.outcome), roots.outcome);
}

/** Return how many combinations lead to each outcome, as digits. @param {Reading} reading @returns {Record<string, string>} */
function countsOf({ _bundle: { outcomes, roots }, _restriction: restriction }) {
  const counts = countCombinations(restriction, diagramOf(restriction, roots.offered ?? roots.outcome), outcomes.length);
  return Object.fromEntries(outcomes.map((id, leaf) => [id, String(counts[leaf])]));
}
