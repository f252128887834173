"""Assess many rows of answers at once."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessor.bulk.columns import Column, Parse, read_column
from assessor.bulk.evaluation import Evaluator, Verdict, evaluator_of
from assessor.bulk.following import Floats
from assessor.bulk.tables import columns_of, length_of, present_names
from assessor.errors import TableError, did_you_mean
from assessor.logic.bundle import BundleBranch, BundleEstimate, BundleQuestion
from assessor.logic.compiling.compile import compile_ruleset
from assessor.model.formulas.ranges import step_values
from assessor.model.ruleset import RuleSet

_Value = Any  # an array, or a float that stands for every row
_Ranges = tuple[_Value, ...]  # the likely value of an input, and the ends of its range

KINDS = ("low", "likely", "high")
"""What each estimate has a column for."""

PER_DECISION = ("outcome", "settled", "possible", "rule")
"""What each decision has a column for: the first under these names, later ones with their id before them."""


@dataclass(frozen=True)
class ManyVerdicts:
    """What many rows come to in a decision after the first.

    Attributes:
        verdicts: The distinct verdicts, in no particular order. Some may be those of other tables.
        verdict_of: For each row, the position of its verdict in `verdicts`; -1 for a row with an error.
    """

    verdicts: Sequence[Verdict]
    verdict_of: NDArray[np.int32]


class ManyAssessments:
    """What `assess_many` returns: what `assess` says of each row.

    Attributes:
        verdicts: The distinct verdicts, in no particular order. Some may be those of other tables.
        verdict_of: For each row, the position of its verdict in `verdicts`; -1 for a row with an error.
        decisions: The same for each decision after the first, by its id.
        errors: For each row with a value that does not fit, what is wrong.
    """

    def __init__(self, evaluator: Evaluator, columns: Mapping[int, Column], count: int) -> None:
        """Evaluate the rows. This is for `assess_many`."""
        self._evaluator = evaluator
        self._bundle = compile_ruleset(evaluator.ruleset)
        self._columns = columns
        given: list[NDArray[Any]] = [
            columns[position].cells if position in columns else np.full(count, size, np.min_scalar_type(size))
            for position, size in enumerate(evaluator.sizes)
        ]
        self._cells = evaluator.counted(given, count)
        found: dict[int, list[str]] = {}
        for position in sorted(columns):
            for row, problem in columns[position].errors:
                found.setdefault(row, []).append(problem)
        self.errors: dict[int, str] = {row: _joined(found[row]) for row in sorted(found)}
        self._wrong = np.fromiter(self.errors, np.int64, len(self.errors))
        self.verdict_of: NDArray[np.int32] = evaluator.verdicts_of(self._cells, count)
        self.verdict_of[self._wrong] = -1
        self.verdicts: Sequence[Verdict] = tuple(evaluator.verdicts)
        self.decisions: dict[str, ManyVerdicts] = {}
        for name, later in evaluator.later.items():
            verdict_of = later.verdicts_of(self._cells, count)
            verdict_of[self._wrong] = -1
            self.decisions[name] = ManyVerdicts(tuple(later.verdicts), verdict_of)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.verdict_of)

    @cached_property
    def actions_of(self) -> NDArray[np.int32]:
        """For each row, the position of its actions in `actions`; -1 for a row with an error."""
        found = self._evaluator.actions_of(self._cells, self.verdict_of)
        found[self._wrong] = -1
        return found

    @property
    def actions(self) -> Sequence[tuple[str, ...]]:
        """Lists of actions: those of `actions_of`, after its first use, and those of other tables."""
        return self._evaluator.actions

    @cached_property
    def next_of(self) -> NDArray[np.int32]:
        """For each row, the position in the rule set of the question to ask next; -1 for none.

        Of several decisions, the first that is open counts.
        """
        found = self._evaluator.next_of(self._cells, self.verdict_of)
        for name, later in self._evaluator.later.items():
            rows = np.flatnonzero(found < 0)
            cells = [each[rows] for each in self._cells]
            found[rows] = later.next_of(cells, self.decisions[name].verdict_of[rows])
        found[self._wrong] = -1
        return found

    @cached_property
    def estimates(self) -> dict[str, tuple[Floats, Floats, Floats]]:
        """For each estimate, its low, likely and high of each row; NaN where it is open, or the row has an error."""
        values = {position: column.values for position, column in self._columns.items() if column.values is not None}
        found = {}
        for estimate in self._bundle["estimates"]:
            inputs = _inputs(estimate, self._bundle["questions"], values, len(self))
            if "branches" in estimate:
                ranges = self._united(estimate, inputs)
            else:
                ranges = _evaluated({"steps": estimate["steps"]}, inputs, len(self))
            low, likely, high = (np.array(each) for each in ranges)
            for each in (low, likely, high):
                each[self._wrong] = np.nan
            found[estimate["id"]] = (low, likely, high)
        return found

    def _united(self, estimate: BundleEstimate, inputs: Sequence[_Ranges]) -> tuple[Floats, Floats, Floats]:
        """Return the low, likely and high of an estimate over the branches that each row may lead to."""
        defaults = {
            position: (question["cuts"], question["default"])
            for position, question in enumerate(self._bundle["questions"])
            if "default" in question
        }

        def reached(first: int, last: int) -> list[NDArray[np.bool_]]:
            """Return the branches if open numbers are between two values of their defaults."""
            spans = {
                position: (bisect_right(cuts, default[first]), bisect_right(cuts, default[last]))
                for position, (cuts, default) in defaults.items()
            }
            return self._evaluator.branches_of(estimate["id"], self._cells, len(self), spans)

        low, likely, high = (np.full(len(self), value) for value in (np.inf, np.nan, -np.inf))
        with np.errstate(all="ignore"):  # of rows that don't lead to the branch
            for branch, possible, expected in zip(estimate["branches"], reached(0, 2), reached(1, 1), strict=True):
                least, usual, most = _evaluated(branch, inputs, len(self))
                low = np.where(possible, np.minimum(low, least), low)
                likely = np.where(expected, usual, likely)
                high = np.where(possible, np.maximum(high, most), high)
        return low, np.where(np.isnan(low), np.nan, likely), high

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield each row as a mapping: `outcome`, `settled`, `possible`, `rule`, `next`, `actions` and `error`.

        Each decision after the first adds `ID_outcome`, `ID_settled`, `ID_possible` and `ID_rule`. Each estimate adds
        `ID_low`, `ID_likely` and `ID_high`. A row with an error has nothing else. This is the slow
        way, to look at some rows.
        """
        questions = self._bundle["questions"]
        columns = zip(self.verdict_of.tolist(), self.actions_of.tolist(), self.next_of.tolist(), strict=True)
        for row, (number, applying, asked) in enumerate(columns):
            result: dict[str, Any] = {
                **_told(self.verdicts, number),
                "next": questions[asked]["id"] if asked >= 0 else None,
                "actions": list(self.actions[applying]) if number >= 0 else None,
                "error": self.errors.get(row),
            }
            for name, decided in self.decisions.items():
                told = _told(decided.verdicts, int(decided.verdict_of[row]))
                result |= {f"{name}_{key}": value for key, value in told.items()}
            for name, ranges in self.estimates.items():
                for kind, column in zip(KINDS, ranges, strict=True):
                    value = float(column[row])
                    result[f"{name}_{kind}"] = None if np.isnan(value) else value
            yield result


