"""Arithmetic over facts and numbers.

`+ - * /` on facts, number questions and plain numbers build a `Formula`; its units are checked as it is built.
`evaluate` works it out for inputs that are ranges.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, NoReturn

from assessor.errors import Location, RuleSetError, definition_site
from assessor.language.quantities import Quotable, format_quantity
from assessor.language.units import Unit, check_unit
from assessor.language.words import Words
from assessor.validation import NotQuotable, named_value, unquoted

MOST_RANGED_INPUTS = 10
COMPARED = "a condition compares a number question with a number or a fact, such as number >= 3"
INFORMS = f"informs and never decides: {COMPARED}"


class Range(NamedTuple):
    """What is known of a quantity: at least `low`, at most `high`, and most likely `likely`."""

    low: float
    likely: float
    high: float

    @classmethod
    def exactly(cls, value: float) -> Range:
        """A quantity that is known."""
        return cls(value, value, value)

    @property
    def is_exact(self) -> bool:
        """Whether the range is a single value."""
        return self.low == self.high


class NotComparable(NotQuotable):
    """What informs, and never decides: it refuses to be compared."""

    def __lt__(self, other: object) -> NoReturn:
        """Refuse."""
        what = f"estimate {self.id!r}" if hasattr(self, "id") else "a formula"
        raise RuleSetError(f"{what} {INFORMS}")

    __le__ = __gt__ = __ge__ = __lt__

    def condition_hint(self, owner: str) -> str:
        """Say that it cannot be part of a condition."""
        return f"it {INFORMS}"


class Formula:
    """What arithmetic may be done with; `unit` is its unit as text."""

    unit: str

    def __add__(self, other: Formula | float) -> Operation:
        """Build a sum; both sides must have one unit."""
        return Operation("+", self, _operand(other))

    def __radd__(self, other: float) -> Operation:
        """Build a sum; both sides must have one unit."""
        return Operation("+", _operand(other), self)

    def __sub__(self, other: Formula | float) -> Operation:
        """Build a difference; both sides must have one unit."""
        return Operation("-", self, _operand(other))

    def __rsub__(self, other: float) -> Operation:
        """Build a difference; both sides must have one unit."""
        return Operation("-", _operand(other), self)

    def __mul__(self, other: Formula | float) -> Operation:
        """Build a product; the units multiply."""
        return Operation("*", self, _operand(other))

    def __rmul__(self, other: float) -> Operation:
        """Build a product; the units multiply."""
        return Operation("*", _operand(other), self)

    def __truediv__(self, other: Formula | float) -> Operation:
        """Build a quotient; the units divide."""
        return Operation("/", self, _operand(other))

    def __rtruediv__(self, other: float) -> Operation:
        """Build a quotient; the units divide."""
        return Operation("/", _operand(other), self)


@dataclass(frozen=True)
class Quantity(Quotable, Formula):
    """A number with a unit that is true by definition, such as `Quantity(12, "month/year")`.

    Anything that could have been otherwise is a `Fact`, with a source.
    """

    value: float
    unit: str = ""

    def __post_init__(self) -> None:
        """Check the value."""
        if not is_number(self.value):
            raise RuleSetError(f"{self.value!r} is not a number: a Quantity needs a finite one")
        check_unit("a Quantity", self.unit)

    def value_text(self, words: Words | None = None) -> str:
        """Return the value and its unit as readers see them, by default in English."""
        return format_quantity(self.value, self.unit, words)


@dataclass(frozen=True)
class Operation(NotComparable, Formula):
    """Two formulas joined by one of `+ - * /`."""

    operator: str
    left: Formula
    right: Formula
    unit: str = field(init=False)
    location: Location = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Work out the unit, and refuse a sum of two different ones."""
        object.__setattr__(self, "location", definition_site())
        left, right = Unit.parse(self.left.unit), Unit.parse(self.right.unit)
        if self.operator in "+-":
            if left != right:
                verb = "added to" if self.operator == "+" else "subtracted from"
                first, second = (left, right) if self.operator == "+" else (right, left)
                raise RuleSetError(
                    f"broken unit arithmetic: {_unit_text(first)} cannot be {verb} {_unit_text(second)}; "
                    f"give a plain number its unit with Quantity(4, 'quarter')"
                )
            unit = left
        else:
            unit = left * right if self.operator == "*" else left / right
        object.__setattr__(self, "unit", str(unit))


