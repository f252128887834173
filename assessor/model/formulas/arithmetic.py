"""Formulas: arithmetic over facts and numbers.

`+ - * /` on facts, number questions and plain numbers build a `Formula` and check its units. `evaluate` computes it for
ranges of inputs.
"""

from __future__ import annotations

import datetime
import itertools
import math
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple, NoReturn, TypeVar

from assessor.errors import Location, RuleSetError, definition_site
from assessor.language.quantities import Quotable, format_quantity
from assessor.language.units import Unit, check_unit
from assessor.language.words import Words
from assessor.validation import NotQuotable, named_value, unquoted

MOST_RANGED_INPUTS = 10
COMPARED = "a condition compares a number question with a number or a fact, such as number >= 3"
_OPERATIONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_N = TypeVar("_N", float, Fraction)
INFORMS = f"informs and never decides: {COMPARED}"


class Range(NamedTuple):
    """A range of values: from `low` to `high`, with `likely` as the most likely one."""

    low: float
    likely: float
    high: float

    @classmethod
    def exactly(cls, value: float) -> Range:
        """Return the range of a single value."""
        return cls(value, value, value)

    @property
    def is_exact(self) -> bool:
        """Whether the range is a single value."""
        return self.low == self.high


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
            raise RuleSetError(f"{self.value!r} is not a number: a Quantity needs a finite one")
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


def evaluate(formula: Formula, ranges: Mapping[Formula, Range]) -> Range:
    """Compute a formula for ranges of inputs.

    `check_formula` ensures that the formula is monotonic in each input. So its minimum and maximum are at corners of
    the box that the ranges span, and visiting every corner gives the exact range. Interval arithmetic would not: it
    ignores that an input used twice has the same value both times.

    Args:
        formula: The formula.
        ranges: The range of each input in `inputs(formula)`.
    """
    return evaluate_steps(postfix_of(formula), [ranges[part] for part in inputs(formula)])


def postfix_of(formula: Formula) -> list[int | str]:
    """Return a formula without cases in postfix form: positions in its inputs, and operators."""
    order = inputs(formula)
    return [part.operator if isinstance(part, Operation) else order.index(part) for part in steps(formula)]


def evaluate_steps(postfix: list[int | str], ranges: list[Range]) -> Range:
    """Compute a formula in postfix form: positions of inputs, and operators.

    Args:
        postfix: The steps, as in a bundle.
        ranges: The range of each input.
    """
    likely = _evaluate_at(postfix, [each.likely for each in ranges])
    values = [_evaluate_at(postfix, corner) for corner in _corners(ranges)]
    return Range(min(likely, *values), likely, max(likely, *values))


def _corners(ranges: list[Range]) -> Iterator[tuple[float, ...]]:
    return itertools.product(*(((each.low,) if each.is_exact else (each.low, each.high)) for each in ranges))


def _evaluate_at(postfix: list[int | str], values: Sequence[float]) -> float:
    *_, result = step_values(postfix, _as_floats(values))
    return result


def _as_floats(values: Sequence[float]) -> list[float]:
    """Return numbers to compute with as JavaScript does, not with integers of any size."""
    return [float(value) for value in values]


def step_values(postfix: Sequence[int | str], values: Sequence[_N]) -> Iterator[_N]:
    """Yield the value of each step of a formula in postfix form; the last is the result.

    Args:
        postfix: Positions of inputs, and operators.
        values: The value of each input, all floats or all exact fractions.

    Raises:
        ZeroDivisionError: If a divisor is zero.
    """
    stack: list[_N] = []
    for step in postfix:
        if isinstance(step, int):
            stack.append(values[step])
        else:
            right, left = stack.pop(), stack.pop()
            stack.append(_OPERATIONS[step](left, right))
        yield stack[-1]


def _stays_finite(postfix: list[int | str], values: Sequence[float]) -> bool:
    """Return whether every step, up to the first division by zero, stays finite."""
    try:
        return all(math.isfinite(value) for value in step_values(postfix, _as_floats(values)))
    except ZeroDivisionError:
        return True


def check_formula(owner: str, formula: Formula, ranges: Mapping[Formula, Range], location: Location) -> None:
    """Refuse a formula whose range cannot be computed exactly for all answers.

    Args:
        owner: The owner of the formula, for the message.
        formula: The formula.
        ranges: The widest range of each input; for a number question, from its minimum to its maximum.
        location: Where the owner was created.

    Raises:
        RuleSetError: If a divisor can be zero, a step can overflow, too many inputs are ranges, or the formula is not
            monotonic in an input.
    """
    ranged = [part for part in inputs(formula) if not ranges[part].is_exact]
    if len(ranged) > MOST_RANGED_INPUTS:
        raise RuleSetError(
            f"{owner} has {len(ranged)} inputs that are ranges: at most {MOST_RANGED_INPUTS} can be combined exactly",
            location,
        )
    for part in ranged:
        _shape(owner, formula, part, location)
    # Check every step, not just the result: after an overflow, the next step can be NaN.
    postfix = postfix_of(formula)
    if not all(_stays_finite(postfix, corner) for corner in _corners([ranges[part] for part in inputs(formula)])):
        raise RuleSetError(f"{owner} can become too large for a number: narrow the ranges in it", location)
    for part in steps(formula):
        if isinstance(part, Operation) and part.operator == "/":
            divisor = evaluate(part.right, ranges)
            if divisor.low <= 0 <= divisor.high:
                raise RuleSetError(
                    f"{owner} divides by something that can be zero: raise the minimum of the numbers in it, or "
                    "let a case(number >= 1, …) apply this only where it cannot",
                    part.location,
                )


def _shape(owner: str, formula: Formula, part: Formula, location: Location) -> str:
    """Return how a formula depends on one input: "constant", "linear", or "fraction" of two linear formulas.

    Each of these is monotonic in the input. Everything else is refused.
    """
    if formula == part:
        return "linear"
    if not isinstance(formula, Operation):
        return "constant"
    left, right = (_shape(owner, side, part, location) for side in (formula.left, formula.right))
    if right == "constant":
        return left
    if formula.operator == "/" and "fraction" not in (left, right):
        return "fraction"
    if left == "constant" and formula.operator != "/":
        return right
    if formula.operator in "+-" and left == right == "linear":
        return "linear"
    name = getattr(part, "id", "an input")
    raise RuleSetError(
        f"{owner} uses {name!r} so that its range cannot be worked out exactly: an input may be multiplied "
        f"with itself nowhere, and stand in one fraction only",
        location,
    )
