import copy
import json
import math
import operator
import pickle
from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.language.decimals import DecimalFloat, plain_number

# As authors write them: with no more digits than a float tells apart.
WRITTEN = st.decimals(-(10**9), 10**9, allow_nan=False, places=5) | st.decimals(-9, 9, allow_nan=False, places=2)
OPERATORS = (operator.add, operator.sub, operator.mul, operator.truediv)


def exactly(operate: Callable[[Any, Any], Any], left: Decimal, right: Decimal) -> float:
    """Work it out in decimals with digits to spare."""
    with localcontext() as context:
        context.prec = 100
        # Facts have no negative zero.
        return float(operate(left, right)) + 0


@given(WRITTEN, WRITTEN, st.sampled_from(OPERATORS))
def test_arithmetic_is_that_of_decimals_on_either_side(
    left: Decimal, right: Decimal, operate: Callable[[Any, Any], Any]
) -> None:
    if operate is operator.truediv and not right:
        with pytest.raises(ZeroDivisionError, match=r"^division by zero$"):
            operate(DecimalFloat(float(left)), float(right))
        return
    result = exactly(operate, left, right)
    for one, other in (
        (DecimalFloat(float(left)), float(right)),
        (float(left), DecimalFloat(float(right))),
        (DecimalFloat(float(left)), DecimalFloat(float(right))),
        (DecimalFloat(float(left)), right),
    ):
        found = operate(one, other)
        assert (found, hash(found), float.__repr__(found)) == (result, hash(result), repr(result))


@pytest.mark.parametrize(
    ("result", "written"),
    [
        (DecimalFloat(0.1) * 3, "0.3"),
        (3 * DecimalFloat(0.1), "0.3"),
        (0.1 * DecimalFloat(3), "0.3"),
        (DecimalFloat(3) * 0.1, "0.3"),
        (1.1 * DecimalFloat(3), "3.3"),
        (DecimalFloat(0.1) / 3 * 3, "0.1"),
        (sum([DecimalFloat(0.1), DecimalFloat(0.2), DecimalFloat(0.3)]), "0.6"),
        (sum([0.1, DecimalFloat(0.2)]), "0.3"),
        (-DecimalFloat(0.1) * 3, "-0.3"),
        (abs(DecimalFloat(-0.1)) * 3, "0.3"),
        (+DecimalFloat(0.1) * 3, "0.3"),
        (DecimalFloat(0.3) % 0.1, "0"),
        (0.3 % DecimalFloat(0.1), "0"),
        (DecimalFloat(0.3) // 0.1, "3"),
        (1.1 ** DecimalFloat(2), "1.21"),
        (DecimalFloat(1.1) ** 2, "1.21"),
        (DecimalFloat(0.1) ** -1, "10"),
        (DecimalFloat(0.25) ** 0.5, "0.5"),
        (round(DecimalFloat(2.675), 2), "2.68"),
        (math.ceil(DecimalFloat(0.1) * 3 * 10) * 0.1, "0.3"),
        (math.floor(DecimalFloat(3.5)) * 0.1, "0.3"),
        (DecimalFloat(1e-7) * 3, "3e-07"),
        (DecimalFloat(1e-7) + 1_000_000_000, repr(1_000_000_000.0000001)),
        (DecimalFloat(27_084) * 1.1, "29792.4"),
        (DecimalFloat(27_084) * Decimal("1.1"), "29792.4"),
        (Decimal(1_000) * DecimalFloat(0.1), "100"),
        (DecimalFloat(0.1) * Fraction(1, 3) * 3, "0.1"),
        (DecimalFloat(1e300) / 1e-5, "1e+305"),
    ],
)
def test_results_are_the_shortest_decimals(result: float, written: str) -> None:
    assert str(result) == written


def test_whole_numbers_read_as_such() -> None:
    dozen = DecimalFloat(12.0)
    assert (str(dozen), repr(dozen), f"{dozen * 1000:,}", f"{dozen:03d}") == ("12", "12", "12,000", "012")
    assert list(range(DecimalFloat(3))) == [0, 1, 2]
    assert ["x"] * DecimalFloat(2) == ["x", "x"]
    assert json.dumps(plain_number(dozen)) == "12"


def test_what_is_not_whole_counts_nothing() -> None:
    assert f"{DecimalFloat(0.1):.2f}" == "0.10"
    with pytest.raises(TypeError, match=r"0\.1 is not a whole number"):
        range(DecimalFloat(0.1))


def test_copies_remember_exactly() -> None:
    third = DecimalFloat(0.1) / 3
    assert str(pickle.loads(pickle.dumps(third)) * 3) == "0.1"
    assert str(copy.deepcopy(third) * 3) == "0.1"


def test_what_is_not_finite_or_too_large_is_no_decimal() -> None:
    for result in (DecimalFloat(1e308) * 10, DecimalFloat(1) * math.inf, math.inf - DecimalFloat(1)):
        assert result == math.inf
        assert type(result) is float
    assert DecimalFloat(-1e308) * 10 == -math.inf
    assert math.isnan(DecimalFloat(1) * math.nan)
    assert math.isnan(math.nan + DecimalFloat(1))
    with pytest.raises(ValueError, match="inf is not a finite number"):
        DecimalFloat(math.inf)


def test_it_leaves_to_others_what_is_no_number() -> None:
    for operate in OPERATORS:
        with pytest.raises(TypeError):
            operate(DecimalFloat(1), None)
        with pytest.raises(TypeError):
            operate(None, DecimalFloat(1))
    with pytest.raises(TypeError):
        DecimalFloat(1) ** "x"
    with pytest.raises(TypeError):
        "x" ** DecimalFloat(1)