def is_number(value: object) -> bool:
    """Say whether a value is a finite number; a boolean is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _unit_text(unit: Unit) -> str:
    return repr(str(unit)) if unit.exponents else "a plain number"


def _operand(value: Any) -> Formula:
    if isinstance(value, Formula):
        return value
    if is_number(value):
        return Quantity(value)
    raise RuleSetError(
        f"{named_value(value)} cannot stand in a formula: use facts, number questions, Quantity and plain numbers"
        f"{unquoted(value, 'fact or question')}"
    )


def steps(formula: Formula) -> Iterator[Formula]:
    """Yield the parts of a formula in postfix order: both sides of an operation before the operation."""
    stack = [formula]
    parts: list[Formula] = []
    while stack:
        part = stack.pop()
        parts.append(part)
        if isinstance(part, Operation):
            stack += [part.left, part.right]
    yield from reversed(parts)


def inputs(formula: Formula) -> list[Formula]:
    """Return the different facts, numbers and quantities of a formula, in the order of their first use."""
    return list(dict.fromkeys(part for part in steps(formula) if not isinstance(part, Operation)))


def evaluate(formula: Formula, ranges: Mapping[Formula, Range]) -> Range:
    """Work out a formula for inputs that are ranges.

    The formula is monotonic in each input (`check_formula` has seen to it), so its least and greatest value
    stand at corners of the box that the ranges span, and visiting every corner is exact. Interval
    arithmetic would not be: it forgets that one input that stands twice has one value.

    Args:
        formula: What to work out.
        ranges: The range of each input of `inputs(formula)`.
    """
    return evaluate_steps(*_postfix(formula, ranges))


def _postfix(formula: Formula, ranges: Mapping[Formula, Range]) -> tuple[list[int | str], list[Range]]:
    order = inputs(formula)
    postfix = [part.operator if isinstance(part, Operation) else order.index(part) for part in steps(formula)]
    return postfix, [ranges[part] for part in order]


def evaluate_steps(postfix: list[int | str], ranges: list[Range]) -> Range:
    """Work out a formula that is written as postfix steps: positions of inputs, and operators.

    Args:
        postfix: The steps, as a bundle holds them.
        ranges: The range of each input.
    """
    likely = _evaluate_at(postfix, [each.likely for each in ranges])
    values = [_evaluate_at(postfix, corner) for corner in _corners(ranges)]
    return Range(min(likely, *values), likely, max(likely, *values))


def _corners(ranges: list[Range]) -> Iterator[tuple[float, ...]]:
    return itertools.product(*(((each.low,) if each.is_exact else (each.low, each.high)) for each in ranges))


def _evaluate_at(postfix: list[int | str], values: Sequence[float]) -> float:
    *_, result = _step_values(postfix, values)
    return result


def _step_values(postfix: list[int | str], values: Sequence[float]) -> Iterator[float]:
    """Yield what each step comes to; the last is the result."""
    stack: list[float] = []
    for step in postfix:
        if isinstance(step, int):
            # In doubles, as JavaScript works, and not in integers of any size.
            stack.append(float(values[step]))
        else:
            right, left = stack.pop(), stack.pop()
            if step == "+":
                stack.append(left + right)
            elif step == "-":
                stack.append(left - right)
            elif step == "*":
                stack.append(left * right)
            else:
                stack.append(left / right)
        yield stack[-1]


def _stays_finite(postfix: list[int | str], values: Sequence[float]) -> bool:
    """Say whether no step becomes too large for a number, as far as the first division by zero."""
    try:
        return all(math.isfinite(value) for value in _step_values(postfix, values))
    except ZeroDivisionError:
        return True


def check_formula(owner: str, formula: Formula, ranges: Mapping[Formula, Range], location: Location) -> None:
    """Refuse a formula whose range could not be worked out exactly for every answer.

    Args:
        owner: Whose formula it is, for the message.
        formula: The formula.
        ranges: The widest range of each input: a number from its minimum to its maximum.
        location: Where the owner was made.

    Raises:
        RuleSetError: If a divisor can be zero, if a step can be too large for a number, if too many
            inputs are ranges, or if an input stands in it so that it rises and falls with it.
    """
    ranged = [part for part in inputs(formula) if not ranges[part].is_exact]
    if len(ranged) > MOST_RANGED_INPUTS:
        raise RuleSetError(
            f"{owner} has {len(ranged)} inputs that are ranges: at most {MOST_RANGED_INPUTS} can be combined exactly",
            location,
        )
    for part in ranged:
        _shape(owner, formula, part, location)
    # Every step, and not the result alone: a step that is too large can make the next one no number at all.
    postfix, spans = _postfix(formula, ranges)
    if not all(_stays_finite(postfix, corner) for corner in _corners(spans)):
        raise RuleSetError(f"{owner} can become too large for a number: narrow the ranges in it", location)
    for part in steps(formula):
        if isinstance(part, Operation) and part.operator == "/":
            divisor = evaluate(part.right, ranges)
            if divisor.low <= 0 <= divisor.high:
                raise RuleSetError(
                    f"{owner} divides by something that can be zero: raise the minimum of the numbers in it",
                    part.location,
                )


def _shape(owner: str, formula: Formula, part: Formula, location: Location) -> str:
    """Return how a formula depends on one input: "constant", "linear", or "fraction" of two linear ones.

    Each is monotonic in the input, and so is nothing else that this accepts.
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
