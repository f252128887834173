/* Folds the passages that do not apply, and says of every passage which answers decide. */

import { sure } from "../core/collections.js";
import { Interpreter, interpreterOf } from "../core/queries/interpreter.js";
import { sufficientReason } from "../core/queries/reasons.js";
import { Restriction } from "../core/queries/restriction.js";
import { each, marked } from "./dom.js";
import { changeLabel } from "./statements/record.js";

/** @import { AnswerSheet } from "./answers/answer_sheet.js" */

const MOST_NAMED = 3;

/** Passages whose text folds; what is within a line stays. */
const FOLDED = "div[data-passage=folded]";

/**
 * What prepares the condition of each passage, the answers that it reads, and what it shows.
 * @type {WeakMap<Element, { _interpreter: Interpreter, _reads: number[], _given: string, _shows: string }>}
 */
const known = new WeakMap();

/**
 * Show the passages by the reader's own answers, and how many are folded. Only those that change are touched.
 * @param {HTMLElement} count
 * @param {{ sheet: AnswerSheet }} said
 */
export function showPassages(count, { sheet }) {
  const { _answers: answers, _bundle: bundle, _phrases: phrases } = sheet;
  const whole = interpreterOf(bundle);
  const cells = whole._cellsOf(answers);
  const bar = /** @type {HTMLElement} */ (count.closest("[data-ruleset]"));
  const { dataset: words } = bar;
  const passages = passagesOf(bar, "[data-when]");
  const [isAll] = each(bar, "[aria-pressed=true]");
  // When the page opens: the heights of labels that the reader may have seen already, and 0 below the first screen. There,
  // passages fold at once: the browser has not gone yet to where a link leads, and would be too far down afterwards. They are
  // read before anything changes, since each change would cost a layout.
  const fresh = passages.filter((passage) => !known.has(passage));
  const heights = new Map(fresh.map((passage) => {
    const { height, top } = sure(passage.children[0]).getBoundingClientRect();
    return [passage, top > innerHeight ? 0 : height];
  }));
  for (const passage of passages) {
    const entry = known.get(passage) ?? prepare(passage, whole);
    const { _interpreter: interpreter } = entry;
    const given = String(entry._reads.map((question) => cells[question]));
    if (entry._given === given) continue;
    entry._given = given;
    const { outcome } = interpreter._bundle.roots;
    const { leaves, questions } = new Restriction(interpreter, cells)._about(outcome);
    const leaf = sure(leaves[0]);
    const isOpen = leaves.length > 1;
    const deciding = isOpen ? questions : sufficientReason(interpreter, outcome, leaf, cells, whole);
    const key = [leaves, deciding, deciding.map((question) => cells[question])].join();
    if (entry._shows === key) continue;
    entry._shows = key;
    const [button, why] = partsOf(passage);
    const nodes = deciding.slice(0, isOpen ? MOST_NAMED : undefined).flatMap((number, position) => {
      const { cuts, id } = sure(bundle.questions[number]);
      const link = document.createElement("a");
      if (words.target) link.href = words.target + id;
      const name = sure(phrases[`name=${id}`]);
      link.append(marked(name));
      const cell = Number(cells[number]);
      const label = cuts
        ? changeLabel(sheet, { question: id, to: { at_least: cuts[cell - 1] ?? null, below: cuts[cell] ?? null } })
        : phrases[`${id}=${answers.get(id)}`];
      return [position ? "; " : " ", link, isOpen ? "" : marked(`${/[?？]$/.test(name) ? "" : ":"} ${label}`)];
    });
    const state = isOpen ? "depends" : leaf ? "applies" : "folded";
    why.replaceChildren(sure(words[isOpen ? state : "answers"]), ...nodes, questions[nodes.length / 3] && isOpen ? "; …" : "");
    if (passage.dataset.passage === state) continue;
    unfold(passage, true);
    passage.dataset.passage = state;
    button.textContent = sure(words[state]);
    const isFolded = passage.matches(FOLDED);
    const height = heights.get(passage);
    if (!isFolded) unfold(passage, isOpen);
    if (!isAll && answers.size && (isFolded || height)) keepStill(passage, height);
    for (const heading of each(passage, ":is(h1, h2, h3, h4, h5, h6)[id]")) {
      const isHidden = heading.closest("[data-passage=folded]") !== null;
      for (const link of each(document, `a[href$="#${CSS.escape(heading.id)}"]`)) {
        link.toggleAttribute("data-folded", isHidden);
        link.title = isHidden ? sure(words.folded) : "";
      }
    }
  }
  const folded = String(passagesOf(bar, "[data-passage=folded]").length);
  // Announced once it changes, not when the page opens.
  if (count.textContent && count.textContent !== folded) /** @type {HTMLElement} */ (count.parentElement).dataset.told = "";
  count.textContent = folded;
  bar.toggleAttribute("data-none", folded === "0");
}

