"""The rows of a decision table as conditions, and what its hit policy makes of them."""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from assessor.errors import Location
from assessor.logic.compiling.functions import cell_values, cuts_of
from assessor.logic.diagram import FALSE, DiagramTooLargeError
from assessor.logic.space import AnswerSpace
from assessor.model.answers import Answer, answers_text
from assessor.model.conditions import ALWAYS, AllOf, Comparison, Condition, Not
from assessor.model.questions.choices import Is, question_of
from assessor.model.questions.question import Question, YesNo
from assessor.model.rules.decisions import with_earlier
from assessor.model.rules.outcomes import Outcome
from assessor.tables.decision_table import DecisionTable, Row
from assessor.tables.names import id_of, plain_text
from assessor.tables.reading.columns import AskedColumn
from assessor.tables.sheet import Problems

# Each row is compared with each other one.
_MOST_COMPARED = 2_000
_MOST_NODES = 500_000
_SUPPORTED = ("FIRST", "UNIQUE", "ANY")


@dataclass(frozen=True)
class ReadRow:
    """A row whose cells are conditions: each with its question and its cell. It has none where all pass.

    A cell about an earlier decision has no question.
    """

    row: Row
    conditions: Sequence[tuple[Question | None, Condition | None, Location]]
    outcome: Outcome

    @property
    def id(self) -> str:
        """The id of the rule, which neighbouring rows may share."""
        return id_of(plain_text(self.row.id.text))

    @property
    def reads_decision(self) -> bool:
        """Whether a cell asks what an earlier decision comes to."""
        return any(question is None and condition is not None for question, condition, _ in self.conditions)

    @cached_property
    def condition(self) -> Condition:
        """What all its cells state."""
        parts = [condition for _, condition, _ in self.conditions if condition is not None]
        return functools.reduce(operator.and_, parts) if parts else ALWAYS

    def location(self, rows: int) -> Location:
        """Return the place of the rule, with its cells unless it has several rows, whose cells ask the same."""
        cells = {
            question.id: place
            for question, condition, place in self.conditions
            if question is not None and condition is not None
        }
        return replace(self.row.location, cells=cells if rows == 1 else {})


def check_hit_policy(
    table: DecisionTable, columns: Sequence[AskedColumn], rows: Sequence[ReadRow], problems: Problems
) -> None:
    """Refuse a hit policy that decides otherwise than the first row that holds.

    Each row is a box: a set of answers for each question. Two boxes share answers if their sets do for every question.
    Cells about an earlier decision are no part of a box: for rows with such cells, a diagram says which answers lead to
    its outcomes.
    """
    policy = table.hit_policy.text
    if policy not in _SUPPORTED:
        problems.add(
            table.hit_policy.location,
            f"the hit policy {policy!r} is not supported: here, the first row that holds decides; use FIRST, UNIQUE or "
            "ANY",
        )
    if policy not in ("UNIQUE", "ANY"):
        return
    if len(rows) > _MOST_COMPARED:
        problems.add(
            table.hit_policy.location,
            f"{len(rows):,} rows are too many to prove the hit policy {policy}; use FIRST, where the upper row "
            "goes first",
        )
        return
    cuts = cuts_of(row.condition for row in rows)
    values = {each.question.id: cell_values(each.question, cuts.get(each.question.id, ())) for each in columns}
    boxes = [
        {
            question.id: frozenset(at for at, value in enumerate(values[question.id]) if _passes(condition, value))
            for question, condition, _ in row.conditions
            if question is not None and condition is not None
        }
        for row in rows
    ]
    exact = _ExactRows(rows) if any(row.reads_decision for row in rows) else None
    for (one, first), (other, second) in combinations(zip(rows, boxes, strict=True), 2):
        if policy == "ANY" and one.outcome is other.outcome:
            continue
        both = {**first, **second, **{name: first[name] & second[name] for name in first.keys() & second.keys()}}
        if all(both.values()):
            example: Mapping[str, Answer] = {name: values[name][min(cells)] for name, cells in both.items()}
            if exact is not None and (one.reads_decision or other.reads_decision):
                try:
                    shared = exact.shared_answers(one, other)
                except DiagramTooLargeError:
                    problems.add(
                        table.hit_policy.location,
                        f"the decisions that the table reads are too large to prove the hit policy {policy}; use "
                        "FIRST, where the upper row goes first",
                    )
                    return
                if shared is None:
                    continue
                example = shared
            how = "both hold" if policy == "UNIQUE" else "hold with another outcome each"
            problems.add(
                other.row.location,
                f"the hit policy is {policy}, but this row and {one.row.location.cell} {how} for "
                f"{_in_line(example)}; correct one, or set the hit policy FIRST if the upper row goes first",
            )


class _ExactRows:
    """Finds answers for which two rows hold, with what the decisions that they read come to."""

    def __init__(self, rows: Sequence[ReadRow]) -> None:
        conditions = [row.condition for row in rows]
        asked = (question_of(part) for condition in conditions for part in with_earlier(condition))
        questions = {question.id: question for question in asked if question is not None}
        cuts = cuts_of(conditions)
        values = {name: cell_values(question, cuts.get(name, ())) for name, question in questions.items()}
        self._space = AnswerSpace(values, {}, _MOST_NODES)

    def shared_answers(self, one: ReadRow, other: ReadRow) -> Mapping[str, Answer] | None:
        """Return answers for which both rows hold; `None` if there are none.

        Raises:
            DiagramTooLargeError: If the rows are too large.
        """
        both = self._space.both(*(self._space.compile(row.condition) for row in (one, other)))
        return None if both == FALSE else self._space.witness(both)


def _in_line(answers: Mapping[str, Answer]) -> str:
    return ", ".join(answers_text(answers).splitlines()) or "all answers"


def _passes(condition: Condition, answer: Answer) -> bool:
    """Return whether an answer meets a condition about its question alone."""
    if isinstance(condition, YesNo):
        return answer is True
    if isinstance(condition, Comparison):
        assert isinstance(answer, (float, str))
        return bool(answer >= condition.cut) == condition.holds_above
    if isinstance(condition, Is):
        return answer in condition.options
    held = [_passes(part, answer) for part in condition.parts]
    if isinstance(condition, Not):
        return not held[0]
    return all(held) if isinstance(condition, AllOf) else any(held)
