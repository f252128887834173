"""Judge whether a page still supports a fact: whether it has the quoted text, or the value near the fact's words."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assessor.language.layout import quoted
from assessor.language.numerals import format_number
from assessor.language.words import base_language, languages
from assessor.model.facts import Fact
from assessor.prose.dates import find_dates
from assessor.prose.drift import folded
from assessor.prose.measures import Units, is_same, over_and_under
from assessor.prose.mentions import find_quantities
from assessor.prose.unlinked import unlinked

Verdict = Literal["holds", "changed", "unclear"]
_DIGIT = re.compile(r"\d")
# The start of a word of four letters or more, in which its forms are alike.
_WORD = re.compile(r"[^\W\d_]{4,5}")
_NUMBER = re.compile(r"\d+(?:[.,'’\s]\d+)*")
# Fractions, and the numbers that English writes in words.
_NO_DIGITS = re.compile(
    r"\d/\d|[\u00bc-\u00be\u2150-\u215e]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|"
    r"\w+ty|hundred|thousand|half|quarter|dozen)\b",
    re.IGNORECASE,
)
_WIDEST = 160
_MOST_BLOCKS = 400


@dataclass(frozen=True)
class Support:
    """Whether a page supports a fact.

    Attributes:
        verdict: `changed` if the page certainly lacks what it had; `unclear` if a reader has to look.
        message: The finding, or what it lacks.
    """

    verdict: Verdict
    message: str


def support(fact: Fact, blocks: Sequence[str], language: str, own_language: str) -> Support:
    """Return whether a page supports a fact.

    Args:
        fact: The fact.
        blocks: The text of the page, a block each.
        language: The language that the page declares, or an empty string.
        own_language: The language of the rule set.
    """
    if fact.quote:
        if folded(fact.quote) in folded(" ".join(blocks)):
            return Support("holds", f"has {quoted(fact.quote)}")
        other = next(_numbers_near(fact, blocks, language, own_language), "")
        return Support("changed", f"does not have {quoted(fact.quote)} any more{other}")
    if isinstance(fact.value, str):
        if folded(fact.value) in folded(" ".join(blocks)):
            return Support("holds", f"has {quoted(fact.value)}")
        return Support("unclear", "does not have these words; give the fact a quote= to check it")
    if isinstance(fact.value, datetime.date):
        return _date_support(fact, fact.value, blocks, language, own_language)
    return _number_support(fact, blocks, language, own_language)


def _date_support(fact: Fact, date: datetime.date, blocks: Sequence[str], language: str, own_language: str) -> Support:
    for units in _readings(fact, language, own_language):
        for block in blocks:
            if any(each.day and each.may_be(date) for each in find_dates(block, units.language)):
                return Support("holds", f"has {quoted(_short(block))}")
    return Support("unclear", f"does not have {quoted(fact.value_text())}; give the fact a quote= to check it")


def _number_support(fact: Fact, blocks: Sequence[str], language: str, own_language: str) -> Support:
    value = fact.value_text()
    is_anywhere = False
    # Reading quantities is slow, and most blocks of a long page have none of the fact's digits.
    numbers = [number for number, block in enumerate(blocks) if _may_have(fact, block)]
    is_long = len(numbers) > _MOST_BLOCKS
    kept = [blocks[number] for number in numbers[:_MOST_BLOCKS]]
    # The block above may be a heading.
    above = [f"{blocks[number - 1]}. {blocks[number]}" for number in numbers[:_MOST_BLOCKS] if number]
    for units in _readings(fact, language, own_language):
        for around in (kept, above):
            for found in _near(fact, around, units):
                return Support("holds", f"has {quoted(_short(found))}")
        is_anywhere = is_anywhere or _has_number(fact, kept, units)
    if is_long:
        return Support(
            "unclear", f"has too many numbers to look for {quoted(value)}; give the fact a quote= to check it"
        )
    if is_anywhere:
        said = "apart from the words of the fact; give the fact a quote= to check it"
        return Support("unclear", f"has {quoted(value)} {said}")
    other = next(_numbers_near(fact, blocks, language, own_language), "")
    return Support("changed", f"does not have {quoted(value)} any more{other}")


def _readings(fact: Fact, language: str, own_language: str) -> Iterator[Units]:
    """Yield the ways to read numbers: by the language of the page, and by those of pages that declare a wrong one."""
    for each in dict.fromkeys((base_language(language), base_language(own_language), "en", "de", "fr")):
        if each in languages():
            yield Units([fact.unit] if fact.unit else [], each)


def _may_have(fact: Fact, block: str) -> bool:
    """Return whether a block may have the value or the range of a fact: its digits, a fraction or number words."""
    if _NO_DIGITS.search(block):
        return True
    span = fact.range
    wanted = {re.sub(r"\D", "", format_number(abs(number))).strip("0") for number in (span.low, span.likely, span.high)}
    for number in _NUMBER.findall(block):
        # "2024 5" are two numbers, and "1 000" is one.
        if any(re.sub(r"\D", "", part).strip("0") in wanted for part in (number, *number.split())):
            return True
    return False


def _near(fact: Fact, blocks: Sequence[str], units: Units) -> Iterator[str]:
    """Yield each block that has the value or the range of a fact, beside its unit or its words."""
    for found in unlinked(blocks, [fact], units):
        if found.kind in ("value", "range"):
            yield blocks[found.sentence]


def _numbers_near(fact: Fact, blocks: Sequence[str], language: str, own_language: str) -> Iterator[str]:
    """Yield other numbers beside the words of a fact, as what a page may say now."""
    if not fact.is_numeric:
        return
    units = next(_readings(fact, language, own_language))
    words = set(_WORD.findall(f"{fact.title} {fact.id}".casefold()))
    kept = [block for block in blocks if _DIGIT.search(block) and sum(word in block.casefold() for word in words) > 1]
    for found in unlinked(kept[:_MOST_BLOCKS], [fact], units):
        if found.kind == "other":
            yield f", but {quoted(_short(kept[found.sentence]))}"


def _has_number(fact: Fact, blocks: Sequence[str], units: Units) -> bool:
    unit, _ = over_and_under(fact.unit)
    return any(
        each.value == fact.value and (not each.unit or not unit or is_same(each.unit, unit))
        for block in blocks
        for each in find_quantities(block, units)
    )


def _short(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
