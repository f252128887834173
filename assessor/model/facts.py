"""Facts: numbers, dates and statements, each with its source and the date on which that was read."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import ClassVar

from assessor.errors import RuleSetError
from assessor.language.dates import format_date, read_date
from assessor.language.decimals import DecimalFloat
from assessor.language.quantities import Quotable, format_quantity, format_range
from assessor.language.units import check_unit
from assessor.language.words import Words
from assessor.links import check_url
from assessor.model.formulas.arithmetic import Formula, is_number
from assessor.model.formulas.ranges import Range
from assessor.validation import MARKDOWN, TEXT, Definition

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
# An address has one of these characters. A note to oneself is a single word or a sentence.
_ADDRESS = re.compile(r"\S*[./#?:]\S*")
_URL_WITH_SPACE = re.compile(r"(?=.*\s)\s*(?:https?|mailto):", re.IGNORECASE | re.DOTALL)
# Without a scheme, a link to these would lead to a folder with the name of the host.
_HOST = re.compile(r"www\.[\w.-]+(?:/.*)?|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/.*", re.IGNORECASE)


@dataclass(frozen=True)
class Fact(Quotable, Definition, Formula):
    """A number, date or statement, with its source and the date on which the source was read.

    Numeric facts can be used in formulas and thresholds, dates in thresholds of dates. `str(fact)` is the value
    as readers see it: quote it with an f-string in the texts of a rule set instead of repeating the number.

    Attributes:
        id: The id, used in `fact:` links.
        value: A finite number, a `datetime.date`, or a statement in a few words. Arithmetic with a number is decimal:
            in `number >= fact.value * 3`, a value of 0.1 gives the threshold 0.3. Readers see it without zeros at its
            end: 0.40 as 0.4.
        unit: The unit of the number, such as `FTE` or `USD/year`; empty for a date or a statement.
        title: What the value is, as a noun phrase ("People needed in a normal quarter").
        source: The URL of the page or file that supports it.
        checked: The date on which the source was read, as `YYYY-MM-DD`.
        review_after: The last date on which to rely on the fact without reading the source again; by default none.
        low: If sources give a range, the lowest value, in the same unit.
        high: The highest value.
        note: Additional information for readers; inline Markdown.
        quote: The text of the source that supports it, word for word, for `assessor facts --check`. Readers don't see
            it.
        location: Where the fact was created.

    Raises:
        RuleSetError: If the source or date is missing, or any part is invalid.
    """

    kind: ClassVar[str] = "fact"

    id: str
    value: float | str | datetime.date
    unit: str = ""
    title: str = field(default="", metadata=TEXT)
    source: str = field(default="", kw_only=True)
    checked: str = field(default="", kw_only=True)
    review_after: str = field(default="", kw_only=True)
    low: float | None = field(default=None, kw_only=True)
    high: float | None = field(default=None, kw_only=True)
    note: str = field(default="", metadata=MARKDOWN, kw_only=True)
    # Readers notice no change of it.
    quote: str = field(default="", kw_only=True, compare=False)

    def __post_init__(self) -> None:
        """Check each part."""
        super().__post_init__()
        owner = self.owner_name
        check_unit(owner, self.unit)
        if not self.source:
            raise RuleSetError(f"{owner} has no source: give source='https://…'")
        check_url(owner, self.source)
        if _HOST.fullmatch(self.source):
            raise RuleSetError(f"{owner}: {self.source!r} has no scheme: write 'https://{self.source}'")
        if _URL_WITH_SPACE.match(self.source):
            raise RuleSetError(f"{owner}: {self.source!r} has a space: take it out, or write %20 for it")
        if not _ADDRESS.fullmatch(self.source):
            raise RuleSetError(
                f"{owner}: {self.source!r} is not an address: give source= the URL of the page or file that says so"
            )
        if not self.checked:
            raise RuleSetError(f"{owner} has no date: give checked='YYYY-MM-DD', the day you read its source")
        self._check_date(self.checked)
        if self.review_after:
            self._check_date(self.review_after)
            if self.review_after < self.checked:
                raise RuleSetError(
                    f"{owner} was due for review after {self.review_after}, before it was checked on {self.checked}"
                )
        self._check_value()
        if self.quote and not self.quote.strip():
            raise RuleSetError(f"{owner}: quote= is blank; write the words of the source, or leave it out")
        for name in ("value", "low", "high"):
            number = getattr(self, name)
            if isinstance(number, (int, float)):
                object.__setattr__(self, name, DecimalFloat(number))

    def _check_date(self, date: str) -> None:
        if read_date(date) is None:
            raise RuleSetError(f"fact {self.id!r}: {date!r} is not a date: write YYYY-MM-DD")

    def _check_value(self) -> None:
        if isinstance(self.value, datetime.datetime):
            raise RuleSetError(
                f"fact {self.id!r} has a time of day: write datetime.date({self.value.year}, {self.value.month}, "
                f"{self.value.day})"
            )
        if isinstance(self.value, datetime.date):
            if self.unit or self.low is not None or self.high is not None:
                raise RuleSetError(f"fact {self.id!r} is a date: only a number has a unit and a range")
        elif isinstance(self.value, str):
            if not self.value.strip():
                raise RuleSetError(f"fact {self.id!r} says nothing: its value is empty")
            if self.unit or self.low is not None or self.high is not None:
                hint = f"; write {self.value}, without quotation marks" if _NUMBER.fullmatch(self.value) else ""
                raise RuleSetError(f"fact {self.id!r} is a statement: only a number has a unit and a range{hint}")
        elif not is_number(self.value):
            raise RuleSetError(
                f"fact {self.id!r}: {self.value!r} is neither a finite number, nor a date, nor a statement"
            )
        else:
            for bound in (self.low, self.high):
                if bound is not None and not is_number(bound):
                    raise RuleSetError(f"fact {self.id!r}: {bound!r} is not a finite number")
            span = self.range
            if not span.low <= span.likely <= span.high:
                raise RuleSetError(
                    f"fact {self.id!r}: its value {span.likely} is not within its range {span.low} to {span.high}"
                )

    @property
    def is_numeric(self) -> bool:
        """Whether the value is a number."""
        return isinstance(self.value, float)

    @property
    def is_date(self) -> bool:
        """Whether the value is a date."""
        return isinstance(self.value, datetime.date)

    @property
    def number(self) -> float:
        """The value of a numeric fact.

        Raises:
            RuleSetError: If the fact is a date or a statement.
        """
        if not isinstance(self.value, (int, float)):
            what = "a date" if self.is_date else "a statement"
            raise RuleSetError(f"fact {self.id!r} is {what}, {str(self.value)!r}: a number is needed here")
        return self.value

    @property
    def range(self) -> Range:
        """The low, likely and high value of a numeric fact; all three are equal if it has no range."""
        value = self.number
        low = value if self.low is None else self.low
        high = value if self.high is None else self.high
        return Range(low, value, high)

    def value_text(self, words: Words | None = None) -> str:
        """Return the value and its unit as readers see them; in English by default."""
        if isinstance(self.value, datetime.date):
            return format_date(self.value.isoformat(), words)
        return self.value if isinstance(self.value, str) else format_quantity(self.value, self.unit, words)

    def range_text(self, words: Words | None = None) -> str:
        """Return the range as readers see it, such as `0.1–1 FTE`, or an empty string if there is none."""
        if not self.is_numeric or self.range.is_exact:
            return ""
        return format_range(self.range.low, self.range.high, self.unit, words)

    def checked_text(self, words: Words | None = None) -> str:
        """Return the date on which the source was read, written out."""
        return format_date(self.checked, words)
