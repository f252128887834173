"""Formulas: arithmetic over facts and numbers.

`+ - * /` on facts, number questions and plain numbers build a `Formula` and check its units.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

from assessor.errors import Location, RuleSetError, definition_site
from assessor.language.quantities import Quotable, format_quantity
from assessor.language.units import Unit, check_unit
from assessor.language.words import Words
from assessor.validation import NotQuotable, named_value, unquoted

COMPARED = "a condition compares a number question with a number or a fact, such as number >= 3"
INFORMS = f"informs and never decides: {COMPARED}"


class NotComparable(NotQuotable):
    """The base of what only informs and never decides: it cannot be compared with a threshold."""

    def __lt__(self, other: object) -> NoReturn:
        """Refuse."""
        what = f"estimate {self.id!r}" if hasattr(self, "id") else "a formula"
        raise RuleSetError(f"{what} {INFORMS}")

    __le__ = __gt__ = __ge__ = __lt__

    def condition_hint(self, owner: str) -> str:
        """Return why this cannot be part of a condition."""
        return f"it {INFORMS}"


class Formula:
    """The base of everything that can be used in arithmetic; `unit` is its unit as text."""

    unit: str

    @property
    def is_date(self) -> bool:
        """Whether this is a date, not a number."""
        return False

    @property
    def operands(self) -> tuple[Formula, ...]:
        """The formulas that it combines; empty for an input."""
        return ()

    def __add__(self, other: Formula | float) -> Formula:
        """Return the sum; both sides must have the same unit, or be a date and a duration."""
        return _combined("+", self, other)

    def __radd__(self, other: datetime.date | float) -> Formula:
        """Return the sum; both sides must have the same unit, or be a date and a duration."""
        return _combined("+", other, self)

    def __sub__(self, other: Formula | float) -> Formula:
        """Return the difference; both sides must have the same unit, or be a date and a duration."""
        return _combined("-", self, other)

    def __rsub__(self, other: datetime.date | float) -> Formula:
        """Return the difference; both sides must have the same unit, or be a date and a duration."""
        return _combined("-", other, self)

    def __mul__(self, other: Formula | float) -> Formula:
        """Return the product; the units multiply."""
        return _combined("*", self, other)

    def __rmul__(self, other: float) -> Formula:
        """Return the product; the units multiply."""
        return _combined("*", other, self)

    def __truediv__(self, other: Formula | float) -> Formula:
        """Return the quotient; the units divide."""
        return _combined("/", self, other)

    def __rtruediv__(self, other: float) -> Formula:
        """Return the quotient; the units divide."""
        return _combined("/", other, self)


@dataclass(frozen=True)
class Quantity(Quotable, Formula):
    """A number with a unit that is true by definition, such as `Quantity(12, "month/year")`.

    Anything that could be different is a `Fact` and needs a source.
    """

    value: float
    unit: str = ""

    def __post_init__(self) -> None:
        """Check the value."""
        if not is_number(self.value):
            raise RuleSetError(f"a Quantity needs a finite number, not {self.value!r}")
        check_unit("a Quantity", self.unit)

    def value_text(self, words: Words | None = None) -> str:
        """Return the value and its unit as readers see them; in English by default."""
        return format_quantity(self.value, self.unit, words)


@dataclass(frozen=True)
class Operation(NotComparable, Formula):
    """Two formulas combined by `+`, `-`, `*` or `/`."""

    operator: str
    left: Formula
    right: Formula
    unit: str = field(init=False)
    location: Location = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Determine the unit, and refuse sums and differences of two different units."""
        object.__setattr__(self, "location", definition_site())
        left, right = Unit.parse(self.left.unit), Unit.parse(self.right.unit)
        if self.operator in "+-":
            if left != right:
                verb = "added to" if self.operator == "+" else "subtracted from"
                first, second = (left, right) if self.operator == "+" else (right, left)
                raise RuleSetError(
                    f"broken unit arithmetic: {unit_text(first)} cannot be {verb} {unit_text(second)}; "
                    f"give a plain number its unit with Quantity(4, 'quarter')"
                )
            unit = left
        else:
            unit = left * right if self.operator == "*" else left / right
        object.__setattr__(self, "unit", str(unit))

    @property
    def operands(self) -> tuple[Formula, ...]:
        """Both sides."""
        return (self.left, self.right)


def is_number(value: object) -> bool:
    """Return whether a value is a finite number; booleans are not numbers."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def unit_text(unit: Unit) -> str:
    """Return a unit as errors name it."""
    return repr(str(unit)) if unit.exponents else "a plain number"


def _combined(operator: str, left: object, right: object) -> Formula:
    """Return two operands combined by an operator."""
    if any(isinstance(each, datetime.date) or getattr(each, "is_date", False) for each in (left, right)):
        from assessor.model.formulas.dates import date_operation  # noqa: PLC0415 - it imports this module

        return date_operation(operator, left, right)
    return Operation(operator, operand(left), operand(right))


def operand(value: Any) -> Formula:
    """Return a part of a formula; a plain number becomes a `Quantity`.

    Raises:
        RuleSetError: If the value cannot be part of a formula.
    """
    if isinstance(value, Formula):
        return value
    if is_number(value):
        return Quantity(value)
    raise RuleSetError(
        f"{named_value(value)} cannot be part of a formula: use facts, number questions, Quantity and plain numbers"
        f"{unquoted(value, 'fact or question')}"
    )


def steps(formula: Formula) -> Iterator[Formula]:
    """Yield the parts of a formula in postfix order: the operands of each before it."""
    stack = [formula]
    parts: list[Formula] = []
    while stack:
        part = stack.pop()
        parts.append(part)
        stack += part.operands
    yield from reversed(parts)


def inputs(formula: Formula) -> list[Formula]:
    """Return the distinct facts, number questions and quantities of a formula, in the order of first use."""
    return list(dict.fromkeys(part for part in steps(formula) if not part.operands))
