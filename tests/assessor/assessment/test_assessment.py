import itertools
import math
import random
from collections import Counter
from typing import Any

import pytest

from assessor import (
    Action,
    AnswersError,
    Assessment,
    Choice,
    Criterion,
    Estimate,
    Number,
    Rule,
    RuleSet,
    all_of,
    at_least,
    compile_ruleset,
    load_ruleset,
    otherwise,
)
from assessor import assess as assess_
from tests.support.assessor.samples import GO, STAY, fact, ruleset_of, yes_no
from tests.support.oracle import judge, judged
from tests.support.rulesets import random_answers, random_ruleset

A, B, C = (yes_no(id) for id in "abc")
N = Number("n", "How many?", minimum=0, maximum=10)
ELSE = otherwise(STAY, "nothing else fits")


def assess(ruleset: RuleSet, **answers: object) -> Assessment:
    return assess_(ruleset, answers)


# Unanswered is unknown, never no


def test_nothing_answered_settles_nothing() -> None:
    ruleset = ruleset_of([A], [Rule(A, GO, "x"), ELSE])
    assessment: dict[str, Any] = {**assess(ruleset)}
    assert assessment == {
        "ruleset": "sample",
        "hash": compile_ruleset(ruleset)["hash"],
        "outcome": None,
        "settled": False,
        "possible": ["go", "stay"],
        "gap": False,
        "rule": None,
        "rules": ["rule-1", "otherwise"],
        "actions": {"apply": [], "open": []},
        "criteria": {},
        "estimates": {},
        "scores": {},
        "open": ["a"],
        "unknown": [],
        "unasked": [],
        "unoffered": {},
        "matters": ["a"],
        "irrelevant": [],
        "matters_to": {"actions": {}, "criteria": {}, "estimates": {}},
        "reasons": [],
        "ruled_out": {},
        "changes": {},
        "next": "a",
        "remaining": {"fewest": 1, "most": 1},
        "counts": {"go": "1", "stay": "1"},
    }


def test_not_answered_is_neither_yes_nor_no() -> None:
    for condition in (A, ~A, A & B, A | B, at_least(1, A, B), ~at_least(2, A, B)):
        assessment = assess(ruleset_of([A, B], [Rule(condition, GO, "x"), ELSE]))
        assert assessment["possible"] == ["go", "stay"]


def test_not_known_is_as_open_as_not_answered() -> None:
    ruleset = ruleset_of([A, B, N], [Rule(A & (N >= 3), GO, "x"), ELSE])
    assert assess(ruleset, a=None, n=None) == {**assess(ruleset), "unknown": ["a", "n"]}
    assert assess(ruleset, a=True, n=None) == {**assess(ruleset, a=True), "unknown": ["n"]}


def test_false_and_zero_are_answers() -> None:
    ruleset = ruleset_of([A, N], [Rule(A | (N >= 3), GO, "x"), ELSE])
    assert assess(ruleset, a=False, n=0)["outcome"] == "stay"
    assert assess(ruleset, a=False, n=0)["open"] == []


def test_what_holds_either_way_holds_while_it_is_open() -> None:
    ruleset = ruleset_of([A, B], [Rule(A | ~A, GO, "x"), ELSE], criteria=[Criterion("sure", "sure", (A & B) | ~A | ~B)])
    assessment = assess(ruleset)
    assert (assessment["outcome"], assessment["rule"]) == ("go", "rule-1")
    assert assessment["criteria"] == {"sure": True}
    assert assessment["open"] == ["a", "b"]


def test_two_rules_with_one_outcome_settle_it_and_leave_the_rule_open() -> None:
    assessment = assess(ruleset_of([A], [Rule(A, GO, "x"), otherwise(GO, "y")]))
    assert (assessment["outcome"], assessment["settled"]) == ("go", True)
    assert (assessment["rule"], assessment["rules"]) == (None, ["rule-1", "otherwise"])


def test_the_first_rule_that_holds_decides() -> None:
    ruleset = ruleset_of([A, B], [Rule(A, GO, "x"), Rule(B, STAY, "y"), otherwise(GO, "z")])
    assert assess(ruleset, a=True, b=True)["rule"] == "rule-1"
    assert assess(ruleset, a=False, b=True)["rule"] == "rule-2"
    assert assess(ruleset, a=False, b=False)["rule"] == "otherwise"
    assert assess(ruleset, b=True)["possible"] == ["go", "stay"]


def test_an_outcome_is_settled_as_soon_as_it_is() -> None:
    ruleset = ruleset_of([A, B, C], [Rule(all_of(A, B, C), GO, "x"), ELSE])
    assert assess(ruleset, b=False)["outcome"] == "stay"
    assert assess(ruleset, b=False)["open"] == ["a", "c"]


