"""Quantities in prose, word by word: what a text says, in which language, and whether it is what a fact says."""

from __future__ import annotations

import pytest

from assessor import Fact
from assessor.language.words import english, words_of
from assessor.prose.drift import corrected, drift
from assessor.prose.measures import Units
from assessor.prose.mentions import find_quantities

_UNITS = ["FTE", "USD/year", "image", "quarters", "requests/s"]
_VOCABULARY = Units(_UNITS)


def _read(text: str, language: str = "en") -> list[tuple[float, str, str]]:
    return [(each.value, each.unit, each.per) for each in find_quantities(text, Units(_UNITS, language))]


def _fact(value: float, unit: str = "", low: float | None = None, high: float | None = None) -> Fact:
    return Fact("it", value, unit, low=low, high=high, source="https://example.org/", checked="2026-03-01")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0.5 FTE", (0.5, "FTE", "")),
        ("half an FTE", (0.5, "FTE", "")),
        ("three FTEs", (3, "FTE", "")),
        ("twenty-one days", (21, "day", "")),
        ("two hundred requests", (200, "request", "")),
        ("a dozen engineers", (12, "engineer", "")),
        ("ninety-nine km", (99, "km", "")),
        ("one hundred and five km", (105, "km", "")),
        ("twelve hundred km", (1200, "km", "")),
        ("two thousand and three km", (2003, "km", "")),
        ("one million two hundred thousand images", (1.2e6, "image", "")),
        ("a million images", (1e6, "image", "")),
        ("two and a half days", (2.5, "day", "")),
        ("three-day", (3, "day", "")),
        ("½ FTE", (0.5, "FTE", "")),
        ("2½ FTE", (2.5, "FTE", "")),
        ("3/4 FTE", (0.75, "FTE", "")),
        ("1 1/2 FTE", (1.5, "FTE", "")),
        (".5 FTE", (0.5, "FTE", "")),
        ("1M images", (1e6, "image", "")),
        ("minus 5 °C", (-5, "°C", "")),
        ("20 Gb", (20, "Gbit", "")),
        ("3+ people", (3, "person", "")),
        ("1,234,567 images", (1234567, "image", "")),
        ("1\u00a0234\u00a0567 images", (1234567, "image", "")),
        ("$2.5 million a year", (2.5e6, "dollar", "year")),
        ("US$27k per annum", (27000, "USD", "year")),
        ("27,084 USD/year", (27084, "USD", "year")),
        ("EUR 1,200 monthly", (1200, "EUR", "month")),
        ("6,738 requests/s", (6738, "request", "s")),
        ("6,738 requests per second", (6738, "request", "s")),
        ("−3.5 °", (-3.5, "", "")),
        ("99.99%", (99.99, "%", "")),
        ("5 m", (5, "m", "")),
        ("5 M", (5, "", "")),
        ("2 quarters", (2, "quarter", "")),
    ],
)
def test_one_quantity(text: str, said: tuple[float, str, str]) -> None:
    assert _read(text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "no number",
        "SOC2",
        "on 2026-03-01",
        "at 8:30",
        "v1.2.3",
        "24/7",
        "the 3rd",
        "someone",
        "#12",
        "a two-way street",
        "24/7 support",
    ],
)
def test_no_quantity(text: str) -> None:
    assert _read(text) == []


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("3–8 km", [False, True]),
        ("3 to 8 km", [False, True]),
        ("3-8 km", [False, True]),
        ("3 km to 8 km", [False, True]),
        ("3 and 8 km", [False, False]),
        ("between 3 and 8 km", [False, True]),
    ],
)
def test_range(text: str, ends: list[bool]) -> None:
    found = find_quantities(text, _VOCABULARY)
    assert [each.value for each in found] == [3, 8]
    assert [each.is_range_end for each in found] == ends


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "1,200.5 km"),
        ("de", "1.200,5 km"),
        ("fr", "1 200,5 km"),
        ("fr", "1\u202f200,5 km"),
        ("es", "1.200,5 km"),
        ("ja", "1,200.5 km"),
    ],
)
def test_language(language: str, text: str) -> None:
    assert _read(text, language) == [(1200.5, "km", "")]
    assert drift(_fact(1200.5, "km"), text, Units(_UNITS, language), words_of(language)) == ""


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("de", "5 Meilen", (5, "mile", "")),
        ("de", "1.200 Euro im Jahr", (1200, "EUR", "year")),
        ("de", "1.200 € jährlich", (1200, "EUR", "year")),
        ("de", "0,5 VZÄ", (0.5, "FTE", "")),
        ("fr", "5 semaines", (5, "week", "")),
        ("fr", "20 euros par mois", (20, "EUR", "month")),
        ("es", "7 días", (7, "day", "")),
        ("es", "20 dólares al mes", (20, "dollar", "month")),
        ("ja", "20 GB", (20, "GB", "")),
    ],
)
def test_units_in_another_language(language: str, text: str, said: tuple[float, str, str]) -> None:
    assert _read(text, language) == [said]


@pytest.mark.parametrize("text", ["3 or 4 FTE", "3, 4 FTE", "between 3 and 4 FTE", "3–4 FTE", "3/4.5 FTE"])
def test_numbers_share_a_unit(text: str) -> None:
    assert [each.unit for each in find_quantities(text, _VOCABULARY)] == ["FTE", "FTE"]


