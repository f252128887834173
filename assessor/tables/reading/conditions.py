"""The conditions that the cells of a decision table state about their questions."""

from __future__ import annotations

from assessor.errors import did_you_mean
from assessor.model.answers import valid_dates, valid_numbers
from assessor.model.conditions import Comparison, Condition, all_of, any_of
from assessor.model.questions.choices import Choice
from assessor.model.questions.dates import Date, DateComparison
from assessor.model.questions.numbers import Number, NumberComparison
from assessor.model.questions.question import YesNo
from assessor.model.rules.decisions import Decision, OutcomeIs
from assessor.tables.reading.columns import AskedColumn
from assessor.tables.reading.questions import BOOLEANS, is_boolean
from assessor.tables.unary_tests import Bound, Day, Interval, Literal, TestError, UnaryTests, literal_text, shown

_LAST_DAY = "9999-12-31"


def condition_of(column: AskedColumn, tests: UnaryTests) -> Condition | None:
    """Return the condition that a cell states about a question; nothing if every answer passes.

    Raises:
        TestError: If it does not fit the question, or no answer passes.
    """
    if tests.is_any:
        return None
    question = column.question
    if isinstance(question, (Number, Date)):
        return _ranged_condition(question, tests)
    if isinstance(question, YesNo):
        passing = {_boolean(question, value) for value in tests.tests}
        passing = {True, False} - passing if tests.is_negated else passing
        if len(passing) == 2:
            return None
        if not passing:
            raise TestError("neither yes nor no passes; remove the row, or correct the cell")
        return question if passing == {True} else ~question
    assert isinstance(question, Choice)
    chosen = {_option(column, question, value) for value in tests.tests}
    passed = [each for each in question.option_ids if (each in chosen) != tests.is_negated]
    if len(passed) == len(question.options):
        return None
    if not passed:
        raise TestError("no option passes; remove the row, or correct the cell")
    return question.is_(*passed)


def outcome_condition(decision: Decision, tests: UnaryTests) -> OutcomeIs | None:
    """Return the condition that a cell states about what an earlier decision comes to.

    Raises:
        TestError: If the decision does not have an outcome, or none passes.
    """
    if tests.is_any:
        return None
    known = [outcome.id for outcome in decision.outcomes]
    named = [literal_text(value) for value in tests.tests]
    for text in named:
        if text not in known:
            raise TestError(f"decision {decision.id!r} never comes to {text!r}.{did_you_mean(text, known)}")
    passed = [each for each in known if (each in named) != tests.is_negated]
    if len(passed) == len(known):
        return None
    if not passed:
        raise TestError("no outcome passes; remove the row, or correct the cell")
    return decision.is_(*passed)


def _boolean(question: YesNo, value: Literal | Interval) -> bool:
    if not is_boolean(value):
        raise TestError(f"{shown(str(value))} is neither yes nor no, which answer {question.id!r}")
    return value if isinstance(value, bool) else BOOLEANS[str(value).casefold()]


def _option(column: AskedColumn, question: Choice, value: Literal | Interval) -> str:
    text = literal_text(value)
    option = None if isinstance(value, Interval) else column.option(text)
    if option is None:
        raise TestError(f"question {question.id!r} has no option {text!r}.{did_you_mean(text, column.options)}")
    return option


def _ranged_condition(question: Number | Date, tests: UnaryTests) -> Condition | None:
    parts = []
    for value in tests.tests:
        interval = value if isinstance(value, Interval) else _exactly(question, value)
        if interval.is_of_dates != isinstance(question, Date):
            kind = "date" if isinstance(question, Date) else "number"
            raise TestError(f"{shown(str(value))} is not a {kind}, which answers {question.id!r}")
        parts.append(_between(question, interval))
    passing = [part for part in parts if part is not False]
    if any(part is None for part in passing):
        if tests.is_negated:
            raise TestError(_outside(question))
        return None
    conditions = [part for part in passing if isinstance(part, Condition)]
    if not conditions:
        if tests.is_negated:
            return None
        raise TestError(_outside(question))
    either = conditions[0] if len(conditions) == 1 else any_of(*conditions)
    return ~either if tests.is_negated else either


def _exactly(question: Number | Date, value: Literal) -> Interval:
    if isinstance(value, bool) or not isinstance(value, (float, Day)):
        kind = "date" if isinstance(question, Date) else "number"
        raise TestError(f"{shown(str(value))} is not a {kind}, which answers {question.id!r}")
    return Interval(value, True, value, True)


def _outside(question: Number | Date) -> str:
    takes = valid_dates(question) if isinstance(question, Date) else valid_numbers(question)
    return f"no answer passes: {question.id!r} takes {takes}"


def _between(question: Number | Date, interval: Interval) -> Condition | bool | None:
    """Return the condition that an answer is in an interval; nothing if every answer is, `False` if none is."""
    parts: list[Comparison] = []
    for bound, is_in, above in ((interval.low, interval.has_low, True), (interval.high, interval.has_high, False)):
        if bound is None:
            continue
        sign = (">=" if is_in else ">") if above else ("<=" if is_in else "<")
        comparison = _comparison(question, sign, bound)
        if comparison is None or comparison.cut > question.maximum:
            if above:
                return False
        elif comparison.cut <= question.minimum:
            if not above:
                return False
        else:
            parts.append(comparison)
    if len(parts) == 2 and parts[0].cut >= parts[1].cut:
        return False
    return all_of(*parts) if len(parts) == 2 else parts[0] if parts else None


def _comparison(question: Number | Date, sign: str, bound: Bound) -> Comparison | None:
    """Return a comparison; nothing if it would cut after the last day of the calendar."""
    if isinstance(question, Number):
        return NumberComparison(question, sign, float(bound))
    comparison = DateComparison(question, sign, str(bound))
    return None if comparison.is_below_cut and str(bound) == _LAST_DAY else comparison
