import itertools
import random
from collections.abc import Callable

import pytest

from assessor import Estimate, Fact, Formula, Number, Quantity, Range, RuleSetError, assess
from assessor.model.formulas.arithmetic import Operation, inputs
from assessor.model.formulas.ranges import MOST_RANGED_INPUTS, evaluate
from tests.support.assessor.mistakes import error_of
from tests.support.assessor.samples import URL, fact, ruleset_of


def number(id: str, minimum: float, maximum: float, unit: str = "", default: Fact | None = None) -> Number:
    return Number(id, "How many?", minimum=minimum, maximum=maximum, unit=unit, default=default)


# Units


def test_units_multiply_divide_and_cancel() -> None:
    people, price = fact("people", 2, "FTE"), fact("price", 150_000, "USD/FTE/year")
    assert (people * price).unit == "USD/year"
    assert (price / fact("days", 250, "day/year")).unit == "USD/FTE/day"
    assert (people / people).unit == ""
    assert (1 / people).unit == "1/FTE"
    assert (price * Quantity(4, "FTE*quarter")).unit == "USD·quarter/year"


def test_a_sum_keeps_its_unit_in_whatever_order_it_is_written() -> None:
    first, second = fact("first", 1, "USD*FTE/year"), fact("second", 1, "FTE·USD/year")
    assert (first + second).unit == "FTE·USD/year"
    assert (first - second).unit == "FTE·USD/year"


def test_a_plain_number_can_stand_on_either_side() -> None:
    share = fact("share", 0.25)
    for formula, value in [
        (share + 1, 1.25),
        (1 + share, 1.25),
        (share - 1, -0.75),
        (1 - share, 0.75),
        (share * 2, 0.5),
        (2 * share, 0.5),
        (share / 2, 0.125),
        (2 / share, 8),
    ]:
        assert evaluate(formula, {part: _range(part) for part in inputs(formula)}) == Range.exactly(value)


def _range(part: Formula) -> Range:
    if isinstance(part, Number):
        return Range(part.minimum, part.minimum, part.maximum)
    if isinstance(part, Fact):
        return part.range
    assert isinstance(part, Quantity)
    return Range.exactly(part.value)


# Ranges


def test_an_input_that_stands_twice_has_one_value() -> None:
    people = fact("people", 2, low=1, high=4)
    formula = people * 10 - people
    assert evaluate(formula, {part: _range(part) for part in inputs(formula)}) == Range(9, 18, 36)


def test_a_share_of_itself_and_another_is_exact() -> None:
    ours, theirs = fact("ours", 2, low=1, high=4), fact("theirs", 2, low=1, high=3)
    formula = ours / (ours + theirs)
    assert evaluate(formula, {part: _range(part) for part in inputs(formula)}) == Range(0.25, 0.5, 0.8)


def test_a_falling_formula_is_lowest_where_its_input_is_highest() -> None:
    people = fact("people", 2, low=1, high=4)
    formula = 8 / people
    assert evaluate(formula, {part: _range(part) for part in inputs(formula)}) == Range(2, 4, 8)


def random_formula(rng: random.Random, parts: list[Formula], depth: int) -> Formula:
    if depth == 0:
        return rng.choice(parts)
    left, right = random_formula(rng, parts, depth - 1), random_formula(rng, parts, rng.randrange(depth))
    return Operation(rng.choice("+-*/"), left, right)


def exactly(formula: Formula, values: dict[Formula, float]) -> float:
    if not isinstance(formula, Operation):
        return values[formula]
    left, right = exactly(formula.left, values), exactly(formula.right, values)
    if formula.operator == "+":
        return left + right
    if formula.operator == "-":
        return left - right
    return left * right if formula.operator == "*" else left / right


