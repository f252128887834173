"use strict";
/* The checklist: all questions, the result, and what readers do with it. It sends nothing. */

const ANNOUNCE_AFTER_MS = 900;
const MOST_ANNOUNCED_CHARACTERS = 160;
/** What gets the focus after a button. */
const FOLLOWS = new Map([
  ["reset", "[data-do=keep-all]"],
  ["keep-all", "[data-do=reset]"],
  ["reset-all", "[data-do=undo]"],
  ["undo", "[data-do=reset]"],
  ["take", ".assessor-result"],
  ["keep", ".assessor-result"],
]);

class Checklist extends View {
  /** The result that was announced last. */
  announced = "";

  /** What the reader was told last beside the result. */
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
    // To do it again is worth telling again.
    this.lastTold = "";
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

  /** Say in one sentence what is news, once a burst of changes is over: what the reader is told, or else the result. */
  announceLater() {
    clearTimeout(this.announcing);
    this.announcing = setTimeout(() => {
      const told = this.told();
      const result = this.announcement();
      const text = told && told !== this.lastTold ? told : result !== this.announced && result;
      this.lastTold = told;
      if (text !== told) this.announced = result;
      const status = this.find("[data-status]");
      if (status && text) status.textContent = text;
    }, ANNOUNCE_AFTER_MS);
  }

  /** Return what the reader is told beside the result, shortened to the last of it where that is long. */
  told() {
    const texts = each(this, "[data-told]:not([hidden])").map((part) => part.innerText);
    const all = texts.join(" ");
    return all.length > MOST_ANNOUNCED_CHARACTERS ? String(texts.at(-1)).slice(0, MOST_ANNOUNCED_CHARACTERS) : all;
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
