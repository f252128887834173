"""Find for many rows which values a function of the diagram may still have, in one of two ways.

From below: a bit mask for each node. The mask of a node is the mask of the child that the answer leads to, or all of
its children's while the question is open. A diagram tests a question at most once on each path, so this is exact.

From above: all rows walk down the diagram at once, question by question, by a table. The state of a row is the set of
nodes where it may be. This is many times faster, but there can be too many such sets.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assessor.assessment.queries.interpreter import bits
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

    def __init__(
        self, diagram: Diagram, cells: Cells, count: int, spans: Mapping[int, tuple[int, int]] | None = None
    ) -> None:
        """Take the cells of some rows.

        Args:
            diagram: The diagram.
            cells: The cells.
            count: The number of rows.
            spans: For some variables, the first and the last cell that an open question may be in.
        """
        self.count = count
        self._spans = spans or {}
        self.cells = cells
        self._diagram = diagram
        self._known: dict[int, list[NDArray[np.uint16]]] = {}

    def rows(self, rows: NDArray[np.intp]) -> Selections:
        """Return the selections of some of the rows."""
        if len(rows) == self.count:
            return self
        return Selections(
            self._diagram, {variable: each[rows] for variable, each in self.cells.items()}, len(rows), self._spans
        )

    def of(self, variable: int) -> list[NDArray[np.uint16]]:
        """Return, for each cell of a variable, ones where a row may be in it and zeros elsewhere."""
        known = self._known.get(variable)
        if known is None:
            own = self.cells[variable]
            is_open = own == self._diagram.sizes[variable]
            first, last = self._spans.get(variable, (0, self._diagram.sizes[variable]))
            known = self._known[variable] = [
                # Minus one is all ones.
                np.negative(((own == cell) | (is_open & (first <= cell <= last))).astype(np.uint16))
                for cell in range(self._diagram.sizes[variable])
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


_State = tuple[int, tuple[int, ...]]
"""The leaves that are certain to be possible, as a bit mask, and the nodes that can still lead to others."""


class Walk:
    """Walks rows down the diagram. The table of its states grows with what rows need."""

    def __init__(self, diagram: Diagram, root: int, alike: Sequence[int], most_entries: int) -> None:
        """Prepare the walk.

        Args:
            diagram: The diagram.
            root: The function.
            alike: For each leaf, those that count the same where more than one leaf is possible, as a bit mask. The
                fewer differences count, the fewer states there are.
            most_entries: After about so many entries in the table, the walk learns no other states.
        """
        self._diagram = diagram
        self._alike = alike
        # Leaves with all those that count the same: few sets of leaves come up, in very many states.
        self._joined: dict[int, int] = {}
        self._leaves_below: dict[int, int] = {}
        order = nodes_below([root], diagram.children)
        for node in order:
            self._leaves_below[node] = functools.reduce(int.__or__, map(self._leaves_of, diagram.children[node]))
        self._levels = sorted({diagram.variables[node] for node in order})
        # The entries that a state has in the table of each level; the states at the end have one.
        self._widths = [*(diagram.sizes[variable] + 1 for variable in self._levels), 1]
        self._states: list[list[_State]] = [[(0, ())] for _ in self._widths]
        self._numbers: list[dict[_State, int]] = [{} for _ in self._widths]
        # Entries are positions in the table of the next level. State 0 is unknown, and so is all that follows it.
        self._tables = [np.zeros(2 * width, np.int32) for width in self._widths]
        self._most_entries = most_entries
        self._count = 0
        self._start = self._entry(0, self._state([root]))

    def __call__(self, cells: Cells, count: int) -> NDArray[np.int32]:
        """Return the number of the state at the end for each row; 0 where it would be one state too many."""
        found = self._walked(cells, np.full(count, self._start, np.int32))
        unknown = np.flatnonzero(found == 0)
        if unknown.size and self._count < self._most_entries:
            few = {variable: cells[variable][unknown] for variable in self._levels}
            self._learn(few, len(unknown))
            found[unknown] = self._walked(few, np.full(len(unknown), self._start, np.int32))
        return found

    def leaves(self, first: int) -> list[int]:
        """Return the possible leaves of the states at the end, as bit masks, from a number on."""
        return [leaves for leaves, _ in self._states[-1][first:]]

    def _walked(self, cells: Cells, places: NDArray[np.int32]) -> NDArray[np.int32]:
        for variable, table in zip(self._levels, self._tables, strict=False):
            places += cells[variable]
            # No place is out of bounds; this mode checks nothing.
            places = table.take(places, mode="clip")
        return places

    def _learn(self, cells: Cells, count: int) -> None:
        """Enter the states that some rows need."""
        places = np.full(count, self._start, np.int32)
        for level, variable in enumerate(self._levels):
            places += cells[variable]
            unique = np.unique(places)
            for place in unique[self._tables[level][unique] == 0].tolist():
                number, cell = divmod(place, self._widths[level])
                # Entering may replace the table of the next level, not this one.
                self._tables[level][place] = self._entry(
                    level + 1, self._next(self._states[level][number], level, cell)
                )
            places = self._tables[level].take(places, mode="clip")

    def _next(self, state: _State, level: int, cell: int) -> _State:
        leaves, nodes = state
        reached: list[int] = []
        for node in nodes:
            children = self._diagram.children[node]
            is_tested = self._diagram.variables[node] == self._levels[level]
            reached += [node] if not is_tested else children if cell == len(children) else [children[cell]]
        return self._state(reached, leaves)

    def _state(self, reached: Iterable[int], leaves: int = 0) -> _State:
        nodes = set()
        for child in reached:
            if child >= 0:
                nodes.add(child)
            else:
                leaves |= 1 << ~child
        if leaves & (leaves - 1):
            joined = self._joined.get(leaves)
            if joined is None:
                joined = functools.reduce(int.__or__, (self._alike[leaf] for leaf in bits(leaves)))
                self._joined[leaves] = joined
            leaves = joined
        # A node that leads to no other leaf adds nothing.
        return leaves, tuple(sorted(node for node in nodes if self._leaves_below[node] & ~leaves))

    def _entry(self, level: int, state: _State) -> int:
        """Return where a state begins in the table of a level, and add a new one."""
        states, width = self._states[level], self._widths[level]
        number = self._numbers[level].setdefault(state, len(states))
        if number == len(states):
            states.append(state)
            self._count += width
            table = self._tables[level]
            if len(table) < len(states) * width:
                self._tables[level] = np.concatenate([table, np.zeros_like(table)])
        return number * width

    def _leaves_of(self, child: int) -> int:
        return self._leaves_below[child] if child >= 0 else 1 << ~child


class Conditions:
    """Determines which conditions hold whatever the other answers are.

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
