"""Numbers whose arithmetic is that of decimals as they are written, where 0.1 * 3 is 0.3."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

_MOST_EXPONENT = 100
"""The greatest power that is worked out exactly: exact numbers grow with each factor."""


def _both_sides(operate: Callable[[Any, Any], Any]) -> tuple[Any, Any]:
    """Return an operator for a `DecimalFloat` on its left and on its right.

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
        # What is not finite has no exact number.
        return operate(float(self), other) if isinstance(other, float) else NotImplemented

    def backward(self: DecimalFloat, other: object) -> Any:
        exact = _exact(other)
        if exact is not None:
            return exactly(exact, self._exact)
        return operate(other, float(self)) if isinstance(other, float) else NotImplemented

    return forward, backward


class DecimalFloat(float):
    """A finite number that remembers exactly what it stands for, and is the float nearest to that.

    It compares, hashes and is written as that float; a whole number is written without `.0`. What is worked out from
    it is worked out exactly, with other numbers taken as they are written.
    """

    __slots__ = ("_exact",)
    _exact: Fraction

    def __new__(cls, value: float | Decimal | Fraction) -> DecimalFloat:
        """Make it from a finite number."""
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
        """Raise it to a power: exactly to a small whole one, and to any other as floats do."""
        exact = _exact(exponent)
        if exact is not None and exact.denominator == 1 and abs(exact) <= _MOST_EXPONENT:
            return _decimal(self._exact**exact.numerator)
        return pow(float(self), float(exponent)) if isinstance(exponent, (int, float)) else NotImplemented

    def __rpow__(self, base: Any, modulus: None = None) -> Any:
        """Raise another number to it."""
        exact = _exact(base)
        return NotImplemented if exact is None else _decimal(exact) ** self

    def __neg__(self) -> DecimalFloat:
        """Return its opposite."""
        return DecimalFloat(-self._exact)

    def __pos__(self) -> DecimalFloat:
        """Return it."""
        return self

    def __abs__(self) -> DecimalFloat:
        """Return it without its sign."""
        return DecimalFloat(abs(self._exact))

    def __round__(self, places: Any = None) -> Any:
        """Round it as it is written; a half to the even side."""
        return DecimalFloat(round(self._exact, places))

    def __floor__(self) -> Any:
        """Return the whole number below."""
        return DecimalFloat(math.floor(self._exact))

    def __ceil__(self) -> Any:
        """Return the whole number above."""
        return DecimalFloat(math.ceil(self._exact))

    def __index__(self) -> int:
        """Return a whole number as an integer, which `range` and `at_least` ask for."""
        whole = plain_number(self)
        if isinstance(whole, int):
            return whole
        raise TypeError(f"{self} is not a whole number")

    def __repr__(self) -> str:
        """Write it as Python writes the float, or the integer, that it is."""
        return repr(plain_number(self))

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        """Write it as Python formats the float, or the integer, that it is."""
        return format(plain_number(self), spec)


def plain_number(value: float) -> float:
    """Return a whole number as an integer, so that it has one way to be written in JSON, and any other as a double."""
    number = float(value)
    return int(number) if abs(number) < 2**53 and number.is_integer() else number


def whole_number(value: Any) -> Any:
    """Return a fact's number as an integer, if it is whole; anything else as it is."""
    return plain_number(value) if isinstance(value, DecimalFloat) else value


def as_written(value: float) -> Fraction:
    """Return exactly what a finite number stands for: a float the shortest decimal that is it."""
    exact = _exact(value)
    assert exact is not None
    return exact


def _exact(value: object) -> Fraction | None:
    """Return exactly what a number stands for; nothing for one that is not finite, and for what is no number."""
    if isinstance(value, DecimalFloat):
        return value._exact
    if isinstance(value, float):
        return Fraction(repr(float(value))) if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return Fraction(value) if value.is_finite() else None
    return Fraction(value) if isinstance(value, (int, Fraction)) else None


def _decimal(exact: Fraction | int) -> float:
    """Return a result; infinity, which nothing accepts, for one that is too large for a float."""
    try:
        return DecimalFloat(Fraction(exact))
    except OverflowError:
        return math.inf if exact > 0 else -math.inf
