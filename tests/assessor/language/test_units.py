import re

import pytest

from assessor import RuleSetError
from assessor.language.quantities import format_likely, format_quantity, format_range, format_rounded, format_span
from assessor.language.units import Unit, check_unit
from assessor.language.words import words_of


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0625, "0.063"),
        (-0.0625, "-0.063"),
        (1.0005, "1.001"),
        (100.5, "101"),
        (-100.5, "-101"),
        (99.9996, "100"),
        (-0.0004, "0"),
        (1234567.4, "1,234,567"),
        (0, "0"),
        (1e22, "10,000,000,000,000,000,000,000"),
        # Halves that floats miss.
        (0.29 * 750, "218"),
        (217.5, "218"),
        (0.285 * 100, "28.5"),
        (1.005 * 100, "101"),
        (1.0005 * 1.1 / 1.1 - 1e-16, "1.001"),
        (2.5, "2.5"),
        (-0.5, "-0.5"),
        (-2.5, "-2.5"),
        (1e21, "1,000,000,000,000,000,000,000"),
    ],
)
def test_an_estimate_is_rounded_as_on_the_page(value: float, shown: str) -> None:
    assert format_rounded(value) == shown


def test_the_greatest_number_can_be_shown() -> None:
    assert len(format_rounded(1.7e308).replace(",", "")) == 309


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (1, "quarter", "1 quarter"),
        (1, "quarters", "1 quarter"),
        (2, "quarters", "2 quarters"),
        (2, "quarter", "2 quarters"),
        (0, "quarter", "0 quarters"),
        (0.5, "quarter", "0.5 quarters"),
        (-1, "quarter", "-1 quarter"),
        (2, "person*day", "2 person*days"),
        (2, "USD/quarter/person", "2 USD per quarter per person"),
        (2, "FTE", "2 FTE"),
        (1, "image|images/month", "1 image per month"),
        (2, "image|images/month", "2 images per month"),
        (2, "month/image|images", "2 months per image"),
        (99.99, "%", "99.99%"),
        (1200, "円", "1,200円"),
    ],
)
def test_a_unit_has_the_form_that_its_number_needs(value: float, unit: str, shown: str) -> None:
    assert format_quantity(value, unit) == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("de", ["1.200 EUR pro Jahr", "7 Tage", "1 Tag", "2 USD pro FTE pro Monat", "2 person*days"]),
        ("fr", ["1 200 EUR par an", "7 jours", "1 jour", "2 USD par FTE par mois", "2 person*days"]),
        ("es", ["1200 EUR por año", "7 días", "1 día", "2 USD por FTE por mes", "2 person*days"]),
        ("ja", ["1,200 EUR/年", "7日", "1日", "2 USD/FTE/か月", "2 person*days"]),
    ],
)
def test_common_units_are_named_in_the_language(language: str, shown: list[str]) -> None:
    units = [(1200, "EUR/year"), (7, "days"), (1, "day"), (2, "USD/FTE/month"), (2, "person*days")]
    written = [format_quantity(value, unit, words_of(language)) for value, unit in units]
    assert [re.sub(r"\s", " ", each) for each in written] == shown


def test_a_unit_in_words_is_shown_so_and_computed_as_it_is() -> None:
    unit = "USD/FTE/year = USD a year for a full-time equivalent"
    check_unit("fact 'x'", unit)
    assert format_quantity(150_000, unit) == "150,000 USD a year for a full-time equivalent"
    assert Unit.parse(unit) * Unit.parse("FTE") == Unit.parse("USD/year")
    visit = "visit/day = visit a day|visits a day"
    assert [format_quantity(number, visit) for number in (1, 2)] == ["1 visit a day", "2 visits a day"]


@pytest.mark.parametrize("unit", ["USD/year =", "= USD a year", "USD/year = a = b", "visit/day = visit a day|"])
def test_words_of_a_unit_that_lack_something_are_refused(unit: str) -> None:
    with pytest.raises(RuleSetError, match="has a '=' with nothing on one side, or a second one"):
        check_unit("fact 'x'", unit)


def test_a_rate_in_words_is_refused_with_the_right_form() -> None:
    """Checks of texts could not find such a unit: the time would be a part of its name."""
    message = "write 'job/second', and after a '=' how readers see it, as in 'job/second = job a second|jobs a second'"
    with pytest.raises(RuleSetError, match=re.escape(message)):
        check_unit("fact 'x'", "job a second|jobs a second")
    check_unit("fact 'x'", "job/second = job a second|jobs a second")


def test_a_plural_makes_no_other_unit() -> None:
    assert Unit.parse("image|images/month") == Unit.parse("image/month")
    assert str(Unit.parse("kite | kites * image|images")) == "image·kite"


@pytest.mark.parametrize(
    ("unit", "right"),
    [
        ("hit/day|hits/day", "hit|hits/day"),
        ("USD / image | USD / images", "USD/image|images"),
        ("man*day|men*day", "man|men*day"),
        ("hit/day|hits/days", "hit|hits/day|days"),
    ],
)
def test_a_unit_whose_plural_repeats_it_is_refused_with_the_right_form(unit: str, right: str) -> None:
    with pytest.raises(RuleSetError, match=re.escape(f"appears twice: write the plural of one factor, {right!r}")):
        check_unit("fact 'x'", unit)
    for each in (right, "USD/image|images/month", "image|images", "USD/image|images"):
        check_unit("fact 'x'", each)


@pytest.mark.parametrize(
    ("low", "high", "shown"), [(0.1, 1, "0.1–1 quarter"), (1, 2, "1–2 quarters"), (-3, 5, "-3 to 5 quarters")]
)
def test_a_range_has_its_unit_once_and_no_dash_before_a_minus(low: float, high: float, shown: str) -> None:
    assert format_range(low, high, "quarter") == shown


@pytest.mark.parametrize(
    ("low", "likely", "high", "shown", "span"),
    [
        (41_666, 195_834, 343_750, "196,000", "42,000–340,000"),
        (0.1, 1.125, 1.95, "1.13", "0.1–2"),
        (-0.0994, 0.29944, 0.3, "0.299", "-0.099 to 0.3"),
        (0, 0, 1, "0", "0–1"),
        # Halves that floats miss.
        (0.29 * 75, 0.29 * 750, 0.29 * 7500, "218", "22–2,200"),
        (-0.285 * 100, 1.005 * 100, 0.265 * 1000, "101", "-29 to 270"),
        # Rounding errors are not a range.
        (0.1 + 0.2, 0.3, 0.3, "0.3", "0.3"),
        # Exact numbers give exact ones.
        (72_000.4, 72_000.4, 72_000.4, "72,000", "72,000"),
        (1.125, 1.125, 1.125, "1.125", "1.125"),
    ],
)
def test_an_estimate_is_no_more_exact_than_it_is_known(
    low: float, likely: float, high: float, shown: str, span: str
) -> None:
    assert format_likely(low, likely, high) == shown
    assert format_span(low, high) == span


@pytest.mark.parametrize(
    ("low", "likely", "high", "shown", "span"),
    [
        (-0.099, 0.2994, 0.2994, "0.3", "at most 0.3"),
        (-2, -1, -0.5, "less than 0", "less than 0"),
        (-2, -1, 0, "less than 0", "less than 0"),
        (0, 1, 2, "1", "0–2"),
    ],
)
def test_nobody_has_an_amount_below_zero(low: float, likely: float, high: float, shown: str, span: str) -> None:
    assert format_likely(low, likely, high, is_amount=True) == shown
    assert format_span(low, high, is_amount=True) == span
