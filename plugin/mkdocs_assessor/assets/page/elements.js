/*
 * Defines <assessor-checklist>, <assessor-question> and <assessor-plan>, which take answers and ticks from the controls that
 * the build rendered and show what follows, and <assessor-live> around links in the prose, which follow the answers.
 */

import { eachDecision } from "../core/assess.js";
import { sure } from "../core/collections.js";
import { noticesOf, resultOf } from "./announcer.js";
import { sheetOf } from "./answers/answer_sheet.js";
import { readValue } from "./answers/answers_text.js";
import { follow } from "./answers/arrivals.js";
import { load, press } from "./controls/buttons.js";
import { showChart } from "./charts.js";
import { each, idOf, isField, write } from "./dom.js";
import { keepPlace, showAll, showGuide } from "./guide.js";
import { goToOurs, goWithin } from "./navigation.js";
import { moveByKey, typedIn } from "./controls/number_field.js";
import { showShares, showStream } from "./statements/outlook.js";
import { showPassages } from "./passages.js";
import { showChance, showChanges, showNext, showQuestion, showReading, showTask, showThatIsAll, showTyped } from "./patches.js";
import { enqueue, queue } from "./queue.js";
import { linesOf, showAnswer, showFigure, showReason, today } from "./statements/record.js";
import { wantsAll } from "./answers/storage.js";

/** @import { AnswerSheet, Given } from "./answers/answer_sheet.js" */
/** @import { Said } from "./statements/statements.js" */

/** Shows a part of the page; the value is that of the attribute that marks the part.
 * @typedef {(part: HTMLElement, said: Said, value: string) => void} Show */

/** Patches a part of the page. @typedef {(said: Said) => void} Patch */

/** An element that shows an answer sheet and takes answers. */
export class View extends HTMLElement {
  /** The result that was announced last. @type {string | undefined} */
  _announced;

  /** The statement for the question or message that shows after a button was pressed. @type {string | undefined} */
  _mode;

  /** The notices that were announced and still show. @type {string[]} */
  _told = [];

  /** The patches to run when the value of a name changes. @type {Map<string | undefined, Patch[]>} */
  _patches = new Map();

  /** Settled once the page is up to date. */
  get updateComplete() {
    return queue;
  }

  connectedCallback() {
    // Without a script, a link to a worked case leads to the case; with one, to the checklist, which takes its answers.
    for (const link of /** @type {HTMLAnchorElement[]} */ (each(this, "[data-preset]"))) {
      const [page] = /** @type {HTMLAnchorElement[]} */ (each(this, "[hidden]"));
      link.href = (page?.href ?? "") + link.dataset.preset;
    }
    const sheet = (this._sheet = sheetOf(sure(this.dataset.ruleset)));
    if (!sheet) return;
    const passages = each(this, "[data-passages]");
    // The words of the answers are in the checklist, if there is one.
    const [speaker] = passages[0] ? each(document, `[data-phrases][data-ruleset="${this.dataset.ruleset}"]`) : [this];
    const phrases = speaker?.dataset.phrases;
    if (phrases) sheet._speak(JSON.parse(phrases));
    // Fold passages before the first paint, so that the page does not jump.
    this.hidden = false;
    for (const part of passages) showPassages(part, { sheet });
    for (const type of ["change", "click", "focusout", "input", "keydown"]) this.addEventListener(type, this);
    enqueue(() => this.isConnected && this._begin(sheet));
  }

  /** @param {AnswerSheet} sheet */
  _begin(sheet) {
    // Take answers that the reader gave before the script ran; browsers restore none from earlier visits.
    if (!("begun" in this.dataset)) {
      for (const input of /** @type {HTMLInputElement[]} */ (each(this, "input"))) {
        if (input.checked || (isField(input) && input.value)) this._take(input);
      }
    }
    follow(sheet);
    this._patches.clear();
    this._watch("if", "", (part, _, when) => (part.hidden = !this._says(when)));
    // What the reader has opened stays open.
    this._watch("open", "", (part, { values }, when) => values.has(when) && part.toggleAttribute("open", true));
    this._watch("fill", "fill ", (part, { values }, name) => write(part, String(values.get(`fill ${name}`))));
    this._watch("question", "question ", showQuestion);
    this._watch("answer", "question ", showAnswer);
    this._watch("reason", "question ", showReason);
    this._watch("chance", "turned-down=", showChance);
    this._watch("stream", "", showStream);
    this._watch("changes", "changes", showChanges);
    this._watch("next", "next", showNext);
    this._watch("shares", "", showShares);
    this._watch("chart", "estimates", showChart);
    this._watch("ticks", "question ", showThatIsAll);
    this._watch("guide", "", showGuide);
    this._watch("figure", "fill ", showFigure);
    this._watch("assumed", "assumed=", (part) => (part.title = linesOf(this, part.dataset.lines).join("\n")));
    this._watch("task", "", showTask);
    this._watch("passages", "", showPassages);
    keepPlace(() => this._show(sheet._said, this._patches.keys()));
    sheet._views.add(this);
    if (wantsAll(sheet)) showAll(this, true);
    this.dataset.begun = "";
    // Don't announce the result when the page opens, unless it came from a link.
    if (this.dataset.announce && !sheet._notices.has("arrived")) this._announced = resultOf(this);
  }

  disconnectedCallback() {
    this._sheet?._views.delete(this);
  }

