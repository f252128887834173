/*
 * Writes the files of plugin/mkdocs_assessor/assets/shipped/ from the sources beside that folder: `npm run build`.
 *   assessor.js    the script that sites load: the elements, and the part of the decision logic that they need
 *   core.js        the whole decision logic, for Node.js and for other people's pages
 *   assessor.css   the style sheet
 *   page.css       the style sheet of pages without a generator, which have no theme
 * With --check, it reports files that differ from what the sources give, and exits with 1. With --readable and the name of
 * a script, it prints that script before it is minified.
 */

import fs from "node:fs";
import path from "node:path";

import { rollup } from "rollup";
import { minify } from "terser";

const ASSETS = path.join(import.meta.dirname, "..", "plugin", "mkdocs_assessor", "assets");
const SHIPPED = path.join(ASSETS, "shipped");
/** Each has an entry module of the same name. */
const SCRIPTS = ["assessor.js", "core.js"];
/** What the style sheet of sites is made of, in its order: later rules override earlier ones. */
const STYLES = ["base", "questions", "passages", "result", "charts", "controls", "layout", "print"];

/** Return a script and all that it imports as one function, which runs in browsers without modules. */
async function bundle(/** @type {string} */ name) {
  const bundled = await rollup({
    input: path.join(ASSETS, name),
    onLog: (_, { message }) => {
      throw new Error(message);
    },
  });
  const { output } = await bundled.generate({ format: "iife" });
  // `sure` only tells the type checker that a value is defined.
  return output[0].code.replace(/(?<!function )\bsure\(/g, "(");
}

async function script(/** @type {string} */ name) {
  const { code } = await minify(await bundle(name), {
    ecma: 2020,
    compress: { passes: 4, unsafe_arrows: true, unsafe_methods: true },
    // Members whose names begin with an underscore are used nowhere else, so they get short names.
    mangle: { properties: { regex: /^_/ } },
    // Plain ASCII, whatever encoding a server declares.
    format: { ascii_only: true },
  });
  return `${code}\n`;
}

/** Return style sheets as one, without comments and redundant white space. */
function styles(/** @type {string[]} */ ...names) {
  const sources = names.map((name) => fs.readFileSync(path.join(ASSETS, "styles", `${name}.css`), "utf8"));
  const source = sources.join("").replace(/\/\*[^]*?\*\//g, "").replace(/\s+/g, " ");
  // Keep quoted text unchanged.
  const short = source.replace(/"[^"]*"| ?([{};,>]) ?|: /g, (found, mark) => mark ?? (found === ": " ? ":" : found));
  return `${short.replaceAll(";}", "}").trim()}\n`;
}

async function build() {
  /** @type {[string, string][]} */
  const files = [["assessor.css", styles(...STYLES)], ["page.css", styles("page")]];
  for (const name of SCRIPTS) files.push([name, await script(name)]);
  for (const [name, content] of files) {
    const file = path.join(SHIPPED, name);
    if (!process.argv.includes("--check")) {
      fs.mkdirSync(SHIPPED, { recursive: true });
      fs.writeFileSync(file, content);
    } else if (!fs.existsSync(file) || fs.readFileSync(file, "utf8") !== content) {
      console.error(`${path.relative(process.cwd(), file)} differs from what its sources give: run 'npm run build'`);
      process.exitCode = 1;
    }
  }
}

if (process.argv[2] === "--readable") process.stdout.write(await bundle(String(process.argv[3])));
else await build();
