/* Shows what is still possible: the share of each outcome, and how the shares narrowed with the answers. */

import { range, sure } from "../../core/collections.js";
import { diagramOf } from "../../core/diagram.js";
import { outcomeShares } from "../../core/queries/information.js";
import { remaining } from "../../core/queries/remaining.js";
import { Restriction } from "../../core/queries/restriction.js";
import { each } from "../dom.js";

/** @import { Reading } from "../../core/assess.js" */
/** @import { Show } from "../elements.js" */

const [WIDTH, HEIGHT, GAP] = [300, 80, 1];
/** The least height of a band, as a share: a thinner one could not be seen. */
const LEAST = 0.03;

/** Return how many answers it still takes, as "2–15". @param {Reading} reading @param {Phrases} phrases @returns {string} */
export function answersToGo({ _bundle: { roots }, _restriction: restriction }, phrases) {
  const { fewest, most } = remaining(restriction, diagramOf(restriction, roots.outcome), roots.outcome);
  if (fewest === most) return String(most);
  return fewest === null ? `≤ ${most}` : String(phrases.span).replace("{low}", String(fewest)).replace("{high}", String(most));
}

/**
 * Return the outcomes that each of some answers ruled out, where they are given in this order: first those that it rules out
 * by itself, then those that it rules out only together with answers before it.
 * @param {Reading} reading
 * @param {string[]} reasons Questions.
 * @returns {[alone: string[], together: string[]][]}
 */
export function ruledOut({ _bundle: { outcomes, roots }, _cells: cells, _interpreter: interpreter }, reasons) {
  const given = cells.map(() => /** @type {number | null} */ (null));
  const leavesOf = (/** @type {(number | null)[]} */ some) => new Restriction(interpreter, some)._about(roots.outcome).leaves;
  let before = leavesOf(given);
  return reasons.map((id) => {
    const question = interpreter._ids.indexOf(id);
    given[question] = sure(cells[question]);
    const [now, alone] = [given, given.map((cell, place) => (place === question ? cell : null))].map(leavesOf);
    const gone = before.filter((leaf) => !sure(now).includes(leaf));
    before = sure(now);
    const titled = (/** @type {boolean} */ isTogether) => gone.filter((leaf) => sure(alone).includes(leaf) === isTogether).flatMap((leaf) => outcomes[leaf] ?? []);
    return [titled(false), titled(true)];
  });
}

/** Draw how the shares of the outcomes changed with each answer, from the left, without answers, to the right. @type {Show} */
export function showStream(picture, { sheet }) {
  const columns = columnsOf(sheet._shownReading, sheet._columns).map(edges);
  const last = columns.length - 1;
  const xOf = (/** @type {number} */ column) => round((WIDTH * column) / last);
  for (const band of each(picture, "[data-band]")) {
    const outcome = sheet._bundle.outcomes.indexOf(sure(band.dataset.band));
    const side = (/** @type {number} */ end, /** @type {number[]} */ order) =>
      order.map((column, position) => {
        const point = `${xOf(column)} ${sure(columns[column]?.[outcome]?.[end])}`;
        if (!position) return point;
        const middle = round((xOf(column) + xOf(sure(order[position - 1]))) / 2);
        return `C${middle} ${sure(columns[sure(order[position - 1])]?.[outcome]?.[end])} ${middle} ${point.split(" ")[1]} ${point}`;
      }).join("");
    const order = range(columns.length);
    band.setAttribute("d", `M${side(0, order)}L${side(1, order.reverse())}Z`);
  }
}

/** Draw the shares of the outcomes now, one beside the other. @type {Show} */
export function showShares(picture, { sheet }) {
  const now = edges(sure(columnsOf(sheet._shownReading, sheet._columns).at(-1)));
  for (const band of each(picture, "[data-band]")) {
    const [start, end] = sure(now[sheet._bundle.outcomes.indexOf(sure(band.dataset.band))]);
    band.setAttribute("x", String(start));
    band.setAttribute("width", String(round(sure(end) - sure(start))));
  }
}

/**
 * Return the shares of the outcomes without answers, and after each answer that can matter, in the order of answering.
 * @param {Reading} reading
 * @param {Map<string, Float64Array>} known The columns that were computed before: an answer adds one.
 */
function columnsOf({ _answers: answers, _cells: cells, _interpreter: interpreter }, known) {
  const given = cells.map(() => /** @type {number | null} */ (null));
  const columnNow = () => {
    const key = String(given);
    const column = known.get(key) ?? outcomeShares(new Restriction(interpreter, given));
    known.set(key, column);
    return column;
  };
  const columns = [columnNow()];
  for (const id of answers.keys()) {
    const question = interpreter._ids.indexOf(id);
    if ((cells[question] ?? null) === null || !interpreter._deciding.includes(question)) continue;
    given[question] = sure(cells[question]);
    columns.push(columnNow());
  }
  // One column alone has no width.
  return columns.length < 2 ? [...columns, ...columns] : columns;
}

/** Return where the band of each outcome begins and ends. @param {Float64Array} shares */
function edges(shares) {
  const heights = [...shares].map((share) => (share ? Math.max(share, LEAST) : 0));
  const count = heights.filter(Boolean).length;
  // Many bands leave less between them.
  const gap = Math.min(GAP, HEIGHT / 2 / count);
  const scale = (HEIGHT + gap - gap * count) / heights.reduce((sum, height) => sum + height);
  let top = 0;
  return heights.map((height) => {
    const ends = [round(top), round(top + height * scale)];
    if (height) top += height * scale + gap;
    return ends;
  });
}

/** @param {number} length */
function round(length) {
  return Math.round(10 * length) / 10;
}