/**
 * Keep the text of a passage until it is out of sight, so that nothing jumps where the reader looks.
 * @param {HTMLElement} passage
 * @param {number} [height] That of its label, which stays if the page has just opened; 0 below the first screen.
 */
function keepStill(passage, height) {
  passage.style.setProperty("--still", `${height}px`);
  if (height === 0) return release(passage);
  new IntersectionObserver(([entry], observer) => {
    if (sure(entry).isIntersecting) return;
    observer.disconnect();
    release(passage);
  }).observe(passage);
}

/** Fold a passage that is out of sight, unless the reader has opened it, works on it or came for it. @param {HTMLElement} passage */
function release(passage) {
  if (passage.matches(`${FOLDED}[style]:not(:has(:focus, :target))`)) unfold(passage, false);
  passage.removeAttribute("style");
}

/** Show all passages, or fold those that do not apply. @param {HTMLElement} bar @param {HTMLElement} button */
export function showAllPassages(bar, button) {
  const isAll = button.ariaPressed !== "true";
  button.ariaPressed = String(isAll);
  for (const passage of passagesOf(bar, FOLDED)) unfold(passage, isAll);
}

/** @param {HTMLElement} bar @param {string} which */
function passagesOf(bar, which) {
  return each(document, `${which}[data-ruleset="${bar.dataset.ruleset}"]`);
}

/** Return the button of a passage, what decides, and the text. @param {Element} passage */
function partsOf({ children: [label, text] }) {
  const { firstElementChild: button, lastElementChild: why } = sure(label);
  return /** @type {[HTMLElement, HTMLElement, HTMLElement]} */ ([button, why, text]);
}

/** @param {HTMLElement} passage @param {Interpreter} whole That of the bundle. */
function prepare(passage, whole) {
  const { _bundle: bundle, _marks: marks, _offered: offered } = whole;
  const nodes = JSON.parse(sure(passage.dataset.when));
  const outcome = nodes.length - 1;
  // The nodes that offer options are not among these; whose option is not offered is open already.
  const questions = bundle.questions.map((question) => ({ ...question, offered: {} }));
  const interpreter = new Interpreter({ ...bundle, questions, nodes, roots: { rule: outcome, outcome } });
  // What offers an option decides with it. Offers depend on earlier questions only, so the last come first.
  const reads = new Set(interpreter._deciding);
  for (const [question, roots] of [...offered].reverse()) {
    if (reads.has(question)) for (const root of roots.values()) whole._about(root, marks).questions.forEach((needed) => reads.add(needed));
  }
  const entry = { _interpreter: interpreter, _reads: [...reads], _given: "?", _shows: "" };
  known.set(passage, entry);
  const [button] = partsOf(passage);
  button.onclick = () => unfold(passage, button.ariaExpanded !== "true");
  // Something in it was found, or a link leads there. The event passes the passages around it, too.
  passage.addEventListener("beforematch", () => passage.matches(FOLDED) && unfold(passage, true));
  return entry;
}

/**
 * Open or close what the button of a passage is for: the text if it does not apply, or else the answers that decide.
 * @param {Element} passage
 * @param {boolean} isOpen
 */
function unfold(passage, isOpen) {
  const [button, why, text] = partsOf(passage);
  const part = passage.matches(FOLDED) ? text : why;
  passage.removeAttribute("style");
  if (isOpen) part.removeAttribute("hidden");
  else part.setAttribute("hidden", "until-found");
  button.ariaExpanded = String(isOpen);
}
