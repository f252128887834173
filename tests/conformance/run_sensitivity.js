/*
 * Works out what moves the difference of two estimates as a page does. Reads [[bundle, ids, inputs, answers], …] as JSON
 * from standard input.
 */

import fs from "node:fs";

import { sensitivity } from "../../plugin/mkdocs_assessor/assets/core/estimates.js";

/** @type {[Bundle, string[], number[][], Record<string, Answer>][]} */
const given = JSON.parse(fs.readFileSync(0, "utf8"));
const effects = given.map(([bundle, ids, inputs, answers]) => {
  const formulas = ids.flatMap((id) => bundle.estimates.filter((estimate) => estimate.id === id));
  return sensitivity(bundle, formulas, inputs, new Map(Object.entries(answers)));
});
console.log(JSON.stringify(effects));
