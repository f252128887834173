"""Provide numbers with decimal arithmetic, where 0.1 * 3 is 0.3."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

_MOST_EXPONENT = 100
"""The largest power to compute exactly: exact numbers grow with each factor."""


def _both_sides(operate: Callable[[Any, Any], Any]) -> tuple[Any, Any]:
    """Return an operator with a `DecimalFloat` as its left operand, and one with it as the right operand.

    Args:
        operate: The operator, for exact numbers and for floats.
    """

    def exactly(left: Fraction, right: Fraction) -> float:
        try:
            return _decimal(operate(left, right))
        except ZeroDivisionError:
            raise ZeroDivisionError("division by zero") from None

    def forward(self: DecimalFloat, other: object) -> Any:
        exact = _exact(other)
        if exact is not None:
            return exactly(self._exact, exact)
        # Infinity and NaN have no exact value.
        return operate(float(self), other) if isinstance(other, float) else NotImplemented

    def backward(self: DecimalFloat, other: object) -> Any:
        exact = _exact(other)
        if exact is not None:
            return exactly(exact, self._exact)
        return operate(other, float(self)) if isinstance(other, float) else NotImplemented

    return forward, backward


class DecimalFloat(float):
    """A finite number that remembers its exact value. Its float value is the nearest float.

    It compares, hashes and prints like that float, but whole numbers print without `.0`. Arithmetic is exact and takes
    other numbers at their decimal value as written.
    """

    __slots__ = ("_exact",)
    _exact: Fraction

    def __new__(cls, value: float | Decimal | Fraction) -> DecimalFloat:
        """Create it from a finite number."""
        exact = _exact(value)
        if exact is None:
            raise ValueError(f"{value!r} is not a finite number")
        self = super().__new__(cls, exact)
        self._exact = exact
        return self

    __add__, __radd__ = _both_sides(operator.add)
    __sub__, __rsub__ = _both_sides(operator.sub)
    __mul__, __rmul__ = _both_sides(operator.mul)
    __truediv__, __rtruediv__ = _both_sides(operator.truediv)
    __floordiv__, __rfloordiv__ = _both_sides(operator.floordiv)
    __mod__, __rmod__ = _both_sides(operator.mod)

    def __pow__(self, exponent: Any, modulus: None = None) -> Any:
        """Raise it to a power: exactly for a small whole exponent, otherwise as floats do."""
        exact = _exact(exponent)
        if exact is not None and exact.denominator == 1 and abs(exact) <= _MOST_EXPONENT:
            return _decimal(self._exact**exact.numerator)
        return pow(float(self), float(exponent)) if isinstance(exponent, (int, float)) else NotImplemented

    def __rpow__(self, base: Any, modulus: None = None) -> Any:
        """Raise another number to the power of this one."""
        exact = _exact(base)
        return NotImplemented if exact is None else _decimal(exact) ** self

    def __neg__(self) -> DecimalFloat:
        """Return the negated number."""
        return DecimalFloat(-self._exact)

    def __pos__(self) -> DecimalFloat:
        """Return the number itself."""
        return self

    def __abs__(self) -> DecimalFloat:
        """Return the absolute value."""
        return DecimalFloat(abs(self._exact))

    def __round__(self, places: Any = None) -> Any:
        """Round the decimal value; halves go to the even side."""
        return DecimalFloat(round(self._exact, places))

    def __floor__(self) -> Any:
        """Round down to a whole number."""
        return DecimalFloat(math.floor(self._exact))

    def __ceil__(self) -> Any:
        """Round up to a whole number."""
        return DecimalFloat(math.ceil(self._exact))

    def __index__(self) -> int:
        """Return a whole number as an integer, as needed by `range` and `at_least`."""
        whole = plain_number(self)
        if isinstance(whole, int):
            return whole
        raise TypeError(f"{self} is not a whole number")

    def __repr__(self) -> str:
        """Return the text of the float, or of the integer if it is whole."""
        return repr(plain_number(self))

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        """Format as Python formats the float, or the integer if it is whole."""
        return format(plain_number(self), spec)


def plain_number(value: float) -> float:
    """Return a whole number as an integer, so that JSON has a single form of it, and any other number as a float."""
    number = float(value)
    return int(number) if abs(number) < 2**53 and number.is_integer() else number


def whole_number(value: Any) -> Any:
    """Return a fact's number as an integer, if it is whole; return anything else unchanged."""
    return plain_number(value) if isinstance(value, DecimalFloat) else value


def as_written(value: float) -> Fraction:
    """Return the exact value of a finite number; for a float, of the shortest decimal that represents it."""
    exact = _exact(value)
    assert exact is not None
    return exact


def _exact(value: object) -> Fraction | None:
    """Return the exact value of a number, or `None` if it is not finite or not a number."""
    if isinstance(value, DecimalFloat):
        return value._exact
    if isinstance(value, float):
        return Fraction(repr(float(value))) if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return Fraction(value) if value.is_finite() else None
    return Fraction(value) if isinstance(value, (int, Fraction)) else None


def _decimal(exact: Fraction | int) -> float:
    """Return an exact result as a number; if it is too large for a float, infinity, which nothing accepts."""
    try:
        return DecimalFloat(Fraction(exact))
    except OverflowError:
        return math.inf if exact > 0 else -math.inf
