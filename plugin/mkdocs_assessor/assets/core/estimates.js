/* Computes estimates, like assessor/assessment/estimates.py. */

import { sure } from "./collections.js";

/**
 * Compute an estimate, or null while a number that it needs is open and has no default.
 * @param {Bundle} bundle
 * @param {BundleEstimate} formula
 * @param {Map<string, Answer>} given
 * @returns {AssessedEstimate | null}
 */
export function estimate(bundle, formula, given) {
  /** @type {QuantityRange[]} */
  const ranges = [];
  const assumed = [];
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
      assumed.push(question.id);
    } else {
      return null;
    }
  }
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
