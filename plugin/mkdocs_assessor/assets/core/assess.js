/*
 * Assesses answers, complete or not, by a bundle. A file of this folder follows the file of the same name in
 * assessor/assessment/, reads the same bundle and touches no page. collections.js serves them all; complete.js adds what pages
 * do not show, with counting.js and diagram.js.
 */

import { ChangeFinder } from "./queries/changes.js";
import { range, record, sure } from "./collections.js";
import { estimate, neededFor } from "./estimates.js";
import { askable, nextQuestion } from "./queries/information.js";
import { interpreterOf } from "./queries/interpreter.js";
import { assessScore } from "./points.js";
import { sufficientReason } from "./queries/reasons.js";
import { Restriction } from "./queries/restriction.js";

/** @import { Interpreter } from "./queries/interpreter.js" */

/**
 * Return the answers that count: those without an option that is not offered.
 * @param {Interpreter} interpreter
 * @param {Map<string, Answer>} answers
 * @param {Cells} cells
 */
function counting({ _ids: ids, _offered: offered }, answers, cells) {
  if (!offered.size) return answers;
  return new Map([...answers].filter(([id, answer]) => answer === null || cells[ids.indexOf(id)] !== null));
}

/**
 * Return what an assessment says of each decision, in order; the first is beside the others.
 * @param {PageAssessment} assessment
 * @returns {Pick<DecisionAssessment, "outcome" | "settled" | "ruled_out">[]}
 */
export function eachDecision(assessment) {
  return [assessment, ...Object.values(assessment.decisions)];
}

/** One set of answers to the questions of a bundle. */
export class Reading {
  /** @param {Bundle} bundle @param {Map<string, Answer>} answers Each fits its question; null means "I don't know". */
  constructor(bundle, answers) {
    this._bundle = bundle;
    this._interpreter = interpreterOf(bundle);
    this._cells = this._interpreter._cellsOf(answers);
    this._answers = counting(this._interpreter, answers, this._cells);
    this._restriction = new Restriction(this._interpreter, this._cells);
    /** The reading of the answers for each decision after the first. @type {Reading[]} */
    this._later = this._interpreter._later.map((each) => new Reading(each, answers));
  }

  /** @returns {PageAssessment} The part of an assessment that pages show. */
  _assessment() {
    const { _answers: answers, _bundle: bundle, _cells: cells, _later: later, _restriction: restriction } = this;
    const { actions, decisions = [], estimates, scores = [] } = bundle;
    const open = range(cells.length).filter((question) => cells[question] === null);
    const readings = [this, ...later];
    const all = readings.flatMap((each) => each._matters);
    const matters = open.filter((question) => all.includes(question));
    const first = this._decision();
    return {
      ruleset: bundle.ruleset,
      outcome: first.outcome,
      settled: first.settled,
      possible: first.possible,
      gap: first.gap,
      get rules() {
        return first.rules;
      },
      actions: { apply: this._those(actions, true), open: this._those(actions, null) },
      estimates: record(estimates, (each) => estimate(each, restriction, answers)),
      scores: record(scores, (each) => assessScore(each, restriction)),
      open: this._named(open),
      unasked: this._named(this._unasked),
      unoffered: Object.fromEntries(this._unoffered),
      matters: this._named(matters),
      irrelevant: this._named(open.filter((question) => !matters.includes(question))),
      matters_to: { actions: this._deciding(actions), estimates: this._estimating() },
      reasons: first.reasons,
      get ruled_out() {
        return first.ruled_out;
      },
      changes: first.changes,
      next: this._following._next(),
      decisions: Object.fromEntries(later.map((each, place) => [sure(decisions[place]).id, each._decision()])),
    };
  }

  /** Return, for each estimate, the open questions that can still change it. */
  _estimating() {
    /** @type {Record<string, string[]>} */
    const found = {};
    for (const each of this._bundle.estimates) {
      const needed = this._named(neededFor(each, this._restriction, this._answers));
      if (needed.length) found[each.id] = needed;
    }
    return found;
  }

  /** The reading for the decision to ask for: the first that is open and not left to "I don't know". @returns {Reading} */
  get _following() {
    const undecided = [this, ...this._later].filter((each) => each._matters.length);
    const isLeft = (/** @type {Reading} */ each) => each._named(askable(each._matters, each._unasked)).every((id) => each._answers.has(id));
    return undecided.find((each) => !isLeft(each)) ?? undecided[0] ?? this;
  }

  /** @returns {DecisionAssessment} What pages show of this decision alone. */
  _decision() {
    const { _bundle: { outcomes, roots, rules }, _cells: cells, _interpreter: interpreter, _restriction: restriction } = this;
    const { leaves } = restriction._about(roots.outcome);
    const first = sure(leaves[0]);
    const settled = leaves.length === 1 && first < outcomes.length;
    const possible = leaves.flatMap((leaf) => outcomes[leaf] ?? []);
    const reason = (/** @type {number} */ root, leaf = 0) => this._named(sufficientReason(interpreter, root, leaf, cells));
    return {
      outcome: settled ? sure(possible[0]) : null,
      settled,
      possible,
      gap: leaves.includes(outcomes.length),
      // Computed when read: pages name them only once the outcome is settled, and then this takes no time.
      get rules() {
        return restriction._about(roots.rule).leaves.flatMap((rule) => rules[rule]?.id ?? []);
      },
      matters: this._named(this._matters),
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
    };
  }

  /** The open questions that can still change the outcome. */
  get _matters() {
    return this._restriction._about(this._bundle.roots.outcome).questions;
  }

  /** The questions whose `asked_when` does not hold yet. */
  get _unasked() {
    return range(this._cells.length).filter((question) => {
      const asked = this._bundle.questions[question]?.asked;
      return asked !== undefined && this._restriction._truth(asked) !== true;
    });
  }

  /** For each choice, the options that are not offered, or not yet. @returns {[string, string[]][]} */
  get _unoffered() {
    const { _bundle: { questions }, _interpreter: { _ids: ids, _offered: offered }, _restriction: restriction } = this;
    return [...offered].flatMap(([question, roots]) => {
      const options = [...roots].filter(([, root]) => !restriction._truth(root)).map(([cell]) => sure(questions[question]?.options?.[cell]));
      return options.length ? [/** @type {[string, string[]]} */ ([sure(ids[question]), options])] : [];
    });
  }

  /** Return the question to ask now, for this decision. @returns {string | null} */
  _next() {
    const { _answers: answers, _interpreter: { _ids: ids }, _restriction: restriction } = this;
    const unknown = this._matters.filter((question) => answers.get(sure(ids[question])) === null);
    const next = nextQuestion(restriction, this._matters, this._unasked, unknown);
    return next === undefined ? null : sure(ids[next]);
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
