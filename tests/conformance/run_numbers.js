/* Writes estimates in some languages as a page does. Reads [[language, phrases, estimate], …] as JSON from standard input. */

import fs from "node:fs";

import { likely, spanned } from "../../plugin/mkdocs_assessor/assets/page/numbers.js";

const given = JSON.parse(fs.readFileSync(0, "utf8"));
console.log(JSON.stringify(given.map((/** @type {[string, Phrases, AssessedEstimate]} */ [language, phrases, estimate]) => [likely(estimate, language), spanned(estimate, language, phrases)])));
