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

/** Write a text into a part, or note the text of nodes. @param {Element} part @param {string} text @param {(Node | string)[]} [nodes] */
export function write(part, text, nodes = [text]) {
  part.replaceChildren(...nodes);
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

/** Return whether a modifier key gives a click or a key its browser meaning. @param {MouseEvent | KeyboardEvent} event */
export function isModified({ altKey, ctrlKey, metaKey, shiftKey }) {
  return altKey || ctrlKey || metaKey || shiftKey;
}
