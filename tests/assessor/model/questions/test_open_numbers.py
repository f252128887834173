"""Numbers without a maximum: every number of at most 15 digits is an answer."""

from __future__ import annotations

import jsonschema
import pytest

from assessor import AnswersError, Estimate, Number, Rule, answers_schema, assess, compile_ruleset
from assessor.compare import compare_rulesets
from assessor.logic.compiling.functions import scale_of
from assessor.model.answers import check_answers
from tests.support.assessor.samples import GO, fact, rules_of

MOST = 999_999_999_999_999
size = Number("size", "How large?", unit="GB", minimum=0)


def test_every_number_of_15_digits_is_an_answer() -> None:
    assert check_answers([size], {"size": MOST}) == {"size": MOST}
    for wrong in (MOST + 1, -1):
        with pytest.raises(AnswersError, match=r"takes a number of at least 0 GB, with at most 15 digits, not "):
            check_answers([size], {"size": wrong})


def test_whole_numbers_are_named_so() -> None:
    with pytest.raises(AnswersError, match=r"takes a whole number of at least 1, with at most 15 digits, not 1\.5"):
        check_answers([Number("n", "N?", minimum=1, step=1)], {"n": 1.5})


def test_the_schema_accepts_what_is_accepted() -> None:
    schema = answers_schema(rules_of(Rule(size >= 3, GO, "large"), questions=[size]))
    for answer, is_accepted in ((MOST, True), (MOST + 1, False), (-1, False), (0.5, True)):
        assert jsonschema.Draft202012Validator(schema).is_valid({"size": answer}) is is_accepted


@pytest.mark.parametrize(
    ("thresholds", "minimum", "scale"),
    [
        ([3], 0, 50),
        ([5], 0, 50),
        ([5, 500], 0, 5_000),
        ([0.02], 0, 1),
        ([], 0, MOST),
        ([], 7, 100),
        ([-300], -400, 5_000),
        ([10.0**14], 0, MOST),
    ],
)
def test_the_scale_is_a_round_number_above_what_the_rules_name(
    thresholds: list[float], minimum: float, scale: float
) -> None:
    assert scale_of(Number("n", "N?", minimum=minimum), thresholds) == scale


def test_a_default_counts_for_the_scale() -> None:
    usual = fact("usual", 20, low=10, high=150)
    assert scale_of(Number("n", "N?", minimum=0, default=usual), [3]) == 2_000


def test_only_numbers_without_a_maximum_have_a_scale_in_the_bundle() -> None:
    bounded = Number("bounded", "N?", minimum=0, maximum=9)
    ruleset = rules_of(Rule((size > 200) | (bounded >= 3), GO, "large"), questions=[size, bounded])
    first, second = compile_ruleset(ruleset)["questions"]
    assert (first["scale"], first["maximum"]) == (2_000, MOST)
    assert "scale" not in second


def test_estimates_of_the_largest_answers_are_finite() -> None:
    price = fact("price", 3, "USD/GB", low=1, high=1e100)
    ruleset = rules_of(questions=[size], estimates=[Estimate("cost", "Cost", size * price)])
    cost = assess(ruleset, {"size": MOST})["estimates"]["cost"]
    assert cost is not None
    assert (cost["low"], cost["likely"]) == (MOST, 3 * MOST)


def test_a_comparison_says_that_a_maximum_was_taken_away() -> None:
    bounded = Number("size", "How large?", unit="GB", minimum=0, maximum=100)
    old, new = (rules_of(Rule(each >= 3, GO, "large"), questions=[each]) for each in (bounded, size))
    (change,) = compare_rulesets(old, new).fields
    assert (change.field, change.old, change.new) == ("maximum", "100", "")
