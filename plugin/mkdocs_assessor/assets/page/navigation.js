/* Goes to parts of the page, and opens what hides them. */

import { sure } from "../core/collections.js";
import { each, isModified } from "./dom.js";

/**
 * Go to where one of our links leads on this page, so that Back returns to the link. Material's instant navigation would
 * fetch the page again at the first such link, and lose what is typed and unfolded on it.
 * @param {MouseEvent} event
 * @param {HTMLAnchorElement | null} link
 * @returns {HTMLAnchorElement | undefined} The link, if it brings answers to this page.
 */
export function goWithin(event, link) {
  if (!link || isModified(event)) return undefined;
  const [page, id] = link.href.split("#");
  if (!id || page !== location.href.split("#")[0]) return undefined;
  const target = document.getElementById(id) ?? document.getElementById(decodeURIComponent(id));
  if (!target && !id.startsWith("assessor=")) return undefined;
  event.preventDefault();
  event.stopPropagation();
  if (!target) return link;
  if (location.hash !== `#${id}`) history.pushState(null, "", `#${id}`);
  goTo(target);
  return undefined;
}

/** Go to one of our parts where a link in the author's text leads. Our elements take the clicks on theirs. @param {MouseEvent} event */
export function goToOurs(event) {
  const link = /** @type {Element} */ (event.target).closest("a");
  if (link && isOurs(document.getElementById(link.hash.slice(1))) && !link.closest("[data-begun]")) goWithin(event, link);
}

/** Go to one of our parts if it is hidden, since themes do not open everything that hides it. @param {string} id */
export function goToHidden(id) {
  const target = document.getElementById(id);
  if (target && isOurs(target) && !target.getClientRects().length) goTo(target);
}

/** @param {HTMLElement | null} target */
function isOurs(target) {
  return Boolean(target?.closest(".assessor, .assessor-when"));
}

/** Unfold, focus and scroll to a part. @param {HTMLElement} target */
export function goTo(target) {
  unfold(target);
  // A fold with a tabindex would take what is in it out of the order of the Tab key.
  const part = target.matches("details") ? sure(each(target, "summary")[0]) : target;
  if (part.tabIndex < 0) part.tabIndex = -1;
  part.focus();
  target.scrollIntoView();
  // The result may be scrolled within itself.
  target.scrollTop = 0;
}

/** Open what hides a part: blocks that fold, and the tabs of pymdownx.tabbed. @param {HTMLElement} part */
export function unfold(part) {
  for (const block of /** @type {HTMLDetailsElement[]} */ (each(document, "details"))) block.open ||= block.contains(part);
  // As browsers do where they find something in a folded passage.
  part.dispatchEvent(new Event("beforematch", { bubbles: true }));
  for (const set of each(document, ".tabbed-set")) {
    const place = each(set, ":scope > .tabbed-content > *").findIndex((block) => block.contains(part));
    each(set, ":scope > input")[place]?.click();
  }
}
