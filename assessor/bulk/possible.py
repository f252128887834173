"""Tell for many rows which values a function of the diagram may still have: a bit mask for each node, from below.

The mask of a node is the mask of the child that the answer leads to, or all of its children's while the question is
open. A diagram tests a question at most once on each path, so this is exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assessor.assessment.interpreter import bits
from assessor.bulk.memo import WORD, Integers
from assessor.logic.diagram import TRUE, Diagram, nodes_below

Cells = Mapping[int, Integers]
"""For each variable, the cell of each row; the number of cells stands for an open question."""
Words = list[NDArray[np.uint16]]


class Selections:
    """For each variable and cell, the rows that may be in it, as masks of ones.

    Attributes:
        count: The number of rows.
        cells: Their cells.
    """

    def __init__(self, diagram: Diagram, cells: Cells, count: int) -> None:
        """Take the cells of some rows."""
        self.count = count
        self.cells = cells
        self._sizes = diagram.sizes
        self._known: dict[int, list[NDArray[np.uint16]]] = {}

    def of(self, variable: int) -> list[NDArray[np.uint16]]:
        """Return, for each cell of a variable, ones where a row may be in it and zeros elsewhere."""
        known = self._known.get(variable)
        if known is None:
            own = self.cells[variable]
            is_open = own == self._sizes[variable]
            known = self._known[variable] = [
                # Minus one is all ones.
                np.negative(((own == cell) | is_open).astype(np.uint16))
                for cell in range(self._sizes[variable])
            ]
        return known


def possible_leaves(diagram: Diagram, root: int, leaves: int, selections: Selections) -> Words:
    """Return which leaves each row can still reach, as bits of words.

    Args:
        diagram: The diagram.
        root: The function.
        leaves: The number of its leaves.
        selections: The rows.
    """
    order = nodes_below([root], diagram.children)
    return [_word(diagram, root, order, first, selections) for first in range(0, leaves, WORD)]


def _word(diagram: Diagram, root: int, order: Sequence[int], first: int, selections: Selections) -> NDArray[np.uint16]:
    """Return the word of the leaves from one on."""

    def constant(child: int) -> int:
        return 1 << (~child - first) if first <= ~child < first + WORD else 0

    masks: dict[int, NDArray[np.uint16]] = {}
    part: NDArray[np.uint16] = np.empty(selections.count, np.uint16)
    for node in order:
        mask = np.zeros(selections.count, np.uint16)
        for child, selected in zip(diagram.children[node], selections.of(diagram.variables[node]), strict=True):
            np.bitwise_and(selected, masks[child] if child >= 0 else np.uint16(constant(child)), out=part)
            np.bitwise_or(mask, part, out=mask)
        masks[node] = mask
    return masks[root] if root >= 0 else np.full(selections.count, constant(root), np.uint16)


class Conditions:
    """Tells which of some conditions hold whatever else is answered.

    Attributes:
        width: The number of words that `words` gives.
        always: The conditions that are constant and hold, as a bit mask of their positions.
    """

    def __init__(self, diagram: Diagram, roots: Sequence[int]) -> None:
        """Prepare the conditions.

        Args:
            diagram: The diagram.
            roots: The conditions.
        """
        self._diagram = diagram
        self.always = sum(1 << position for position, root in enumerate(roots) if root == TRUE)
        # Constant conditions need no bit.
        self._positions = [position for position, root in enumerate(roots) if root >= 0]
        self._roots = [roots[position] for position in self._positions]
        self.width = -(-len(self._roots) // WORD)

    def words(self, selections: Selections) -> Words:
        """Return which of the conditions that are not constant hold for each row."""
        found = []
        for start in range(0, len(self._roots), WORD):
            word = np.zeros(selections.count, np.uint16)
            for bit, root in enumerate(self._roots[start : start + WORD]):
                (mask,) = possible_leaves(self._diagram, root, 2, selections)
                # Only the leaf `TRUE` can be reached.
                word |= (mask == 1 << ~TRUE).astype(np.uint16) << np.uint16(bit)
            found.append(word)
        return found

    def holding(self, words: Sequence[int]) -> int:
        """Return the conditions that hold under some words, but for constant ones, as a bit mask of their positions."""
        mask = 0
        for number, word in enumerate(words):
            for bit in bits(word):
                mask |= 1 << self._positions[number * WORD + bit]
        return mask

    def words_of(self, mask: int) -> list[int]:
        """Return the words for a bit mask of positions: the opposite of `holding`."""
        words = [0] * self.width
        for number, position in enumerate(self._positions):
            words[number // WORD] |= (mask >> position & 1) << (number % WORD)
        return words

    def holds(self, position: int, words: Words, count: int) -> NDArray[np.bool_]:
        """Return for each row whether one of the conditions holds.

        Args:
            position: The condition.
            words: What `words` gave.
            count: The number of rows.
        """
        if position not in self._positions:
            return np.full(count, bool(self.always >> position & 1))
        number = self._positions.index(position)
        found: NDArray[np.bool_] = words[number // WORD] >> np.uint16(number % WORD) & np.uint16(1) == 1
        return found
