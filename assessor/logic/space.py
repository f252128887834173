"""Represent sets of answers as functions, and answer questions about them exactly, over the cells of the questions."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assessor.logic.bundle import nodes_as_written
from assessor.logic.compiling.functions import ConditionCompiler, cell_of, cell_samples
from assessor.logic.diagram import FALSE, TRUE, Diagram, nodes_below
from assessor.model.answers import Answer, Bound
from assessor.model.conditions import Condition

_LARGE = 500
_EXAMPLES = 30


@dataclass(frozen=True)
class _Offer:
    """An answer to a question that is offered only somewhere."""

    question: str
    value: Answer
    where: int


class AnswerSpace:
    """Every combination of the cells of some questions. A function stands for the set of combinations where it is true.

    Attributes:
        conditions: Compiles conditions into this space.
    """

    def __init__(self, values: Mapping[str, Sequence[Answer]], maxima: Mapping[str, Bound], node_limit: int) -> None:
        """Create a space without functions.

        Args:
            values: For each question, in the order in which to test them, one answer from each cell.
            maxima: For each question that asks for a number or a date, its greatest answer.
            node_limit: The most nodes that all functions may need together.
        """
        self._samples = {
            name: cell_samples(cells, maxima[name]) if name in maxima else cells for name, cells in values.items()
        }
        self._diagram = Diagram([len(each) for each in values.values()], node_limit)
        self._names = list(values)
        self._supports: dict[int, frozenset[str]] = {}
        self._offers: list[_Offer] = []
        self.conditions = ConditionCompiler(values, self._diagram, {name: place for place, name in enumerate(values)})

    def compile(self, condition: Condition) -> int:
        """Return where a condition holds."""
        return self.conditions.compile(condition)

    def both(self, one: int, other: int) -> int:
        """Return where both conditions hold."""
        return self._diagram.choose(one, other, FALSE)

    def either(self, one: int, other: int) -> int:
        """Return where at least one of two conditions holds."""
        return self._diagram.choose(one, TRUE, other)

    def no(self, condition: int) -> int:
        """Return where a condition does not hold."""
        return self._diagram.negation(condition)

    def difference(self, one: int, other: int) -> int:
        """Return where a condition holds and another one does not."""
        return self._diagram.choose(other, FALSE, one)

    def differ(self, one: int, other: int) -> int:
        """Return where exactly one of two conditions holds."""
        return self._diagram.choose(one, self.no(other), other)

    def implies(self, one: int, other: int) -> bool:
        """Return whether `other` holds wherever `one` does."""
        return self._diagram.choose(one, other, TRUE) == TRUE

    def is_value(self, function: int, values: Iterable[int], size: int) -> int:
        """Return where a function has one of some values, out of `size` possible ones."""
        wanted = set(values)
        return self._diagram.relabelled(function, [TRUE if value in wanted else FALSE for value in range(size)])

    def count(self, function: int) -> int:
        """Return how many combinations of cells of all questions satisfy a condition."""
        return self._diagram.count(function)

    def support(self, function: int) -> frozenset[str]:
        """Return the questions that a function depends on."""
        known = self._supports.get(function)
        if known is None:
            nodes = nodes_below([function], self._diagram.children)
            known = self._supports[function] = frozenset(self._names[self._diagram.variables[node]] for node in nodes)
        return known

    def exported(self, function: int, positions: Mapping[str, int]) -> list[list[int]]:
        """Return a function in the form of a bundle's nodes, the last of which is its root; a constant has none.

        Args:
            function: The function.
            positions: For each question, its position in the bundle.
        """
        kept = nodes_below([function], self._diagram.children)
        return nodes_as_written(self._diagram, kept, [positions[name] for name in self._names])

    def given(self, function: int, question_id: str, value: Answer) -> int:
        """Return a function with one question fixed to an answer."""
        cell = self.conditions.values[question_id].index(value)
        return self._diagram.given(function, self.conditions.variable(question_id), cell)

    def value(self, function: int, cells: Sequence[int]) -> int:
        """Return the value of a function for the cells of all questions, in the order of the tests."""
        diagram = self._diagram
        while function >= 0:
            function = diagram.children[function][cells[diagram.variables[function]]]
        return ~function

    @property
    def steps(self) -> int:
        """How many steps it took so far."""
        return self._diagram.steps

    @property
    def is_half_used(self) -> bool:
        """Whether less than half of the limit of steps is left."""
        return self._diagram.is_half_used

    def allow(self, steps: int) -> None:
        """Stop after so many more steps, or at the limit if that comes first."""
        self._diagram.allow(steps)

    def is_large(self, function: int) -> bool:
        """Return whether a function has more nodes than can be copied for each of its parts."""
        return len(nodes_below([function], self._diagram.children)) > _LARGE

    def borderline(self, condition: int) -> Iterator[list[int]]:
        """Yield cells of all questions for which a condition holds, or does not, and one other answer decides which.

        They are random, but the same each time.
        """
        rng = random.Random(0)
        for _ in range(_EXAMPLES):
            cells, others = self._random_path(rng, condition, FALSE), self._random_path(rng, condition, TRUE)
            # One by one, the answers for which it holds replace those for which it does not.
            replaced = rng.sample(range(len(cells)), len(cells))
            low, high = 0, len(replaced)
            while high - low > 1:
                middle = (low + high) // 2
                mixed = list(others)
                for variable in replaced[:middle]:
                    mixed[variable] = cells[variable]
                low, high = (low, middle) if self.value(condition, mixed) else (middle, high)
            for variable in replaced[:low]:
                others[variable] = cells[variable]
            yield list(others)
            others[replaced[low]] = cells[replaced[low]]
            yield others

    def _random_path(self, rng: random.Random, condition: int, avoided: int) -> list[int]:
        """Return random cells that do not lead to a leaf, of a condition that has both."""
        cells = [rng.randrange(size) for size in self._diagram.sizes]
        while condition >= 0:
            children = self._diagram.children[condition]
            cell = rng.choice([each for each, child in enumerate(children) if child != avoided])
            cells[self._diagram.variables[condition]] = cell
            condition = children[cell]
        return cells

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

    def restrict(self, question_id: str, value: Answer, where: int) -> None:
        """Let witnesses have an answer only where it is offered."""
        self._offers.append(_Offer(question_id, value, where))

    def counted(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """Return answers without those that the others do not offer; `restrict` has the order of the questions."""
        found = dict(answers)
        for each in self._offers:
            if found.get(each.question) == each.value and not self.holds(each.where, found):
                del found[each.question]
        return found

    @cached_property
    def offered(self) -> int:
        """Where all answers are offered; read it after the last `restrict`."""
        offered = TRUE
        for each in self._offers:
            offered = self._diagram.choose(self._chosen(each), self.both(each.where, offered), offered)
        return offered

    def _chosen(self, offer: _Offer) -> int:
        values = self.conditions.values[offer.question]
        children = tuple(TRUE if value == offer.value else FALSE for value in values)
        return self._diagram.node(self.conditions.variable(offer.question), children)

    def witness(self, function: int, without: str = "") -> dict[str, Answer] | None:
        """Return answers that make a condition hold whatever the other answers are, or `None` if it never holds.

        They are the tests along a shortest path, without those that are not needed, in the order of the tests. Each
        answer is one that those before it offer, if the condition holds for such answers.

        Args:
            function: The condition.
            without: A question that stays open, on which the condition does not depend. Answers that only its answers
                offer are left out.
        """
        found = self._shortest(function)
        if self._offers and self.both(function, self.offered) == FALSE:
            return found
        while found is not None:
            wrong = [
                each
                for each in self._offers
                if found.get(each.question) == each.value and not self.holds(each.where, found)
            ]
            if not wrong:
                break
            # Try both: answers that offer the option, and another answer.
            ways = [self.both(function, wrong[0].where), self.difference(function, self._chosen(wrong[0]))]
            possible = [
                way
                for way in ways
                if self.both(way, self.offered) != FALSE and without not in (self._shortest(way) or ())
            ]
            if not possible:
                return self.counted(found)
            function = min(possible, key=lambda way: len(self._shortest(way) or ()))
            found = self._shortest(function)
        return found

    def _shortest(self, function: int) -> dict[str, Answer] | None:
        if function == FALSE:
            return None
        cells = self._shortest_path(function)
        for variable in sorted(cells, reverse=True):
            fewer = {each: cell for each, cell in cells.items() if each != variable}
            if self._forces(function, fewer):
                cells = fewer
        return {
            name: self._samples[name][cells[variable]] for variable, name in enumerate(self._names) if variable in cells
        }

    def holds(self, function: int, answers: Mapping[str, Answer]) -> bool:
        """Return whether a condition holds under some answers, whatever the other answers are."""
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
            lengths[node] = 1 + min(map(lengths.__getitem__, children[node]))
        cells: dict[int, int] = {}
        while function >= 0:
            below = [lengths[child] for child in children[function]]
            cell = below.index(min(below))
            cells[self._diagram.variables[function]] = cell
            function = children[function][cell]
        return cells

    def _forces(self, function: int, cells: Mapping[int, int]) -> bool:
        """Return whether a condition holds in some cells, whatever the other answers are."""
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
