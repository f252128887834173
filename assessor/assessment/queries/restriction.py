"""Restrict the diagram to the answers, and query the result exactly.

Following the answered questions leaves a diagram over the open ones. Once reduced, it tests a question if and only if
that question can still change something. So each query below is a single walk over its nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assessor.assessment.queries.interpreter import Cells, Interpreter
from assessor.logic.diagram import TRUE, nodes_below


class Restriction:
    """The functions of a bundle, restricted to the answers and reduced.

    Attributes:
        interpreter: The interpreter of the bundle.
        variables: For each node, the position of the question that it tests.
        children: For each node, the reference for each cell.
    """

    def __init__(self, interpreter: Interpreter, cells: Cells) -> None:
        """Restrict the outcome first, so that its nodes get the same numbers as in `core.js`.

        Args:
            interpreter: The interpreter of the bundle.
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
        # For each node, the nodes to restrict before it; none if the answers don't affect it.
        self._followed: list[Sequence[int]] = [
            () if not support & answered else children if (cell := cells[variable]) is None else (children[cell],)
            for variable, children, support in zip(
                interpreter.variables, interpreter.children, interpreter.supports, strict=True
            )
        ]
        self.function(interpreter.bundle["roots"]["outcome"])

    def _restricted(self, node: int) -> int:
        """Return the restricted form of a node, once the nodes in `_followed` are restricted."""
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
        """Return the reference of the restricted form of a function of the bundle."""
        if root >= 0 and root not in self._becomes:
            for node in nodes_below([root], self._followed):
                if node not in self._becomes:
                    self._becomes[node] = self._restricted(node)
        return root if root < 0 else self._becomes[root]

    def support(self, function: int) -> int:
        """Return the questions that a restricted function depends on, as a bit mask."""
        return 0 if function < 0 else self._supports[function]

    def leaves(self, function: int) -> list[int]:
        """Return the values that a restricted function may still have, in ascending order."""
        if function < 0:
            return [~function]
        return sorted({~child for node in self.below(function) for child in self.children[node] if child < 0})

    def truth(self, root: int) -> bool | None:
        """Return whether a condition of the bundle holds, or `None` while undecided."""
        function = self.function(root)
        return None if function >= 0 else function == TRUE

    def below(self, function: int) -> list[int]:
        """Return the nodes that a restricted function needs, each after its children."""
        order = self._orders.get(function)
        if order is None:
            order = self._orders[function] = nodes_below([function], self.children)
        return order

    def counts(self, function: int, leaves: Iterable[int]) -> list[int]:
        """Return how many combinations of cells of all open questions lead to each leaf.

        Args:
            function: A restricted function.
            leaves: The values of the leaves.
        """
        total = 1
        for size, cell in zip(self.interpreter.sizes, self._cells, strict=True):
            total *= size if cell is None else 1
        order = self.below(function)
        counted = []
        for leaf in leaves:
            # Each node counts over all open questions. A question that a node doesn't test multiplies the counts of its
            # children, so the sum over the children is always divisible by the number of children.
            count = {~leaf: total}
            for node in order:
                children = self.children[node]
                count[node] = sum(count.get(child, 0) for child in children) // len(children)
            counted.append(count.get(function, 0))
        return counted
