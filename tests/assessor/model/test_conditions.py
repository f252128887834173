# ruff: noqa: SIM300 - a comparison builds a condition here, and the side that the question stands on matters
import itertools
import math
from collections.abc import Callable
from typing import Any

import pytest

from assessor import (
    Choice,
    Condition,
    Criterion,
    Estimate,
    Fact,
    Number,
    Option,
    Quantity,
    Rule,
    RuleSetError,
    all_of,
    any_of,
    at_least,
)
from assessor.model.conditions import AllOf, AnyOf, AtLeast, Not, walk
from assessor.model.formulas.arithmetic import inputs
from assessor.model.questions.choices import Is
from assessor.model.questions.numbers import NumberComparison
from tests.support.assessor.mistakes import error_of
from tests.support.assessor.samples import DAY, STAY, URL, fact, yes_no
from tests.support.oracle import holds

A, B, C = (yes_no(id) for id in "abc")
SIZE = Choice("size", "Which size?", {"small": "Small", "medium": "Medium", "large": "Large"})
PEOPLE = Number("people", "How many people?", unit="FTE", minimum=0, maximum=50, step=0.1)
SEATS = Number("seats", "How many seats?", minimum=1, maximum=9, step=1)


# Building


def test_operators_build_flat_conditions() -> None:
    assert A & B & C == AllOf((A, B, C)) == all_of(A, B, C)
    assert A | B | C == AnyOf((A, B, C)) == any_of(A, B, C)
    assert (A & B) | C == AnyOf((AllOf((A, B)), C))
    assert ~A == Not(A)
    assert at_least(2, A, B, C) == AtLeast(2, (A, B, C))


def test_a_double_negation_is_the_condition() -> None:
    assert ~~A is A
    assert ~~(A & B) == A & B


def test_a_choice_is_one_of_options_in_its_own_order() -> None:
    assert SIZE.is_("large", "small") == Is(SIZE, ("small", "large"))
    assert SIZE.is_("small", "small") == Is(SIZE, ("small",))


def test_a_number_is_compared_from_either_side() -> None:
    assert (PEOPLE >= 3) == NumberComparison(PEOPLE, ">=", 3)
    assert (PEOPLE < 3) == NumberComparison(PEOPLE, "<", 3)
    assert (3 <= PEOPLE) == (PEOPLE >= 3)
    assert (3 > PEOPLE) == (PEOPLE < 3)
    assert ~(PEOPLE >= 3) == (PEOPLE < 3)
    assert ~(PEOPLE < 3) == (PEOPLE >= 3)


def test_a_threshold_is_on_either_side() -> None:
    assert ~(PEOPLE > 3) == (PEOPLE <= 3)
    assert ~(PEOPLE <= 3) == (PEOPLE > 3)
    assert (3 >= PEOPLE) == (PEOPLE <= 3)
    assert (3 < PEOPLE) == (PEOPLE > 3)
    for number, most in ((PEOPLE, 3), (PEOPLE, 0), (SEATS, 3), (SEATS, 1)):
        following = most + 1 if number is SEATS else math.nextafter(most, math.inf)
        for answer, is_at_most in ((most, True), (following, False)):
            assert holds(number <= most, {number.id: answer}) is is_at_most
            assert holds(number > most, {number.id: answer}) is not is_at_most


def test_whole_numbers_have_no_answers_between() -> None:
    """At most 5, below 6 and at most 5.5 are one cut, so that no cell is without an answer."""
    assert {each.cut for each in (SEATS <= 5, SEATS > 5, SEATS < 6, SEATS >= 6, SEATS <= 5.5, SEATS < 5.5)} == {6}
    large = Number("large", "How many?", minimum=0, maximum=2**60, step=1)
    assert (large > 2**53).cut == 2**53 + 2


def test_a_comparison_remembers_its_fact() -> None:
    base = fact("base", 0.5, "FTE")
    comparison = PEOPLE >= base
    assert comparison.threshold == 0.5
    assert comparison.facts == (base,)
    inverted = ~comparison
    assert isinstance(inverted, NumberComparison)
    assert inverted.facts == (base,)


