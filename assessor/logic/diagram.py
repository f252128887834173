"""Implement reduced ordered multi-valued decision diagrams.

A diagram holds functions of variables with small finite domains. Each node tests one variable and has one child for
each of its values. Variables come in the same fixed order on every path, no node has identical children, and no two
nodes are equal. So each function has exactly one node, and two functions are equal if and only if their references are
(Bryant, "Graph-Based Algorithms for Boolean Function Manipulation", 1986). The multi-valued form is from Srinivasan et
al., "Algorithms for discrete function manipulation", 1990.

A reference to a function is an integer: the number of a node, or `leaf(value)`, which is negative.
"""

from __future__ import annotations

import bisect
import itertools
import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass


def leaf(value: int) -> int:
    """Return the reference of the constant function with a value, a non-negative integer."""
    return ~value


# From this many children on, nodes are looked up by bytes, and runs of equal children count as one.
_MANY = 16

FALSE = leaf(0)
TRUE = leaf(1)


class DiagramTooLargeError(Exception):
    """The functions need more nodes or steps than the limit allows."""


@dataclass(frozen=True)
class Addend:
    """Points by conditions that exclude each other.

    Attributes:
        conditions: The conditions.
        points: The points where each of them holds.
        otherwise: The points where none does.
    """

    conditions: tuple[int, ...]
    points: tuple[int, ...]
    otherwise: int = 0

    @property
    def all_points(self) -> tuple[int, ...]:
        """All points that it can give."""
        return (*self.points, self.otherwise)


