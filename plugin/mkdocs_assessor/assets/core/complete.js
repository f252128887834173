/* Adds what pages don't show to an assessment. */

import { Reading } from "./assess.js";
import { record, sure } from "./collections.js";
import { countCombinations } from "./counting.js";
import { diagramOf } from "./diagram.js";
import { accepts, byEveryId, present } from "./interpreter.js";
import { remaining } from "./remaining.js";

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
  const { _restriction: restriction } = reading;
  const { outcome: root } = bundle.roots;
  const { ruleset, outcome, settled, possible, gap, rules, actions, estimates, scores, open, ...rest } = reading._assessment();
  const diagram = diagramOf(restriction, root);
  const counts = countCombinations(restriction, diagram, bundle.outcomes.length);
  // The keys are in Python's order, so that the JSON is the same text.
  return {
    ruleset,
    hash: bundle.hash,
    outcome,
    settled,
    possible,
    gap,
    rule: rules.length === 1 && !gap ? sure(rules[0]) : null,
    rules,
    actions,
    criteria: record(bundle.criteria, (criterion) => restriction._truth(criterion.root)),
    estimates,
    scores,
    open,
    unknown: open.filter((id) => given.get(id) === null),
    ...rest,
    matters_to: { actions: rest.matters_to.actions, criteria: reading._deciding(bundle.criteria) },
    remaining: remaining(restriction, diagram, root),
    counts: Object.fromEntries(bundle.outcomes.map((id, leaf) => [id, String(counts[leaf])])),
  };
}
