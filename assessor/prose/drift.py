"""Check whether the text of a link agrees with its fact."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from assessor.language.layout import quoted
from assessor.language.numerals import numerals
from assessor.language.quantities import format_quantity
from assessor.language.words import Words
from assessor.model.facts import Fact
from assessor.prose.dates import corrected_date, date_drift
from assessor.prose.measures import COUNTS, TIMES, Units, converted, is_same, over_and_under
from assessor.prose.mentions import Mention, find_quantities

_QUOTES = str.maketrans("‘’“”–—−", "''\"\"---")


def drift(fact: Fact, text: str, vocabulary: Units, words: Words) -> str:
    """Return how the text of a link to a fact disagrees with the fact, or an empty string.

    The text must have the value or the whole range, and no other number, unit or time divisor. Years, dates, versions
    and numbers that are part of a name, as in PostgreSQL 16, don't count. Equal quantities in another unit agree: 3.1
    miles are 5 km.

    Args:
        fact: The fact.
        text: The link text.
        vocabulary: The units to recognise, and the language of the text.
        words: The words of that language.
    """
    said = quoted(text)
    if fact.is_date:
        return date_drift(fact, text, words)
    if isinstance(fact.value, str):
        is_said = folded(fact.value) in folded(text)
        return "" if is_said else f"the text {said} does not say what fact '{fact.id}' says, {quoted(fact.value)}"
    unit, under = over_and_under(fact.unit)
    times = under & TIMES
    every = find_quantities(text, vocabulary)
    found = _compared(every, fact, unit, times)
    # Quantities that are left out of the comparison are conversions of the value, so they count as agreeing.
    agrees = len(found) < len(every) or any(each.value == fact.value for each in found) or _is_whole_range(fact, found)
    value = quoted(fact.value_text(words))
    other = _contradicting(found, fact, unit, agrees=agrees)
    if other is not None:
        return f"the text {said} says {format_quantity(other.value, words=words)}, but fact '{fact.id}' is {value}"
    if not agrees:
        return f"the text {said} lacks the value of fact '{fact.id}', {value}"
    measure = next(_other_measures(found, fact, unit, times), "")
    return f"the text {said} is {measure}, but fact '{fact.id}' is {value}" if measure else ""


def corrected(fact: Fact, text: str, vocabulary: Units, words: Words) -> str:
    """Return the text of a link with the fact's value in place of its only number, with as many decimals as before.

    A date takes the place of the only date.

    Args:
        fact: The fact.
        text: A link text that disagrees with the fact.
        vocabulary: The units to recognise, and the language of the text.
        words: The words of that language.

    Returns:
        The text; empty if it would still disagree, so that this is no way to correct it.
    """
    if fact.is_date:
        return corrected_date(fact, text, words)
    every = find_quantities(text, vocabulary)
    if not fact.is_numeric or len(every) != 1 or every[0].is_spelt:
        return ""
    start, end = every[0].number
    number, decimal = format_quantity(fact.number, words=words), numerals(words.language).decimal
    # A fraction such as ½ has no decimals.
    missing = every[0].places - len(number.partition(decimal)[2]) if decimal in text[start:end] else 0
    if missing > 0:
        number += ("" if decimal in number else decimal) + "0" * missing
    changed = f"{text[:start]}{number}{text[end:]}"
    return "" if drift(fact, changed, vocabulary, words) else changed


def _compared(every: Sequence[Mention], fact: Fact, unit: str, times: frozenset[str]) -> Sequence[Mention]:
    """Return the quantities that must agree with a fact: all but its conversions to other units."""
    is_said = any(each.value == fact.value and (not each.unit or is_same(each.unit, unit)) for each in every)
    found = [each for each in every if not _is_converted(each, fact, unit, is_rounded=is_said)]
    if any(each.value == fact.value and each.per in times for each in found):
        # A quantity with another time divisor beside the value is a different quantity.
        found = [each for each in found if each.per not in TIMES - times or _is_within(each, fact)]
    return found


def _contradicting(found: Sequence[Mention], fact: Fact, unit: str, *, agrees: bool) -> Mention | None:
    """Return the first quantity that contradicts a fact: one beyond its range, or the only one if none agrees."""
    certain = [each for each in found if _is_certain(each, unit, fact.number)]
    beyond = next((each for each in certain if not _is_within(each, fact)), None)
    return certain[0] if beyond is None and certain and len(found) == 1 and not agrees else beyond


def _is_within(mention: Mention, fact: Fact) -> bool:
    return fact.range.low <= mention.value <= fact.range.high


def _is_certain(mention: Mention, unit: str, value: float) -> bool:
    """Return whether a number other than the fact's is certain to contradict it. "One" may count anything."""
    if mention.is_spelt:
        return bool(mention.unit) and is_same(mention.unit, unit)
    return not mention.is_vague or mention.value == value


def _is_converted(mention: Mention, fact: Fact, unit: str, *, is_rounded: bool) -> bool:
    """Return whether a quantity is the fact in another unit: exactly, or to the written precision beside the value."""
    if mention.unit == unit:
        return False
    if converted(mention.value, mention.unit, unit) == fact.value:
        return True
    ends = (fact.range.low, fact.number, fact.range.high)
    same = (converted(end, unit, mention.unit) for end in ends) if is_rounded else ()
    return any(each is not None and round(each, mention.places) == mention.value for each in same)


def _is_whole_range(fact: Fact, found: Sequence[Mention]) -> bool:
    return not fact.range.is_exact and any(
        upper.is_range_end and (lower.value, upper.value) == (fact.range.low, fact.range.high)
        for lower, upper in itertools.pairwise(found)
    )


def _other_measures(found: Sequence[Mention], fact: Fact, unit: str, times: frozenset[str]) -> Iterator[str]:
    """Yield each unit or time divisor that differs from the fact's."""
    for each in found:
        if each.is_vague:
            continue
        if each.unit and (not is_same(each.unit, unit) if unit else _is_foreign(each, fact)):
            yield f"in '{each.unit}'"
        elif times and each.per in TIMES - times and (each.unit or _is_within(each, fact)):
            yield f"per '{each.per}'"


def _is_foreign(mention: Mention, fact: Fact) -> bool:
    """Return whether a unit contradicts a fact without one; the title of the fact may name the things it counts."""
    return not fact.unit and mention.unit not in COUNTS and mention.unit.casefold() not in folded(fact.title)


def folded(text: str) -> str:
    """Return a text in the form for comparisons: in lower case, with plain quotation marks, dashes and spaces."""
    return re.sub(r"\s+", " ", text.translate(_QUOTES)).casefold()
