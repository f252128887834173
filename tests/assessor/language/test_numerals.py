"""Numbers as each language writes and reads them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.language.numerals import format_number, numbers_in
from assessor.language.words import languages


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "1,234,567.5 1,200 0.25 -3"),
        ("de", "1.234.567,5 1.200 0,25 -3"),
        ("es", "1.234.567,5 1200 0,25 -3"),
        ("fr", "1\u202f234\u202f567,5 1\u202f200 0,25 -3"),
        ("ja", "1,234,567.5 1,200 0.25 -3"),
    ],
)
def test_a_language_has_its_own_separators(language: str, written: str) -> None:
    assert " ".join(format_number(value, language) for value in (1234567.5, 1200, 0.25, -3)) == written
    assert numbers_in(written.replace(" ", " | "), language) == [1234567.5, 1200, 0.25, -3]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1e-7, "0.0000001"),
        (-1e-7, "-0.0000001"),
        (1 / 3, "0.333333"),
        (2e-9 / 3, "0.000000000666667"),
        (0.1 + 0.2, "0.3"),
        (0.0, "0"),
        (-0.0, "0"),
        (99.9999999, "100"),
        (999.9999999, "1,000"),
        (1e22, "10,000,000,000,000,000,000,000"),
    ],
)
def test_a_number_is_shown_as_exactly_as_it_is_known(value: float, written: str) -> None:
    assert format_number(value) == written


@pytest.mark.parametrize("value", [5e-324, 1.7976931348623157e308])
def test_the_least_and_the_greatest_number_can_be_shown(value: float) -> None:
    assert math.isclose(float(format_number(value).replace(",", "")), value)


@pytest.mark.parametrize("language", languages())
@given(value=st.decimals(-(10**12), 10**12, places=4).map(float))
def test_what_is_written_reads_as_the_same_number(language: str, value: float) -> None:
    assert numbers_in(f"({format_number(value, language)})", language) == [value]


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("en", "3-8 km, −2 or -4, and not 27,084.5", [3, 8, -2, -4, 27084.5]),
        ("en", "2,5 km", [2, 5]),
        ("de", "0,5 bis 1.200 FTE", [0.5, 1200]),
        ("de", "2.5 km", [2, 5]),
        ("fr", "27 084 USD en 2026 100 fois", [27084, 2026, 100]),
        ("fr", "27\u00a0084,5 USD", [27084.5]),
        ("ja", "年間１２，０００米ドル、約0.5人", [12000, 0.5]),
    ],
)
def test_authors_are_read_as_they_write(language: str, text: str, numbers: list[float]) -> None:
    assert numbers_in(text, language) == numbers
