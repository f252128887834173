# ruff: noqa: SIM300 - a comparison builds a condition here, and the side that the question stands on matters
import dataclasses
import re
from collections.abc import Callable

import pytest

from assessor import (
    Action,
    Case,
    Chart,
    Choice,
    Condition,
    Criterion,
    Estimate,
    Number,
    Outcome,
    Rule,
    RuleSet,
    RuleSetError,
    Section,
    YesNo,
    all_of,
    assess,
    otherwise,
)
from tests.support.assessor.mistakes import error_of
from tests.support.assessor.samples import GO, STAY, fact, ruleset_of, yes_no

A, B = yes_no("a"), yes_no("b")
PEOPLE = Number("people", "How many?", unit="FTE", minimum=0, maximum=9)
ELSE = otherwise(STAY, "nothing else fits")


# What a rule set is


def test_a_rule_set_is_a_value_that_cannot_change() -> None:
    rules = [Rule(A, GO, "a")]
    ruleset = ruleset_of([A], rules)
    rules.clear()
    assert len(ruleset.rules) == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        ruleset.title = "Another"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        ruleset.rules.append(ELSE)  # type: ignore[attr-defined]


def test_rules_are_named_by_their_place_unless_they_have_a_name() -> None:
    ruleset = ruleset_of([A, B], [Rule(A, GO, "a"), Rule(B, GO, "b", id="by-b"), Rule(~A, STAY, "c"), ELSE])
    assert [rule.id for rule in ruleset.rules] == ["rule-1", "by-b", "rule-3", "otherwise"]


def test_naming_a_rule_keeps_where_it_was_made() -> None:
    rule = Rule(A, GO, "a")
    assert ruleset_of([A], [rule]).rules[0].location == rule.location


def test_the_same_parts_can_serve_two_rule_sets() -> None:
    rule = Rule(A, GO, "a")
    first, second = ruleset_of([A], [rule, ELSE]), ruleset_of([A], [ELSE])
    assert first != second
    assert assess(first, {"a": True})["outcome"] == "go"
    assert assess(second, {"a": True})["outcome"] == "stay"


def test_a_case_keeps_its_answers() -> None:
    answers = {"a": True}
    case = Case("first", "First", "They have it.", answers, GO)
    answers["a"] = False
    assert case.answers == {"a": True}
    with pytest.raises(TypeError):
        case.answers["a"] = False  # type: ignore[index]


def test_a_question_that_is_made_twice_alike_is_one_question() -> None:
    assert ruleset_of([A], [Rule(yes_no("a"), GO, "a"), ELSE]).questions == (A,)


def test_equal_criteria_and_facts_need_not_be_the_same_object() -> None:
    base = fact("base", 3, "FTE")
    ready = Criterion("ready", "you are ready", PEOPLE >= base)
    ruleset = ruleset_of(
        [PEOPLE],
        [Rule(Criterion("ready", "you are ready", PEOPLE >= fact("base", 3, "FTE")), GO, "x"), ELSE],
        facts=[base],
        criteria=[ready],
    )
    assert assess(ruleset, {"people": 3})["outcome"] == "go"


# Mistakes: ids


def two_questions_with_one_id() -> object:
    first = yes_no("a")
    return ruleset_of(
        [
            first,
            Choice("a", "A?", {"x": "X", "y": "Y"}),  # mistake
        ]
    )


def one_id_in_two_sections() -> object:
    second = Section("two", "Two", [Choice("a", "A?", {"x": "X", "y": "Y"})])  # mistake
    return ruleset_of(sections=[Section("one", "One", [A]), second])


def two_sections_with_one_id() -> object:
    first = Section("one", "One", [A])
    second = Section("one", "One", [B])  # mistake
    return ruleset_of(sections=[first, second])


def two_facts_with_one_id() -> object:
    return ruleset_of(
        facts=[
            fact("base", 1),
            dataclasses.replace(fact("base", 1), value=2),  # mistake
        ]
    )


def two_outcomes_with_one_id() -> object:
    second = Outcome("stay", "Stay")  # mistake
    return ruleset_of(outcomes=[STAY, second])


