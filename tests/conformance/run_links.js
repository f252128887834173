/*
 * Cuts share links, drops characters from them, and does to them what mail programs and chats do. Reads {bundle, links} as
 * JSON from standard input, and prints the changed links that are silently read as other answers, those that should have
 * been restored, and how many were tried.
 */

import fs from "node:fs";

import { readLink, restored } from "../../plugin/mkdocs_assessor/assets/page/answers/links.js";

/** Links that are changed at every place; the others only at every STEP-th. */
const ALL = 50;
const STEP = 23;
const { bundle, links } = JSON.parse(fs.readFileSync(0, "utf8"));
const questions = new Map(bundle.questions.map((/** @type {{ id: string }} */ question) => [question.id, question]));
const read = (/** @type {string} */ link) => readLink(questions, restored(link));

/** What mail programs and chats do to a link that can be undone. @type {((link: string) => string)[]} */
const MANGLINGS = [
  (link) => `#${encodeURIComponent(link.slice(1))}`,
  (link) => `#${encodeURIComponent(encodeURIComponent(link.slice(1)))}`,
  (link) => link.replaceAll("=", "%3D"),
  (link) => link.replaceAll("&", "%26"),
  (link) => link.replaceAll("&", "&amp;"),
  (link) => link.replaceAll("&", "&#38;"),
  (link) => link.replaceAll("~", "%7E"),
  (link) => link.replace(/.{70}/g, "$&%0D%0A"),
  (link) => link.replace(/.{70}/g, "$& "),
  (link) => link.replace(/.{70}/g, "$&=%0A"),
  ...[..."),>.;/]!\"'”»"].map((mark) => (/** @type {string} */ link) => `${link}${mark}`),
  (link) => `${link}>.`,
];

const silent = [];
const lost = [];
let tried = 0;
for (const [position, link] of links.entries()) {
  const meant = JSON.stringify(read(link)?.given);
  if (!read(link)?.isWhole) silent.push(link);
  for (const mangle of MANGLINGS) {
    const got = read(mangle(link));
    if (!got?.isWhole || JSON.stringify(got.given) !== meant) lost.push(mangle(link));
  }
  const changed = [];
  for (let place = 1 + (position % STEP); place < link.length; place += position < ALL ? 1 : STEP) changed.push(link.slice(0, place), link.slice(0, place) + link.slice(place + 1));
  for (const each of changed) {
    tried++;
    const got = read(each);
    if (got?.isWhole && JSON.stringify(got.given) !== meant) silent.push(each);
  }
}
console.log(JSON.stringify({ tried, silent, lost }));
