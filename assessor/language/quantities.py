"""Write numbers, quantities and ranges as a language does."""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import ROUND_HALF_UP, Context, Decimal

from assessor.errors import RuleSetError
from assessor.language.numerals import format_number, numerals
from assessor.language.units import unit_in_words, unit_name
from assessor.language.words import Words, WordsError, english, words_of
from assessor.validation import NoTruthValue, named_value

# Enough for a double: at most 309 digits before the point.
_ALL_DIGITS = Context(prec=320)
# As many digits as a double holds of any decimal. `toPrecision`, which pages use, rounds halves away from zero, too.
_KNOWN_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)


class Quotable(NoTruthValue):
    """The base of parts that an f-string can quote, as readers see them."""

    def condition_hint(self, owner: str) -> str:
        """Say where a value belongs in a condition."""
        return "it is a value: compare a question or a score with it, as in (number >= value)"

    def value_text(self, words: Words | None = None) -> str:
        """Return the value and its unit as readers see them; in English by default."""
        raise NotImplementedError

    def __str__(self) -> str:
        """Return the value and its unit in English."""
        return self.value_text()

    def __format__(self, language: str) -> str:
        """Return the value and its unit in a language: `f"below {limit:de}"`. English is the default.

        Raises:
            RuleSetError: If there is no catalogue for the language.
        """
        try:
            return self.value_text(words_of(language or "en"))
        except WordsError as error:
            raise RuleSetError(f"{named_value(self)} in a text: {error}") from None


def format_quantity(value: float | Decimal, unit: str = "", words: Words | None = None) -> str:
    """Write a number and its unit: in English `27,084 USD per year`, `0.5 FTE`, `2 quarters`, `99.99%`.

    Args:
        value: The number, written as by `format_number`.
        unit: Its unit, in the form that `Unit.parse` reads.
        words: The words of the interface; English by default.
    """
    words = words or english()
    is_one = numerals(words.language).is_one(abs(float(value)))
    return with_unit(format_number(value, words.language), unit, words, is_one=is_one)


def format_range(low: float, high: float, unit: str = "", words: Words | None = None) -> str:
    """Write a range: in English `0.1–1 FTE`, or `-3 to 5 km` if it goes below zero.

    Args:
        low: The low end.
        high: The high end.
        unit: The unit, in the form that `Unit.parse` reads.
        words: The words of the interface; English by default.
    """
    words = words or english()
    ends = [format_number(end, words.language) for end in (low, high)]
    shown = words.fill("span_below_zero" if low < 0 else "span", low=ends[0], high=ends[1])
    return with_unit(shown, unit, words, is_one=numerals(words.language).is_one(abs(high)))


def format_rounded(value: float, unit: str = "", words: Words | None = None) -> str:
    """Write a result computed from exact numbers: as a whole number from 100 up, with at most three decimals below.

    This rounds halves away from zero, as pages do.
    """
    meant = _without_error(value)
    place = Decimal("1" if abs(meant) >= 100 else "0.001")
    return format_quantity(meant.quantize(place, rounding=ROUND_HALF_UP, context=_ALL_DIGITS), unit, words)


def is_range(low: float, high: float) -> bool:
    """Return whether the ends of an estimate differ by more than rounding errors."""
    return _without_error(low) != _without_error(high)


def subtracted(value: float, other: float) -> float:
    """Return the difference of two computed values; exactly zero if they differ only by rounding errors."""
    return float(_without_error(value)) - float(_without_error(other))


def format_likely(
    low: float,
    likely: float,
    high: float,
    unit: str = "",
    words: Words | None = None,
    *,
    digits: int = 3,
    is_amount: bool = False,
) -> str:
    """Write the likely value of an estimate: with three significant digits, unless it has no range.

    This rounds halves away from zero, as pages do.

    Args:
        low: The low end of the range.
        likely: The likely value.
        high: The high end of the range.
        unit: The unit.
        words: The words of the interface; English by default.
        digits: The number of significant digits.
        is_amount: Whether nobody has less than zero of it: then a value below zero is "less than 0", and two digits are
            enough, because it is where two estimates meet.
    """
    words = words or english()
    if is_amount and _without_error(likely) < 0:
        return with_unit(_below_zero(words), unit, words, is_one=False)
    if not is_range(low, high):
        return format_rounded(likely, unit, words)
    return format_quantity(_digits(likely, min(digits, 2) if is_amount else digits), unit, words)


