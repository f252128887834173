/*
 * Decides complete answers by exported rules: node run_engine.js json-logic-js|json-logic-engine|javascript
 * Reads lines of JSON from standard input:
 *   ["rules", …]      JsonLogic, or the source of a module with decide(answers)
 *   ["answers", {…}]  prints what the rules before it decide
 */
import fs from "node:fs";
import { createRequire } from "node:module";
import vm from "node:vm";

const require = createRequire(import.meta.url);

/** @type {Record<string, (rules: any) => (answers: any) => unknown>} */
const engines = {
  "json-logic-js": (rules) => {
    const engine = require(String(name));
    return forEachDecision(rules, (logic) => (answers) => engine.apply(logic, answers));
  },
  "json-logic-engine": (rules) => {
    const { LogicEngine } = require(String(name));
    return forEachDecision(rules, (logic) => new LogicEngine().build(logic));
  },
  "javascript": (rules) => {
    const module = { decide: () => null };
    vm.runInThisContext(`(function (exports) {${rules}\n})`)(module);
    return module.decide;
  },
};

/**
 * Of several decisions, each has its logic, under its id.
 *
 * @param {Record<string, unknown>} rules
 * @param {(logic: unknown) => (answers: any) => unknown} build
 * @returns {(answers: any) => unknown}
 */
function forEachDecision(rules, build) {
  if (Object.keys(rules).length === 1) return build(rules);
  const decisions = Object.entries(rules).map(([id, logic]) => /** @type {const} */ ([id, build(logic)]));
  return (answers) => Object.fromEntries(decisions.map(([id, decide]) => [id, decide(answers)]));
}

const name = process.argv[2];
const engine = engines[String(name)];
if (!engine) throw new RangeError(`there is no engine "${name}"`);
/** @type {(answers: any) => unknown} */
let decide = () => null;
const printed = [];
for (const line of fs.readFileSync(0, "utf8").split("\n")) {
  if (line === "") continue;
  const [kind, value] = JSON.parse(line);
  if (kind === "rules") decide = engine(value);
  else printed.push(JSON.stringify(decide(value)));
}
fs.writeFileSync(1, printed.map((line) => `${line}\n`).join(""));
