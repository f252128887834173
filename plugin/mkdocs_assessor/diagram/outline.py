"""List the tests of the outcome's diagram by number, for both the list and the picture on a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessor.language.quantities import format_quantity
from assessor.language.words import Words
from assessor.logic.bundle import Bundle
from assessor.model.numbers import Number
from assessor.model.questions import Choice, Question


@dataclass(frozen=True)
class Branch:
    """Some answers, and their target.

    Attributes:
        cells: The cells of the question that lead to the target, in ascending order.
        target: A position among the tests or, if negative, `-1 - value` for an outcome, as in the bundle.
    """

    cells: tuple[int, ...]
    target: int


@dataclass(frozen=True)
class Node:
    """A test of the diagram.

    Attributes:
        question: The question, as a position in the bundle.
        branches: The branches, one per target, in the order of the cells.
    """

    question: int
    branches: tuple[Branch, ...]


def outline(bundle: Bundle) -> tuple[Node, ...]:
    """Return the tests, question by question, from the root down."""
    root, nodes = bundle["roots"]["outcome"], bundle["nodes"]
    levels = {question: level for level, question in enumerate(bundle["order"])}
    met = {root} if root >= 0 else set()
    by_level = {levels[nodes[node][0]]: [node] for node in met}
    listed: list[int] = []
    for level in range(len(bundle["order"])):
        for node in by_level.get(level, []):
            listed.append(node)
            for child in nodes[node][1:]:
                if child >= 0 and child not in met:
                    met.add(child)
                    by_level.setdefault(levels[nodes[child][0]], []).append(child)
    position = {node: number for number, node in enumerate(listed)}
    return tuple(
        Node(nodes[node][0], tuple(_branches(position.get(child, child) for child in nodes[node][1:])))
        for node in listed
    )


def _branches(targets: Iterable[int]) -> list[Branch]:
    cells: dict[int, list[int]] = {}
    for cell, target in enumerate(targets):
        cells.setdefault(target, []).append(cell)
    return [Branch(tuple(leading), target) for target, leading in cells.items()]


def answer_texts(
    question: Question, cuts: Sequence[float], cells: Sequence[int], words: Words, style: str
) -> list[str]:
    """Return the texts of the answers in some cells; adjacent cells of a number become one range.

    Args:
        question: The question.
        cuts: The thresholds of the rules, if it is a number.
        cells: Some of its cells, in ascending order.
        words: The words of the interface.
        style: The form of number ranges: `sign` or `said`.
    """
    if isinstance(question, Choice):
        return [question.options[cell].label for cell in cells]
    if not isinstance(question, Number):
        return [words["answer_yes" if cell else "answer_no"] for cell in cells]
    texts = []
    for first, last in runs(cells):
        if first > 0 and last < len(cuts):
            text = words[f"between_{style}"]
        else:
            text = words[f"below_{style}" if last < len(cuts) else f"at_least_{style}"]
        low = "" if first == 0 else format_quantity(cuts[first - 1], "" if last < len(cuts) else question.unit, words)
        high = "" if last == len(cuts) else format_quantity(cuts[last], question.unit, words)
        texts.append(text.format(low=low, high=high))
    return texts


def runs(cells: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and last cell of each run of adjacent cells."""
    found: list[tuple[int, int]] = []
    for cell in cells:
        if found and found[-1][1] == cell - 1:
            found[-1] = found[-1][0], cell
        else:
            found.append((cell, cell))
    return found
