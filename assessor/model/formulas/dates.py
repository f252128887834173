"""Arithmetic with dates: `release + months(12)`, where `release` is a fact or a `datetime.date`."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Any

from assessor.errors import RuleSetError
from assessor.language.dates import format_date, moved
from assessor.language.decimals import as_written
from assessor.language.quantities import Quotable
from assessor.language.units import conversion
from assessor.language.words import Words
from assessor.model.facts import Fact
from assessor.model.formulas.arithmetic import Formula, Quantity, is_number
from assessor.validation import named_value


@dataclass(frozen=True)
class DateSum(Quotable, Formula):
    """A date that is some time after or before another one. F-strings quote it as readers see it.

    Years, quarters and months are added up and come first. A day that the month does not have becomes its last one: a
    month after 31 January is the last day of February. Then come the weeks and days.

    Attributes:
        start: The date to start from.
        months: The months after it; below zero for those before it.
        days: The days after that, likewise.
        facts: The facts that it comes from.
    """

    start: datetime.date
    months: int = 0
    days: int = 0
    facts: tuple[Fact, ...] = ()
    unit: str = ""

    def __post_init__(self) -> None:
        """Refuse a date that the calendar does not have."""
        try:
            moved(self.start, self.months, self.days)
        except OverflowError:
            raise RuleSetError(
                f"{self.start.isoformat()} and {self.months} months and {self.days} days: dates go from the year 1 to "
                "9999"
            ) from None

    @property
    def date(self) -> datetime.date:
        """The date."""
        return moved(self.start, self.months, self.days)

    @property
    def is_date(self) -> bool:
        """Whether this is a date."""
        return True

    def value_text(self, words: Words | None = None) -> str:
        """Return the date as readers see it; in English by default."""
        return format_date(self.date.isoformat(), words)


def days(count: int) -> Quantity:
    """Return a number of days, to add to a date or to compare a number of days with."""
    return Quantity(count, "day")


def weeks(count: int) -> Quantity:
    """Return a number of weeks, to add to a date or to compare a number of weeks with."""
    return Quantity(count, "week")


def months(count: int) -> Quantity:
    """Return a number of months, to add to a date or to compare a number of months with."""
    return Quantity(count, "month")


def years(count: int) -> Quantity:
    """Return a number of years, to add to a date or to compare a number of years with."""
    return Quantity(count, "year")


def date_of(value: object) -> DateSum | None:
    """Return what is a date as one: a `datetime.date`, a fact whose value is a date, or a sum with one."""
    if isinstance(value, DateSum):
        return value
    if isinstance(value, Fact) and isinstance(value.value, datetime.date):
        return DateSum(value.value, facts=(value,))
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return DateSum(value)
    return None


def date_operation(operator: str, left: object, right: object) -> DateSum:
    """Return the date that is a duration after or before another one.

    Args:
        operator: The operator of the arithmetic; only a duration added to a date, and one subtracted from it, give a
            date.
        left: The left operand.
        right: The right operand.

    Raises:
        RuleSetError: If the operation gives no date.
    """
    start, other = date_of(left), right
    if start is None and operator == "+":
        start, other = date_of(right), left
    if start is None or operator not in "+-" or date_of(other) is not None:
        raise RuleSetError(
            f"{_name(left)} {operator} {_name(right)} is no date: add a duration to a date, or subtract one from it, "
            "as in fact + months(12)"
        )
    sign = 1 if operator == "+" else -1
    facts = start.facts + ((other,) if isinstance(other, Fact) else ())
    for unit in ("month", "day"):
        count = _count(other, unit)
        if count is not None:
            added = {f"{unit}s": getattr(start, f"{unit}s") + sign * count}
            return replace(start, facts=facts, **added)
    raise RuleSetError(f"{_name(other)} is no duration: write days(…), weeks(…), months(…) or years(…)")


def _count(value: object, unit: str) -> int | None:
    """Return a duration as a whole number of months or days; `None` if it is none of these."""
    factor = conversion(value.unit, unit) if isinstance(value, (Fact, Quantity)) and value.unit else None
    if factor is None:
        return None
    number: Any = getattr(value, "value", None)
    exact = as_written(number) * factor if is_number(number) else None
    if exact is None or exact.denominator != 1:
        raise RuleSetError(f"{_name(value)} is not a whole number of {unit}s, so it leads to no date")
    return exact.numerator


def _name(value: object) -> str:
    if isinstance(value, Fact):
        return f"fact {value.id!r}"
    return str(value) if isinstance(value, (Quotable, datetime.date)) else named_value(value)
