"""What a comparison says of questions, options, ranges, facts and cases."""

from __future__ import annotations

import dataclasses
import json
from fractions import Fraction
from typing import Any

import pytest

from assessor import Case, Choice, Fact, Number, Rule, RuleSet, Score, at_least
from assessor.compare import (
    CaseChange,
    ComparisonError,
    ConditionChange,
    FieldChange,
    OutcomeChange,
    PartChanges,
    compare_rulesets,
)
from assessor.compare.report import comparison_json, comparison_text
from tests.support.assessor.samples import DAY, GO, STAY, URL, rules_of, ruleset_of, yes_no


def test_a_question_that_keeps_all_but_its_id_is_renamed() -> None:
    old_a, new_a = (
        yes_no("a"),
        yes_no(
            "b",
        ),
    )
    new_a = type(old_a)("b", old_a.wording)
    old = rules_of(Rule(old_a, GO, "x"), questions=[old_a])
    new = rules_of(Rule(new_a, GO, "x"), questions=[new_a])
    comparison = compare_rulesets(old, new)
    assert comparison.parts["questions"].renamed == {"a": "b"}
    assert not comparison.parts["questions"].added
    assert not comparison.outcome_changes


def test_a_rename_can_be_given_and_is_checked() -> None:
    a, b = yes_no("a"), yes_no("b")
    old, new = rules_of(Rule(a, GO, "x"), questions=[a]), rules_of(Rule(b, GO, "x"), questions=[b])
    apart = compare_rulesets(old, new)
    assert (apart.total, apart.changed) == (4, 2)
    assert (apart.parts["questions"].added, apart.parts["questions"].removed) == (("b",), ("a",))
    assert compare_rulesets(old, new, {"a": "b"}).changed == 0
    with pytest.raises(ComparisonError, match=r"there is no question 'aa' in the old rule set. Did you mean 'a'\?"):
        compare_rulesets(old, new, {"aa": "b"})


def test_an_example_of_a_removed_question_is_given_for_the_old_rules() -> None:
    a, b = yes_no("a"), yes_no("b")
    old, new = rules_of(Rule(a, GO, "x"), questions=[a, b]), rules_of(Rule(b, GO, "x"), questions=[b])
    (gone, come) = compare_rulesets(old, new).outcome_changes
    assert {gone.old, come.old} == {"go", "stay"}
    by_rule = next(change for change in (gone, come) if change.old == "go").by_rule[0]
    assert by_rule.old_example == {"a": True, "b": False}
    assert by_rule.example == {"b": False}


def test_options_and_ranges_are_compared_where_both_have_them() -> None:
    old_size = Choice("size", "Which?", {"s": "S", "m": "M", "l": "L"})
    new_size = Choice("size", "Which?", {"m": "M", "l": "L", "xl": "XL"})
    old_many = Number("many", "How many?", minimum=0, maximum=5)
    new_many = Number("many", "How many?", minimum=1, maximum=9)
    old = rules_of(
        Rule(old_size.is_("s", "m"), GO, "x", "r"), Rule(old_many >= 4, GO, "x", "n"), questions=[old_size, old_many]
    )
    new = rules_of(
        Rule(new_size.is_("m", "xl"), GO, "x", "r"), Rule(new_many >= 4, GO, "x", "n"), questions=[new_size, new_many]
    )
    comparison = compare_rulesets(old, new)
    assert comparison.changed == 0
    assert comparison.total == 4
    assert comparison.options["size"].added == ("xl",)
    assert comparison.options["size"].removed == ("s",)
    assert [(each.id, each.field, each.old, each.new) for each in comparison.fields if each.kind == "question"] == [
        ("many", "minimum", "0", "1"),
        ("many", "maximum", "5", "9"),
    ]
    assert not comparison.is_same


def test_a_question_of_another_kind_is_another_question() -> None:
    old_q, new_q = yes_no("q"), Choice("q", "Which?", {"a": "A", "b": "B"})
    old, new = (
        rules_of(Rule(old_q, GO, "x"), questions=[old_q]),
        rules_of(Rule(new_q.is_("a"), GO, "x"), questions=[new_q]),
    )
    comparison = compare_rulesets(old, new)
    assert comparison.share(comparison.changed) == Fraction(1, 2)
    assert comparison.options["q"].removed == ("yes", "no")


def test_facts_and_cases_are_compared() -> None:
    a = yes_no("a")
    facts = [Fact("f", value, "GB", source=URL, checked=DAY, low=1, high=9) for value in (2, 3)]
    case = Case("c", "Someone", "", {"a": True}, GO)
    old = rules_of(Rule(a, GO, "x"), questions=[a], facts=[facts[0]], cases=[case])
    new = rules_of(Rule(~a, GO, "x"), questions=[a], facts=[facts[1], Fact("g", "so", source=URL, checked=DAY)])
    comparison = compare_rulesets(old, new)
    assert [(each.id, each.old, each.new) for each in comparison.fields if each.kind == "fact"] == [
        ("f", "2 GB (1–9 GB)", "3 GB (1–9 GB)"),
    ]
    assert comparison.parts["facts"].added == ("g",)
    assert comparison.parts["cases"].removed == ("c",)
    assert [(each.id, each.old, each.new) for each in comparison.cases] == [("c", "go", "stay")]


