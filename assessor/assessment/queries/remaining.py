"""Count how many questions remain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assessor.assessment.queries.interpreter import bits
from assessor.assessment.queries.restriction import Restriction

# Real rule sets take about a hundred steps. Finding the fewest questions is a hard problem in general. If the limit is
# reached, report nothing rather than a number that may be wrong.
MOST_STEPS = 2_000


def remaining(restriction: Restriction, function: int) -> tuple[int | None, int]:
    """Return the fewest and the most questions after which no open question matters.

    The fewest is the smallest number of open questions for which some answers force the value, whatever the other
    answers are. It is `None` if `MOST_STEPS` steps don't find it.

    The most applies if readers answer only questions that still matter, in any order. It is the number of questions
    that matter now. It can't be larger, and some answers reach it (A. Salomaa, "On essential variables of functions",
    1963): a function of n > 1 variables has a variable and a value that leave it depending on all others.

    Args:
        restriction: The diagram restricted to the answers.
        function: A function in it.
    """
    return _Search(restriction, function).fewest(), len(bits(restriction.support(function)))


class _OutOfStepsError(Exception):
    pass


class _Search:
    """Searches for the fewest answers that force a function to one value: first one answer, then two, and so on."""

    def __init__(self, restriction: Restriction, function: int) -> None:
        self._restriction = restriction
        self._function = function
        self._steps = 0
        self._costs: Mapping[int, float] = {}
        self._failed: dict[frozenset[int], int] = {}

    def fewest(self) -> int | None:
        """Return the fewest answers that are enough, or `None` if the search takes too many steps."""
        path = self._shortest_path()
        leaves = self._restriction.leaves(self._function)
        costs = [self._least_costs(leaf) for leaf in leaves]
        failed: list[dict[frozenset[int], int]] = [{} for _ in leaves]
        try:
            for count in range(1, path):
                for self._costs, self._failed in zip(costs, failed, strict=True):
                    if self._suffices({self._function}, count):
                        return count
        except _OutOfStepsError:
            return None
        return path

    def _shortest_path(self) -> int:
        """Return the number of tests on the shortest path to a leaf: an upper bound on the fewest answers."""
        lengths: dict[int, int] = {}
        for node in self._restriction.below(self._function):
            lengths[node] = 1 + min(lengths.get(child, 0) for child in self._restriction.children[node])
        return lengths.get(self._function, 0)

    def _least_costs(self, leaf: int) -> Mapping[int, float]:
        """Return, for each node, a lower bound on the answers needed to force it to a leaf."""
        costs: dict[int, float] = {~leaf: 0}
        for node in self._restriction.below(self._function):
            below = [costs.get(child, float("inf")) for child in self._restriction.children[node]]
            # Either leave the node's own question open, or answer it.
            costs[node] = min(max(below), 1 + min(below))
        return costs

    def _suffices(self, functions: set[int], count: int) -> bool:
        """Return whether `count` answers can force all of some functions to the wanted value."""
        if any(self._costs.get(each, float("inf")) > count for each in functions):
            return False
        nodes = frozenset(each for each in functions if each >= 0)
        if not nodes:
            return True
        if self._failed.get(nodes, 0) >= count:
            return False
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise _OutOfStepsError
        if any(self._suffices(following, left) for following, left in self._follow(nodes, count)):
            return True
        self._failed[nodes] = count
        return False

    def _follow(self, nodes: frozenset[int], count: int) -> Iterator[tuple[set[int], int]]:
        """Yield the functions still to force and the answers left, for each choice on the first question tested."""
        variables, children = self._restriction.variables, self._restriction.children
        first = self._restriction.interpreter.first_tested(variables[node] for node in nodes)
        testing = [node for node in nodes if variables[node] == first]
        others = nodes.difference(testing)
        yield {*others, *(child for node in testing for child in children[node])}, count
        for cell in range(self._restriction.interpreter.sizes[first]):
            yield {*others, *(children[node][cell] for node in testing)}, count - 1
