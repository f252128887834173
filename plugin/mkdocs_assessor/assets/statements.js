"use strict";
/*
 * What holds, as statements such as "settled", "outcome=cloud" and "open=residency", under which parts of the page and
 * lines of the decision record are shown; and the numbers that are filled into them. assessor/records.py says the same.
 */

const MOST_NAMED = 3;
const MOST_CHANGES = 5;

/**
 * @typedef {object} Said
 * @property {AnswerSheet} sheet
 * @property {Set<string>} holds
 * @property {Map<string, string>} fills
 * @property {{ outcome: string, set: Change[] }[]} changes The smallest that would make another outcome possible.
 */

/**
 * @param {AnswerSheet} sheet
 * @returns {Said}
 */
function statementsOf(sheet) {
  const { answers, assessment, bundle, deciding, dropped, language, notices, phrases } = sheet;
  const { actions, estimates, gap, irrelevant, matters, open, outcome, possible, ruled_out, rules, settled, unasked } =
    assessment;
  const holds = new Set(notices);
  /** @type {Map<string, string>} */
  const fills = new Map();
  const say = (/** @type {string} */ what, /** @type {string[]} */ ids) => {
    if (ids.length) holds.add(what);
    for (const id of ids) holds.add(`${what}=${id}`);
  };
  const sayIf = (/** @type {string} */ what, /** @type {unknown} */ isSo) => isSo && holds.add(what);
  const named = (/** @type {{ id: string }[]} */ items) => items.map(({ id }) => id);

  sayIf(settled ? "settled" : "unsettled", true);
  say("outcome", outcome ? [outcome] : []);
  say("possible", settled ? [] : possible);
  say("turned-down", bundle.outcomes.filter((id) => !possible.includes(id)));
  const turnedDown = named(bundle.rules.filter((rule) => !possible.includes(String(bundle.outcomes[rule.outcome]))));
  say("ruled-out", turnedDown.filter((id) => ruled_out[id]));
  say("covered", turnedDown.filter((id) => !ruled_out[id]));
  sayIf("gap", gap);
  sayIf(possible.length > MOST_NAMED ? "many" : "few", true);
  say("rule", settled ? rules : []);
  sayIf(rules.length === 1 ? "because" : "because-one-of", settled);
  sayIf("constant", settled && !assessment.reasons.length);
  say("reason", assessment.reasons);
  const changes = smallestChanges(sheet);
  sayIf("change", changes.length);
  say("apply", actions.apply);
  say("may-apply", actions.open);
  say("may-follow", settled ? actions.open : []);

  const inputs = bundle.estimates.flatMap((estimate) => estimate.inputs);
  const useful = new Set(Object.values(assessment.matters_to.actions).flat());
  for (const input of inputs) if (!Array.isArray(input)) useful.add(String(bundle.questions[input.question]?.id));
  const asked = open.filter((id) => !unasked.includes(id));
  const wanted = asked.filter((id) => matters.includes(id) || useful.has(id));
  const moot = irrelevant.filter((id) => deciding.has(id));
  say("open", wanted);
  say("next", [assessment.next ?? wanted[0] ?? ""].filter(Boolean));
  say("unasked", unasked);
  say("idle", moot.filter((id) => !useful.has(id)));
  for (const { id } of bundle.questions) {
    const answer = answers.get(id) ?? null;
    const state = answer !== null ? "answered" : moot.includes(id) ? "moot" : answers.has(id) ? "unknown" : "unanswered";
    say(state, [id]);
  }
  let first = 0;
  bundle.sections.forEach((count, section) => {
    const ids = bundle.questions.slice(first, (first += count)).flatMap(({ id }) => (open.includes(id) ? [id] : []));
    sayIf(`moot-section=${section}`, ids.length && ids.every((id) => moot.includes(id)));
  });

  say("estimate", named(bundle.estimates.filter(({ id }) => estimates[id])));
  for (const { id } of bundle.estimates) {
    const estimate = estimates[id];
    if (estimate) say("assumed", estimate.assumed);
    fills.set(`likely=${id}`, estimate ? likely(estimate, language) : "–");
    fills.set(`range=${id}`, estimate ? spanned(estimate, language, phrases) : "–");
  }
  sayIf("unsaved", !sheet.isKept);
  sayIf("undoable", sheet.before);
  sayIf(answers.size ? "replaced" : "cleared", sheet.before);
  fills.set("answered", String(bundle.questions.length - open.length));
  fills.set("asked", String(bundle.questions.length - open.length + asked.length));
  fills.set("possible", String(possible.length));
  fills.set("dropped", dropped.join(", "));
  return { sheet, holds, fills, changes };
}

/**
 * @param {Set<string>} holds
 * @param {string} when A statement; "!" says that it must not hold, and what is empty always holds.
 */
function isSaid(holds, when) {
  return !when || (when.startsWith("!") ? !holds.has(when.slice(1)) : holds.has(when));
}

/**
 * Return the smallest changes that would make another outcome possible, single ones first.
 * @param {AnswerSheet} sheet
 * @returns {{ outcome: string, set: Change[] }[]}
 */
function smallestChanges({ assessment, bundle }) {
  const { changes } = assessment;
  return bundle.outcomes
    .flatMap((outcome) => (changes[outcome]?.sets ?? []).map((set) => ({ outcome, set })))
    .sort((a, b) => a.set.length - b.set.length)
    .slice(0, MOST_CHANGES);
}

/**
 * Write what is likely of an estimate, to three digits unless it has no range.
 * @param {AssessedEstimate} estimate
 * @param {string} language
 */
function likely({ low, likely: value, high }, language) {
  // To add nothing takes the sign from zero.
  return low === high ? rounded(value, language) : (value + 0).toLocaleString(language, { maximumSignificantDigits: 3 });
}

/**
 * Write what was worked out from exact numbers.
 * @param {number} value
 * @param {string} language
 * @returns {string}
 */
function rounded(value, language) {
  const text = value.toLocaleString(language, { maximumFractionDigits: Math.abs(value) >= 100 ? 0 : 3 });
  return text === "-0" ? "0" : text;
}

/**
 * Write a range, whose ends are known less well than what is likely.
 * @param {AssessedEstimate} estimate
 * @param {string} language
 * @param {Phrases} phrases
 */
function spanned({ low, high }, language, phrases) {
  if (low === high) return rounded(low, language);
  const shown = (/** @type {number} */ end) => end.toLocaleString(language, { maximumSignificantDigits: 2 });
  const pattern = String(phrases[low < 0 ? "span-below-zero" : "span"]);
  return pattern.replace("{low}", shown(low)).replace("{high}", shown(high));
}
