/*
 * Works out what moves the difference of two estimates as a page does. Reads [[bundle, ids, inputs, answers], …] as JSON
 * from standard input.
 */

import fs from "node:fs";

import { Reading } from "../../plugin/mkdocs_assessor/assets/core/assess.js";
import { sensitivity } from "../../plugin/mkdocs_assessor/assets/core/estimates.js";

/** @type {[Bundle, string[], number[][], Record<string, Answer>][]} */
const given = JSON.parse(fs.readFileSync(0, "utf8"));
const effects = given.map(([bundle, ids, inputs, answers]) => {
  const formulas = ids.flatMap((id) => bundle.estimates.filter((estimate) => estimate.id === id));
  const { _answers, _restriction } = new Reading(bundle, new Map(Object.entries(answers)));
  return sensitivity(formulas, inputs, _restriction, _answers);
});
console.log(JSON.stringify(effects));
