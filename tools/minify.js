"use strict";
/*
 * Writes the script and the style sheet that sites load, from the sources in plugin/mkdocs_assessor/assets/:
 * `npm run build`. With --check it only says whether they are what the sources give, and exits with 1 if not.
 */

const fs = require("node:fs");
const path = require("node:path");
const { minify } = require("terser");

const ASSETS = path.join(__dirname, "..", "plugin", "mkdocs_assessor", "assets");
const SHIPPED = path.join(ASSETS, "shipped");
const CORE = "core.js";
// In one scope of their own, which they share with each other and not with the page.
const ELEMENTS = ["sharing.js", "answers.js", "statements.js", "record.js", "show.js", "picture.js", "element.js"];

const read = (/** @type {string} */ name) => fs.readFileSync(path.join(ASSETS, name), "utf8");

/** What others call by its name: the browser, the page's attributes, and whoever reads bundles and assessments. */
function publicNames() {
  const types = [...read("types.d.ts").matchAll(/(\w+)\??:/g)].map((match) => match[1]);
  const attributes = [...ELEMENTS.map(read).join("").matchAll(/dataset\.(\w+)/g)].map((match) => match[1]);

  return new Set([...types, ...attributes, "accepts", "assess", "handleEvent", "connectedCallback", "disconnectedCallback"]);
}

/** The names of our own fields and methods, which nobody else calls. */
function privateNames() {
  const known = publicNames();
  const source = [CORE, ...ELEMENTS].map(read).join("");
  const declared = source.matchAll(/\bthis\.(\w+) =|^ {2,4}(\w+)\([^()]*\) \{$|^ {2}(\w+)(?: = |;$)/gm);
  const names = [...declared].flatMap((match) => match.slice(1).filter(Boolean));
  return [...new Set(names)].filter((name) => !known.has(name)).sort();
}

async function script() {
  const elements = ELEMENTS.map(read).join("").replaceAll('"use strict";\n', "");
  const source = `${read(CORE)}(() => {\n"use strict";\n${elements}})();\n`;
  const { code } = await minify(source, {
    ecma: 2020,
    compress: { passes: 4, unsafe_arrows: true, unsafe_methods: true },
    // Names that the DOM has, too, stay as they are by terser's own list.
    mangle: { properties: { regex: new RegExp(`^(${privateNames().join("|")})$`), keep_quoted: true } },
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

async function main() {
  /** @type {[string, string][]} */
  const files = [["assessor.js", await script()], ["assessor.css", styles()]];
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

main();