@pytest.mark.slow
def test_ranges_are_those_of_a_dense_grid() -> None:
    """Every formula that is accepted has the least and greatest value that trying all inputs finds."""
    rng = random.Random(7)
    accepted = 0
    while accepted < 150:
        parts: list[Formula] = [
            fact("a", 2, low=-1, high=3),
            fact("b", 0.5, low=0.25, high=4),
            number("c", 1, 6),
            Quantity(rng.choice((-2, 0.5, 3))),
        ]
        formula = random_formula(rng, parts, rng.randint(1, 3))
        try:
            ruleset_of(
                questions=[part for part in parts if isinstance(part, Number)],
                facts=[part for part in parts if isinstance(part, Fact)],
                estimates=[Estimate("e", "E", formula)],
            )
        except RuleSetError:
            continue
        accepted += 1
        order = inputs(formula)
        ranges = [_range(part) for part in order]
        grids = [[each.low + (each.high - each.low) * step / 12 for step in range(13)] for each in ranges]
        values = [exactly(formula, dict(zip(order, point, strict=True))) for point in itertools.product(*grids)]
        found = evaluate(formula, dict(zip(order, ranges, strict=True)))
        assert (found.low, found.high) == pytest.approx((min(values), max(values)), rel=1e-9, abs=1e-9)
        assert found.low <= found.likely <= found.high


def test_formulas_are_worked_out_in_doubles_whatever_the_inputs_are() -> None:
    """As JavaScript does: in exact integers the sum would be 2**53 + 1, and the product too large for a double."""
    big = fact("big", 2**53)
    ruleset = ruleset_of(facts=[big], estimates=[Estimate("e", "E", big + 1)])
    estimate = assess(ruleset, {})["estimates"]["e"]
    assert estimate is not None
    assert estimate["likely"] == 2**53


# Mistakes


def adding_people_to_money() -> object:
    return fact("price", 1, "USD") + fact("people", 1, "FTE")  # mistake


def subtracting_people_from_money() -> object:
    return fact("price", 1, "USD") - fact("people", 1, "FTE")  # mistake


def adding_a_plain_number() -> object:
    return 4 + fact("people", 1, "FTE")  # mistake


def in_a_formula_of_several_lines() -> object:
    return (
        fact("price", 1, "USD/year") * 2 * (fact("people", 1, "FTE") + 3)  # mistake
    )


def showing_another_unit() -> object:
    formula = fact("price", 1, "USD/year") * 12
    return Estimate("cost", "Cost", formula, "USD/month")  # mistake


def showing_a_unit_for_none() -> object:
    return Estimate("cost", "Cost", fact("share", 1) * 2, "USD")  # mistake


def with_a_condition_in_a_formula() -> object:
    return fact("share", 1) * (number("n", 0, 9) >= 3)  # type: ignore[operator]  # mistake


def with_an_infinite_number() -> object:
    return fact("share", 1) * float("inf")  # mistake


def with_a_quantity_that_is_none() -> object:
    return Quantity(float("nan"))  # mistake


def estimating_a_statement() -> object:
    licence = Fact("licence", "Apache 2.0", source=URL, checked="2026-01-31")
    return ruleset_of(facts=[licence], estimates=[Estimate("e", "E", licence * 2)])  # mistake


def estimating_what_is_no_formula() -> object:
    return Estimate("cost", "Cost", 3)  # type: ignore[arg-type]  # mistake


def dividing_by_what_can_be_zero() -> object:
    n = number("n", 0, 9)
    share = 1 / n  # mistake
    return ruleset_of([n], estimates=[Estimate("e", "E", share)])


def dividing_by_what_crosses_zero() -> object:
    n, m = number("n", 1, 9), number("m", 2, 5)
    share = 1 / (n - m)  # mistake
    return ruleset_of([n, m], estimates=[Estimate("e", "E", share * 3)])


def growing_too_large() -> object:
    n = number("n", 1, 1e200)
    f = fact("f", 10**200)
    e = Estimate("e", "E", n * f)  # mistake
    return ruleset_of([n], facts=[f], estimates=[e])


def growing_too_large_on_the_way() -> object:
    n = number("n", 1, 1e308)
    estimate = Estimate("e", "E", n * 10 - n * 9)  # mistake
    return ruleset_of([n], estimates=[estimate])


