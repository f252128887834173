"""Estimates that depend on answers: the branches that are possible, their ranges, and what is likely."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest

from assessor import Choice, Estimate, Number, assess, case
from assessor.model.estimates.conditional import depends_on_answers
from assessor.model.formulas.arithmetic import Quantity, inputs
from tests.support.assessor.samples import fact, ruleset_of, yes_no
from tests.support.oracle import estimated
from tests.support.rulesets import random_answers, random_ruleset

PLATFORM = Choice("platform", "Where?", {"aws": "AWS", "google": "Google", "own": "Own machines"})
USUAL = fact("usual", 50, low=20, high=120)
USERS = Number("users", "How many users?", minimum=0, default=USUAL)
WHOLE = Number("whole", "How many?", minimum=0, maximum=9, step=1, default=fact("few", 4, low=2, high=6))
BARE = Number("bare", "How large?", minimum=0, maximum=10)
A = yes_no("a")
AWS, GOOGLE, OWN = fact("aws", 300, low=200, high=400), fact("google", 250), fact("own", 90, low=80, high=100)
HOSTING = case(PLATFORM.is_("aws"), AWS, otherwise=case(PLATFORM.is_("google"), GOOGLE, otherwise=OWN))


def assessed(formula: Any, **answers: object) -> Any:
    return assess(ruleset_of([PLATFORM, USERS, WHOLE, BARE, A], estimates=[Estimate("cost", "Cost", formula)]), answers)


def span(formula: Any, **answers: object) -> tuple[float, float, float] | None:
    found = assessed(formula, **answers)["estimates"]["cost"]
    return found and (found["low"], found["likely"], found["high"])


def test_an_answer_chooses_the_formula() -> None:
    assert span(HOSTING, platform="aws") == (200, 300, 400)
    assert span(HOSTING, platform="google") == (250, 250, 250)
    assert span(HOSTING * 2 + 1, platform="own") == (161, 181, 201)


def test_an_open_question_leaves_every_formula_and_otherwise_is_likely() -> None:
    assert span(HOSTING) == (80, 90, 400)
    assert span(HOSTING, platform=None) == (80, 90, 400)


def test_the_likely_value_is_of_the_last_formula_that_is_still_possible() -> None:
    both = case(PLATFORM.is_("aws", "google"), HOSTING, otherwise=0)
    assert span(case(A, both, otherwise=OWN), a=True) == (0, 0, 400)
    assert span(case(PLATFORM.is_("own"), 1, otherwise=2) + case(A, 10, otherwise=20), platform="own") == (11, 21, 21)


def test_cases_with_one_condition_go_together() -> None:
    assert span(case(A, 1, otherwise=10) - case(A, 1, otherwise=10)) == (0, 0, 0)
    assert span(case(A, 1, otherwise=10) + case(~A, 1, otherwise=10)) == (11, 11, 11)


def test_a_condition_cuts_the_range_of_the_number_that_the_formula_uses() -> None:
    cost = case(USERS >= 100, USERS, otherwise=USERS * 3)
    assert span(cost) == (60, 150, 300)
    assert span(cost, users=100) == (100, 100, 100)
    assert span(case(USERS > 120, 1000, otherwise=USERS)) == (20, 50, 120)


def test_whole_numbers_end_beside_the_threshold() -> None:
    assert span(case(WHOLE >= 5, 0, otherwise=WHOLE)) == (0, 4, 4)
    assert span(case(WHOLE > 5, 0 - WHOLE, otherwise=WHOLE)) == (-6, 4, 5)


def test_two_numbers_are_cut_together() -> None:
    cost = case((USERS >= 100) | (WHOLE >= 5), USERS * WHOLE, otherwise=Quantity(0))
    # Not 20 * 2: with 20 users, it must be 5 or more.
    assert span(cost) == (0, 0, 720)
    assert span(case((USERS >= 100) | (WHOLE >= 5), USERS * WHOLE, otherwise=Quantity(1e6)))[0] == 100  # type: ignore[index]


def test_a_number_without_a_default_leaves_only_those_open_that_may_need_it() -> None:
    cost = case(PLATFORM.is_("aws"), BARE * 2, otherwise=OWN)
    assert span(cost) is None
    assert span(cost, platform="own") == (80, 90, 100)
    assert span(cost, platform="aws") is None
    assert span(cost, bare=3) == (6, 90, 100)


def test_what_is_assumed_is_what_decides_or_counts() -> None:
    def assumed(formula: Any, **answers: object) -> Any:
        return assessed(formula, **answers)["estimates"]["cost"]["assumed"]

    cost = case(PLATFORM.is_("aws"), USERS * 2, otherwise=OWN)
    assert assumed(cost) == ["users"]
    assert assumed(cost, platform="own") == []
    # The default leaves out 200 users and more.
    assert assumed(case(USERS >= 200, AWS, otherwise=OWN)) == ["users"]
    assert span(case(USERS >= 200, AWS, otherwise=OWN)) == (80, 90, 100)
    assert assumed(case(USERS >= 200, AWS, otherwise=OWN), users=10) == []


def test_a_question_that_chooses_matters_to_the_estimate() -> None:
    def matters(formula: Any, **answers: object) -> Any:
        return assessed(formula, **answers)["matters_to"]["estimates"]

    cost = case(PLATFORM.is_("aws"), USERS * 2, otherwise=OWN)
    assert matters(cost) == {"cost": ["platform", "users"]}
    assert matters(cost, platform="own") == {}
    assert matters(cost, platform="aws") == {"cost": ["users"]}
    assert matters(USERS + BARE) == {"cost": ["users", "bare"]}
    assert assessed(cost)["matters"] == []


def test_it_is_what_trying_finds() -> None:
    """About 4,000 estimates of random rule sets."""
    seen: Counter[str] = Counter()
    for seed in range(2500):
        rng = random.Random(seed)
        ruleset = random_ruleset(rng, most_questions=4, most_rules=2)
        if any(isinstance(each, Number) and each.is_whole and not is_whole(each) for each in ruleset.questions):
            continue
        for estimate in ruleset.estimates:
            if not depends_on_answers(estimate.formula):
                continue
            answers = random_answers(rng, ruleset)
            found = assess(ruleset, answers)["estimates"][estimate.id]
            expected = estimated(ruleset, estimate.formula, answers)
            assert (found is None) == (expected is None), seed
            seen["estimates"] += 1
            if found is None or expected is None:
                seen["open"] += 1
                continue
            # Large inputs that cancel out leave the rounding of doubles.
            largest = max((abs(value) for each in inputs(estimate.formula) for value in ends(each)), default=0)
            near = pytest.approx(expected, rel=1e-9, abs=largest * 1e-14)
            assert (found["low"], found["high"]) == near, (seed, answers)
            assert found["low"] <= found["likely"] <= found["high"], seed
            seen["range"] += found["low"] < found["high"]
    assert seen["estimates"] > 700, seen
    assert min(seen["open"], seen["range"]) > 20, seen


def is_whole(number: Number) -> bool:
    return number.default is None or all(float(each).is_integer() for each in number.default.range)


def ends(part: Any) -> tuple[float, ...]:
    if isinstance(part, Number):
        return part.minimum, part.maximum
    return part.range if hasattr(part, "range") else (part.value,)
