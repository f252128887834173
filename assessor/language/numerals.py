"""How each language writes numbers, and which of its word forms goes with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

# A double has at most 309 digits before its point, and its last digit stands at most 1,074 places after it.
_ALL_DIGITS = Context(prec=1400)
_NO_BREAK_SPACE = "\u00a0"
_NARROW_NO_BREAK_SPACE = "\u202f"


@dataclass(frozen=True)
class Numerals:
    """How one language writes numbers; as `Intl.NumberFormat` does, which pages use.

    Attributes:
        decimal: What stands before the decimals.
        group: What stands between groups of three digits.
        typed: What authors type between them, where it is not only `group`.
        grouped_from: The least number of digits before the decimals that are grouped.
        is_one: Says of which numbers, none below zero, words stand in the singular.
    """

    decimal: str
    group: str
    typed: str = ""
    grouped_from: int = 4
    is_one: Callable[[float], bool] = lambda value: value == 1


_NUMERALS = {
    "de": Numerals(",", "."),
    "en": Numerals(".", ","),
    "es": Numerals(",", ".", grouped_from=5),
    "fr": Numerals(",", _NARROW_NO_BREAK_SPACE, f" {_NO_BREAK_SPACE}", is_one=lambda value: value < 2),
    "ja": Numerals(".", ","),
}

# How JavaScript's Intl.NumberFormat writes a number as `format_number` does.
INTL_OPTIONS = {
    "maximumFractionDigits": 6,
    "maximumSignificantDigits": 6,
    "roundingPriority": "morePrecision",
    "roundingMode": "halfEven",
}


def numerals(language: str) -> Numerals:
    """Return how a language for which a catalogue of words ships writes numbers."""
    return _NUMERALS[language]


def format_number(value: float, language: str = "en") -> str:
    """Write a number: in English `27,084`, in German `27.084`.

    Args:
        value: The number; six decimals of it are shown, or more where it is so small that they would say less than
            six digits of it, and never exponents.
        language: A language for which a catalogue of words ships.
    """
    own = numerals(language)
    exact = Decimal(repr(float(value)))
    places = max(6, 5 - exact.adjusted()) if exact else 0
    rounded = exact.quantize(Decimal((0, (1,), -places)), rounding=ROUND_HALF_EVEN, context=_ALL_DIGITS)
    whole, _, decimals = f"{abs(rounded):f}".partition(".")
    decimals = decimals.rstrip("0")
    if len(whole) >= own.grouped_from:
        whole = f"{int(whole):,}".replace(",", own.group)
    sign = "-" if rounded < 0 else ""
    return f"{sign}{whole}{own.decimal}{decimals}" if decimals else f"{sign}{whole}"