def comparing_a_formula() -> object:
    return number("n", 0, 9) * 2 >= 3  # type: ignore[operator]  # mistake


def comparing_a_formula_from_the_right() -> object:
    return fact("three", 3) >= number("n", 0, 9) * 2  # type: ignore[operator]  # mistake


def comparing_an_estimate() -> object:
    return Estimate("cost", "Cost", number("n", 0, 9) * 2) >= 3  # mistake


def comparing_an_estimate_with_a_question() -> object:
    n = number("n", 0, 9)
    return Estimate("cost", "Cost", n * 2) < n  # mistake


def multiplying_a_range_with_itself() -> object:
    n = number("n", -1, 9)
    e = Estimate("e", "E", n * n)  # mistake
    return ruleset_of([n], estimates=[e])


def using_a_range_in_two_fractions() -> object:
    n = number("n", 1, 9)
    e = Estimate("e", "E", n + 4 / n)  # mistake
    return ruleset_of([n], estimates=[e])


def combining_too_many_ranges() -> object:
    facts = [fact(f"f-{n}", 1, low=0, high=2) for n in range(MOST_RANGED_INPUTS + 1)]
    total: Formula = sum(facts[1:], start=facts[0] * 1)
    e = Estimate("e", "E", total)  # mistake
    return ruleset_of(facts=facts, estimates=[e])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (adding_people_to_money, "broken unit arithmetic: 'USD' cannot be added to 'FTE'"),
        (subtracting_people_from_money, "broken unit arithmetic: 'FTE' cannot be subtracted from 'USD'"),
        (adding_a_plain_number, "a plain number cannot be added to 'FTE'; give a plain number its unit with Quantity("),
        (in_a_formula_of_several_lines, "'FTE' cannot be added to a plain number"),
        (showing_another_unit, "estimate 'cost' is to be in 'USD/month', but its formula gives 'USD/year'"),
        (showing_a_unit_for_none, "estimate 'cost' is to be in 'USD', but its formula gives 'a plain number'"),
        (with_a_condition_in_a_formula, "cannot be part of a formula: use facts, number questions"),
        (with_an_infinite_number, "inf cannot be part of a formula"),
        (with_a_quantity_that_is_none, "a Quantity needs a finite number, not nan"),
        (estimating_a_statement, "fact 'licence' is a statement, 'Apache 2.0': a number is needed here"),
        (estimating_what_is_no_formula, "estimate 'cost' needs a formula over facts and number questions, not 3"),
        (dividing_by_what_can_be_zero, "estimate 'e' divides by something that can be zero"),
        (dividing_by_what_crosses_zero, "estimate 'e' divides by something that can be zero"),
        (growing_too_large, "estimate 'e' can become too large for a number"),
        (growing_too_large_on_the_way, "estimate 'e' can become too large for a number"),
        (
            comparing_a_formula,
            "a formula informs and never decides: a condition compares a number question with a number",
        ),
        (
            comparing_a_formula_from_the_right,
            "a formula informs and never decides: a condition compares a number question",
        ),
        (
            comparing_an_estimate,
            "estimate 'cost' informs and never decides: a condition compares a number question with",
        ),
        (comparing_an_estimate_with_a_question, "estimate 'cost' informs and never decides: a condition compares"),
        (multiplying_a_range_with_itself, "estimate 'e' uses 'n' so that its range cannot be worked out exactly"),
        (using_a_range_in_two_fractions, "estimate 'e' uses 'n' so that its range cannot be worked out exactly"),
        (combining_too_many_ranges, "estimate 'e' has 11 inputs that are ranges: at most 10"),
    ],
)
def test_a_mistake_names_the_formula_and_its_line(make: Callable[[], object], message: str) -> None:
    assert message in error_of(make).message


def test_what_is_exact_may_be_multiplied_with_itself() -> None:
    three = fact("three", 3)
    ruleset = ruleset_of(facts=[three], estimates=[Estimate("nine", "Nine", three * three)])
    estimate = assess(ruleset, {})["estimates"]["nine"]
    assert estimate is not None
    assert estimate["likely"] == 9
