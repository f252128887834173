/* Announces results and notices to screen readers. */

import { sure } from "../core/collections.js";
import { each, plain } from "./dom.js";
import { linesOf } from "./statements/record.js";

/** @import { View } from "./elements.js" */

const MOST_ANNOUNCED_CHARACTERS = 160;

/** Announce what changed in one sentence at a time: first the notices, then the result. @param {View} view */
export function announce(view) {
  const [status] = each(view, "[data-status]");
  // A single question has no status.
  if (!status) return;
  const notices = noticesOf(view);
  const result = resultOf(view);
  // Clear an outdated text, which the reader could otherwise still find.
  if (status.textContent !== view._announced && !view._told.includes(status.textContent)) status.textContent = "";
  const notice = notices.find((text) => !view._told.includes(text));
  if (notice) {
    view._told.push((status.textContent = notice));
    sure(view._sheet)._rest();
  } else if (result !== view._announced) status.textContent = view._announced = result;
}

/** Return the visible notices, and forget the others, so that they are announced if they show again. @param {View} view */
export function noticesOf(view) {
  const notices = each(view, "[data-told]:not([hidden])").map((part) => shortest([part.innerText]));
  view._told = view._told.filter((text) => notices.includes(text));
  return notices;
}

/** Return the announcement of the result. @param {View} view */
export function resultOf(view) {
  const titles = String(sure(view._sheet)._said.values.get("fill titles"));
  return shortest(linesOf(view, view.dataset.announce).map((text) => plain(text.replace("{outcomes}", () => titles))));
}

/** Return the first text that is short enough, or the start of the last one. @param {string[]} texts @returns {string} */
function shortest(texts) {
  return texts.find((text) => text.length <= MOST_ANNOUNCED_CHARACTERS) ?? sure(texts.at(-1)).slice(0, MOST_ANNOUNCED_CHARACTERS);
}