def test_a_fact_that_is_shown_rounded_is_compared_in_full() -> None:
    a = yes_no("a")
    old, new = (
        rules_of(Rule(a, GO, "x"), questions=[a], facts=[Fact("f", value, source=URL, checked=DAY)])
        for value in (0.1 + 0.2, 0.3)
    )
    (change,) = compare_rulesets(old, new).fields
    assert (change.field, change.old, change.new) == ("value", "0.3: 0.30000000000000004", "0.3")


def sizes(labels: dict[str, str], *picked: str, cases: tuple[str, ...] = ()) -> RuleSet:
    size = Choice("size", "Which?", labels)
    told = [Case(f"is-{option}", "Someone", "", {"size": option}, GO) for option in cases]
    return rules_of(Rule(size.is_(*picked), GO, "x", "r"), questions=[size], cases=told)


def test_an_option_that_keeps_its_label_is_renamed() -> None:
    old = sizes({"s": "Small", "m": "Medium", "l": "Large"}, "s", "m", cases=("s", "l"))
    new = sizes({"small": "Small", "m": "Medium", "large": "Large"}, "small", "m", cases=("small",))
    comparison = compare_rulesets(old, new)
    assert comparison.options["size"].renamed == {"s": "small", "l": "large"}
    assert (comparison.options["size"].added, comparison.options["size"].removed) == ((), ())
    assert (comparison.total, comparison.changed) == (3, 0)
    # A case that only one of them has is asked of both, each by its own names.
    assert comparison.cases == ()
    moved = compare_rulesets(old, sizes({"small": "Small", "m": "Medium", "large": "Large"}, "m"))
    (change,) = moved.outcome_changes
    assert (change.by_rule[0].old_example, change.by_rule[0].example) == ({"size": "s"}, {"size": "small"})
    assert [(each.id, each.old, each.new) for each in moved.cases] == [("is-s", "go", "stay")]


def test_a_rename_of_an_option_can_be_given() -> None:
    old, new = sizes({"s": "Small", "l": "Large"}, "s"), sizes({"xs": "Tiny", "l": "Large"}, "xs")
    apart, told = compare_rulesets(old, new), compare_rulesets(old, new, {"size.s": "size.xs"})
    assert (apart.options["size"].removed, apart.total) == (("s",), 1)
    assert (told.options["size"].renamed, told.total, told.changed) == ({"s": "xs"}, 2, 0)
    assert [(each.id, each.field, each.old, each.new) for each in told.fields] == [
        ("size.xs", "label", "Small", "Tiny")
    ]


def test_a_new_option_is_not_passed_over() -> None:
    """No combination of old answers has it, so the counts alone would call the change harmless."""
    old = sizes({"s": "Small", "l": "Large"}, "s")
    new = sizes({"s": "Small", "m": "Medium", "l": "Large"}, "s")
    comparison = compare_rulesets(old, new)
    assert (comparison.changed, comparison.is_same) == (0, False)
    assert comparison.new_options == {("size", "m"): ["stay"]}
    assert comparison.unconfirmed == ("size",)
    report = comparison_text(old, new, comparison)
    assert "  - size: m leads to “Stay”; the combinations above leave it out\n" in report
    assert "\nStored answers that readers have to confirm:\n  - size\n" in report
    said = json.loads(comparison_json(old, new, comparison))
    assert said["new_options"] == [{"question": "size", "option": "m", "possible": ["stay"]}]
    assert said["unconfirmed"] == ["size"]
    assert compare_rulesets(old, old).unconfirmed == ()


@pytest.mark.parametrize(
    ("renamed", "message"),
    [
        ({"size.q": "size.xs"}, "--rename size.q=size.xs: there is no option 'q' in the old rule set."),
        ({"size.s": "size.q"}, "--rename size.s=size.q: there is no option 'q' in the new rule set."),
        ({"size.s": "size"}, "--rename size.s=size: name the option on both sides, as question.option"),
        ({"site.s": "size.xs"}, "there is no choice 'site' in the old rule set. Did you mean 'size'?"),
        ({"size.s": "a.xs"}, "there is no choice 'a' in the new rule set."),
        ({"size.s": "more.xs"}, "question 'size' is 'size' now, and not 'more'"),
        ({"size.s": "size.l"}, "the old rule set has 'l' already"),
        ({"size.l": "size.xs"}, "the new rule set still has the option 'l', so it has no new id"),
        ({"size.s": "size.xs", "size.l": "size.xs"}, "'l' is to become 'xs', too, and only one option can"),
        ({"a": "b"}, "--rename a=b: the old rule set has 'b' already: say what became of that by another --rename"),
        ({"a": "b", "b": "b2", "size": "b2"}, "'size' is to become 'b2', too, and only one question can"),
    ],
)
def test_a_rename_that_cannot_be_is_refused(renamed: dict[str, str], message: str) -> None:
    a, b, b2 = yes_no("a"), yes_no("b"), yes_no("b2")
    size = Choice("size", "Which?", {"s": "Small", "l": "Large"})
    new_size, more = Choice("size", "Which?", {"xs": "Tiny", "l": "Large"}), Choice("more", "?", {"xs": "A", "y": "B"})
    old, new = rules_of(questions=[a, b, size]), rules_of(questions=[a, b, b2, new_size, more])
    with pytest.raises(ComparisonError) as raised:
        compare_rulesets(old, new, renamed)
    assert message in str(raised.value)


