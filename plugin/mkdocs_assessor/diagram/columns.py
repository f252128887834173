"""Assign each test and outcome to a column of the picture, so that few lines cross."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mkdocs_assessor.diagram.outline import Node

_CROSSING = 6
_DISORDER = 1
_MOST_PASSES = 12
# Enough for any diagram that is drawn to get near its optimum. A fixed number gives the same picture on any machine.
_MOST_TRIALS = 6000


def arrange(tests: Sequence[Node], rows: Sequence[int]) -> dict[int, int]:
    """Return the column, counted from 0, of each target: a test by its position, an outcome by its reference.

    Args:
        tests: The tests.
        rows: The row of each test. Branches lead downwards, and outcomes are below all rows.
    """
    columns = _Columns(tests, rows)
    columns.improve()
    return columns.numbered()


class _Columns:
    """Improves columns step by step, as long as there are fewer crossings or shorter lines."""

    def __init__(self, tests: Sequence[Node], rows: Sequence[int]) -> None:
        self._last = max(rows) + 1
        # The lines that start below each row, as source and target, and the rows in which a target occupies its column.
        self._starting: list[list[tuple[int, int]]] = [[] for _ in range(self._last)]
        self._taken: dict[int, range] = {0: range(rows[0], rows[0] + 1)}
        for source, (test, row) in enumerate(zip(tests, rows, strict=True)):
            for branch in test.branches:
                self._starting[row].append((source, branch.target))
                if branch.target not in self._taken:
                    own = rows[branch.target] if branch.target >= 0 else self._last
                    self._taken[branch.target] = range(row + 1, own + 1)
        self._targets = list(self._taken)
        self._passing = [
            [target for target, taken in self._taken.items() if row in taken and row + 1 in taken]
            for row in range(self._last)
        ]
        # The rows below which moving a target can change anything.
        self._touched = {
            target: range(max(taken.start - 1, 0), min(taken.stop, self._last)) for target, taken in self._taken.items()
        }
        self._column: dict[int, int] = {}
        self._start()
        self._costs = [self._cost(row) for row in range(self._last)]
        self._trials = 0

    def _start(self) -> None:
        """Give each target the free column nearest to the source of its first line."""
        source_of: dict[int, int] = {}
        for starting in self._starting:
            for source, target in starting:
                source_of.setdefault(target, source)
        # Targets whose lines start first go first, so that there are only as many columns as lines side by side.
        for target in sorted(self._targets, key=lambda each: self._taken[each].start):
            near = self._column.get(source_of.get(target, target), 0)
            free = [column for column in range(len(self._targets)) if self._is_free(column, self._taken[target])]
            self._column[target] = min(
                free, key=lambda column: (column > max(self._column.values(), default=0), abs(column - near))
            )

    def _is_free(self, column: int, taken: range, *but: int) -> bool:
        return not any(
            other == column and target not in but and _overlap(taken, self._taken[target])
            for target, other in self._column.items()
        )

    def _cost(self, row: int) -> int:
        """Return the cost below a row: crossing lines, horizontal distances, and answers out of order."""
        column = self._column
        ends = [(column[source], column[target], target) for source, target in self._starting[row]]
        cost = sum(abs(start - end) for start, end, _ in ends)
        for start, end, target in ends:
            left, right = min(start, end), max(start, end)
            cost += _CROSSING * sum(left < column[other] < right for other in self._passing[row] if other != target)
        for position, (start, end, _) in enumerate(ends):
            for other_start, other_end, _ in ends[:position]:
                cost += _CROSSING * ((start - other_start) * (end - other_end) < 0)
                cost += _DISORDER * (start == other_start and end < other_end)
        return cost

    def improve(self) -> None:
        """Try moves, swaps and shifts until none helps."""
        for _ in range(_MOST_PASSES):
            is_better = False
            for change in self._changes():
                if self._trials >= _MOST_TRIALS:
                    return
                is_better |= self._try(change)
            if not is_better:
                return

    def _changes(self) -> Iterator[dict[int, int]]:
        count = max(self._column.values()) + 1
        for first in range(count):
            for second in range(count):
                if first != second:
                    yield self._shifted(first, second)
        for target in self._targets:
            for column in range(count):
                if column != self._column[target] and self._is_free(column, self._taken[target], target):
                    yield {target: column}
        for position, one in enumerate(self._targets):
            for other in self._targets[:position]:
                ours, theirs = self._column[one], self._column[other]
                if (
                    ours != theirs
                    and self._is_free(theirs, self._taken[one], one, other)
                    and self._is_free(ours, self._taken[other], one, other)
                ):
                    yield {one: theirs, other: ours}

    def _shifted(self, first: int, second: int) -> dict[int, int]:
        """Return the change that removes a whole column and inserts it elsewhere."""
        order = list(range(max(self._column.values()) + 1))
        order.insert(second, order.pop(first))
        return {target: order.index(column) for target, column in self._column.items()}

    def _try(self, change: dict[int, int]) -> bool:
        self._trials += 1
        rows = sorted({row for target in change for row in self._touched[target]})
        before = {target: self._column[target] for target in change}
        self._column.update(change)
        costs = {row: self._cost(row) for row in rows}
        if sum(costs.values()) < sum(self._costs[row] for row in rows):
            for row, cost in costs.items():
                self._costs[row] = cost
            return True
        self._column.update(before)
        return False

    def numbered(self) -> dict[int, int]:
        """Return the columns, renumbered without empty ones."""
        used = sorted(set(self._column.values()))
        return {target: used.index(column) for target, column in self._column.items()}


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop
