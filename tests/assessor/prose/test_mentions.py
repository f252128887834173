"""Numbers as each language writes them are read back from prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.language.numerals import format_number
from assessor.language.words import languages
from assessor.prose.measures import Units
from assessor.prose.mentions import find_quantities

_UNITS = {language: Units((), language) for language in languages()}


def _numbers(text: str, language: str) -> list[float]:
    return [each.value for each in find_quantities(text, _UNITS[language])]


@pytest.mark.parametrize("language", languages())
def test_a_language_has_its_own_separators(language: str) -> None:
    written = " | ".join(format_number(value, language) for value in (1234567.5, 1200, 0.25, -3))
    assert _numbers(written, language) == [1234567.5, 1200, 0.25, -3]


@pytest.mark.parametrize("language", languages())
@given(value=st.decimals(-(10**12), 10**12, places=4).map(float))
def test_what_is_written_reads_as_the_same_number(language: str, value: float) -> None:
    assert _numbers(f"({format_number(value, language)})", language) == [value]


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("en", "3-8 km, −2 or -4, and not 27,084.5", [3, 8, -2, -4, 27084.5]),
        ("en", "2,5 km", [2, 5]),
        ("de", "0,5 bis 1.200 FTE", [0.5, 1200]),
        ("de", "2.5 km", [2, 5]),
        ("fr", "27 084 USD en 2026 100 fois", [27084, 2026, 100]),
        ("fr", "27\u00a0084,5 USD", [27084.5]),
        pytest.param(
            "ja",
            "年間１２，０００米ドル、約0.5人",
            [12000, 0.5],
            marks=pytest.mark.xfail(reason="numbers are not found directly behind a word, or in full-width digits"),
        ),
    ],
)
def test_authors_are_read_as_they_write(language: str, text: str, numbers: list[float]) -> None:
    assert _numbers(text, language) == numbers
