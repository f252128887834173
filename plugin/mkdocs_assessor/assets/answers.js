"use strict";
/* The answers to a rule set: one sheet for every element of the page, kept in the browser. */

const MOST_STORED_CHARACTERS = 8_192;
const MOST_DROPPED_NAMED = 9;
/** How long after the last change a burst of them is over. */
const BURST_MS = 900;

// All pages opened from disk share one storage, and versions of a site share one host: answers are kept by where
// the site's script lies, or where a script within a page says that the site is.
const { src = "", dataset = {} } = /** @type {Partial<HTMLScriptElement>} */ (document.currentScript ?? {});
const site = new URL(dataset.site || (src && "."), src || location.href).pathname;

/** The answers to one rule set, shared by every element of the page, and kept in the browser. */
class AnswerSheet {
  /** @param {Bundle} bundle */
  constructor(bundle) {
    this.bundle = bundle;
    /** How numbers are written. */
    this.language = "";
    /** The words that are put together here; a checklist brings them. @type {Phrases} */
    this.phrases = {};
    this.key = `assessor:${site}:${bundle.ruleset}`;
    this.questions = new Map(bundle.questions.map((question) => [question.id, question]));
    /** @type {Map<string, Answer>} */
    this.answers = new Map();
    /** @type {Map<string, Answer> | null} What `undo` brings back. */
    this.before = null;
    /** @type {Map<string, Answer> | null} What a link has brought, while the reader has answers of their own. */
    this.offered = null;
    /** @type {Set<View>} */
    this.views = new Set();
    /** What the reader is told of where the answers come from, as statements. @type {Set<string>} */
    this.notices = new Set();
    /** @type {string[]} The questions whose answers were left out. */
    this.dropped = [];
    this.isKept = true;
    /** Whether there are changes that are not stored yet: to store each at once would keep readers waiting. */
    this.isNew = false;
    /** Whether something else than these answers is shown. */
    this.isStale = false;
    /** What is stored, as far as this page knows. @type {string | null} */
    this.stored = null;
    /** How often all answers were replaced at once. */
    this.turn = 0;
    /** What the answers lead to, once that is asked for. @type {PageAssessment | undefined} */
    this.assessed = undefined;
    /** What is shown now; at first nothing is. @type {Said} */
    this.said = { sheet: this, values: new Map(), changes: [] };
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.resting = undefined;
    this.recall();
    inTurn(() => interpreterOf(bundle));
    inTurn(() => this.assessment);
    inTurn(() => this.tell());
    const types = ["beforeprint", "hashchange", "pagehide", "pageshow", "storage", "visibilitychange"];
    for (const type of types) window.addEventListener(type, this);
  }

  get assessment() {
    return (this.assessed ??= this.assess());
  }

  /**
   * Take what another page, another tab or a link brings, and store before the reader may leave.
   * @param {Event} event
   */
  handleEvent({ type }) {
    if (type === "hashchange") this.follow();
    else if (type === "pageshow" || type === "storage") this.recall() && this.show();
    else {
      // What is printed, or left, is not older than the last tick.
      if (this.isStale) this.update();
      this.keep();
    }
  }

  /** @param {Phrases} phrases Words for what is put together here. */
  speak(phrases) {
    this.phrases = phrases;
    // What was not said yet will be said in these words.
    if (this.said.values.delete("estimates")) inTurn(() => this.tell());
  }

  /** @param {Map<string, Answer>} [answers] */
  assess(answers = this.answers) {
    return new Reading(this.bundle, answers).assessment();
  }

  /**
   * Sort what comes from outside into answers that fit the rules, and what is left out.
   * @param {[string, any][]} given
   */
  sift(given) {
    /** @type {Map<string, Answer>} */
    const answers = new Map();
    this.dropped = [];
    for (const [id, answer] of given) {
      const question = this.questions.get(id);
      if (question && !answers.has(id) && accepts(question, answer)) answers.set(id, answer);
      else if (this.dropped.length <= MOST_DROPPED_NAMED) this.dropped.push(id.slice(0, 40));
    }
    return answers;
  }

  /**
   * Take what is stored; whatever does not fit the rules is left out.
   * @returns {boolean} Whether there was news.
   */
  recall() {
    // Storage may be switched off, or hold anything at all: the page works without it.
    try {
      const text = localStorage.getItem(this.key);
      // What is not stored, or could not be, is newer.
      if (text === this.stored || this.isNew || !this.isKept) return false;
      this.stored = text;
      // What another page has answered since is not to be undone here, and no control may show what this one answered.
      this.before = null;
      this.turn++;
      this.answers = new Map();
      for (const notice of this.notices) if (notice !== "offered") this.notices.delete(notice);
      if (text) this.read(text);
    } catch {
      this.isKept = false;
    }
    return true;
  }

  /** @param {string} text What is stored. */
  read(text) {
    const stored = parse(text);
    const given = Object.entries(Object(stored?.answers));
    this.answers = this.sift(given);
    if (given.length && stored.hash !== this.bundle.hash) this.notices.add("changed");
    else if (!given.length || this.dropped.length) this.notices.add("damaged");
  }

  /** Store the answers, if that is still to be done. */
  keep() {
    if (!this.isNew) return;
    this.isNew = false;
    const wasKept = this.isKept;
    try {
      const answers = Object.fromEntries(this.answers);
      const text = JSON.stringify({ v: 1, hash: this.bundle.hash, answers, at: new Date().toISOString() });
      this.isKept = text.length <= MOST_STORED_CHARACTERS;
      this.stored = this.answers.size && this.isKept ? text : null;
      if (this.stored) localStorage.setItem(this.key, text);
      else localStorage.removeItem(this.key);
    } catch {
      this.isKept = false;
    }
    if (wasKept !== this.isKept) this.tell();
  }

