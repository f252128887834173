/* The answers to a rule set: one sheet for all elements of the page. */

import { Reading } from "../../core/assess.js";
import { sure } from "../../core/collections.js";
import { accepts, byEveryId, interpreterOf, present } from "../../core/queries/interpreter.js";
import { announce } from "../announcer.js";
import { setAnswer } from "./answers_text.js";
import { follow } from "./arrivals.js";
import { each } from "../dom.js";
import { keepPlace } from "../guide.js";
import { enqueue } from "../queue.js";
import { today } from "../statements/record.js";
import { changedNames, statementsOf } from "../statements/statements.js";
import { keep, keepBeside, keyOf, recall, recallDone } from "./storage.js";
import { trialOf } from "./trial.js";

/** @import { View } from "../elements.js" */
/** @import { Said } from "../statements/statements.js" */
/** @import { Trial } from "./trial.js" */

const MOST_DROPPED_NAMED = 9;
const MEANING_CHARACTERS = 4;
/** How long after its last change a burst of changes is over. */
const BURST_MS = 900;

/**
 * @typedef {object} Given Answers from a reader, a link or a file.
 * @property {Map<string, Answer>} answers
 * @property {Map<string, [answer: Answer, meaning: string]>} reworded Answers to questions that meant something else, and
 *   what they meant. They count only once the reader says so.
 */

/** The answers to one rule set. All elements of the page share them, and the browser stores them. */
export class AnswerSheet {
  /** @param {Bundle} bundle @param {string} [site] What stands for the address of the site, if the page says so. */
  constructor(bundle, site) {
    this._bundle = bundle;
    /** The language in which numbers are written. */
    this._language = "";
    /** The words for texts that the script composes; a checklist brings them. @type {Phrases} */
    this._phrases = {};
    this._key = keyOf(bundle, site);
    this._questions = byEveryId(bundle.questions);
    /** @type {Map<string, Answer>} */
    this._answers = new Map();
    /** @type {Given["reworded"]} */
    this._reworded = new Map();
    /** What `_undo` restores. @type {Given | null} */
    this._before = null;
    /** The answers of a link, until a reader with other answers decides. @type {Given | null} */
    this._offered = null;
    /** @type {Set<View>} */
    this._views = new Set();
    /** Statements about where the answers come from. @type {Set<string>} */
    this._notices = new Set();
    /** The questions whose answers were left out. @type {string[]} */
    this._dropped = [];
    this._isKept = true;
    /** The questions whose answers are not stored yet: readers would wait if each change were stored at once. @type {Set<string>} */
    this._pending = new Set();
    /** Whether the page shows older answers. */
    this._isStale = false;
    /** The stored text, as far as this page knows. @type {string | null} */
    this._stored = null;
    /** The question that the reader answered last. */
    this._last = "";
    /** How often all answers were replaced. */
    this._turn = 0;
    /** The worked case whose answers these are; the reader's own are stored, and `_undo` restores them. */
    this._case = "";
    /** The tasks that the reader has ticked off. */
    this._done = recallDone(this);
    /** Changed answers that the reader tries; the sheet keeps its own. @type {Trial | null} */
    this._trial = null;
    /** The reading of the answers, once prepared. @type {Reading | undefined} */
    this._read = undefined;
    /** Its assessment, once computed. @type {PageAssessment | undefined} */
    this._assessed = undefined;
    /** The shares of the outcomes under some answers, where computed already. @type {Map<string, Float64Array>} */
    this._columns = new Map();
    /** What the page shows; nothing at first. @type {Said} */
    this._said = { sheet: this, values: new Map(), changes: [] };
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this._resting = undefined;
    recall(this);
    enqueue(() => interpreterOf(bundle));
    enqueue(() => this._assessment);
    enqueue(() => this._tell());
    const types = ["beforeprint", "hashchange", "pagehide", "pageshow", "storage", "visibilitychange"];
    for (const type of types) window.addEventListener(type, this);
  }

  get _reading() {
    return (this._read ??= new Reading(this._bundle, this._answers));
  }

  get _assessment() {
    return (this._assessed ??= this._reading._assessment());
  }

  /** What the result is shown for: the reader's answers, or those that the reader tries. */
  get _shownReading() {
    return this._trial?.reading ?? this._reading;
  }

  get _shownAssessment() {
    return this._trial?.assessment ?? this._assessment;
  }

  /**
   * Take answers from another page, another tab or a link, and store the answers before the reader leaves.
   * @param {Event} event
   */
  handleEvent({ type }) {
    if (type === "hashchange") follow(this);
    else if (type === "pageshow" || type === "storage") {
      const done = recallDone(this);
      const isNews = String([...done]) !== String([...this._done]);
      this._done = done;
      if (recall(this)) this._show();
      else if (isNews) this._tell();
    } else {
      if (type === "beforeprint") for (const part of each(document, ".assessor-today")) part.textContent = today();
      // A page that is printed or left must not be older than the last tick.
      if (this._isStale) this._update();
      keep(this);
    }
  }

  /** Take the words for texts that the script composes. @param {Phrases} phrases */
  _speak(phrases) {
    this._phrases = { ...this._phrases, ...phrases };
    // Write the numbers again in these words.
    if (this._said.values.delete("estimates")) enqueue(() => this._tell());
  }

  /** @param {Map<string, Answer>} answers */
  _assess(answers) {
    return new Reading(this._bundle, answers)._assessment();
  }

  /**
   * Show the result as if some answers were others; null shows that of the reader's own.
   * @param {Change[] | null} changes
   * @param {string} [text] The changes as the page says them.
   */
  _try(changes, text = "") {
    this._trial = changes && trialOf(this, changes, text);
    this._tell();
  }

