"use strict";
/*
 * The decision logic in the browser and in Node.js: what a bundle says of answers, complete or not.
 * It reads the same bundle as assessor/assessment.py, in the same way, and touches no page.
 */
(function (/** @type {any} */ scope) {
  /**
   * Say whether an answer fits a question.
   * @param {BundleQuestion} question
   * @param {unknown} answer null is "I don't know", and fits every question.
   * @returns {boolean}
   */
  function accepts(question, answer) {
    if (answer === null) return true;
    if (question.kind === "yes-no") return typeof answer === "boolean";
    if (question.kind === "choice") return typeof answer === "string" && list(question.options).includes(answer);
    return typeof answer === "number" && answer >= Number(question.minimum) && answer <= Number(question.maximum);
  }

  /**
   * Assess answers.
   * @param {Bundle} bundle
   * @param {Record<string, Answer>} answers A question that is missing is as open as one whose answer is null.
   * @returns {Assessment}
   * @throws {RangeError} If there is no such question, or an answer does not fit its question.
   */
  function assess(bundle, answers) {
    const given = new Map(Object.entries(answers));
    const known = new Set();
    const cells = bundle.questions.map((question) => {
      const answer = given.get(question.id) ?? null;
      known.add(question.id);
      if (!accepts(question, answer)) {
        const shown = typeof answer === "object" ? "an object" : String(answer);
        throw new RangeError(`question "${question.id}" cannot be answered with ${shown}`);
      }
      return cellOf(question, answer);
    });
    for (const id of given.keys()) {
      if (!known.has(id)) throw new RangeError(`there is no question "${id}"`);
    }
    const outcomes = reachable(bundle, bundle.roots.outcome, cells);
    const rules = reachable(bundle, bundle.roots.rule, cells);
    const possible = outcomes.flatMap((outcome) => bundle.outcomes[outcome] ?? []);
    const gap = outcomes.includes(bundle.outcomes.length);
    const firing = rules.flatMap((rule) => bundle.rules[rule]?.id ?? []);
    const settled = possible.length === 1 && !gap;
    const actions = bundle.actions.map((action) => ({ id: action.id, truth: truth(bundle, action.root, cells) }));
    return {
      ruleset: bundle.ruleset,
      hash: bundle.hash,
      outcome: (settled && possible[0]) || null,
      settled,
      possible,
      gap,
      rule: (rules.length === 1 && firing[0]) || null,
      rules: firing,
      actions: {
        apply: actions.filter((action) => action.truth === true).map((action) => action.id),
        open: actions.filter((action) => action.truth === null).map((action) => action.id),
      },
      criteria: Object.fromEntries(bundle.criteria.map((each) => [each.id, truth(bundle, each.root, cells)])),
      estimates: Object.fromEntries(bundle.estimates.map((each) => [each.id, estimate(bundle, each, given)])),
      open: bundle.questions.filter((_, position) => cells[position] === null).map((question) => question.id),
      unasked: bundle.questions
        .filter((question) => question.asked !== undefined && truth(bundle, question.asked, cells) !== true)
        .map((question) => question.id),
    };
  }

  /**
   * Return the cell that an answer falls in.
   * @param {BundleQuestion} question
   * @param {Answer} answer
   * @returns {number | null}
   */
  function cellOf(question, answer) {
    if (answer === null) return null;
    if (question.kind === "choice") return list(question.options).indexOf(String(answer));
    if (question.kind === "number") return list(question.cuts).filter((cut) => cut <= Number(answer)).length;
    return Number(answer);
  }

  /**
   * Return the values of the leaves that some way of answering the open questions leads to, rising.
   * @param {Bundle} bundle
   * @param {number} root
   * @param {Cells} cells
   * @returns {number[]}
   */
  function reachable(bundle, root, cells) {
    const leaves = new Set();
    const seen = new Set();
    const stack = [root];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      if (top < 0) {
        leaves.add(-1 - top);
      } else if (!seen.has(top)) {
        seen.add(top);
        const [question, ...children] = list(bundle.nodes[top]);
        const cell = cells[Number(question)] ?? null;
        stack.push(...(cell === null ? children : [Number(children[cell])]));
      }
    }
    return [...leaves].sort((a, b) => a - b);
  }

  /**
   * Return whether a condition holds, or null while that is open.
   * @param {Bundle} bundle
   * @param {number} root
   * @param {Cells} cells
   * @returns {boolean | null}
   */
  function truth(bundle, root, cells) {
    const leaves = reachable(bundle, root, cells);
    return leaves.length === 1 ? leaves[0] === 1 : null;
  }

  /**
   * Work out an estimate, or null while a number that it needs is open and has no default.
   * @param {Bundle} bundle
   * @param {BundleEstimate} formula
   * @param {Map<string, Answer>} given
   * @returns {AssessedEstimate | null}
   */
  function estimate(bundle, formula, given) {
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
    const likely = evaluateAt(formula.steps, ranges.map((range) => range[1]));
    let low = likely;
    let high = likely;
    // The formula rises or falls with each input, so its extremes stand at corners of the box of ranges.
    const ranged = ranges.flatMap((range, position) => (range[0] === range[2] ? [] : [position]));
    for (let corner = 0; corner < 2 ** ranged.length; corner++) {
      const values = ranges.map((range) => range[0]);
      ranged.forEach((position, bit) => {
        if (corner & (1 << bit)) values[position] = Number(ranges[position]?.[2]);
      });
      const value = evaluateAt(formula.steps, values);
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return { low, likely, high, unit: formula.unit, assumed };
  }

  /**
   * Work out postfix steps for known inputs.
   * @param {(number | string)[]} steps
   * @param {number[]} values
   * @returns {number}
   */
  function evaluateAt(steps, values) {
    /** @type {number[]} */
    const stack = [];
    for (const step of steps) {
      if (typeof step === "number") {
        stack.push(Number(values[step]));
        continue;
      }
      const right = Number(stack.pop());
      const left = Number(stack.pop());
      if (step === "+") stack.push(left + right);
      else if (step === "-") stack.push(left - right);
      else if (step === "*") stack.push(left * right);
      else stack.push(left / right);
    }
    return Number(stack[0]);
  }

  /**
   * @template T
   * @param {T[] | undefined} values
   * @returns {T[]}
   */
  function list(values) {
    return values ?? [];
  }

  const api = { accepts, assess };
  if (typeof module === "object") module.exports = api;
  else scope.assessor ??= api;
})(globalThis);