@pytest.mark.parametrize(
    ("threshold", "expected"),
    [
        (lambda: fact("price", 0.1, "USD/month") * 3, 0.3),
        (lambda: fact("price", 100, "USD/month") / 4, 25),
        (lambda: fact("one", 0.1, "USD/month") + fact("other", 0.2, "USD/month"), 0.3),
        (lambda: Quantity(12, "month/year") * fact("price", 5, "USD/month"), 5),
        (lambda: fact("yearly", 1_200, "USD/year"), 100),
        (lambda: fact("daily", 2, "USD/quarter") * 3, 2),
    ],
)
def test_a_threshold_is_worked_out_from_facts_in_the_unit_of_the_question(
    threshold: Callable[[], Any], expected: float
) -> None:
    number = Number("n", "N?", unit="USD/month", minimum=0, maximum=1e6)
    worked_out = threshold()
    comparison = number >= worked_out
    assert comparison.threshold == expected
    assert [each.id for each in comparison.facts] == [each.id for each in inputs(worked_out) if isinstance(each, Fact)]


@pytest.mark.parametrize(
    ("asked", "given", "threshold"),
    [("minute", (2, "hour"), 120), ("GB", (1.5, "TB"), 1_500), ("MiB", (1, "GiB"), 1024), ("week", (7, "day"), 1)],
)
def test_units_of_one_kind_are_converted(asked: str, given: tuple[float, str], threshold: float) -> None:
    number = Number("n", "N?", unit=asked, minimum=0, maximum=1e6)
    assert (number >= fact("given", *given)).threshold == threshold


def test_thresholds_worked_out_from_facts_are_decimals_as_written() -> None:
    tenth, three, thousands = fact("tenth", 0.1), fact("three", 3), fact("thousands", 27_084)
    n = Number("n", "N?", minimum=-1e9, maximum=1e9, step=0.1)
    value: Any = tenth.value
    thresholds: list[tuple[float, float]] = [
        (value * 3, 0.3),
        (tenth.number * 3, 0.3),
        (0.1 * three.number, 0.3),
        (tenth.number + 0.2, 0.3),
        (1 - tenth.number * 9, 0.1),
        (tenth.number / 3 * 9, 0.3),
        (-tenth.number * 3, -0.3),
        (thousands.number * 1.1, 29_792.4),
        (sum(each.number for each in (tenth, tenth, tenth)), 0.3),
        (fact("least", 1e-7).number * 3, 3e-7),
        (fact("made", 1, low=tenth.number * 3).range.low, 0.3),
        (fact("again", tenth.number * 3).number / 3, 0.1),
    ]
    for threshold, decimal in thresholds:
        comparison = n >= threshold
        assert (comparison.threshold, type(comparison.threshold)) == (decimal, float)
        # What the page writes for a reader's 0.3 is at the threshold, and what is next below is not.
        assert holds(comparison, {"n": decimal})
        assert not holds(comparison, {"n": math.nextafter(decimal, -math.inf)})


def test_thresholds_that_became_too_large_are_refused() -> None:
    n = Number("n", "N?", minimum=0, maximum=1e308)
    with pytest.raises(RuleSetError, match="question 'n' is compared with inf: a number or a fact is needed"):
        n >= fact("huge", 1e308).number * 10  # noqa: B015
    with pytest.raises(RuleSetError, match="question 'n' is compared with nan"):
        n < fact("one", 1).number * float("nan")  # noqa: B015


def test_a_fact_counts_conditions() -> None:
    two = at_least(fact("two", 2).number, A, B, C)  # type: ignore[arg-type]
    assert (two, type(two.count)) == (AtLeast(2, (A, B, C)), int)
    with pytest.raises(RuleSetError, match=r"at_least\(2\.5, …\)"):
        at_least(fact("two", 2).number + 0.5, A, B, C)  # type: ignore[arg-type]


def test_the_maximum_is_a_threshold_and_the_minimum_is_none() -> None:
    assert (PEOPLE >= 50).threshold == 50
    with pytest.raises(
        RuleSetError, match="`people >= 0` is always true, because the minimum is 0; correct it or leave it out"
    ):
        PEOPLE >= 0  # noqa: B015


def test_walking_visits_parts_in_the_order_in_which_they_are_written() -> None:
    ready = Criterion("ready", "you are ready", A | ~B)
    condition = all_of(ready, SIZE.is_("small"), PEOPLE >= 3)
    assert list(walk(condition)) == [condition, ready, A | ~B, A, ~B, B, SIZE.is_("small"), PEOPLE >= 3]


# Meaning


