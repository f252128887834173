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
  const zeros = () => new Float64Array(leafCount);
  const certain = range(leafCount).map((leaf) => zeros().fill(1, leaf, leaf + 1));
  /** @type {Float64Array[]} */
  const likely = [];
  const of = (/** @type {number} */ child) => /** @type {Float64Array} */ (child < 0 ? certain[~child] : likely[child]);
  for (const below of children) {
    const sums = zeros();
    for (const child of below) accumulate(sums, 1, of(child));
    likely.push(sums.map((sum) => sum / below.length));
  }
  // How likely each node is to be passed, and so what each cell of its question adds to each value.
  const weights = likely.map((_, node) => Number(node === top));
  const joint = new Map(
    questions.map((question) => {
      const byCell = range(sure(restriction.interpreter.sizes[question])).map(zeros);
      return [question, { byCell, tested: zeros() }];
    }),
  );
  for (let node = top; node >= 0; node--) {
    const below = sure(children[node]);
    const weight = sure(weights[node]);
    for (const child of below) if (child >= 0) weights[child] = sure(weights[child]) + weight / below.length;
    const sums = joint.get(sure(variables[node]));
    if (!sums) continue;
    sums.byCell.forEach((cell, position) => accumulate(cell, weight, of(sure(below[position]))));
    accumulate(sums.tested, weight, of(node));
  }
  const now = of(top);
  const before = entropy(now);
  return [...joint.values()].map(({ byCell, tested }) => {
    const untested = now.map((share, leaf) => share - sure(tested[leaf]));
    let left = 0;
    for (const cell of byCell) {
      accumulate(cell, 1, untested);
      left += entropy(cell);
    }
    return before - left / byCell.length;
  });
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

/** @param {Float64Array} sums @param {number} weight @param {Float64Array} values */
function accumulate(sums, weight, values) {
  for (let position = 0; position < sums.length; position++) {
    sums[position] = sure(sums[position]) + weight * sure(values[position]);
  }
}
