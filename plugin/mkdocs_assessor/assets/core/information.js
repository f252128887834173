"use strict";
/* Which question to ask now, as in assessor/restriction.py and assessor/assessment.py. */

const INFORMATION_TOLERANCE = 1e-9;
const LOGARITHM_TERMS = 16;

/**
 * Return the question to ask now: of those that matter in the first section that has one, the one expected to tell
 * most about the outcome. One that the reader could not answer comes only if no other that is asked matters, and one
 * that is not asked yet only after these.
 * @param {Restriction} restriction
 * @param {number[]} matters
 * @param {number[]} unasked
 * @param {number[]} unknown
 * @returns {number | null}
 */
function nextQuestion(restriction, matters, unasked, unknown) {
  const { bundle, sections } = restriction.interpreter;
  const asked = matters.filter((question) => !unasked.includes(question));
  const known = asked.filter((question) => !unknown.includes(question));
  const candidates = known.length ? known : asked.length ? asked : matters;
  const section = sections[candidates[0] ?? -1];
  const first = candidates.filter((question) => sections[question] === section);
  if (first.length < 2) return first[0] ?? null;
  const told = information(restriction, bundle.roots.outcome, bundle.outcomes.length + 1, first);
  const most = Math.max(...told);
  return first[told.findIndex((each) => each >= most - INFORMATION_TOLERANCE)] ?? null;
}

/**
 * Return how much each question is expected to tell about the value of a function: Shannon's mutual information,
 * in nats, with every cell of every open question as likely as the others.
 * @param {Restriction} restriction
 * @param {number} root
 * @param {number} leafCount
 * @param {number[]} questions Which questions; the function must depend on each.
 * @returns {number[]} What each of them tells.
 */
function information(restriction, root, leafCount, questions) {
  const { children, root: top, variables } = restriction.diagram(root);
  // One row of shares a node, and then one a leaf: many small arrays would take longer than what is worked out.
  const rowOf = (/** @type {number} */ child) => (child < 0 ? children.length + ~child : child) * leafCount;
  const likely = new Float64Array(rowOf(~leafCount));
  for (let leaf = 0; leaf < leafCount; leaf++) likely[rowOf(~leaf) + leaf] = 1;
  children.forEach((below, node) => {
    const row = rowOf(node);
    for (const child of below) accumulate(likely, row, 1, likely, rowOf(child));
    for (let leaf = row; leaf < row + leafCount; leaf++) likely[leaf] = sure(likely[leaf]) / below.length;
  });
  // How likely each node is to be passed, and so what each cell of its question adds to each value; and a last row for
  // what all of them add.
  const weights = new Float64Array(children.length);
  weights[top] = 1;
  const { sizes } = restriction.interpreter;
  const joint = new Map(questions.map((question) => [question, new Float64Array((sure(sizes[question]) + 1) * leafCount)]));
  for (let node = top; node >= 0; node--) {
    const below = sure(children[node]);
    const weight = sure(weights[node]);
    const sums = joint.get(sure(variables[node]));
    let row = 0;
    for (const child of below) {
      if (child >= 0) weights[child] = sure(weights[child]) + weight / below.length;
      if (sums) accumulate(sums, row, weight, likely, rowOf(child));
      row += leafCount;
    }
    if (sums) accumulate(sums, row, weight, likely, rowOf(node));
  }
  const now = likely.slice(rowOf(top), rowOf(top) + leafCount);
  const before = entropy(now);
  return [...joint.values()].map((sums) => {
    const rows = sums.length - leafCount;
    const untested = now.map((share, leaf) => share - sure(sums[rows + leaf]));
    let left = 0;
    for (let row = 0; row < rows; row += leafCount) {
      accumulate(sums, row, 1, untested, 0);
      left += entropy(sums.subarray(row, row + leafCount));
    }
    return before - (left * leafCount) / rows;
  });

  /** @param {Float64Array} sums @param {number} to @param {number} weight @param {Float64Array} values @param {number} from */
  function accumulate(sums, to, weight, values, from) {
    for (let leaf = 0; leaf < leafCount; leaf++) {
      sums[to + leaf] = sure(sums[to + leaf]) + weight * sure(values[from + leaf]);
    }
  }
}

/** @param {Float64Array} likely */
function entropy(likely) {
  let total = 0;
  for (const share of likely) if (share > 0) total += share * logarithm(share);
  return -total;
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
