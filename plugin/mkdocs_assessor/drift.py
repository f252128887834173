"""How prose and rule set disagree about a fact."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from assessor.facts import Fact
from assessor.units import format_quantity
from assessor.words import Words
from mkdocs_assessor.measures import TIMES, Vocabulary, is_same, over_and_under
from mkdocs_assessor.numbers import Mention, mentions

_QUOTES = str.maketrans("‘’“”–—−", "''\"\"---")


def drift(fact: Fact, text: str, vocabulary: Vocabulary, words: Words) -> str:
    """Say how the text of a link to a fact disagrees with it, or nothing.

    A text must have the value, or the fact's whole range, and no other number, no other unit, and no other time that it
    is divided by. A year, a date or a version counts as no number.

    Args:
        fact: The fact.
        text: What the link says.
        vocabulary: The units to recognise.
        words: The words of the text's language.
    """
    if isinstance(fact.value, str):
        is_said = _folded(fact.value) in _folded(text)
        return "" if is_said else f"the text {text!r} does not say what fact {fact.id!r} says, {fact.value!r}"
    found = mentions(text, vocabulary, words.language)
    unit, under = over_and_under(fact.unit)
    value = fact.value_text(words)
    for each in found:
        if not fact.range.low <= each.value <= fact.range.high and _is_certain(each, unit, fact.value):
            said = format_quantity(each.value, words=words)
            return f"the text {text!r} says {said}, but fact {fact.id!r} is {value!r}"
    if not any(each.value == fact.value for each in found) and not _is_whole_range(fact, found):
        return f"the text {text!r} lacks the value of fact {fact.id!r}, {value!r}"
    for measure in _other_measures(found, fact.unit, unit, under):
        return f"the text {text!r} is {measure}, but fact {fact.id!r} is {value!r}"
    return ""


def _is_certain(mention: Mention, unit: str, value: float) -> bool:
    """Say whether a number that is not the fact's contradicts it; "one" and its like may count anything."""
    if mention.is_spelt:
        return bool(mention.unit) and is_same(mention.unit, unit)
    return not mention.is_vague or mention.value == value


def _is_whole_range(fact: Fact, found: Sequence[Mention]) -> bool:
    return not fact.range.is_exact and any(
        upper.is_range_end and (lower.value, upper.value) == (fact.range.low, fact.range.high)
        for lower, upper in itertools.pairwise(found)
    )


def _other_measures(found: Sequence[Mention], written: str, unit: str, under: frozenset[str]) -> Iterator[str]:
    """Yield how a quantity is measured otherwise than the fact: by its unit, or by the time that it is divided by."""
    times = under & TIMES
    for each in found:
        if each.unit and not each.is_vague:
            if not is_same(each.unit, unit) if unit else not written and each.unit == "%":
                yield f"in {each.unit!r}"
            elif times and each.per in TIMES - times:
                yield f"per {each.per!r}"


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text.translate(_QUOTES)).casefold()
