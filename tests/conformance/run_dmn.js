/*
 * Decides complete answers by decision tables in DMN, with dmn-moddle and feelin: node run_dmn.js
 * Reads lines of JSON from standard input:
 *   ["rules", "<definitions…"]  a DMN file with decision tables, hit policy FIRST
 *   ["answers", {…}]            prints the outputs of the first rule that holds, by name, or null; of several tables,
 *                               these by the name of each
 */
import fs from "node:fs";
import { evaluate, unaryTest } from "feelin";

// It has no types; with a constant, the compiler would look for them.
const { DmnModdle } = await import(String("dmn-moddle"));

/** @type {[string, any][]} */
let tables = [];
/** @type {Map<string, unknown>} */
const known = new Map();
const printed = [];
for (const line of fs.readFileSync(0, "utf8").split("\n")) {
  if (line === "") continue;
  const [kind, value] = JSON.parse(line);
  if (kind === "rules") {
    tables = await tablesOf(value);
  } else {
    const results = tables.map(([name, table]) => [name, decided(table, value)]);
    printed.push(JSON.stringify(results.length === 1 ? results[0]?.[1] : Object.fromEntries(results)));
  }
}
fs.writeFileSync(1, printed.map((line) => `${line}\n`).join(""));

/**
 * @param {string} source
 * @returns {Promise<[string, any][]>}
 */
async function tablesOf(source) {
  const { rootElement, warnings } = await new DmnModdle().fromXML(source);
  if (warnings.length > 0) throw new SyntaxError(warnings.map((/** @type {Error} */ each) => each.message).join("; "));
  const every = rootElement.get("drgElement").filter((/** @type {any} */ each) => each.$type === "dmn:Decision");
  return every.map((/** @type {any} */ decision) => {
    const logic = decision.decisionLogic;
    if (logic.hitPolicy !== "FIRST") throw new RangeError(`the hit policy is ${logic.hitPolicy}`);
    return [decision.id.replace("decision.", ""), logic];
  });
}

/**
 * @param {any} table
 * @param {Record<string, unknown>} answers
 */
function decided(table, answers) {
  const inputs = table.input.map((/** @type {any} */ input) => {
    const { text: name, typeRef } = input.inputExpression;
    // JSON has no dates: the engine makes one of the text.
    const expression = typeRef === "date" ? `date(${name})` : name;
    return once(`${JSON.stringify(answers[name])} ${expression}`, () =>
      plain(evaluate(expression, { [name]: answers[name] })),
    );
  });
  for (const rule of table.rule) {
    const holds = rule.inputEntry.every((/** @type {any} */ entry, /** @type {number} */ place) => {
      return passes(entry.text, inputs[place]);
    });
    if (holds) {
      const outputs = rule.outputEntry.map((/** @type {any} */ entry, /** @type {number} */ place) => [
        table.output[place].name,
        once(entry.text, () => plain(evaluate(entry.text, {}))),
      ]);
      return Object.fromEntries(outputs);
    }
  }
  return null;
}

/**
 * @param {string} text
 * @param {unknown} input
 */
function passes(text, input) {
  const test = once(`${JSON.stringify(input)} ? ${text}`, () => plain(unaryTest(text, { "?": input })));
  if (typeof test !== "boolean") throw new TypeError(`${text} gives ${String(test)} for ${String(input)}`);
  return test;
}

/**
 * Returns what the engine gives for an expression; the same expression with the same values is parsed only once.
 * @param {string} key
 * @param {() => unknown} run
 */
function once(key, run) {
  if (!known.has(key)) known.set(key, run());
  return known.get(key);
}

/**
 * Returns the value of a result, after its warnings are seen to be none.
 * @param {any} result
 */
function plain(result) {
  if (result !== null && typeof result === "object" && "value" in result) {
    if (result.warnings?.length > 0) throw new TypeError(JSON.stringify(result.warnings));
    return result.value;
  }
  return result;
}
