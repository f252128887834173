/* Opens the question that matters next, and folds those that are done. */

import { each, idOf } from "./dom.js";

/** @import { View, Show } from "./elements.js" */

/**
 * The sections and the questions that fold, each with its questions, and which are open since the guide opened them; by the
 * part that contains the questions. They are looked up once: each tick asks for them.
 * @type {WeakMap<Element, { questions: Map<HTMLDetailsElement, string[]>, opened: Set<HTMLDetailsElement> }>}
 */
const known = new WeakMap();

/** Open the question that matters next and the last one that was answered; fold the ones before. @type {Show} */
export function showGuide(part, { values }) {
  const ids = String(values.get("guide")).split(" ");
  const folds = foldsOf(part);
  const next = new Set([...folds.questions.keys()].filter((fold) => ids.some((id) => folds.questions.get(fold)?.includes(id))));
  const before = folds.opened;
  folds.opened = next;
  if (part.closest("[data-all]")) return;
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
    const { opened, questions } = foldsOf(part);
    keepPlace(() => {
      for (const fold of questions.keys()) fold.open = isAll || opened.has(fold);
    });
  }
}

/** @param {Element} part */
function foldsOf(part) {
  const found = known.get(part);
  if (found) return found;
  /** @type {HTMLDetailsElement[]} */
  const folds = each(part, "section > details, details[data-question]");
  const idsOf = (/** @type {HTMLDetailsElement} */ fold) => (fold.dataset.question ? [fold] : each(fold, "[data-question]")).map(idOf);
  const entry = { questions: new Map(folds.map((fold) => [fold, idsOf(fold)])), opened: new Set(folds.filter((fold) => fold.open)) };
  known.set(part, entry);
  return entry;
}

/**
 * Change the page, and scroll by as much as it moves what has the focus, or else what a link led to if it is in view. Each place that is asked for after a change takes
 * the browser a layout of the whole page, so a tick changes all that it changes in between.
 * @param {() => void} change
 */
export function keepPlace(change) {
  const { activeElement, body } = document;
  const [target] = each(document, ":target");
  const kept = activeElement === body ? target : activeElement;
  const place = () => kept?.getClientRects()[0];
  const before = place();
  const isKept = before && (kept !== target || (before.top >= 0 && before.top < innerHeight));
  change();
  // What the change has hidden has no place.
  const after = isKept && place();
  if (after) scrollBy({ top: after.top - before.top, behavior: "instant" });
}
