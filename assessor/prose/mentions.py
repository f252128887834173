"""Find quantities in prose: numbers in digits and words, ranges, and the units beside them."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assessor.language.numerals import numerals
from assessor.prose.languages import GRAMMARS
from assessor.prose.measures import Units
from assessor.prose.number_words import MULTIPLES, number_words

# Hard spaces group digits in every language.
_SPACES = "\u00a0\u2009\u202f"
_MULTIPLE = re.compile(rf"(?P<sign>[kK]|M|bn)(?![\w/])|[ \u00a0](?P<word>(?i:{'|'.join(MULTIPLES)}))\b")
_SIGNS = {"k": 1e3, "K": 1e3, "M": 1e6, "bn": 1e9}
# Digits that are not quantities: dates, times, versions, ordinals, "24/7".
_NO_QUANTITY = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}|\bv?\d+(?:\.\d+){2,}|\bv\d+(?:\.\d+)*|\d+(?:st|nd|rd|th)\b|\b24/7\b"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE_YEAR = re.compile(r"(?:\b(?:in|since|of|by|until|till|from|early|late|mid)|,)[ \u00a0]$|\($", re.IGNORECASE)
# After these words, a number is a name, not a quantity: PostgreSQL 16, section 4.2, step 1.
_BEFORE_NAME = re.compile(
    r"(?:\b[A-Z][\w.]*|\b(?:section|chapter|step|phase|part|figure|table|page|item|level|tier|version|release|no\.))"
    r"[ \u00a0]#?$"
)
_BEFORE_MINUS = re.compile(r"(?:^|[^\d\s])[ \u00a0]*\bminus[ \u00a0]$", re.IGNORECASE)
# How many characters before a number to look for these words.
_NEAR = 40
_VULGAR = {sign: unicodedata.numeric(sign) for sign in map(chr, (*range(0xBC, 0xBF), *range(0x2150, 0x215F)))}
_FRACTION = re.compile(
    r"(?<![\w#.,/])(?:(?P<whole>\d+)[ \u00a0])?(?P<over>\d{1,2})[/\u2044](?P<under>\d{1,2})(?![\w/]|[.,]\d)"
    rf"|(?<![^\W\d]|[#.,])(?P<before>\d*)(?P<vulgar>[{''.join(_VULGAR)}])"
)


@dataclass(frozen=True)
class Mention:
    """A quantity in a text.

    Attributes:
        value: The number.
        start: Where it starts in the text.
        end: Where it ends, including its unit.
        unit: The unit as `canonical` returns it, or an empty string if there is none.
        per: The divisor, in the same form.
        places: The number of decimal places as written.
        is_spelt: Whether the number is a word.
        is_vague: Whether the number may not be a quantity, such as a year.
        is_range_end: Whether it is the upper end of a range that starts with the previous mention.
        number: Where its number starts and ends, without a multiple and a unit.
    """

    value: float
    start: int
    end: int
    unit: str = ""
    per: str = ""
    places: int = 0
    is_spelt: bool = False
    is_vague: bool = False
    is_range_end: bool = False
    number: tuple[int, int] = (0, 0)


def find_quantities(text: str, vocabulary: Units) -> list[Mention]:
    """Return the quantities in a text, in order.

    Args:
        text: Plain text.
        vocabulary: The units to recognise, and the language that determines the form of numbers. Number words count in
            English only.
    """
    found = [*_in_digits(text, vocabulary)]
    if vocabulary.language == "en":
        taken = {place for each in found for place in range(each.start, each.end)}
        found += [each for each in _spelt(text, vocabulary) if taken.isdisjoint(range(each.start, each.end))]
    return _joined(text, sorted(found, key=lambda each: each.start), vocabulary.language)


def _in_digits(text: str, vocabulary: Units) -> Iterator[Mention]:
    own = numerals(vocabulary.language)
    grouping, number = _grouping(vocabulary.language), _number(vocabulary.language)
    # In languages that group digits with points, 1.234.567 is a number, not a version.
    skipped = [match.span() for match in _NO_QUANTITY.finditer(text) if not number.fullmatch(match[0])]
    for match in _FRACTION.finditer(text):
        value = _fraction(match)
        if value is not None and not _is_within(match, skipped):
            skipped.append(match.span())
            yield _measured(text, vocabulary, value, match.span(), places=2)
    for match in number.finditer(text):
        if _is_within(match, skipped):
            continue
        digits = re.sub(grouping, "", match[0].lstrip("-−")).replace(own.decimal, ".")
        start, end = match.span()
        is_negative = bool(match["minus"] or _BEFORE_MINUS.search(text, max(0, start - _NEAR), start))
        mention = _measured(
            text,
            vocabulary,
            -float(digits) if is_negative else float(digits),
            (start, end),
            places=len(digits.partition(".")[2]),
        )
        is_year = (
            _YEAR.fullmatch(digits) is not None and _BEFORE_YEAR.search(text, max(0, start - _NEAR), start) is not None
        )
        is_name = not mention.unit and _BEFORE_NAME.search(text, max(0, start - _NEAR), start) is not None
        yield replace(mention, is_vague=True) if is_year or is_name else mention


def _grouping(language: str) -> str:
    own = numerals(language)
    return f"[{re.escape(own.group + own.typed + _SPACES)}]"


@functools.cache
def _number(language: str) -> re.Pattern[str]:
    """Return a pattern for numbers in digits in a language."""
    grouping, decimal = _grouping(language), re.escape(numerals(language).decimal)
    # A hyphen after a word or a number, as in 3-8, is not a minus sign.
    return re.compile(
        rf"(?P<minus>(?<![\w.,)])[-−])?(?:(?<![\w#])(?:\d{{1,3}}(?:{grouping}\d{{3}})+(?!\d)|\d+)(?:{decimal}\d+)?"
        rf"|(?<![\w#.,]){decimal}\d+)"
    )


def _fraction(match: re.Match[str]) -> float | None:
    """Return the value of `½`, `3½`, `1/2` or `1 1/2`, or `None` for anything else, such as 24/7."""
    if match["vulgar"]:
        return float(match["before"] or 0) + _VULGAR[match["vulgar"]]
    over, under = int(match["over"]), int(match["under"])
    return float(match["whole"] or 0) + over / under if 0 < over < under else None


def _is_within(match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(start < match.end() and match.start() < end for start, end in spans)


def _spelt(text: str, vocabulary: Units) -> Iterator[Mention]:
    for value, start, end in number_words(text):
        mention = _measured(text, vocabulary, value, (start, end))
        # "Two-way street" has no quantity, "three-FTE team" does.
        if mention.unit or not re.match(r"-\w", text[end : end + 2]):
            yield replace(mention, is_spelt=True)


def _measured(text: str, vocabulary: Units, value: float, span: tuple[int, int], *, places: int = 0) -> Mention:
    start, end = span
    multiple = _MULTIPLE.match(text, end)
    if multiple:
        times = _SIGNS[multiple["sign"]] if multiple["sign"] else MULTIPLES[multiple["word"].casefold()]
        value, end = value * times, multiple.end()
    # "3+ FTE" means at least three.
    after = end + 1 if text[end : end + 1] == "+" else end
    unit, after = vocabulary.unit_after(text, after)
    if not unit:
        after = end
        unit, start = vocabulary.unit_before(text, start)
    per, after = vocabulary.per_after(text, after)
    return Mention(value, start, after, unit, per, places, number=span)


def _joined(text: str, found: list[Mention], language: str) -> list[Mention]:
    """Mark the numbers that end ranges, and copy the unit in `3 or 4 FTE` to the first number."""
    grammar = GRAMMARS[language]
    joined: list[Mention] = []
    for place in reversed(range(len(found))):
        each = found[place]
        after = joined[-1] if joined else None
        is_bare = not (each.unit or each.per or each.is_vague)
        if after is not None and is_bare and grammar.joins(text, each.end, after.start):
            each = replace(each, unit=after.unit, per=after.per)
        before = found[place - 1] if place else None
        is_end = before is not None and grammar.is_range(text, before.start, before.end, each.start)
        joined.append(replace(each, is_range_end=True) if is_end else each)
    return joined[::-1]
