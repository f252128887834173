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
 * @param {Element} root
 * @param {string} selector
 * @param {(part: HTMLElement) => boolean} isShown
 */
function showOnly(root, selector, isShown) {
  for (const part of each(root, selector)) {
    const hidden = !isShown(part);
    if (part.hidden !== hidden) part.hidden = hidden;
  }
}

/**
 * @param {Element} element
 * @param {string} text
 */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * @param {Element} control
 * @returns {string} The id of the question that a control belongs to.
 */
function idOf(control) {
  const question = control.closest("[data-question]");
  return (question instanceof HTMLElement && question.dataset.question) || "";
}

/**
 * @param {HTMLElement} question
 * @param {Answer | undefined} answer
 * @param {boolean} isCleared Whether what is typed goes, too, if it is no answer.
 * @param {boolean} isIrrelevant Whether no answer to it can change the outcome any more.
 */
function showAnswer(question, answer, isCleared, isIrrelevant) {
  for (const input of question.querySelectorAll("input")) {
    if ("unknown" in input.dataset) input.checked = answer === null;
    else if (input.type === "number") showNumber(input, answer, isCleared);
    else if ("tick" in input.dataset) input.checked = answer === true;
    else input.checked = answer !== undefined && answer !== null && input.value === String(answer);
  }
  const open = answer === null ? "unknown" : "unanswered";
  const state = isIrrelevant ? "irrelevant" : (answer ?? null) === null ? open : "answered";
  showOnly(question, "[data-state]", (part) => part.dataset.state === state);
  question.toggleAttribute("data-given", answer !== undefined);
  showOnly(question, "[data-no]", () => answer === false);
}

/**
 * @param {HTMLInputElement} input
 * @param {Answer | undefined} answer
 * @param {boolean} isCleared
 */
function showNumber(input, answer, isCleared) {
  if (typeof answer === "number") {
    if (input.valueAsNumber !== answer) input.value = String(answer);
    setError(input, false);
  } else if (answer === null || isCleared || !isOff(input)) {
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
  const error = input.closest("[data-question]")?.querySelector("[data-error]");
  if (error instanceof HTMLElement) error.hidden = !isShown;
  if (isShown) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

/**
 * @param {HTMLElement} group
 * @param {AnswerSheet} sheet
 */
function showThatIsAll(group, sheet) {
  const answers = each(group, "[data-question]").map((tick) => sheet.answers.get(tick.dataset.question ?? ""));
  const isAll = answers.every((answer) => typeof answer === "boolean");
  for (const box of group.querySelectorAll("input")) {
    // Where all are ticked, only the reader can have said it: to untick one then must not mean no by itself.
    if ("thatIsAll" in box.dataset) box.checked = isAll && (box.checked || answers.includes(false));
  }
}

/**
 * @param {HTMLElement} row
 * @param {AssessedEstimate | null} estimate
 */
function showEstimate(row, estimate) {
  const likely = estimate ? rounded(estimate.likely) : "–";
  const range = estimate && estimate.low !== estimate.high ? `${rounded(estimate.low)}–${rounded(estimate.high)}` : likely;
  for (const cell of each(row, "[data-likely]")) setText(cell, likely);
  for (const cell of each(row, "[data-range]")) setText(cell, range);
}

/**
 * Write an estimate no more exactly than it is known.
 * @param {number} value
 * @returns {string}
 */
function rounded(value) {
  const text = value.toLocaleString("en", { maximumFractionDigits: Math.abs(value) >= 100 ? 0 : 3 });
  return text === "-0" ? "0" : text;
}