# Gaps


def test_a_gap_settles_nothing() -> None:
    ruleset = ruleset_of([A], [Rule(A, GO, "x")])
    assert assess(ruleset)["gap"]
    assert not assess(ruleset)["settled"]
    assert assess(ruleset)["possible"] == ["go"]
    assert assess(ruleset)["rule"] is None
    assert (assess(ruleset, a=True)["settled"], assess(ruleset, a=True)["gap"]) == (True, False)


def test_answers_that_no_rule_decides_have_no_outcome() -> None:
    assessment = assess(ruleset_of([A], [Rule(A, GO, "x")], actions=[Action("x", "X", [GO, STAY])]), a=False)
    assert assessment["gap"]
    assert (assessment["settled"], assessment["outcome"], assessment["possible"]) == (False, None, [])
    assert (assessment["rule"], assessment["rules"]) == (None, [])
    assert assessment["actions"] == {"apply": [], "open": []}


# Thresholds


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [(0, "stay"), (math.nextafter(3, 0), "stay"), (3, "go"), (3.0, "go"), (math.nextafter(3, 9), "go"), (10, "go")],
)
def test_a_threshold_belongs_to_what_is_at_least_it(answer: float, outcome: str) -> None:
    assert assess(ruleset_of([N], [Rule(N >= 3, GO, "x"), ELSE]), n=answer)["outcome"] == outcome
    assert assess(ruleset_of([N], [Rule(N < 3, STAY, "x"), otherwise(GO, "y")]), n=answer)["outcome"] == outcome


def test_a_threshold_at_the_maximum_is_reached_there_alone() -> None:
    ruleset = ruleset_of([N], [Rule(N >= 10, GO, "x"), ELSE])
    assert assess(ruleset, n=10)["outcome"] == "go"
    assert assess(ruleset, n=math.nextafter(10, 0))["outcome"] == "stay"


def test_a_decimal_threshold_is_the_number_that_readers_type() -> None:
    ruleset = ruleset_of([N], [Rule(N >= 0.1 + 0.2, GO, "x"), ELSE])
    assert assess(ruleset, n=0.3)["outcome"] == "stay"
    assert assess(ruleset, n=0.1 + 0.2)["outcome"] == "go"


# Actions


def test_an_action_applies_under_its_outcomes_alone() -> None:
    actions = [
        Action("under-go", "X", [GO]),
        Action("under-both", "X", [GO, STAY]),
        Action("when-b", "X", [GO], B),
        Action("never", "X", [GO], ~A),
    ]
    ruleset = ruleset_of([A, B], [Rule(A, GO, "x"), ELSE], actions=actions)
    assert assess(ruleset)["actions"] == {"apply": ["under-both"], "open": ["under-go", "when-b"]}
    assert assess(ruleset, a=True)["actions"] == {"apply": ["under-go", "under-both"], "open": ["when-b"]}
    assert assess(ruleset, a=True, b=True)["actions"]["apply"] == ["under-go", "under-both", "when-b"]
    assert assess(ruleset, a=False, b=True)["actions"] == {"apply": ["under-both"], "open": []}


# asked_when


def test_a_question_is_unasked_until_its_condition_holds() -> None:
    late = yes_no("late", asked_when=A & B)
    ruleset = ruleset_of([A, B, late], [Rule(A & B & late, GO, "x"), ELSE])
    assert assess(ruleset)["unasked"] == ["late"]
    assert assess(ruleset, a=True)["unasked"] == ["late"]
    assert assess(ruleset, a=True, b=True)["unasked"] == []
    assert assess(ruleset, a=False)["unasked"] == ["late"]


def test_an_answer_counts_even_where_it_was_not_asked_for() -> None:
    late = yes_no("late", asked_when=A)
    ruleset = ruleset_of([A, late], [Rule(late, GO, "x"), ELSE])
    assert assess(ruleset, late=True)["outcome"] == "go"
    assert assess(ruleset, late=True)["unasked"] == ["late"]
    assert assess(ruleset, late=True)["open"] == ["a"]


# Estimates

USUAL = fact("usual", 4, low=2, high=5)
M = Number("m", "How many?", minimum=0, maximum=10, default=USUAL)
PRICE = fact("price", 100, low=50, high=200)


def estimates(formula: Any, **answers: object) -> Any:
    ruleset = ruleset_of([N, M], facts=[USUAL, PRICE], estimates=[Estimate("e", "E", formula)])
    return assess(ruleset, **answers)["estimates"]["e"]


def test_an_open_number_without_a_default_leaves_an_estimate_open() -> None:
    assert estimates(N * PRICE) is None
    assert estimates(N * PRICE, n=None) is None
    assert estimates(N * PRICE, n=0) == {"low": 0, "likely": 0, "high": 0, "unit": "", "assumed": []}