def test_questions_can_change_names_and_a_name_that_stays_says_nothing() -> None:
    a, b = yes_no("a"), yes_no("b")
    old, new = rules_of(Rule(a, GO, "x"), questions=[a, b]), rules_of(Rule(b, GO, "x"), questions=[a, b])
    assert compare_rulesets(old, new, {"a": "b", "b": "a"}).changed == 0
    assert compare_rulesets(old, old, {"a": "a"}).is_same


def test_a_case_is_asked_with_its_own_answers_of_each() -> None:
    a = yes_no("a")
    case, other = (Case("c", "Someone", "", {"a": answer}, GO) for answer in (True, False))
    old = rules_of(Rule(a, GO, "x"), questions=[a], cases=[case])
    new = rules_of(Rule(~a, GO, "x"), questions=[a], cases=[other])
    comparison = compare_rulesets(old, new)
    assert comparison.cases == ()
    assert [(each.field, each.old, each.new) for each in comparison.fields if each.kind == "case"] == [
        ("answers", "a: true", "a: false")
    ]
    swapped = rules_of(Rule(a, GO, "x"), questions=[a], cases=[other])
    assert compare_rulesets(old, swapped).cases == (CaseChange("c", "go", "stay", answers_changed=True),)


def test_a_case_without_advice_is_not_open() -> None:
    a, b = yes_no("a"), yes_no("b")
    told = [Case("gap", "A", "", {"a": True}, GO), Case("open", "B", "", {"b": True}, GO)]
    old = ruleset_of([a, b], [Rule(a, GO, "x"), Rule(~a, STAY, "x")], cases=told)
    new = ruleset_of([a, b], [Rule(~a, STAY, "x"), Rule(b & ~b, GO, "x")], cases=told)
    assert compare_rulesets(old, new).cases == (CaseChange("gap", "go", ""),)


def test_a_rule_that_keeps_all_but_its_id_is_renamed() -> None:
    a = yes_no("a")
    old, new = (rules_of(Rule(a, GO, "x", name), questions=[a]) for name in ("one", "first"))
    comparison = compare_rulesets(old, new)
    assert comparison.parts["rules"].renamed == {"one": "first"}
    assert not comparison.fields


def test_a_count_that_changes_is_another_condition() -> None:
    a, b, c = yes_no("a"), yes_no("b"), yes_no("c")
    # The rule before it hides the difference.
    old, new = (
        rules_of(Rule(a, GO, "x"), Rule(at_least(count, a, b, c), GO, "y", "most"), questions=[a, b, c])
        for count in (1, 2)
    )
    assert ("rule", "most", "when") in {(each.kind, each.id, each.field) for each in compare_rulesets(old, new).fields}


@pytest.mark.parametrize(
    "noticed",
    [
        {"outcome_changes": (OutcomeChange("go", "stay", 1, ()),)},
        {"condition_changes": (ConditionChange("action", "pack", True, 1, {}, {}),)},
        {"parts": {"rules": PartChanges(("new",))}},
        {"options": {"size": PartChanges((), ("s",))}},
        {"fields": (FieldChange("fact", "f", "value", "1", "2"),)},
        {"cases": (CaseChange("c", "go", None),)},
    ],
    ids=str,
)
def test_whatever_is_noticed_is_not_the_same(noticed: dict[str, Any]) -> None:
    a = yes_no("a")
    same = compare_rulesets(rules_of(Rule(a, GO, "x"), questions=[a]), rules_of(Rule(a, GO, "x"), questions=[a]))
    assert same.is_same
    assert not dataclasses.replace(same, **noticed).is_same


def test_changed_points_are_told() -> None:
    pager, size = yes_no("pager"), Choice("size", "How large?", {"s": "S", "l": "L"})

    def make(pagers: float, large: float, least: float) -> RuleSet:
        fit = Score("fit", "Fit", {pager: pagers, size: {"l": large}})
        return rules_of(Rule(fit >= least, GO, "much", "much"), questions=[pager, size])

    assert compare_rulesets(make(3, 2, 5), make(3, 2, 5)).is_same
    comparison = compare_rulesets(make(3, 2, 5), make(4, 2, 4))
    said = "the answer to “Is it pager?” is yes; size: l 2"
    assert comparison.fields == (
        FieldChange("score", "fit", "points", f"3: {said}", f"4: {said}"),
        FieldChange("rule", "much", "when", "“Fit” has at least 5 points", "“Fit” has at least 4 points"),
    )
    assert comparison.changed == 1