def two_rules_with_one_id() -> object:
    first = Rule(A, GO, "a", id="same")
    second = Rule(B, GO, "b", id="same")  # mistake
    return ruleset_of([A, B], [first, second])


def two_rules_of_which_one_is_named_by_its_place() -> object:
    first = Rule(A, GO, "a", id="rule-2")
    second = Rule(B, GO, "b")  # mistake
    return ruleset_of([A, B], [first, second])


def two_criteria_with_one_id() -> object:
    first = Criterion("c", "it is so", A)
    second = Criterion("c", "it is so", B)  # mistake
    return ruleset_of([A, B], criteria=[first, second])


def two_actions_with_one_id() -> object:
    first = Action("pack", "Pack", [GO])
    second = Action("pack", "Pack", [GO], A)  # mistake
    return ruleset_of([A], actions=[first, second])


def two_estimates_with_one_id() -> object:
    base = fact("base", 1)
    first = Estimate("cost", "Cost", base * 2)
    second = Estimate("cost", "Cost", base * 3)  # mistake
    return ruleset_of(facts=[base], estimates=[first, second])


def two_cases_with_one_id() -> object:
    first = Case("x", "X", "", {}, STAY)
    second = Case("x", "X", "", {}, STAY)  # mistake
    return ruleset_of(cases=[first, second])


# Mistakes: rules


def asking_what_is_in_no_section() -> object:
    lost = yes_no("pagerr")
    rule = Rule(A & lost, GO, "x")  # mistake
    return ruleset_of([A, yes_no("pager")], [rule, ELSE])


def asking_a_choice_that_is_in_no_section() -> object:
    lost = Choice("size", "Which?", {"x": "X", "y": "Y"})
    rule = Rule(~lost.is_("x"), GO, "x")  # mistake
    return ruleset_of([A], [rule, ELSE])


def asking_another_question_under_a_known_id() -> object:
    another = yes_no("a", hint="Another hint.")
    rule = Rule(another, GO, "x")  # mistake
    return ruleset_of([A], [rule, ELSE])


def after_an_unconditional_rule() -> object:
    late = Rule(A, GO, "x")  # mistake
    return ruleset_of([A], [ELSE, late])


def after_a_rule_that_asks_nothing() -> object:
    late = Rule(A, GO, "x", id="late")  # mistake
    return ruleset_of([A], [otherwise(STAY, "x", "first"), late, ELSE])


def leading_to_text() -> object:
    return Rule(A, "go", "x")  # type: ignore[arg-type]  # mistake


def without_a_reason() -> object:
    return Rule(A, GO, " ")  # mistake


def leading_to_an_outcome_made_twice() -> object:
    rule = Rule(A, Outcome("stay", "Stay on"), "x")  # mistake
    return ruleset_of([A], [rule, ELSE])


def an_action_under_a_question() -> object:
    return Action("pack", "Pack", A)  # type: ignore[arg-type]  # mistake


def a_chart_of_text() -> object:
    return Chart("c", "C", ["cost"])  # type: ignore[list-item]  # mistake


def an_estimate_of_text() -> object:
    return Estimate("e", "E", "rate")  # type: ignore[arg-type]  # mistake


def with_text_for_a_fact() -> object:
    sections, facts = [Section("s", "S", [A])], ["base"]
    return RuleSet("r", title="R", sections=sections, outcomes=[STAY], rules=[ELSE], facts=facts)  # type: ignore[arg-type]  # mistake


def a_case_with_a_list_of_answers() -> object:
    return Case("x", "X", "", ["a"], STAY)  # type: ignore[arg-type]  # mistake


def without_a_condition() -> object:
    return Rule(False, GO, "x")  # type: ignore[arg-type]  # mistake


def with_a_script_in_its_reason() -> object:
    return Rule(A, GO, "Because [of this](javascript:x).")  # mistake


def with_a_bad_rule_id() -> object:
    return Rule(A, GO, "x", id="Rule 1")  # mistake


# Mistakes: criteria, actions, asked_when, estimates, cases


def a_criterion_asking_what_is_in_no_section() -> object:
    ready = Criterion("ready", "you are ready", B)  # mistake
    return ruleset_of([A], criteria=[ready])


