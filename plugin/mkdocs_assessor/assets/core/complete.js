/* Adds what pages don't show to an assessment. */

import { Reading } from "./assess.js";
import { record, sure } from "./collections.js";
import { countCombinations } from "./counting.js";
import { diagramOf } from "./diagram.js";
import { accepts } from "./interpreter.js";
import { remaining } from "./remaining.js";

/**
 * Assess answers.
 * @param {Bundle} bundle
 * @param {Record<string, Answer>} answers A missing question is as open as one whose answer is null.
 * @returns {Assessment}
 * @throws {RangeError} If a question does not exist or an answer does not fit its question.
 */
export function assess(bundle, answers) {
  const given = new Map(Object.entries(answers));
  const strange = new Set(given.keys());
  for (const question of bundle.questions) {
    const answer = given.get(question.id) ?? null;
    strange.delete(question.id);
    if (!accepts(question, answer)) {
      const shown = typeof answer === "object" ? "an object" : String(answer);
      throw new RangeError(`question "${question.id}" cannot be answered with ${shown}`);
    }
  }
  for (const id of strange) throw new RangeError(`there is no question "${id}"`);
  const reading = new Reading(bundle, given);
  const { _restriction: restriction } = reading;
  const { outcome: root } = bundle.roots;
  const { ruleset, outcome, settled, possible, gap, rules, actions, estimates, open, ...rest } = reading._assessment();
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
    open,
    unknown: open.filter((id) => answers[id] === null),
    ...rest,
    matters_to: { actions: rest.matters_to.actions, criteria: reading._deciding(bundle.criteria) },
    remaining: remaining(restriction, diagram, root),
    counts: Object.fromEntries(bundle.outcomes.map((id, leaf) => [id, String(counts[leaf])])),
  };
}
