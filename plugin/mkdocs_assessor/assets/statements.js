"use strict";
/*
 * What holds, as statements such as "settled", "outcome=cloud" and "open=residency", under which parts of the page and
 * lines of the decision record are shown; and the numbers that are filled into them. assessor/reports/record.py says the same.
 */

const MOST_NAMED = 3;
const MOST_CHANGES = 5;

/**
 * @typedef {object} Said
 * @property {AnswerSheet} sheet
 * @property {Map<string, string | true>} values What is shown, by name: `true` under each statement that holds, the
 *   text of each "fill NAME", and of what else is shown ("question ID", "changes", "estimates") what it depends on.
 * @property {{ outcome: string, set: Change[] }[]} changes The smallest that would make another outcome possible.
 */

/**
 * @param {AnswerSheet} sheet
 * @returns {Said}
 */
function statementsOf(sheet) {
  const { answers, assessment, bundle, dropped, language, notices, phrases } = sheet;
  const { actions, estimates, gap, irrelevant, matters, open, outcome, possible, settled, unasked } = assessment;
  const rules = settled ? assessment.rules : [];
  /** @type {Said["values"]} */
  const values = new Map();
  const sayIf = (/** @type {string} */ what, /** @type {unknown} */ isSo) => isSo && values.set(what, true);
  const say = (/** @type {string} */ what, /** @type {string[]} */ ids) => {
    sayIf(what, ids.length);
    for (const id of ids) values.set(`${what}=${id}`, true);
  };
  const fill = (/** @type {string} */ name, /** @type {unknown} */ text) => values.set(`fill ${name}`, String(text));

  for (const notice of notices) values.set(notice, true);
  sayIf(settled ? "settled" : "unsettled", true);
  say("outcome", outcome ? [outcome] : []);
  say("possible", settled ? [] : possible);
  say("turned-down", bundle.outcomes.filter((id) => !possible.includes(id)));
  sayIf("gap", gap);
  sayIf(possible.length > MOST_NAMED ? "many" : "few", true);
  say("rule", rules);
  sayIf(rules.length === 1 ? "because" : "because-one-of", settled);
  sayIf("constant", settled && !assessment.reasons.length);
  say("reason", assessment.reasons);
  const ways = changesInOrder(sheet);
  const changes = ways.slice(0, MOST_CHANGES);
  sayIf("change", changes.length);
  sayIf("more-changes", ways.length > MOST_CHANGES || Object.values(assessment.changes).some((each) => each?.more));
  sayIf("no-change", settled && !changes.length);
  sayIf("change-said", settled || changes.length);
  values.set("changes", JSON.stringify(changes));
  say("apply", actions.apply);
  say("may-apply", actions.open);
  say("may-follow", settled ? actions.open : []);

  const inputs = bundle.estimates.flatMap((estimate) => estimate.inputs);
  const useful = new Set(Object.values(assessment.matters_to.actions).flat());
  for (const input of inputs) if (!Array.isArray(input)) useful.add(String(bundle.questions[input.question]?.id));
  const asked = open.filter((id) => !unasked.includes(id));
  const wanted = asked.filter((id) => matters.includes(id) || useful.has(id) || answers.has(id));
  // Of what never matters to the outcome nobody says that it no longer does.
  const { deciding, ids: all } = interpreterOf(bundle);
  const moot = irrelevant.filter((id) => deciding.includes(all.indexOf(id)));
  say("open", wanted);
  // Who does not know an answer is not asked for it again before the others.
  say("next", [assessment.next, ...wanted].filter((id) => id && !answers.has(id)).concat(wanted).slice(0, 1).map(String));
  say("unasked", unasked);
  for (const { id } of bundle.questions) {
    const answer = answers.get(id);
    const isMoot = moot.includes(id);
    const isIdle = isMoot && !useful.has(id);
    sayIf(`idle=${id}`, isIdle);
    say((answer ?? null) !== null ? "answered" : isMoot ? "moot" : answer === null ? "unknown" : "unanswered", [id]);
    values.set(`question ${id}`, `${JSON.stringify(answer)} ${isIdle} ${unasked.includes(id)} ${sheet.turn}`);
  }

  values.set("estimates", JSON.stringify(estimates));
  const last = sheet.said.values;
  // To write numbers as a language does takes long.
  const isSame = last.get("estimates") === values.get("estimates");
  for (const { id } of bundle.estimates) {
    const estimate = estimates[id];
    say("estimate", estimate ? [id] : []);
    say("assumed", estimate?.assumed ?? []);
    for (const [name, write] of /** @type {const} */ ([[`likely=${id}`, likely], [`range=${id}`, spanned]])) {
      fill(name, isSame ? last.get(`fill ${name}`) : estimate ? write(estimate, language, phrases) : "–");
    }
  }
  sayIf("local", location.protocol === "file:");
  sayIf("unsaved", !sheet.isKept);
  const isUndoable = (sheet.before?.size || notices.has("arrived")) && sheet.before && !sheet.holds(sheet.before);
  sayIf("undoable", isUndoable);
  sayIf(answers.size ? "replaced" : "cleared", isUndoable);
  const answered = bundle.questions.length - open.length;
  fill("answered", answered);
  fill("asked", answered + asked.length);
  fill("possible", possible.length);
  fill("dropped", dropped.join(", "));
  return { sheet, values, changes };
}

/** Patches a part of the page. @typedef {(said: Said) => void} Patch */

/**
 * @param {Said["values"]} before
 * @param {Said["values"]} after
 * @returns {string[]} The names whose values differ.
 */
function newsOf(before, after) {
  const news = [...after.keys()].filter((name) => before.get(name) !== after.get(name));
  for (const name of before.keys()) if (!after.has(name)) news.push(name);
  return news;
}

/**
 * Return what would make another outcome possible: the smallest changes first, and of these one for each outcome before
 * there is a second for any.
 * @param {AnswerSheet} sheet
 * @returns {{ outcome: string, set: Change[] }[]}
 */
function changesInOrder({ assessment, bundle }) {
  const { changes } = assessment;
  return bundle.outcomes
    .flatMap((outcome) => (changes[outcome]?.sets ?? []).map((set, rank) => ({ outcome, set, rank })))
    .sort((a, b) => a.set.length - b.set.length || a.rank - b.rank);
}

/**
 * Write what is likely of an estimate, to three digits unless it has no range; to add nothing takes the sign from zero.
 * @param {AssessedEstimate} estimate
 * @param {string} language
 */
function likely({ low, likely: value, high }, language) {
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
  const shown = (/** @type {number} */ end) => (end + 0).toLocaleString(language, { maximumSignificantDigits: 2 });
  const pattern = String(phrases[low < 0 ? "span-below-zero" : "span"]);
  return pattern.replace("{low}", shown(low)).replace("{high}", shown(high));
}
