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
    if (input.type !== "text") {
      input.checked = readValue(sheet.questions.get(id), input.value) === answer;
    } else if (answer !== undefined || sheet.before || !isOff(input, sheet)) {
      // What is typed that is no answer stays, unless all answers were replaced; so does "0.", before more is typed.
      if (typeof answer !== "number") input.value = "";
      else if (typedIn(input, sheet) !== answer) input.value = writeTyped(answer, sheet.language);
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

/** Say whether a key is held that makes of a click or a key something of the browser's. @param {MouseEvent | KeyboardEvent} event */
function isModified({ altKey, ctrlKey, metaKey, shiftKey }) {
  return altKey || ctrlKey || metaKey || shiftKey;
}

/**
 * Go to where a link of ours leads on this page. Left to Material's instant navigation, the first such link would
 * fetch the page anew, and lose what is typed and unfolded on it.
 * @param {MouseEvent} event
 * @param {HTMLAnchorElement | null} link
 */
function goWithin(event, link) {
  if (!link || isModified(event)) return;
  const [page, id] = link.href.split("#");
  if (!id || page !== location.href.split("#")[0]) return;
  const target = document.getElementById(id) ?? document.getElementById(decodeURIComponent(id));
  if (!target) return;
  event.preventDefault();
  event.stopPropagation();
  goTo(target);
}

/** Go to a part of ours that is hidden: themes do not open all that hides it. @param {string} id */
function goToHidden(id) {
  const target = document.getElementById(id);
  if (target?.closest(".assessor") && !target.getClientRects().length) goTo(target);
}

/** @param {HTMLElement} target */
function goTo(target) {
  unfold(target);
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus();
  target.scrollIntoView();
  // The result may be scrolled within itself.
  target.scrollTop = 0;
}

/** Open what hides a part: blocks that fold, and the tabs of pymdownx.tabbed. @param {HTMLElement} part */
function unfold(part) {
  for (const block of /** @type {HTMLDetailsElement[]} */ (each(document, "details"))) block.open ||= block.contains(part);
  for (const set of each(document, ".tabbed-set")) {
    const place = each(set, ":scope > .tabbed-content > *").findIndex((block) => block.contains(part));
    each(set, ":scope > input")[place]?.click();
  }
}
