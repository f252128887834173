"""The diagram as it is under the answers given, and what can be read off it exactly.

Following the answered questions leaves a diagram over the open ones. Reduced again, it tests a question if and only
if that question can still change something, so each query below is one walk over its nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assessor.assessment.interpreter import Cells, Interpreter
from assessor.logic.diagram import TRUE, nodes_below


class Restriction:
    """The functions of a bundle under the answers given, reduced.

    Attributes:
        interpreter: The bundle made ready.
        variables: For each node, the position of the question that it tests.
        children: For each node, the reference for each cell.
    """

    def __init__(self, interpreter: Interpreter, cells: Cells) -> None:
        """Begin with the outcome: what it becomes is numbered first, and so alike in `core.js`.

        Args:
            interpreter: The bundle made ready.
            cells: The cell of each answered question.
        """
        self.interpreter = interpreter
        self.variables = list(interpreter.variables)
        self.children = list(interpreter.children)
        self._supports = list(interpreter.supports)
        self._cells = cells
        self._orders: dict[int, list[int]] = {}
        self._becomes: dict[int, int] = {}
        self._fresh: dict[tuple[int, tuple[int, ...]], int] = {}
        answered = sum(1 << question for question, cell in enumerate(cells) if cell is not None)
        # What must be restricted before a node can be: nothing, if it stays as it is.
        self._followed: list[Sequence[int]] = [
            () if not support & answered else children if (cell := cells[variable]) is None else (children[cell],)
            for variable, children, support in zip(
                interpreter.variables, interpreter.children, interpreter.supports, strict=True
            )
        ]
        self.function(interpreter.bundle["roots"]["outcome"])

    def _restricted(self, node: int) -> int:
        """Return what a node becomes, once those that it follows are restricted."""
        restricted = tuple(each if each < 0 else self._becomes[each] for each in self._followed[node])
        if not restricted:
            return node
        if restricted.count(restricted[0]) == len(restricted):
            return restricted[0]
        key = (self.variables[node], restricted)
        known = self.interpreter.nodes.get(key, self._fresh.get(key))
        if known is None:
            known = self._fresh[key] = self._add(*key)
        return known

    def _add(self, variable: int, children: tuple[int, ...]) -> int:
        support = 1 << variable
        for child in children:
            support |= self.support(child)
        self.variables.append(variable)
        self.children.append(children)
        self._supports.append(support)
        return len(self.variables) - 1

    def function(self, root: int) -> int:
        """Return the reference of what a function of the bundle becomes."""
        if root >= 0 and root not in self._becomes:
            for node in nodes_below([root], self._followed):
                if node not in self._becomes:
                    self._becomes[node] = self._restricted(node)
        return root if root < 0 else self._becomes[root]

    def support(self, function: int) -> int:
        """Return the questions that a restricted function depends on, as the bits of an integer."""
        return 0 if function < 0 else self._supports[function]

    def leaves(self, function: int) -> list[int]:
        """Return the values that a restricted function may still have, rising."""
        if function < 0:
            return [~function]
        return sorted({~child for node in self.below(function) for child in self.children[node] if child < 0})

    def truth(self, root: int) -> bool | None:
        """Return whether a condition of the bundle holds, or `None` while that is open."""
        function = self.function(root)
        return None if function >= 0 else function == TRUE

    def below(self, function: int) -> list[int]:
        """Return the nodes that a restricted function needs, every node after its children."""
        order = self._orders.get(function)
        if order is None:
            order = self._orders[function] = nodes_below([function], self.children)
        return order

    def counts(self, function: int, leaves: Iterable[int]) -> list[int]:
        """Return how many combinations of cells of all open questions lead to each leaf.

        Args:
            function: A restricted function.
            leaves: Values of leaves.
        """
        total = 1
        for size, cell in zip(self.interpreter.sizes, self._cells, strict=True):
            total *= size if cell is None else 1
        order = self.below(function)
        counted = []
        for leaf in leaves:
            # Of all combinations; what a node does not test multiplies its children's counts, so that the sum of
            # these is a multiple of how many there are.
            count = {~leaf: total}
            for node in order:
                children = self.children[node]
                count[node] = sum(count.get(child, 0) for child in children) // len(children)
            counted.append(count.get(function, 0))
        return counted
