"""Dates in prose: found in every language, and compared with facts."""

from __future__ import annotations

import datetime

import pytest

from assessor import Fact
from assessor.language.words import languages, load_words
from assessor.prose.dates import find_dates
from assessor.prose.drift import corrected, drift
from assessor.prose.measures import Units
from assessor.sources.support import support
from tests.support.assessor.samples import URL

FACT = Fact("end", datetime.date(2027, 3, 1), source=URL, checked="2026-01-31")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "on 1 March 2027."),
        ("en", "March 1, 2027"),
        ("en", "March 1st, 2027"),
        ("en", "the 1st of March 2027"),
        ("en", "1 Mar 2027"),
        ("en", "Mar. 1, 2027"),
        ("en", "(2027-03-01)"),
        ("de", "am 1. März 2027"),
        ("de", "am 01.03.2027 und"),
        ("fr", "le 1er mars 2027"),
        ("fr", "le 01/03/2027"),
        ("es", "el 1 de marzo de 2027"),
        ("es", "el 1 de marzo del 2027"),
        ("ja", "2027年3月1日から"),
    ],
)
def test_a_date_is_found(language: str, text: str) -> None:
    [found] = find_dates(text, language)
    assert (found.year, found.month, found.day) == (2027, 3, 1)


@pytest.mark.parametrize("language", languages())
def test_every_day_of_a_year_is_read_as_it_is_written(language: str) -> None:
    words = load_words(language)
    for number in range(366):
        day = datetime.date(2028, 1, 1) + datetime.timedelta(number)
        [found] = find_dates(f"({words.date(day)})", language)
        assert (found.year, found.month, found.day) == (2028, day.month, day.day)


@pytest.mark.parametrize("text", ["in 2027", "May we go?", "10 March", "30 February 2027", "1.2.2027", "2027-13-01"])
def test_what_is_no_date_is_not_found(text: str) -> None:
    assert [each for each in find_dates(text, "en") if each.day] == []


@pytest.mark.parametrize(
    ("text", "problem", "right"),
    [
        ("1 March 2027", "", None),
        ("the first day, March 1, 2027", "", None),
        ("March 2027", "", None),
        ("2027-03-01", "", None),
        ("1 April 2027", "the text '1 April 2027' says 1 April 2027, but fact 'end' is '1 March 2027'", "1 March 2027"),
        ("from 2027-04-01 on", "says 2027-04-01, but fact 'end' is", "from 2027-03-01 on"),
        ("1 March 2027 to 1 June 2027", "says 1 June 2027, but fact 'end' is", ""),
        ("in 2027", "lacks the date of fact 'end', '1 March 2027'", ""),
        ("soon", "the text 'soon' lacks the date", ""),
    ],
)
def test_a_link_to_a_date_has_that_date(text: str, problem: str, right: str | None) -> None:
    words = load_words("en")
    found = drift(FACT, text, Units(), words)
    assert problem in found
    assert bool(found) == bool(problem)
    if right is not None:
        assert corrected(FACT, text, Units(), words) == right


def test_a_source_supports_a_date_that_it_has() -> None:
    assert support(FACT, ["Support ends on March 1, 2027."], "en", "en").verdict == "holds"
    assert support(FACT, ["Der Support endet am 1. März 2027."], "de", "en").verdict == "holds"
    assert support(FACT, ["Support ends in March 2027."], "en", "en").verdict == "unclear"
