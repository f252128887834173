"""How prose and rule set disagree about a fact."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from assessor.language.layout import quoted
from assessor.language.quantities import format_quantity
from assessor.language.words import Words
from assessor.model.facts import Fact
from assessor.prose.measures import COUNTS, TIMES, Units, converted, is_same, over_and_under
from assessor.prose.mentions import Mention, find_quantities

_QUOTES = str.maketrans("‘’“”–—−", "''\"\"---")


def drift(fact: Fact, text: str, vocabulary: Units, words: Words) -> str:
    """Return how the text of a link to a fact disagrees with it, or nothing.

    A text must have the value, or the fact's whole range, and no other number, no other unit, and no other time that it
    is divided by. A year, a date or a version counts as no number, and neither does the number of a thing, as in
    PostgreSQL 16. What is the same in another unit, as 3.1 miles are 5 km, agrees.

    Args:
        fact: The fact.
        text: What the link says.
        vocabulary: The units to recognise, and the language of the text.
        words: The words of that language.
    """
    said = quoted(text)
    if isinstance(fact.value, str):
        is_said = _folded(fact.value) in _folded(text)
        return "" if is_said else f"the text {said} does not say what fact '{fact.id}' says, {quoted(fact.value)}"
    unit, under = over_and_under(fact.unit)
    times = under & TIMES
    every = find_quantities(text, vocabulary)
    found = _compared(every, fact, unit, times)
    # What is left out of the comparison agrees in its own way.
    agrees = len(found) < len(every) or any(each.value == fact.value for each in found) or _is_whole_range(fact, found)
    value = quoted(fact.value_text(words))
    other = _contradicting(found, fact, unit, agrees=agrees)
    if other is not None:
        return f"the text {said} says {format_quantity(other.value, words=words)}, but fact '{fact.id}' is {value}"
    if not agrees:
        return f"the text {said} lacks the value of fact '{fact.id}', {value}"
    measure = next(_other_measures(found, fact, unit, times), "")
    return f"the text {said} is {measure}, but fact '{fact.id}' is {value}" if measure else ""


def _compared(every: Sequence[Mention], fact: Fact, unit: str, times: frozenset[str]) -> Sequence[Mention]:
    """Return the quantities that must agree with a fact: not those that are the same in another unit."""
    is_said = any(each.value == fact.value and (not each.unit or is_same(each.unit, unit)) for each in every)
    found = [each for each in every if not _is_converted(each, fact, unit, is_rounded=is_said)]
    if any(each.value == fact.value and each.per in times for each in found):
        # Beside the value, what is divided by another time is another quantity.
        found = [each for each in found if each.per not in TIMES - times or _is_within(each, fact)]
    return found


def _contradicting(found: Sequence[Mention], fact: Fact, unit: str, *, agrees: bool) -> Mention | None:
    """Return the first quantity that contradicts a fact: one beyond its range, or the only one where none agrees."""
    certain = [each for each in found if _is_certain(each, unit, fact.number)]
    beyond = next((each for each in certain if not _is_within(each, fact)), None)
    return certain[0] if beyond is None and certain and len(found) == 1 and not agrees else beyond


def _is_within(mention: Mention, fact: Fact) -> bool:
    return fact.range.low <= mention.value <= fact.range.high


def _is_certain(mention: Mention, unit: str, value: float) -> bool:
    """Return whether a number that is not the fact's contradicts it; "one" and its like may count anything."""
    if mention.is_spelt:
        return bool(mention.unit) and is_same(mention.unit, unit)
    return not mention.is_vague or mention.value == value


def _is_converted(mention: Mention, fact: Fact, unit: str, *, is_rounded: bool) -> bool:
    """Return whether a quantity is the fact's in another unit: exactly, or beside the value as exactly as written."""
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
    """Yield how a quantity is measured otherwise than the fact: by its unit, or by the time that it is divided by."""
    for each in found:
        if each.is_vague:
            continue
        if each.unit and (not is_same(each.unit, unit) if unit else _is_foreign(each, fact)):
            yield f"in '{each.unit}'"
        elif times and each.per in TIMES - times and (each.unit or _is_within(each, fact)):
            yield f"per '{each.per}'"


def _is_foreign(mention: Mention, fact: Fact) -> bool:
    """Return whether a unit says another thing than a fact without one, whose title may say what is counted."""
    return not fact.unit and mention.unit not in COUNTS and mention.unit.casefold() not in _folded(fact.title)


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text.translate(_QUOTES)).casefold()
