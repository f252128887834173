"""Find the answers that must change to get a different result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import TypedDict, final

from assessor.assessment.queries.interpreter import Cells, Interpreter
from assessor.logic.bundle import BundleQuestion
from assessor.model.answers import Bound

MOST_CHANGE_SETS = 5

MOST_COMBINATIONS = 64


@final
class OptionsChange(TypedDict):
    """One of these options (of a choice) or values (of a yes/no question)."""

    options: list[str] | list[bool]


@final
class NumberChange(TypedDict, total=False):
    """A number or a date between two bounds, each as the rules name it; `None` is the question's own bound.

    The lower bound is `at_least`, inclusive, or `above`, exclusive. The upper one is `below`, exclusive, or `at_most`,
    inclusive.
    """

    at_least: Bound | None
    above: Bound
    below: Bound | None
    at_most: Bound


class Change(TypedDict):
    """A question whose answer must change, and the values it may change to."""

    question: str
    to: OptionsChange | NumberChange


class Changes(TypedDict):
    """The distance to an outcome.

    Keys:
        fewest: The smallest number of answers that must change to make the outcome possible.
        sets: At most five sets of that many changes. Within a set, all combinations of the allowed values work.
        more: Whether there are more sets than those listed.
    """

    fewest: int
    sets: list[list[Change]]
    more: bool


class ChangeFinder:
    """Finds the smallest changes of answers that make one value of a function possible."""

    def __init__(self, interpreter: Interpreter, root: int, leaf: int, cells: Cells) -> None:
        """Compute, for each node, the fewest answers that must change below it.

        Args:
            interpreter: The interpreter of the bundle.
            root: The function. Where it is about answers whose options are all offered, so are the changed answers.
            leaf: The value to make possible.
            cells: The cell of each answered question; open questions are free.
        """
        self._interpreter = interpreter
        self._root = root
        self._leaf = leaf
        self._cells = cells
        self._distances = {~leaf: 0}
        for node in interpreter.below(root):
            cell = cells[interpreter.variables[node]]
            below = [self._distance(child) for child in interpreter.children[node]]
            self._distances[node] = min(below) if cell is None else min(below[cell], 1 + min(below))

    def find(self) -> Changes | None:
        """Return the smallest sets of changes, or `None` if no answers lead to the value."""
        fewest = self._distance(self._root)
        if fewest > len(self._cells):
            return None
        sets: list[list[int]] = []
        self._collect([self._root], fewest, [], sets)
        return {
            "fewest": fewest,
            "sets": [self._change_set(questions) for questions in sorted(map(sorted, sets[:MOST_CHANGE_SETS]))],
            "more": len(sets) > MOST_CHANGE_SETS,
        }

    def _distance(self, function: int) -> int:
        """Return the fewest answers to change for a function to get the value; more than there are if it never can."""
        return self._distances.get(function, len(self._cells) + 1)

    def _collect(self, frontier: Iterable[int], budget: int, changed: list[int], sets: list[list[int]]) -> None:
        """Collect the sets of questions whose change makes the value possible.

        The frontier holds every function that can be reached with the changes so far. Following all of them at once
        finds each set only once, and never starts a set that cannot succeed.

        Args:
            frontier: Functions that test nothing above the current level.
            budget: How many more answers may change.
            changed: The questions changed so far.
            sets: Receives the complete sets.
        """
        within = {function for function in frontier if self._distance(function) <= budget}
        if not within or len(sets) > MOST_CHANGE_SETS:
            return
        if budget == 0:
            sets.append(changed)
            return
        variables, children = self._interpreter.variables, self._interpreter.children
        nodes = [function for function in within if function >= 0]
        variable = self._interpreter.first_tested(variables[node] for node in nodes)
        cell = self._cells[variable]
        tests = [node for node in nodes if variables[node] == variable]
        others = [function for function in within if function not in tests]
        if cell is None:
            self._collect([*others, *(child for node in tests for child in children[node])], budget, changed, sets)
            return
        moved = [child for node in tests for position, child in enumerate(children[node]) if position != cell]
        self._collect([*others, *moved], budget - 1, [*changed, variable], sets)
        self._collect([*others, *(children[node][cell] for node in tests)], budget, changed, sets)

    def _change_set(self, questions: list[int]) -> list[Change]:
        """Return, for each question to change, cells that make the value possible in every combination.

        Starts from the first combination that does, in the order of the cells, and widens it question by question.
        """
        trial: dict[int, int | None] = dict.fromkeys(questions)
        allowed: dict[int, list[int]] = {}
        for question in questions:
            for cell in self._other_cells(question):
                trial[question] = cell
                if self._is_possible(trial):
                    allowed[question] = [cell]
                    break
        for question in questions:
            self._widen(question, allowed)
        return [self._change(question, cells) for question, cells in allowed.items()]

    def _widen(self, question: int, allowed: dict[int, list[int]]) -> None:
        """Allow more cells of a question, as long as every combination still makes the value possible."""
        cells = allowed[question]
        has_cuts = "cuts" in self._interpreter.bundle["questions"][question]
        for cell in self._other_cells(question):
            if cell <= cells[0]:
                continue
            combinations = list(product(*({**allowed, question: [cell]}.values())))
            is_wanted = (
                len(combinations) * (len(cells) + 1) <= MOST_COMBINATIONS
                and (not has_cuts or cell == cells[-1] + 1)
                and all(self._is_possible(dict(zip(allowed, combination, strict=True))) for combination in combinations)
            )
            if is_wanted:
                cells.append(cell)

    def _other_cells(self, question: int) -> list[int]:
        return [cell for cell in range(self._interpreter.sizes[question]) if cell != self._cells[question]]

    def _is_possible(self, trial: Mapping[int, int | None]) -> bool:
        """Return whether the value is possible with other cells for some questions; `None` leaves a question open."""
        cells = list(self._cells)
        for question, cell in trial.items():
            cells[question] = cell
        return self._leaf in self._interpreter.reachable(self._root, cells)

    def _change(self, position: int, cells: list[int]) -> Change:
        question: BundleQuestion = self._interpreter.bundle["questions"][position]
        if "cuts" in question:
            return {"question": question["id"], "to": _stretch(question, cells[0], cells[-1])}
        if question["kind"] == "choice":
            return {"question": question["id"], "to": {"options": [question["options"][cell] for cell in cells]}}
        return {"question": question["id"], "to": {"options": [cell == 1 for cell in cells]}}


def _stretch(question: BundleQuestion, first: int, last: int) -> NumberChange:
    """Return the numbers or dates from one cell to another, with their bounds as the rules name them."""
    bounds = [None, *question["cuts"], None]
    named = [None, *question.get("at_most", [None] * len(question["cuts"])), None]
    low, high = named[first], named[last + 1]
    stretch: NumberChange = {"at_least": bounds[first]} if low is None else {"above": low}
    stretch |= {"below": bounds[last + 1]} if high is None else {"at_most": high}
    return stretch
