/*
 * Runs the shipped script that its argument names: core.js, or assessor.js as pages load it. Reads lines of JSON from
 * standard input:
 *   ["bundle", {…}]   sets the bundle for the lines after it
 *   ["answers", {…}]  prints the assessment as JSON, or {"error": the error's name}
 */
import fs from "node:fs";

import "../support/window.js";

const script = String(process.argv[2]);
/** @type {{ default: AssessorCore }} */
const { default: loaded } = await import(`../../plugin/mkdocs_assessor/assets/shipped/${script}`);
/** @type {AssessorCore} */
const core = script === "core.js" ? loaded : Reflect.get(globalThis, "assessor");

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