def an_action_asking_what_is_in_no_section() -> object:
    pack = Action("pack", "Pack", [GO], B)  # mistake
    return ruleset_of([A], actions=[pack])


def an_action_under_nothing() -> object:
    return Action("pack", "Pack", [])  # mistake


def an_action_under_text() -> object:
    return Action("pack", "Pack", ["go"])  # type: ignore[list-item]  # mistake


def an_action_when_a_number() -> object:
    return Action("pack", "Pack", [GO], PEOPLE)  # type: ignore[arg-type]  # mistake


def an_action_with_a_bad_link() -> object:
    return Action("pack", "Pack [it](data:x)", [GO])  # mistake


def an_action_with_a_bad_id() -> object:
    return Action("Pack", "Pack", [GO])  # mistake


def asked_when_something_later() -> object:
    early = YesNo("early", "Early?", asked_when=B)  # mistake
    return ruleset_of([A, early, B])


def asked_when_itself_in_disguise() -> object:
    early = YesNo("early", "Early?", asked_when=yes_no("early"))  # mistake
    return ruleset_of([A, early])


def asked_when_what_is_in_no_section() -> object:
    late = YesNo("late", "Late?", asked_when=B)  # mistake
    return ruleset_of([A, late])


def estimating_with_a_number_that_is_in_no_section() -> object:
    cost = Estimate("cost", "Cost", PEOPLE * 2)  # mistake
    return ruleset_of([A], estimates=[cost])


def an_estimate_with_a_bad_id() -> object:
    return Estimate("COST", "Cost", PEOPLE * 2)  # mistake


def an_estimate_with_a_bad_link() -> object:
    return Estimate("cost", "Cost", PEOPLE * 2, note="[x](javascript:x)")  # mistake


def a_case_with_a_bad_answer() -> object:
    case = Case("x", "X", "", {"a": "yes", "bb": True}, STAY)  # mistake
    return ruleset_of([A, B], cases=[case])


def a_case_with_an_outcome_that_is_not_listed() -> object:
    case = Case("x", "X", "", {}, GO)  # mistake
    return ruleset_of(outcomes=[STAY], cases=[case])


def a_case_expecting_text() -> object:
    return Case("x", "X", "", {}, "stay")  # type: ignore[arg-type]  # mistake


def a_case_with_a_bad_link() -> object:
    return Case("x", "X", "[x](javascript:x)", {}, STAY)  # mistake


def a_case_with_a_bad_id() -> object:
    return Case("x y", "X", "", {}, STAY)  # mistake


def an_outcome_with_a_bad_link() -> object:
    return Outcome("go", "Go", "", ["[Pack](javascript:x)"])  # mistake


def an_outcome_with_a_bad_id() -> object:
    return Outcome("Go!", "Go")  # mistake


class Moonshine(Condition):
    """A condition of the author's own."""


def with_a_condition_of_a_class_of_its_own() -> object:
    rule = Rule(A & Moonshine(), GO, "x")  # mistake
    return ruleset_of([A], [rule, ELSE])


# Mistakes: the rule set as a whole


def a_rule_set_with_a_bad_id() -> object:
    return RuleSet(  # mistake
        "My rules", title="T", sections=[Section("s", "S", [A])], outcomes=[STAY], rules=[ELSE]
    )


def a_rule_set_with_a_bad_link() -> object:
    sections = [Section("s", "S", [A])]
    return RuleSet("r", title="T", summary="[x](data:x)", sections=sections, outcomes=[STAY], rules=[ELSE])  # mistake


def without_sections() -> object:
    return RuleSet("r", title="T", sections=[], outcomes=[STAY], rules=[ELSE])  # mistake


def without_rules() -> object:
    return RuleSet("r", title="T", sections=[Section("s", "S", [A])], outcomes=[STAY], rules=[])  # mistake


def with_a_question_for_a_section() -> object:
    return RuleSet("r", title="T", sections=[A], outcomes=[STAY], rules=[ELSE])  # type: ignore[list-item]  # mistake


