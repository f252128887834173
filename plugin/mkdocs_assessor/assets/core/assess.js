"use strict";
/*
 * What a bundle says of answers, complete or not. The decision logic reads the same bundle as assessor/assessment/assess.py, in
 * the same way, and touches no page.
 */

/** One set of answers, held against a bundle. */
class Reading {
  /** @param {Bundle} bundle @param {Map<string, Answer>} answers Each fits its question; one that is missing is null. */
  constructor(bundle, answers) {
    this.bundle = bundle;
    this.answers = answers;
    this.interpreter = interpreterOf(bundle);
    this.cells = bundle.questions.map((question) => cellOf(question, answers.get(question.id) ?? null));
    this.restriction = new Restriction(this.interpreter, this.cells);
  }

  /** @returns {PageAssessment} What pages show of an assessment. */
  assessment() {
    const { answers, bundle, cells, interpreter, restriction } = this;
    const { actions, estimates, outcomes, questions, roots, rules } = bundle;
    const { leaves, questions: matters } = restriction.about(roots.outcome);
    const first = sure(leaves[0]);
    const settled = leaves.length === 1 && first < outcomes.length;
    const possible = leaves.flatMap((leaf) => outcomes[leaf] ?? []);
    const open = range(cells.length).filter((question) => cells[question] === null);
    const unasked = range(cells.length).filter((question) => {
      const asked = questions[question]?.asked;
      return asked !== undefined && restriction.truth(asked) !== true;
    });
    const unknown = open.filter((question) => answers.get(sure(interpreter.ids[question])) === null);
    const next = nextQuestion(restriction, matters, unasked, unknown);
    const named = this.named.bind(this);
    const reason = (/** @type {number} */ root, leaf = 0) => named(sufficientReason(interpreter, root, leaf, cells));
    return {
      ruleset: bundle.ruleset,
      outcome: settled ? sure(possible[0]) : null,
      settled,
      possible,
      gap: leaves.includes(outcomes.length),
      // A page names them only once the outcome is settled, when they take no time.
      get rules() {
        return restriction.about(roots.rule).leaves.flatMap((rule) => rules[rule]?.id ?? []);
      },
      actions: { apply: this.those(actions, true), open: this.those(actions, null) },
      estimates: record(estimates, (each) => estimate(bundle, each, answers)),
      open: named(open),
      unasked: named(unasked),
      matters: named(matters),
      irrelevant: named(open.filter((question) => !matters.includes(question))),
      matters_to: { actions: this.deciding(actions) },
      reasons: settled ? reason(roots.outcome, first) : [],
      // Decision records alone ask for it, and a tick need not wait for it.
      get ruled_out() {
        return record(rules.filter(({ root }) => restriction.truth(root) === false), ({ root }) => reason(root));
      },
      changes: Object.fromEntries(
        outcomes.flatMap((id, leaf) =>
          leaves.includes(leaf) ? [] : [[id, new ChangeFinder(interpreter, leaf, cells).find()]],
        ),
      ),
      next: next === undefined ? null : sure(interpreter.ids[next]),
    };
  }

  /** @param {number[]} questions */
  named(questions) {
    return questions.map((question) => sure(this.interpreter.ids[question]));
  }

  /** Return which conditions hold, or do not, or are open. @param {BundleCondition[]} conditions @param {boolean | null} truth */
  those(conditions, truth) {
    return conditions.filter(({ root }) => this.restriction.truth(root) === truth).map(({ id }) => id);
  }

  /** Return the open questions that can still decide each of the conditions that are open. @param {BundleCondition[]} conditions */
  deciding(conditions) {
    const open = conditions.filter(({ root }) => this.restriction.truth(root) === null);
    return record(open, ({ root }) => this.named(this.restriction.about(root).questions));
  }
}
