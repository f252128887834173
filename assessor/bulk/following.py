"""Choose the question to ask next for many rows: what `assess` does for one, with arrays for its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assessor.assessment.queries.information import INFORMATION_TOLERANCE
from assessor.bulk.memo import Integers
from assessor.bulk.possible import Cells, Words
from assessor.logic.compiling.verdict import VerdictFunctions
from assessor.logic.diagram import nodes_below

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Numbers = dict[int, Integers]
"""For each node, a number for each row."""

# About so many numbers are worked with at once, so that they stay in the processor's cache.
_MOST_NUMBERS = 1 << 20


@dataclass(frozen=True)
class Undecided:
    """An option that may or may not be offered.

    Attributes:
        question: The position of its question.
        deciding: The positions of the questions that decide it.
        rows: For each row, whether it is undecided.
    """

    question: int
    deciding: Sequence[int]
    rows: Flags


class Following:
    """Chooses the next question by the diagram of the rules, with the outcomes as its leaves."""

    def __init__(self, functions: VerdictFunctions, sections: Sequence[int]) -> None:
        """Prepare the diagram.

        Args:
            functions: The functions of the rule set.
            sections: For each question, the position of its section.
        """
        bundle = functions.bundle
        self._variables = functions.diagram.variables
        self._children = functions.diagram.children
        self._sizes = functions.diagram.sizes
        self._root = functions.rule
        self._order = nodes_below([functions.rule], self._children)
        # A leaf is a rule, or none: what counts is its outcome. The last outcome stands for none.
        self._outcomes = [*(rule["outcome"] for rule in bundle["rules"]), len(bundle["outcomes"])]
        # The questions that the rules use, in the order of the page, which decides between equals.
        tested = {self._variables[node] for node in self._order}
        self._tested = sorted(tested, key=functions.order.__getitem__)
        self._questions = np.asarray([functions.order[variable] for variable in self._tested], np.int32)
        self._sections = np.asarray(sections, np.int32)[self._questions]
        # The number of a node's variable and children's numbers. Leaves have the numbers of their outcomes.
        self._known: dict[tuple[int | None, ...], int] = {}
        self.most_rows = max(64, _MOST_NUMBERS // ((len(self._order) + 1) * (len(set(self._outcomes)) + 1)))

    def numbers(self, cells: Cells, count: int) -> Numbers:
        """Return, for each node and row, a number for what the node becomes under the answers.

        The same functions of the open questions have the same number, until `forget`.

        Args:
            cells: The cells of the rows.
            count: The number of rows.
        """
        numbers: Numbers = {}
        for node in self._order:
            variable = self._variables[node]
            below = [self._below(numbers, child, count) for child in self._children[node]]
            own = cells[variable]
            differs = np.zeros(count, np.bool_)
            found = below[0].copy()
            for cell, child in enumerate(below[1:], 1):
                differs |= child != below[0]
                np.copyto(found, child, where=own == cell)
            rows = np.flatnonzero(differs & (own == len(below)))
            if rows.size:
                found[rows] = self._numbered(variable, [child[rows] for child in below])
            numbers[node] = found
        return numbers

    def identities(self, numbers: Numbers, words: Words, count: int) -> Integers:
        """Return, for each row, a number for the outcome as a function of the open questions, and for some words.

        Args:
            numbers: What `numbers` gave.
            words: What else differs between rows.
            count: The number of rows.
        """
        own = self._below(numbers, self._root, count)
        return self._numbered(None, [own, *words]) if words else own

    def forget(self) -> None:
        """Forget all numbers, and start again."""
        self._known.clear()

    def __len__(self) -> int:
        """Return the number of remembered numbers."""
        return len(self._known)

    def _below(self, numbers: Numbers, child: int, count: int) -> Integers:
        return numbers[child] if child >= 0 else np.full(count, self._outcomes[~child], np.int32)

    def _numbered(self, variable: int | None, columns: Sequence[Integers]) -> Integers:
        """Return a number for the values of each row: equal rows have equal numbers."""
        places: Integers = columns[0]
        first: Integers = np.empty(0, np.intp)
        for column in columns[1:]:
            # All numbers are below 2 ** 32, so this is exact.
            keys = (places.astype(np.int64) << 32) | column
            _, first, places = np.unique(keys, return_index=True, return_inverse=True)
        known, leaves = self._known, self._outcomes[-1] + 1
        rows = zip(*(column[first].tolist() for column in columns), strict=True)
        found = [known.setdefault((variable, *row), leaves + len(known)) for row in rows]
        return np.asarray(found, np.int32)[places]

    def next(
        self, cells: Cells, numbers: Numbers, unasked: Flags, undecided: Sequence[Undecided], count: int
    ) -> Integers:
        """Return the question to ask next for each row, as a position; -1 where none matters.

        Args:
            cells: The cells of the rows.
            numbers: What `numbers` gave for these rows.
            unasked: For each question and row, whether it is not asked yet.
            undecided: The options that are not always offered.
            count: The number of rows, best not more than `most_rows`.
        """
        if not self._tested:
            return np.full(count, -1, np.int32)
        matters = self._matters(cells, numbers, count)
        information = self._information(cells, count)
        asked = matters & ~unasked[self._questions]
        candidates = np.where(asked.any(axis=0), asked, matters)
        waiting = np.zeros_like(candidates)
        for each in undecided:
            deciding = candidates[np.isin(self._questions, each.deciding)].any(axis=0)
            waiting[self._questions == each.question] |= each.rows & deciding
        candidates = candidates & ~waiting
        section = self._sections[candidates.argmax(axis=0)]
        candidates &= self._sections[:, None] == section
        gain = np.where(candidates, information, -np.inf)
        chosen = (candidates & (gain >= gain.max(axis=0) - INFORMATION_TOLERANCE)).argmax(axis=0)
        return np.where(candidates.any(axis=0), self._questions[chosen], -1)

    def _matters(self, cells: Cells, numbers: Numbers, count: int) -> Flags:
        """Return, for each tested question and row, whether it is open and can still change the outcome."""
        reached = {node: np.zeros(count, np.bool_) for node in self._order}
        reached[self._root] = np.ones(count, np.bool_)
        matters = {variable: np.zeros(count, np.bool_) for variable in self._tested}
        for node in reversed(self._order):
            variable, children = self._variables[node], self._children[node]
            own, here = cells[variable], reached[node]
            is_open = here & (own == len(children))
            first = self._below(numbers, children[0], count)
            for cell, child in enumerate(children):
                if child >= 0:
                    reached[child] |= is_open | (here & (own == cell))
                if cell:
                    matters[variable] |= is_open & (self._below(numbers, child, count) != first)
        return np.asarray([matters[variable] for variable in self._tested])

    def _information(self, cells: Cells, count: int) -> Floats:
        """Return the expected information of each tested question for each row; see `expected_information`."""
        leaves = sorted({self._outcomes[~child] for node in self._order for child in self._children[node] if child < 0})
        place = {outcome: position for position, outcome in enumerate(leaves)}
        likely: dict[int, Floats] = {}
        for outcome in leaves:
            column = np.zeros((len(leaves), 1))
            column[place[outcome]] = 1.0
            likely[~outcome] = column

        def below(child: int) -> Floats:
            return likely[child] if child >= 0 else likely[~self._outcomes[~child]]

        # How probable each cell is: certain once answered, and all alike while open.
        shares = {
            variable: [
                np.where(cells[variable] == cell, 1.0, np.where(cells[variable] == size, 1.0 / size, 0.0))
                for cell in range(size)
            ]
            for variable, size in ((variable, self._sizes[variable]) for variable in self._tested)
        }
        for node in self._order:
            total = np.zeros((len(leaves), count))
            for share, child in zip(shares[self._variables[node]], self._children[node], strict=True):
                total += share * below(child)
            likely[node] = total
        weight = {node: np.zeros(count) for node in self._order}
        weight[self._root] = np.ones(count)
        joint = {
            variable: [np.zeros((len(leaves), count)) for _ in range(self._sizes[variable])]
            for variable in self._tested
        }
        for node in reversed(self._order):
            variable = self._variables[node]
            for by_cell, share, child in zip(joint[variable], shares[variable], self._children[node], strict=True):
                if child >= 0:
                    weight[child] += weight[node] * share
                np.add(by_cell, weight[node] * below(child), out=by_cell)
        now = likely[self._root]
        entropy = _entropy(now)
        information = np.empty((len(self._tested), count))
        for row, variable in enumerate(self._tested):
            by_cells = joint[variable]
            untested = now - sum(by_cells) / len(by_cells)
            left = sum(_entropy(by_cell + untested) for by_cell in by_cells)
            information[row] = entropy - left / len(by_cells)
        return information


def _entropy(likely: Floats) -> Floats:
    positive = np.where(likely > 0, likely, 1.0)
    found: Floats = -(positive * np.log(positive)).sum(axis=0)
    return found