def with_a_condition_for_a_rule() -> object:
    sections = [Section("s", "S", [A])]
    return RuleSet("r", title="T", sections=sections, outcomes=[STAY], rules=[A])  # type: ignore[list-item]  # mistake


def in_a_language_by_its_name() -> object:
    sections, outcomes, rules = [Section("s", "S", [A])], [STAY], [ELSE]
    return RuleSet("r", title="R", language="German", sections=sections, outcomes=outcomes, rules=rules)  # mistake


def an_outcome_with_anothers_title() -> object:
    outcomes = [Outcome("a", "Go"), Outcome("b", "Go")]
    sections, rules = [Section("s", "S", [A])], [otherwise(outcomes[0], "x")]
    return RuleSet("r", title="R", sections=sections, outcomes=outcomes, rules=rules)  # mistake


def a_negation_that_says_the_same() -> object:
    return Criterion("c", "you go", A, negation="you go")  # mistake


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            in_a_language_by_its_name,
            "rule set 'r': 'German' is no code of a language: write language='en', 'de' or the",
        ),
        (an_outcome_with_anothers_title, "rule set 'r' has twice the outcome 'Go': word them apart"),
        (a_negation_that_says_the_same, "criterion 'c' has twice the text 'you go': word them apart"),
        (two_questions_with_one_id, "two questions have the id 'a'; the first is at tests/support/"),
        (one_id_in_two_sections, "two questions have the id 'a'; the first is at"),
        (two_sections_with_one_id, "two sections have the id 'one'; the first is at"),
        (two_facts_with_one_id, "two facts have the id 'base'; the first is at"),
        (two_outcomes_with_one_id, "two outcomes have the id 'stay'; the first is at"),
        (two_rules_with_one_id, "two rules have the id 'same'; the first is at"),
        (two_rules_of_which_one_is_named_by_its_place, "two rules have the id 'rule-2'"),
        (two_criteria_with_one_id, "two criteria have the id 'c'"),
        (two_actions_with_one_id, "two actions have the id 'pack'"),
        (two_estimates_with_one_id, "two estimates have the id 'cost'"),
        (two_cases_with_one_id, "two cases have the id 'x'"),
        (
            asking_what_is_in_no_section,
            "rule 'rule-1' asks question 'pagerr', which is in no section: add it to the questions of one",
        ),
        (asking_a_choice_that_is_in_no_section, "rule 'rule-1' asks question 'size', which is in no section"),
        (asking_another_question_under_a_known_id, "that is not the one in the sections (made at"),
        (after_an_unconditional_rule, "rule 'rule-2' can never decide: rule 'otherwise' before it holds always"),
        (after_a_rule_that_asks_nothing, "rule 'late' can never decide: rule 'first' before it holds always"),
        (leading_to_an_outcome_made_twice, "which is not the one that outcomes=[…] of the rule set lists (made at tes"),
        (
            leading_to_text,
            "a rule leads to 'go', which is not an Outcome; write go, the outcome itself, without quotation marks",
        ),
        (without_a_reason, "a rule gives no reason: say in because='…' why it leads to 'Go'"),
        (without_a_condition, "a rule needs a condition, not False; == and 'is' compare Python objects"),
        (with_a_script_in_its_reason, "a rule links to 'javascript:x'"),
        (with_a_bad_rule_id, "'Rule 1' cannot be the id of a rule"),
        (a_criterion_asking_what_is_in_no_section, "criterion 'ready' asks question 'b', which is in no section"),
        (an_action_asking_what_is_in_no_section, "action 'pack' asks question 'b', which is in no section"),
        (an_action_under_nothing, "action 'pack' needs the outcomes under which it applies: under=[…]"),
        (an_action_under_text, "under=[…]; write go, the outcome itself, without quotation marks"),
        (an_action_under_a_question, "action 'pack' needs a list of the outcomes under which it applies: under=[…]"),
        (a_chart_of_text, "bars=[…], and line=… for a line; write cost, the estimate itself, without quotation marks"),
        (an_estimate_of_text, "not 'rate'; write rate, the fact or question itself, without quotation marks"),
        (
            with_text_for_a_fact,
            "facts=[…] of rule set 'r' lists 'base', which is no Fact; write base, the fact itself,",
        ),
        (
            a_case_with_a_list_of_answers,
            "case 'x': its answers are a mapping, {'question': answer, …}, not a list of 1",
        ),
        (an_action_when_a_number, "action 'pack' needs a condition, not the Number 'people'"),
        (an_action_with_a_bad_link, "action 'pack' links to 'data:x'"),
        (an_action_with_a_bad_id, "'Pack' cannot be the id of an action"),
        (asked_when_something_later, "asked_when of question 'early' depends on 'b', which is asked later: put 'b' f"),
        (asked_when_itself_in_disguise, "asked_when of question 'early' asks a question 'early' (made at"),
        (asked_when_what_is_in_no_section, "asked_when of question 'late' asks question 'b', which is in no section"),
        (estimating_with_a_number_that_is_in_no_section, "estimate 'cost' asks question 'people', which is in no sect"),
        (an_estimate_with_a_bad_id, "'COST' cannot be the id of an estimate"),
        (an_estimate_with_a_bad_link, "estimate 'cost' links to 'javascript:x'"),
        (
            a_case_with_a_bad_answer,
            "case 'x': question 'a' is answered with true, false or null (don't know), not 'yes'\n"
            "there is no question 'bb'. Did you mean 'b'?",
        ),
        (a_case_with_an_outcome_that_is_not_listed, "case 'x' uses outcome 'go', which outcomes=[…] of the ru"),
        (a_case_expecting_text, "which is not an Outcome; write stay, the outcome itself, without quotation marks"),
        (a_case_with_a_bad_link, "case 'x' links to 'javascript:x'"),
        (a_case_with_a_bad_id, "'x y' cannot be the id of a case"),
        (an_outcome_with_a_bad_link, "outcome 'go' links to 'javascript:x'"),
        (an_outcome_with_a_bad_id, "'Go!' cannot be the id of an outcome"),
        (
            with_a_condition_of_a_class_of_its_own,
            "rule 'rule-1' has a condition of the class 'Moonshine', which says nothing to the rules: build it from",
        ),
        (a_rule_set_with_a_bad_id, "'My rules' cannot be the id of a rule set"),
        (a_rule_set_with_a_bad_link, "rule set 'r' links to 'data:x'"),
        (without_sections, "rule set 'r' has no sections"),
        (without_rules, "rule set 'r' has no rules"),
        (with_a_question_for_a_section, "sections=[…] of rule set 'r' lists the YesNo 'a', which is no Section"),
        (with_a_condition_for_a_rule, "rules=[…] of rule set 'r' lists the YesNo 'a', which is no Rule"),
    ],
)
def test_a_mistake_names_the_thing_and_its_line(make: Callable[[], object], message: str) -> None:
    assert message in error_of(make).message


