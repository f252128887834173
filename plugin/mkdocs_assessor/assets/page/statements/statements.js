/*
 * Computes which statements hold, such as "settled", "outcome=cloud" and "open=residency". Parts of the page and lines
 * of the decision record show when their statements hold, filled in with texts and numbers. assessor/reports/record/markdown.py
 * does the same.
 */

import { eachDecision } from "../../core/assess.js";
import { sure } from "../../core/collections.js";
import { interpreterOf } from "../../core/queries/interpreter.js";
import { holds } from "../answers/arrivals.js";
import { exactly, isRange, likely, spanned } from "./numbers.js";
import { answersToGo, ruledOut } from "./outlook.js";

/** @import { Reading } from "../../core/assess.js" */
/** @import { AnswerSheet } from "../answers/answer_sheet.js" */

const MOST_NAMED = 3;
const MOST_CHANGES = 5;

/** A change of answers, and the outcomes that it would make possible. @typedef {{ outcomes: string[], set: Change[] }} Way */

/**
 * A decision, and what is said of it.
 * @typedef {{ of: string, decision: DecisionAssessment, reading: Reading }} Part
 */

/**
 * @typedef {object} Said
 * @property {AnswerSheet} sheet
 * @property {Map<string, string | true>} values What the page shows, by name: `true` for each statement that holds,
 *   the text of each "fill NAME", and for "question ID", "changes" and "estimates" what they depend on.
 * @property {Way[]} changes The smallest changes that would make other outcomes possible.
 */

/**
 * Return what the page shows of a sheet.
 * @param {AnswerSheet} sheet
 * @returns {Said}
 */
