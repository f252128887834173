"use strict";
/* Which question to ask now, as in assessor/assessment/information.py. */

const INFORMATION_TOLERANCE = 1e-9;
const LOGARITHM_TERMS = 9;

/**
 * Return the question to ask now: of those that matter in the first section that has one, the one expected to tell
 * most about the outcome. One that the reader could not answer comes only if no other that is asked matters, and one
 * that is not asked yet only after these.
 * @param {Restriction} restriction
 * @param {number[]} matters
 * @param {number[]} unasked
 * @param {number[]} unknown
 * @returns {number | undefined}
 */
function nextQuestion(restriction, matters, unasked, unknown) {
  const { sections } = restriction.interpreter;
  const asked = matters.filter((question) => !unasked.includes(question));
  const known = asked.filter((question) => !unknown.includes(question));
  const candidates = known.length ? known : asked.length ? asked : matters;
  const first = candidates.filter((question) => sections[question] === sections[sure(candidates[0])]);
  if (first.length < 2) return first[0];
  const told = information(restriction, first);
  const most = Math.max(...told);
  return first[told.findIndex((each) => each >= most - INFORMATION_TOLERANCE)];
}

/**
 * Return how much each question is expected to tell about the outcome: Shannon's mutual information, in nats, with
 * every cell of every open question as likely as the others.
 * @param {Restriction} restriction
 * @param {number[]} questions Which questions; the outcome must depend on each.
 * @returns {number[]} What each of them tells.
 */
function information({ interpreter, nodes, root }, questions) {
  const { bundle, likely } = interpreter;
  const none = new Float64Array(bundle.outcomes.length + 1);
  // What is known of the bundle's nodes stays, and what was worked out for the answers before goes.
  likely.length = bundle.nodes.length;
  // How likely each node is to be passed, and so what each cell of its question adds to each outcome.
  const weights = new Float64Array(root + 1);
  weights[root] = 1;
  /** @type {Float64Array[][]} */
  const joint = [];
  for (const question of questions) joint[question] = range(interpreter.sizeOf(question)).map(() => none.slice());
  for (let number = root; number >= 0; number--) {
    if (weights[number]) passOn(weights, number, nodes, likely, joint);
  }
  const now = sharesOf(sure(nodes[root]), none.length, nodes, likely);
  const before = entropy(now);
  return questions.map((question) => {
    const sums = sure(joint[question]);
    const mean = (/** @type {(row: Float64Array) => number} */ valueOf) => sums.reduce((all, row) => all + valueOf(row), 0) / sums.length;
    const untested = now.map((share, outcome) => share - mean((row) => sure(row[outcome])));
    return before - mean((row) => entropy(row.map((share, outcome) => share + sure(untested[outcome]))));
  });
}

// Short functions that are called often are compiled sooner than the loops of a long one.

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
 * Return the natural logarithm of a share of 1, by the four basic operations alone: they are exactly rounded
 * everywhere, where Math.log may differ from Python's in its last bit.
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
