"""Compile scores to functions whose values stand for points."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assessor.logic.bundle import BundlePoints, BundleScore
from assessor.logic.compiling.functions import ConditionCompiler
from assessor.logic.diagram import Addend, Diagram, nodes_below
from assessor.model.points import Score

Valued = tuple[int, Sequence[int]]
"""A function, and the points for each of its values."""


@dataclass(frozen=True)
class ScoreFunctions:
    """The points of a score.

    Attributes:
        terms: The points of each term.
        sums: The sum of each group of terms that share questions; empty if no terms do. The ranges of the groups add up
            to the exact range of the score, and take far fewer nodes than one function for all its sums.
    """

    terms: Sequence[Valued]
    sums: Sequence[Valued]


def score_functions(conditions: ConditionCompiler, score: Score) -> ScoreFunctions:
    """Return the functions of a score, with its points times its scale.

    Raises:
        DiagramTooLargeError: If the diagram would exceed its limit.
    """
    diagram = conditions.diagram
    addends = conditions.addends(score, score.scale)
    groups = _groups(diagram, addends)
    is_apart = len(groups) == len(addends)
    return ScoreFunctions(
        [_sum(diagram, [each]) for each in addends], [] if is_apart else [_sum(diagram, group) for group in groups]
    )


def score_entry(score: Score, functions: ScoreFunctions, reference: Callable[[int], int]) -> BundleScore:
    """Return a score as bundles have it.

    Args:
        score: The score.
        functions: Its functions.
        reference: Returns the position of a function in the bundle.
    """

    def written(parts: Sequence[Valued]) -> list[BundlePoints]:
        return [{"root": reference(root), "points": list(points)} for root, points in parts]

    entry: BundleScore = {"id": score.id, "scale": score.scale, "terms": written(functions.terms)}
    if functions.sums:
        entry["sums"] = written(functions.sums)
    return entry


def reach(diagram: Diagram, addends: Sequence[Addend]) -> tuple[int, int]:
    """Return the least and the greatest sum that some addends can have.

    Raises:
        DiagramTooLargeError: If the diagram would exceed its limit.
    """
    sums = [list(diagram.sums(group)) for group in _groups(diagram, addends)]
    return sum(map(min, sums)), sum(map(max, sums))


def _sum(diagram: Diagram, addends: Sequence[Addend]) -> Valued:
    sums = diagram.sums(addends)
    return diagram.selected(list(sums.values())), list(sums)


def _groups(diagram: Diagram, addends: Iterable[Addend]) -> list[list[Addend]]:
    """Return the addends in groups, so that no two groups have a question in common."""
    groups: list[tuple[set[int], list[Addend]]] = []
    for addend in addends:
        nodes = nodes_below(addend.conditions, diagram.children)
        variables, joined = {diagram.variables[node] for node in nodes}, [addend]
        for group in [each for each in groups if each[0] & variables]:
            groups.remove(group)
            variables |= group[0]
            joined = group[1] + joined
        groups.append((variables, joined))
    return [group for _, group in groups]
