/*
 * Written by mkdocs-assessor: assessor export --to web-component
 * Defines a custom element with a guide. It can be imported where there is no window, to render a page on a server.
 */

import { html, tag } from "./content.js";
import { start } from "./script.mjs";

export { html, tag };

/** Return the guide as nodes. The HTML was rendered, and its texts escaped, when this package was written. */
function nodes() {
  const template = document.createElement("template");
  /** @type {{ createPolicy(name: string, rules: object): { createHTML(text: string): string } } | undefined} */
  const types = Reflect.get(globalThis, "trustedTypes");
  // eslint-disable-next-line no-restricted-syntax -- no text that a reader or another page can change
  template.innerHTML = types ? types.createPolicy(tag, { createHTML: (/** @type {string} */ text) => text }).createHTML(html) : html;
  return template.content;
}

if (typeof customElements !== "undefined" && !customElements.get(tag)) {
  const Guide = class extends HTMLElement {
    connectedCallback() {
      // A server, or a framework, may have rendered the guide already.
      if (!this.firstElementChild) this.replaceChildren(nodes());
    }
  };
  customElements.define(tag, Guide);
  start();
}