@pytest.mark.parametrize(
    ("condition", "meaning"),
    [
        (A & B & C, lambda a, b, c: a and b and c),
        (A | B | C, lambda a, b, c: a or b or c),
        (~A, lambda a, b, c: not a),
        (~(A & B) | C, lambda a, b, c: not (a and b) or c),
        (at_least(1, A, B, C), lambda a, b, c: a or b or c),
        (at_least(2, A, B, C), lambda a, b, c: a + b + c >= 2),
        (at_least(3, A, B, C), lambda a, b, c: a and b and c),
        (at_least(2, A, A, B), lambda a, b, c: a),
        (Criterion("x", "x", A & ~C), lambda a, b, c: a and not c),
    ],
)
def test_conditions_mean_what_python_would(condition: Condition, meaning: Callable[[bool, bool, bool], bool]) -> None:
    for a, b, c in itertools.product((False, True), repeat=3):
        assert holds(condition, {"a": a, "b": b, "c": c}) == bool(meaning(a, b, c))


# Mistakes


def written_with_and() -> object:
    return A and B  # type: ignore[redundant-expr, unreachable]  # mistake


def written_with_or() -> object:
    return A or B  # type: ignore[redundant-expr, unreachable]  # mistake


def written_with_not() -> object:
    return not A  # mistake


def written_with_if() -> object:
    return "yes" if A & B else "no"  # type: ignore[redundant-expr]  # mistake


def written_as_a_chain() -> object:
    return 3 <= PEOPLE < 5  # mistake


def joined_with_a_number() -> object:
    return A & PEOPLE  # type: ignore[operator]  # mistake


def joined_with_a_choice() -> object:
    return A | SIZE  # type: ignore[operator]  # mistake


def a_choice_in_python_logic() -> object:
    return bool(SIZE)  # mistake


def a_number_in_python_logic() -> object:
    return bool(PEOPLE)  # mistake


def a_negated_choice() -> object:
    return ~SIZE  # mistake


def a_number_joined_with_a_choice() -> object:
    return PEOPLE & SIZE  # mistake


def joined_with_a_comparison_by_equals() -> object:
    return all_of(A, SIZE == "small")  # type: ignore[arg-type]  # mistake


def compared_as_different() -> object:
    return A & (SIZE != "small")  # type: ignore[operator]  # mistake


def compared_with_a_label() -> object:
    return SIZE == "large"  # mistake


def compared_with_no_option() -> object:
    return SIZE == "smal"  # mistake


def looked_for_among_options() -> object:
    return SIZE in ("small", "large")  # mistake


def an_option_looked_for_in_it() -> object:
    return "small" in SIZE  # mistake


def joined_before_it_is_compared() -> object:
    return SIZE == "small" & A  # mistake


def joined_before_it_is_looked_for() -> object:
    return SIZE in ("small", "large") | A  # mistake


def compared_with_true() -> object:
    return all_of(A == True, B)  # type: ignore[arg-type]  # noqa: E712  # mistake


def compared_with_a_number_by_equals() -> object:
    return PEOPLE == 3  # mistake


def a_question_by_its_id() -> object:
    return any_of("a-b", B)  # type: ignore[arg-type]  # mistake


def compared_with_the_id_of_a_fact() -> object:
    return PEOPLE >= "base"  # type: ignore[operator]  # mistake


def joined_with_a_list() -> object:
    return at_least(1, [A, B])  # type: ignore[arg-type]  # mistake


def of_nothing() -> object:
    return any_of()  # mistake


def counting_none() -> object:
    return at_least(0, A, B)  # mistake


def counting_too_many() -> object:
    return at_least(3, A, B)  # mistake


def counting_with_a_boolean() -> object:
    return at_least(True, A, B)  # mistake


def counting_without_a_count() -> object:
    return at_least(A, B)  # type: ignore[arg-type]  # mistake


def asking_for_an_option_that_is_not_there() -> object:
    return SIZE.is_("smal")  # mistake


def asking_for_an_option_by_its_label() -> object:
    return SIZE.is_("Large")  # mistake


def asking_for_no_option() -> object:
    return SIZE.is_()  # mistake


def asking_for_an_option_object() -> object:
    return SIZE.is_(Option("small", "Small"))  # type: ignore[arg-type]  # mistake


def above_the_range() -> object:
    return PEOPLE >= 50.1  # mistake


def below_the_range() -> object:
    return PEOPLE < -1  # mistake


def at_the_minimum() -> object:
    return PEOPLE < 0  # mistake


def above_the_maximum() -> object:
    return PEOPLE > 50  # mistake


def at_most_less_than_the_minimum() -> object:
    return PEOPLE <= -1  # mistake


def above_the_last_whole_number() -> object:
    return SEATS > 9  # mistake


def at_most_the_maximum() -> object:
    return PEOPLE <= 50  # mistake


def more_than_any_answer() -> object:
    return Number("n", "How many?", minimum=0) >= 1e15  # mistake


