/*
 * Cuts share links and drops characters from them, as happens on their way. Reads {bundle, links} as JSON from standard
 * input, and prints the changed links that are silently read as other answers, and how many were tried.
 */

import fs from "node:fs";

import { readLink, restored } from "../../plugin/mkdocs_assessor/assets/page/links.js";

/** Links that are changed at every place; the others only at every STEP-th. */
const ALL = 50;
const STEP = 23;
const { bundle, links } = JSON.parse(fs.readFileSync(0, "utf8"));
const questions = new Map(bundle.questions.map((/** @type {{ id: string }} */ question) => [question.id, question]));
const read = (/** @type {string} */ link) => readLink(questions, restored(link));

const silent = [];
let tried = 0;
for (const [position, link] of links.entries()) {
  const meant = JSON.stringify(read(link)?.given);
  if (!read(link)?.isWhole) silent.push(link);
  const changed = [];
  for (let place = 1 + (position % STEP); place < link.length; place += position < ALL ? 1 : STEP) changed.push(link.slice(0, place), link.slice(0, place) + link.slice(place + 1));
  for (const each of changed) {
    tried++;
    const got = read(each);
    if (got?.isWhole && JSON.stringify(got.given) !== meant) silent.push(each);
  }
}
console.log(JSON.stringify({ tried, silent }));
