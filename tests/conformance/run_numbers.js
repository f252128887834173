/* Writes estimates in some languages as a page does. Reads [[language, phrases, estimate], …] as JSON from standard input. */

import fs from "node:fs";

import { likely, spanned } from "../../plugin/mkdocs_assessor/assets/page/statements/numbers.js";

/** @type {[string, Phrases, AssessedEstimate][]} */
const given = JSON.parse(fs.readFileSync(0, "utf8"));
const written = given.map(([language, phrases, estimate]) => [
  likely(estimate, language),
  spanned(estimate, language, phrases),
  likely(estimate, language, phrases.below, 2),
  spanned(estimate, language, phrases, phrases.below),
]);
console.log(JSON.stringify(written));
