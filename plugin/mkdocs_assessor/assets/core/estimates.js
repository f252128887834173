/* Computes estimates, like assessor/assessment/estimates.py. */

import { rising, sure } from "./collections.js";

/** @import { Restriction } from "./queries/restriction.js" */

/** The range of each input; null while it is open and has no default. @typedef {(QuantityRange | null)[]} Ranges */

/** How far the answer to a number question is moved if it has no range, as a share of its value. */
const GUESSED = 0.2;

/**
 * Compute an estimate, or null while a number that it needs is open and has no default. Its range is that of all branches
 * which the open questions leave, if each open number with a default is in the range of that. Its likely value is that of
 * the last of them if each has the likely value of its default.
 * @param {BundleEstimate} formula
 * @param {Restriction} restriction
 * @param {Map<string, Answer>} given
 * @returns {AssessedEstimate | null}
 */
export function estimate(formula, restriction, given) {
  const { questions } = restriction._interpreter._bundle;
  const branches = branchesOf(formula);
  const ranges = rangesOf(formula, restriction, given);
  const defaults = defaultsOf(restriction, given);
  const possible = reached(formula, restriction, defaults);
  const used = new Set(possible.flatMap((branch) => sure(branches[branch]).steps));
  if (ranges.some((each, position) => !each && used.has(position))) return null;
  const found = possible.map((branch) => evaluated(sure(branches[branch]), ranges));
  const expected = new Map([...defaults].map(([question, [, likely]]) => [question, exactly(likely)]));
  const [, likely] = evaluated(sure(branches[sure(reached(formula, restriction, expected).at(-1))]), ranges);
  const asked = formula.inputs.flatMap((input, position) => (Array.isArray(input) || !used.has(position) ? [] : [input.question]));
  const assumed = new Set([...asked, ...aboutBranches(formula, restriction).questions]);
  return {
    low: Math.min(...found.map(([low]) => low)),
    likely,
    high: Math.max(...found.map(([, , high]) => high)),
    unit: formula.unit,
    assumed: [...assumed].flatMap((question) => (defaults.has(question) ? [sure(questions[question]).id] : [])),
  };
}

/**
 * Return the open questions that an estimate still depends on.
 * @param {BundleEstimate} formula
 * @param {Restriction} restriction
 * @param {Map<string, Answer>} given
 */
export function neededFor(formula, restriction, given) {
  const { leaves, questions: tested } = aboutBranches(formula, restriction);
  const { questions } = restriction._interpreter._bundle;
  const branches = branchesOf(formula);
  const steps = leaves.flatMap((branch) => sure(branches[branch]).steps);
  const asked = steps.flatMap((step) => {
    const input = formula.inputs[Number(step)];
    return !input || Array.isArray(input) ? [] : [input.question];
  });
  const open = asked.filter((question) => (given.get(sure(questions[question]).id) ?? null) === null);
  return rising(new Set([...open, ...tested]));
}

/**
 * Compute what each input does to the difference of two estimates while the others have their likely values: the
 * difference at the low and the high end of its range. Empty while a number that they need is open. An answer that is
 * moved by a guess leaves an estimate in the branch that it leads to.
 * @param {BundleEstimate[]} formulas The second is subtracted from the first.
 * @param {number[][]} inputs The inputs to move, each as its positions in both formulas; -1 if one does not use it.
 * @param {Restriction} restriction
 * @param {Map<string, Answer>} given
 * @returns {number[][]}
 */
export function sensitivity(formulas, inputs, restriction, given) {
  if (formulas.some((formula) => !estimate(formula, restriction, given))) return [];
  const both = formulas.map((formula) => rangesOf(formula, restriction, given));
  return inputs.map((positions) =>
    [0, 2].map((end) => {
      const [one, other] = formulas.map((formula, which) => {
        const ranges = sure(both[which]);
        const values = ranges.map((each) => each && exactly(each[1]));
        const position = sure(positions[which]);
        const range = ranges[position];
        if (range) values[position] = exactly(moved(restriction, sure(formula.inputs[position]), range, end));
        return branchOf(formula, restriction, given, values);
      });
      return sure(one) - sure(other);
    }),
  );
}

/**
 * Return the likely value of an estimate where its inputs have some values.
 * @param {BundleEstimate} formula
 * @param {Restriction} restriction
 * @param {Map<string, Answer>} given
 * @param {Ranges} values
 */
function branchOf(formula, restriction, given, values) {
  const expected = defaultsOf(restriction, given);
  for (const [question, [, likely]] of expected) expected.set(question, exactly(likely));
  formula.inputs.forEach((input, position) => {
    const value = values[position];
    if (!Array.isArray(input) && expected.has(input.question) && value) expected.set(input.question, value);
  });
  const branch = sure(reached(formula, restriction, expected).at(-1));
  return evaluated({ steps: sure(branchesOf(formula)[branch]).steps }, values)[1];
}

