"""Find dates in prose, as each language writes them, and compare them with facts."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assessor.language.dates import format_date, read_date
from assessor.language.layout import quoted
from assessor.language.words import Words, words_of
from assessor.model.facts import Fact

_ISO = re.compile(r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])")
# Dates in digits alone. In English, nobody can tell the month from the day.
_DIGITS = {
    "de": r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})(?!\d)",
    "fr": r"(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})(?![\d/])",
    "es": r"(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})(?![\d/])",
    "ja": r"(?<!\d)(?P<year>\d{4})年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?",
}
_ORDINAL = r"(?:st|nd|rd|th|er|º|\.)?"
_SPACE = r"[\s\u00a0\u202f]"
_MONTHS = range(1, 13)


@dataclass(frozen=True)
class DateMention:
    """A date in a text.

    Attributes:
        year: The year.
        month: The month.
        day: The day; `None` if the text has the month alone: "March 2027".
        start: Where it starts in the text.
        end: Where it ends.
        is_iso: Whether it is written as `2027-03-01`.
    """

    year: int
    month: int
    day: int | None
    start: int
    end: int
    is_iso: bool = False

    def may_be(self, date: datetime.date) -> bool:
        """Return whether it is a date, or the month of that date."""
        return (self.year, self.month, self.day or date.day) == (date.year, date.month, date.day)


def find_dates(text: str, language: str) -> list[DateMention]:
    """Return the dates in a text, in order.

    Args:
        text: Plain text.
        language: A language with a catalogue of words.
    """
    return sorted(_found(text, language), key=lambda each: each.start)


def _found(text: str, language: str) -> Iterator[DateMention]:
    for match in _ISO.finditer(text):
        date = read_date(match[0])
        if date:
            yield DateMention(date.year, date.month, date.day, *match.span(), is_iso=True)
    if language in _DIGITS:
        for match in re.finditer(_DIGITS[language], text):
            yield from _mention(match, int(match["month"]), match["day"])
    names = _month_names(language)
    for match in _by_name(language).finditer(text):
        yield from _mention(match, names[match["month"].casefold()], match["before"] or match["after"])


def _mention(match: re.Match[str], month: int, day: str | None) -> Iterator[DateMention]:
    year = int(match["year"])
    if read_date(f"{year:04}-{month:02}-{int(day or 1):02}"):
        yield DateMention(year, month, int(day) if day else None, *match.span())


@functools.cache
def _month_names(language: str) -> dict[str, int]:
    names = {words_of(language)[f"month_{month}"].casefold(): month for month in _MONTHS}
    # Only English shortens names to three letters that differ.
    return {name[:3]: month for name, month in names.items()} | names if language == "en" else names


@functools.cache
def _by_name(language: str) -> re.Pattern[str]:
    either = "|".join(sorted(map(re.escape, _month_names(language)), key=len, reverse=True))
    of = rf"(?:{_SPACE}+(?:of|de))?{_SPACE}+"
    return re.compile(
        rf"(?:(?<![\d.,])(?P<before>\d{{1,2}}){_ORDINAL}{of})?(?<!\w)(?P<month>{either})\.?"
        rf"(?:{_SPACE}+(?P<after>\d{{1,2}}){_ORDINAL}(?=[\s,]))?,?(?:{_SPACE}+(?:of|de|del))?{_SPACE}+(?P<year>\d{{4}})(?!\d)",
        re.IGNORECASE,
    )


def date_drift(fact: Fact, text: str, words: Words) -> str:
    """Return how the text of a link disagrees with a fact that is a date, or an empty string.

    The text must have the date, or its month with the year, and no other date.
    """
    assert isinstance(fact.value, datetime.date)
    found = find_dates(text, words.language)
    other = next((each for each in found if not each.may_be(fact.value)), None)
    value = quoted(fact.value_text(words))
    if other:
        return f"the text {quoted(text)} says {text[other.start : other.end]}, but fact '{fact.id}' is {value}"
    return "" if found else f"the text {quoted(text)} lacks the date of fact '{fact.id}', {value}"


def corrected_date(fact: Fact, text: str, words: Words) -> str:
    """Return the text of a link with the fact's date in place of its only date; empty if it has none or several."""
    found = find_dates(text, words.language)
    if len(found) != 1 or found[0].day is None or not isinstance(fact.value, datetime.date):
        return ""
    iso = fact.value.isoformat()
    right = iso if found[0].is_iso else format_date(iso, words)
    return f"{text[: found[0].start]}{right}{text[found[0].end :]}"
