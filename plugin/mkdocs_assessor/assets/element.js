"use strict";
/*
 * <assessor-checklist> and <assessor-question>: they take answers from the controls that the build rendered, and
 * show what follows. They make no elements, and send nothing.
 */

const ANNOUNCE_AFTER_MS = 900;
// The line that is always in view names no more outcomes than fit on it.
const MOST_NAMED = 3;
const MOST_ANNOUNCED_CHARACTERS = 160;
const EVENTS = ["change", "click", "focusout", "input", "submit"];

/** An element that shows an answer sheet, and takes answers to it. */
class View extends HTMLElement {
  connectedCallback() {
    this.sheet = sheetOf(this.dataset.ruleset ?? "");
    if (!this.sheet) return;
    this.sheet.views.add(this);
    for (const type of EVENTS) this.addEventListener(type, this);
    this.show(this.sheet);
  }

  disconnectedCallback() {
    this.sheet?.views.delete(this);
    for (const type of EVENTS) this.removeEventListener(type, this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    const target = event.target;
    if (event.type === "submit") event.preventDefault();
    else if (event.type === "click" && target instanceof Element) this.press(target.closest("button"));
    else if (!(target instanceof HTMLInputElement)) return;
    else if (event.type === "change") this.take(target);
    else if (event.type === "input") this.type(target);
    else if (event.type === "focusout") this.leave(target);
  }

  /**
   * Take a number while it is typed: a result that changed only when the reader leaves for another control could
   * move that control from under the pointer. What is wrong with it is told when they leave.
   * @param {HTMLInputElement} input
   */
  type(input) {
    if (input.type !== "number") return;
    this.answer(input, isOff(input) || input.value === "" ? undefined : input.valueAsNumber);
  }

  /** @param {HTMLInputElement} input What loses the focus; no change is told of text that never was a number. */
  leave(input) {
    if (input.validity.badInput) setError(input, true);
  }

  /** @param {HTMLButtonElement | null} button */
  press(button) {
    if (button && "clear" in button.dataset) this.answer(button, undefined);
  }

  /**
   * Take an answer from the control that was changed.
   * @param {HTMLInputElement} input
   */
  take(input) {
    if ("unknown" in input.dataset) {
      this.answer(input, input.checked ? null : undefined);
    } else if (input.type === "radio") {
      const kind = this.sheet?.bundle.questions.find((question) => question.id === idOf(input))?.kind;
      this.answer(input, kind === "yes-no" ? input.value === "true" : input.value);
    } else if (input.type === "number") {
      this.type(input);
      // What is out of range is no answer, but the reader must see what to mend.
      if (isOff(input)) setError(input, true);
    }
  }

  /**
   * @param {Element} control
   * @param {Answer | undefined} answer
   */
  answer(control, answer) {
    const id = idOf(control);
    if (answer === undefined) {
      for (const input of control.closest("[data-question]")?.querySelectorAll("input") ?? []) {
        if (input.type === "number" && input !== control) input.value = "";
      }
    }
    if (id) this.sheet?.change([[id, answer]]);
  }

  /** @param {AnswerSheet} sheet */
  show(sheet) {
    const { outcome, possible, settled, unasked } = sheet.assessment;
    for (const question of each(this, "[data-question]")) {
      const id = question.dataset.question ?? "";
      showAnswer(question, sheet.answers.get(id), sheet.cleared !== null, sheet.isIrrelevant(id));
      question.toggleAttribute("data-irrelevant", sheet.isIrrelevant(id) && !sheet.isUseful(id));
      question.toggleAttribute("data-unasked", unasked.includes(id));
    }
    showOnly(this, "[data-when]", (part) => part.dataset.when === (settled ? "settled" : "open"));
    showOnly(this, "[data-outcome]", (part) => part.dataset.outcome === outcome);
    showOnly(this, "[data-possible]", (part) => possible.includes(part.dataset.possible ?? ""));
    showOnly(this, "[data-few]", () => possible.length <= MOST_NAMED);
    showOnly(this, "[data-many]", () => possible.length > MOST_NAMED);
    for (const count of each(this, "[data-possible-count]")) setText(count, String(possible.length));
  }
}

class Question extends View {}

class Checklist extends View {
  /** @type {string | undefined} What was announced last. */
  announced;

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  announcing;

  connectedCallback() {
    super.connectedCallback();
    this.announced = this.announcement();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.announcing);
  }

  /** @param {HTMLButtonElement | null} button */
  press(button) {
    super.press(button);
    if (!button) return;
    const asks = "reset" in button.dataset;
    if (asks || "resetYes" in button.dataset || "resetNo" in button.dataset) this.ask(asks);
    if ("resetYes" in button.dataset) {
      this.sheet?.clear();
      this.focusOn("[data-undo]");
    }
    if ("undo" in button.dataset) {
      this.sheet?.undo();
      this.focusOn("[data-reset]");
    }
  }

