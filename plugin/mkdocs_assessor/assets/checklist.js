"use strict";
/* What a checklist has besides the questions: buttons, and what a screen reader is told. It sends nothing. */

const MOST_ANNOUNCED_CHARACTERS = 160;

/**
 * Do what a button is for. Its attributes say what the reader is asked or told then, and what gets the focus: the
 * button itself may be gone.
 * @param {View} view
 * @param {HTMLElement} button
 */
async function press(view, button) {
  const sheet = sure(view.sheet);
  const { do: what, file, focus, text } = button.dataset;
  // What is copied must not be older than the last tick.
  if (sheet.isStale) sheet.update();
  view.turnTo(button.dataset.mode);
  if (what === "clear") {
    /** @type {HTMLInputElement[]} */
    const fields = each(questionOf(button), "[type=text]");
    for (const field of fields) field.value = "";
    view.change([idOf(button)], undefined);
  }
  if (what === "reset-all") sheet.replace(new Map());
  if (what === "undo") sheet.undo();
  if (what === "take") sheet.decide(true);
  if (what === "keep") sheet.decide(false);
  if (what === "print") {
    view.dataset.printing = "";
    addEventListener("afterprint", () => delete view.dataset.printing, { once: true });
    print();
  }
  if (focus) each(view, focus)[0]?.focus();
  if (!text) return;
  const written = text === "link" ? writeLink(sheet) : text === "record" ? view.record() : writeAnswers(sheet);
  if (file) return save(file, written);
  const field = /** @type {HTMLTextAreaElement} */ (each(view, "textarea")[0]);
  if (text === "link" && written.length > MOST_LINK_CHARACTERS) return view.turnTo("too-long");
  field.value = written;
  try {
    await navigator.clipboard.writeText(written);
    view.turnTo(what);
  } catch {
    // Where that is not allowed, it is shown to be copied by hand.
    view.turnTo("copy-by-hand");
    field.select();
  }
}

/**
 * Let the reader keep a text as a file; nothing is sent.
 * @param {string} name
 * @param {string} text
 */
function save(name, text) {
  const link = document.createElement("a");
  link.href = `data:,${encodeURIComponent(text)}`;
  link.download = name;
  link.click();
}

/** @param {AnswerSheet} sheet @param {HTMLInputElement} input */
async function load(sheet, input) {
  const [file] = /** @type {FileList} */ (input.files);
  // No more than shows that it is too large.
  if (file) sheet.load(await file.slice(0, MOST_STORED_CHARACTERS + 1).text());
  // The same file may be chosen again.
  input.value = "";
}

/** Say in one sentence what is news: what the reader is told, one after the other, and then the result. @param {View} view */
function announce(view) {
  const [status] = each(view, "[data-status]");
  // A single question tells nothing.
  if (!status) return;
  const notices = noticesOf(view);
  const result = resultSaid(view);
  // What no longer holds is not left to be read.
  if (status.textContent !== view.announced && !view.told.includes(status.textContent)) status.textContent = "";
  const notice = notices.find((text) => !view.told.includes(text));
  if (notice) {
    view.told.push((status.textContent = notice));
    sure(view.sheet).rest();
  } else if (result !== view.announced) status.textContent = view.announced = result;
}

/** Return what the reader is to be told now; what no longer holds is news when it holds again. @param {View} view */
function noticesOf(view) {
  const notices = each(view, "[data-told]:not([hidden])").map((part) => shortest([part.innerText]));
  view.told = view.told.filter((text) => notices.includes(text));
  return notices;
}

/** @param {View} view */
function resultSaid(view) {
  const names = each(view, ".assessor-names > :not([hidden])").map((name) => name.textContent);
  return shortest(linesOf(view, view.dataset.announce).map((text) => text.replace("{outcomes}", () => names.join("; "))));
}

/** @param {string[]} texts @returns {string} The first that is short enough, or else the start of the last. */
function shortest(texts) {
  return texts.find((text) => text.length <= MOST_ANNOUNCED_CHARACTERS) ?? sure(texts.at(-1)).slice(0, MOST_ANNOUNCED_CHARACTERS);
}
