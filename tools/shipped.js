"use strict";
/* Loads the scripts that are shipped into Node.js, for tests and benchmarks. */

const path = require("node:path");

/** As much of a window as the page's script asks for when it is loaded. */
const WINDOW = {
  HTMLElement: class {},
  customElements: { get: () => undefined, define: () => undefined },
  document: { currentScript: null },
  location: { href: "file:///" },
};

/**
 * @param {string} script core.js, or assessor.js as a page loads it.
 * @returns {AssessorCore}
 */
function load(script) {
  const file = path.join(__dirname, "../plugin/mkdocs_assessor/assets/shipped", script);
  if (script === "core.js") return require(file);
  Object.assign(globalThis, WINDOW);
  require(file);
  return Reflect.get(globalThis, "assessor");
}

module.exports = { load };
