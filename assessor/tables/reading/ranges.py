"""Columns of numbers and of dates: which of them are valid answers."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assessor.errors import Location
from assessor.language.quantities import format_quantity
from assessor.model.questions.dates import Date
from assessor.model.questions.numbers import LARGEST_ANSWER, Number
from assessor.tables.decision_table import STEP, VALUES, Column, DecisionTable, TextCell
from assessor.tables.reading.columns import AskedColumn, CellError, Cells, described, literals
from assessor.tables.unary_parser import parse_tests
from assessor.tables.unary_tests import Day, Interval, Literal, TestError, shown

_WHOLE = ("integer", "long")
_LARGEST = 1e308


def number_column(column: Column, id: str, cells: Cells, notes: list[str], table: DecisionTable) -> AskedColumn:
    """Return a column with its question for a number."""
    texts = described(column, "number")
    is_whole = column.type.rpartition(":")[2].lower() in _WHOLE
    step: float | None = 1 if is_whole else None
    if STEP in column.texts:
        step = _read_number(column.texts[STEP])
    span = _declared_span(column)
    if span is None:
        least = _likely_minimum([value for value, _ in literals(cells)])
        span = Interval(least, has_low=True)
        said = format_quantity(least)
        notes.append(
            f"{column.location}: nothing says which numbers are valid, so all from {said} are; give the greatest one, "
            "if there is one"
        )
    if span.is_of_dates:
        raise CellError(_place_of_values(column), f"the valid numbers are {span}, which are dates")
    if span.low is None or not span.has_low or (span.high is not None and not span.has_high):
        raise CellError(
            _place_of_values(column), f"the valid numbers, {span}, need a least one, and may have a greatest: [0..100]"
        )
    least, greatest = (_tidy(float(end)) for end in (span.low, LARGEST_ANSWER if span.high is None else span.high))
    question = Number(id, **texts, minimum=least, maximum=greatest, step=None if step is None else _tidy(step))
    return AskedColumn(column, question, {})


def date_column(column: Column, id: str, cells: Cells, notes: list[str], table: DecisionTable) -> AskedColumn:
    """Return a column with its question for a date."""
    texts = described(column, "date")
    span = _declared_span(column)
    if span is None:
        return AskedColumn(column, Date(id, **texts), {})
    if not (isinstance(span.low, Day) and isinstance(span.high, Day) and span.has_low and span.has_high):
        raise CellError(
            _place_of_values(column),
            f"the valid dates, {span}, need a first and a last one: [2026-01-01..2030-12-31]",
        )
    return AskedColumn(column, Date(id, **texts, earliest=str(span.low), latest=str(span.high)), {})


def _declared_span(column: Column) -> Interval | None:
    """Return the valid numbers or dates of a column, if the table has them."""
    if VALUES in column.texts:
        return interval_of(column.texts[VALUES])
    if column.allowed and isinstance(column.allowed[0].tests[0], Interval):
        return column.allowed[0].tests[0]
    return None


def _place_of_values(column: Column) -> Location:
    return column.texts[VALUES].location if VALUES in column.texts else column.location


def _tidy(number: float) -> float:
    """Return a whole number as an integer, which reads better."""
    return int(number) if float(number).is_integer() and abs(number) < 2**53 else number


def interval_of(cell: TextCell) -> Interval:
    """Return the valid numbers or dates that a cell names.

    Raises:
        CellError: If it names none.
    """
    try:
        tests = parse_tests(cell.text, is_feel=False)
    except TestError as error:
        raise CellError(cell.location, str(error)) from None
    if tests.is_negated or len(tests.tests) != 1 or not isinstance(tests.tests[0], Interval):
        raise CellError(cell.location, f"{shown(cell.text)} is no range: write [0..100], or [2026-01-01..2030-12-31]")
    return tests.tests[0]


def _read_number(cell: TextCell) -> float:
    try:
        tests = parse_tests(cell.text, is_feel=False)
    except TestError as error:
        raise CellError(cell.location, str(error)) from None
    if len(tests.tests) != 1 or not isinstance(tests.tests[0], float):
        raise CellError(cell.location, f"{shown(cell.text)} is not a number")
    return tests.tests[0]


def _likely_minimum(values: Sequence[Literal | Interval]) -> float:
    """Return a number below all those in a column: 0, or a negative power of ten."""
    bounds: list[float] = []
    reaches_below = False
    for value in values:
        ends = (value.low, value.high) if isinstance(value, Interval) else (value,)
        # A cell that is no number gets its own message.
        bounds += [end for end in ends if isinstance(end, float)]
        if isinstance(value, Interval):
            reaches_below |= value.low is None and value.high == 0 and not value.has_high
    low = min(bounds, default=0)
    return -_power_above(-low) if low < 0 else -1 if reaches_below else 0


def _power_above(number: float) -> float:
    exponent = math.ceil(math.log10(number)) + 1
    return _LARGEST if exponent > math.log10(_LARGEST) else 10.0**exponent if exponent < 0 else float(10**exponent)
