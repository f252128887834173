"use strict";
/* Both elements: they take answers from the controls that the build rendered, and show what follows from them. */

/** Shows a part of the page; the value is that of the attribute that makes it one.
 * @typedef {(part: HTMLElement, said: Said, value: string) => void} Show */

/** An element that shows an answer sheet, and takes answers to it. */
class View extends HTMLElement {
  /** The result that was announced last. @type {string | undefined} */
  announced;

  /** What the reader is being asked or told about a button that they pressed, as a statement. @type {string | undefined} */
  mode;

  /** What the reader was told beside the result, and what still holds of it. @type {string[]} */
  told = [];

  /** What patches a part when the value under a name has changed. @type {Map<string | undefined, Patch[]>} */
  patches = new Map();

  /** Settled once what is shown is up to date. */
  get updateComplete() {
    return tasks;
  }

  connectedCallback() {
    const sheet = (this.sheet = sheetOf(sure(this.dataset.ruleset)));
    if (!sheet) return;
    const { phrases } = this.dataset;
    if (phrases) sheet.speak(JSON.parse(phrases));
    for (const type of ["change", "click", "focusout", "input", "keydown"]) this.addEventListener(type, this);
    inTurn(() => this.isConnected && this.begin(sheet));
  }

  /** @param {AnswerSheet} sheet */
  begin(sheet) {
    // What the reader has answered before the script came; a form keeps nothing of earlier visits.
    if (!("begun" in this.dataset)) {
      for (const input of /** @type {HTMLInputElement[]} */ (each(this, "input"))) {
        if (input.checked || (input.type === "text" && input.value)) this.take(input);
      }
    }
    sheet.follow();
    this.patches.clear();
    this.watch("if", "", (part, _, when) => (part.hidden = !this.says(when)));
    this.watch("fill", "fill ", (part, { values }, name) => (part.textContent = /** @type {string} */ (values.get(`fill ${name}`))));
    this.watch("question", "question ", showQuestion);
    this.watch("answer", "question ", showAnswer);
    this.watch("changes", "changes", showChanges);
    this.watch("chart", "estimates", showChart);
    this.watch("ticks", "question ", showThatIsAll);
    this.show(sheet.said, this.patches.keys());
    sheet.views.add(this);
    this.dataset.begun = "";
    // What is there when the page is opened is no news, unless a link has brought it.
    if (this.dataset.announce && !sheet.notices.has("arrived")) this.announced = resultSaid(this);
  }

  disconnectedCallback() {
    this.sheet?.views.delete(this);
  }

  /**
   * Look up once what will change: every part with an attribute of ours.
   * @param {string} attribute
   * @param {string} prefix What stands before the attribute's value in the name of what the part follows.
   * @param {Show} show
   */
  watch(attribute, prefix, show) {
    const { patches } = this;
    for (const part of each(this, `[data-${attribute}]`)) {
      const value = sure(part.dataset[attribute]);
      for (const one of value.split(" ")) {
        const name = prefix + one.replace("!", "");
        patches.set(name, [...(patches.get(name) ?? []), (said) => show(part, said, value)]);
      }
    }
  }

  /** @param {string} when Statements that must all hold, those behind "!" not; an empty one always does. */
  says(when) {
    return when.split(" ").every((statement) => {
      const name = statement.replace("!", "");
      return !name || (name === this.mode || sure(this.sheet).said.values.has(name)) === (name === statement);
    });
  }

  /**
   * @param {Said} said
   * @param {Iterable<string | undefined>} news The names of what is shown anew.
   */
  show(said, news) {
    for (const name of news) this.patches.get(name)?.forEach((patch) => patch(said));
    const focused = document.activeElement?.closest("[hidden]");
    // Left to the browser, who goes on by keyboard would begin at the top of the page.
    if (focused && this.contains(focused)) each(this, "[data-do=reset]:not([hidden])")[0]?.focus();
  }

  /** @param {string} [mode] What the reader is asked or told about a button that they pressed, as a statement. */
  turnTo(mode) {
    const names = [this.mode, mode];
    this.mode = mode;
    const sheet = sure(this.sheet);
    this.show(sheet.said, names);
    noticesOf(this);
    sheet.rest();
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { type } = event;
    const target = /** @type {HTMLInputElement} */ (event.target);
    const sheet = sure(this.sheet);
    if (type === "click") {
      const button = target.closest("[data-do]");
      if (button) press(this, /** @type {HTMLElement} */ (button));
      goWithin(/** @type {MouseEvent} */ (event), target.closest("a"));
    } else if (target.type === "text") {
      // While it is typed: a result that changed only when the reader leaves for another control could move that
      // control from under the pointer. What is wrong is told when they leave, and of text that was no answer all along no
      // change is told then.
      if (type === "keydown") moveByKey(/** @type {KeyboardEvent} */ (event), target, sheet);
      else if (type !== "focusout") this.take(target);
      if (type === "change" || type === "focusout") echo(target, sheet);
    } else if (type === "change") {
      if (target.files) load(sheet, target);
      else this.take(target);
    }
  }

  /**
   * Take an answer from the control that was changed. What is not ticked is no only once the reader has said that the
   * ticks are all.
   * @param {HTMLInputElement} input
   */
  take(input) {
    const sheet = sure(this.sheet);
    const { answers, questions } = sheet;
    /** @type {HTMLInputElement | null | undefined} */
    const all = input.closest(".assessor-ticks")?.querySelector("[data-ticks]");
    const [unticked, none] = all?.checked ? [undefined, false] : [false, undefined];
    if (input === all) return this.change(sure(all.dataset.ticks).split(" ").filter((id) => answers.get(id) === unticked), none);
    const { checked, type, value } = input;
    const id = idOf(input);
    if (type === "text") this.change([id], typedIn(input, sheet));
    else this.change([id], checked ? readValue(questions.get(id), value) : value ? none : undefined);
  }

  /** @param {string[]} ids @param {Answer | undefined} answer */
  change(ids, answer) {
    const sheet = sure(this.sheet);
    // A control may show something else than the answer that it leaves as it was.
    if (!sheet.change(ids.map((id) => [id, answer]))) this.show(sheet.said, ids.map((id) => `question ${id}`));
  }

  /** @returns {string} The decision record in Markdown. */
  record() {
    const { assessment, said } = sure(this.sheet);
    // Worked out for records alone, and true for as long as the answers are these.
    for (const id in assessment.ruled_out) said.values.set(`ruled-out=${id}`, true);
    // In Sweden, dates are written as in ISO 8601.
    return `${linesOf(this, this.dataset.record).join("\n")}\n`.replace("{date}", new Date().toLocaleDateString("sv"));
  }
}