export function statementsOf(sheet) {
  // Not among them is an answer whose option the others do not offer.
  const { _answers: answers } = sheet._reading;
  const { _bundle: bundle, _phrases: phrases, _shownAssessment: shown, _shownReading: reading, _trial: trial } = sheet;
  const { actions, decisions, estimates, settled } = shown;
  /** @type {Said["values"]} */
  const values = new Map();
  const sayIf = (/** @type {string} */ what, /** @type {unknown} */ isSo) => isSo && values.set(what, true);
  const say = (/** @type {string} */ what, /** @type {string[]} */ ids) => {
    sayIf(what, ids.length);
    for (const id of ids) values.set(`${what}=${id}`, true);
  };
  const fill = (/** @type {string} */ name, /** @type {unknown} */ text) => values.set(`fill ${name}`, String(text));
  const titles = (/** @type {string[]} */ ids) => ids.map((id) => phrases[`outcome=${id}`]).join("; ");

  for (const notice of sheet._notices) values.set(notice, true);
  // What is said of a decision after the first starts with its id.
  /** @type {Part[]} */
  const parts = [{ of: "", decision: shown, reading }];
  for (const [place, { id }] of (bundle.decisions ?? []).entries()) {
    parts.push({ of: `${id}:`, decision: sure(decisions[id]), reading: sure(reading._later[place]) });
  }
  for (const { of, decision, reading: each } of parts) {
    const { gap, outcome, possible, reasons, settled: isSettled } = decision;
    const rules = isSettled ? decision.rules : [];
    const name = (/** @type {string} */ what, /** @type {string[]} */ ids) => {
      sayIf(of + what, ids.length);
      for (const id of ids) values.set(`${what}=${id}`, true);
    };
    sayIf(of + (isSettled ? "settled" : "unsettled"), true);
    name("outcome", outcome ? [outcome] : []);
    name("possible", isSettled ? [] : possible);
    name("turned-down", each._bundle.outcomes.filter((id) => !possible.includes(id)));
    sayIf(`${of}gap`, gap);
    sayIf(of + (possible.length > MOST_NAMED ? "many" : "few"), true);
    name("rule", rules);
    sayIf(of + (rules.length === 1 ? "because" : "because-one-of"), isSettled);
    sayIf(`${of}constant`, isSettled && !reasons.length);
    say(`${of}reason`, reasons);
    ruledOut(each, reasons).forEach((groups, position) => groups.forEach((outcomes, isTogether) => {
      if (!outcomes.length) return;
      const what = `${of}rules-out${isTogether ? "-together" : ""}=${reasons[position]}`;
      values.set(what, true);
      fill(what, titles(outcomes));
    }));
    fill(`${of}possible`, possible.length);
  }
  sayIf("trying", trial);
  fill("trying", trial?.text);
  // A later decision is named once it is settled: by its outcome alone if the first is settled, too.
  const settledLater = parts.slice(1).filter(({ decision }) => decision.settled);
  const said = settledLater.map(({ decision, of }) => (settled ? "; " : ` · ${phrases[`decision=${of.slice(0, -1)}`]}`) + titles(decision.possible));
  fill("titles", [titles(shown.possible), ...said].join(""));
  values.set("shares", JSON.stringify([...reading._answers]));
  // Passages follow the reader's own answers, also while others are tried.
  values.set("answers", JSON.stringify([...answers]));
  const isSettled = parts.every(({ decision }) => decision.settled);
  const ways = changesInOrder(parts);
  const changes = ways.slice(0, MOST_CHANGES);
  sayIf("change", changes.length);
  const isCut = parts.some(({ decision }) => Object.values(decision.changes).some((each) => each?.more));
  sayIf("more-changes", ways.length > MOST_CHANGES || isCut);
  sayIf("no-change", isSettled && !changes.length);
  sayIf("change-said", isSettled || changes.length);
  values.set("changes", JSON.stringify(changes));
  say("apply", actions.apply);
  sayIf("follows", settled || actions.apply.length);
  say("may-apply", actions.open);
  say("may-follow", settled ? actions.open : []);

  // The questions follow the reader's own answers, also while others are tried.
  const { _assessment: own } = sheet;
  const { irrelevant, matters, open, unasked } = own;
  const useful = new Set(Object.values(own.matters_to).flatMap((each) => Object.values(each)).flat());
  const asked = open.filter((id) => !unasked.includes(id));
  const wanted = asked.filter((id) => matters.includes(id) || useful.has(id) || answers.has(id));
  // Don't say that a question no longer matters if it never did.
  const { _ids: all, _later: later, _sections: sections } = interpreterOf(bundle);
  const deciding = [bundle, ...later].flatMap((one) => interpreterOf(one)._deciding);
  const moot = irrelevant.filter((id) => deciding.includes(all.indexOf(id)));
  say("open", wanted);
  // Where only what the reader doesn't know yet is left, more answers about an outcome cannot be asked for.
  const isOwnSettled = eachDecision(own).every((one) => one.settled);
  const isStuck = !isOwnSettled && (own.next === null || answers.has(own.next));
  const { _following: following } = reading;
  const { of: followed } = sure(parts.find((each) => each.reading === following));
  sayIf(`${followed}depends-on-unknown`, isStuck && !isSettled);
  const waiting = following._named(following._matters).filter((id) => answers.has(id));
  fill("unknown-names", waiting.map((id) => phrases[`name=${id}`]).join("; "));
  // Then it is said of the question that comes next that it shapes only what to do and what it costs.
  const unanswered = wanted.filter((id) => !answers.has(id));
  const isDone = isOwnSettled || isStuck;
  const next = isDone ? unanswered[0] : String(own.next);
  sayIf(isDone ? "next-shapes" : "next-decides", next);
  fill("next-shapes", unanswered.length);
  values.set("next", next ?? "");
  fill("next", phrases[`question=${next}`]);
  values.set("guide", values.has("next-decides") ? `${sheet._last} ${next}` : sheet._last);
  if (!isSettled && !isStuck) {
    sayIf(`${followed}to-go`, true);
    fill("to-go", answersToGo(following, phrases));
  }
  say("unasked", unasked);
  for (const { id, offered = {} } of bundle.questions) {
    for (const option in offered) sayIf(`option=${id}=${option}`, !own.unoffered[id]?.includes(option));
  }
  const withheld = [...sheet._answers].filter(([id, answer]) => answer !== null && !answers.has(id));
  say("withheld", withheld.map(([id, answer]) => `${id}=${answer}`));
  fill("withheld", withheld.map(([id, answer]) => `${phrases[`question=${id}`]} ${phrases[`${id}=${answer}`]}`).join("; "));
  const idle = moot.filter((id) => !useful.has(id));
  const isReason = (/** @type {string} */ id) => parts.some(({ decision }) => decision.reasons.includes(id));
  say("idle", idle);
  fill("idle", idle.length);
  for (const { id } of bundle.questions) {
    const answer = answers.get(id);
    say("known", (answer ?? null) !== null && !isReason(id) ? [id] : []);
    say((answer ?? null) !== null ? "answered" : moot.includes(id) ? "moot" : answer === null ? "unknown" : "unanswered", [id]);
    values.set(`question ${id}`, `${JSON.stringify(answer)} ${JSON.stringify(trial?.answers.get(id))} ${idle.includes(id)} ${unasked.includes(id)} ${sheet._turn}`);
  }
  const answeredIn = sections.filter((_, question) => (answers.get(String(all[question])) ?? null) !== null);
  bundle.sections.forEach((_, section) => {
    const count = answeredIn.filter((each) => each === section).length;
    sayIf(`section=${section}`, count);
    fill(`section=${section}`, count);
    const here = wanted.filter((id) => sections[all.indexOf(id)] === section);
    sayIf(`section-moot=${section}`, !count && here.length && !here.some((id) => matters.includes(id)));
  });

  values.set("estimates", JSON.stringify(estimates));
  const last = sheet._said.values;
  // Formatting numbers for a language is slow, so reuse the texts if nothing changed.
  const isSame = last.get("estimates") === values.get("estimates");
  for (const { id } of bundle.estimates) {
    const estimate = estimates[id];
    say("estimate", estimate ? [id] : []);
    say("assumed", estimate?.assumed ?? []);
    sayIf(`ranged=${id}`, estimate && isRange(estimate.low, estimate.high));
    const below = phrases[`below=${id}`];
    for (const [name, write] of /** @type {const} */ ([
      [`likely=${id}`, (/** @type {AssessedEstimate} */ each) => likely(each, sheet._language, below)],
      [`range=${id}`, (/** @type {AssessedEstimate} */ each) => spanned(each, sheet._language, phrases, below)],
    ])) {
      fill(name, isSame ? last.get(`fill ${name}`) : estimate ? write(estimate) : "–");
    }
  }
  for (const [id, { terms, ...whole }] of Object.entries(shown.scores)) {
    fill(`points=${id}`, exactly(whole, sheet._language, phrases));
    terms.forEach((each, place) => fill(`term=${id}-${place}`, exactly(each, sheet._language, phrases)));
  }
  sayIf("local", location.protocol === "file:");
  sayIf("unsaved", !sheet._isKept);
  sayIf("reworded", sheet._reworded.size);
  fill("reworded", [...sheet._reworded].map(([id, [answer]]) => `${phrases[`question=${id}`]} ${phrases[`${id}=${answer}`] ?? answer}`).join("; "));
  const before = sheet._before?.answers;
  const isCase = sheet._case;
  const isUndoable = !isCase && (before?.size || sheet._notices.has("arrived")) && before && !holds(sheet, before);
  say("case", isCase ? [isCase] : []);
  fill("case", phrases[`case=${isCase}`]);
  say("done", [...sheet._done]);
  sayIf("undoable", isUndoable);
  sayIf(sheet._answers.size ? "replaced" : "cleared", isUndoable && before.size);
  const answered = bundle.questions.length - open.length;
  fill("answered", answered);
  const unknown = open.filter((id) => answers.has(id)).length;
  sayIf("some-unknown", unknown);
  fill("unknown", unknown);
  fill("asked", answered + asked.length);
  // A link may name anything: as code, it is no markup.
  fill("dropped", sheet._dropped.map((id) => `\`${id.replaceAll("`", "")}\``).join(", "));
  return { sheet, values, changes };
}

/**
 * Return the names whose values differ.
 * @param {Said["values"]} before
 * @param {Said["values"]} after
 * @returns {string[]}
 */
export function changedNames(before, after) {
  const changed = [...after.keys()].filter((name) => before.get(name) !== after.get(name));
  for (const name of before.keys()) if (!after.has(name)) changed.push(name);
  return changed;
}

/**
 * Return the titles of outcomes; those of a decision after the first stand after its title.
 * @param {AnswerSheet} sheet
 * @param {string[]} ids
 */
export function titlesByDecision({ _bundle: bundle, _phrases: phrases }, ids) {
  const each = [{ id: "", outcomes: bundle.outcomes }, ...(bundle.decisions ?? [])].flatMap(({ id, outcomes }) => {
    const titles = ids.filter((outcome) => outcomes.includes(outcome)).map((outcome) => phrases[`outcome=${outcome}`]);
    return titles.length ? (phrases[`decision=${id}`] ?? "") + titles.join("; ") : [];
  });
  return each.join(" · ");
}

/**
 * Return the changes that would make other outcomes possible, the smallest first. Among these, each outcome's first comes
 * before any second, and the decisions take turns.
 * @param {Part[]} parts
 * @returns {Way[]}
 */
function changesInOrder(parts) {
  const inOrder = parts
    .flatMap(({ decision, reading }) => reading._bundle.outcomes.map((outcome, place) => ({ outcome, change: decision.changes[outcome], place })))
    .flatMap(({ outcome, change, place }) => (change?.sets ?? []).map((set, rank) => ({ outcome, set, rank, place })))
    .sort((a, b) => a.set.length - b.set.length || a.rank - b.rank || a.place - b.place);
  /** @type {Map<string, Way>} */
  const ways = new Map();
  for (const { outcome, set } of inOrder) {
    const key = JSON.stringify(set);
    ways.set(key, { outcomes: [...(ways.get(key)?.outcomes ?? []), outcome], set });
  }
  return [...ways.values()];
}