def at_least_the_first_whole_number() -> object:
    return SEATS >= 0.5  # mistake


def compared_with_text() -> object:
    return PEOPLE >= "3"  # type: ignore[operator]  # mistake


def compared_with_nothing() -> object:
    return PEOPLE >= None  # type: ignore[operator]  # mistake


def compared_with_nan() -> object:
    nan = float("nan")
    return PEOPLE >= nan  # mistake


def compared_with_a_boolean() -> object:
    return PEOPLE >= True  # mistake


def compared_with_an_estimate() -> object:
    cost = Estimate("cost", "Cost", PEOPLE * 2)
    return PEOPLE >= cost  # mistake


def joined_with_an_estimate() -> object:
    cost = Estimate("cost", "Cost", PEOPLE * 2)
    return A & cost  # type: ignore[operator]  # mistake


def joined_with_a_list_of_one() -> object:
    ready = (B,)
    return A & ready  # type: ignore[operator]  # mistake


def compared_with_a_list_of_one() -> object:
    three = (3,)
    return PEOPLE >= three  # type: ignore[operator]  # mistake


def compared_with_a_fact_in_another_unit() -> object:
    price = fact("price", 3, "USD")
    return PEOPLE >= price  # mistake


def compared_with_a_formula_of_an_answer() -> object:
    return PEOPLE >= PEOPLE * 2  # mistake


def compared_with_a_formula_in_another_unit() -> object:
    return PEOPLE >= fact("price", 3, "USD") * fact("base", 2, "FTE")  # mistake


def compared_with_a_formula_that_divides_by_zero() -> object:
    return PEOPLE >= fact("base", 2, "FTE") / 0  # mistake


def compared_with_a_statement() -> object:
    many = Fact("many", "many", source=URL, checked=DAY)
    return Number("n", "N?", minimum=0, maximum=9) >= many  # mistake


def deep_inside_a_rule() -> object:
    return Rule(
        all_of(
            A,
            at_least(
                1,
                B,
                SIZE.is_("huge"),  # mistake
            ),
        ),
        STAY,
        "so",
    )


def a_criterion_of_nothing() -> object:
    return Criterion("ready", "you are ready", None)  # type: ignore[arg-type]  # mistake


def a_criterion_with_a_bad_id() -> object:
    return Criterion("is_ready", "you are ready", A)  # mistake