  /**
   * Ask whether to clear every answer, or stop asking.
   * @param {boolean} asks
   */
  ask(asks) {
    showOnly(this, "[data-confirm]", () => asks);
    showOnly(this, "[data-reset]", () => !asks);
    this.focusOn(asks ? "[data-reset-no]" : "[data-reset]");
  }

  /** @param {string} selector */
  focusOn(selector) {
    const [found] = each(this, selector);
    found?.focus();
  }

  /**
   * Take a tick, which is yes, or no only once the reader has said that this is all.
   * @param {HTMLInputElement} input
   */
  take(input) {
    const group = input.closest("[data-ticks]");
    if (!group) {
      super.take(input);
      return;
    }
    const isAll = group.querySelector("[data-that-is-all]:checked") !== null;
    /** @type {[string, Answer | undefined][]} */
    const changes = [];
    for (const tick of group.querySelectorAll("[data-tick]")) {
      if (!(tick instanceof HTMLInputElement)) continue;
      const isAffected = tick === input || "thatIsAll" in input.dataset;
      if (isAffected) changes.push([idOf(tick), tick.checked || (isAll ? false : undefined)]);
    }
    this.sheet?.change(changes);
  }

  /** @param {AnswerSheet} sheet */
  show(sheet) {
    super.show(sheet);
    const { actions, estimates, gap, open, rules } = sheet.assessment;
    for (const group of each(this, "[data-ticks]")) {
      showThatIsAll(group, sheet);
      const ids = each(group, "[data-question]").map((tick) => tick.dataset.question ?? "");
      const openIds = ids.filter((id) => open.includes(id));
      showOnly(group, "[data-ticks-irrelevant]", () => openIds.length > 0 && openIds.every((id) => sheet.isIrrelevant(id)));
    }
    for (const count of each(this, "[data-count]")) setText(count, String(sheet.bundle.questions.length - open.length));
    showOnly(this, "[data-gap]", () => gap);
    showOnly(this, "[data-rule]", (part) => rules.includes(part.dataset.rule ?? ""));
    showOnly(this, "[data-one-reason]", () => rules.length === 1);
    showOnly(this, "[data-several-reasons]", () => rules.length > 1);
    showOnly(this, "[data-open]", (part) => open.includes(part.dataset.open ?? ""));
    showOnly(this, "[data-open-questions]", () => open.length > 0);
    for (const list of each(this, "[data-actions]")) {
      const ids = list.dataset.actions === "apply" ? actions.apply : actions.open;
      showOnly(list, "[data-action]", (part) => ids.includes(part.dataset.action ?? ""));
      list.hidden = ids.length === 0;
    }
    for (const row of each(this, "[data-estimate]")) showEstimate(row, estimates[row.dataset.estimate ?? ""] ?? null);
    showOnly(this, "[data-notice=changed]", () => sheet.hasOldRules);
    showOnly(this, "[data-notice=damaged]", () => sheet.isDamaged);
    showOnly(this, "[data-notice=unsaved]", () => !sheet.isKept);
    showOnly(this, "[data-cleared]", () => sheet.cleared !== null && sheet.cleared.size > 0);
    this.announceLater();
  }

  /** Say in one sentence what holds, once a burst of changes is over, and only if it is news. */
  announceLater() {
    clearTimeout(this.announcing);
    this.announcing = setTimeout(() => {
      const text = this.announcement();
      const [status] = each(this, "[data-status]");
      if (!status || text === this.announced) return;
      this.announced = text;
      setText(status, text);
    }, ANNOUNCE_AFTER_MS);
  }

  announcement() {
    const assessment = this.sheet?.assessment;
    if (!assessment) return "";
    const { announceSettled, announceOpen, announceMany } = this.dataset;
    const names = each(this, ".assessor-summary [data-when]:not([hidden]) .assessor-names > :not([hidden])");
    const answered = Number(this.sheet?.bundle.questions.length) - assessment.open.length;
    /** @type {(template: string | undefined) => string} */
    const fill = (template = "") =>
      template
        .replace("{answered}", String(answered))
        .replace("{count}", String(names.length))
        .replace("{outcomes}", () => names.map((name) => name.textContent).join("; "));
    if (assessment.settled) return fill(announceSettled);
    const text = fill(announceOpen);
    return text.length > MOST_ANNOUNCED_CHARACTERS ? fill(announceMany) : text;
  }
}

// Material's instant navigation runs the scripts of a page's content at each visit.
if (!customElements.get("assessor-checklist")) {
  customElements.define("assessor-question", Question);
  customElements.define("assessor-checklist", Checklist);
}
