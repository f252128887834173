/* Computes estimates, like assessor/assessment/estimates.py. */

import { sure } from "./collections.js";

/** How far the answer to a number question is moved if it has no range, as a share of its value. */
const GUESSED = 0.2;

/**
 * Compute an estimate, or null while a number that it needs is open and has no default.
 * @param {Bundle} bundle
 * @param {BundleEstimate} formula
 * @param {Map<string, Answer>} given
 * @returns {AssessedEstimate | null}
 */
export function estimate(bundle, formula, given) {
  /** @type {string[]} */
  const assumed = [];
  const ranges = rangesOf(bundle, formula, given, assumed);
  if (!ranges) return null;
  const likely = evaluateAt(formula.steps, ranges.map((each) => each[1]));
  let low = likely;
  let high = likely;
  // The formula rises or falls with each input, so its extremes are at corners of the box of ranges.
  const ranged = ranges.flatMap((each, position) => (each[0] === each[2] ? [] : [position]));
  const values = ranges.map((each) => each[0]);
  for (let corner = 0; ranged.length && corner < 2 ** ranged.length; corner++) {
    ranged.forEach((position, bit) => {
      values[position] = sure(ranges[position]?.[corner & (1 << bit) ? 2 : 0]);
    });
    const value = evaluateAt(formula.steps, values);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { low, likely, high, unit: formula.unit, assumed };
}

/**
 * Compute what each input does to the difference of two estimates while the others have their likely values: the
 * difference at the low and the high end of its range. Empty while a number that they need is open.
 * @param {Bundle} bundle
 * @param {BundleEstimate[]} formulas The second is subtracted from the first.
 * @param {number[][]} inputs The inputs to move, each as its positions in both formulas; -1 if one does not use it.
 * @param {Map<string, Answer>} given
 * @returns {number[][]}
 */
export function sensitivity(bundle, formulas, inputs, given) {
  const both = formulas.map((formula) => rangesOf(bundle, formula, given));
  if (both.includes(null)) return [];
  return inputs.map((positions) =>
    [0, 2].map((end) => {
      const [one, other] = formulas.map((formula, which) => {
        const ranges = /** @type {QuantityRange[]} */ (both[which]);
        const values = ranges.map((each) => each[1]);
        const position = sure(positions[which]);
        if (position >= 0) values[position] = moved(bundle, sure(formula.inputs[position]), sure(ranges[position]), end);
        return evaluateAt(formula.steps, values);
      });
      return sure(one) - sure(other);
    }),
  );
}

/**
 * Return the value of an input at an end of its range. What has none is moved by a guess: a fact, and the answer to a
 * number question, within what can be answered.
 * @param {Bundle} bundle
 * @param {BundleEstimate["inputs"][number]} input
 * @param {QuantityRange} range
 * @param {number} end 0 or 2.
 */
function moved(bundle, input, range, end) {
  if (range[0] !== range[2]) return sure(range[end]);
  const guessed = range[1] * (1 + GUESSED * (end - 1));
  if (Array.isArray(input)) return guessed;
  const { minimum, maximum } = sure(bundle.questions[input.question]);
  return Math.min(Math.max(guessed, Number(minimum)), Number(maximum));
}

/**
 * Return the range of each input, or null while a number is open and has no default.
 * @param {Bundle} bundle
 * @param {BundleEstimate} formula
 * @param {Map<string, Answer>} given
 * @param {string[]} [assumed] Gets the questions whose default counts.
 * @returns {QuantityRange[] | null}
 */
function rangesOf(bundle, formula, given, assumed) {
  /** @type {QuantityRange[]} */
  const ranges = [];
  for (const input of formula.inputs) {
    if (Array.isArray(input)) {
      ranges.push(input);
      continue;
    }
    const question = bundle.questions[input.question];
    const answer = given.get(question?.id ?? "") ?? null;
    if (answer !== null) {
      ranges.push([Number(answer), Number(answer), Number(answer)]);
    } else if (question?.default) {
      ranges.push(question.default);
      assumed?.push(question.id);
    } else {
      return null;
    }
  }
  return ranges;
}

/** Evaluate postfix steps. @param {(number | string)[]} steps @param {number[]} values */
function evaluateAt(steps, values) {
  /** @type {number[]} */
  const stack = [];
  for (const step of steps) {
    if (typeof step === "number") {
      stack.push(sure(values[step]));
      continue;
    }
    const right = sure(stack.pop());
    const left = sure(stack.pop());
    if (step === "+") stack.push(left + right);
    else if (step === "-") stack.push(left - right);
    else if (step === "*") stack.push(left * right);
    else stack.push(left / right);
  }
  return sure(stack[0]);
}
