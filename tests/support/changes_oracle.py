"""What must change to get another result, found by trying everything.

Only the order in which the diagram tests questions is taken from the bundle: which five of more sets of changes are
listed is defined by it. Numbers such as that five are written out here, so that they cannot change by themselves.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any

from assessor import Date, Number, compile_ruleset
from assessor.model.conditions import Comparison, walk
from tests.support.oracle import is_valid
from tests.support.rulesets import conditions, upper_side
from tests.support.ways import Value, Ways


class ChangesOracle:
    """Finds the fewest answers to change for another value."""

    def __init__(self, ways: Ways, value: Value) -> None:
        """Ask for a value of complete answers."""
        self._ways = ways
        self._outcome = value
        self._order = [ways.ids[position] for position in compile_ruleset(ways.ruleset)["order"]]

    def to(self, outcome: str) -> dict[str, Any] | None:
        for count in range(1, len(self._ways.known) + 1):
            sets = [
                questions
                for questions in itertools.combinations(
                    [name for name in self._ways.ids if name in self._ways.known], count
                )
                if self._first_success(outcome, questions)
            ]
            if sets:
                # The diagram is searched in its order, changing a question before keeping it.
                sets.sort(key=lambda questions: [name not in questions for name in self._order])
                chosen = sorted(sets[:5], key=lambda questions: [self._ways.ids.index(name) for name in questions])
                listed = [self._change_set(outcome, questions) for questions in chosen]
                return {"fewest": count, "sets": listed, "more": len(sets) > 5}
        return None

    def _first_success(self, outcome: str, questions: Sequence[str]) -> tuple[int, ...] | None:
        choices = [self._other_cells(name) for name in questions]
        return next((cells for cells in itertools.product(*choices) if self._leads(outcome, questions, cells)), None)

    def _leads(self, outcome: str, questions: Sequence[str], cells: Sequence[int]) -> bool:
        changed = dict(self._ways.known)
        for name, cell in zip(questions, cells, strict=True):
            changed[name] = self._ways.cells(name)[cell]
        still_open = {name: cells for name in self._ways.open if (cells := self._ways.cells(name))}
        ways = (
            {**changed, **dict(zip(still_open, way, strict=True))} for way in itertools.product(*still_open.values())
        )
        return any(self._outcome(way) == outcome for way in ways if is_valid(self._ways.ruleset, way))

    def _change_set(self, outcome: str, questions: Sequence[str]) -> list[dict[str, Any]]:
        first = self._first_success(outcome, questions)
        assert first is not None
        allowed = [[cell] for cell in first]
        for position, name in enumerate(questions):
            for cell in self._other_cells(name):
                wider = [*allowed[:position], [cell], *allowed[position + 1 :]]
                size = math.prod(map(len, wider)) * (len(allowed[position]) + 1)
                is_next = not isinstance(self._ways.question(name), (Number, Date)) or cell == allowed[position][-1] + 1
                is_wanted = cell > first[position] and size <= 64 and is_next
                if is_wanted and all(self._leads(outcome, questions, cells) for cells in itertools.product(*wider)):
                    allowed[position].append(cell)
        return [self._change(name, cells) for name, cells in zip(questions, allowed, strict=True)]

    def _change(self, name: str, cells: Sequence[int]) -> dict[str, Any]:
        if isinstance(self._ways.question(name), (Number, Date)):
            bounds = [None, *self._ways.cells(name)[1:], None]
            (low, above), (high, at_most) = (self._named(name, bounds[cell]) for cell in (cells[0], cells[-1] + 1))
            to = {"above": above} if above is not None else {"at_least": low}
            to |= {"at_most": at_most} if at_most is not None else {"below": high}
            return {"question": name, "to": to}
        return {"question": name, "to": {"options": [self._ways.cells(name)[cell] for cell in cells]}}

    def _named(self, name: str, bound: Any) -> tuple[Any, Any]:
        """Return a bound, and the answer before it if the first condition with this bound names that one."""
        question = self._ways.question(name)
        for condition in conditions(self._ways.ruleset):
            for part in walk(condition):
                if isinstance(part, Comparison) and part.question == question and upper_side(part) == bound:
                    if part.operator in (">=", "<"):
                        return bound, None
                    is_whole = isinstance(part.question, Number) and part.question.step == 1
                    return bound, float(math.floor(part.threshold)) if is_whole else part.threshold
        return bound, None

    def _other_cells(self, name: str) -> list[int]:
        cells, answer = self._ways.cells(name), self._ways.known[name]
        if isinstance(answer, (int, float)) and isinstance(self._ways.question(name), Number):
            own = sum(float(cut) <= float(answer) for cut in cells[1:])
        elif isinstance(self._ways.question(name), Date):
            own = sum(cut <= answer for cut in cells[1:])
        else:
            own = cells.index(answer)
        return [cell for cell in range(len(cells)) if cell != own]
