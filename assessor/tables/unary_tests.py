"""The tests in the cells of a decision table: the unary tests of DMN's expression language FEEL.

Spreadsheets may leave out the quotation marks around texts. DMN files may not: there, a word is a variable.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

Literal = bool | str | float


class TestError(ValueError):
    """A cell is no test; the message says why, and what to write."""

    __test__ = False


class Word(str):
    """A text without quotation marks, such as `yes`: its column decides whether it is an option or a boolean."""

    __slots__ = ()


class Day(str):
    """A date, as an ISO text."""

    __slots__ = ()


Bound = float | Day


@dataclass(frozen=True)
class Interval:
    """Numbers or dates between two bounds; a missing bound is open-ended.

    Attributes:
        low: The lower bound.
        has_low: Whether the lower bound itself belongs to it.
        high: The upper bound.
        has_high: Whether the upper bound itself belongs to it.
    """

    low: Bound | None = None
    has_low: bool = False
    high: Bound | None = None
    has_high: bool = False

    @property
    def is_of_dates(self) -> bool:
        """Whether it has dates, and not numbers."""
        return isinstance(self.low, Day) or isinstance(self.high, Day)

    def written(self, bound_text: Callable[[Bound], str]) -> str:
        """Return it as FEEL writes it, with its bounds as a function writes them."""
        if self.low is None or self.high is None:
            bound = self.high if self.low is None else self.low
            sign = ("<=" if self.has_high else "<") if self.low is None else (">=" if self.has_low else ">")
            return "-" if bound is None else f"{sign} {bound_text(bound)}"
        left, right = "[" if self.has_low else "(", "]" if self.has_high else ")"
        return f"{left}{bound_text(self.low)}..{bound_text(self.high)}{right}"

    def __str__(self) -> str:
        """Return it as a spreadsheet has it: dates as ISO texts."""
        return self.written(bound_text)


@dataclass(frozen=True)
class UnaryTests:
    """What a cell lets through: the answers that pass one of its tests, or with `not`, those that pass none.

    Attributes:
        tests: The tests. Without any, and negated, everything passes.
        is_negated: Whether they stand in `not(…)`.
    """

    tests: tuple[Literal | Interval, ...] = ()
    is_negated: bool = False

    @property
    def is_any(self) -> bool:
        """Whether everything passes, as for `-`."""
        return self.is_negated and not self.tests


ANY = UnaryTests((), is_negated=True)

_MOST_SHOWN = 40


def shown(text: str) -> str:
    """Return a text of a cell as messages show it."""
    return repr(text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…")


def number_text(value: float) -> str:
    """Return a number as FEEL writes it: without an exponent, which DMN 1.3 does not know."""
    text = format(Decimal(repr(float(value))), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def bound_text(value: Bound) -> str:
    """Return a bound as a spreadsheet has it."""
    return value if isinstance(value, Day) else number_text(value)


def feel_bound(value: Bound) -> str:
    """Return a bound as FEEL writes it."""
    return f'date("{value}")' if isinstance(value, Day) else number_text(value)


def literal_text(value: Literal | Interval) -> str:
    """Return a value as a text: the id or the name that people write."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value) if isinstance(value, (int, float)) else str(value)


def string_text(text: str) -> str:
    """Return a text as FEEL writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + escaped.replace("\r", "\\r") + '"'
