"""Describe how each language writes numbers, and which of its word forms goes with a number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_EVEN, Context, Decimal

# Enough for a double: at most 309 digits before the point, and 1,074 decimal places.
_ALL_DIGITS = Context(prec=1400)
_NO_BREAK_SPACE = "\u00a0"
_NARROW_NO_BREAK_SPACE = "\u202f"


@dataclass(frozen=True)
class Numerals:
    """How one language writes numbers, in agreement with `Intl.NumberFormat`, which pages use.

    Attributes:
        decimal: The decimal separator.
        group: The separator between groups of three digits.
        typed: The group separators that authors type, if there are others than `group`.
        grouped_from: The fewest digits before the decimal separator that form groups.
        compact: The short words for powers of ten, such as `K` for thousands: for the lowest exponent of each one, the
            exponent that it stands for, and the word.
        is_one: Returns whether words are in the singular for a number, which is not negative.
    """

    decimal: str
    group: str
    typed: str = ""
    grouped_from: int = 4
    compact: Mapping[int, tuple[int, str]] = field(default_factory=dict)
    is_one: Callable[[float], bool] = lambda value: value == 1


_NUMERALS = {
    "de": Numerals(",", ".", compact={6: (6, " Mio."), 9: (9, " Mrd."), 12: (12, " Bio.")}),
    "en": Numerals(".", ",", compact={3: (3, "K"), 6: (6, "M"), 9: (9, "B"), 12: (12, "T")}),
    "es": Numerals(",", ".", grouped_from=5, compact={3: (3, " mil"), 6: (6, " M"), 10: (9, " mil M"), 12: (12, " B")}),
    "fr": Numerals(
        ",",
        _NARROW_NO_BREAK_SPACE,
        f" {_NO_BREAK_SPACE}",
        compact={3: (3, " k"), 6: (6, " M"), 9: (9, " Md"), 12: (12, " Bn")},
        is_one=lambda value: value < 2,
    ),
    "ja": Numerals(".", ",", compact={4: (4, "万"), 8: (8, "億"), 12: (12, "兆"), 16: (16, "京")}),
}
# Compact numbers have no separator between groups where it would leave one digit before it.
_COMPACT_GROUPED_FROM = 5

# The options that make JavaScript's Intl.NumberFormat agree with `format_number`.
INTL_OPTIONS = {
    "maximumFractionDigits": 6,
    "maximumSignificantDigits": 6,
    "roundingPriority": "morePrecision",
    "roundingMode": "halfEven",
}


def numerals(language: str) -> Numerals:
    """Return how a language with a catalogue of words writes numbers."""
    return _NUMERALS[language]


def format_number(value: float | Decimal, language: str = "en") -> str:
    """Write a number: in English `27,084`, in German `27.084`.

    Args:
        value: The number. The text has at most six decimal places, or six significant digits if the number is very
            small, and never an exponent.
        language: A language with a catalogue of words.
    """
    return _written(value if isinstance(value, Decimal) else Decimal(repr(float(value))), numerals(language))


def format_compact(value: float, language: str = "en") -> str:
    """Write a round number in a short form, for the axis of a chart: in English `150K`, in German `1,5 Mio.`.

    Args:
        value: The number.
        language: A language with a catalogue of words.
    """
    own = replace(numerals(language), grouped_from=_COMPACT_GROUPED_FROM)
    exact = Decimal(repr(float(value)))
    fitting = [exponent for exponent in own.compact if exact and exponent <= exact.adjusted()]
    exponent, word = own.compact[max(fitting)] if fitting else (0, "")
    return _written(exact.scaleb(-exponent), own) + word.replace(" ", _NO_BREAK_SPACE)


def _written(exact: Decimal, own: Numerals) -> str:
    """Write a number, with at most six decimal places or significant digits."""
    places = max(6, 5 - exact.adjusted()) if exact else 0
    rounded = exact.quantize(Decimal((0, (1,), -places)), rounding=ROUND_HALF_EVEN, context=_ALL_DIGITS)
    whole, _, decimals = f"{abs(rounded):f}".partition(".")
    decimals = decimals.rstrip("0")
    if len(whole) >= own.grouped_from:
        whole = f"{int(whole):,}".replace(",", own.group)
    sign = "-" if rounded < 0 else ""
    return f"{sign}{whole}{own.decimal}{decimals}" if decimals else f"{sign}{whole}"