  /**
   * Return the answers that fit the rules, and note the questions of the others.
   * @param {[string, any][]} given
   * @param {string} [meanings] What each question meant, one after the other; if unknown, it counts as unchanged.
   * @returns {Given}
   */
  _sift(given, meanings) {
    /** @type {Given} */
    const { answers, reworded } = { answers: new Map(), reworded: new Map() };
    this._dropped = [];
    given.forEach(([name, old], position) => {
      const question = this._questions.get(name);
      const id = question?.id ?? name;
      const answer = present(question, old);
      const meaning = meanings?.substr(position * MEANING_CHARACTERS, MEANING_CHARACTERS);
      if (!question || answers.has(id) || !accepts(question, answer)) {
        if (this._dropped.length <= MOST_DROPPED_NAMED) this._dropped.push(id.slice(0, 40));
      } else if ((meaning ?? question.meaning) === question.meaning) answers.set(id, answer);
      else reworded.set(id, [answer, String(meaning)]);
    });
    return { answers, reworded };
  }

  /** Replace all answers. @param {Given} given @param {string} [preset] The worked case whose answers these are. */
  _replace(given, preset) {
    // The answers of a worked case are not the reader's own.
    if (!this._case) this._before = { answers: this._answers, reworded: this._reworded };
    this._restore(given, preset);
  }

  /** @param {Given} given @param {string} [preset] */
  _restore({ answers, reworded }, preset = "") {
    this._case = preset;
    this._answers = answers;
    this._reworded = reworded;
    this._pending = new Set(this._questions.keys());
    this._turn++;
    this._last = "";
    this._update();
  }

  /** Let the answers to questions that meant something else count. */
  _takeReworded() {
    const taken = [...this._reworded].map(([id, [answer]]) => /** @type {const} */ ([id, answer]));
    this._replace({ answers: new Map([...this._answers, ...taken]), reworded: new Map() });
  }

  /**
   * Change some answers.
   * @param {Iterable<[string, Answer | undefined]>} changes Answers by question; undefined removes one.
   * @param {Given | null} [undoing] What `_undo` then restores.
   * @returns {boolean} Whether an answer changed.
   */
  _change(changes, undoing = null) {
    let isNews = false;
    for (const [id, answer] of changes) {
      isNews ||= this._answers.get(id) !== answer;
      this._reworded.delete(id);
      this._pending.add(id);
      this._last = id;
      setAnswer(this._answers, id, answer);
    }
    const { _before: before } = this;
    if (!this._case) this._before = undoing;
    if (isNews) this._notices.delete("arrived");
    if (isNews) this._updateSoon();
    else if (before) this._tell();
    return isNews;
  }

  _undo() {
    const { _before: before } = this;
    this._before = null;
    if (before) this._restore(before);
  }

  /** Let the answers of the worked case be the reader's own. */
  _keepCase() {
    this._case = "";
    this._show();
  }

  /** Note whether a task is done. @param {string} key @param {boolean} isDone */
  _mark(key, isDone) {
    if (isDone) this._done.add(key);
    else this._done.delete(key);
    keepBeside(this, "done", this._done.size ? [...this._done].join() : null);
    this._tell();
  }

  /** Update the page after the browser has painted the tick, so that the reader sees the tick at once. */
  _updateSoon() {
    this._forget();
    this._isStale = true;
    enqueue(() => {}, requestAnimationFrame);
    enqueue(() => this._isStale && this._update());
  }

  /** Show the current state, and notify the page's scripts. */
  _update() {
    this._isStale = false;
    this._show();
    const { decisions, outcome, settled, ruleset } = this._assessment;
    const later = Object.entries(decisions).map(([id, decision]) => [id, { outcome: decision.outcome, settled: decision.settled }]);
    const detail = { ruleset, outcome, settled, decisions: Object.fromEntries(later) };
    // Dispatched once, however many elements there are.
    document.dispatchEvent(new CustomEvent("assessor:change", { bubbles: true, detail }));
  }

  /** Forget what was computed from earlier answers, and what was tried on top of them. */
  _forget() {
    this._read = this._assessed = undefined;
    this._trial = null;
  }

  /** Show the current state. */
  _show() {
    this._forget();
    // A copied text or an open question was about other answers.
    for (const view of this._views) if (view._mode) view._turnTo();
    this._tell();
  }

  /** Patch what changed in every element: a tick changes little of a page. */
  _tell() {
    const { values } = this._said;
    this._said = statementsOf(this);
    const changed = changedNames(values, this._said.values);
    keepPlace(() => this._views.forEach((view) => view._show(this._said, changed)));
    this._rest();
  }

  /** Once a burst of changes is over, store them and let the elements announce what changed. */
  _rest() {
    clearTimeout(this._resting);
    this._resting = setTimeout(() => {
      keep(this);
      this._views.forEach(announce);
    }, BURST_MS);
  }
}

/** @type {Map<string, AnswerSheet>} */
const sheets = new Map();

/**
 * Return the answer sheet of a rule set, whose bundle is in a template on the page.
 * @param {string} ruleset
 * @returns {AnswerSheet | undefined}
 */
export function sheetOf(ruleset) {
  const template = each(document, "template[data-assessor]").find((found) => found.dataset.assessor === ruleset);
  if (!template) return undefined;
  /** @type {Bundle} */
  const bundle = JSON.parse(sure(template.dataset.bundle));
  let sheet = sheets.get(ruleset);
  if (sheet?._bundle.hash !== bundle.hash) {
    sheet = new AnswerSheet(bundle, template.dataset.site);
    sheets.set(ruleset, sheet);
  }
  // The pages of a site may have different languages.
  sheet._language = sure(template.dataset.language);
  return sheet;
}
