"""What a comparison names as the cause of another outcome, and of what applies to other answers."""

from __future__ import annotations

import dataclasses
from typing import Any

from assessor import (
    Action,
    Choice,
    Criterion,
    Date,
    Decision,
    Fact,
    Number,
    Option,
    Outcome,
    Rule,
    RuleSet,
    Score,
    Section,
    otherwise,
)
from assessor.compare import compare_rulesets
from assessor.compare.report import comparison_text
from tests.support.assessor.samples import DAY, GO, STAY, URL, rules_of, ruleset_of, yes_no


def cause(old: RuleSet, new: RuleSet) -> str:
    """Return the cause of the only change."""
    (change,) = compare_rulesets(old, new).outcome_changes
    (by_rule,) = change.by_rule
    return by_rule.cause


def test_causes_are_named() -> None:
    a, b = yes_no("a"), yes_no("b")
    base = rules_of(Rule(a, GO, "x", "one"), questions=[a, b])
    assert cause(base, rules_of(Rule(a, STAY, "x", "one"), questions=[a, b])) == "rule 'one' leads elsewhere now"
    assert cause(base, rules_of(questions=[a, b])) == "rule 'one' is gone"
    assert cause(base, rules_of(Rule(a & b, GO, "x", "one"), questions=[a, b])) == "the condition of rule 'one' changed"
    added = rules_of(Rule(b, STAY, "x", "new"), Rule(a, GO, "x", "one"), questions=[a, b])
    assert cause(base, added) == "rule 'new' is new"
    moved = rules_of(Rule(a, GO, "x", "one"), Rule(b, STAY, "x", "new"), questions=[a, b])
    assert cause(added, moved) == "rule 'one' now comes before rule 'new'"
    # A new id is no cause.
    assert cause(added, rules_of(Rule(a, GO, "x", "one"), Rule(b, STAY, "x", "young"), questions=[a, b])) == (
        "rule 'one' now comes before rule 'young'"
    )
    no_otherwise = ruleset_of([a, b], [Rule(a, GO, "x", "one")])
    assert cause(base, no_otherwise) == "rule 'otherwise' is gone"


def test_an_example_has_the_same_day_in_both_rule_sets() -> None:
    day, a = Date("day", "Which day?", earliest="2026-01-01", latest="2026-12-31"), yes_no("a")
    old = rules_of(Rule(a & (day < "2026-06-01"), GO, "x", "early"), questions=[a, day])
    new = rules_of(Rule(day < "2026-06-01", GO, "x", "early"), questions=[a, day])
    (change,) = compare_rulesets(old, new).outcome_changes
    (by_rule,) = change.by_rule
    assert by_rule.example["day"] == by_rule.old_example["day"] == "2026-05-31"
    assert "for the old rules" not in comparison_text(old, new, compare_rulesets(old, new))


def limited(limit: float, bonus: float = 2, *, factor: float = 1, least: float = 3) -> RuleSet:
    """Return rules whose first condition has a threshold and points that are facts."""
    seats, calm = Number("seats", "Seats?", minimum=0, maximum=100), yes_no("calm")
    facts = [
        Fact(name, value, unit, source=URL, checked=DAY)
        for name, value, unit in (("limit", limit, "seat|seats"), ("bonus", bonus, ""))
    ]
    seats = dataclasses.replace(seats, unit="seat|seats")
    fit = Score("fit", "Fit", {calm: facts[1], seats <= facts[0] * factor: 1})
    return rules_of(Rule((seats <= facts[0] * factor) & (fit >= least), GO, "x", "few"), questions=[seats, calm])


def test_a_fact_is_named_as_the_cause() -> None:
    changed = "the condition of rule 'few' changed"
    assert cause(limited(5), limited(10)) == f"{changed} with fact 'limit', “5 seats”, now “10 seats”"
    assert cause(limited(5), limited(5, 1, least=1)) == changed
    assert cause(limited(5), limited(5, 1)) == f"{changed} with fact 'bonus', “2”, now “1”"
    both = "fact 'limit', “5 seats”, now “10 seats” and fact 'bonus', “2”, now “3”"
    assert cause(limited(5), limited(10, 3)) == f"{changed} with {both}"
    # The author changed the condition itself.
    assert cause(limited(5), limited(5, factor=2)) == changed
    text = comparison_text(limited(5), limited(10), compare_rulesets(limited(5), limited(10)))
    assert "changed with fact 'limit', “5 seats”, now “10" in " ".join(text.split())


def causes(old: RuleSet, new: RuleSet) -> dict[str, set[str]]:
    """Return why each part applies to other answers; each with all that is said of it."""
    found: dict[str, set[str]] = {}
    for change in compare_rulesets(old, new).condition_changes:
        found.setdefault(f"{change.kind} {change.id}", set()).add(change.cause)
    return found


