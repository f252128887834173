"""Numbers as each language writes them."""

import math

import pytest

from assessor.language.numerals import format_number


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
