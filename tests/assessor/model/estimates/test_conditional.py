"""Formulas that depend on answers: what may be written, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assessor import Choice, Criterion, Estimate, Number, Quantity, RuleSetError, Score, any_of, case, compile_ruleset
from assessor.model.conditions import ALWAYS
from assessor.model.estimates.conditional import MOST_BRANCHES, counts_when
from tests.support.assessor.samples import fact, ruleset_of, yes_no

A, B = yes_no("a"), yes_no("b")
N = Number("n", "How many?", minimum=0, maximum=10, default=fact("usual", 4, low=2, high=6))
BARE = Number("bare", "How large?", minimum=0, maximum=10)
PRICE, OTHER = fact("price", 100, "USD"), fact("other", 50, "USD")
PLATFORM = Choice("platform", "Where?", {"aws": "AWS", "own": "Own"})


def rules(formula: Any, *questions: Any) -> Any:
    return ruleset_of([A, B, N, BARE, PLATFORM, *questions], estimates=[Estimate("cost", "Cost", formula)])


def test_a_case_stands_anywhere_in_a_formula() -> None:
    for formula in (
        case(A, PRICE, otherwise=OTHER),
        3 * case(A, PRICE, otherwise=OTHER) + OTHER,
        PRICE - case(A, OTHER, otherwise=case(B, PRICE, otherwise=2 * OTHER)),
        PRICE / case(A, 2, otherwise=4),
    ):
        assert rules(formula).estimates[0].unit == "USD"


def test_what_a_case_uses_belongs_to_the_rule_set() -> None:
    limit = fact("limit", 5)
    windy = Criterion("windy", "it is windy", limit <= N)
    score = Score("fit", "Fit", {A: 3})
    ruleset = rules(case(windy & (score >= 2), PRICE, otherwise=OTHER))
    assert [each.id for each in ruleset.criteria] == ["windy"]
    assert [each.id for each in ruleset.scores] == ["fit"]
    assert {"limit", "price", "other"} <= ruleset.used_facts


def compared(threshold: Any) -> Any:
    return BARE.__ge__(threshold)


WRONG: Any = case
REFUSED: list[tuple[Callable[[], Any], str]] = [
    (lambda: WRONG("a", PRICE, otherwise=OTHER), "case(…) needs a condition, not 'a'"),
    (lambda: WRONG(PLATFORM == "aws", PRICE, otherwise=OTHER), "write question.is_('aws')"),
    (lambda: WRONG(PRICE, A, otherwise=OTHER), "case(…) needs a condition, not the Fact 'price'"),
    (lambda: WRONG(A, "price", otherwise=OTHER), "'price' cannot be part of a formula"),
    (lambda: WRONG(A, B, otherwise=OTHER), "cannot be part of a formula"),
    (lambda: case(A, PRICE, otherwise=5), "case(…) gives 'USD', and otherwise a plain number"),
    (lambda: case(A, PRICE, otherwise=OTHER) >= 3, "informs and never decides"),
    (lambda: compared(case(A, 2, otherwise=3)), "the threshold is a formula that has a case(…)"),
    (lambda: compared(1 + case(A, 2, otherwise=3)), "the threshold is a formula that has a case(…)"),
    (lambda: rules(case(yes_no("lost"), PRICE, otherwise=OTHER)), "asks question 'lost', which is in no section"),
    (lambda: rules(PRICE / case(A, BARE, otherwise=2)), "divides by something that can be zero"),
    (lambda: rules(case(BARE > 0, 10 / BARE, otherwise=0)), "divides by something that can be zero"),
    (lambda: rules(case(A, N * N, otherwise=0)), "uses 'n' so that its range cannot be worked out exactly"),
]


@pytest.mark.parametrize(("make", "message"), REFUSED)
def test_what_cannot_be_is_refused(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(RuleSetError) as raised:
        make()
    assert message in str(raised.value)


def test_a_case_may_keep_a_divisor_above_zero() -> None:
    rules(case(BARE >= 1, 10 / BARE, otherwise=0))
    rules(case(~(BARE < 1) & A, 10 / BARE, otherwise=0))
    rules(case((BARE < 1) | A, 0, otherwise=10 / BARE))


def test_branches_are_few() -> None:
    many = [yes_no(f"q{number}") for number in range(7)]
    summed = sum((case(each, 1, otherwise=2) for each in many[:6]), start=Quantity(0))
    assert len(rules(summed, *many).estimates[0].branches) == MOST_BRANCHES
    with pytest.raises(RuleSetError, match="estimate 'cost' has more than 64 branches"):
        rules(summed + case(many[6], 1, otherwise=2), *many)


def test_stretches_of_a_number_count_as_branches() -> None:
    every_other = any_of(*((number / 8 <= N) & ((number + 1) / 8 > N) for number in range(1, 80, 2)))
    ruleset = rules(case(every_other, N * PRICE, otherwise=OTHER))
    assert len(ruleset.estimates[0].branches) == 2
    with pytest.raises(RuleSetError, match="more than 64 branches"):
        compile_ruleset(rules(case(every_other, N * PRICE, otherwise=PRICE / (N + 1))))


def test_the_same_condition_is_decided_once() -> None:
    formula = case(A, PRICE, otherwise=OTHER) + case(A, 2 * PRICE, otherwise=OTHER)
    assert len(rules(formula).estimates[0].branches) == 2


def test_when_a_fact_counts() -> None:
    formula = case(A, PRICE, otherwise=case(B, PRICE + OTHER, otherwise=OTHER))
    assert counts_when([PRICE + formula], PRICE) == ALWAYS
    assert counts_when([case(A, PRICE, otherwise=OTHER)], OTHER).parts == (~A,)
    either = case(A, PRICE, otherwise=case(B, PRICE, otherwise=2 * PRICE))
    assert counts_when([either], PRICE) == ALWAYS
    assert counts_when([case(B, case(A, PRICE, otherwise=PRICE + OTHER), otherwise=OTHER)], PRICE).parts == (B,)
