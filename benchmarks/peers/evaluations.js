/*
 * Measures full evaluations per second in Node.js. Reads one object: the peers' decision in the language of each engine,
 * answers, and the rule that fires for each of them. An engine that fires another rule, or throws, is reported but not timed.
 */
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import vm from "node:vm";

const require = createRequire(import.meta.url);

const CHUNK = 200;

const work = JSON.parse(fs.readFileSync(0, "utf8"));

/**
 * Prepares each engine once: returns the answers in its own format, and a function that decides them.
 * @type {Record<string, () => Promise<{answers: any[], decide: (answers: any) => unknown}>>}
 */
const engines = {
  "ours: emitted JavaScript": async () => {
    const module = { decide: null };
    vm.runInThisContext(`(function (exports) {${work.javascript}\n})`)(module);
    return { answers: work.answers, decide: module.decide };
  },
  "hand-written three-valued table": async () => ({ answers: work.raw, decide: threeValuedTable(work.tests) }),
  "json-logic-engine, compiled": async () => {
    const { LogicEngine } = require("json-logic-engine");
    return { answers: work.answers, decide: new LogicEngine().build(work.jsonlogic) };
  },
  "json-logic-js": async () => {
    const engine = require("json-logic-js");
    return { answers: work.answers, decide: (answers) => engine.apply(work.jsonlogic, answers) };
  },
  "@marcbachmann/cel-js": async () => {
    const { Environment } = await import("@marcbachmann/cel-js");
    const environment = new Environment();
    for (const [name, type] of Object.entries(work.types)) environment.registerVariable(name, type);
    return { answers: work.raw, decide: environment.parse(work.cel) };
  },
  "publicodes": async () => {
    const { default: Engine } = require("publicodes");
    const engine = new Engine(work.publicodes);
    return { answers: work.situations, decide: (situation) => engine.setSituation(situation).evaluate("decided").nodeValue };
  },
  "survey-core": async () => {
    const { Model } = require("survey-core");
    const model = new Model(work.survey);
    const decide = (answers) => {
      model.data = answers;
      return model.getVariable("rule");
    };
    return { answers: work.raw, decide };
  },
};

/** The simplest hand-written version: rules in order, each true, false or unknown. */
function threeValuedTable(tests) {
  const passes = {
    is: (value) => (answer) => answer === value,
    in: (value) => (answer) => value.includes(answer),
    at_least: (value) => (answer) => answer >= value,
    below: (value) => (answer) => answer < value,
  };
  const rows = tests.map(([id, all]) => [id, all.map(([name, operator, value]) => [name, passes[operator](value)])]);
  return (answers) => {
    let isOpen = false;
    for (const [id, all] of rows) {
      let holds = true;
      for (const [name, test] of all) {
        const answer = answers[name];
        if (answer === undefined || answer === null) holds = holds && null;
        else if (!test(answer)) {
          holds = false;
          break;
        }
      }
      if (holds) return isOpen ? null : id;
      if (holds === null) isOpen = true;
    }
    return isOpen ? null : work.otherwise;
  };
}

/**
 * Return a loop that counts correct decisions, so that the compiler cannot drop them. Each engine gets its own loop, as in a
 * program that uses no other engine.
 */
const loopOf = () =>
  vm.runInThisContext(`(decide, answers, expected, passes) => {
    let right = 0;
    for (let pass = 0; pass < passes; pass++) {
      const first = (pass * ${CHUNK}) % answers.length;
      for (let index = first; index < first + ${CHUNK}; index++) {
        if (decide(answers[index]) === expected[index]) right++;
      }
    }
    return right;
  }`);

/** Decide again and again, and return the CPU seconds that it takes. */
function seconds(engine, passes) {
  const start = process.cpuUsage();
  const right = engine.loop(engine.decide, engine.answers, work.expected, passes);
  const { user, system } = process.cpuUsage(start);
  if (right !== passes * CHUNK) throw new Error("decides differently from time to time");
  return (user + system) / 1e6;
}

function version(name) {
  const [name_] = /^(@[\w.-]+\/)?[\w.-]+/.exec(name);
  const file = path.join(import.meta.dirname, "../../node_modules", name_, "package.json");
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")).version : null;
}

async function main() {
  const measured = [];
  for (const [name, prepare] of Object.entries(engines)) {
    const row = { name, version: version(name), error: null, rates: [] };
    measured.push(row);
    try {
      row.engine = { ...(await prepare()), loop: loopOf() };
      const wrong = row.engine.answers.findIndex((each, index) => row.engine.decide(each) !== work.expected[index]);
      if (wrong >= 0) throw new Error(`decides differently: ${JSON.stringify(row.engine.answers[wrong])}`);
      // Warm up for seconds: Node.js compiles frequently used functions one after the other.
      let passes = 10;
      for (let warm = 0; warm < work.warmUp; ) {
        const taken = seconds(row.engine, passes);
        warm += taken;
        passes = Math.max(1, Math.round((passes * work.seconds) / taken));
      }
      row.passes = passes;
    } catch (error) {
      row.error = String(error);
    }
  }
  for (let round = 0; round < work.rounds; round++) {
    for (const row of measured) {
      if (!row.error) row.rates.push((row.passes * CHUNK) / seconds(row.engine, row.passes));
    }
  }
  const rows = measured.map(({ name, version: used, error, rates }) => ({ name, version: used, error, rates }));
  fs.writeFileSync(1, JSON.stringify({ node: process.version, rows }));
}

main();
