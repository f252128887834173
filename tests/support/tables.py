"""Random answers as tables, and what `assess` says of each row."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pyarrow

from assessor import Choice, Date, Number, Question, RuleSet, YesNo
from assessor.assessment.assess import Reading, interpreter_of
from tests.support.rulesets import random_answer

Answers = dict[str, Any]
OPENNESS = (0.0, 0.3, 0.6, 0.9)
"""The shares of questions that are open."""


def random_rows(rng: random.Random, ruleset: RuleSet, count: int, openness: float) -> list[Answers]:
    """Return sets of answers in which a share of the questions is open."""
    return [
        {each.id: random_answer(rng, ruleset, each) for each in ruleset.questions if rng.random() >= openness}
        for _ in range(count)
    ]


def table_of(ruleset: RuleSet, rows: Sequence[Answers]) -> pyarrow.Table:
    """Return answers as an Arrow table with a column `id`, which counts the rows."""
    columns = {
        each.id: pyarrow.array([_plain(row.get(each.id)) for row in rows], _type(each)) for each in ruleset.questions
    }
    return pyarrow.table({"row_id": pyarrow.array(range(len(rows)), pyarrow.int64()), **columns})


def expected(ruleset: RuleSet, answers: Answers) -> dict[str, Any]:
    """Return what a row must get, by the parts of `assess` that say it: all of it would take five times as long."""
    reading = Reading(interpreter_of(ruleset), ruleset.check_answers(answers))
    found = reading.verdict()
    following = (each.next() for each in (reading, *reading.later.values()))
    told: dict[str, Any] = {
        "outcome": found["outcome"],
        "settled": found["settled"],
        "possible": found["possible"],
        "rule": found["rule"],
        "next": next((each for each in following if each is not None), None),
        "actions": found["actions"]["apply"],
        "error": None,
    }
    for name, each in reading.later.items():
        verdict = each.verdict()
        told |= {
            f"{name}_outcome": verdict["outcome"],
            f"{name}_settled": verdict["settled"],
            f"{name}_possible": verdict["possible"],
            f"{name}_rule": verdict["rule"],
        }
    for name, estimate in reading.estimates().items():
        told[f"{name}_low"] = None if estimate is None else estimate["low"]
        told[f"{name}_likely"] = None if estimate is None else estimate["likely"]
        told[f"{name}_high"] = None if estimate is None else estimate["high"]
    return told


def _plain(answer: Any) -> Any:
    return float(answer) if isinstance(answer, int) and not isinstance(answer, bool) else answer


def _type(question: Question) -> pyarrow.DataType:
    if isinstance(question, YesNo):
        return pyarrow.bool_()
    assert isinstance(question, (Choice, Date, Number))
    return pyarrow.float64() if isinstance(question, Number) else pyarrow.string()