@pytest.mark.parametrize("text", ["Windows 11 and 3 FTE", "see section 4.2, 3 FTE", "step 1: 3 FTE", "in 2025, 3 FTE"])
def test_the_number_of_a_thing_counts_nothing(text: str) -> None:
    assert [each.is_vague for each in find_quantities(text, _VOCABULARY)] == [True, False]
    assert drift(_fact(3, "FTE"), text, _VOCABULARY, english()) == ""


def test_number_words_are_english() -> None:
    assert _read("three km", "de") == []
    assert _read("1.200 km", "en") == [(1.2, "km", "")]


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("", "5 of them"),
        ("km", "5"),
        ("km", "5 or so"),
        ("USD", "5 dollars"),
        ("CAD", "$5"),
        ("USD/year", "$5"),
        ("USD/year", "5 USD per FTE and year"),
        ("FTE", "5 FTE a quarter"),
        ("image", "5 images"),
        ("gizmos", "5 gizmos"),
        ("gizmos", "5 of those things"),
        ("km*h", "5 km"),
    ],
)
def test_agreeing(unit: str, text: str) -> None:
    assert drift(_fact(5, unit), text, _VOCABULARY, english()) == ""


@pytest.mark.parametrize(
    ("unit", "text", "said"),
    [
        ("", "5%", "is in '%'"),
        ("", "5 km", "is in 'km'"),
        ("USD", "€5", "is in 'EUR'"),
        ("USD", "5 CHF", "is in 'CHF'"),
        ("gizmos", "5 GB", "is in 'GB'"),
        ("USD/year", "$5 a month", "is per 'month'"),
        ("USD/year", "5 USD quarterly", "is per 'quarter'"),
        ("requests/s", "5 requests per minute", "is per 'min'"),
        ("FTE", "5 people", "is in 'person'"),
        ("km", "five miles", "is in 'mile'"),
        ("km", "6 km", "says 6"),
        ("km", "six km", "says 6"),
        ("km", "the distance", "lacks the value"),
        ("km", "one of six", "lacks the value"),
    ],
)
def test_disagreeing(unit: str, text: str, said: str) -> None:
    assert said in drift(_fact(5, unit), text, _VOCABULARY, english())


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "25,000 per minute", "min"),
        ("en", "25,000/min", "min"),
        ("en", "25,000 an hour", "h"),
        ("en", "25,000 a day", "day"),
        ("en", "25,000 daily", "day"),
        ("en", "25,000 clicks per minute", "min"),
        ("en", "25,000 inbound chat messages a day", "day"),
        ("en", "20,000–30,000 clicks per hour", "h"),
        ("de", "25.000 Nachrichten pro Minute", "min"),
        ("de", "25.000 Nachrichten je Stunde", "h"),
        ("de", "25.000 pro Stunde", "h"),
        ("de", "25.000/min", "min"),
        ("de", "25.000 Nachrichten im Monat", "month"),
        ("fr", "25 000 clics par heure", "h"),
        ("es", "25.000 clics por minuto", "min"),
        ("es", "25.000 clics al día", "day"),
    ],
)
def test_another_time_whatever_is_counted(language: str, text: str, said: str) -> None:
    fact = _fact(25000, "message/second", 20000, 30000)
    vocabulary = Units(["message/second"], language)
    assert f"is per '{said}'" in drift(fact, text, vocabulary, words_of(language))


@pytest.mark.parametrize(
    "text",
    [
        "25,000 messages per second",
        "25,000 clicks per second",
        "25,000/s",
        "25,000 messages per tenant and second",
        "25,000 clicks per second each hour",
        "25,000 messages per second, 24,000 of them for an hour",
        "25,000, checked once a month",
        "25,000, half of them at night",
        "25,000 messages per second, 1,000 an hour",
        "25,000 per second, 1,000 messages an hour",
        "25,000 sustained for an hour",
        "25,000 tested twice a year",
    ],
)
def test_the_same_time_whatever_is_counted(text: str) -> None:
    fact = _fact(25000, "message/second", 20000, 30000)
    assert drift(fact, text, Units(["message/second"]), english()) == ""


def test_the_whole_range_says_it_all() -> None:
    fact = _fact(5, "km", 3, 8)
    assert drift(fact, "3–8 km", _VOCABULARY, english()) == ""
    assert "lacks the value" in drift(fact, "3 and 8 km", _VOCABULARY, english())
    assert "says 9" in drift(fact, "3–9 km", _VOCABULARY, english())


@pytest.mark.parametrize(
    ("language", "text", "right"),
    [
        ("en", "up to 9.50 km", "up to 5.00 km"),
        ("en", "9+ km", "5+ km"),
        ("de", "rund 9,5 km", "rund 5,0 km"),
        # It would still disagree, or another number would.
        ("en", "9k km", ""),
        ("en", "9 miles", ""),
        ("en", "9 km, or 10", ""),
        ("en", "nine km", ""),
        ("en", "not far", ""),
    ],
)
def test_the_text_is_corrected_as_it_was_written(language: str, text: str, right: str) -> None:
    assert corrected(_fact(5, "km"), text, Units(["km"], language), words_of(language)) == right


def test_a_fact_that_is_a_year() -> None:
    assert drift(_fact(2016), "in 2016", _VOCABULARY, english()) == ""
    assert "lacks the value" in drift(_fact(2016), "in 2017", _VOCABULARY, english())
