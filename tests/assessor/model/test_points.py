"""What a score accepts, what a comparison of points means, and what a ranking decides."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from assessor import Choice, Number, Outcome, Rule, RuleSet, RuleSetError, Score, Section, YesNo, assess, ranking
from assessor import otherwise as otherwise_rule

A, B, C = (YesNo(name, f"{name}?", yes=f"{name} is so") for name in "abc")
SIZE = Choice("size", "How large?", {"small": "Small", "large": "Large", "none": "None"})
USERS = Number("users", "How many users?", minimum=0, maximum=100)
GO, STAY, ASK = Outcome("go", "Go"), Outcome("stay", "Stay"), Outcome("ask", "Ask")


def ruleset(*rules: Rule, **more: Any) -> RuleSet:
    questions = [A, B, C, SIZE, USERS]
    return RuleSet("points", title="Points", sections=[Section("all", "All", questions)], rules=rules, **more)


def outcome(rules: RuleSet, **answers: object) -> str | None:
    return assess(rules, answers)["outcome"]


def test_points_are_decimal() -> None:
    tenths = Score("tenths", "Tenths", {A: 0.1, B: 0.2, C: 0.000001})
    rules = ruleset(Rule(tenths > 0.3, GO, "more"), Rule(tenths >= 0.3, STAY, "so much"), otherwise_rule(ASK, "less"))
    assert outcome(rules, a=True, b=True, c=False) == "stay"
    assert outcome(rules, a=True, b=True, c=True) == "go"
    assert outcome(rules, a=True, b=False) == "ask"


@pytest.mark.parametrize(
    ("compare", "expected"),
    [
        (lambda score: score >= 2, [False, False, True, True]),
        (lambda score: score > 2, [False, False, False, True]),
        (lambda score: score <= 2, [True, True, True, False]),
        (lambda score: score < 2, [True, True, False, False]),
        (lambda score: ~(score < 1.5), [False, False, True, True]),
    ],
)
def test_each_comparison(compare: Callable[[Score], Any], expected: list[bool]) -> None:
    score = Score("score", "Points", {A: 1, B: 2})
    rules = ruleset(Rule(compare(score), GO, "so"), otherwise_rule(STAY, "not so"))
    found = [outcome(rules, a=a, b=b) == "go" for b, a in itertools.product((False, True), repeat=2)]
    assert found == expected


def test_the_range_is_exact_where_terms_share_questions() -> None:
    # No answers give 3 + 2: the second is for the opposite of the first.
    score = Score("score", "Points", {A: 3, ~A: 2, SIZE: {"large": 5, "small": -1}})
    rules = ruleset(Rule(score >= 7, GO, "so"), otherwise_rule(STAY, "not so"))
    points = assess(rules, {})["scores"]["score"]
    assert (points["low"], points["high"]) == (1, 8)
    assert points["terms"] == [{"low": 0, "high": 3}, {"low": 0, "high": 2}, {"low": -1, "high": 5}]
    assert assess(rules, {"size": "large"})["settled"]
    assert assess(rules, {"a": True, "size": "none"})["scores"]["score"]["high"] == 3


def test_the_most_points_win_and_the_first_of_equals() -> None:
    one, two, three = Score("one", "One", {A: 2}), Score("two", "Two", {B: 2}), Score("three", "Three", {C: 3})
    rules = ruleset(*ranking({GO: one, STAY: two, ASK: three}, "It has the most points."))
    for a, b, c in itertools.product((False, True), repeat=3):
        points = {"go": 2 * a, "stay": 2 * b, "ask": 3 * c}
        assert outcome(rules, a=a, b=b, c=c) == max(points, key=lambda each: points[each]), points
    assert [rule.id for rule in rules.rules] == ["most-one", "most-two", "most-three"]
    assert [score.id for score in rules.scores] == ["one", "two", "three"]


def test_scores_with_unequal_scales_compare_exactly() -> None:
    one, two = Score("one", "One", {A: 0.3, C: 0.000001}), Score("two", "Two", {A: 0.1, B: 0.2})
    rules = ruleset(Rule(one > two, GO, "more"), otherwise_rule(STAY, "not more"))
    assert outcome(rules, a=True, b=True, c=False) == "stay"
    assert outcome(rules, a=True, b=True, c=True) == "go"


MISTAKES: list[tuple[Callable[[], object], str]] = [
    (lambda: Score("s", "S", {}), "score 's' needs its points by condition: {pager: 3, size: {'small': 2}}"),
    (lambda: Score("s", "S", [A]), "score 's' needs its points by condition: {pager: 3, size: {'small': 2}}"),  # type: ignore[arg-type]
    (lambda: Score("s", "S", {A: 0}), "score 's' gives 0 points for a condition, which changes nothing: leave it out"),
    (
        lambda: Score("s", "S", {A: "3"}),  # type: ignore[dict-item]
        "score 's' has '3' as points: write a number; write 3, without quotation marks",
    ),
    (lambda: Score("s", "S", {A: True}), "score 's' has True as points: write a number"),
    (
        lambda: Score("s", "S", {A: 1e-7}),
        "score 's' has 1e-07 points: at most 1,000,000 with at most 6 decimal places can be added up exactly",
    ),
    (
        lambda: Score("s", "S", {A: float("inf")}),
        "score 's' has inf as points: write a number",
    ),
    (lambda: Score("s", "S", {"a": 1}), "score 's' needs a condition, not 'a'"),  # type: ignore[dict-item]
    (
        lambda: Score("s", "S", {USERS: 1}),  # type: ignore[dict-item]
        "score 's' gives points for the number 'users' as such: give them for a comparison, such as {users >= 3: 1}",
    ),
    (
        lambda: Score("s", "S", {SIZE: 1}),
        "score 's' needs the points for each option of question 'size': {size: {'small': 1}}",
    ),
    (
        lambda: Score("s", "S", {SIZE: {"lrage": 1}}),
        "score 's' has points for 'lrage', which is no option of question 'size'. Did you mean 'large'?",
    ),
    (
        lambda: Score("s", "S", {SIZE: {"small": 1, "large": 1, "none": 1}}),
        "score 's' gives the same points for every option of question 'size': leave it out",
    ),
    (
        lambda: Score("s", "S", {A: {"x": 1}}),
        "score 's' has points by option for a condition: options are those of a choice",
    ),
    (lambda: Score("s", "S", {A: 1}) >= "8", "score 's' is compared with '8': a number or another score is needed"),  # type: ignore[operator]
    (lambda: Rule(Score("s", "S", {A: 1}), GO, "so"), "a rule needs a condition, not the Score 's'"),  # type: ignore[arg-type]
    (lambda: A & Score("s", "S", {A: 1}), "& needs a condition, not the Score 's'"),  # type: ignore[operator]
    (lambda: bool(Score("s", "S", {A: 1})), "score 's' has no truth value: compare its points, as in score >= 8"),
    (lambda: f"{Score('s', 'S', {A: 1})}", "the Score 's' cannot be part of a text"),
    (lambda: ranking({GO: Score("s", "S", {A: 1})}, "so"), "a ranking needs the scores of two or more outcomes"),
    (
        lambda: ranking({GO: Score("s", "S", {A: 1}), STAY: 3}, "so"),  # type: ignore[dict-item]
        "a ranking needs the score of outcome 'stay', not 3",
    ),
    (
        lambda: ranking(dict.fromkeys([GO, STAY], Score("s", "S", {A: 1})), "so"),
        "a ranking has score 's' for two outcomes: the second would never decide",
    ),
    (
        lambda: ranking({GO: Score("s", "S", {A: 1}), STAY: Score("t", "T", {B: 1})}, {GO: "so"}),
        "a ranking gives no reason for outcome 'stay': say it in because={…}",
    ),
]


@pytest.mark.parametrize(("make", "says"), MISTAKES, ids=[says[:50] for _, says in MISTAKES])
def test_each_mistake_says_what_to_write(make: Callable[[], object], says: str) -> None:
    with pytest.raises(RuleSetError) as caught:
        make()
    assert str(caught.value).partition("error: ")[2].startswith(says) or says in str(caught.value)


def test_another_score_of_the_same_id_is_refused() -> None:
    one, other = Score("s", "S", {A: 1}), Score("s", "S", {A: 2})
    with pytest.raises(RuleSetError, match="score 's'"):
        ruleset(Rule(one >= 1, GO, "so"), otherwise_rule(STAY, "not so"), scores=[other])