/**
 * Return the value of an input at an end of its range. What has none is moved by a guess: a fact, and the answer to a
 * number question, within what can be answered.
 * @param {Restriction} restriction
 * @param {BundleEstimate["inputs"][number]} input
 * @param {QuantityRange} range
 * @param {number} end 0 or 2.
 */
function moved(restriction, input, range, end) {
  if (range[0] !== range[2]) return sure(range[end]);
  const guessed = range[1] * (1 + GUESSED * (end - 1));
  if (Array.isArray(input)) return guessed;
  const { minimum, maximum } = sure(restriction._interpreter._bundle.questions[input.question]);
  return Math.min(Math.max(guessed, Number(minimum)), Number(maximum));
}

/** @param {number} value @returns {QuantityRange} */
function exactly(value) {
  return [value, value, value];
}

/**
 * @param {BundleEstimate} formula
 * @param {Restriction} restriction
 * @param {Map<string, Answer>} given
 * @returns {Ranges}
 */
function rangesOf({ inputs }, restriction, given) {
  return inputs.map((input) => {
    if (Array.isArray(input)) return input;
    const question = sure(restriction._interpreter._bundle.questions[input.question]);
    const answer = given.get(question.id) ?? null;
    return answer === null ? question.default ?? null : exactly(Number(answer));
  });
}

/** Return the default of each open number that has one. @param {Restriction} restriction @param {Map<string, Answer>} given */
function defaultsOf(restriction, given) {
  /** @type {Map<number, QuantityRange>} */
  const defaults = new Map();
  restriction._interpreter._bundle.questions.forEach(({ id, default: range }, question) => {
    if (range && (given.get(id) ?? null) === null) defaults.set(question, range);
  });
  return defaults;
}

/** @param {BundleEstimate} formula @returns {BundleBranch[]} */
function branchesOf({ branches, steps }) {
  return branches ?? [{ steps: sure(steps) }];
}

/** Return the questions that decide which branch applies, and those that may. @param {BundleEstimate} formula @param {Restriction} restriction */
function aboutBranches({ root = -1 }, restriction) {
  return restriction._about(root);
}

/**
 * Return the branches that apply where some open numbers are within ranges, in order.
 * @param {BundleEstimate} formula
 * @param {Restriction} restriction
 * @param {Map<number, QuantityRange>} ranges
 */
function reached({ root = -1 }, restriction, ranges) {
  /** @type {Set<number>} */
  const seen = new Set([restriction._of(root)]);
  // A set also yields what is added to it meanwhile.
  for (const reference of seen) {
    if (reference < 0) continue;
    const [question, ...children] = sure(restriction._nodes[reference]);
    const range = ranges.get(sure(question));
    const cuts = /** @type {number[]} */ (restriction._interpreter._bundle.questions[sure(question)]?.cuts);
    const cellOf = (/** @type {number} */ value) => cuts.filter((cut) => cut <= value).length;
    const within = range ? children.slice(cellOf(range[0]), cellOf(range[2]) + 1) : children;
    for (const child of within) seen.add(child);
  }
  return rising([...seen].flatMap((reference) => (reference < 0 ? [~reference] : [])));
}

/**
 * Return the range of a branch, for the ranges of all inputs of its estimate.
 * @param {BundleBranch} branch
 * @param {Ranges} given
 * @returns {QuantityRange}
 */
function evaluated({ steps, within = [] }, given) {
  const ranges = given.map((each, position) => (each && steps.includes(position) ? each : exactly(0)));
  for (const [position, least, greatest] of within) {
    const [low, likely, high] = sure(ranges[position]);
    const ends = [Math.max(low, least), Math.min(high, greatest)];
    ranges[position] = [sure(ends[0]), Math.min(Math.max(likely, sure(ends[0])), sure(ends[1])), sure(ends[1])];
  }
  const likely = evaluateAt(steps, ranges.map((each) => each[1]));
  let low = likely;
  let high = likely;
  // The formula rises or falls with each input, so its extremes are at corners of the box of ranges.
  const ranged = ranges.flatMap((each, position) => (each[0] === each[2] ? [] : [position]));
  const values = ranges.map((each) => each[0]);
  for (let corner = 0; ranged.length && corner < 2 ** ranged.length; corner++) {
    ranged.forEach((position, bit) => {
      values[position] = sure(ranges[position]?.[corner & (1 << bit) ? 2 : 0]);
    });
    const value = evaluateAt(steps, values);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, likely, high];
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
