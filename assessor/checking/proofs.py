"""A rule set as functions, and what can be asked of them; every answer is exact over the cells of the questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from assessor.answers import Answer
from assessor.compiling import all_conditions, compile_ruleset
from assessor.conditions import Condition
from assessor.diagram import FALSE, TRUE, DiagramTooLargeError, leaf, nodes_below
from assessor.errors import RuleSetError
from assessor.functions import ConditionCompiler, cell_of, cell_values, thresholds
from assessor.ruleset import RuleSet

NODE_LIMIT = 2_000_000


class Proofs:
    """The functions of a rule set.

    Attributes:
        ruleset: The rule set.
        when: For each rule, where it holds.
        fires: For each rule, where it is the first to hold.
        before: For each rule, where an earlier one holds.
        after: For each rule, the outcome that those from it on give, as a leaf: its position, or their number for a
            gap. One more stands at the end, for no rules at all.
        fired: The position of the rule that fires, or their number.
    """

    def __init__(self, ruleset: RuleSet) -> None:
        """Compile the rules.

        Raises:
            RuleSetError: If the rule set is too large to compile.
        """
        self.ruleset = ruleset
        # In the order in which the bundle was found small.
        order = [ruleset.questions[position].id for position in compile_ruleset(ruleset)["order"]]
        cuts = thresholds(all_conditions(ruleset))
        self.conditions = ConditionCompiler(
            {name: cell_values(ruleset.questions_by_id[name], cuts.get(name, ())) for name in order}, NODE_LIMIT
        )
        self._diagram = self.conditions.diagram
        positions = {outcome.id: position for position, outcome in enumerate(ruleset.outcomes)}
        rules = ruleset.rules
        self.when = [self.compile(rule.when) for rule in rules]
        self.before = [FALSE]
        for when in self.when[:-1]:
            self.before.append(self.either(self.before[-1], when))
        self.fires = [self.both(self.no(before), when) for before, when in zip(self.before, self.when, strict=True)]
        after = [leaf(len(positions))]
        for rule, when in zip(reversed(rules), reversed(self.when), strict=True):
            after.append(self._diagram.choose(when, leaf(positions[rule.then.id]), after[-1]))
        self.after = after[::-1]
        self.fired = self.conditions.first_that_holds([rule.when for rule in rules])

    def compile(self, condition: Condition) -> int:
        """Return where a condition holds."""
        return self.conditions.compile(condition)

    def both(self, one: int, other: int) -> int:
        """Return where both hold."""
        return self._diagram.choose(one, other, FALSE)

    def either(self, one: int, other: int) -> int:
        """Return where at least one holds."""
        return self._diagram.choose(one, TRUE, other)

    def no(self, condition: int) -> int:
        """Return where a condition does not hold."""
        return self._diagram.negation(condition)

    def differ(self, one: int, other: int) -> int:
        """Return where two conditions differ."""
        return self._diagram.choose(one, self.no(other), other)

    def implies(self, one: int, other: int) -> bool:
        """Say whether a condition holds wherever another does."""
        return self.both(one, self.no(other)) == FALSE

    def is_value(self, function: int, values: Iterable[int], size: int) -> int:
        """Return where a function has one of some values, of `size` that it may have."""
        wanted = set(values)
        return self._diagram.relabelled(function, [TRUE if value in wanted else FALSE for value in range(size)])

    def gives(self, rule: int, outcome_id: str) -> int:
        """Return where the rules from one on give an outcome."""
        ids = [outcome.id for outcome in self.ruleset.outcomes]
        return self.is_value(self.after[rule], [ids.index(outcome_id)], len(ids) + 1)

    @cached_property
    def gap(self) -> int:
        """Where no rule decides."""
        count = len(self.ruleset.rules)
        return self.is_value(self.fired, [count], count + 1)

    @cached_property
    def applies(self) -> Mapping[str, int]:
        """For each action, where it applies."""
        return {
            action.id: self.both(self.decided([o.id for o in action.under]), self.compile(action.when))
            for action in self.ruleset.actions
        }

    def decided(self, outcome_ids: Sequence[str]) -> int:
        """Return where one of some outcomes is given."""
        ids = [outcome.id for outcome in self.ruleset.outcomes]
        return self.is_value(self.after[0], [ids.index(each) for each in outcome_ids], len(ids) + 1)

    def support(self, function: int) -> set[str]:
        """Return the questions that a function depends on."""
        names = list(self.conditions.values)
        return {names[self._diagram.variables[node]] for node in nodes_below([function], self._diagram.children)}

    def given(self, function: int, question_id: str, value: Answer) -> int:
        """Return what a function becomes once a question is answered."""
        variable = self.conditions.variable(question_id)
        cell = self.conditions.values[question_id].index(value)
        becomes: dict[int, int] = {}
        for node in nodes_below([function], self._diagram.children):
            children = tuple(becomes.get(child, child) for child in self._diagram.children[node])
            tested = self._diagram.variables[node]
            becomes[node] = children[cell] if tested == variable else self._diagram.node(tested, children)
        return becomes.get(function, function)

    def unequal(self, one: int, other: int) -> int:
        """Return where two functions have different values."""
        known: dict[tuple[int, int], int] = {}
        return self._unequal(one, other, known)

    def _unequal(self, one: int, other: int, known: dict[tuple[int, int], int]) -> int:
        if one == other:
            return FALSE
        if one < 0 and other < 0:
            return TRUE
        key = (one, other)
        if key not in known:
            diagram = self._diagram
            variable = min(diagram.variables[function] for function in key if function >= 0)
            pairs = zip(diagram.branches(one, variable), diagram.branches(other, variable), strict=True)
            known[key] = diagram.node(variable, tuple(self._unequal(*pair, known) for pair in pairs))
        return known[key]

    def witness(self, function: int) -> dict[str, Answer] | None:
        """Return answers that make a condition hold, however the rest is answered; nothing if none do.

        They are as few as a shortest path tests, less what can be left out of those.
        """
        if function == FALSE:
            return None
        names = list(self.conditions.values)
        cells = self._shortest_path(function)
        for variable in sorted(cells, reverse=True):
            fewer = {each: cell for each, cell in cells.items() if each != variable}
            if self._forces(function, fewer):
                cells = fewer
        found = {names[variable]: self.conditions.values[names[variable]][cell] for variable, cell in cells.items()}
        return {question.id: found[question.id] for question in self.ruleset.questions if question.id in found}

    def holds(self, function: int, answers: Mapping[str, Answer]) -> bool:
        """Say whether a condition holds with some answers, however the other questions are answered."""
        cells = {}
        for question_id, answer in answers.items():
            values = self.conditions.values.get(question_id)
            if values is not None and answer is not None:
                cells[self.conditions.variable(question_id)] = cell_of(values, answer)
        return self._forces(function, cells)

    def _shortest_path(self, function: int) -> dict[int, int]:
        """Return the cells along a shortest path to where a condition holds."""
        children = self._diagram.children
        lengths = {TRUE: 0, FALSE: len(self.conditions.values) + 1}
        for node in nodes_below([function], children):
            lengths[node] = 1 + min(lengths[child] for child in children[node])
        cells: dict[int, int] = {}
        while function >= 0:
            cell = min(range(len(children[function])), key=lambda each: lengths[children[function][each]])
            cells[self._diagram.variables[function]] = cell
            function = children[function][cell]
        return cells

    def _forces(self, function: int, cells: Mapping[int, int]) -> bool:
        """Say whether a condition holds in some cells, however the other questions are answered."""
        seen: set[int] = set()
        stack = [function]
        while stack:
            reached = stack.pop()
            if reached == FALSE:
                return False
            if reached >= 0 and reached not in seen:
                seen.add(reached)
                cell = cells.get(self._diagram.variables[reached])
                stack += self._diagram.children[reached] if cell is None else [self._diagram.children[reached][cell]]
        return True


def proofs_of(ruleset: RuleSet) -> Proofs:
    """Return the functions of a rule set.

    Raises:
        RuleSetError: If it is too large to compile, or to check.
    """
    try:
        return Proofs(ruleset)
    except DiagramTooLargeError:
        raise too_large(ruleset) from None


def too_large(ruleset: RuleSet) -> RuleSetError:
    """Return the error for a rule set whose proofs would need too many nodes."""
    return RuleSetError(
        f"the rules of {ruleset.id!r} are too entangled to be proven: split the decision", ruleset.location
    )
