"use strict";
/* All that an assessment says: what pages show, and what they have no use for. */

/**
 * Assess answers.
 * @param {Bundle} bundle
 * @param {Record<string, Answer>} answers A question that is missing is as open as one whose answer is null.
 * @returns {Assessment}
 * @throws {RangeError} If there is no such question, or an answer does not fit its question.
 */
function assess(bundle, answers) {
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
  const { restriction } = reading;
  const { outcome: root } = bundle.roots;
  const { ruleset, outcome, settled, possible, gap, rules, actions, estimates, open, ...rest } = reading.assessment();
  const diagram = diagramOf(restriction, root);
  const counts = countCombinations(restriction, diagram, bundle.outcomes.length);
  // The order of the keys is that of Python, so that the JSON is the same text.
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
    criteria: record(bundle.criteria, (criterion) => restriction.truth(criterion.root)),
    estimates,
    open,
    unknown: open.filter((id) => answers[id] === null),
    ...rest,
    matters_to: { actions: rest.matters_to.actions, criteria: reading.deciding(bundle.criteria) },
    remaining: remaining(restriction, diagram, root),
    counts: Object.fromEntries(bundle.outcomes.map((id, leaf) => [id, String(counts[leaf])])),
  };
}

const api = { accepts, assess };
// Not by its being there alone: a heading whose id is "module" is a global, too.
if (typeof module === "object" && "exports" in module) module.exports = api;
else Reflect.set(globalThis, "assessor", api);
