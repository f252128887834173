"""Date questions: answers that are dates, and comparing them with dates of authors."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any, NoReturn

from assessor.errors import RuleSetError
from assessor.language.dates import day_after, read_date
from assessor.model.conditions import Comparison, NoCondition
from assessor.model.facts import Fact
from assessor.model.formulas.arithmetic import Formula
from assessor.model.formulas.dates import DateSum, date_of
from assessor.model.questions.question import Question
from assessor.validation import TEXT, named_value, unquoted

WHEN = "{when}"
"""Where a statement about a date has the date: "you go live {when}"."""

_ASKED = "a date is asked with date >= datetime.date(2027, 3, 1) or date < fact"


@dataclass(frozen=True)
class DateComparison(Comparison):
    """The comparison of a date with another one: by `>=`, `>`, `<` or `<=`.

    Attributes:
        question: The question.
        operator: `>=`, `>`, `<` or `<=`.
        threshold: The other date, as an ISO text.
        facts: The facts that it comes from, if any.
    """

    question: Date
    threshold: str

    @property
    def cut(self) -> str:
        """The earliest date above the cut: for `>` and `<=`, the day after the threshold."""
        return day_after(self.threshold) if self.is_below_cut else self.threshold

    @property
    def greatest_below(self) -> str | None:
        """The last date below the cut, if the condition names it, as `>` and `<=` do."""
        return self.threshold if self.is_below_cut else None


@dataclass(frozen=True, eq=False)
class Date(Question, NoCondition):
    """A question with a date as its answer, as an ISO text (`2027-03-01`).

    Dates are days of the Gregorian calendar, without a time of day and without a time zone. Nothing asks which day is
    today, so that the same answers always get the same verdict.

    Attributes:
        earliest: The earliest valid answer, as a `datetime.date` or an ISO text; it becomes an ISO text.
        latest: The latest valid answer, likewise.
        statement: The answer as a clause that can follow "if", with `{when}` in place of the date: "you go live {when}"
            becomes "you go live before 1 March 2027". By default, sentences begin with the name or the wording.
    """

    earliest: datetime.date | str = field(default="1900-01-01", kw_only=True)
    latest: datetime.date | str = field(default="2199-12-31", kw_only=True)
    statement: str = field(default="", metadata=TEXT, kw_only=True)

    def __post_init__(self) -> None:
        """Check the bounds and the statement."""
        super().__post_init__()
        owner = self.owner_name
        for name in ("earliest", "latest"):
            given = getattr(self, name)
            found = _text_of(given)
            if found is None:
                raise RuleSetError(f"{owner}: {name} is {named_value(given)}; {_expected(given)}")
            object.__setattr__(self, name, found)
        if not self.minimum < self.maximum:
            raise RuleSetError(f"{owner}: its earliest date {self.minimum} is not before its latest {self.maximum}")
        if self.statement and self.statement.count(WHEN) != 1:
            raise RuleSetError(
                f"{owner}: its statement {self.statement!r} needs {WHEN} once, as in 'you go live {WHEN}'"
            )

    @property
    def minimum(self) -> str:
        """The earliest valid answer, as an ISO text."""
        return str(self.earliest)

    @property
    def maximum(self) -> str:
        """The latest valid answer, as an ISO text."""
        return str(self.latest)

    def condition_hint(self, owner: str) -> str:
        """Return how to compare a date; `a < b & c` needs brackets."""
        brackets = f", in brackets beside {owner}: (date < fact) {owner} …" if owner in ("&", "|") else ""
        return f"{_ASKED}{brackets}"

    def _asked(self, operator: str, answer: object) -> str:
        return _ASKED

    def __ge__(self, threshold: object) -> DateComparison:
        """Return the condition that the answer is on or after a date: a `datetime.date`, an ISO text or a fact."""
        return self._compare(">=", threshold)

    def __lt__(self, threshold: object) -> DateComparison:
        """Return the condition that the answer is before a date."""
        return self._compare("<", threshold)

    def __gt__(self, threshold: object) -> DateComparison:
        """Return the condition that the answer is after a date."""
        return self._compare(">", threshold)

    def __le__(self, threshold: object) -> DateComparison:
        """Return the condition that the answer is on or before a date."""
        return self._compare("<=", threshold)

    def _compare(self, operator: str, threshold: object) -> DateComparison:
        found = _text_of(threshold)
        if found is None:
            raise RuleSetError(f"question {self.id!r} is compared with {self._refused(threshold)}")
        dated = date_of(threshold)
        comparison = DateComparison(self, operator, found, () if dated is None else tuple(dict.fromkeys(dated.facts)))
        low, high = self.minimum, self.maximum
        if not (low <= found < high if comparison.is_below_cut else low < found <= high):
            ends = f"the earliest date is {low}", f"the latest date is {high}"
            raise RuleSetError(
                f"question {self.id!r}: `{self.id} {operator} {found}` {comparison.constant_because(*ends)}"
            )
        return comparison

    def _refused(self, threshold: object) -> str:
        """Return what is wrong with a threshold, and what to write instead."""
        if isinstance(threshold, Date):
            return (
                f"question {threshold.id!r}, whose answer can be any date: compare with a date or a fact, or ask for "
                "the time between the two as a number of days or months"
            )
        if isinstance(threshold, Fact):
            iso = read_date(threshold.value) if isinstance(threshold.value, str) else None
            write = f"datetime.date({iso.year}, {iso.month}, {iso.day})" if iso else "a datetime.date"
            return f"fact {threshold.id!r}, {str(threshold.value)!r}, which is no date: its value has to be {write}"
        if isinstance(threshold, Formula):
            return f"{named_value(threshold)}, which is no date: add a duration to a date, as in fact + months(12)"
        return f"{named_value(threshold)}, which is no date; {_expected(threshold)}"

    def _refuse_arithmetic(self, other: object) -> NoReturn:
        raise RuleSetError(
            f"question {self.id!r} asks for a date, which is part of no arithmetic: compare it with a date, as in "
            "date >= fact + months(12)"
        )

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refuse_arithmetic


def _text_of(value: object) -> str | None:
    """Return a date of an author as an ISO text, or `None` if it is none."""
    if isinstance(value, str):
        return None if read_date(value) is None else value
    dated: DateSum | None = date_of(value)
    return None if dated is None else dated.date.isoformat()


def _expected(value: Any) -> str:
    """Return how to write a date, for a value that is none."""
    if isinstance(value, datetime.datetime):
        return f"a date has no time of day: write datetime.date({value.year}, {value.month}, {value.day})"
    hint = unquoted(value, "fact") if isinstance(value, str) and value.isidentifier() else ""
    return f"write a datetime.date, or an ISO text such as '2027-03-01'{hint}"
