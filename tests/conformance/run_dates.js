/* Writes dates as a page does. Reads [[attributes, date], …] as JSON from standard input. */

import fs from "node:fs";

import { textOf } from "../../plugin/mkdocs_assessor/assets/page/dom.js";
import { showAnswer } from "../../plugin/mkdocs_assessor/assets/page/statements/record.js";

/** @type {[Record<string, string>, string][]} */
const given = JSON.parse(fs.readFileSync(0, "utf8"));
const written = given.map(([dataset, date]) => {
  /** @type {any} */
  const part = { dataset, replaceChildren: () => {} };
  const sheet = { _reading: { _answers: new Map([["day", date]]) }, _language: "", _phrases: {} };
  showAnswer(part, /** @type {any} */ ({ sheet }), "day");
  return textOf(part);
});
console.log(JSON.stringify(written));
