"""Ranges of values: compute formulas for ranges of their inputs, exactly."""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple, TypeVar

from assessor.errors import Location, RuleSetError
from assessor.model.formulas.arithmetic import Formula, Operation, inputs, steps

MOST_RANGED_INPUTS = 10
_OPERATIONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_N = TypeVar("_N", float, Fraction)


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
