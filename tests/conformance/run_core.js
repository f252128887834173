"use strict";
/*
 * Runs one of the scripts that are shipped, which its argument names: core.js, or assessor.js as a page loads it. Reads
 * lines of JSON from standard input, and answers each line but the first kind:
 *   ["bundle", {…}]   what the lines after it are assessed with
 *   ["answers", {…}]  prints the assessment as JSON, or {"error": the error's name}
 */
const fs = require("node:fs");

const { load } = require("../../tools/shipped.js");

const core = load(String(process.argv[2]));

/** @type {any} */
let bundle = null;
const printed = [];
for (const line of fs.readFileSync(0, "utf8").split("\n")) {
  if (line === "") continue;
  const [kind, value] = JSON.parse(line);
  if (kind === "bundle") bundle = value;
  else printed.push(JSON.stringify(assess(value)));
}
fs.writeFileSync(1, printed.map((line) => `${line}\n`).join(""));

/** @param {any} answers */
function assess(answers) {
  try {
    return core.assess(bundle, answers);
  } catch (error) {
    return { error: error instanceof Error ? error.name : String(error) };
  }
}
