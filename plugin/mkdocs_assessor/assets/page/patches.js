/* Patches parts of the HTML that the build rendered, which already contains every text. */

import { sure } from "../core/collections.js";
import { readValue } from "./answers/answers_text.js";
import { each, isField, marked, noteText, questionOf, write } from "./dom.js";
import { isOff, numberIn, typedIn, writeNumber } from "./controls/number_field.js";
import { changeLabel } from "./statements/record.js";
import { titlesByDecision } from "./statements/statements.js";

/** @import { AnswerSheet } from "./answers/answer_sheet.js" */
/** @import { Show } from "./elements.js" */

/** Show the answer to a question, and whether the question matters. @type {Show} */
export function showQuestion(question, { sheet, values }, id) {
  const answer = sheet._reading._answers.get(id);
  for (const input of /** @type {HTMLInputElement[]} */ (each(question, "input"))) {
    if (!isField(input)) {
      input.checked = readValue(sheet._questions.get(id), input.value) === answer;
    } else if (answer !== undefined || sheet._before || !isOff(input, sheet)) {
      // Typed text that is no answer stays unless all answers were replaced; so does "0." while more is typed.
      if (answer === undefined || typedIn(input, sheet) !== answer) input.value = typeof answer === "number" ? writeNumber(answer, sheet._language) : String(answer ?? "");
      showError(input, false);
      if (answer === undefined) showReading(input, sheet);
    }
  }
  for (const name of ["idle", "unasked"]) question.toggleAttribute(`data-${name}`, values.has(`${name}=${id}`));
}

/** Show whether an outcome is ruled out. @type {Show} */
export function showChance(part, { values }, id) {
  part.toggleAttribute("data-out", values.has(`turned-down=${id}`));
}

/** Let a link lead to the question that comes next. @type {Show} */
export function showNext(link, { values }) {
  /** @type {HTMLAnchorElement} */ (link).href = sure(link.dataset.prefix) + values.get("next");
}

/** Show whether the reader said that the ticks are complete, or that none applies. @type {Show} */
export function showThatIsAll(part, { sheet }, ids) {
  const all = /** @type {HTMLInputElement} */ (part);
  const answers = ids.split(" ").map((id) => sheet._answers.get(id));
  if (!("thatIsAll" in all.dataset)) all.checked = answers.every((answer) => answer === false);
  // Where all are ticked, only the reader can say so: to untick one afterwards must not mean no by itself.
  else all.checked = !answers.includes(undefined) && (all.checked || answers.includes(false));
}

/** Show or hide the error of a number field. @param {HTMLInputElement} input @param {boolean} isShown */
function showError(input, isShown) {
  input.ariaInvalid = String(isShown);
  // Another script of the page may have taken the error away.
  for (const error of each(questionOf(input), "[data-error]")) error.hidden = !isShown;
}

/**
 * Show how finished text was understood, or that it is no answer.
 * @param {HTMLInputElement} field
 * @param {AnswerSheet} sheet
 */
export function showTyped(field, sheet) {
  const answer = typedIn(field, sheet);
  if (typeof answer === "number") field.value = writeNumber(answer, sheet._language);
  else if (isOff(field, sheet)) {
    const isNumber = !isNaN(numberIn(field, sheet));
    for (const note of each(questionOf(field), "[data-error] > span")) note.hidden = isNumber;
    for (const text of each(questionOf(field), "[data-error] > span > span")) text.textContent = field.value.trim();
    showError(field, true);
  }
}

/**
 * Show how text is read that is not digits alone, such as "180k".
 * @param {HTMLInputElement} field
 * @param {AnswerSheet} sheet
 */
export function showReading(field, sheet) {
  const answer = typedIn(field, sheet);
  const read = typeof answer === "number" && !/^[\d.,-]*$/.test(field.value) ? answer.toLocaleString(sheet._language, { maximumFractionDigits: 20 }) : "";
  for (const note of each(questionOf(field), "[data-read]")) note.hidden = !read;
  for (const text of each(questionOf(field), "[data-read] span")) text.textContent = read;
}

/** Show a task while it applies, and also afterwards if the reader has ticked it off. @type {Show} */
export function showTask(item, { values }, names) {
  const [done, ...applies] = names.split(" ").map((name) => values.has(name));
  const isMoot = !applies.includes(true);
  item.hidden = !done && isMoot;
  item.toggleAttribute("data-moot", isMoot);
  /** @type {HTMLInputElement[]} */
  const boxes = each(item, "input");
  for (const box of boxes) box.checked = Boolean(done);
}

/** Show the changes that would make another outcome possible, each question as a link to where it is asked. @type {Show} */
export function showChanges(list, { sheet, changes }) {
  const { _phrases: phrases } = sheet;
  each(list, "li").forEach((item, position) => {
    const change = changes[position];
    item.hidden = !change;
    if (!change) return;
    const [title] = each(item, "[data-fill=outcome]");
    const [all] = each(item, "[data-fill=changes]");
    write(sure(title), titlesByDecision(sheet, change.outcomes));
    let text = "";
    let names = "";
    const nodes = change.set.flatMap((one, index) => {
      const link = document.createElement("a");
      link.href = list.dataset.prefix + one.question;
      const name = sure(phrases[`name=${one.question}`]);
      link.append(marked(name));
      const [and, to] = [index ? sure(phrases.and) : "", ` → ${changeLabel(sheet, one)}`];
      // Records quote the whole question.
      text += and + phrases[`question=${one.question}`] + to;
      // Of several options, a trial takes the first.
      names += `${and}${name} → ${changeLabel(sheet, "options" in one.to ? { ...one, to: { options: one.to.options.slice(0, 1) } } : one)}`;
      return [and, link, marked(to)];
    });
    write(sure(all), text, nodes);
    noteText(item, names);
  });
}
