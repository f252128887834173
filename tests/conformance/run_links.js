"use strict";
/*
 * What becomes of share links that are cut or changed on their way. Reads {source, bundle, links} as JSON from standard input,
 * where the source is the page's script before it is made small, and prints the links that are read as other answers without
 * a word, and how many were tried.
 */

const ALL = 50;
const STEP = 23;
const { source, bundle, links } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const inner = source.replace("(() => {", "").replace(/\}\)\(\);\s*$/, "");
// What the page's script asks of a window when it is loaded.
const page = new Function(
  "HTMLElement", "customElements", "document", "location", "addEventListener",
  `${inner}\nreturn { restored, readLink, isProven };`,
)(class {}, { get: () => undefined, define: () => undefined }, { currentScript: null, readyState: "loading" }, { href: "file:///" }, () => undefined);
const questions = new Map(bundle.questions.map((/** @type {{ id: string }} */ question) => [question.id, question]));
const read = (/** @type {string} */ link) => page.readLink(questions, page.restored(link));

const silent = [];
let tried = 0;
for (const [position, link] of links.entries()) {
  const meant = JSON.stringify(read(link)?.given);
  if (!read(link)?.isWhole) silent.push(link);
  const changed = [];
  // Of the first links at every place, of the others at some.
  for (let place = 1 + (position % STEP); place < link.length; place += position < ALL ? 1 : STEP) changed.push(link.slice(0, place), link.slice(0, place) + link.slice(place + 1));
  for (const each of changed) {
    tried++;
    const got = read(each);
    if (got?.isWhole && JSON.stringify(got.given) !== meant) silent.push(each);
  }
}
console.log(JSON.stringify({ tried, silent }));
