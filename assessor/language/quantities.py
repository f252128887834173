"""Write numbers, quantities and ranges as a language does."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Context, Decimal

from assessor.errors import RuleSetError
from assessor.language.numerals import format_number, numerals
from assessor.language.units import unit_name
from assessor.language.words import Words, WordsError, english, words_of
from assessor.validation import named_value

# A double has at most 309 digits before its point.
_ALL_DIGITS = Context(prec=320)


class Quotable:
    """What texts quote by an f-string, as readers see it."""

    def value_text(self, words: Words | None = None) -> str:
        """Return the value and its unit as readers see them, by default in English."""
        raise NotImplementedError

    def __str__(self) -> str:
        """The value and its unit, as readers of English see them."""
        return self.value_text()

    def __format__(self, language: str) -> str:
        """The value and its unit for readers of a language: `f"below {limit:de}"`; English by default.

        Raises:
            RuleSetError: If there are no words in that language.
        """
        try:
            return self.value_text(words_of(language or "en"))
        except WordsError as error:
            raise RuleSetError(f"{named_value(self)} is quoted: {error}") from None


def format_quantity(value: float, unit: str = "", words: Words | None = None) -> str:
    """Write a number and its unit: in English `27,084 USD per year`, `0.5 FTE`, `2 quarters`, `99.99%`.

    Args:
        value: The number, shown as `format_number` does.
        unit: Its unit, as `Unit.parse` reads it.
        words: The words of the interface; English by default.
    """
    words = words or english()
    is_one = numerals(words.language).is_one(abs(value))
    return with_unit(format_number(value, words.language), unit, words, is_one=is_one)


def format_range(low: float, high: float, unit: str = "", words: Words | None = None) -> str:
    """Write a range: in English `0.1–1 FTE`, and `-3 to 5 km` below zero.

    Args:
        low: Its low end.
        high: Its high end.
        unit: Their unit, as `Unit.parse` reads it.
        words: The words of the interface; English by default.
    """
    words = words or english()
    ends = [format_number(end, words.language) for end in (low, high)]
    shown = words.fill("span_below_zero" if low < 0 else "span", low=ends[0], high=ends[1])
    return with_unit(shown, unit, words, is_one=numerals(words.language).is_one(abs(high)))


def format_rounded(value: float, unit: str = "", words: Words | None = None) -> str:
    """Write what was worked out from exact numbers: whole from 100 up, at most three decimals below.

    A half is rounded away from zero, as pages round it.
    """
    place = Decimal("1" if abs(value) >= 100 else "0.001")
    rounded = Decimal(repr(float(value))).quantize(place, rounding=ROUND_HALF_UP, context=_ALL_DIGITS)
    return format_quantity(float(rounded), unit, words)


def format_likely(low: float, likely: float, high: float, unit: str = "", words: Words | None = None) -> str:
    """Write what is likely of an estimate: to three digits, unless it has no range.

    A half is rounded away from zero, as pages round it.

    Args:
        low: The low end of its range.
        likely: What is likely.
        high: The high end of its range.
        unit: Its unit.
        words: The words of the interface; English by default.
    """
    return format_rounded(likely, unit, words) if low == high else format_quantity(_digits(likely, 3), unit, words)


def format_span(low: float, high: float, words: Words | None = None) -> str:
    """Write the range of an estimate, whose ends are known less well than what is likely: to two digits.

    Args:
        low: Its low end.
        high: Its high end.
        words: The words of the interface; English by default.
    """
    if low == high:
        return format_rounded(low, "", words)
    words = words or english()
    key = "span_below_zero" if low < 0 else "span"
    ends = [format_quantity(_digits(end, 2), "", words) for end in (low, high)]
    return words.fill(key, low=ends[0], high=ends[1])


def _digits(value: float, count: int) -> float:
    """Return a number to so many significant digits."""
    exact = Decimal(repr(float(value)))
    place = Decimal((0, (1,), exact.adjusted() - count + 1)) if exact else Decimal(1)
    return float(exact.quantize(place, rounding=ROUND_HALF_UP, context=_ALL_DIGITS))


def unit_label(unit: str, words: Words | None = None, *, is_one: bool = False) -> str:
    """Write a unit as readers see it: in English, `USD per year`, `quarters`.

    Args:
        unit: The unit, as `Unit.parse` reads it.
        words: The words of the interface; English by default.
        is_one: Whether just one of it is spoken of.
    """
    words = words or english()
    label, *divisors = re.split(r"\s*/\s*", unit)
    label = _inflected(label, words, is_one=is_one)
    for divisor in divisors:
        label = words.fill("unit_per", unit=label, divisor=_inflected(divisor, words, is_one=True))
    return label


def _inflected(product: str, words: Words, *, is_one: bool) -> str:
    """Return a product of factors, the last of which has the form that its number needs."""
    last = re.split(r"[*·]", product)[-1]
    one, _, several = last.partition("|")
    if not several:
        # An author may name a unit in the singular or the plural, and a common one in English for any language. Of a
        # product, only the last word would be in it.
        unit = english().singulars.get(one.strip(), one.strip())
        own = words.own_units.get(unit) if last == product else None
        one = own or words.singulars.get(one.strip(), one)
        several = words.plurals.get(one.strip(), one)
    return unit_name(product.removesuffix(last)) + (one if is_one else several)


def with_unit(shown: str, unit: str, words: Words, *, is_one: bool) -> str:
    """Write a unit beside a number that is written already, or beside `{number}` for one that is to come.

    Args:
        shown: The number.
        unit: Its unit, as `Unit.parse` reads it.
        words: The words of the interface.
        is_one: Whether it is just one.
    """
    if not unit:
        return shown
    if unit == "%":
        return words.fill("quantity_percent", number=shown)
    label = unit_label(unit, words, is_one=is_one)
    is_wide = unicodedata.east_asian_width(label[0]) in "WF"
    return words.fill("quantity_wide" if is_wide else "quantity", number=shown, unit=label)
