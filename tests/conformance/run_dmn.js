/*
 * Decides complete answers by decision tables in DMN, with dmn-moddle and feelin: node run_dmn.js
 * Reads lines of JSON from standard input:
 *   ["rules", "<definitions…"]  a DMN file with decision tables, hit policy FIRST
 *   ["answers", {…}]            prints the outputs of the first rule that holds, by name, or null; of several tables,
 *                               these by the id of each decision. A table sees what its decision requires, and no more
 */
import fs from "node:fs";
import { evaluate, unaryTest } from "feelin";

// It has no types; with a constant, the compiler would look for them.
const { DmnModdle } = await import(String("dmn-moddle"));

/**
 * @typedef {object} Decision
 * @property {string} id
 * @property {string} variable the name of its result
 * @property {string[]} needs the names of the inputs and results that it requires; its table sees no others
 * @property {any} table
 */

/** @type {Decision[]} */
let decisions = [];
/** @type {Map<string, unknown>} */
const known = new Map();
const printed = [];
for (const line of fs.readFileSync(0, "utf8").split("\n")) {
  if (line === "") continue;
  const [kind, value] = JSON.parse(line);
  if (kind === "rules") {
    decisions = await decisionsOf(value);
  } else {
    const values = { ...value };
    /** @type {[string, unknown][]} */
    const results = [];
    for (const { id, variable, needs, table } of decisions) {
      const seen = Object.fromEntries(needs.map((name) => [name, values[name]]));
      values[variable] = decided(table, seen);
      results.push([id, values[variable]]);
    }
    printed.push(JSON.stringify(results.length === 1 ? results[0]?.[1] : Object.fromEntries(results)));
  }
}
fs.writeFileSync(1, printed.map((line) => `${line}\n`).join(""));

/**
 * @param {string} source
 * @returns {Promise<Decision[]>}
 */
async function decisionsOf(source) {
  const { rootElement, warnings } = await new DmnModdle().fromXML(source);
  if (warnings.length > 0) throw new SyntaxError(warnings.map((/** @type {Error} */ each) => each.message).join("; "));
  /** @type {any[]} */
  const elements = rootElement.get("drgElement");
  const names = new Map(elements.map((each) => [`#${each.id}`, each.variable.name]));
  if (new Set(names.values()).size < names.size) throw new RangeError("two elements have one name");
  const found = elements.filter((each) => each.$type === "dmn:Decision");
  return found.map((decision) => {
    const table = decision.decisionLogic;
    if (table.hitPolicy !== "FIRST") throw new RangeError(`the hit policy is ${table.hitPolicy}`);
    const needs = decision.informationRequirement.map((/** @type {any} */ each) => {
      const { href } = each.requiredInput ?? each.requiredDecision;
      if (!names.has(href)) throw new RangeError(`${href} leads nowhere`);
      return names.get(href);
    });
    return { id: decision.id.replace("decision.", ""), variable: decision.variable.name, needs, table };
  });
}

/**
 * @param {any} table
 * @param {Record<string, unknown>} values
 */
function decided(table, values) {
  const inputs = table.input.map((/** @type {any} */ input) => {
    const { text, typeRef } = input.inputExpression;
    const [name] = text.split(".");
    if (!(name in values)) throw new RangeError(`${name} is not required`);
    // JSON has no dates: the engine makes one of the text.
    const expression = typeRef === "date" ? `date(${text})` : text;
    return once(`${JSON.stringify(values[name])} ${expression}`, () =>
      plain(evaluate(expression, { [name]: values[name] })),
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
