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
    if (question.kind === "choice") return typeof answer === "string" && sure(question.options).includes(answer);
    return typeof answer === "number" && answer >= sure(question.minimum) && answer <= sure(question.maximum);
  }

  /**
   * Assess answers.
   * @param {Bundle} bundle
   * @param {Record<string, Answer>} answers A question that is missing is as open as one whose answer is null.
   * @returns {Assessment}
   * @throws {RangeError} If there is no such question, or an answer does not fit its question.
   */
  function assess(bundle, answers) {
    const interpreter = interpreters.get(bundle) ?? new Interpreter(bundle);
    interpreters.set(bundle, interpreter);
    const given = new Map(Object.entries(answers));
    for (const [id, answer] of given) {
      const question = interpreter.questions.get(id);
      if (!question) throw new RangeError(`there is no question "${id}"`);
      if (!accepts(question, answer ?? null)) {
        const shown = typeof answer === "object" ? "an object" : String(answer);
        throw new RangeError(`question "${id}" cannot be answered with ${shown}`);
      }
    }
    const { ids } = interpreter;
    const cells = bundle.questions.map((question) => cellOf(question, given.get(question.id) ?? null));
    const restriction = new Restriction(interpreter, cells);
    const named = (/** @type {number[]} */ those) => those.map((question) => String(ids[question]));
    const truthOf = (/** @type {{root: number}} */ condition) => restriction.truth(condition.root);
    const isOpen = (/** @type {{root: number}} */ condition) => truthOf(condition) === null;
    const deciding = (/** @type {{root: number}} */ condition) => named(restriction.support(condition.root));
    const reason = (/** @type {number} */ from, /** @type {number} */ leaf) =>
      named(sufficientReason(interpreter, from, leaf, cells));

    const root = bundle.roots.outcome;
    const leaves = bundle.outcomes.map((id, leaf) => ({ id, leaf }));
    const gapLeaf = leaves.length;
    const outcomes = restriction.leaves(root);
    const rules = restriction.leaves(bundle.roots.rule);
    const firing = rules.flatMap((rule) => bundle.rules[rule]?.id ?? []);
    const first = sure(outcomes[0]);
    const settled = outcomes.length === 1 && first !== gapLeaf;
    const questions = range(cells.length);
    const open = questions.filter((question) => cells[question] === null);
    const unasked = questions.filter((question) => {
      const asked = bundle.questions[question]?.asked;
      return asked !== undefined && restriction.truth(asked) !== true;
    });
    const matters = restriction.support(root);
    // What takes long is worked out when it is read: a page does not need all of it at every tick.
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
        open: bundle.actions.filter(isOpen).map((action) => action.id),
      },
      get criteria() {
        return record(bundle.criteria, truthOf);
      },
      estimates: record(bundle.estimates, (each) => estimate(bundle, each, given)),
      open: named(open),
      unknown: named(open).filter((id) => given.get(id) === null),
      unasked: named(unasked),
      matters: named(matters),
      irrelevant: named(open.filter((question) => !matters.includes(question))),
      matters_to: {
        actions: record(bundle.actions.filter(isOpen), deciding),
        get criteria() {
          return record(bundle.criteria.filter(isOpen), deciding);
        },
      },
      reasons: settled ? reason(root, first) : [],
      get ruled_out() {
        return record(
          bundle.rules.filter((rule) => truthOf(rule) === false),
          (rule) => reason(rule.root, 0),
        );
      },
      get changes() {
        return record(
          leaves.filter(({ leaf }) => !outcomes.includes(leaf)),
          ({ leaf }) => new ChangeFinder(interpreter, root, leaf, cells).find(),
        );
      },
      get next() {
        const next = nextQuestion(interpreter, restriction, matters, unasked);
        return next === null ? null : String(ids[next]);
      },
      get remaining() {
        return restriction.pathLengths(root);
      },
      get counts() {
        const counts = restriction.counts(root, gapLeaf);
        return record(leaves, ({ leaf }) => String(counts[leaf]));
      },
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
    const information = restriction.information(outcome, interpreter.bundle.outcomes.length + 1, first);
    const most = Math.max(...information);
    return first[information.findIndex((told) => told >= most - INFORMATION_TOLERANCE)] ?? null;
  }

  /** A bundle made ready to be asked: what does not depend on the answers is worked out once. */
  class Interpreter {
    /** @param {Bundle} bundle */
    constructor(bundle) {
      this.bundle = bundle;
      this.ids = bundle.questions.map((question) => question.id);
      this.questions = new Map(bundle.questions.map((question) => [question.id, question]));
      this.sizes = bundle.questions.map((question) => {
        if (question.kind === "choice") return sure(question.options).length;
        return question.kind === "number" ? sure(question.cuts).length + 1 : 2;
      });
      this.variables = bundle.nodes.map((node) => sure(node[0]));
      this.children = bundle.nodes.map((node) => node.slice(1));
      /** For each node, the questions that it and the nodes below test. @type {number[][]} */
      this.supports = [];
      /** Each node under its hash, or the next free number. @type {Map<number, number>} */
      this.nodes = new Map();
      this.variables.forEach((variable, node) => {
        const children = sure(this.children[node]);
        this.supports.push(supportOf(variable, children, this.supports, this.ids.length));
        let key = hash(variable, children);
        while (this.nodes.has(key)) key++;
        this.nodes.set(key, node);
      });
      const levels = new Map(bundle.order.map((question, level) => [question, level]));
      /** For each node, the place of its question in the order in which the diagram tests questions. */
      this.levels = this.variables.map((variable) => sure(levels.get(variable)));
      this.sections = bundle.sections.flatMap((count, section) => Array(count).fill(section));
      this.outcomeOrder = nodesBelow(bundle.roots.outcome, this.children);
      /** For each node, the last walk that came by: a set of nodes would be made anew for each walk. */
      this.walked = bundle.nodes.map(() => 0);
      this.walks = 0;
    }

    /**
     * Say whether some way of answering the open questions leads to a leaf that is wanted.
     * @param {number} root
     * @param {Cells} cells
     * @param {(leaf: number) => boolean} isWanted
     * @returns {boolean}
     */
    reaches(root, cells, isWanted) {
      const { variables, children, walked } = this;
      const walk = ++this.walks;
      const stack = [root];
      for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
        if (top < 0) {
          if (isWanted(~top)) return true;
        } else if (walked[top] !== walk) {
          walked[top] = walk;
          const below = sure(children[top]);
          const cell = cells[sure(variables[top])] ?? null;
          if (cell !== null) stack.push(sure(below[cell]));
          else for (const child of below) stack.push(child);
        }
      }
      return false;
    }
  }

  /** What has been made ready; so a bundle must not change once it is used. @type {WeakMap<Bundle, Interpreter>} */
  const interpreters = new WeakMap();

  /**
   * The functions of a bundle under the answers given, reduced: they test a question if and only if it can still
   * change something.
   */
  class Restriction {
    /** @param {Interpreter} interpreter @param {Cells} cells */
    constructor(interpreter, cells) {
      this.cells = cells;
      this.interpreter = interpreter;
      // What restricting makes new is numbered after the bundle's nodes.
      this.variables = interpreter.variables.slice();
      this.children = interpreter.children.slice();
      this.supports = interpreter.supports.slice();
      /** @type {Map<number, number[]>} */
      this.orders = new Map();
      /** @type {number[]} */
      this.becomes = [];
      /** @type {Map<number, number>} */
      const fresh = new Map();
      for (let node = 0; node < interpreter.variables.length; node++) {
        const variable = sure(this.variables[node]);
        const before = sure(this.children[node]);
        const cell = cells[variable] ?? null;
        if (cell !== null) this.becomes.push(this.of(sure(before[cell])));
        else if (before.every((child) => this.of(child) === child)) this.becomes.push(node);
        else this.becomes.push(this.reduced(variable, before.map((child) => this.of(child)), fresh));
      }
    }

    /**
     * @param {number} variable
     * @param {number[]} children
     * @param {Map<number, number>} fresh The new nodes so far, in the same table as the bundle's.
     * @returns {number} The one reference for a test of that question with those children.
     */
    reduced(variable, children, fresh) {
      if (children.every((child) => child === children[0])) return sure(children[0]);
      let key = hash(variable, children);
      for (; ; key++) {
        const known = this.interpreter.nodes.get(key) ?? fresh.get(key);
        if (known === undefined) break;
        const others = sure(this.children[known]);
        if (this.variables[known] === variable && children.every((child, cell) => child === others[cell])) return known;
      }
      const node = this.variables.push(variable) - 1;
      this.children.push(children);
      this.supports.push(supportOf(variable, children, this.supports, this.cells.length));
      fresh.set(key, node);
      return node;
    }

    /** Return what a function of the bundle becomes. @param {number} root */
    of(root) {
      return root < 0 ? root : sure(this.becomes[root]);
    }

    /** Return whether a condition holds, or null while that is open. @param {number} root */
    truth(root) {
      const restricted = this.of(root);
      return restricted < 0 ? ~restricted === 1 : null;
    }

    /** Return the nodes of what a function becomes, every node after its children. @param {number} root */
    below(root) {
      const restricted = this.of(root);
      let order = this.orders.get(restricted);
      if (!order) this.orders.set(restricted, (order = nodesBelow(restricted, this.children)));
      return order;
    }

    /** Return the questions that a function still depends on, in order. @param {number} root */
    support(root) {
      const restricted = this.of(root);
      return restricted < 0 ? [] : listed(sure(this.supports[restricted]));
    }

    /** Return the values that a function may still have, rising. @param {number} root */
    leaves(root) {
      const restricted = this.of(root);
      if (restricted < 0) return [~restricted];
      const leaves = new Set();
      for (const node of this.below(root)) {
        for (const child of sure(this.children[node])) if (child < 0) leaves.add(~child);
      }
      return [...leaves].sort((a, b) => a - b);
    }

    /** Return how many questions the shortest and the longest path of a function tests. @param {number} root */
    pathLengths(root) {
      const fewest = this.table(0);
      const most = this.table(0);
      for (const node of this.below(root)) {
        let [least, greatest] = [Infinity, 0];
        for (const child of sure(this.children[node])) {
          least = Math.min(least, child < 0 ? 0 : sure(fewest[child]));
          greatest = Math.max(greatest, child < 0 ? 0 : sure(most[child]));
        }
        fewest[node] = 1 + least;
        most[node] = 1 + greatest;
      }
      const restricted = this.of(root);
      return { fewest: fewest[restricted] ?? 0, most: most[restricted] ?? 0 };
    }

    /** Return one value for each node, for a query to work with. @param {any} value */
    table(value) {
      return Array(this.variables.length).fill(value);
    }

    /**
     * Count how many combinations of cells of all open questions lead to each leaf.
     * @param {number} root
     * @param {number} leafCount
     * @returns {(number | bigint)[]}
     */
    counts(root, leafCount) {
      const open = this.interpreter.sizes.filter((_, question) => this.cells[question] === null);
      // Numbers do as long as they are exact, and the sums over a node's children, too.
      const largest = open.reduce((all, size) => all * size, Math.max(1, ...open));
      /** @type {(count: number) => any} */
      const exact = largest <= Number.MAX_SAFE_INTEGER ? Number : BigInt;
      const zero = exact(0);
      const total = open.reduce((all, size) => all * exact(size), exact(1));
      const count = this.table(zero);
      return range(leafCount).map((leaf) => {
        const of = (/** @type {number} */ child) => (child >= 0 ? count[child] : ~child === leaf ? total : zero);
        for (const node of this.below(root)) {
          const children = sure(this.children[node]);
          let sum = zero;
          for (const child of children) sum += of(child);
          count[node] = sum / exact(children.length);
        }
        return of(this.of(root));
      });
    }

    /**
     * Return how much each question is expected to tell about the value of a function: Shannon's mutual information,
     * in nats, with every cell of every open question as likely as the others.
     * @param {number} root
     * @param {number} leafCount
     * @param {number[]} questions Which questions; the function must depend on each.
     * @returns {number[]} What each of them tells.
     */
    information(root, leafCount, questions) {
      const order = this.below(root);
      const zeros = () => new Float64Array(leafCount);
      const certain = range(leafCount).map((leaf) => zeros().fill(1, leaf, leaf + 1));
      /** @type {Float64Array[]} */
      const likely = this.table(undefined);
      const of = (/** @type {number} */ child) => /** @type {Float64Array} */ (child < 0 ? certain[~child] : likely[child]);
      for (const node of order) {
        const children = sure(this.children[node]);
        const sums = zeros();
        for (const child of children) accumulate(sums, 1, of(child));
        likely[node] = sums.map((sum) => sum / children.length);
      }
      // How likely each node is to be passed, and so what each cell of its question adds to each value.
      const weights = this.table(0);
      weights[this.of(root)] = 1;
      const joint = new Map(
        questions.map((question) => {
          const byCell = range(sure(this.interpreter.sizes[question])).map(zeros);
          return [question, { byCell, tested: zeros() }];
        }),
      );
      for (const node of order.slice().reverse()) {
        const children = sure(this.children[node]);
        const weight = sure(weights[node]);
        for (const child of children) if (child >= 0) weights[child] += weight / children.length;
        const sums = joint.get(sure(this.variables[node]));
        if (!sums) continue;
        sums.byCell.forEach((cell, position) => accumulate(cell, weight, of(sure(children[position]))));
        accumulate(sums.tested, weight, of(node));
      }
      const now = of(this.of(root));
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
    const answered = (/** @type {number} */ question) => (kept[question] ?? null) !== null;
    const questions = root < 0 ? [] : listed(sure(interpreter.supports[root])).filter(answered);
    for (const question of questions.slice().reverse()) {
      const cell = kept[question] ?? null;
      kept[question] = null;
      if (interpreter.reaches(root, kept, (each) => each !== leaf)) kept[question] = cell;
    }
    return questions.filter(answered);
  }

  /** The smallest changes of answers that make one value of a function possible. */
  class ChangeFinder {
    /** @param {Interpreter} interpreter @param {number} root @param {number} leaf @param {Cells} cells */
    constructor(interpreter, root, leaf, cells) {
      this.interpreter = interpreter;
      this.root = root;
      this.leaf = leaf;
      this.cells = cells;
      /** How few answers must change below each node. */
      this.distances = Array(Math.max(root + 1, 0)).fill(Infinity);
      for (const node of interpreter.outcomeOrder) {
        const cell = cells[sure(interpreter.variables[node])] ?? null;
        let fewest = Infinity;
        sure(interpreter.children[node]).forEach((child, position) => {
          fewest = Math.min(fewest, this.distance(child) + Number(cell !== null && position !== cell));
        });
        this.distances[node] = fewest;
      }
    }

    /** @param {number} root */
    distance(root) {
      if (root < 0) return ~root === this.leaf ? 0 : Infinity;
      return sure(this.distances[root]);
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
     * @param {number} budget How many more answers may change; each function of the frontier needs no more.
     * @param {number[]} changed
     * @param {number[][]} sets
     */
    collect(frontier, budget, changed, sets) {
      if (!frontier.length || sets.length === MOST_CHANGE_SETS) return;
      if (budget === 0) {
        sets.push(changed);
        return;
      }
      let level = Infinity;
      for (const node of frontier) level = Math.min(level, sure(this.interpreter.levels[node]));
      const variable = sure(this.interpreter.bundle.order[level]);
      const cell = this.cells[variable] ?? null;
      if (cell !== null) {
        const moved = this.follow(frontier, level, budget - 1, (position) => position !== cell);
        this.collect(moved, budget - 1, [...changed, variable], sets);
      }
      const kept = this.follow(frontier, level, budget, (position) => cell === null || position === cell);
      this.collect(kept, budget, changed, sets);
    }

    /**
     * Return what a frontier leads to by some cells of the question at a level, without what needs more changes.
     * @param {number[]} frontier
     * @param {number} level
     * @param {number} budget
     * @param {(cell: number) => boolean} isFollowed
     * @returns {number[]}
     */
    follow(frontier, level, budget, isFollowed) {
      const { children, levels, walked } = this.interpreter;
      const walk = ++this.interpreter.walks;
      /** @type {number[]} */
      const following = [];
      const add = (/** @type {number} */ each) => {
        if (this.distance(each) > budget || (each >= 0 && walked[each] === walk)) return;
        if (each >= 0) walked[each] = walk;
        following.push(each);
      };
      for (const node of frontier) {
        if (levels[node] !== level) add(node);
        else sure(children[node]).forEach((child, cell) => isFollowed(cell) && add(child));
      }
      return following;
    }

    /**
     * Return, for each question to change, cells of which every combination makes the value possible: the first
     * combination that does, widened question by question.
     * @param {number[]} questions
     * @returns {Change[]}
     */
    changeSet(questions) {
      const trial = this.cells.slice();
      for (const question of questions) trial[question] = null;
      /** @type {Map<number, number[]>} */
      const allowed = new Map();
      for (const question of questions) {
        const possible = this.otherCells(question).find((cell) => {
          trial[question] = cell;
          return this.isPossibleWith([], trial);
        });
        allowed.set(question, [sure(possible)]);
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
      const cells = sure(allowed.get(question));
      const isNumber = this.interpreter.bundle.questions[question]?.kind === "number";
      for (const cell of this.otherCells(question)) {
        if (cell <= sure(cells[0]) || (isNumber && cell !== sure(cells.at(-1)) + 1)) continue;
        const choices = [...new Map(allowed).set(question, [cell])];
        const combinations = choices.reduce((all, [, each]) => all * each.length, cells.length + 1);
        if (combinations <= MOST_COMBINATIONS && this.isPossibleWith(choices, this.cells.slice())) cells.push(cell);
      }
    }

    /**
     * Say whether every combination of cells makes the value possible.
     * @param {[number, number[]][]} choices Questions, with their cells.
     * @param {Cells} trial The cells of all other questions.
     * @returns {boolean}
     */
    isPossibleWith([first, ...others], trial) {
      if (!first) return this.interpreter.reaches(this.root, trial, (leaf) => leaf === this.leaf);
      return first[1].every((cell) => {
        trial[first[0]] = cell;
        return this.isPossibleWith(others, trial);
      });
    }

    /** @param {number} question */
    otherCells(question) {
      return range(sure(this.interpreter.sizes[question])).filter((cell) => cell !== this.cells[question]);
    }

    /** @param {number} position @param {number[]} cells */
    change(position, cells) {
      const question = /** @type {BundleQuestion} */ (this.interpreter.bundle.questions[position]);
      if (question.kind === "number") {
        const bounds = [null, ...sure(question.cuts), null];
        const last = sure(cells.at(-1));
        return { question: question.id, to: { at_least: bounds[sure(cells[0])] ?? null, below: bounds[last + 1] ?? null } };
      }
      const options = cells.map((cell) => (question.kind === "choice" ? String(question.options?.[cell]) : cell === 1));
      return { question: question.id, to: { options } };
    }
  }

  /** Return the cell that an answer falls in. @param {BundleQuestion} question @param {Answer} answer */
  function cellOf(question, answer) {
    if (answer === null) return null;
    if (question.kind === "choice") return sure(question.options).indexOf(String(answer));
    if (question.kind === "number") return sure(question.cuts).filter((cut) => cut <= Number(answer)).length;
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
    const values = ranges.map((each) => each[0]);
    for (let corner = 0; corner < 2 ** ranged.length; corner++) {
      ranged.forEach((position, bit) => {
        values[position] = sure(ranges[position]?.[corner & (1 << bit) ? 2 : 0]);
      });
      const value = evaluateAt(formula.steps, values);
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return { low, likely, high, unit: formula.unit, assumed };
  }

  /** Work out postfix steps for known inputs. @param {(number | string)[]} steps @param {number[]} values */
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

  /**
   * Return the nodes that a function needs, once each, every node after its children.
   * @param {number} root
   * @param {number[][]} children
   * @returns {number[]}
   */
  function nodesBelow(root, children) {
    /** @type {number[]} */
    const order = [];
    const seen = new Uint8Array(children.length);
    const visit = (/** @type {number} */ node) => {
      if (node < 0 || seen[node]) return;
      seen[node] = 1;
      for (const child of sure(children[node])) visit(child);
      order.push(node);
    };
    visit(root);
    return order;
  }

  /**
   * @param {number} variable
   * @param {number[]} children
   * @param {number[][]} supports What the nodes so far depend on.
   * @param {number} count How many questions there are.
   * @returns {number[]} What a test of that question with those children depends on.
   */
  function supportOf(variable, children, supports, count) {
    const words = Array(Math.ceil(count / 32)).fill(0);
    words[variable >> 5] |= 1 << variable;
    for (const child of children) {
      if (child >= 0) sure(supports[child]).forEach((word, position) => (words[position] |= word));
    }
    return words;
  }

  /** Return the questions in the bits of words, rising. @param {number[]} words */
  function listed(words) {
    const questions = [];
    for (let position = 0; position < words.length; position++) {
      for (let word = sure(words[position]); word; word &= word - 1) {
        questions.push(32 * position + 31 - Math.clz32(word & -word));
      }
    }
    return questions;
  }

  /** @param {number} variable @param {number[]} children */
  function hash(variable, children) {
    let sum = variable;
    for (const child of children) sum = (Math.imul(sum, 65599) + child) | 0;
    return sum;
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

  /** @param {number[]} left @param {number[]} right */
  function compareLists(left, right) {
    const position = left.findIndex((value, index) => value !== right[index]);
    return position < 0 ? 0 : sure(left[position]) - sure(right[position]);
  }

  /**
   * @template {{id: string}} T
   * @template V
   * @param {T[]} items
   * @param {(item: T) => V} valueOf
   * @returns {Record<string, V>} The value of each item, by its id.
   */
  function record(items, valueOf) {
    /** @type {Record<string, V>} */
    const values = {};
    for (const item of items) values[item.id] = valueOf(item);
    return values;
  }

  /** @param {number} count */
  function range(count) {
    const numbers = [];
    for (let number = 0; number < count; number++) numbers.push(number);
    return numbers;
  }

  /**
   * Say that a value is there, where only the type checker cannot know it; the minified script has no such calls.
   * @template T
   * @param {T | undefined} value
   * @returns {T}
   */
  function sure(value) {
    return /** @type {T} */ (value);
  }

  const api = { accepts, assess };
  // Not by their being there alone: a heading whose id is "module" or "assessor" is a global, too.
  if (typeof module === "object" && "exports" in module) module.exports = api;
  else scope.assessor = api;
})(globalThis);
