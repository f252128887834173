/* Redraws compared estimates and says how they differ, like plugin/mkdocs_assessor/render/charts.py. */

import { range, sure } from "../core/collections.js";
import { sensitivity } from "../core/estimates.js";
import { each, write } from "./dom.js";
import { isRange, likely, spanned, withoutError } from "./statements/numbers.js";
import { writeQuantity } from "./statements/record.js";

/** @import { AnswerSheet } from "./answers/answer_sheet.js" */
/** @import { Show } from "./elements.js" */

/** An axis has at most one tick more: four long numbers fit on a phone. */
const MOST_INTERVALS = 3;

/** Redraw a chart for the current estimates. @type {Show} */
export function showChart(chart, { sheet }) {
  const { _language: language, _phrases: phrases, _shownAssessment: { estimates } } = sheet;
  const { compare, even, line } = chart.dataset;
  const valuesOf = (/** @type {string | undefined} */ id) => {
    const value = estimates[sure(id)];
    // What is below zero is put in words, and not drawn.
    const least = phrases[`below=${id}`] ? 0 : -Infinity;
    if (!value || value.high <= least) return null;
    return { low: Math.max(value.low, least), likely: value.likely > least ? value.likely : undefined, high: value.high };
  };
  const bars = each(chart, "[data-bar]").map((bar) => /** @type {const} */ ([bar, valuesOf(bar.dataset.bar)]));
  const ticks = ticksOf(bars.flatMap(([, values]) => (values ? [values.low, values.high] : [])));
  for (const [bar, values] of bars) draw(bar, { ...values, line: valuesOf(line)?.likely }, ticks);
  // The ticks that are not needed are before the last.
  const places = ticks.slice(0, -1);
  if (ticks.length) places[MOST_INTERVALS] = sure(ticks.at(-1));
  draw(sure(each(chart, "[data-axis]")[0]), places, ticks);
  const labels = each(chart, "[data-axis] text");
  places.forEach((tick, position) => {
    write(sure(labels[position]), tick.toLocaleString(language, { notation: "compact", maximumSignificantDigits: 3 }));
  });
  if (compare) showComparison(chart, sheet, compare.split(" "), even);
}

/**
 * Say how two bars differ and where they are the same, and draw what moves the difference.
 * @param {HTMLElement} chart
 * @param {AnswerSheet} sheet
 * @param {string[]} ids
 * @param {string | undefined} even The estimate at which both are the same.
 */
function showComparison(chart, { _bundle: bundle, _language: language, _phrases: phrases, _shownAssessment: { estimates }, _shownReading: { _answers: answers, _restriction: restriction } }, ids, even) {
  const [one, other, at] = [...ids, sure(even)].map((id) => estimates[id]);
  const cases = [at && (at.likely > 0 ? "below" : "never")];
  const say = (/** @type {string} */ what, /** @type {number} */ value, /** @type {string} */ text) => {
    for (const part of each(chart, `[data-amount=${what}]`)) writeQuantity(part, value, text, language);
  };
  if (one && other) {
    const by = withoutError(one.likely) - withoutError(other.likely);
    cases.push(by > 0 ? "more" : by < 0 ? "less" : "same");
    const difference = { low: 0, likely: Math.abs(by), high: one.high - one.low + other.high - other.low };
    say("difference", difference.likely, likely(difference, language));
  }
  if (at) say("even", at.likely, likely(at, language, "", 2));
  for (const part of each(chart, "[data-case]")) part.hidden = !cases.includes(part.dataset.case);

  const items = each(chart, "[data-inputs]");
  const formulas = ids.map((id) => sure(bundle.estimates.find((estimate) => estimate.id === id)));
  const inputs = items.map(({ dataset }) => sure(dataset.inputs).split(" ").map(Number));
  const effects = sensitivity(formulas, inputs, restriction, answers);
  const moves = items.flatMap((item, position) => {
    const [low, high] = (effects[position] ?? [0, 0]).sort((a, b) => a - b);
    item.hidden = !isRange(sure(low), sure(high));
    return item.hidden ? [] : [{ item, low: sure(low), high: sure(high) }];
  });
  moves.sort((a, b) => a.low - a.high - b.low + b.high);
  const ends = [0, ...moves.flatMap(({ low, high }) => [low, high])];
  for (const move of moves) {
    draw(move.item, move, [Math.min(...ends), Math.max(...ends)]);
    write(sure(each(move.item, "[data-moved]")[0]), spanned(move, language, phrases));
    move.item.parentElement?.append(move.item);
  }
  for (const part of each(chart, "[data-moves]")) part.hidden = !moves.length;
}

/**
 * Return the round numbers on the axis for some ends of bars; the first and the last are the ends of the scale.
 * @param {number[]} ends
 * @returns {number[]}
 */
function ticksOf(ends) {
  if (!ends.length) return [];
  const least = Math.min(0, ...ends);
  const most = Math.max(0, ...ends) || Number(!least);
  const unit = Number(`1e${((most - least) / MOST_INTERVALS).toExponential().split("e")[1]}`);
  const intervals = (/** @type {number} */ step) => Math.ceil(most / step) - Math.floor(least / step);
  const step = sure([1, 2, 5, 10, 20].map((factor) => factor * unit).find((length) => intervals(length) <= MOST_INTERVALS));
  return range(intervals(step) + 1).map((interval) => (Math.floor(least / step) + interval) * step);
}

/**
 * Move the parts of a drawing to where their values are; those without a value are hidden.
 * @param {Element} drawing
 * @param {any} values By what the parts name; a part ends at no less than where it starts.
 * @param {number[]} scale Its first number is at the left end, its last at the right.
 */
function draw(drawing, values, scale) {
  const least = scale[0] ?? 0;
  const width = (scale.at(-1) ?? 0) - least || 1;
  for (const part of each(drawing, "[data-from]")) {
    const { from, to } = part.dataset;
    const start = from === "zero" ? 0 : values[sure(from)];
    if (part.toggleAttribute("hidden", start === undefined)) continue;
    part.setAttribute("x", percent((start - least) / width));
    if (to) part.setAttribute("width", percent((values[to] - start) / width));
  }
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toFixed(2)}%`;
}
