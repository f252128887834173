/* Takes the answers that a link or a file brings to an answer sheet, and tells the reader what became of them. */

import { ordered, parse } from "./answers_text.js";
import { each } from "../dom.js";
import { fragmentOf, readLink, settledOutcomes } from "./links.js";
import { goTo, goToHidden, unfold } from "../navigation.js";
import { enqueue } from "../queue.js";
import { keep } from "./storage.js";

/** @import { AnswerSheet } from "./answer_sheet.js" */
/** @import { SharedLink } from "./links.js" */

/**
 * Take the answers of the link that led here and remove them from the address, or go to our part that it names.
 * @param {AnswerSheet} sheet
 * @param {Location | HTMLAnchorElement} [address]
 */
export function follow(sheet, address = location) {
  const fragment = fragmentOf(address);
  if (!fragment.startsWith("#assessor=")) return goToHidden(fragment.slice(1));
  const link = readLink(sheet._questions, fragment);
  const { _notices: notices, _bundle: { ruleset } } = sheet;
  // The link may be for another checklist of the page.
  if (link && link.ruleset !== ruleset && each(document, `[data-assessor="${link.ruleset}"]`)[0]) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  forget(sheet);
  if (!link) notices.add("link-unreadable");
  else if (link.ruleset !== ruleset) notices.add("link-other");
  else receive(sheet, link);
  sheet._show();
  if (notices.size > 1 || !notices.has("arrived")) showNotices(sheet);
  else enqueue(() => partsOf(sheet, ".assessor-result").slice(0, 1).forEach(goTo));
}

/** @param {AnswerSheet} sheet @param {SharedLink} link */
function receive(sheet, { hash, outcomes, given, isWhole, meanings, preset: named }) {
  const { _notices: notices } = sheet;
  // The answers of a case that is no longer in the rule set are taken as those of any link.
  const preset = sheet._phrases[`case=${named}`] && named;
  const sifted = sheet._sift(given, meanings);
  const isOurs = sheet._bundle.hash.startsWith(hash ?? "");
  const reached = settledOutcomes(sheet._assess(sifted.answers));
  const isSame = outcomes.every((outcome) => reached.includes(outcome));
  if (!isOurs) notices.add("link-changed");
  if (!isWhole && !preset) notices.add(hash ? "link-unproven" : "link-unchecked");
  if (!isSame) notices.add("link-differs");
  else if (outcomes.length && !isOurs) notices.add("link-same");
  if (sheet._dropped.length) notices.add("dropped");
  if (preset) {
    // What the reader answered just now is stored first, as it is with what it was when the reader comes back.
    keep(sheet);
    return sheet._replace(sifted, preset);
  }
  const isMine = holds(sheet, sifted.answers) && !sifted.reworded.size;
  sheet._offered = sheet._answers.size > 0 && !isMine ? sifted : null;
  if (sheet._offered) notices.add("offered");
  else if (!isMine) {
    notices.add("arrived");
    sheet._replace(sifted);
  }
}

/** Return whether a sheet has the same answers. @param {AnswerSheet} sheet @param {Map<string, Answer>} answers */
export function holds({ _answers: mine, _bundle: bundle }, answers) {
  return String(ordered(bundle, mine)) === String(ordered(bundle, answers));
}

/**
 * Keep the answers that a link brought, or the reader's.
 * @param {AnswerSheet} sheet
 * @param {boolean} isTaken
 */
export function decide(sheet, isTaken) {
  const { _offered: offered } = sheet;
  sheet._offered = null;
  sheet._notices.clear();
  if (offered && isTaken) sheet._replace(offered);
  else sheet._show();
}

/** Take the answers of a file. @param {AnswerSheet} sheet @param {string} text */
export function takeFile(sheet, text) {
  const { _notices: notices } = sheet;
  const sifted = sheet._sift(Object.entries(Object(parse(text))));
  forget(sheet);
  if (!sifted.answers.size) notices.add("file-unreadable");
  else if (sheet._dropped.length) notices.add("dropped");
  if (notices.size) showNotices(sheet);
  if (sifted.answers.size) sheet._replace(sifted);
  else sheet._show();
}

/** Drop all notices, so that the same ones are announced again. @param {AnswerSheet} sheet */
function forget(sheet) {
  sheet._notices.clear();
  for (const view of sheet._views) view._told = [];
}

/** Scroll to the notices: readers want to see what became of a link or a file. @param {AnswerSheet} sheet */
function showNotices(sheet) {
  enqueue(() => {
    for (const notices of partsOf(sheet, ".assessor-notices")) {
      // Whoever followed a link within the page goes on from here.
      if (sheet._case) goTo(notices);
      unfold(notices);
      notices.scrollIntoView();
    }
  });
}

/** Return the parts of all elements of a sheet. @param {AnswerSheet} sheet @param {string} selector */
function partsOf(sheet, selector) {
  return [...sheet._views].flatMap((view) => each(view, selector));
}