def test_a_default_is_assumed_and_says_so() -> None:
    assert estimates(M * 2) == {"low": 4, "likely": 8, "high": 10, "unit": "", "assumed": ["m"]}
    assert estimates(M * 2, m=None)["assumed"] == ["m"]
    assert estimates(M * 2, m=3) == {"low": 6, "likely": 6, "high": 6, "unit": "", "assumed": []}


def test_a_default_never_decides() -> None:
    ruleset = ruleset_of([M], [Rule(M >= 1, GO, "x"), ELSE], facts=[USUAL])
    assert assess(ruleset)["possible"] == ["go", "stay"]


def test_an_estimate_is_in_the_unit_that_its_author_wrote() -> None:
    people = fact("people", 2, "FTE")
    price = fact("price", 100, "USD/FTE/year")
    shown = Estimate("e", "E", people * price, "USD / year")
    estimate = assess(ruleset_of(facts=[people, price], estimates=[shown]))["estimates"]["e"]
    assert estimate is not None
    assert (estimate["likely"], estimate["unit"]) == (200, "USD / year")


def test_the_range_of_an_estimate_is_that_of_a_dense_grid() -> None:
    formula = (PRICE - M * 3) / (M + 2)
    found = estimates(formula)
    steps = [step / 60 for step in range(61)]
    values = [
        (price - people * 3) / (people + 2)
        for price, people in itertools.product((50 + 150 * step for step in steps), (2 + 3 * step for step in steps))
    ]
    assert (found["low"], found["high"]) == pytest.approx((min(values), max(values)))
    assert found["likely"] == (100 - 12) / 6


# Answers


def test_answers_that_do_not_fit_are_refused() -> None:
    ruleset = ruleset_of([A, N])
    for answers in ({"a": "yes"}, {"n": 11}, {"lost": True}, {"a": 1}):
        with pytest.raises(AnswersError):
            assess_(ruleset, answers)


def test_an_option_may_be_any_kind_of_text() -> None:
    class Size(str):
        def __str__(self) -> str:
            return "another"

    size = Choice("size", "Which?", {"small": "Small", "large": "Large"})
    ruleset = ruleset_of([size], [Rule(size.is_("large"), GO, "x"), ELSE])
    assert assess(ruleset, size=Size("large"))["outcome"] == "go"


# Against the oracle


def test_an_assessment_is_what_trying_every_answer_finds() -> None:
    """1,600 sets of answers to 400 random rule sets."""
    seen: Counter[str] = Counter()
    for seed in range(400):
        rng = random.Random(seed)
        ruleset = random_ruleset(rng, most_decisions=3)
        for _ in range(4):
            answers = random_answers(rng, ruleset)
            assessment: Any = assess_(ruleset, answers)
            verdict = judge(ruleset, answers)
            assert judged(assessment) == verdict, (seed, answers)
            seen["settled while open"] += verdict["settled"] and bool(verdict["open"])
            seen["open"] += len(verdict["possible"]) > 1
            seen["gap"] += verdict["gap"]
            seen["unasked"] += bool(verdict["unasked"])
            seen["open criterion"] += None in verdict["criteria"].values()
            seen["open action"] += bool(verdict["actions"]["open"])
            seen["one outcome, several rules"] += verdict["settled"] and verdict["rule"] is None
            seen["later decision settled"] += any(each["settled"] for each in verdict["decisions"].values())
            seen["estimate"] += any(assessment["estimates"].values())
    # The comparison is worth something only where the rule sets are of every kind.
    assert min(seen.values()) > 50, seen
    assert len(seen) == 9


def test_the_bundled_rule_set_is_what_trying_every_answer_finds() -> None:
    ruleset = load_ruleset("assessor.rulesets.self_hosting")
    rng = random.Random(5)
    for case in ruleset.cases:
        answers: dict[str, object] = dict(case.answers)
        rest = [question for question in ruleset.questions if question.id not in answers]
        # All but a few questions are answered, or there would be too many ways to try.
        answers.update({name: value for name, value in random_complete(rng, ruleset).items() if name not in answers})
        for question in rng.sample(list(ruleset.questions), 5) + rest[:2]:
            answers.pop(question.id, None)
        assessment: Any = assess_(ruleset, answers)
        verdict = judge(ruleset, answers)
        assert judged(assessment) == verdict, case.id


def random_complete(rng: random.Random, ruleset: RuleSet) -> dict[str, object]:
    answers: dict[str, object] = {}
    while len(answers) < len(ruleset.questions):
        given = random_answers(rng, ruleset)
        answers.update({name: value for name, value in given.items() if value is not None})
    return answers
