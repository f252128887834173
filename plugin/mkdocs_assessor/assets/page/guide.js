/* Opens the question that matters next, and folds those that are done. */

import { each } from "./dom.js";

/** @import { View, Show } from "./elements.js" */

/** The folds that are open since the guide opened them, by the part that contains the questions. @type {WeakMap<Element, Set<HTMLDetailsElement>>} */
const opened = new WeakMap();

/** Open the question that matters next and the last one that was answered; fold the ones before. @type {Show} */
export function showGuide(part, { values }) {
  const isAll = part.closest("[data-all]");
  const ids = String(values.get("guide")).split(" ").filter(Boolean);
  const next = new Set(ids.flatMap((id) => folds(part, `:has([data-question="${id}"])`, `[data-question="${id}"]`)));
  const before = opened.get(part) ?? folds(part, "[open]", "[open]");
  opened.set(part, next);
  if (isAll) return;
  for (const fold of before) if (!next.has(fold)) fold.open = false;
  for (const fold of next) fold.open = true;
}

/**
 * Show all questions, or only those that matter.
 * @param {View} view
 * @param {boolean} isAll
 */
export function showAll(view, isAll) {
  view.toggleAttribute("data-all", isAll);
  for (const button of each(view, "[data-do=all]")) button.ariaPressed = String(isAll);
  for (const part of each(view, "[data-guide]")) {
    const next = opened.get(part);
    keepPlace(() => {
      for (const fold of folds(part)) fold.open = isAll || Boolean(next?.has(fold));
    });
  }
}

/**
 * Return the sections and the questions that fold.
 * @param {Element} part
 * @param {string} [section] What selects sections.
 * @param {string} [question] What selects questions.
 * @returns {HTMLDetailsElement[]}
 */
function folds(part, section = "", question = "") {
  return each(part, `section > details${section}, details[data-question]${question}`);
}

/**
 * Change the page, and scroll by as much as it moves what has the focus. Each place that is asked for after a change takes
 * the browser a layout of the whole page, so a tick changes all that it changes in between.
 * @param {() => void} change
 */
export function keepPlace(change) {
  const { activeElement, body } = document;
  const focused = activeElement === body ? null : activeElement;
  const place = () => focused?.getClientRects()[0];
  const before = place();
  change();
  // What the change has hidden has no place.
  const after = before && place();
  if (after) scrollBy({ top: after.top - before.top, behavior: "instant" });
}
