"use strict";
/*
 * What a bundle says of answers, complete or not. The decision logic reads the same bundle as assessor/assessment.py, in
 * the same way, and touches no page.
 */

/** One set of answers, held against a bundle. */
class Reading {
  /**
   * @param {Bundle} bundle
   * @param {Record<string, Answer>} answers A question that is missing is as open as one whose answer is null.
   * @throws {RangeError} If there is no such question, or an answer does not fit its question.
   */
  constructor(bundle, answers) {
    this.bundle = bundle;
    this.interpreter = interpreters.get(bundle) ?? new Interpreter(bundle);
    interpreters.set(bundle, this.interpreter);
    this.answers = new Map(Object.entries(answers));
    for (const [id, answer] of this.answers) {
      const question = this.interpreter.questions.get(id);
      if (!question) throw new RangeError(`there is no question "${id}"`);
      if (!accepts(question, answer ?? null)) {
        const shown = typeof answer === "object" ? "an object" : String(answer);
        throw new RangeError(`question "${id}" cannot be answered with ${shown}`);
      }
    }
    this.cells = bundle.questions.map((question) => cellOf(question, this.answers.get(question.id) ?? null));
    /** The outcomes, as leaves of the diagram. */
    this.leaves = bundle.outcomes.map((id, leaf) => ({ id, leaf }));
    this.restriction = new Restriction(this.interpreter, this.cells);
  }

  /** @returns {PageAssessment} What pages show of an assessment. */
  assessment() {
    const { answers, bundle, cells, interpreter, restriction } = this;
    const root = bundle.roots.outcome;
    const gapLeaf = bundle.outcomes.length;
    const outcomes = restriction.leaves(root);
    const first = sure(outcomes[0]);
    const settled = outcomes.length === 1 && first !== gapLeaf;
    const open = range(cells.length).filter((question) => cells[question] === null);
    const unasked = range(cells.length).filter((question) => {
      const asked = bundle.questions[question]?.asked;
      return asked !== undefined && restriction.truth(asked) !== true;
    });
    const matters = restriction.support(root);
    const unknown = open.filter((question) => answers.get(sure(interpreter.ids[question])) === null);
    const next = nextQuestion(restriction, matters, unasked, unknown);
    const reason = this.reason.bind(this);
    return {
      ruleset: bundle.ruleset,
      outcome: settled ? String(bundle.outcomes[first]) : null,
      settled,
      possible: outcomes.flatMap((outcome) => bundle.outcomes[outcome] ?? []),
      gap: outcomes.includes(gapLeaf),
      // A page names them only once the outcome is settled, when they take no time.
      get rules() {
        return restriction.leaves(bundle.roots.rule).flatMap((rule) => bundle.rules[rule]?.id ?? []);
      },
      actions: {
        apply: bundle.actions.filter(({ root: action }) => restriction.truth(action) === true).map(({ id }) => id),
        open: bundle.actions.filter(({ root: action }) => restriction.truth(action) === null).map(({ id }) => id),
      },
      estimates: record(bundle.estimates, (each) => estimate(bundle, each, answers)),
      open: this.named(open),
      unasked: this.named(unasked),
      matters: this.named(matters),
      irrelevant: this.named(open.filter((question) => !matters.includes(question))),
      matters_to: { actions: this.deciding(bundle.actions) },
      reasons: settled ? reason(root, first) : [],
      // Decision records alone ask for it, and a tick need not wait for it.
      get ruled_out() {
        const refuted = bundle.rules.filter((rule) => restriction.truth(rule.root) === false);
        return record(refuted, (rule) => reason(rule.root, 0));
      },
      changes: record(
        this.leaves.filter(({ leaf }) => !outcomes.includes(leaf)),
        ({ leaf }) => new ChangeFinder(interpreter, root, leaf, cells).find(),
      ),
      next: next === null ? null : sure(interpreter.ids[next]),
    };
  }

  /** @param {number[]} questions */
  named(questions) {
    return questions.map((question) => sure(this.interpreter.ids[question]));
  }

  /** Return the open questions that can still decide each of the conditions that are open. @param {BundleCondition[]} conditions */
  deciding(conditions) {
    const open = conditions.filter(({ root }) => this.restriction.truth(root) === null);
    return record(open, ({ root }) => this.named(this.restriction.support(root)));
  }

  /** @param {number} root @param {number} leaf */
  reason(root, leaf) {
    return this.named(sufficientReason(this.interpreter, root, leaf, this.cells));
  }
}