class Diagram:
    """Functions of the variables `0 … len(sizes) - 1`, tested in that order.

    Attributes:
        sizes: The number of values of each variable.
        variables: The variable that each node tests.
        children: For each node, the references of its children, one per value of its variable.
    """

    def __init__(self, sizes: Sequence[int], node_limit: int) -> None:
        """Create a diagram without nodes.

        Args:
            sizes: The number of values of each variable, at least one.
            node_limit: The most nodes that may be created, including those no longer needed, and the most results of
                `choose` that may be remembered.
        """
        self.sizes = tuple(sizes)
        self.variables: list[int] = []
        self.children: list[tuple[int, ...]] = []
        self._most = self._limit = node_limit
        self._known: dict[tuple[int, tuple[int, ...] | bytes], int] = {}
        self._choices: dict[tuple[int, int, int], int] = {}

    @property
    def steps(self) -> int:
        """How many steps it took so far: what the limit limits."""
        return max(len(self.variables), len(self._choices))

    @property
    def is_half_used(self) -> bool:
        """Whether less than half of the limit is left."""
        return 2 * self.steps > self._most

    def allow(self, steps: int) -> None:
        """Stop after so many more steps, or at the limit if that comes first."""
        self._limit = min(self._most, self.steps + steps)

    def node(self, variable: int, children: tuple[int, ...]) -> int:
        """Return the reference of the function that is `children[value]` for each value of the variable.

        Raises:
            DiagramTooLargeError: If a new node would exceed the limit.
        """
        first = children[0]
        if children.count(first) == len(children):
            return first
        # hash(-1) is hash(-2), so that all tuples of TRUE and FALSE have one hash. If a number has a thousand cells, to
        # find one among a thousand of these takes a second.
        key = (variable, children if len(children) < _MANY else array("q", children).tobytes())
        known = self._known.get(key)
        if known is None:
            known = len(self.variables)
            if known >= self._limit:
                raise DiagramTooLargeError
            self._known[key] = known
            self.variables.append(variable)
            self.children.append(children)
        return known

    def choose(self, condition: int, then: int, otherwise: int) -> int:
        """Return the function that is `then` where the condition is `TRUE`, and `otherwise` where it is `FALSE`."""
        if condition == TRUE or then == otherwise:
            return then
        if condition == FALSE:
            return otherwise
        if then == TRUE and otherwise == FALSE:
            return condition
        key = (condition, then, otherwise)
        known = self._choices.get(key)
        if known is None:
            variables = self.variables
            variable = min(variables[function] for function in key if function >= 0)
            if len(self._choices) >= self._limit:
                raise DiagramTooLargeError
            conditions = self.branches(condition, variable)
            thens, others = self.branches(then, variable), self.branches(otherwise, variable)
            # No function of its own for either way: the stack has to hold four hundred questions.
            if len(conditions) < _MANY:
                # Spare the calls that decide nothing: they take most of the time.
                children = [
                    a if c == TRUE or a == b else b if c == FALSE else self.choose(c, a, b)
                    for c, a, b in zip(conditions, thens, others, strict=True)
                ]
            else:
                children = []
                for each, run in itertools.groupby(conditions):
                    here = slice(len(children), len(children) + len(list(run)))
                    if each in (TRUE, FALSE):
                        children += thens[here] if each == TRUE else others[here]
                    else:
                        children += [self.choose(each, a, b) for a, b in zip(thens[here], others[here], strict=True)]
            known = self.node(variable, tuple(children))
            self._choices[key] = known
        return known

    def branches(self, function: int, variable: int) -> tuple[int, ...]:
        """Return the function for each value of a variable that comes no later than the one the root tests."""
        if function >= 0 and self.variables[function] == variable:
            return self.children[function]
        return (function,) * self.sizes[variable]

    def given(self, function: int, variable: int, value: int) -> int:
        """Return a function with one variable fixed to a value."""
        becomes: dict[int, int] = {}

        def given(node: int) -> int:
            if node < 0 or self.variables[node] > variable:
                return node  # a leaf, or a test of a later variable
            if self.variables[node] == variable:
                return self.children[node][value]
            known = becomes.get(node)
            if known is None:
                known = self.node(self.variables[node], tuple(map(given, self.children[node])))
                becomes[node] = known
            return known

        return given(function)

    def relabelled(self, function: int, leaves: Sequence[int]) -> int:
        """Return a function with its leaf values replaced.

        Args:
            function: The function.
            leaves: The new leaf for each of its values.
        """
        becomes = {leaf(value): new for value, new in enumerate(leaves)}
        for node in nodes_below([function], self.children):
            becomes[node] = self.node(self.variables[node], tuple(map(becomes.__getitem__, self.children[node])))
        return becomes[function]

    def negation(self, condition: int) -> int:
        """Return the negation of a condition."""
        return self.choose(condition, FALSE, TRUE)

    def reaches(self, need: int, addends: Sequence[Addend]) -> int:
        """Return the condition that some addends sum up to at least `need`.

        The sum of the addends so far limits what the others need. Needs that no sum distinguishes share a function
        (Abío et al., "A new look at BDDs for pseudo-Boolean constraints", 2012).
        """
        lows = list(itertools.accumulate((min(each.all_points) for each in addends), initial=0))
        highs = list(itertools.accumulate((max(each.all_points) for each in addends), initial=0))
        # Invariant: for needs up to the first end, above that up to the second, and so on, the function of the same
        # place is the condition that the addends processed so far reach the need.
        ends, functions = [0.0, math.inf], [TRUE, FALSE]
        for addend, low, high in zip(reversed(addends), lows[-2::-1], highs[-2::-1], strict=True):
            after, reached = ends, functions
            # Every need from `need - high` to `need - low` is left by some values of the earlier addends.
            bounds = sorted({end + points for end in after for points in addend.all_points})
            ends, functions = [], []
            for place, end in enumerate(bounds):
                if end < need - high:
                    continue
                wanted = end if end < math.inf else bounds[place - 1] + 1
                function = reached[bisect.bisect_left(after, wanted - addend.otherwise)]
                for condition, points in zip(addend.conditions, addend.points, strict=True):
                    then = reached[bisect.bisect_left(after, wanted - points)]
                    function = self.choose(condition, then, function)
                if functions and functions[-1] == function:
                    ends[-1] = end
                else:
                    ends.append(end)
                    functions.append(function)
                if end >= need - low:
                    break
            ends[-1] = math.inf
        return functions[bisect.bisect_left(ends, need)]

    def at_least(self, count: int, conditions: Sequence[int]) -> int:
        """Return the condition that at least `count` of some conditions hold."""
        return self.reaches(count, [Addend((condition,), (1,)) for condition in conditions])

    def sums(self, addends: Sequence[Addend]) -> dict[int, int]:
        """Return, for each sum that some addends can have, the condition that they have it, in ascending order."""
        where = {0: TRUE}
        for addend in addends:
            following: dict[int, int] = {}
            rest = TRUE
            for condition, points in [*zip(addend.conditions, addend.points, strict=True), (TRUE, addend.otherwise)]:
                here = self.choose(rest, condition, FALSE)
                rest = self.choose(condition, FALSE, rest)
                for total, such in where.items():
                    both = self.choose(here, such, FALSE)
                    if both != FALSE:
                        known = following.get(total + points, FALSE)
                        following[total + points] = self.choose(both, TRUE, known)
            where = following
        return dict(sorted(where.items()))

    def selected(self, conditions: Sequence[int]) -> int:
        """Return, as a function, the position of the condition that holds, of some that exclude each other."""
        function = leaf(len(conditions) - 1)
        for position in reversed(range(len(conditions) - 1)):
            function = self.choose(conditions[position], leaf(position), function)
        return function

    def count(self, condition: int) -> int:
        """Return how many combinations of values of all variables satisfy a condition."""
        # Each node counts over all variables. A variable that a node doesn't test multiplies the counts of its
        # children, so the sum over the children is always divisible by the number of children.
        counts = {TRUE: math.prod(self.sizes), FALSE: 0}
        for node in nodes_below([condition], self.children):
            children = self.children[node]
            counts[node] = sum(map(counts.__getitem__, children)) // len(children)
        return counts[condition]


def nodes_below(roots: Sequence[int], children: Sequence[Sequence[int]]) -> list[int]:
    """Return the nodes that the roots need, each once and after its children.

    The order depends only on the functions, not on how they were built.

    Args:
        roots: References.
        children: For each node, the references of its children.
    """
    seen: set[int] = set()
    order: list[int] = []
    for root in roots:
        stack = [(root, False)]
        while stack:
            function, is_after_children = stack.pop()
            if is_after_children:
                order.append(function)
            elif function >= 0 and function not in seen:
                seen.add(function)
                stack.append((function, True))
                # A number may have a thousand cells, of which most lead to the same few functions.
                stack += [(child, False) for child in reversed(dict.fromkeys(children[function]))]
    return order