def with_parts(limit: float, **changed: Any) -> RuleSet:
    """Return rules with parts of each kind whose conditions have a fact as their threshold."""
    calm, seats = yes_no("calm"), Number("seats", "Seats?", unit="seat|seats", minimum=0, maximum=100)
    most = Fact("limit", limit, "seat|seats", source=URL, checked=DAY)
    few = Criterion("few", "You are few", changed.get("few", seats <= most))
    where = Choice("where", "Where?", [Option("here", "Here", asked_when=few), Option("there", "There")])
    when = yes_no("when", asked_when=~few)
    return rules_of(
        Rule(changed.get("rule", calm), GO, "x", "calm"),
        questions=[calm, seats, where, when],
        criteria=[few],
        actions=[
            Action("pack", "Pack", [GO], few),
            Action("phone", "Phone", changed.get("under", [GO]), calm),
            Action("wait", "Wait", [STAY]),
        ],
    )


def test_a_fact_is_named_as_the_cause_of_what_applies() -> None:
    fact = "with fact 'limit', “5 seats”, now “10 seats”"
    assert causes(with_parts(5), with_parts(10)) == {
        name: {f"its condition changed {fact}"}
        for name in ("action pack", "criterion few", "option where.here", "question when")
    }
    text = comparison_text(with_parts(5), with_parts(10), compare_rulesets(with_parts(5), with_parts(10)))
    assert f"since its condition changed {fact}. For" in " ".join(text.split())
    # The author changed the condition itself.
    other = causes(with_parts(5), with_parts(10, few=yes_no("calm")))
    assert set().union(*other.values()) == {""}


def test_the_rules_are_named_as_the_cause_of_what_applies() -> None:
    assert causes(with_parts(5), with_parts(5, rule=~yes_no("calm"))) == {
        name: {"the condition of rule 'calm' changed"} for name in ("action pack", "action phone", "action wait")
    }
    assert causes(with_parts(5), with_parts(5, under=[GO, STAY])) == {}
    assert causes(with_parts(5), with_parts(5, under=[STAY])) == {"action phone": {"it is under other outcomes now"}}
    seats = Number("seats", "Seats?", unit="seat|seats", minimum=0, maximum=100)
    few = [seats <= Fact("few-seats", few, "seat|seats", source=URL, checked=DAY) for few in (2, 3)]
    because = "the condition of rule 'calm' changed with fact 'few-seats', “2 seats”, now “3 seats”"
    found = causes(with_parts(5, rule=few[0]), with_parts(5, rule=few[1]))
    assert found == {name: {because} for name in ("action pack", "action phone", "action wait")}


def test_a_decision_that_comes_to_another_outcome_is_the_cause() -> None:
    def wiki(limit: float) -> RuleSet:
        users = Number("users", "How many?", unit="seat|seats", minimum=0, maximum=100)
        most = Fact("limit", limit, "seat|seats", source=URL, checked=DAY)
        hosting = Decision("hosting", "Where", [Rule(users <= most, GO, "x", "few"), otherwise(STAY, "x")])
        free, paid = Outcome("free", "Free"), Outcome("paid", "Paid")
        plan = Decision("plan", "Plan", [Rule(hosting.is_("go"), free, "x", "free"), otherwise(paid, "x")])
        local = Criterion("local", "It is here", hosting.is_("stay"))
        return RuleSet(
            "wiki",
            title="A wiki",
            sections=[Section("all", "All", [users])],
            decisions=[hosting, plan],
            criteria=[local],
            actions=[Action("pay", "Pay", [paid]), Action("pack", "Pack", [GO])],
        )

    fact = "the condition of rule 'few' changed with fact 'limit', “5 seats”, now “10 seats”"
    assert causes(wiki(5), wiki(10)) == {
        "action pack": {fact},
        "action pay": {f"decision 'hosting' comes to another outcome ({fact})"},
        "criterion local": {f"decision 'hosting' comes to another outcome ({fact})"},
    }
    changes = {change.decision: change for change in compare_rulesets(wiki(5), wiki(10)).outcome_changes}
    assert changes["plan"].by_rule[0].cause == f"decision 'hosting' comes to another outcome ({fact})"


def test_the_cause_is_that_of_most_answers() -> None:
    a, b, c = yes_no("a"), yes_no("b"), yes_no("c")

    def rules(*rules: Rule) -> RuleSet:
        return rules_of(*rules, questions=[a, b, c], actions=[Action("wait", "Wait", [STAY])])

    narrow, wide = Rule(a & b, GO, "x", "narrow"), Rule(c, GO, "x", "wide")
    for order in ((narrow, wide), (wide, narrow)):
        assert causes(rules(*order), rules()) == {"action wait": {"rule 'wide' is gone"}}
