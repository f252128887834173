"use strict";
/* Shows and hides parts of the HTML that the build rendered; every word stands there already. */

/**
 * @param {Element} root
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
function each(root, selector) {
  return [...root.querySelectorAll(selector)].filter((found) => found instanceof HTMLElement);
}

/**
 * @param {Element} control
 * @returns {string} The id of the question that a control belongs to.
 */
function idOf(control) {
  return control.closest("[data-question]")?.getAttribute("data-question") ?? "";
}

/**
 * Show what the answer to a question is.
 * @param {HTMLElement} question
 * @param {Answer | undefined} answer
 * @param {boolean} isReplaced Whether what is typed goes, too, if it is no answer.
 */
function showAnswer(question, answer, isReplaced) {
  for (const input of question.querySelectorAll("input")) {
    if (input.matches("[data-unknown]")) input.checked = answer === null;
    else if (input.type === "number") showNumber(input, answer, isReplaced);
    else if (input.type === "checkbox") input.checked = answer === true;
    else input.checked = (answer ?? null) !== null && input.value === String(answer);
  }
  const isTyped = each(question, "[type=number]").some((input) => input instanceof HTMLInputElement && isOff(input));
  question.toggleAttribute("data-given", answer !== undefined || isTyped);
  for (const no of each(question, "[data-no]")) no.hidden = answer !== false;
}

/**
 * @param {HTMLInputElement} input
 * @param {Answer | undefined} answer
 * @param {boolean} isReplaced
 */
function showNumber(input, answer, isReplaced) {
  if (typeof answer === "number") {
    if (input.valueAsNumber !== answer) input.value = String(answer);
    setError(input, false);
  } else if (answer === null || isReplaced || !isOff(input)) {
    input.value = "";
    setError(input, false);
  }
}

/**
 * Say whether a number was typed that is no answer; one between two steps is.
 * @param {HTMLInputElement} input
 * @returns {boolean}
 */
function isOff(input) {
  const { badInput, rangeOverflow, rangeUnderflow } = input.validity;
  return badInput || rangeOverflow || rangeUnderflow;
}

/**
 * @param {HTMLInputElement} input
 * @param {boolean} isShown
 */
function setError(input, isShown) {
  for (const error of each(input.closest("[data-question]") ?? input, "[data-error]")) error.hidden = !isShown;
  if (isShown) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

/**
 * Show which changes would make another outcome possible, each question as a link to where it is asked.
 * @param {HTMLElement} target
 * @param {Said} said
 * @param {string} prefix What the ids of questions start with.
 */
function showChanges(target, { sheet, changes }, prefix) {
  const { phrases } = sheet;
  target.replaceChildren(
    ...changes.map(({ outcome, set }) => {
      const item = document.createElement("li");
      const title = document.createElement("strong");
      title.append(String(phrases[`outcome=${outcome}`]));
      item.append(title, ": ");
      set.forEach((change, position) => {
        const link = document.createElement("a");
        link.href = `#${prefix}--${change.question}`;
        link.append(String(phrases[`question=${change.question}`]));
        item.append(position ? String(phrases.and) : "", link, ` → ${changeLabel(sheet, change)}`);
      });
      return item;
    }),
  );
}

/**
 * Go to where a link of ours leads on this page. Left to Material's instant navigation, the first such link would
 * fetch the page anew, and lose what is typed and unfolded on it.
 * @param {MouseEvent} event
 */
function goWithin(event) {
  const link = event.target instanceof Element && event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const [page, id] = link.href.split("#");
  const target = id && page === location.href.split("#")[0] && (document.getElementById(id) ?? document.getElementById(decoded(id)));
  if (!target) return;
  event.preventDefault();
  event.stopPropagation();
  for (let block = target.closest("details"); block; block = block.parentElement?.closest("details") ?? null) block.open = true;
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus({ preventScroll: true });
  target.scrollIntoView();
  // The result may be scrolled within itself.
  target.scrollTop = 0;
}

/** @param {string} id As it stands in an address. */
function decoded(id) {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/**
 * Let the reader keep a text as a file; nothing is sent.
 * @param {string} name
 * @param {string} text
 */
function save(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}
