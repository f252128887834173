/* Chooses the question to ask next, like assessor/assessment/queries/information.py. */

import { range, sure } from "../collections.js";

/** @import { Restriction } from "./restriction.js" */

const INFORMATION_TOLERANCE = 1e-9;
const LOGARITHM_TERMS = 9;

/**
 * Return the questions that matter: those that are asked already, if there are any.
 * @param {number[]} matters
 * @param {number[]} unasked
 */
export function askable(matters, unasked) {
  const asked = matters.filter((question) => !unasked.includes(question));
  return asked.length ? asked : matters;
}

/**
 * Return the question to ask next: of those that matter in the first section that has any, the one expected to tell
 * most about the outcome. Questions that the reader could not answer come after all others that are asked, and
 * questions that are not asked yet come last. A choice comes after what decides whether its options are offered.
 * @param {Restriction} restriction
 * @param {number[]} matters
 * @param {number[]} unasked
 * @param {number[]} unknown
 * @returns {number | undefined}
 */
export function nextQuestion(restriction, matters, unasked, unknown) {
  const { _interpreter: interpreter } = restriction;
  const { _marks: marks, _offered: offered, _sections: sections } = interpreter;
  const asked = askable(matters, unasked);
  const known = asked.filter((question) => !unknown.includes(question));
  const wanted = known.length ? known : asked;
  const mayDecide = (/** @type {number} */ root) =>
    restriction._truth(root) === null && interpreter._about(root, marks).questions.some((question) => wanted.includes(question));
  const candidates = wanted.filter((question) => ![...(offered.get(question)?.values() ?? [])].some(mayDecide));
  const first = candidates.filter((question) => sections[question] === sections[sure(candidates[0])]);
  if (first.length < 2) return first[0];
  const told = expectedInformation(restriction, first);
  const most = Math.max(...told);
  return first[told.findIndex((each) => each >= most - INFORMATION_TOLERANCE)];
}

/**
 * Return how much each question is expected to tell about the outcome: Shannon's mutual information in nats, where
 * all cells of an open question are equally likely.
 * @param {Restriction} restriction
 * @param {number[]} questions The outcome depends on each of them.
 * @returns {number[]} The information of each question.
 */
function expectedInformation(restriction, questions) {
  const { _interpreter: interpreter, _nodes: nodes, _root: root } = restriction;
  const now = outcomeShares(restriction);
  const { _likely: likely } = interpreter;
  const none = new Float64Array(now.length);
  // How likely readers are to pass each node, and so what each cell of its question adds to each outcome.
  const weights = new Float64Array(root + 1);
  weights[root] = 1;
  /** @type {Float64Array[][]} */
  const joint = [];
  for (const question of questions) joint[question] = range(interpreter._sizeOf(question)).map(() => none.slice());
  for (let number = root; number >= 0; number--) {
    if (weights[number]) passOn(weights, number, nodes, likely, joint);
  }
  const before = entropy(now);
  return questions.map((question) => {
    const sums = sure(joint[question]);
    const mean = (/** @type {(row: Float64Array) => number} */ valueOf) => sums.reduce((all, row) => all + valueOf(row), 0) / sums.length;
    const untested = now.map((share, outcome) => share - mean((row) => sure(row[outcome])));
    return before - mean((row) => entropy(row.map((share, outcome) => share + sure(untested[outcome]))));
  });
}

/**
 * Return which share of the ways to answer the open questions leads to each outcome, and last, to none.
 * @param {Restriction} restriction
 * @returns {Float64Array}
 */
export function outcomeShares({ _interpreter: { _bundle: bundle, _likely: likely }, _nodes: nodes, _root: root }) {
  // Keep the results for the bundle's nodes, and drop those for nodes of other answers.
  likely.length = bundle.nodes.length;
  const shares = new Float64Array(bundle.outcomes.length + 1);
  addShares(shares, 1, root, nodes, likely);
  return shares;
}

// Engines compile short, frequently called functions sooner than the loops of a long one.

/** @param {Float64Array} weights @param {number} number @param {number[][]} nodes @param {Float64Array[]} likely @param {Float64Array[][]} joint */
function passOn(weights, number, nodes, likely, joint) {
  const node = sure(nodes[number]);
  const weight = sure(weights[number]);
  const sums = joint[sure(node[0])];
  const size = node.length - 1;
  for (let cell = 0; cell < size; cell++) {
    const child = sure(node[cell + 1]);
    if (child >= 0) weights[child] = sure(weights[child]) + weight / size;
    if (sums) addShares(sure(sums[cell]), weight, child, nodes, likely);
  }
}

/** @param {Float64Array} sums @param {number} weight @param {number} reference @param {number[][]} nodes @param {Float64Array[]} likely */
function addShares(sums, weight, reference, nodes, likely) {
  if (reference < 0) {
    sums[~reference] = sure(sums[~reference]) + weight;
    return;
  }
  const row = (likely[reference] ??= sharesOf(sure(nodes[reference]), sums.length, nodes, likely));
  for (let outcome = 0; outcome < row.length; outcome++) sums[outcome] = sure(sums[outcome]) + weight * sure(row[outcome]);
}

/** @param {number[]} node @param {number} width @param {number[][]} nodes @param {Float64Array[]} likely */
function sharesOf(node, width, nodes, likely) {
  const row = new Float64Array(width);
  for (let child = 1; child < node.length; child++) addShares(row, 1 / (node.length - 1), sure(node[child]), nodes, likely);
  return row;
}

/** @param {Float64Array} likely */
function entropy(likely) {
  let total = 0;
  for (const share of likely) if (share > 0) total -= share * logarithm(share);
  return total;
}

/**
 * Return the natural logarithm of a share of 1, using the four basic operations only. These are rounded exactly
 * everywhere, while Math.log may differ from Python's in its last bit.
 * @param {number} share
 * @returns {number}
 */
function logarithm(share) {
  let halvings = 0;
  for (; share < 0.75; share *= 2) halvings += 1;
  const ratio = (share - 1) / (share + 1);
  let power = ratio;
  let total = 0;
  for (let term = 0; term < LOGARITHM_TERMS; term++) {
    total += power / (2 * term + 1);
    power *= ratio * ratio;
  }
  return 2 * total - halvings * 0.6931471805599453;
}