  /**
   * Find every part with one of our attributes, and record how to patch it.
   * @param {string} attribute
   * @param {string} prefix What precedes the attribute's value in the name that the part depends on.
   * @param {Show} show
   */
  _watch(attribute, prefix, show) {
    const { _patches: patches } = this;
    for (const part of each(this, `[data-${attribute}]`)) {
      const value = sure(part.dataset[attribute]);
      for (const one of value.split(" ")) {
        const name = prefix + one.replace("!", "");
        patches.set(name, [...(patches.get(name) ?? []), (said) => show(part, said, value)]);
      }
    }
  }

  /** Return whether all statements hold, and those after "!" do not; true without statements. @param {string} when */
  _says(when) {
    return when.split(" ").every((statement) => {
      const name = statement.replace("!", "");
      return !name || (name === this._mode || sure(this._sheet)._said.values.has(name)) === (name === statement);
    });
  }

  /**
   * Patch the parts that depend on some names.
   * @param {Said} said
   * @param {Iterable<string | undefined>} names
   */
  _show(said, names) {
    for (const name of names) this._patches.get(name)?.forEach((patch) => patch(said));
    const focused = document.activeElement?.closest("[hidden]");
    // Keep the focus nearby: otherwise, keyboard users would continue at the top of the page.
    if (focused && this.contains(focused)) each(this, "[data-do=reset]:not([hidden])")[0]?.focus();
  }

  /** @param {string} [mode] The statement for the question or message that shows after a button was pressed. */
  _turnTo(mode) {
    const names = [this._mode, mode];
    this._mode = mode;
    const sheet = sure(this._sheet);
    this._show(sheet._said, names);
    noticesOf(this);
    sheet._rest();
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { type } = event;
    const target = /** @type {HTMLInputElement} */ (event.target);
    const sheet = sure(this._sheet);
    if (type === "click") {
      const button = target.closest("[data-do]");
      if (button) press(this, /** @type {HTMLElement} */ (button));
      const link = goWithin(/** @type {MouseEvent} */ (event), target.closest("a"));
      if (link) follow(sheet, link);
    } else if (isField(target)) {
      // Answers are taken while the reader types: if the result changed only when they move on to another control, it
      // could push that control from under the pointer. Errors show when they leave the field.
      if (type === "keydown") moveByKey(/** @type {KeyboardEvent} */ (event), target, sheet);
      else if (type !== "focusout") this._take(target);
      if (type === "input") showReading(target, sheet);
      // A date changes with every digit of its year.
      if (type === "focusout" || (type === "change" && target.dataset.step)) showTyped(target, sheet);
    } else if (type === "change") {
      if (target.files) load(sheet, target);
      else this._take(target);
    }
  }

  /**
   * Take an answer from the control that was changed. An empty tick means no only once the reader says that the ticks
   * are complete.
   * @param {HTMLInputElement} input
   */
  _take(input) {
    const sheet = sure(this._sheet);
    if (input.dataset.key) return sheet._mark(input.dataset.key, input.checked);
    const { _answers: answers, _questions: questions } = sheet;
    /** @type {HTMLInputElement | null | undefined} */
    const all = input.closest(".assessor-ticks")?.querySelector("[data-that-is-all]");
    const [unticked, none] = all?.checked ? [undefined, false] : [false, undefined];
    const ids = input.dataset.ticks?.split(" ");
    if (input === all) return this._change(sure(ids).filter((id) => answers.get(id) === unticked), none);
    if (ids) {
      // What "None of these" takes back, the reader can restore.
      const takes = input.checked && ids.some((id) => answers.get(id) ?? answers.has(id));
      const before = takes ? { answers: new Map(answers), reworded: new Map(sheet._reworded) } : null;
      return this._change(ids, input.checked ? false : undefined, before);
    }
    const { checked, value } = input;
    const id = idOf(input);
    if (isField(input)) this._change([id], typedIn(input, sheet));
    else this._change([id], checked ? readValue(questions.get(id), value) : value ? none : undefined);
  }

  /** @param {string[]} ids @param {Answer | undefined} answer @param {Given | null} [before] */
  _change(ids, answer, before) {
    const sheet = sure(this._sheet);
    // Nothing changed, but the control may show something else: show the answer again.
    if (!sheet._change(ids.map((id) => [id, answer]), before)) this._show(sheet._said, ids.map((id) => `question ${id}`));
  }

  /** Return the decision record in Markdown. @returns {string} */
  record() {
    const sheet = sure(this._sheet);
    if (sheet._trial) sheet._try(null);
    const { _assessment: assessment, _said: said } = sheet;
    // Computed for records only, and true until the answers change.
    for (const decision of eachDecision(assessment)) {
      for (const id in decision.ruled_out) said.values.set(`ruled-out=${id}`, true);
    }
    return `${linesOf(this, each(this, "[data-record]")[0]?.dataset.record).join("\n")}\n`.replace("{date}", today());
  }
}

function define() {
  // Material's instant navigation runs the scripts of a page's content at each visit.
  if (!customElements.get("assessor-passages")) addEventListener("click", goToOurs, true);
  const defineOne = (/** @type {string} */ name) => customElements.get(name) ?? customElements.define(name, class extends View {});
  for (const name of ["assessor-checklist", "assessor-question", "assessor-plan", "assessor-live"]) enqueue(() => defineOne(name));
  // At once, so that passages fold before the first paint; queued above, the others take part in a link's arrival.
  defineOne("assessor-passages");
}

// A script within the page runs before the parts below it exist, and elements look for their parts only once.
if (document.readyState === "loading") addEventListener("DOMContentLoaded", define);
else define();