def test_what_is_not_listed_follows_in_the_order_of_use() -> None:
    away, base, least = Outcome("away", "Away"), fact("base", 3, "FTE"), fact("least", 1, "FTE")
    inner = Criterion("inner", "inner", PEOPLE >= base)
    outer = Criterion("outer", "outer", all_of(inner, B))
    n = Number("n", "N?", minimum=0, maximum=9, unit="FTE", default=least)
    ruleset = RuleSet(
        "r",
        title="T",
        sections=[Section("s", "S", [B, PEOPLE, n])],
        outcomes=[STAY],
        rules=[Rule(outer, GO, "x"), ELSE],
        actions=[Action("pack", "Pack", [away])],
        estimates=[Estimate("cost", "Cost", fact("fee", 1) * 2)],
    )
    assert ruleset.outcomes == (STAY, GO, away)
    assert ruleset.criteria == (outer, inner)
    assert [each.id for each in ruleset.facts] == ["base", "least", "fee"]


def test_the_message_starts_with_file_and_line() -> None:
    rule = Rule(yes_no("lost"), GO, "x")
    start = f"tests/assessor/model/test_ruleset.py:{rule.location.line}: rule 'rule-1' asks question 'lost'"
    with pytest.raises(RuleSetError, match=re.escape(start)):
        ruleset_of([A], [rule, ELSE])
