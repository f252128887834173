/*
 * Builds a folder as frameworks build docs with our web component: `node build.js react|vitepress|docusaurus FOLDER`. The
 * folder has the package in node_modules/, and a page that shows it:
 *   react       choosing.mdx, rendered by a server and hydrated in the browser
 *   vitepress   docs/
 *   docusaurus  docs/
 * The site is then in FOLDER/site.
 */

import fs from "node:fs";
import path from "node:path";

/** Import a package of this folder, which 'make lint' does without. @param {string} name @returns {Promise<any>} */
const load = (name) => import(import.meta.resolve(name));

const SHARED = `
import { createElement, useState } from "react";
import Guide from "./choosing.mdx";

export function App() {
  const [page, goTo] = useState("guide");
  const [count, setCount] = useState(0);
  const button = (name, onClick) => createElement("button", { onClick, type: "button" }, name);
  return createElement("main", null,
    page === "guide" ? createElement(Guide) : createElement("h1", null, "Elsewhere"),
    button("Go", () => goTo(page === "guide" ? "elsewhere" : "guide")),
    button("Count " + count, () => setCount(count + 1)));
}
`;
const SERVER = `
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { App } from "./app.js";

export const rendered = renderToString(createElement(App));
`;
const CLIENT = `
import { createElement } from "react";
import { hydrateRoot } from "react-dom/client";
import { App } from "./app.js";

hydrateRoot(document.getElementById("root"), createElement(App));
`;
/** @param {string} rendered */
const page = (rendered) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>React</title>
<link rel="icon" href="data:,">
<div id="root">${rendered}</div>
<script type="module" src="./client.js"></script>
</html>
`;

/** @param {string} folder */
async function buildReact(folder) {
  const { build } = await load("vite");
  const { default: mdx } = await load("@mdx-js/rollup");
  const write = (/** @type {string} */ name, /** @type {string} */ text) => fs.writeFileSync(path.join(folder, name), text);
  write("package.json", '{ "type": "module" }');
  write("app.js", SHARED);
  write("server.js", SERVER);
  write("client.js", CLIENT);
  const shared = { root: folder, base: "./", configFile: false, logLevel: "warn", mode: "development", plugins: [mdx({ development: false })] };
  await build({ ...shared, build: { ssr: "server.js", outDir: "server" } });
  const { rendered } = await import(path.join(folder, "server", "server.js"));
  write("index.html", page(rendered));
  await build({
    ...shared,
    // React tells of what does not fit only while one develops.
    define: { "process.env.NODE_ENV": '"development"' },
    build: { outDir: "site", minify: false },
  });
}

/** @param {string} folder */
async function buildVitePress(folder) {
  const { build } = await load("vitepress");
  fs.mkdirSync(path.join(folder, "docs", ".vitepress"));
  const config = { head: [["link", { rel: "icon", href: "data:," }]], router: { prefetchLinks: false }, outDir: "../site" };
  fs.writeFileSync(path.join(folder, "docs", ".vitepress", "config.js"), `export default ${JSON.stringify(config)};\n`);
  await build(path.join(folder, "docs"));
}

/** @param {string} folder */
async function buildDocusaurus(folder) {
  const { build } = await load("@docusaurus/core/lib/index.js");
  const config = {
    title: "Docusaurus",
    url: "http://127.0.0.1",
    baseUrl: "/",
    favicon: "data:,",
    plugins: [["@docusaurus/plugin-content-docs", { routeBasePath: "/", sidebarPath: false }]],
    themes: ["@docusaurus/theme-classic"],
  };
  const write = (/** @type {string} */ name, /** @type {string} */ text) => fs.writeFileSync(path.join(folder, name), text);
  write("package.json", "{}");
  write("docusaurus.config.js", `module.exports = ${JSON.stringify(config)};\n`);
  process.env.DO_NOT_TRACK = "1";
  await build(folder, { outDir: path.join(folder, "site"), minify: false });
}

const BUILDS = { react: buildReact, vitepress: buildVitePress, docusaurus: buildDocusaurus };
const [kind, folder] = /** @type {[keyof typeof BUILDS, string]} */ (process.argv.slice(2));
await BUILDS[kind](path.resolve(folder));