def format_span(low: float, high: float, words: Words | None = None, *, is_amount: bool = False) -> str:
    """Write the range of an estimate: with two significant digits, because its ends are less certain.

    Args:
        low: The low end.
        high: The high end.
        words: The words of the interface; English by default.
        is_amount: Whether nobody has less than zero of it: then a range from below zero is "at most" its high end.
    """
    words = words or english()
    is_below = is_amount and _without_error(low) < 0
    if is_below and _without_error(high) <= 0:
        return _below_zero(words)
    if not is_range(low, high):
        return format_rounded(low, "", words)
    ends = [format_quantity(_digits(end, 2), "", words) for end in (low, high)]
    if is_below:
        return words.fill("at_most_said", high=ends[1])
    return words.fill("span_below_zero" if low < 0 else "span", low=ends[0], high=ends[1])


def _below_zero(words: Words) -> str:
    return words.fill("below_said", high=format_quantity(0, "", words))


def _digits(value: float, count: int) -> Decimal:
    """Round a number to some significant digits."""
    meant = _without_error(value)
    place = Decimal((0, (1,), meant.adjusted() - count + 1)) if meant else Decimal(1)
    return meant.quantize(place, rounding=ROUND_HALF_UP, context=_ALL_DIGITS)


def _without_error(value: float) -> Decimal:
    """Return what a computed number stands for: for 0.29 * 750, which is a little less in floats, 217.5."""
    rounded = float(_KNOWN_DIGITS.create_decimal_from_float(float(value)))
    # The greatest number can't be rounded up.
    return Decimal(repr(rounded if math.isfinite(rounded) else float(value)))


def unit_label(unit: str, words: Words | None = None, *, is_one: bool = False) -> str:
    """Write a unit as readers see it: in English, `USD per year`, `quarters`.

    Args:
        unit: The unit, in the form that `Unit.parse` reads.
        words: The words of the interface; English by default.
        is_one: Whether to use the singular.
    """
    words = words or english()
    if in_words := unit_in_words(unit):
        one, _, several = in_words.partition("|")
        return one if is_one else several or one
    label, *divisors = re.split(r"\s*/\s*", unit)
    label = _inflected(label, words, is_one=is_one)
    for divisor in divisors:
        label = words.fill("unit_per", unit=label, divisor=_inflected(divisor, words, is_one=True))
    return label


def _inflected(product: str, words: Words, *, is_one: bool) -> str:
    """Return a product of factors, with the last one in the singular or plural."""
    last = re.split(r"[*·]", product)[-1]
    one, _, several = last.partition("|")
    if not several:
        # Authors may write a unit in the singular or the plural, and common units in English for any language. In a
        # product, only the last word is inflected.
        unit = english().singulars.get(one.strip(), one.strip())
        own = words.own_units.get(unit) if last == product else None
        one = own or words.singulars.get(one.strip(), one)
        several = words.plurals.get(one.strip(), one)
    return unit_name(product.removesuffix(last)) + (one if is_one else several)


def with_unit(shown: str, unit: str, words: Words, *, is_one: bool) -> str:
    """Write a unit beside an already formatted number, or beside `{number}` as a placeholder.

    Args:
        shown: The number.
        unit: Its unit, in the form that `Unit.parse` reads.
        words: The words of the interface.
        is_one: Whether to use the singular.
    """
    if not unit:
        return shown
    if unit == "%":
        return words.fill("quantity_percent", number=shown)
    label = unit_label(unit, words, is_one=is_one)
    is_wide = unicodedata.east_asian_width(label[0]) in "WF"
    return words.fill("quantity_wide" if is_wide else "quantity", number=shown, unit=label)
