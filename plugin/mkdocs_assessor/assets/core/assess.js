/*
 * Assesses answers, complete or not, by a bundle. A file of this folder follows the file of the same name in
 * assessor/assessment/, reads the same bundle and touches no page. collections.js serves them all; complete.js adds what pages
 * do not show, with counting.js and diagram.js.
 */

import { ChangeFinder } from "./changes.js";
import { range, record, sure } from "./collections.js";
import { estimate } from "./estimates.js";
import { nextQuestion } from "./information.js";
import { cellOf, interpreterOf } from "./interpreter.js";
import { assessScore } from "./points.js";
import { sufficientReason } from "./reasons.js";
import { Restriction } from "./restriction.js";

/** One set of answers to the questions of a bundle. */
export class Reading {
  /** @param {Bundle} bundle @param {Map<string, Answer>} answers Each fits its question; null means "I don't know". */
  constructor(bundle, answers) {
    this._bundle = bundle;
    this._answers = answers;
    this._interpreter = interpreterOf(bundle);
    this._cells = bundle.questions.map((question) => cellOf(question, answers.get(question.id) ?? null));
    this._restriction = new Restriction(this._interpreter, this._cells);
  }

  /** @returns {PageAssessment} The part of an assessment that pages show. */
  _assessment() {
    const { _answers: answers, _bundle: bundle, _cells: cells, _interpreter: interpreter, _restriction: restriction } = this;
    const { actions, estimates, outcomes, questions, roots, rules, scores = [] } = bundle;
    const { leaves, questions: matters } = restriction._about(roots.outcome);
    const first = sure(leaves[0]);
    const settled = leaves.length === 1 && first < outcomes.length;
    const possible = leaves.flatMap((leaf) => outcomes[leaf] ?? []);
    const open = range(cells.length).filter((question) => cells[question] === null);
    const unasked = range(cells.length).filter((question) => {
      const asked = questions[question]?.asked;
      return asked !== undefined && restriction._truth(asked) !== true;
    });
    const unknown = open.filter((question) => answers.get(sure(interpreter._ids[question])) === null);
    const next = nextQuestion(restriction, matters, unasked, unknown);
    const named = this._named.bind(this);
    const reason = (/** @type {number} */ root, leaf = 0) => named(sufficientReason(interpreter, root, leaf, cells));
    return {
      ruleset: bundle.ruleset,
      outcome: settled ? sure(possible[0]) : null,
      settled,
      possible,
      gap: leaves.includes(outcomes.length),
      // Computed when read: pages name them only once the outcome is settled, and then this takes no time.
      get rules() {
        return restriction._about(roots.rule).leaves.flatMap((rule) => rules[rule]?.id ?? []);
      },
      actions: { apply: this._those(actions, true), open: this._those(actions, null) },
      estimates: record(estimates, (each) => estimate(bundle, each, answers)),
      scores: record(scores, (each) => assessScore(each, restriction)),
      open: named(open),
      unasked: named(unasked),
      matters: named(matters),
      irrelevant: named(open.filter((question) => !matters.includes(question))),
      matters_to: { actions: this._deciding(actions) },
      reasons: settled ? reason(roots.outcome, first) : [],
      // Computed when read: only decision records use it, and ticks should not wait for it.
      get ruled_out() {
        return record(rules.filter(({ root }) => restriction._truth(root) === false), ({ root }) => reason(root));
      },
      changes: Object.fromEntries(
        outcomes.flatMap((id, leaf) =>
          leaves.includes(leaf) ? [] : [[id, new ChangeFinder(interpreter, leaf, cells)._find()]],
        ),
      ),
      next: next === undefined ? null : sure(interpreter._ids[next]),
    };
  }

  /** Return the ids of questions. @param {number[]} questions */
  _named(questions) {
    return questions.map((question) => sure(this._interpreter._ids[question]));
  }

  /** Return the ids of the conditions with a truth value; null means undecided. @param {BundleCondition[]} conditions @param {boolean | null} truth */
  _those(conditions, truth) {
    return conditions.filter(({ root }) => this._restriction._truth(root) === truth).map(({ id }) => id);
  }

  /** Return, for each undecided condition, the open questions that can still decide it. @param {BundleCondition[]} conditions */
  _deciding(conditions) {
    const open = conditions.filter(({ root }) => this._restriction._truth(root) === null);
    return record(open, ({ root }) => this._named(this._restriction._about(root).questions));
  }
}
