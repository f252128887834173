"""What a comparison counts of actions, criteria, questions and numbers, on small pairs of rule sets."""

from __future__ import annotations

import dataclasses

import pytest

from assessor import Action, Criterion, Number, Rule, RuleSet
from assessor.compare import compare_rulesets
from assessor.model.conditions import Condition
from tests.support.assessor.samples import GO, STAY, rules_of, yes_no


def test_a_threshold_that_moves_is_counted_by_the_cells_of_both() -> None:
    people = Number("people", "How many?", minimum=0, maximum=10)
    old = rules_of(Rule(people >= 2, GO, "many", "many"), questions=[people])
    new = rules_of(Rule(people >= 5, GO, "many", "many"), questions=[people])
    comparison = compare_rulesets(old, new)
    (change,) = comparison.outcome_changes
    # Below 2, from 2 to 5, from 5.
    assert (comparison.total, change.count, change.old, change.new) == (3, 1, "go", "stay")
    assert change.by_rule[0].example == {"people": 2.0}
    assert change.by_rule[0].cause == "the condition of rule 'many' changed"


def test_a_condition_that_changes_is_counted_where_readers_meet_it() -> None:
    a, b, late = yes_no("a"), yes_no("b"), yes_no("late")

    def ruleset(when: Condition, asked: Condition | None) -> RuleSet:
        ready = Criterion("ready", "you are ready", when)
        question = dataclasses.replace(late, asked_when=asked)
        return rules_of(
            Rule(a & question, GO, "x"),
            questions=[a, b, question],
            criteria=[ready],
            actions=[Action("pack", "Pack", [GO], when)],
        )

    comparison = compare_rulesets(ruleset(b, None), ruleset(~b, a))
    found = {(each.kind, each.id, each.holds): (each.count, each.example) for each in comparison.condition_changes}
    assert comparison.total == 8
    assert found == {
        ("action", "pack", True): (1, {"a": True, "b": False, "late": True}),
        ("action", "pack", False): (1, {"a": True, "b": True, "late": True}),
        ("criterion", "ready", True): (4, {"b": False}),
        ("criterion", "ready", False): (4, {"b": True}),
        ("question", "late", False): (4, {"a": False}),
    }


def action_changes(old: tuple[RuleSet, Action], new: tuple[RuleSet, Action]) -> dict[bool, tuple[int, object]]:
    """Return how many combinations the only action gains and loses, each with its example."""
    before, after = (dataclasses.replace(ruleset, actions=[action]) for ruleset, action in (old, new))
    changes = [each for each in compare_rulesets(before, after).condition_changes if each.kind == "action"]
    return {each.holds: (each.count, each.example) for each in changes}


def test_an_action_is_counted_only_where_its_outcome_is_decided() -> None:
    a, b = yes_no("a"), yes_no("b")
    ruleset = rules_of(Rule(a, GO, "x"), questions=[a, b])
    pack, later = Action("pack", "Pack", [GO], a & b), Action("pack", "Pack", [GO], b)
    # Where `a` is false, another outcome is decided both before and now.
    assert action_changes((ruleset, pack), (ruleset, later)) == {}
    narrow = Action("pack", "Pack", [GO], ~b)
    assert action_changes((ruleset, narrow), (ruleset, Action("pack", "Pack", [GO]))) == {
        True: (1, {"a": True, "b": True})
    }


def test_an_action_under_other_outcomes_is_counted() -> None:
    a, b = yes_no("a"), yes_no("b")
    ruleset = rules_of(Rule(a, GO, "x"), questions=[a, b])
    go, both, stay = (Action("pack", "Pack", under, b) for under in ([GO], [GO, STAY], [STAY]))
    gained, lost = (1, {"a": False, "b": True}), (1, {"a": True, "b": True})
    assert action_changes((ruleset, go), (ruleset, both)) == {True: gained}
    assert action_changes((ruleset, go), (ruleset, stay)) == {True: gained, False: lost}


def test_an_outcome_that_moves_away_from_an_action_takes_the_action_along() -> None:
    a, b = yes_no("a"), yes_no("b")
    old, new = (rules_of(Rule(when, GO, "x"), questions=[a, b]) for when in (a, a & b))
    pack = Action("pack", "Pack", [GO])
    assert action_changes((old, pack), (new, pack)) == {False: (1, {"a": True, "b": False})}


@pytest.mark.parametrize(
    ("before", "after", "total"),
    [
        ("GB", "GB|GBs", 2),
        ("GB|GBs", "GB|gigabytes", 2),
        ("GB/month", "GB / month", 2),
        ("core*GB", "GB·core", 2),
        # Another unit makes another question, which each rule set asks by itself.
        ("GB", "TB", 4),
        ("GB", "", 4),
    ],
)
def test_numbers_are_shared_by_the_kind_of_their_unit(before: str, after: str, total: int) -> None:
    sizes = [Number("size", "How large?", minimum=0, maximum=10, unit=unit) for unit in (before, after)]
    old, new = (rules_of(Rule(size >= 5, GO, "x"), questions=[size]) for size in sizes)
    comparison = compare_rulesets(old, new)
    assert (comparison.total, bool(comparison.changed)) == (total, total == 4)
    assert [(each.field, each.old, each.new) for each in comparison.fields if each.field == "unit"] == [
        ("unit", before, after)
    ]


def test_a_threshold_at_a_maximum_that_is_more_exact_than_a_double_is_shared() -> None:
    count = Number("count", "How many?", minimum=2**53 - 2, maximum=2**53 + 7)
    old, new = (rules_of(Rule(when, GO, "x"), questions=[count]) for when in (count >= 2**53 + 8, count < 2**53 + 8))
    comparison = compare_rulesets(old, new)
    assert (comparison.total, comparison.changed) == (2, 2)
