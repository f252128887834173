"""Judge whether a page still supports a fact: whether it has the quoted text, or the value near the fact's words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assessor.language.layout import quoted
from assessor.language.words import base_language, languages
from assessor.model.facts import Fact
from assessor.prose.drift import folded
from assessor.prose.measures import Units, is_same, over_and_under
from assessor.prose.mentions import find_quantities
from assessor.prose.unlinked import unlinked

Verdict = Literal["holds", "changed", "unclear"]
_DIGIT = re.compile(r"\d")
_WIDEST = 160


@dataclass(frozen=True)
class Support:
    """Whether a page supports a fact.

    Attributes:
        verdict: `changed` if the page certainly lacks what it had; `unclear` if a reader has to look.
        message: What was looked for or found.
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
    return _number_support(fact, blocks, language, own_language)


def _number_support(fact: Fact, blocks: Sequence[str], language: str, own_language: str) -> Support:
    value = fact.value_text()
    is_anywhere = False
    for units in _readings(fact, language, own_language):
        for around in (blocks, _neighbours(blocks)):
            for found in _near(fact, around, units):
                return Support("holds", f"has {quoted(_short(found))}")
        is_anywhere = is_anywhere or _has_number(fact, blocks, units)
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


def _near(fact: Fact, blocks: Iterable[str], units: Units) -> Iterator[str]:
    """Yield each block that has the value or the range of a fact, beside its unit or its words."""
    # Most blocks have no number.
    said = [block for block in blocks if _DIGIT.search(block) or units.language == "en"]
    for found in unlinked(said, [fact], units):
        if found.kind in ("value", "range"):
            yield said[found.sentence]


def _numbers_near(fact: Fact, blocks: Sequence[str], language: str, own_language: str) -> Iterator[str]:
    """Yield other numbers beside the words of a fact, as what a page may say now."""
    if isinstance(fact.value, str):
        return
    units = next(_readings(fact, language, own_language))
    for found in unlinked(blocks, [fact], units):
        if found.kind == "other":
            yield f", but {quoted(_short(blocks[found.sentence]))}"


def _has_number(fact: Fact, blocks: Sequence[str], units: Units) -> bool:
    unit, _ = over_and_under(fact.unit)
    return any(
        each.value == fact.value and (not each.unit or not unit or is_same(each.unit, unit))
        for block in blocks
        for each in find_quantities(block, units)
    )


def _neighbours(blocks: Sequence[str]) -> Iterator[str]:
    """Yield each block with the one above it, which may be its heading."""
    yield from (f"{above}. {below}" for above, below in itertools.pairwise(blocks) if _DIGIT.search(below))


def _short(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
