"""Prepare a bundle for queries, by precomputing all that does not depend on the answers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import cast

from assessor.logic.bundle import Bundle, BundleQuestion, bundle_of_each, children_of
from assessor.logic.diagram import nodes_below
from assessor.model.answers import Answer

Cells = Sequence[int | None]
"""For each question of a bundle, the cell of its answer; `None` while it is open."""


class Interpreter:
    """The tables that every query uses.

    Attributes:
        bundle: The bundle.
        sizes: The number of cells of each question.
        variables: For each node, the position of the question that it tests.
        children: For each node, the reference for each cell.
        nodes: Node numbers by question and children.
        supports: For each node, the questions that it and the nodes below it test, as a bit mask.
        levels: For each question, its position in the order in which the diagram tests questions.
        sections: For each question, the position of its section.
        asked: Each question with an `asked_when`, with the node that decides whether it is asked.
        offered: Each question with options that are not always offered, with the nodes that decide whether they are, by
            cell.
    """

    def __init__(self, bundle: Bundle) -> None:
        """Compute the tables.

        Args:
            bundle: A bundle, which must not change afterwards.
        """
        self.bundle = bundle
        self.sizes = [_size(question) for question in bundle["questions"]]
        self.variables = [node[0] for node in bundle["nodes"]]
        self.children = children_of(bundle)
        self.nodes = {
            (variable, children): number
            for number, (variable, children) in enumerate(zip(self.variables, self.children, strict=True))
        }
        self._below: dict[int, list[int]] = {}
        self.supports: list[int] = []
        for variable, children in zip(self.variables, self.children, strict=True):
            support = 1 << variable
            for child in children:
                support |= self.supports[child] if child >= 0 else 0
            self.supports.append(support)
        self.levels = [0] * len(self.sizes)
        for level, variable in enumerate(bundle["order"]):
            self.levels[variable] = level
        self.asked = [
            (position, question["asked"])
            for position, question in enumerate(bundle["questions"])
            if "asked" in question
        ]
        self.offered = [
            (position, {question["options"].index(option): root for option, root in question["offered"].items()})
            for position, question in enumerate(bundle["questions"])
            if "offered" in question
        ]
        self.sections = [section for section, count in enumerate(bundle["sections"]) for _ in range(count)]

    @cached_property
    def later(self) -> Mapping[str, Interpreter]:
        """For each decision after the first, by its id, the interpreter of that decision."""
        return {name: Interpreter(bundle) for name, bundle in bundle_of_each(self.bundle).items()}

    def cells(self, answers: Mapping[str, Answer]) -> list[int | None]:
        """Return the cell of each answer, or `None` for an open question.

        An answer with an option that the other answers do not offer, or not yet, leaves its question open.

        Args:
            answers: Valid answers.
        """
        cells = [_cell(question, answers.get(question["id"])) for question in self.bundle["questions"]]
        # Whether an option is offered depends on questions before it, whose cells are final by then.
        for position, roots in self.offered:
            cell = cells[position]
            if cell in roots and self.reachable(roots[cell], cells) != {1}:
                cells[position] = None
        return cells

    def below(self, root: int) -> list[int]:
        """Return the nodes that a function needs, each after its children."""
        known = self._below.get(root)
        if known is None:
            known = self._below[root] = nodes_below([root], self.children)
        return known

    def first_tested(self, questions: Iterable[int]) -> int:
        """Return the question, among some, that the diagram tests first."""
        return min(questions, key=self.levels.__getitem__)

    def reachable(self, root: int, cells: Cells) -> set[int]:
        """Return the leaf values that can be reached by some way of answering the open questions."""
        leaves: set[int] = set()
        seen: set[int] = set()
        stack = [root]
        while stack:
            function = stack.pop()
            if function < 0:
                leaves.add(~function)
            elif function not in seen:
                seen.add(function)
                cell = cells[self.variables[function]]
                if cell is None:
                    stack += self.children[function]
                else:
                    stack.append(self.children[function][cell])
        return leaves


def bits(mask: int) -> list[int]:
    """Return the positions of the set bits, in ascending order."""
    positions = []
    while mask:
        lowest = mask & -mask
        positions.append(lowest.bit_length() - 1)
        mask ^= lowest
    return positions


def _size(question: BundleQuestion) -> int:
    if question["kind"] == "choice":
        return len(question["options"])
    return len(question["cuts"]) + 1 if "cuts" in question else 2


def _cell(question: BundleQuestion, answer: Answer) -> int | None:
    if answer is None:
        return None
    if question["kind"] == "choice":
        return question["options"].index(cast(str, answer))
    if "cuts" in question:
        return bisect_right(question["cuts"], answer if isinstance(answer, str) else float(answer))
    return int(answer)
