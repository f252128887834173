"use strict";
/*
 * Writes what is made from the sources in plugin/mkdocs_assessor/assets/: `npm run build`.
 *   assessor.js    the script that sites load: of the decision logic, what a page shows
 *   core.js        all of the decision logic, for Node.js and for pages of others
 *   assessor.css   the style sheet
 * With --check it only says whether they are what the sources give, and exits with 1 if not. With --readable and the name
 * of a script it prints that script as it is before it is made small.
 */

const fs = require("node:fs");
const path = require("node:path");
const { minify } = require("terser");

const ASSETS = path.join(__dirname, "..", "plugin", "mkdocs_assessor", "assets");
const SHIPPED = path.join(ASSETS, "shipped");
const CORE = [
  "lists.js",
  "bits.js",
  "cells.js",
  "interpreter.js",
  "restriction.js",
  "reasons.js",
  "changes.js",
  "information.js",
  "estimates.js",
  "assess.js",
].map((name) => `core/${name}`);
const ELEMENTS = ["tasks.js", "sharing.js", "answers.js", "sheets.js", "statements.js", "record.js", "typed.js", "show.js", "picture.js", "view.js", "checklist.js", "element.js"];
/** The sources of each script, in the order in which they run. */
const SCRIPTS = {
  "assessor.js": [...CORE, "core/page.js", ...ELEMENTS],
  "core.js": [...CORE, "core/diagram.js", "core/counting.js", "core/remaining.js", "core/complete.js"],
};

const read = (/** @type {string} */ name) => fs.readFileSync(path.join(ASSETS, name), "utf8");

/** Return sources in one scope of their own, which they share with each other and not with the page. */
function joined(/** @type {string[]} */ names) {
  const sources = names.map(read).join("").replaceAll('"use strict";\n', "");
  // What only tells the type checker that a value is there.
  const shorter = sources.replace(/\n\/\*\*(?:(?!\*\/)[^])*\*\/\nfunction sure\([^]*?\n\}\n/, "").replace(/\bsure\(/g, "(");
  return `(() => {\n"use strict";\n${shorter}})();\n`;
}

/** What others call by its name: the browser, the page's attributes, and whoever reads bundles and assessments. */
function publicNames() {
  const types = [...read("types.d.ts").matchAll(/(\w+)\??:/g)].map((match) => match[1]);
  const elements = ELEMENTS.map(read).join("");
  const attributes = [...elements.matchAll(/dataset\.(\w+)/g)].map((match) => match[1]);
  for (const [, names] of elements.matchAll(/\{ ([\w:, ]+) \} = \w+\.dataset/g)) attributes.push(...names.split(/\W+/));
  return new Set([...types, ...attributes, "accepts", "assess", "handleEvent", "connectedCallback", "disconnectedCallback", "updateComplete"]);
}

/** The names of our own fields and methods, which nobody else calls. */
function privateNames(/** @type {string[]} */ sources) {
  const known = publicNames();
  const declared = sources.map(read).join("").matchAll(/\bthis\.(\w+) =|^ {2,4}(\w+)\([^()]*\) \{$|^ {2}(\w+)(?: = |;$)/gm);
  const names = [...declared].flatMap((match) => match.slice(1).filter(Boolean));
  return [...new Set(names)].filter((name) => !known.has(name)).sort();
}

async function script(/** @type {string[]} */ sources) {
  const { code } = await minify(joined(sources), {
    ecma: 2020,
    compress: { passes: 4, unsafe_arrows: true, unsafe_methods: true },
    // Names that the DOM has, too, stay as they are by terser's own list.
    mangle: { properties: { regex: new RegExp(`^(${privateNames(sources).join("|")})$`), keep_quoted: true } },
    // Plain ASCII, whatever encoding a server names.
    format: { ascii_only: true },
  });
  return `${code}\n`;
}

/** Without comments and white space that mean nothing. */
function styles() {
  const source = read("checklist.css").replace(/\/\*[^]*?\*\//g, "").replace(/\s+/g, " ");
  // What stands in quotation marks stays as it is.
  const short = source.replace(/"[^"]*"| ?([{};,>]) ?|: /g, (found, mark) => mark ?? (found === ": " ? ":" : found));
  return `${short.replaceAll(";}", "}").trim()}\n`;
}

async function build() {
  /** @type {[string, string][]} */
  const files = [["assessor.css", styles()]];
  for (const [name, sources] of Object.entries(SCRIPTS)) files.push([name, await script(sources)]);
  for (const [name, content] of files) {
    const file = path.join(SHIPPED, name);
    if (!process.argv.includes("--check")) {
      fs.mkdirSync(SHIPPED, { recursive: true });
      fs.writeFileSync(file, content);
    } else if (!fs.existsSync(file) || fs.readFileSync(file, "utf8") !== content) {
      console.error(`${path.relative(process.cwd(), file)} is not what its sources give: run 'npm run build'`);
      process.exitCode = 1;
    }
  }
}

if (process.argv[2] === "--readable") process.stdout.write(joined(SCRIPTS[process.argv[3]]));
else build();
