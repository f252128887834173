"use strict";
/* What both elements do: they take answers from the controls that the build rendered, and show what follows. */

const EVENTS = ["change", "click", "focusout", "input"];

/** An element that shows an answer sheet, and takes answers to it. */
class View extends HTMLElement {
  /** What the reader is being asked or told about a button that they pressed, as a statement. @type {string} */
  mode = "";

  connectedCallback() {
    this.sheet = sheetOf(this.dataset.ruleset ?? "");
    if (!this.sheet) return;
    const { phrases } = this.dataset;
    if (phrases) this.sheet.speak(JSON.parse(phrases));
    /** What patches a part when the value under a name has changed. @type {Map<string, Patch[]>} */
    this.patches = new Map();
    this.watchParts();
    this.sheet.views.add(this);
    for (const type of EVENTS) this.addEventListener(type, this);
    this.sheet.follow();
    this.show(this.sheet.said, this.patches.keys());
  }

  /** Look up once what will change. */
  watchParts() {
    for (const part of each(this, "[data-if]")) {
      const when = part.dataset.if ?? "";
      this.watch(when.replace("!", ""), ({ values }) => (part.hidden = !this.says(values, when)));
    }
    for (const part of each(this, "[data-fill]")) {
      const name = `fill ${part.dataset.fill}`;
      this.watch(name, ({ values }) => (part.textContent = String(values.get(name) ?? "")));
    }
    for (const question of each(this, "[data-question]")) {
      const id = idOf(question);
      this.watch(`question ${id}`, ({ sheet, values }) => {
        showAnswer(question, sheet.answers.get(id), sheet.before !== null);
        question.toggleAttribute("data-idle", values.has(`idle=${id}`));
        question.toggleAttribute("data-unasked", values.has(`unasked=${id}`));
      });
    }
  }

  /** @param {string} mode */
  turnTo(mode) {
    /** @type {string[]} */
    const names = [this.mode, mode];
    this.mode = mode;
    if (this.sheet) this.show(this.sheet.said, names);
  }

  /** @param {string} name @param {Patch} patch */
  watch(name, patch) {
    this.patches?.set(name, [...(this.patches.get(name) ?? []), patch]);
  }

  /** @param {Said["values"]} values @param {string} when */
  says(values, when) {
    return isSaid((name) => name === this.mode || values.has(name), when);
  }

  disconnectedCallback() {
    this.sheet?.views.delete(this);
    for (const type of EVENTS) this.removeEventListener(type, this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { type, target } = event;
    if (event instanceof MouseEvent && target instanceof Element) {
      this.press(target.closest("[data-do]"));
      goWithin(event);
    }
    if (!(target instanceof HTMLInputElement)) return;
    if (type === "change") this.take(target);
    else if (type === "input") this.type(target);
    else if (type === "focusout") this.leave(target);
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

  /** @param {Element | null} button */
  press(button) {
    if (button?.getAttribute("data-do") === "clear") this.answer(button, undefined);
  }

  /**
   * Take an answer from the control that was changed.
   * @param {HTMLInputElement} input
   */
  take(input) {
    if (input.matches("[data-unknown]")) {
      this.answer(input, input.checked ? null : undefined);
    } else if (input.type === "radio") {
      const kind = this.sheet?.questions.get(idOf(input))?.kind;
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
    if (!id || !this.sheet) return;
    this.sheet.change([[id, answer]]);
    // The control itself may show something else than the answer that it leaves as it was.
    this.show(this.sheet.said, [`question ${id}`]);
  }

  /**
   * @param {Said} said
   * @param {Iterable<string>} news The names of what is shown anew.
   */
  show(said, news) {
    for (const name of news) for (const patch of this.patches?.get(name) ?? []) patch(said);
  }
}

class Question extends View {}
