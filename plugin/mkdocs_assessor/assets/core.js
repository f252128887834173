"use strict";
/*
 * The decision logic in the browser and in Node.js: what a bundle says of answers, complete or not.
 * It reads the same bundle as assessor/assessment.py, in the same way, and touches no page.
 */
(function (/** @type {any} */ scope) {
  const MOST_CHANGE_SETS = 5;
  const MOST_COMBINATIONS = 64;
  const INFORMATION_TOLERANCE = 1e-9;
  const LOGARITHM_TERMS = 16;

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
    const interpreter = interpreterOf(bundle);
    const given = new Map(Object.entries(answers));
    for (const [id, answer] of given) {
      const question = interpreter.questions.get(id);
      if (!question) throw new RangeError(`there is no question "${id}"`);
      if (!accepts(question, answer ?? null)) throw new RangeError(`question "${id}" cannot be answered with ${answer}`);
    }
    const ids = bundle.questions.map((question) => question.id);
    const cells = bundle.questions.map((question) => cellOf(question, given.get(question.id) ?? null));
    const restriction = new Restriction(interpreter, cells);
    const named = (/** @type {number[]} */ questions) => questions.map((question) => String(ids[question]));
    const truthOf = (/** @type {{root: number}} */ condition) => restriction.truth(condition.root);
    const reason = (/** @type {number} */ root, /** @type {number} */ leaf) =>
      named(sufficientReason(interpreter, root, leaf, cells));
    const deciding = (/** @type {BundleCondition[]} */ conditions) =>
      Object.fromEntries(
        conditions.filter((each) => truthOf(each) === null).map((each) => [each.id, named(restriction.support(each.root))]),
      );

    const root = bundle.roots.outcome;
    const gapLeaf = bundle.outcomes.length;
    const outcomes = restriction.leaves(root);
    const rules = restriction.leaves(bundle.roots.rule);
    const firing = rules.flatMap((rule) => bundle.rules[rule]?.id ?? []);
    const first = Number(outcomes[0]);
    const settled = outcomes.length === 1 && first !== gapLeaf;
    const open = indices(cells).filter((question) => cells[question] === null);
    const unasked = indices(cells).filter((question) => {
      const asked = bundle.questions[question]?.asked;
      return asked !== undefined && restriction.truth(asked) !== true;
    });
    const matters = restriction.support(root);
    const next = nextQuestion(interpreter, restriction, matters, unasked);
    const counts = restriction.counts(root, gapLeaf);
    return {
      ruleset: bundle.ruleset,
      hash: bundle.hash,
      outcome: settled ? String(bundle.outcomes[first]) : null,
      settled,
      possible: outcomes.flatMap((outcome) => bundle.outcomes[outcome] ?? []),
      gap: outcomes.includes(gapLeaf),
      rule: (rules.length === 1 && firing[0]) || null,
      rules: firing,
      actions: {
        apply: bundle.actions.filter((action) => truthOf(action) === true).map((action) => action.id),
        open: bundle.actions.filter((action) => truthOf(action) === null).map((action) => action.id),
      },
      criteria: Object.fromEntries(bundle.criteria.map((each) => [each.id, truthOf(each)])),
      estimates: Object.fromEntries(bundle.estimates.map((each) => [each.id, estimate(bundle, each, given)])),
      open: named(open),
      unknown: named(open).filter((id) => given.get(id) === null),
      unasked: named(unasked),
      matters: named(matters),
      irrelevant: named(open.filter((question) => !matters.includes(question))),
      matters_to: { actions: deciding(bundle.actions), criteria: deciding(bundle.criteria) },
      reasons: settled ? reason(root, first) : [],
      ruled_out: Object.fromEntries(
        bundle.rules.filter((rule) => truthOf(rule) === false).map((rule) => [rule.id, reason(rule.root, 0)]),
      ),
      changes: Object.fromEntries(
        bundle.outcomes.flatMap((id, outcome) =>
          outcomes.includes(outcome) ? [] : [[id, new ChangeFinder(interpreter, root, outcome, cells).find()]],
        ),
      ),
      next: next === null ? null : String(ids[next]),
      remaining: restriction.pathLengths(root),
      counts: Object.fromEntries(bundle.outcomes.map((id, outcome) => [id, String(counts[outcome])])),
    };
  }

  /**
   * Return the question to ask now: of those that matter in the first section that has one, the one expected to tell
   * most about the outcome. One that is not asked yet comes only if nothing else matters.
   * @param {Interpreter} interpreter
   * @param {Restriction} restriction
   * @param {number[]} matters
   * @param {number[]} unasked
   * @returns {number | null}
   */
  function nextQuestion(interpreter, restriction, matters, unasked) {
    const asked = matters.filter((question) => !unasked.includes(question));
    const candidates = asked.length ? asked : matters;
    const section = interpreter.sections[candidates[0] ?? -1];
    const first = candidates.filter((question) => interpreter.sections[question] === section);
    if (first.length < 2) return first[0] ?? null;
    const { outcome } = interpreter.bundle.roots;
    const information = restriction.information(outcome, interpreter.bundle.outcomes.length + 1);
    const most = Math.max(...first.map((question) => information.get(question) ?? 0));
    return first.find((question) => (information.get(question) ?? 0) >= most - INFORMATION_TOLERANCE) ?? null;
  }

  /** A bundle made ready to be asked: what does not depend on the answers is worked out once. */
  class Interpreter {
    /** @param {Bundle} bundle */
    constructor(bundle) {
      this.bundle = bundle;
      this.questions = new Map(bundle.questions.map((question) => [question.id, question]));
      this.sizes = bundle.questions.map((question) => {
        if (question.kind === "choice") return list(question.options).length;
        return question.kind === "number" ? list(question.cuts).length + 1 : 2;
      });
      this.variables = bundle.nodes.map((node) => Number(node[0]));
      this.children = bundle.nodes.map((node) => node.slice(1));
      this.nodes = new Map(bundle.nodes.map((node, number) => [node.join(), number]));
      /** For each question, its place in the order in which the diagram tests questions. */
      this.levels = new Map(bundle.order.map((question, level) => [question, level]));
      this.sections = bundle.sections.flatMap((count, section) => Array(count).fill(section));
      /** For each node, its place in a walk; see `nodesBelow`. */
      this.outcomeOrder = nodesBelow(bundle.roots.outcome, (node) => list(this.children[node]));
    }

    /**
     * Return the values of the leaves that some way of answering the open questions leads to.
     * @param {number} root
     * @param {Cells} cells
     * @returns {Set<number>}
     */
    reachable(root, cells) {
      const leaves = new Set();
      const seen = new Set();
      const stack = [root];
      for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
        if (top < 0) {
          leaves.add(~top);
        } else if (!seen.has(top)) {
          seen.add(top);
          const cell = cells[Number(this.variables[top])] ?? null;
          const children = list(this.children[top]);
          if (cell === null) stack.push(...children);
          else stack.push(Number(children[cell]));
        }
      }
      return leaves;
    }
  }

  /** @type {WeakMap<Bundle, Interpreter>} */
  const interpreters = new WeakMap();

  /**
   * @param {Bundle} bundle It must not change afterwards.
   * @returns {Interpreter}
   */
  function interpreterOf(bundle) {
    let interpreter = interpreters.get(bundle);
    if (!interpreter) interpreters.set(bundle, (interpreter = new Interpreter(bundle)));
    return interpreter;
  }

  /**
   * The functions of a bundle under the answers given, reduced: they test a question if and only if it can still
   * change something.
   */
  class Restriction {
    /**
     * @param {Interpreter} interpreter
     * @param {Cells} cells
     */
    constructor(interpreter, cells) {
      this.cells = cells;
      this.interpreter = interpreter;
      /** @type {number[]} */
      this.becomes = [];
      /** What restricting made new: these nodes are numbered after the bundle's. */
      this.fresh = { variables: /** @type {number[]} */ ([]), children: /** @type {number[][]} */ ([]) };
      /** @type {Map<string, number>} */
      const known = new Map();
      /** @type {Map<number, number[]>} */
      this.orders = new Map();
      const { variables, children } = interpreter;
      for (let node = 0; node < variables.length; node++) {
        const before = list(children[node]);
        const cell = cells[Number(variables[node])] ?? null;
        if (cell !== null) this.becomes.push(this.of(Number(before[cell])));
        else if (before.every((child) => this.of(child) === child)) this.becomes.push(node);
        else this.becomes.push(this.reduced(Number(variables[node]), before.map((child) => this.of(child)), known));
      }
    }

    /**
     * @param {number} variable
     * @param {number[]} children
     * @param {Map<string, number>} known The new nodes so far.
     * @returns {number} The one reference for a test of that question with those children.
     */
    reduced(variable, children, known) {
      if (children.every((child) => child === children[0])) return Number(children[0]);
      const key = `${variable},${children.join()}`;
      let node = this.interpreter.nodes.get(key) ?? known.get(key);
      if (node === undefined) {
        node = this.interpreter.variables.length + this.fresh.variables.push(variable) - 1;
        this.fresh.children.push(children);
        known.set(key, node);
      }
      return node;
    }

    /** @param {number} node */
    variableOf(node) {
      const { variables } = this.interpreter;
      return Number(node < variables.length ? variables[node] : this.fresh.variables[node - variables.length]);
    }

    /** @param {number} node */
    childrenOf(node) {
      const { children } = this.interpreter;
      return list(node < children.length ? children[node] : this.fresh.children[node - children.length]);
    }

    /**
     * @param {number} root A function of the bundle.
     * @returns {number} What it becomes.
     */
    of(root) {
      return root < 0 ? root : Number(this.becomes[root]);
    }

    /**
     * @param {number} root
     * @returns {boolean | null} Whether a condition holds; null while that is open.
     */
    truth(root) {
      const restricted = this.of(root);
      return restricted < 0 ? ~restricted === 1 : null;
    }

    /**
     * @param {number} root
     * @returns {number[]} The nodes of what the function becomes, every node after its children.
     */
    below(root) {
      const restricted = this.of(root);
      let order = this.orders.get(restricted);
      if (!order) this.orders.set(restricted, (order = nodesBelow(restricted, (node) => this.childrenOf(node))));
      return order;
    }

    /**
     * @param {number} root
     * @returns {number[]} The questions that the function still depends on, in order.
     */
    support(root) {
      return rising(new Set(this.below(root).map((node) => this.variableOf(node))));
    }

    /**
     * @param {number} root
     * @returns {number[]} The values that the function may still have, rising.
     */
    leaves(root) {
      const restricted = this.of(root);
      if (restricted < 0) return [~restricted];
      const children = this.below(root).flatMap((node) => this.childrenOf(node));
      return rising(new Set(children.filter((child) => child < 0).map((child) => ~child)));
    }

    /**
     * @param {number} root
     * @returns {{fewest: number, most: number}} How many questions the shortest and the longest path tests.
     */
    pathLengths(root) {
      /** @type {Map<number, {fewest: number, most: number}>} */
      const lengths = new Map();
      const none = { fewest: 0, most: 0 };
      for (const node of this.below(root)) {
        const below = this.childrenOf(node).map((child) => lengths.get(child) ?? none);
        const fewest = 1 + Math.min(...below.map((each) => each.fewest));
        lengths.set(node, { fewest, most: 1 + Math.max(...below.map((each) => each.most)) });
      }
      return lengths.get(this.of(root)) ?? none;
    }

    /**
     * Count how many combinations of cells of all open questions lead to each leaf.
     * @param {number} root
     * @param {number} leafCount
     * @returns {(number | bigint)[]}
     */
    counts(root, leafCount) {
      const open = this.interpreter.sizes.filter((_, question) => this.cells[question] === null);
      const total = open.reduce((all, size) => all * size, 1);
      // The sum over a node's children must stay exact, too.
      const isExact = total * Math.max(1, ...open) <= Number.MAX_SAFE_INTEGER;
      if (isExact) return this.countExactly(root, leafCount, total, 0, (sum, parts) => sum / parts);
      const bigTotal = open.reduce((all, size) => all * BigInt(size), 1n);
      return this.countExactly(root, leafCount, bigTotal, 0n, (sum, parts) => sum / BigInt(parts));
    }

    /**
     * @template {number | bigint} T
     * @param {number} root
     * @param {number} leafCount
     * @param {T} total
     * @param {T} zero
     * @param {(sum: T, parts: number) => T} divide
     * @returns {T[]}
     */
    countExactly(root, leafCount, total, zero, divide) {
      return range(leafCount).map((leaf) => {
        const count = new Map([[~leaf, total]]);
        for (const node of this.below(root)) {
          const children = this.childrenOf(node);
          let sum = zero;
          // @ts-expect-error: two numbers or two big integers add up, which the type of T cannot say.
          for (const child of children) sum += count.get(child) ?? zero;
          count.set(node, divide(sum, children.length));
        }
        return count.get(this.of(root)) ?? zero;
      });
    }

    /**
     * Return how much each question is expected to tell about the value of a function: Shannon's mutual information,
     * in nats, with every cell of every open question as likely as the others.
     * @param {number} root
     * @param {number} leafCount
     * @returns {Map<number, number>}
     */
    information(root, leafCount) {
      const order = this.below(root);
      const leaves = range(leafCount);
      /** @type {Map<number, number[]>} */
      const likely = new Map(leaves.map((leaf) => [~leaf, leaves.map((each) => (each === leaf ? 1 : 0))]));
      const of = (/** @type {number} */ node) => list(likely.get(node));
      for (const node of order) {
        const children = this.childrenOf(node);
        likely.set(node, leaves.map((leaf) => addUp(children.map((child) => Number(of(child)[leaf]))) / children.length));
      }
      // How likely each node is to be passed, and so what each cell of its question adds to each value.
      const weights = new Map([[this.of(root), 1]]);
      /** @type {Map<number, {byCell: number[][], tested: number[]}>} */
      const joint = new Map();
      for (const node of order.slice().reverse()) {
        const variable = this.variableOf(node);
        const children = this.childrenOf(node);
        const weight = weights.get(node) ?? 0;
        let sums = joint.get(variable);
        if (!sums) joint.set(variable, (sums = { byCell: children.map(() => leaves.map(() => 0)), tested: leaves.map(() => 0) }));
        children.forEach((child, cell) => {
          if (child >= 0) weights.set(child, (weights.get(child) ?? 0) + weight / children.length);
          accumulate(list(sums.byCell[cell]), weight, of(child));
        });
        accumulate(sums.tested, weight, of(node));
      }
      const now = of(this.of(root));
      const entropyNow = entropy(now);
      return new Map(
        [...joint].map(([variable, { byCell, tested }]) => {
          const untested = leaves.map((leaf) => Number(now[leaf]) - Number(tested[leaf]));
          const left = byCell.map((cell) => entropy(leaves.map((leaf) => Number(cell[leaf]) + Number(untested[leaf]))));
          return [variable, entropyNow - addUp(left) / left.length];
        }),
      );
    }
  }

  /**
   * Return answered questions that force a function to its value, none of which can be left out. Questions are dropped
   * from the last to the first, so the reason is the one that speaks of the first.
   * @param {Interpreter} interpreter
   * @param {number} root
   * @param {number} leaf
   * @param {Cells} cells
   * @returns {number[]}
   */
  function sufficientReason(interpreter, root, leaf, cells) {
    const kept = cells.slice();
    for (let question = kept.length - 1; question >= 0; question--) {
      const cell = kept[question] ?? null;
      if (cell === null) continue;
      kept[question] = null;
      const leaves = interpreter.reachable(root, kept);
      if (leaves.size !== 1 || !leaves.has(leaf)) kept[question] = cell;
    }
    return indices(kept).filter((question) => kept[question] !== null);
  }

  /** The smallest changes of answers that make one value of a function possible. */
  class ChangeFinder {
    /**
     * @param {Interpreter} interpreter
     * @param {number} root
     * @param {number} leaf
     * @param {Cells} cells
     */
    constructor(interpreter, root, leaf, cells) {
      this.interpreter = interpreter;
      this.root = root;
      this.leaf = leaf;
      this.cells = cells;
      /** How few answers must change below each node. */
      this.distances = new Map([[~leaf, 0]]);
      for (const node of interpreter.outcomeOrder) {
        const cell = cells[Number(interpreter.variables[node])] ?? null;
        let fewest = Infinity;
        list(interpreter.children[node]).forEach((child, position) => {
          fewest = Math.min(fewest, this.distance(child) + Number(cell !== null && position !== cell));
        });
        this.distances.set(node, fewest);
      }
    }

    /** @param {number} root */
    distance(root) {
      return this.distances.get(root) ?? Infinity;
    }

    /** @returns {Changes | null} The smallest sets of changes, or null if no answers reach the value. */
    find() {
      const fewest = this.distance(this.root);
      if (fewest === Infinity) return null;
      /** @type {number[][]} */
      const sets = [];
      this.collect([this.root], fewest, [], sets);
      const sorted = sets.map((questions) => questions.sort((a, b) => a - b)).sort(compareLists);
      return { fewest, sets: sorted.map((questions) => this.changeSet(questions)) };
    }

    /**
     * Collect the sets of questions that, changed, make the value possible. The frontier is every function that some
     * way of answering leads to; it is followed as a whole, so each set is found once.
     * @param {number[]} frontier
     * @param {number} budget How many more answers may change.
     * @param {number[]} changed
     * @param {number[][]} sets
     */
    collect(frontier, budget, changed, sets) {
      const within = [...new Set(frontier)].filter((each) => this.distance(each) <= budget);
      if (!within.length || sets.length === MOST_CHANGE_SETS) return;
      if (budget === 0) {
        sets.push(changed);
        return;
      }
      const { variables, children, levels } = this.interpreter;
      const level = (/** @type {number} */ node) => levels.get(Number(variables[node])) ?? Infinity;
      const least = Math.min(...within.map(level));
      const tests = within.filter((each) => level(each) === least);
      const others = within.filter((each) => level(each) !== least);
      const variable = Number(variables[Number(tests[0])]);
      const cell = this.cells[variable] ?? null;
      if (cell === null) {
        this.collect([...others, ...tests.flatMap((node) => list(children[node]))], budget, changed, sets);
        return;
      }
      const moved = tests.flatMap((node) => list(children[node]).filter((_, position) => position !== cell));
      this.collect([...others, ...moved], budget - 1, [...changed, variable], sets);
      this.collect([...others, ...tests.map((node) => Number(children[node]?.[cell]))], budget, changed, sets);
    }

    /**
     * Return, for each question to change, cells of which every combination makes the value possible: the first
     * combination that does, widened question by question.
     * @param {number[]} questions
     * @returns {Change[]}
     */
    changeSet(questions) {
      /** @type {Map<number, number | null>} */
      const trial = new Map(questions.map((question) => [question, null]));
      /** @type {Map<number, number[]>} */
      const allowed = new Map();
      for (const question of questions) {
        const cell = this.otherCells(question).find((each) => this.isPossible(new Map(trial).set(question, each)));
        trial.set(question, Number(cell));
        allowed.set(question, [Number(cell)]);
      }
      for (const question of questions) this.widen(question, allowed);
      return [...allowed].map(([question, cells]) => this.change(question, cells));
    }

    /**
     * Allow further cells of a question, as long as every combination still makes the value possible.
     * @param {number} question
     * @param {Map<number, number[]>} allowed
     */
    widen(question, allowed) {
      const cells = list(allowed.get(question));
      const isNumber = this.interpreter.bundle.questions[question]?.kind === "number";
      for (const cell of this.otherCells(question)) {
        if (cell <= Number(cells[0]) || (isNumber && cell !== Number(cells.at(-1)) + 1)) continue;
        const combinations = product([...new Map(allowed).set(question, [cell])]);
        const isWanted =
          combinations.length * (cells.length + 1) <= MOST_COMBINATIONS &&
          combinations.every((combination) => this.isPossible(combination));
        if (isWanted) cells.push(cell);
      }
    }

    /** @param {number} question */
    otherCells(question) {
      return range(Number(this.interpreter.sizes[question])).filter((cell) => cell !== this.cells[question]);
    }

    /**
     * @param {Map<number, number | null>} trial Other cells for some questions; null leaves one open.
     * @returns {boolean}
     */
    isPossible(trial) {
      const cells = this.cells.map((cell, question) => (trial.has(question) ? (trial.get(question) ?? null) : cell));
      return this.interpreter.reachable(this.root, cells).has(this.leaf);
    }

    /**
     * @param {number} position
     * @param {number[]} cells
     * @returns {Change}
     */
    change(position, cells) {
      const question = /** @type {BundleQuestion} */ (this.interpreter.bundle.questions[position]);
      if (question.kind === "number") {
        const bounds = [null, ...list(question.cuts), null];
        const last = Number(cells.at(-1));
        return { question: question.id, to: { at_least: bounds[Number(cells[0])] ?? null, below: bounds[last + 1] ?? null } };
      }
      const options = cells.map((cell) => (question.kind === "choice" ? String(question.options?.[cell]) : cell === 1));
      return { question: question.id, to: { options } };
    }
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
    const likely = evaluateAt(formula.steps, ranges.map((each) => each[1]));
    let low = likely;
    let high = likely;
    // The formula rises or falls with each input, so its extremes stand at corners of the box of ranges.
    const ranged = ranges.flatMap((each, position) => (each[0] === each[2] ? [] : [position]));
    for (let corner = 0; corner < 2 ** ranged.length; corner++) {
      const values = ranges.map((each) => each[0]);
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
   * Return the nodes that a function needs, once each, every node after its children.
   * @param {number} root
   * @param {(node: number) => number[]} childrenOf
   * @returns {number[]}
   */
  function nodesBelow(root, childrenOf) {
    /** @type {number[]} */
    const order = [];
    const seen = new Set();
    const visit = (/** @type {number} */ node) => {
      if (node < 0 || seen.has(node)) return;
      seen.add(node);
      for (const child of childrenOf(node)) visit(child);
      order.push(node);
    };
    visit(root);
    return order;
  }

  /**
   * @param {number[]} likely
   * @returns {number}
   */
  function entropy(likely) {
    return -addUp(likely.filter((share) => share > 0).map((share) => share * logarithm(share)));
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

  /** @param {number[]} values */
  function addUp(values) {
    let total = 0;
    for (const value of values) total += value;
    return total;
  }

  /**
   * @param {number[]} sums
   * @param {number} weight
   * @param {number[]} values
   */
  function accumulate(sums, weight, values) {
    values.forEach((value, position) => {
      sums[position] = Number(sums[position]) + weight * value;
    });
  }

  /**
   * @param {[number, number[]][]} choices Questions, with the cells that each may have.
   * @returns {Map<number, number>[]} Every combination.
   */
  function product(choices) {
    /** @type {Map<number, number>[]} */
    let combinations = [new Map()];
    for (const [question, cells] of choices) {
      combinations = combinations.flatMap((each) => cells.map((cell) => new Map(each).set(question, cell)));
    }
    return combinations;
  }

  /**
   * @param {number[]} left
   * @param {number[]} right
   */
  function compareLists(left, right) {
    const position = left.findIndex((value, index) => value !== right[index]);
    return position < 0 ? 0 : Number(left[position]) - Number(right[position]);
  }

  /** @param {Set<number>} values */
  function rising(values) {
    return [...values].sort((a, b) => a - b);
  }

  /** @param {unknown[]} values */
  function indices(values) {
    return [...values.keys()];
  }

  /** @param {number} count */
  function range(count) {
    return [...Array(count).keys()];
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
