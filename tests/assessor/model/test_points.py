"""What a score accepts, what a comparison of points means, and what a ranking decides."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from assessor import Choice, Fact, Number, Outcome, Rule, RuleSet, RuleSetError, Score, Section, YesNo, assess, ranking
from assessor import otherwise as otherwise_rule
from assessor.check import check_ruleset
from assessor.model.points import PointsComparison

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
        "score 's' has '3' as points: write a number or a fact; write 3, without quotation marks",
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
    (
        lambda: Score("s", "S", {A: 1}) >= "8",  # type: ignore[operator]
        "score 's' is compared with '8': a number, a fact or another score is needed",
    ),
    (lambda: Rule(Score("s", "S", {A: 1}), GO, "so"), "a rule needs a condition, not the Score 's'"),  # type: ignore[arg-type]
    (lambda: A & Score("s", "S", {A: 1}), "& needs a condition, not the Score 's'"),  # type: ignore[operator]
    (
        lambda: bool(Score("s", "S", {A: 1})),
        "the Score 's' has no truth value for 'and', 'or', 'not' or 'if'; compare the",
    ),
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


class TestFacts:
    """Points and thresholds may be facts, which stay linked."""

    @staticmethod
    def fact(id: str, value: float | str, unit: str = "") -> Fact:
        return Fact(id, value, unit, source="https://example.org/", checked="2026-01-01")

    def test_facts_give_points_and_are_thresholds(self) -> None:
        tenth, limit = self.fact("tenth", 0.1), self.fact("limit", 0.1, "points")
        score = Score("score", "Score", {A: tenth, B: tenth * 2, SIZE: {"large": tenth * 2, "small": 5}})
        rules = ruleset(
            Rule(score >= limit * 5, GO, "so"), Rule(score > limit * 3, ASK, "so"), otherwise_rule(STAY, "no")
        )
        # Decimal: 0.1 + 0.2 is not more than 0.3.
        assert outcome(rules, a=True, b=True, size="none") == "stay"
        assert outcome(rules, a=True, b=True, size="large") == "go"
        assert outcome(rules, a=False, b=True, size="large") == "ask"
        assert [fact.id for fact in rules.facts] == ["limit", "tenth"]
        assert rules.used_facts == {"limit", "tenth"}
        assert [each.code for each in check_ruleset(rules) if each.code == "fact-for-pages"] == []

    def test_a_listed_score_that_nothing_compares_uses_its_facts(self) -> None:
        score = Score("score", "Score", {A: self.fact("bonus", 3)})
        rules = ruleset(Rule(A, GO, "so"), otherwise_rule(STAY, "no"), scores=[score])
        assert rules.used_facts == {"bonus"}

    def test_the_opposite_keeps_the_facts(self) -> None:
        condition = ~(Score("score", "Score", {A: 3}) >= self.fact("limit", 2))
        assert isinstance(condition, PointsComparison)
        assert (condition.operator, [each.id for each in condition.facts]) == ("<", ["limit"])

    def test_another_fact_of_the_same_id_is_refused(self) -> None:
        one, other = self.fact("limit", 2), self.fact("limit", 3)
        first, second = Score("score", "Score", {A: 3}), Score("score", "Score", {A: other, B: 1})
        for condition in (first >= other, second >= 2):
            with pytest.raises(RuleSetError, match=r"uses fact 'limit' .* make it once and use it twice"):
                ruleset(Rule(condition, GO, "so"), otherwise_rule(STAY, "no"), facts=[one])

    @pytest.mark.parametrize(
        ("make", "says"),
        [
            (lambda fact: Score("s", "S", {A: fact("f", 0)}), "score 's' gives 0 points for a condition"),
            (
                lambda fact: Score("s", "S", {A: fact("f", 3, "USD")}),
                "score 's' is in points, but the number of points, fact 'f', is in USD",
            ),
            (lambda fact: Score("s", "S", {A: fact("f", "many")}), "fact 'f' is a statement, 'many': a number is"),
            (
                lambda fact: Score("s", "S", {A: fact("f", 1) / 3}),
                "score 's' has 0.3333333333333333 points: at most 1,000,000 with at most 6 decimal places",
            ),
            (
                lambda fact: Score("s", "S", {SIZE: {"small": fact("f", 1), "large": 1, "none": fact("g", 1)}}),
                "score 's' gives the same points for every option of question 'size'",
            ),
            (
                lambda fact: Score("s", "S", {A: 1}) >= USERS * 2,
                "score 's': the threshold is a formula that depends on the answer to 'users'",
            ),
            (lambda fact: Score("s", "S", {A: 1}) >= USERS, "score 's' is compared with the Number 'users'"),
            (lambda fact: Score("s", "S", {A: 1}) >= fact("f", 1) / 0, "divide"),
        ],
    )
    def test_mistakes(self, make: Callable[[Any], object], says: str) -> None:
        with pytest.raises(RuleSetError) as caught:
            make(self.fact)
        assert says in str(caught.value)
