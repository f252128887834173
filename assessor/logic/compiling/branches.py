"""Compile estimates: formulas in postfix form and, where they have cases, the function that chooses among branches."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessor.language.decimals import plain_number
from assessor.language.units import unit_name
from assessor.logic.bundle import BundleBranch, BundleEstimate, BundleInput
from assessor.logic.compiling.functions import ConditionCompiler
from assessor.logic.diagram import FALSE, TRUE, nodes_below
from assessor.model.answers import Bound
from assessor.model.estimates.conditional import MOST_BRANCHES, Branch, depends_on_answers, ends_at, too_many_branches
from assessor.model.estimates.estimates import Estimate
from assessor.model.facts import Fact
from assessor.model.formulas.arithmetic import Formula, Quantity, inputs
from assessor.model.formulas.ranges import postfix_of
from assessor.model.questions.numbers import Number

Cuts = Mapping[str, Mapping[Bound, Bound | None]]
"""The cuts of each number, as `cuts_of` returns them."""


@dataclass(frozen=True)
class Piece:
    """A branch, or the part of one in which the numbers that it uses are between two thresholds.

    Attributes:
        formula: The formula, without cases.
        where: Where it applies, as a function.
        within: The ends of the numbers that both the formula and the condition use.
    """

    formula: Formula
    where: int
    within: Mapping[Number, tuple[float, float]]


def pieces_of(conditions: ConditionCompiler, estimate: Estimate, cuts: Cuts) -> list[Piece]:
    """Return what an estimate consists of: together, the pieces cover all answers, and no two share one.

    Where a condition tests a number that the formula uses as well, the number has another range in each piece. So the
    union of their ranges is exact, and whoever reads the bundle need not know how the two depend on each other.

    Raises:
        RuleSetError: If there are too many.
        DiagramTooLargeError: If the diagram would exceed its limit.
    """
    found: list[Piece] = []
    for branch in estimate.branches:
        where = conditions.compile(branch.when)
        found += [Piece(branch.formula, *each) for each in _parts(conditions, branch, where, cuts)]
        if len(found) > MOST_BRANCHES:
            raise too_many_branches(estimate.owner_name, estimate.location)
    return found


def _parts(
    conditions: ConditionCompiler, branch: Branch, where: int, cuts: Cuts
) -> Iterator[tuple[int, Mapping[Number, tuple[float, float]]]]:
    """Yield the parts of the answers of a branch in each of which the range of its numbers is a box."""
    # Without a default, a number has no range: it is answered, or the estimate is open.
    numbers = [part for part in inputs(branch.formula) if isinstance(part, Number) and part.default is not None]
    waiting: list[tuple[int, Mapping[Number, tuple[float, float]], Sequence[Number]]] = [(where, {}, numbers)]
    while waiting:
        here, within, left = waiting.pop()
        if here == FALSE:
            continue
        if not left:
            yield here, within
            continue
        number, *rest = left
        split = _split(conditions, here, number, cuts)
        waiting += [(each, {**within, **ends}, rest) for each, ends in reversed(split)]


def _split(
    conditions: ConditionCompiler, where: int, number: Number, cuts: Cuts
) -> list[tuple[int, Mapping[Number, tuple[float, float]]]]:
    """Return the parts of a condition between the thresholds of a number at which it changes."""
    diagram = conditions.diagram
    if number.id not in conditions.values:
        return [(where, {})]
    variable = conditions.variable(number.id)
    if variable not in {diagram.variables[node] for node in nodes_below([where], diagram.children)}:
        return [(where, {})]
    ends = [ends_at(number, float(cut), _as_float(below)) for cut, below in cuts[number.id].items()]
    lows = [float(number.minimum), *(above for _, above in ends)]
    highs = [*(below for below, _ in ends), float(number.maximum)]
    given = [diagram.given(where, variable, cell) for cell in range(len(lows))]
    found: list[tuple[int, Mapping[Number, tuple[float, float]]]] = []
    for function, cells in itertools.groupby(range(len(lows)), given.__getitem__):
        first, *others = cells
        last = others[-1] if others else first
        inside = diagram.node(variable, tuple(TRUE if first <= cell <= last else FALSE for cell in range(len(lows))))
        part = diagram.choose(inside, function, FALSE)
        if part != FALSE:
            found.append((part, {number: (lows[first], highs[last])}))
    return found


def _as_float(bound: Bound | None) -> float | None:
    return None if bound is None else float(bound)


class EstimateCompiler:
    """Compiles the estimates of a rule set.

    Attributes:
        roots: The functions that choose among branches; their nodes belong into the bundle.
    """

    def __init__(self, conditions: ConditionCompiler, estimates: Sequence[Estimate], cuts: Cuts) -> None:
        """Compile the conditions of the cases.

        Raises:
            RuleSetError: If an estimate has too many branches.
            DiagramTooLargeError: If the diagram would exceed its limit.
        """
        self._estimates = estimates
        self._pieces = {
            estimate.id: pieces_of(conditions, estimate, cuts)
            for estimate in estimates
            if depends_on_answers(estimate.formula)
        }
        self._roots = {
            name: conditions.diagram.selected([piece.where for piece in pieces])
            for name, pieces in self._pieces.items()
        }
        self.roots = [*self._roots.values()]

    def written(self, positions: Mapping[str, int], reference: Callable[[int], int]) -> list[BundleEstimate]:
        """Return the estimates as bundles have them.

        Args:
            positions: The position of each question.
            reference: Returns the reference of a function in the bundle.
        """
        return [self._estimate(each, positions, reference) for each in self._estimates]

    def _estimate(
        self, estimate: Estimate, positions: Mapping[str, int], reference: Callable[[int], int]
    ) -> BundleEstimate:
        order = inputs(estimate.formula)
        written: BundleEstimate = {
            "id": estimate.id,
            "unit": unit_name(estimate.unit),
            "inputs": [_input(part, positions) for part in order],
        }
        if estimate.id not in self._roots:
            return {**written, "steps": postfix_of(estimate.formula)}
        branches = [_branch(piece, order) for piece in self._pieces[estimate.id]]
        return {**written, "root": reference(self._roots[estimate.id]), "branches": branches}


def _branch(piece: Piece, order: Sequence[Formula]) -> BundleBranch:
    """Return a piece with the positions of its inputs among those of the estimate."""
    places = [order.index(part) for part in inputs(piece.formula)]
    postfix = postfix_of(piece.formula)
    branch: BundleBranch = {"steps": [places[step] if isinstance(step, int) else step for step in postfix]}
    if piece.within:
        branch["within"] = [
            [order.index(number), plain_number(low), plain_number(high)] for number, (low, high) in piece.within.items()
        ]
    return branch


def _input(part: Formula, positions: Mapping[str, int]) -> BundleInput | list[float]:
    if isinstance(part, Number):
        return {"question": positions[part.id]}
    if isinstance(part, Fact):
        return [plain_number(value) for value in part.range]
    assert isinstance(part, Quantity)
    return [plain_number(part.value)] * 3