def _joined(problems: Sequence[str]) -> str:
    """Return what is wrong with a row, in one line."""
    return "; ".join([*(problem.removesuffix(".") for problem in problems[:-1]), problems[-1]])


def _told(verdicts: Sequence[Verdict], number: int) -> dict[str, Any]:
    """Return what each decision has a column for, of a verdict; a negative number stands for none."""
    found = [getattr(verdicts[number], key) if number >= 0 else None for key in PER_DECISION]
    return {
        key: list(value) if isinstance(value, tuple) else value for key, value in zip(PER_DECISION, found, strict=True)
    }


def assess_table(ruleset: RuleSet, table: object) -> ManyAssessments:
    """Assess a table; see `assess_many`."""
    given = columns_of(table)
    columns = dict(zip(present_names(list(given), ruleset.questions), given.values(), strict=True))
    known = [question.id for question in ruleset.questions]
    for name in columns:
        if name not in known:
            raise TableError(f"column {name!r} is not a question of {ruleset.id!r}.{did_you_mean(str(name), known)}")
    return assess_columns(evaluator_of(ruleset), columns, length_of(columns))


def assess_columns(
    evaluator: Evaluator, columns: Mapping[str, Any], count: int, parse: Parse | None = None
) -> ManyAssessments:
    """Assess rows with what an evaluator has learnt from others.

    Args:
        evaluator: The evaluator.
        columns: A column for each answered question.
        count: The number of rows.
        parse: Reads texts, if they come from a file that has nothing else.
    """
    bundle = compile_ruleset(evaluator.ruleset)
    read = {
        position: read_column(question, bundle["questions"][position], columns[question.id], parse)
        for position, question in enumerate(evaluator.ruleset.questions)
        if question.id in columns
    }
    return ManyAssessments(evaluator, read, count)


def _inputs(
    estimate: BundleEstimate, questions: Sequence[BundleQuestion], values: Mapping[int, Floats], count: int
) -> list[_Ranges]:
    """Return the range of each input of an estimate; NaN while a number without a default is open.

    Args:
        estimate: The estimate.
        questions: The questions of the bundle.
        values: For each question that is a number, its answers; NaN where open.
        count: The number of rows.
    """
    ranges: list[_Ranges] = []
    for each in estimate["inputs"]:
        low: _Value
        likely: _Value
        high: _Value
        if not isinstance(each, dict):
            low, likely, high = map(float, each)
            ranges.append((likely, low) if low == high else (likely, low, high))
            continue
        answers = values.get(each["question"])
        default = questions[each["question"]].get("default", [np.nan] * 3)
        if answers is None:
            answers = np.full(count, np.nan)
        is_open = np.isnan(answers)
        if not is_open.any():
            ranges.append((answers, answers))
            continue
        low, likely, high = (np.where(is_open, float(value), answers) for value in default)
        ranges.append((likely, low) if default[0] == default[2] else (likely, low, high))
    return ranges


def _evaluated(branch: BundleBranch, inputs: Sequence[_Ranges], count: int) -> tuple[Floats, Floats, Floats]:
    """Return the low, likely and high of a formula."""
    ranges: list[_Ranges] = [each if place in branch["steps"] else (0.0, 0.0) for place, each in enumerate(inputs)]
    for place, least, greatest in branch.get("within", ()):
        ranges[int(place)] = tuple(np.minimum(np.maximum(each, least), greatest) for each in ranges[int(place)])
    low = high = likely = _evaluate(branch["steps"], [each[0] for each in ranges], count)
    for corner in itertools.product(*(each[1:] for each in ranges)):
        result = _evaluate(branch["steps"], corner, count)
        low, high = np.minimum(low, result), np.maximum(high, result)
    return low, likely, high


def _evaluate(steps: Sequence[int | str], inputs: Sequence[_Value], count: int) -> Floats:
    *_, result = step_values(steps, inputs)
    return np.broadcast_to(np.asarray(result, np.float64), count)
