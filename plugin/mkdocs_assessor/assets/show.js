"use strict";
/* Shows parts of the HTML that the build rendered; every word stands there already. */

/**
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {T[]}
 */
function each(root, selector) {
  return [.../** @type {NodeListOf<T>} */ (root.querySelectorAll(selector))];
}

/** @param {Element} control @returns {HTMLElement} The question that a control belongs to. */
function questionOf(control) {
  return sure(/** @type {any} */ (control.closest("[data-question]")));
}

/** @param {Element} control @returns {string} The id of the question that a control belongs to. */
function idOf(control) {
  return sure(questionOf(control).dataset.question);
}

/** Show what the answer to a question is, and whether it matters. @type {Show} */
function showQuestion(question, { sheet, values }, id) {
  const answer = sheet.answers.get(id);
  for (const input of /** @type {HTMLInputElement[]} */ (each(question, "input"))) {
    if (input.type !== "number") {
      input.checked = readValue(sheet.questions.get(id), input.value) === answer;
    } else if (answer !== undefined || sheet.before || !isOff(input)) {
      // What is typed that is no answer stays, unless all answers were replaced; so does "0.50".
      if (input.valueAsNumber !== answer) input.value = String(answer ?? "");
      showError(input, false);
    }
  }
  for (const name of ["idle", "unasked"]) question.toggleAttribute(`data-${name}`, values.has(`${name}=${id}`));
}

/** Show whether the reader has said that the ticks are all. @type {Show} */
function showThatIsAll(part, { sheet }, ids) {
  const all = /** @type {HTMLInputElement} */ (part);
  const answers = ids.split(" ").map((id) => sheet.answers.get(id));
  // Where all are ticked, only the reader can have said it: to untick one then must not mean no by itself.
  all.checked = !answers.includes(undefined) && (all.checked || answers.includes(false));
}

/**
 * Say whether a number was typed that is no answer; one between two steps is.
 * @param {HTMLInputElement} input
 * @returns {boolean}
 */
function isOff({ validity }) {
  return validity.badInput || validity.rangeOverflow || validity.rangeUnderflow;
}

/**
 * Write a decimal sign for a comma that is typed or pasted, which the browser may swallow: of "0,5" it would leave 05, ten
 * times as much. Where a comma may part thousands, to swallow it is right.
 * @param {Event} event
 * @param {HTMLInputElement} input
 * @param {string} text What is typed or pasted.
 * @param {string} language
 */
function writeComma(event, input, text, language) {
  const { max, value } = input;
  const decimal = (0.5).toLocaleString(language).charAt(1);
  if (decimal !== "," && Number(max) >= 1_000) return;
  event.preventDefault();
  // A point does where the browser knows no other sign; of a longer text it could not be told whether it does.
  for (const sign of new Set(text === "," ? [decimal, "."] : ".")) {
    // There is no other way that the browser's own undo knows of.
    if (input.value === value && !input.validity.badInput) document.execCommand("insertText", false, text.replace(",", sign));
  }
}

/** @param {HTMLInputElement} input @param {boolean} isShown */
function showError(input, isShown) {
  input.ariaInvalid = String(isShown);
  sure(each(questionOf(input), "[data-error]")[0]).hidden = !isShown;
}

/** Show which changes would make another outcome possible, each question as a link to where it is asked. @type {Show} */
function showChanges(list, { sheet, changes }) {
  const { phrases } = sheet;
  each(list, "li").forEach((item, position) => {
    const change = changes[position];
    item.hidden = !change;
    if (!change) return;
    const [title, all] = each(item, "[data-fill]");
    sure(title).textContent = sure(phrases[`outcome=${change.outcome}`]);
    sure(all).replaceChildren(
      ...change.set.flatMap((one, index) => {
        const link = document.createElement("a");
        link.href = list.dataset.prefix + one.question;
        link.textContent = sure(phrases[`question=${one.question}`]);
        return [index ? sure(phrases.and) : "", link, ` → ${changeLabel(sheet, one)}`];
      }),
    );
  });
}

/**
 * Go to where a link of ours leads on this page. Left to Material's instant navigation, the first such link would
 * fetch the page anew, and lose what is typed and unfolded on it.
 * @param {MouseEvent} event
 * @param {HTMLAnchorElement | null} link
 */
function goWithin(event, link) {
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const [page, id] = link.href.split("#");
  if (!id || page !== location.href.split("#")[0]) return;
  const target = document.getElementById(id) ?? document.getElementById(decodeURIComponent(id));
  if (!target) return;
  event.preventDefault();
  event.stopPropagation();
  for (const block of /** @type {HTMLDetailsElement[]} */ (each(document, "details"))) block.open ||= block.contains(target);
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus();
  target.scrollIntoView();
  // The result may be scrolled within itself.
  target.scrollTop = 0;
}
