"use strict";
/*
 * <assessor-checklist> and <assessor-question>: they take answers from the controls that the build rendered, and
 * show what follows. They send nothing.
 */

const ANNOUNCE_AFTER_MS = 900;
const MOST_ANNOUNCED_CHARACTERS = 160;
const EVENTS = ["change", "click", "focusout", "input"];
/** What gets the focus after a button. */
const FOLLOWS = new Map([
  ["reset", "[data-do=keep-all]"],
  ["keep-all", "[data-do=reset]"],
  ["reset-all", "[data-do=undo]"],
  ["undo", "[data-do=reset]"],
  ["take", ".assessor-result"],
  ["keep", ".assessor-result"],
]);

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

class Checklist extends View {
  /** @type {string | undefined} What was announced last. */
  announced;

  /** What the reader was told last beside the result. @type {string | undefined} */
  lastTold = "";

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  announcing;

  connectedCallback() {
    super.connectedCallback();
    this.announced = this.announcement();
  }

  watchParts() {
    super.watchParts();
    this.watch("estimates", ({ sheet }) => showPicture(this, sheet.assessment.estimates));
    for (const list of each(this, "[data-changes]")) {
      this.watch("changes", (said) => showChanges(list, said, this.dataset.prefix ?? ""));
    }
    for (const part of each(this, '[data-fill^="answer="]')) {
      const id = String(part.dataset.fill).slice("answer=".length);
      this.watch(`question ${id}`, ({ sheet }) => {
        const answer = sheet.answers.get(id);
        part.textContent = answer === undefined ? "" : answerLabel(sheet, id, answer);
      });
    }
    for (const group of each(this, "[data-ticks]")) {
      for (const tick of each(group, "[data-question]")) {
        this.watch(`question ${idOf(tick)}`, ({ sheet }) => showThatIsAll(group, sheet));
      }
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.announcing);
  }

  /** @param {Element | null} button */
  press(button) {
    const { sheet } = this;
    const what = button?.getAttribute("data-do");
    if (!sheet || !what) return;
    this.turnTo(what === "reset" ? "resetting" : "");
    if (what === "clear") return super.press(button);
    if (what === "reset-all") sheet.replace(new Map());
    if (what === "undo") sheet.undo();
    if (what === "take" || what === "keep") sheet.decide(what === "take");
    // The button that was pressed may be gone.
    this.find(FOLLOWS.get(what))?.focus();
    if (what === "copy-link") this.copy(what, location.href.replace(/#.*/, "") + writeLink(sheet));
    if (what === "copy-record") this.copy(what, this.record());
    if (what === "save-record") save(`${sheet.bundle.ruleset}-record.md`, this.record());
    if (what === "save-answers") {
      const answers = Object.fromEntries(ordered(sheet.bundle, sheet.answers));
      save(`${sheet.bundle.ruleset}-answers.json`, `${JSON.stringify(answers, null, 2)}\n`);
    }
    if (what === "print") print();
  }

  /** @param {string | undefined} selector */
  find(selector) {
    return selector ? each(this, selector)[0] : undefined;
  }

  record() {
    const now = new Date();
    const date = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
    return this.sheet ? writeRecord(this.sheet.said, JSON.parse(this.dataset.record ?? "[]"), date) : "";
  }

  /**
   * Put a text on the clipboard; where that is not allowed, show it to be copied by hand.
   * @param {string} what The button's name, which is also the statement that it has been done.
   * @param {string} text
   */
  async copy(what, text) {
    const field = this.querySelector("textarea");
    if (text.length > MOST_LINK_CHARACTERS && what === "copy-link") {
      this.turnTo("too-long");
    } else {
      if (field) field.value = text;
      try {
        await navigator.clipboard.writeText(text);
        this.turnTo(what);
      } catch {
        this.turnTo("copy-by-hand");
        field?.select();
      }
    }
  }

  /**
   * Take a tick, which is yes, or no only once the reader has said that this is all.
   * @param {HTMLInputElement} input
   */
  take(input) {
    this.turnTo("");
    if (input.type === "file") {
      this.load(input);
      return;
    }
    const group = input.closest("[data-ticks]");
    if (!group || input.matches("[data-unknown]")) {
      super.take(input);
      return;
    }
    const isAll = group.querySelector("[data-that-is-all]:checked") !== null;
    /** @type {[string, Answer | undefined][]} */
    const changes = [];
    for (const tick of group.querySelectorAll("[data-tick]")) {
      if (!(tick instanceof HTMLInputElement)) continue;
      const id = idOf(tick);
      const isAffected = tick === input || (input.matches("[data-that-is-all]") && this.sheet?.answers.get(id) !== null);
      if (isAffected) changes.push([id, tick.checked || (isAll ? false : undefined)]);
    }
    this.sheet?.change(changes);
  }

  /** @param {HTMLInputElement} input */
  async load(input) {
    const [file] = input.files ?? [];
    if (file) this.sheet?.load(file.size > MOST_STORED_CHARACTERS ? "" : await file.text());
    // The same file may be chosen again.
    input.value = "";
  }

  /**
   * @param {Said} said
   * @param {Iterable<string>} news
   */
  show(said, news) {
    super.show(said, news);
    if (said.sheet.isLinked) this.find(".assessor-notices")?.scrollIntoView();
    said.sheet.isLinked = false;
    this.announceLater();
  }

  /** Say in one sentence what holds, once a burst of changes is over, and only if it is news. */
  announceLater() {
    clearTimeout(this.announcing);
    this.announcing = setTimeout(() => {
      const told = this.told();
      const text = told === this.lastTold ? this.announcement() : told;
      this.lastTold = told;
      const status = this.find("[data-status]");
      if (!status || !text || text === this.announced) return;
      this.announced = text;
      status.textContent = text;
    }, ANNOUNCE_AFTER_MS);
  }

  /** Return what the reader is told beside the result, shortened to the last of it where that is long. */
  told() {
    const texts = each(this, "[data-told]:not([hidden])").map((part) => part.innerText);
    const all = texts.join(" ");
    return all.length > MOST_ANNOUNCED_CHARACTERS ? texts.at(-1) : all;
  }

  announcement() {
    const assessment = this.sheet?.assessment;
    if (!assessment) return "";
    const { announceSettled, announceOpen, announceMany } = this.dataset;
    const names = each(this, ".assessor-summary .assessor-names > :not([hidden])");
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

/**
 * @param {HTMLElement} group
 * @param {AnswerSheet} sheet
 */
function showThatIsAll(group, sheet) {
  const answers = each(group, "[data-question]").map((tick) => sheet.answers.get(idOf(tick)));
  const isAll = answers.every((answer) => answer !== undefined);
  for (const box of group.querySelectorAll("input")) {
    // Where all are ticked, only the reader can have said it: to untick one then must not mean no by itself.
    if (box.matches("[data-that-is-all]")) box.checked = isAll && (box.checked || answers.includes(false));
  }
}

function define() {
  // Material's instant navigation runs the scripts of a page's content at each visit.
  if (customElements.get("assessor-checklist")) return;
  customElements.define("assessor-question", Question);
  customElements.define("assessor-checklist", Checklist);
}

// A script within the page runs before what stands below it is there, and the elements look for their parts once.
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", define);
else define();
