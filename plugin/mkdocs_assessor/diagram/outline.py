"""List the tests of the outcome's diagram by number, for both the list and the picture on a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessor.language.dates import format_date
from assessor.language.quantities import format_quantity
from assessor.language.words import Words
from assessor.logic.bundle import Bundle, BundleQuestion, children_of
from assessor.model.questions.choices import Choice
from assessor.model.questions.dates import Date
from assessor.model.questions.numbers import Number
from assessor.model.questions.question import Question
from assessor.reports.wording import answer_label, stretch_label


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
    root, children = bundle["roots"]["outcome"], children_of(bundle)
    variables = [node[0] for node in bundle["nodes"]]
    levels = {question: level for level, question in enumerate(bundle["order"])}
    met = {root} if root >= 0 else set()
    by_level = {levels[variables[node]]: [node] for node in met}
    listed: list[int] = []
    for level in range(len(bundle["order"])):
        for node in by_level.get(level, []):
            listed.append(node)
            for child in children[node]:
                if child >= 0 and child not in met:
                    met.add(child)
                    by_level.setdefault(levels[variables[child]], []).append(child)
    position = {node: number for number, node in enumerate(listed)}
    return tuple(
        Node(variables[node], tuple(_branches(position.get(child, child) for child in children[node])))
        for node in listed
    )


def _branches(targets: Iterable[int]) -> list[Branch]:
    cells: dict[int, list[int]] = {}
    for cell, target in enumerate(targets):
        cells.setdefault(target, []).append(cell)
    return [Branch(tuple(leading), target) for target, leading in cells.items()]


def answer_texts(
    question: Question, compiled: BundleQuestion, cells: Sequence[int], words: Words, style: str
) -> list[str]:
    """Return the texts of the answers in some cells; adjacent cells of a number become one range.

    Args:
        question: The question.
        compiled: The question in the bundle.
        cells: Some of its cells, in ascending order.
        words: The words of the interface.
        style: The form of number ranges: `sign` or `said`.
    """
    if isinstance(question, Choice):
        return [question.options[cell].label for cell in cells]
    if not isinstance(question, (Number, Date)):
        return [words["answer_yes" if cell else "answer_no"] for cell in cells]
    cuts = compiled["cuts"]
    named = compiled.get("at_most", [None] * len(cuts))
    unit = question.unit if isinstance(question, Number) else ""
    is_date = isinstance(question, Date)

    def end(cut: int, kinds: tuple[str, str], unit: str) -> tuple[str, str]:
        greatest = named[cut]
        bound = cuts[cut] if greatest is None else greatest
        shown = format_date(bound, words) if isinstance(bound, str) else format_quantity(bound, unit, words)
        return kinds[greatest is not None], shown

    texts = []
    for first, last in runs(cells):
        is_range = first > 0 and last < len(cuts)
        if is_range and named[last] == cuts[first - 1] and named[first - 1] is None:
            texts.append(answer_label(question, cuts[first - 1], words))
            continue
        low = end(first - 1, ("at_least", "above"), "" if is_range else unit) if first > 0 else None
        high = end(last, ("below", "at_most"), unit) if last < len(cuts) else None
        texts.append(_stretch_text(low, high, words, style, is_date=is_date))
    return texts


def _stretch_text(
    low: tuple[str, str] | None, high: tuple[str, str] | None, words: Words, style: str, *, is_date: bool
) -> str:
    """Return the text of a stretch of numbers or dates, given the kind and the text of each of its ends."""
    if style == "said":
        return stretch_label(dict(filter(None, (low, high))), words, is_date=is_date)
    if low is None or high is None:
        return "".join(words.fill(f"{kind}_{style}", low=end, high=end) for kind, end in filter(None, (low, high)))
    # Between two numbers, a sign stands only where a number is not part of the range itself: "3 to < 5".
    prefix = "range_" if style == "sign" else ""
    said = [
        end
        if style == "sign" and kind in ("at_least", "at_most")
        else words.fill(f"{prefix}{kind}_{style}", low=end, high=end)
        for kind, end in (low, high)
    ]
    return words.fill(f"range_{style}", low=said[0], high=said[1])


def runs(cells: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and last cell of each run of adjacent cells."""
    found: list[tuple[int, int]] = []
    for cell in cells:
        if found and found[-1][1] == cell - 1:
            found[-1] = found[-1][0], cell
        else:
            found.append((cell, cell))
    return found
