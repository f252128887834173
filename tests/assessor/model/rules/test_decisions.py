"""Several decisions: what a rule set makes of them, and the error for each mistake."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from assessor import Case, Decision, Outcome, Rule, RuleSet, Section, assess, otherwise
from tests.support.assessor.mistakes import error_of
from tests.support.assessor.samples import yes_no

A, B, C = yes_no("a"), yes_no("b"), yes_no("c")
CLOUD, SERVER = Outcome("cloud", "In the cloud"), Outcome("server", "On your server")
SMALL, LARGE = Outcome("small", "The small plan"), Outcome("large", "The large plan")

HOSTING = Decision("hosting", "Where it runs", [Rule(A, SERVER, "a"), otherwise(CLOUD, "else")])
PLAN = Decision(
    "plan",
    "Your plan",
    [
        Rule(HOSTING.is_("cloud") & B, SMALL, "few", id="few"),
        Rule(HOSTING.is_("server"), LARGE, "own"),
        otherwise(LARGE, "else"),
    ],
)


def ruleset(*decisions: Decision, **more: Any) -> RuleSet:
    sections = [Section("all", "All", [A, B, C])]
    return RuleSet("r", title="R", sections=sections, decisions=decisions or (HOSTING, PLAN), **more)


def test_rules_are_named_by_their_decision() -> None:
    assert [rule.id for rule in ruleset().rules] == [
        *("hosting-1", "hosting-otherwise"),
        *("few", "plan-2", "plan-otherwise"),
    ]
    assert [[rule.id for rule in rules] for rules in ruleset().rules_by_decision][1] == [
        *("few", "plan-2", "plan-otherwise")
    ]


def test_outcomes_are_listed_in_the_order_of_use() -> None:
    assert [outcome.id for outcome in ruleset().outcomes] == ["server", "cloud", "small", "large"]


def test_a_condition_names_outcomes_in_the_order_of_the_rules() -> None:
    assert HOSTING.is_("cloud", SERVER) == HOSTING.is_("server", "cloud")
    assert HOSTING.is_("cloud") != HOSTING.is_("server")


def test_a_rule_set_with_decisions_can_be_changed() -> None:
    changed = dataclasses.replace(ruleset(), title="Another")
    assert [rule.id for rule in changed.rules] == [rule.id for rule in ruleset().rules]


def test_equal_decisions_need_not_be_the_same_object() -> None:
    again = dataclasses.replace(HOSTING)
    assert ruleset(again, PLAN).decisions[1] == PLAN


def test_a_single_decision_is_as_rules_without_one() -> None:
    assert "decisions" not in assess(ruleset(HOSTING), {"a": True})
    assert assess(ruleset(HOSTING), {"a": True})["outcome"] == "server"


def test_a_later_decision_is_settled_by_what_an_earlier_one_comes_to() -> None:
    decisions = assess(ruleset(), {"a": True})["decisions"]
    assert (decisions["plan"]["outcome"], decisions["plan"]["rule"], decisions["plan"]["reasons"]) == (
        *("large", "plan-2"),
        ["a"],
    )


# What is refused, at the line that is to be changed


def a_later_decision_listed_first() -> object:
    later = Decision(
        "plan",
        "Your plan",
        [Rule(HOSTING.is_("cloud"), SMALL, "x"), otherwise(LARGE, "x")],  # mistake
    )
    return ruleset(later, HOSTING)


def a_decision_that_is_not_listed() -> object:
    lost = Decision("lost", "Lost", [otherwise(SERVER, "x")])
    rule = Rule(lost.is_("server"), SMALL, "x")  # mistake
    return ruleset(Decision("plan", "Your plan", [rule, otherwise(LARGE, "x")]))


def a_decision_made_twice() -> object:
    another = dataclasses.replace(HOSTING, title="Another")
    rule = Rule(another.is_("server"), SMALL, "x")  # mistake
    return ruleset(HOSTING, Decision("plan", "Your plan", [rule, otherwise(LARGE, "x")]))


def an_outcome_in_two_decisions() -> object:
    second = Decision("second", "Second", [otherwise(SERVER, "x")])  # mistake
    return ruleset(HOSTING, second)


def rules_beside_decisions() -> object:
    sections = [Section("all", "All", [A])]
    rules = [otherwise(CLOUD, "x")]
    return RuleSet("r", title="R", sections=sections, decisions=[HOSTING], rules=rules)  # mistake


def a_misspelt_outcome() -> object:
    return HOSTING.is_("clod")  # mistake


def an_outcome_of_another_decision() -> object:
    return HOSTING.is_(SMALL)  # mistake


def no_outcome() -> object:
    return HOSTING.is_()  # mistake


def a_number_for_an_outcome() -> object:
    return HOSTING.is_(1)  # type: ignore[arg-type]  # mistake


def a_decision_for_a_condition() -> object:
    return Rule(HOSTING, SMALL, "x")  # type: ignore[arg-type]  # mistake


def a_decision_joined() -> object:
    return B & HOSTING  # type: ignore[operator]  # mistake


def a_decision_negated() -> object:
    return ~HOSTING  # mistake


def a_decision_in_python_logic() -> object:
    return bool(HOSTING)  # mistake


def an_outcome_for_a_condition() -> object:
    return SERVER | B  # mistake


def an_outcome_as_an_attribute() -> object:
    return HOSTING.server  # type: ignore[attr-defined]  # mistake


def a_misspelt_outcome_as_an_attribute() -> object:
    return HOSTING.clod  # type: ignore[attr-defined]  # mistake


def a_decision_without_rules() -> object:
    return Decision("plan", "Your plan", [])  # mistake


def a_list_among_its_rules() -> object:
    return Decision("plan", "Your plan", [[otherwise(SMALL, "x")]])  # type: ignore[list-item]  # mistake


def one_rule_for_the_list() -> object:
    return Decision("plan", "Your plan", otherwise(SMALL, "x"))  # type: ignore[arg-type]  # mistake


def a_decision_without_a_title() -> object:
    return Decision("plan", " ", [otherwise(SMALL, "x")])  # mistake


def an_otherwise_before_other_rules() -> object:
    late = Rule(B, SMALL, "x")  # mistake
    return Decision("plan", "Your plan", [otherwise(LARGE, "x"), late])


def two_decisions_with_one_id() -> object:
    second = Decision("hosting", "Hosting", [otherwise(SMALL, "x")])  # mistake
    return ruleset(HOSTING, second)


def one_rule_id_in_two_decisions() -> object:
    rule = Rule(B, SMALL, "x", id="hosting-1")  # mistake
    return ruleset(HOSTING, Decision("plan", "Your plan", [rule, otherwise(LARGE, "x")]))


def rules_for_decisions() -> object:
    sections = [Section("all", "All", [A])]
    return RuleSet("r", title="R", sections=sections, decisions=[otherwise(CLOUD, "x")])  # type: ignore[list-item]  # mistake


def an_outcome_for_a_decision() -> object:
    sections = [Section("all", "All", [A])]
    return RuleSet("r", title="R", sections=sections, decisions=[CLOUD])  # type: ignore[list-item]  # mistake


def a_case_that_expects_two_outcomes_of_one() -> object:
    case = Case("x", "X", "", {}, SERVER, also=[CLOUD])  # mistake
    return ruleset(cases=[case])


def a_case_that_expects_two_outcomes_of_one_decision_alone() -> object:
    case = Case("x", "X", "", {}, SERVER, also=[CLOUD])  # mistake
    sections = [Section("all", "All", [A])]
    return RuleSet("r", title="R", sections=sections, rules=HOSTING.rules, cases=[case])


def a_case_that_also_expects_text() -> object:
    return Case("x", "X", "", {}, SERVER, also=["small"])  # type: ignore[list-item]  # mistake


def a_question_asked_when_a_decision_that_needs_it_is_made() -> object:
    later = dataclasses.replace(yes_no("d"), asked_when=None)
    needs = Decision("first", "First", [Rule(later, SERVER, "x"), otherwise(CLOUD, "x")])
    asked = dataclasses.replace(B, asked_when=needs.is_("server"))  # mistake
    sections = [Section("all", "All", [asked, later])]
    return RuleSet("r", title="R", sections=sections, decisions=[needs])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            a_later_decision_listed_first,
            "rule 'plan-1' reads decision 'hosting', which comes later or is its own: a decision can read earlier ones "
            "only, so put that first in decisions=[…]",
        ),
        (
            a_decision_that_is_not_listed,
            "rule 'plan-1' uses decision 'lost', which decisions=[…] of the rule set does not list: add it there",
        ),
        (a_decision_made_twice, "rule 'plan-1' uses decision 'hosting' (made at tests/assessor/model/"),
        (
            an_outcome_in_two_decisions,
            "decision 'second' comes to outcome 'server', and so does decision 'hosting': an outcome belongs to one",
        ),
        (rules_beside_decisions, "rule set 'r' has both rules and decisions: put the rules into a Decision"),
        (a_misspelt_outcome, "decision 'hosting' never comes to 'clod'. Did you mean 'cloud'?"),
        (an_outcome_of_another_decision, "decision 'hosting' never comes to 'small'"),
        (no_outcome, "decision 'hosting': is_() needs at least one outcome"),
        (a_number_for_an_outcome, "decision 'hosting' never comes to 1"),
        (
            a_decision_for_a_condition,
            "a rule needs a condition, not the Decision 'hosting'; a decision is asked with decision.is_('server')",
        ),
        (a_decision_joined, "& needs a condition, not the Decision 'hosting'; a decision is asked with"),
        (a_decision_negated, "~ needs a condition, not the Decision 'hosting'; a decision is asked with"),
        (a_decision_in_python_logic, "the Decision 'hosting' has no truth value for 'and', 'or', 'not' or 'if'; a "),
        (
            an_outcome_for_a_condition,
            "| needs a condition, not the Outcome 'server'; what an earlier decision comes to",
        ),
        (an_outcome_as_an_attribute, "'hosting' has no attribute 'server'; a decision is asked with decision.is_('ser"),
        (a_misspelt_outcome_as_an_attribute, "no attribute 'clod'; a decision is asked with decision.is_('cloud')"),
        (a_decision_without_rules, "decision 'plan' has no rules"),
        (a_list_among_its_rules, "rules=[…] of decision 'plan' lists"),
        (one_rule_for_the_list, "decision 'plan'"),
        (a_decision_without_a_title, "decision 'plan'"),
        (
            an_otherwise_before_other_rules,
            "rule 'plan-2' can never decide: rule 'plan-otherwise' before it holds always",
        ),
        (two_decisions_with_one_id, "two decisions have the id 'hosting'; the first is at tests/assessor/model/"),
        (one_rule_id_in_two_decisions, "two rules have the id 'hosting-1'; the first is at tests/assessor/model/"),
        (rules_for_decisions, "decisions=[…] of rule set 'r' lists"),
        (an_outcome_for_a_decision, "decisions=[…] of rule set 'r' lists"),
        (
            a_case_that_expects_two_outcomes_of_one,
            "case 'x' expects 'server' and 'cloud', but both belong to decision 'hosting': leave out one",
        ),
        (
            a_case_that_expects_two_outcomes_of_one_decision_alone,
            "case 'x' expects 'server' and 'cloud', but the rule set has one decision",
        ),
        (a_case_that_also_expects_text, "case 'x' expects 'small', which is not an Outcome"),
        (
            a_question_asked_when_a_decision_that_needs_it_is_made,
            "asked_when of question 'b' depends on 'd', which is asked later: put 'd' first",
        ),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_a_mistake_is_told_where_it_is(make: Callable[[], object], message: str) -> None:
    assert message in str(error_of(make))
