"""Quantities in prose: numbers in digits and in words, ranges, and the units beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assessor.numerals import numerals
from mkdocs_assessor.measures import Vocabulary

# Hard spaces group digits in every language.
_SPACES = "\u00a0\u2009\u202f"
_MULTIPLES = {"k": 1e3, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_MULTIPLE = re.compile(r"k(?![\w/])|[ \u00a0](?:thousand|million|billion)\b", re.IGNORECASE)
# Digits that count nothing: dates, times, versions, ordinals, round the clock.
_NO_QUANTITY = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}|\bv?\d+(?:\.\d+){2,}|\bv\d+(?:\.\d+)*|\d+(?:st|nd|rd|th)\b|\b24/7\b"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE_YEAR = re.compile(r"(?:\b(?:in|since|of|by|until|till|from|early|late|mid)|,)[ \u00a0]$|\($", re.IGNORECASE)
_RANGE = re.compile(r"[ \u00a0]?[-–—][ \u00a0]?|[ \u00a0](?:to|through|up to)[ \u00a0]")

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SPELT = {word: float(value) for value, word in enumerate(_UNITS)}
_SPELT |= {ten: 20.0 + 10 * place for place, ten in enumerate(_TENS)}
_SPELT |= {f"{ten}-{one}": _SPELT[ten] + _SPELT[one] for ten in _TENS for one in _UNITS[1:10]}
_SPELT |= {f"{_UNITS[count]} hundred": 100.0 * count for count in range(1, 10)}
_SPELT |= {"a hundred": 100.0, "a thousand": 1000.0, "a dozen": 12.0, "two dozen": 24.0}
_SPELT |= {"half an": 0.5, "half a": 0.5, "half of an": 0.5, "half of a": 0.5, "one half of an": 0.5}
_SPELT_WORD = re.compile(
    rf"\b({'|'.join(sorted(map(re.escape, _SPELT), key=len, reverse=True))})(?!-?\w)".replace(r"\ ", r"[ \u00a0]"),
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mention:
    """A quantity in a text.

    Attributes:
        value: Its number.
        start: Where it starts in the text.
        end: Where it ends, its unit included.
        unit: Its unit as `canonical` names it, or nothing where none is recognised.
        per: What it is divided by, likewise.
        is_spelt: Whether its number is written in words.
        is_vague: Whether its number may count nothing, as a year does.
        is_range_end: Whether it is the upper end of a range, whose lower end is the mention before it.
    """

    value: float
    start: int
    end: int
    unit: str = ""
    per: str = ""
    is_spelt: bool = False
    is_vague: bool = False
    is_range_end: bool = False


def mentions(text: str, vocabulary: Vocabulary, language: str = "en") -> list[Mention]:
    """Return the quantities in a text, in order.

    Args:
        text: Plain text.
        vocabulary: The units to recognise.
        language: Whose way to write numbers it follows; number words are English alone.
    """
    found = sorted(_in_digits(text, vocabulary, language), key=lambda each: each.start)
    if language == "en":
        free = _spelt(text, vocabulary)
        found += [
            each for each in free if not any(other.start < each.end and each.start < other.end for other in found)
        ]
        found.sort(key=lambda each: each.start)
    return [
        replace(each, is_range_end=before is not None and _RANGE.fullmatch(text, before.end, each.start) is not None)
        for before, each in zip([None, *found], found, strict=False)
    ]


def _in_digits(text: str, vocabulary: Vocabulary, language: str) -> Iterator[Mention]:
    own = numerals(language)
    grouping, decimal = f"[{re.escape(own.group + own.typed + _SPACES)}]", own.decimal
    # A hyphen after a word or a number, as in 3-8, is no minus.
    number = re.compile(
        rf"(?P<minus>(?<![\w.,)])[-−])?(?<![\w#])(?:\d{{1,3}}(?:{grouping}\d{{3}})+(?!\d)|\d+)(?:{re.escape(decimal)}\d+)?"
    )
    skipped = [match.span() for match in _NO_QUANTITY.finditer(text)]
    for match in number.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in skipped):
            continue
        digits = re.sub(grouping, "", match[0].lstrip("-−")).replace(decimal, ".")
        is_year = _YEAR.fullmatch(digits) is not None and _BEFORE_YEAR.search(text, 0, match.start()) is not None
        yield _measured(text, vocabulary, float(digits) * (-1 if match["minus"] else 1), match.span(), is_vague=is_year)


def _spelt(text: str, vocabulary: Vocabulary) -> list[Mention]:
    return [
        _measured(text, vocabulary, _SPELT[re.sub(r"[ \u00a0]", " ", match[1]).casefold()], match.span(), is_spelt=True)
        for match in _SPELT_WORD.finditer(text)
    ]


def _measured(
    text: str,
    vocabulary: Vocabulary,
    value: float,
    span: tuple[int, int],
    *,
    is_vague: bool = False,
    is_spelt: bool = False,
) -> Mention:
    start, end = span
    multiple = _MULTIPLE.match(text, end)
    if multiple:
        value, end = value * _MULTIPLES[multiple[0].strip().casefold()], multiple.end()
    # "3+ FTE" says at least three.
    after = end + 1 if text[end : end + 1] == "+" else end
    unit, after = vocabulary.unit_after(text, after)
    if not unit:
        after = end
        unit, start = vocabulary.unit_before(text, start)
    per, after = vocabulary.per_after(text, after) if unit else ("", after)
    return Mention(value, start, after, unit, per, is_spelt=is_spelt, is_vague=is_vague)
