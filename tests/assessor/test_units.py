import pytest

from assessor.units import format_rounded


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
    ],
)
def test_an_estimate_is_rounded_as_on_the_page(value: float, shown: str) -> None:
    assert format_rounded(value) == shown


def test_the_greatest_number_can_be_shown() -> None:
    assert len(format_rounded(1.7e308).replace(",", "")) == 309
