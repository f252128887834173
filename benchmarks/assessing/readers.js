/*
 * Counts the questions that readers are asked until their outcome is settled, for each way to choose the next question.
 * core.js, which is exact, decides when it is settled. publicodes also runs until it reports no more missing variables.
 */
import fs from "node:fs";

import Engine from "publicodes";

import { assess } from "../../plugin/mkdocs_assessor/assets/shipped/core.js";

const { bundle, publicodes, names, readers } = JSON.parse(fs.readFileSync(0, "utf8"));
const engine = new Engine(publicodes);
const ids = new Map(Object.entries(names).map(([id, name]) => [name, id]));

/** Return what publicodes would ask next: the missing variable with the highest score. */
function missing(situation) {
  const { missingVariables } = engine.setSituation(situation).evaluate("decided");
  const [first] = Object.entries(missingVariables).sort(([, a], [, b]) => b - a);
  return first ? ids.get(first[0]) : null;
}

/** Return the first open question of the page that is visible to the reader. */
function firstOnPage({ open, unasked }) {
  return open.find((id) => !unasked.includes(id)) ?? open[0] ?? null;
}

function asked(reader, choose) {
  const given = {};
  let count = 0;
  for (;;) {
    const assessment = assess(bundle, given);
    const next = assessment.settled ? null : choose(assessment);
    if (next === null) return count;
    given[next] = reader.answers[next];
    count += 1;
  }
}

function followPublicodes(reader) {
  const given = {};
  const situation = {};
  let [settled, count] = [null, 0];
  for (;;) {
    if (settled === null && assess(bundle, given).settled) settled = count;
    const next = missing(situation);
    if (next === null) return [settled ?? count, count];
    given[next] = reader.answers[next];
    situation[names[next]] = reader.situation[names[next]];
    count += 1;
  }
}

const sums = { page: 0, publicodes: 0, publicodesAlone: 0, ours: 0 };
for (const reader of readers) {
  const [settled, all] = followPublicodes(reader);
  sums.page += asked(reader, firstOnPage);
  sums.publicodes += settled;
  sums.publicodesAlone += all;
  sums.ours += asked(reader, ({ next }) => next);
}
fs.writeFileSync(1, JSON.stringify(Object.fromEntries(Object.entries(sums).map(([who, sum]) => [who, sum / readers.length]))));
