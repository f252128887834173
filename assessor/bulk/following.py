"""Choose the question to ask next for many rows: what `assess` does for one, with arrays for its numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assessor.assessment.information import INFORMATION_TOLERANCE
from assessor.bulk.memo import Integers
from assessor.bulk.possible import Cells
from assessor.logic.diagram import nodes_below
from assessor.logic.verdict import VerdictFunctions

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Hashes = NDArray[np.uint64]

# About so many numbers are worked with at once, so that they stay in the processor's cache.
_MOST_NUMBERS = 1 << 20
_SEED = 20


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
        random = np.random.default_rng(_SEED)
        top = np.iinfo(np.uint64).max
        self._leaf_hashes = random.integers(0, top, len(bundle["outcomes"]) + 1, np.uint64)
        self._hash_factors = [random.integers(0, top, size, np.uint64) | np.uint64(1) for size in self._sizes]
        self.most_rows = max(64, _MOST_NUMBERS // ((len(self._order) + 1) * (len(set(self._outcomes)) + 1)))

    def identities(self, cells: Cells, count: int) -> Hashes:
        """Return, for each row, a hash of the outcome as a function of the open questions.

        Args:
            cells: The cells of the rows.
            count: The number of rows.
        """
        hashes = self._hashes(cells, count)
        return hashes[self._root] if self._root >= 0 else np.zeros(count, np.uint64)

    def _hashes(self, cells: Cells, count: int) -> dict[int, Hashes]:
        """Return, for each node and row, a hash of what the node becomes. Equal functions have equal hashes."""
        hashes: dict[int, Hashes] = {}
        for node in self._order:
            variable = self._variables[node]
            below = [self._hash(hashes, child, count) for child in self._children[node]]
            own = cells[variable]
            mixed = np.full(count, variable, np.uint64)
            differs = np.zeros(count, np.bool_)
            for factor, child in zip(self._hash_factors[variable], below, strict=True):
                mixed = (mixed ^ (child * factor)) * _MIX
                mixed ^= mixed >> _SHIFT
                differs |= child != below[0]
            found = np.where(differs & (own == len(below)), mixed, below[0])
            for cell, child in enumerate(below[1:], 1):
                np.copyto(found, child, where=own == cell)
            hashes[node] = found
        return hashes

    def _hash(self, hashes: dict[int, Hashes], child: int, count: int) -> Hashes:
        return hashes[child] if child >= 0 else np.full(count, self._leaf_hashes[self._outcomes[~child]])

    def next(self, cells: Cells, unasked: Flags, count: int) -> Integers:
        """Return the question to ask next for each row, as a position; -1 where none matters.

        Args:
            cells: The cells of the rows.
            unasked: For each question and row, whether it is not asked yet.
            count: The number of rows, best not more than `most_rows`.
        """
        if not self._tested:
            return np.full(count, -1, np.int32)
        matters = self._matters(cells, count)
        information = self._information(cells, count)
        asked = matters & ~unasked[self._questions]
        candidates = np.where(asked.any(axis=0), asked, matters)
        section = self._sections[candidates.argmax(axis=0)]
        candidates &= self._sections[:, None] == section
        told = np.where(candidates, information, -np.inf)
        chosen = (candidates & (told >= told.max(axis=0) - INFORMATION_TOLERANCE)).argmax(axis=0)
        return np.where(candidates.any(axis=0), self._questions[chosen], -1)

    def _matters(self, cells: Cells, count: int) -> Flags:
        """Return, for each tested question and row, whether it is open and can still change the outcome."""
        hashes = self._hashes(cells, count)
        reached = {node: np.zeros(count, np.bool_) for node in self._order}
        reached[self._root] = np.ones(count, np.bool_)
        matters = {variable: np.zeros(count, np.bool_) for variable in self._tested}
        for node in reversed(self._order):
            variable, children = self._variables[node], self._children[node]
            own, here = cells[variable], reached[node]
            is_open = here & (own == len(children))
            first = self._hash(hashes, children[0], count)
            for cell, child in enumerate(children):
                if child >= 0:
                    reached[child] |= is_open | (here & (own == cell))
                if cell:
                    matters[variable] |= is_open & (self._hash(hashes, child, count) != first)
        return np.asarray([matters[variable] for variable in self._tested])

    def _information(self, cells: Cells, count: int) -> Floats:
        """Return, for each tested question and row, how much it is expected to tell; see `expected_information`."""
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


_MIX = np.uint64(0xBF58476D1CE4E5B9)
_SHIFT = np.uint64(29)


def _entropy(likely: Floats) -> Floats:
    positive = np.where(likely > 0, likely, 1.0)
    found: Floats = -(positive * np.log(positive)).sum(axis=0)
    return found
