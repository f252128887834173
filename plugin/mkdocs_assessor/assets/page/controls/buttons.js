/* Handles the buttons of a checklist. Nothing is sent to a server. */

import { sure } from "../../core/collections.js";
import { MOST_CHARACTERS, writeAnswers } from "../answers/answers_text.js";
import { decide, takeFile } from "../answers/arrivals.js";
import { each, idOf, questionOf, textOf } from "../dom.js";
import { showAll } from "../guide.js";
import { MOST_LINK_CHARACTERS, writeLink } from "../answers/links.js";
import { showAllPassages } from "../passages.js";
import { tasksOf } from "../statements/record.js";
import { keepBeside } from "../answers/storage.js";

/** @import { AnswerSheet } from "../answers/answer_sheet.js" */
/** @import { View } from "../elements.js" */

/**
 * Handle a button. Its attributes name the new mode of the element, and the part that gets the focus, because the button
 * may be hidden afterwards.
 * @param {View} view
 * @param {HTMLElement} button
 */
export async function press(view, button) {
  const sheet = sure(view._sheet);
  const { do: what, file, focus, text } = button.dataset;
  // A copy must not be older than the last tick.
  if (sheet._isStale) sheet._update();
  view._turnTo(button.dataset.mode);
  if (what === "clear") {
    /** @type {HTMLInputElement[]} */
    const fields = each(questionOf(button), ".assessor-number");
    for (const field of fields) field.value = "";
    view._change([idOf(button)], undefined);
  }
  if (what === "all") {
    const isAll = !("all" in view.dataset);
    showAll(view, isAll);
    keepBeside(sheet, "all", isAll ? "" : null);
  }
  if (what === "passages") showAllPassages(view, button);
  if (what === "reset-all") sheet._replace({ answers: new Map(), reworded: new Map() });
  if (what === "undo") sheet._undo();
  if (what === "take-reworded") sheet._takeReworded();
  if (what === "take") decide(sheet, true);
  if (what === "keep") decide(sheet, false);
  if (what === "keep-case") sheet._keepCase();
  if (what === "try") {
    const { set } = sure(sheet._said.changes[Number(/** @type {HTMLButtonElement} */ (button).value)]);
    sheet._try(set, textOf(/** @type {Element} */ (button.parentElement)));
  }
  if (what === "end-trial") sheet._try(null);
  if (what === "keep-trial" && sheet._trial) sheet._replace({ answers: sheet._trial.answers, reworded: sheet._reworded });
  if (what === "print" || what === "print-all") {
    view.dataset.printing = what;
    let isPrinted = false;
    addEventListener("beforeprint", () => (isPrinted = true), { once: true });
    addEventListener("afterprint", () => delete view.dataset.printing, { once: true });
    print();
    // A frame whose sandbox allows no dialogs prints nothing, and says nothing.
    if (!isPrinted && self !== top) {
      delete view.dataset.printing;
      view._turnTo("print-blocked");
    }
  }
  // Two buttons undo, and one of them is hidden.
  if (focus) each(view, focus).find((part) => part.getClientRects().length)?.focus();
  if (!text) return;
  const written = { link: writeLink, record: () => view.record(), tasks: () => tasksOf(view), answers: writeAnswers }[/** @type {"link"} */ (text)](sheet);
  if (file && maySave()) return save(file, written);
  const field = /** @type {HTMLTextAreaElement} */ (each(view, "textarea")[0]);
  if (text === "link" && written.length > MOST_LINK_CHARACTERS) return view._turnTo("too-long");
  field.value = written;
  try {
    await navigator.clipboard.writeText(written);
    view._turnTo(what);
  } catch {
    // Where copying is not allowed, the reader copies the text by hand.
    view._turnTo("copy-by-hand");
    field.select();
  }
}

/** Say whether this page may save files: in most sandboxed frames it may not, and nothing says so. */
function maySave() {
  const { sandbox } = /** @type {Partial<HTMLIFrameElement>} */ (frameElement ?? {});
  return sandbox?.length ? sandbox.contains("allow-downloads") : location.protocol === "file:" || origin !== "null";
}

/**
 * Let the reader save a text as a file.
 * @param {string} name
 * @param {string} text
 */
function save(name, text) {
  const link = document.createElement("a");
  link.href = `data:,${encodeURIComponent(text)}`;
  link.download = name;
  link.click();
}

/** Load the file that the reader chose. @param {AnswerSheet} sheet @param {HTMLInputElement} input */
export async function load(sheet, input) {
  const [file] = /** @type {FileList} */ (input.files);
  // One character more shows that a file is too long.
  if (file) takeFile(sheet, await file.slice(0, MOST_CHARACTERS + 1).text());
  // The reader may choose the same file again.
  input.value = "";
}
