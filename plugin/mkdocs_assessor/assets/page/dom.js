/* Finds parts of the HTML that the build rendered. */

import { sure } from "../core/collections.js";

/**
 * Return the elements below a root that match a selector.
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {T[]}
 */
export function each(root, selector) {
  return [.../** @type {NodeListOf<T>} */ (root.querySelectorAll(selector))];
}

/** What parts say, whatever a browser's translation has made of the page. @type {WeakMap<Element, string>} */
const written = new WeakMap();

/**
 * Return a text in the form of `marked_text` in assessor/language/inline.py as what shows it.
 * @param {string} text
 * @returns {Node | string}
 */
export function marked(text) {
  if (!/[\\`*&]/.test(text)) return text;
  const all = document.createDocumentFragment();
  /** @type {ParentNode} */
  let part = all;
  for (const [found, character, entity, code, mark] of text.matchAll(/\\(.)|&(amp|lt);|`([^`]+)`|(\*\*?)|[^\\&`*]+|./gs)) {
    const tag = code ? "code" : mark === "*" ? "em" : "strong";
    if (mark && part instanceof Element && part.localName === tag) part = /** @type {ParentNode} */ (part.parentNode);
    else if (mark) part = part.appendChild(document.createElement(tag));
    else if (code) part.appendChild(document.createElement(tag)).append(code);
    else part.append(character ?? (entity ? { amp: "&", lt: "<" }[entity] ?? "" : found));
  }
  return all;
}

/** Return a text in that form without its marks. @param {string} text @returns {string} */
export function plain(text) {
  const part = document.createElement("p");
  part.append(marked(text));
  return part.textContent;
}

/** Write a text in that form into a part, or note the text of nodes. @param {Element} part @param {string} text @param {(Node | string)[]} [nodes] */
export function write(part, text, nodes = [marked(text)]) {
  part.replaceChildren(...nodes);
  noteText(part, text);
}

/** Note what a part says. @param {Element} part @param {string} text */
export function noteText(part, text) {
  written.set(part, text);
}

/** Return what was written into a part. @param {Element} part */
export function textOf(part) {
  return written.get(part) ?? part.textContent;
}

/** Return the question that a control belongs to. @param {Element} control @returns {HTMLElement} */
export function questionOf(control) {
  return sure(/** @type {any} */ (control.closest("[data-question]")));
}

/** Return the id of the question that a control belongs to. @param {Element} control @returns {string} */
export function idOf(control) {
  return sure(questionOf(control).dataset.question);
}

/** Return whether a control is a field to type in. @param {HTMLInputElement} control */
export function isField({ type }) {
  return type === "text" || type === "date";
}

/** Return whether a modifier key gives a click or a key its browser meaning. @param {MouseEvent | KeyboardEvent} event */
export function isModified({ altKey, ctrlKey, metaKey, shiftKey }) {
  return altKey || ctrlKey || metaKey || shiftKey;
}
