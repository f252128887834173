"""The diagram as it is under the answers given, and what can be read off it exactly.

Following the answered questions leaves a diagram over the open ones. Reduced again, it tests a question if and only
if that question can still change something, so each query below is one walk over its nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assessor.diagram import TRUE, nodes_below
from assessor.interpreter import Cells, Interpreter

# Enough for shares between 0.75 and 1.5 to be exact to a double.
_LOGARITHM_TERMS = 9


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

    def information(self, function: int, leaf_count: int) -> dict[int, float]:
        """Return how much each question is expected to tell about the value of a restricted function.

        Every cell of every open question counts as equally likely. Shannon's mutual information, in nats: the
        entropy of the value now, less its expected entropy once the question is answered.

        Args:
            function: A restricted function.
            leaf_count: How many values it may have, counted from 0.
        """
        # In the order of the numbers, as `core.js` adds: sums of floats depend on it in their last bit.
        order = sorted(self.below(function))
        likely = {~leaf: [1.0 if each == leaf else 0.0 for each in range(leaf_count)] for leaf in range(leaf_count)}
        for node in order:
            children = self.children[node]
            share = 1 / len(children)
            likely[node] = [_add_up(share * likely[child][leaf] for child in children) for leaf in range(leaf_count)]
        # How likely each node is to be passed, and so what each cell of its question adds to each value.
        weight = dict.fromkeys(order, 0.0)
        weight[function] = 1.0
        joint: dict[int, list[list[float]]] = {}
        for node in reversed(order):
            variable, children = self.variables[node], self.children[node]
            by_cell = joint.setdefault(variable, [[0.0] * leaf_count for _ in children])
            for cell, child in enumerate(children):
                if child >= 0:
                    weight[child] += weight[node] / len(children)
                for leaf in range(leaf_count):
                    by_cell[cell][leaf] += weight[node] * likely[child][leaf]
        now = likely[function]
        entropy = _entropy(now)
        expected = {}
        for variable, by_cell in joint.items():
            untested = [now[leaf] - _mean([cell[leaf] for cell in by_cell]) for leaf in range(leaf_count)]
            left = [_entropy([cell[leaf] + untested[leaf] for leaf in range(leaf_count)]) for cell in by_cell]
            expected[variable] = entropy - _mean(left)
        return expected


def _mean(values: Sequence[float]) -> float:
    return _add_up(values) / len(values)


def _entropy(likely: list[float]) -> float:
    return -_add_up(share * _logarithm(share) for share in likely if share > 0)


def _add_up(values: Iterable[float]) -> float:
    """Add in order, as a browser does; `sum` is compensated since Python 3.12."""
    total = 0.0
    for value in values:
        total += value
    return total


def _logarithm(share: float) -> float:
    """Return the natural logarithm of a share of 1, by the four basic operations alone.

    They are exactly rounded everywhere (IEEE 754), where `log` may differ in its last bit between Python and a
    browser, and with it the question that is asked next.
    """
    halvings = 0
    while share < 0.75:
        share *= 2
        halvings += 1
    ratio = (share - 1) / (share + 1)
    square, power, total = ratio * ratio, ratio, 0.0
    for term in range(_LOGARITHM_TERMS):
        total += power / (2 * term + 1)
        power *= square
    return 2 * total - halvings * 0.6931471805599453