  /** Take the answers of the link that led here, and strip them from the address; or show the part of ours that it names. */
  follow() {
    const { hash } = location;
    const fragment = /^#assessor(=|%)/.test(hash) && hash.length <= 3 * MOST_LINK_CHARACTERS ? restored(hash) : hash;
    if (!fragment.startsWith("#assessor=")) return goToHidden(fragment.slice(1));
    const link = readLink(this.questions, fragment);
    const { ruleset } = this.bundle;
    // Another checklist of the page may be meant.
    if (link && link.ruleset !== ruleset && each(document, `[data-assessor="${link.ruleset}"]`)[0]) return;
    history.replaceState(history.state, "", location.pathname + location.search);
    this.forget();
    if (!link) this.notices.add("link-unreadable");
    else if (link.ruleset !== ruleset) this.notices.add("link-other");
    else this.receive(link);
    this.show();
    if (this.notices.size > 1 || !this.notices.has("arrived")) this.showNotices();
    else inTurn(() => [...this.views].flatMap((view) => each(view, ".assessor-result")).slice(0, 1).forEach(goTo));
  }

  /** Forget what the reader was told: the same may be news again. */
  forget() {
    this.notices.clear();
    for (const view of this.views) view.told = [];
  }

  /** Bring what the reader is told into view: they want to see what has become of a link or a file. */
  showNotices() {
    inTurn(() => {
      for (const notices of [...this.views].flatMap((view) => each(view, ".assessor-notices"))) {
        unfold(notices);
        notices.scrollIntoView();
      }
    });
  }

  /** @param {SharedLink} link */
  receive({ hash, outcome, given, isWhole }) {
    const answers = this.sift(given);
    const isOurs = this.bundle.hash.startsWith(hash);
    const isSame = outcome === (this.assess(answers).outcome ?? undefined);
    if (!isOurs) this.notices.add("link-changed");
    if (!isWhole) this.notices.add("link-unproven");
    if (outcome && !isSame) this.notices.add("link-differs");
    else if (outcome && !isOurs) this.notices.add("link-same");
    if (this.dropped.length) this.notices.add("dropped");
    const isMine = this.holds(answers);
    this.offered = this.answers.size > 0 && !isMine ? answers : null;
    if (this.offered) this.notices.add("offered");
    else if (!isMine) {
      this.notices.add("arrived");
      this.replace(answers);
    }
  }

  /** Say whether the answers are these. @param {Map<string, Answer>} answers */
  holds(answers) {
    const [mine, theirs] = [this.answers, answers].map((each) => String(ordered(this.bundle, each)));
    return mine === theirs;
  }

  /**
   * Settle whose answers are kept: those that a link has brought, or the reader's own.
   * @param {boolean} isTaken
   */
  decide(isTaken) {
    const { offered } = this;
    this.offered = null;
    this.notices.clear();
    if (offered && isTaken) this.replace(offered);
    else this.show();
  }

  /** @param {string} text A file of answers. */
  load(text) {
    const answers = this.sift(Object.entries(Object(parse(text))));
    this.forget();
    if (!answers.size) this.notices.add("file-unreadable");
    else if (this.dropped.length) this.notices.add("dropped");
    if (this.notices.size) this.showNotices();
    if (answers.size) this.replace(answers);
    else this.show();
  }

  /** @param {Map<string, Answer>} answers */
  replace(answers) {
    this.before = this.answers;
    this.answers = answers;
    this.turn++;
    this.update();
  }

  /**
   * @param {Iterable<[string, Answer | undefined]>} changes Answers by question; undefined takes one back.
   * @returns {boolean} Whether that was news.
   */
  change(changes) {
    let isNews = false;
    for (const [id, answer] of changes) {
      isNews ||= this.answers.get(id) !== answer;
      if (answer === undefined) this.answers.delete(id);
      else this.answers.set(id, answer);
    }
    const { before } = this;
    this.before = null;
    if (isNews) this.notices.delete("arrived");
    if (isNews) this.updateSoon();
    else if (before) this.tell();
    return isNews;
  }

  undo() {
    this.answers = this.before ?? this.answers;
    this.before = null;
    this.turn++;
    this.update();
  }

  /** Show what now holds once the tick itself is seen: that need not wait for what follows from it. */
  updateSoon() {
    this.assessed = undefined;
    this.isNew = this.isStale = true;
    inTurn(() => {}, requestAnimationFrame);
    inTurn(() => this.isStale && this.update());
  }

  update() {
    this.isStale = false;
    this.isNew = true;
    this.show();
    const { outcome, settled, ruleset } = this.assessment;
    const detail = { ruleset, outcome, settled };
    // Once, however many elements show it.
    document.dispatchEvent(new CustomEvent("assessor:change", { bubbles: true, detail }));
  }

  /** Show what now holds. */
  show() {
    this.assessed = undefined;
    // What was copied or asked was about other answers.
    for (const view of this.views) if (view.mode) view.turnTo();
    this.tell();
  }

  /** Show what is news in every element: a tick changes little of a page. */
  tell() {
    const { values } = this.said;
    this.said = statementsOf(this);
    const news = newsOf(values, this.said.values);
    for (const view of this.views) view.show(this.said, news);
    this.rest();
  }

  /** Once a burst of changes is over, store them, and let the elements say aloud what is news. */
  rest() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.keep();
      this.views.forEach(announce);
    }, BURST_MS);
  }
}
