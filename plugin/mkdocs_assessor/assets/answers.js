"use strict";
/* The answers to a rule set: one sheet for every element of the page, kept in the browser. */

/** @type {AssessorCore} */
const core = Reflect.get(globalThis, "assessor");

const MOST_STORED_CHARACTERS = 65_536;

// All pages opened from disk share one storage, and versions of a site share one host: answers are kept by where
// the site's script lies, or where a script within a page says that the site is.
const script = document.currentScript;
const source = script instanceof HTMLScriptElement ? script.src : "";
const root = script instanceof HTMLScriptElement ? script.dataset.site : "";
const site = source || root ? new URL(root || ".", source || location.href).pathname : location.pathname;

/** The answers to one rule set, shared by every element of the page, and kept in the browser. */
class AnswerSheet {
  /** @param {Bundle} bundle */
  constructor(bundle) {
    this.bundle = bundle;
    this.key = `assessor:${site}:${bundle.ruleset}`;
    /** @type {Map<string, Answer>} */
    this.answers = new Map();
    /** @type {Map<string, Answer> | null} What `undo` brings back. */
    this.cleared = null;
    /** @type {Set<View>} */
    this.views = new Set();
    /** Whether the stored answers were given to other rules. */
    this.hasOldRules = false;
    /** Whether some of what is stored could not be used. */
    this.isDamaged = false;
    this.isKept = true;
    /** The questions that can matter to the outcome at all: of the others nobody says that they no longer do. */
    this.deciding = new Set(core.assess(bundle, {}).matters);
    this.recall();
    this.assessment = this.assess();
    window.addEventListener("pageshow", this);
    window.addEventListener("storage", this);
  }

  /**
   * Take what another page or tab may have stored meanwhile.
   * @param {Event} event
   */
  handleEvent(event) {
    const isOther = event instanceof StorageEvent && event.key !== null && event.key !== this.key;
    // What could not be stored is newer than what is.
    if (isOther || !this.isKept) return;
    // What another tab has answered since is not to be undone here.
    if (event instanceof StorageEvent) this.cleared = null;
    this.recall();
    this.show();
  }

  assess() {
    return core.assess(this.bundle, Object.fromEntries(this.answers));
  }

  /**
   * Say whether a question mattered to the outcome, and no longer does.
   * @param {string} id
   */
  isIrrelevant(id) {
    return this.deciding.has(id) && this.assessment.irrelevant.includes(id);
  }

  /**
   * Say whether an answer to a question could still change anything else that is shown: actions and estimates.
   * @param {string} id
   */
  isUseful(id) {
    const isInput = this.bundle.estimates.some(({ inputs }) =>
      inputs.some((input) => !Array.isArray(input) && this.bundle.questions[input.question]?.id === id),
    );
    return isInput || Object.values(this.assessment.matters_to.actions).some((questions) => questions.includes(id));
  }

  /** Take what is stored; whatever does not fit the rules is left out. */
  recall() {
    this.answers = new Map();
    this.hasOldRules = false;
    this.isDamaged = false;
    // Storage may be switched off, or hold anything at all: the page works without it.
    try {
      this.read(localStorage.getItem(this.key) ?? "");
    } catch {
      this.isKept = false;
    }
  }

  /** @param {string} text What is stored. */
  read(text) {
    if (!text) return;
    let stored;
    try {
      stored = text.length > MOST_STORED_CHARACTERS ? null : JSON.parse(text);
    } catch {
      stored = null;
    }
    const given = new Map(Object.entries(Object(stored?.answers)));
    for (const question of this.bundle.questions) {
      const answer = given.get(question.id);
      if (answer !== undefined && core.accepts(question, answer)) this.answers.set(question.id, answer);
    }
    this.hasOldRules = given.size > 0 && stored.hash !== this.bundle.hash;
    this.isDamaged = !this.hasOldRules && (this.answers.size === 0 || this.answers.size < given.size);
  }

  /** Store the answers. */
  keep() {
    try {
      const answers = Object.fromEntries(this.answers);
      const text = JSON.stringify({ v: 1, hash: this.bundle.hash, answers, at: new Date().toISOString() });
      this.isKept = text.length <= MOST_STORED_CHARACTERS;
      if (this.answers.size && this.isKept) localStorage.setItem(this.key, text);
      else localStorage.removeItem(this.key);
    } catch {
      this.isKept = false;
    }
  }

  /** @param {Iterable<[string, Answer | undefined]>} changes Answers by question; undefined takes one back. */
  change(changes) {
    let isNews = false;
    for (const [id, answer] of changes) {
      isNews ||= this.answers.get(id) !== answer;
      if (answer === undefined) this.answers.delete(id);
      else this.answers.set(id, answer);
    }
    this.cleared = null;
    if (isNews) this.update();
    else this.show();
  }

  clear() {
    if (this.answers.size) this.cleared = this.answers;
    this.answers = new Map();
    this.update();
  }

  undo() {
    this.answers = this.cleared ?? this.answers;
    this.cleared = null;
    this.update();
  }

  update() {
    this.keep();
    this.show();
    const { outcome, settled, ruleset } = this.assessment;
    const detail = { ruleset, outcome, settled };
    // Once, however many elements show it.
    document.dispatchEvent(new CustomEvent("assessor:change", { bubbles: true, detail }));
  }

  /** Show what now holds in every element. */
  show() {
    this.assessment = this.assess();
    for (const view of this.views) view.show(this);
  }
}

/** @type {Map<string, AnswerSheet>} */
const sheets = new Map();

/**
 * Return the answer sheet of a rule set, whose bundle stands in a template on the page.
 * @param {string} ruleset
 * @returns {AnswerSheet | undefined}
 */
function sheetOf(ruleset) {
  for (const template of document.querySelectorAll("template[data-assessor]")) {
    if (!(template instanceof HTMLElement) || template.dataset.assessor !== ruleset) continue;
    /** @type {Bundle} */
    const bundle = JSON.parse(template.dataset.bundle ?? "");
    let sheet = sheets.get(ruleset);
    if (sheet?.bundle.hash !== bundle.hash) {
      sheet = new AnswerSheet(bundle);
      sheets.set(ruleset, sheet);
    }
    return sheet;
  }
  return undefined;
}
