/* Measures readings in Node.js: prints the median CPU microseconds of `assess` of a shipped script for each set of answers. */
import fs from "node:fs";

import "../../tests/support/window.js";

const { script, bundle, answers, rounds, repeats } = JSON.parse(fs.readFileSync(0, "utf8"));
const { default: core } = await import(`../../plugin/mkdocs_assessor/assets/shipped/${script}`);
const { assess } = script === "core.js" ? core : globalThis.assessor;

/** Read the lazily computed parts: all of them, or those that a page reads after each tick. */
function read(assessment) {
  const keys = script === "core.js" ? Object.keys(assessment) : assessment.settled ? ["rules"] : [];
  return keys.filter((key) => assessment[key] === undefined).length;
}

/** @returns {number} */
function microseconds(given) {
  const start = process.cpuUsage();
  for (let repeat = 0; repeat < repeats; repeat++) read(assess(bundle, given));
  const { user, system } = process.cpuUsage(start);
  return (user + system) / repeats;
}

// Warm up a little: before a reader's first tick, the page has made some assessments, but not a thousand.
for (let round = 0; round < rounds; round++) answers.map(microseconds);
const measured = answers.map(() => []);
for (let round = 0; round < rounds; round++) {
  answers.forEach((given, index) => measured[index].push(microseconds(given)));
}
const medians = measured.map((each) => each.sort((a, b) => a - b)[Math.floor(each.length / 2)]);
fs.writeFileSync(1, JSON.stringify(medians));