def a_criterion_with_a_bad_link() -> object:
    return Criterion("ready", "you are [ready](javascript:x)", A)  # mistake


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (written_with_and, "write & for 'and', | for 'or', ~ for 'not'"),
        (written_with_or, "a condition has no truth value until it is assessed"),
        (written_with_not, "a condition has no truth value until it is assessed"),
        (written_with_if, "a condition has no truth value until it is assessed"),
        (written_as_a_chain, "and two comparisons for a < b < c"),
        (
            joined_with_a_number,
            "not the Number 'people'; a number is asked with number >= 3 or number < 3, in brackets beside &",
        ),
        (a_choice_in_python_logic, "the Choice 'size' has no truth value for 'and', 'or', 'not' or 'if'; a choice is"),
        (a_number_in_python_logic, "the Number 'people' has no truth value for 'and', 'or', 'not' or 'if'; a number"),
        (a_negated_choice, "~ needs a condition, not the Choice 'size'; a choice is asked with question.is_('small')"),
        (a_number_joined_with_a_choice, "& needs a condition, not the Number 'people'; a number is asked with number"),
        (joined_with_a_choice, "| needs a condition, not the Choice 'size'; a choice is asked with question.is_('"),
        (
            joined_with_a_comparison_by_equals,
            "question 'size' == 'small' compares Python objects, and not answers: write question.is_('small'), and",
        ),
        (compared_as_different, "!= 'small' compares Python objects, and not answers: write ~question.is_('small'),"),
        (compared_with_a_label, "question 'size' == 'large' compares Python objects"),
        (
            compared_with_no_option,
            "a choice is asked with question.is_('small'). It has no option 'smal'. Did",
        ),
        (looked_for_among_options, "question 'size' == 'small' compares Python objects, and not answers: write"),
        (an_option_looked_for_in_it, "question 'size' holds no answer yet: write question.is_('small')"),
        (
            joined_before_it_is_compared,
            "& needs a condition, not 'small'; a choice is asked with question.is_('small'), in place of == and 'in'",
        ),
        (
            joined_before_it_is_looked_for,
            "| needs a condition, not a tuple of 2; a choice is asked with question.is_('small', 'large'), in place of",
        ),
        (
            compared_with_true,
            "question 'a' == True compares Python objects, and not answers: write the question",
        ),
        (compared_with_a_number_by_equals, "question 'people' == 3 compares Python objects, and not answers: a number"),
        (
            a_question_by_its_id,
            "any_of needs a condition, not 'a-b'; write a_b, the question or criterion itself, without quotation marks",
        ),
        (
            compared_with_the_id_of_a_fact,
            "a number or a fact is needed; write base, the fact itself, without",
        ),
        (joined_with_a_list, "at_least needs a condition, not a list of 2; write a * before it"),
        (of_nothing, "any_of needs at least one condition"),
        (counting_none, "at_least(0, …) over 2 conditions: the count must be from 1 to 2"),
        (counting_too_many, "at_least(3, …) over 2 conditions: the count must be from 1 to 2"),
        (counting_with_a_boolean, "at_least(True, …) over 2 conditions"),
        (counting_without_a_count, "over 1 conditions: the count must be from 1 to 1"),
        (asking_for_an_option_that_is_not_there, "question 'size' has no option 'smal'. Did you mean 'small'?"),
        (asking_for_an_option_by_its_label, "question 'size' has no option 'Large'. Did you mean 'large'?"),
        (asking_for_no_option, "question 'size': is_() needs the id of an option"),
        (asking_for_an_option_object, "question 'size' has no option Option("),
        (
            above_the_range,
            "question 'people': `people >= 50.1` is never true, because the maximum is 50; correct it or leave it out",
        ),
        (below_the_range, "`people < -1` is never true, because the minimum is 0"),
        (at_the_minimum, "`people < 0` is never true, because the minimum is 0"),
        (above_the_maximum, "`people > 50` is never true, because the maximum is 50"),
        (at_most_less_than_the_minimum, "`people <= -1` is never true, because the minimum is 0"),
        (above_the_last_whole_number, "`seats > 9` is never true, because the maximum is 9"),
        (at_most_the_maximum, "`people <= 50` is always true, because the maximum is 50"),
        (more_than_any_answer, "`n >= 1,000,000,000,000,000` is never true, because the greatest answer is 999,999"),
        (at_least_the_first_whole_number, "`seats >= 0.5` is always true, because the minimum is 1"),
        (compared_with_text, "is compared with '3': a number or a fact is needed; write 3, without quotation marks"),
        (compared_with_nothing, "question 'people' is compared with None: a number or a fact is needed"),
        (compared_with_nan, "question 'people' is compared with nan: a number or a fact is needed"),
        (compared_with_a_boolean, "question 'people' is compared with True: a number or a fact is needed"),
        (compared_with_an_estimate, "'people' is compared with the Estimate 'cost': a number or a fact is needed"),
        (
            joined_with_an_estimate,
            "not the Estimate 'cost'; it informs and never decides: a condition compares a number",
        ),
        (joined_with_a_list_of_one, "not a list of one (is there a comma behind the YesNo 'b'?)"),
        (compared_with_a_list_of_one, "'people' is compared with a list of one (is there a comma behind 3?): a number"),
        (compared_with_a_fact_in_another_unit, "'people' is in FTE, but the threshold, fact 'price', is in USD"),
        (
            compared_with_a_formula_of_an_answer,
            "'people': the threshold is a formula that depends on the answer to 'people'; work it out from facts and",
        ),
        (compared_with_a_formula_in_another_unit, "is in FTE, but the threshold, a formula, is in FTE·USD"),
        (compared_with_a_formula_that_divides_by_zero, "question 'people': the threshold is divided by zero"),
        (compared_with_a_statement, "fact 'many' is a statement, 'many': a number is needed here"),
        (deep_inside_a_rule, "question 'size' has no option 'huge'"),
        (a_criterion_of_nothing, "criterion 'ready' needs a condition, not None"),
        (a_criterion_with_a_bad_id, "'is_ready' cannot be the id of a criterion"),
        (a_criterion_with_a_bad_link, "criterion 'ready' links to 'javascript:x'"),
    ],
)
def test_a_mistake_is_named_with_its_line(make: Callable[[], object], message: str) -> None:
    assert message in error_of(make).message


def test_a_truth_value_is_refused_with_a_type_error_too() -> None:
    with pytest.raises(TypeError):
        bool(A & B)


def test_a_shared_part_is_visited_once() -> None:
    condition: Condition = yes_no("a")
    for _ in range(60):
        condition = all_of(condition, condition)
    assert len(list(walk(condition))) == 61
