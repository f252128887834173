"""What a comparison says of questions, options, ranges, facts and cases, and the causes that it names."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessor import Case, Choice, Fact, Number, Rule, RuleSet, otherwise
from assessor.comparing import ComparisonError, compare_rulesets
from tests.assessor.samples import DAY, GO, STAY, URL, ruleset_of, yes_no


def rules_of(*rules: Rule, questions: list[object], **more: object) -> RuleSet:
    return ruleset_of(questions, [*rules, otherwise(STAY, "nothing else")], **more)  # type: ignore[arg-type]


def cause(old: RuleSet, new: RuleSet) -> str:
    """Return the cause of the only change."""
    (change,) = compare_rulesets(old, new).outcome_changes
    (by_rule,) = change.by_rule
    return by_rule.cause


def test_a_threshold_that_moves_is_counted_by_the_cells_of_both() -> None:
    people = Number("people", "How many?", minimum=0, maximum=10)
    old = rules_of(Rule(people >= 2, GO, "many", "many"), questions=[people])
    new = rules_of(Rule(people >= 5, GO, "many", "many"), questions=[people])
    comparison = compare_rulesets(old, new)
    (change,) = comparison.outcome_changes
    # Below 2, from 2 to 5, from 5.
    assert (comparison.total, change.count, change.old, change.new) == (3, 1, "go", "stay")
    assert change.by_rule[0].example == {"people": 2.0}
    assert change.by_rule[0].cause == "rule 'many' asks for something else now"


def test_causes_are_named() -> None:
    a, b = yes_no("a"), yes_no("b")
    base = rules_of(Rule(a, GO, "x", "one"), questions=[a, b])
    assert cause(base, rules_of(Rule(a, STAY, "x", "one"), questions=[a, b])) == "rule 'one' leads elsewhere now"
    assert cause(base, rules_of(questions=[a, b])) == "rule 'one' is gone"
    assert (
        cause(base, rules_of(Rule(a & b, GO, "x", "one"), questions=[a, b])) == "rule 'one' asks for something else now"
    )
    added = rules_of(Rule(b, STAY, "x", "new"), Rule(a, GO, "x", "one"), questions=[a, b])
    assert cause(base, added) == "rule 'new' is new"
    moved = rules_of(Rule(a, GO, "x", "one"), Rule(b, STAY, "x", "new"), questions=[a, b])
    assert cause(added, moved) == "rule 'one' stands before rule 'new' now"
    no_otherwise = ruleset_of([a, b], [Rule(a, GO, "x", "one")])
    assert cause(base, no_otherwise) == "rule 'otherwise' is gone"


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
    assert comparison.questions.renamed == {"a": "b"}
    assert not comparison.questions.added
    assert not comparison.outcome_changes


def test_a_rename_can_be_given_and_is_checked() -> None:
    a, b = yes_no("a"), yes_no("b")
    old, new = rules_of(Rule(a, GO, "x"), questions=[a]), rules_of(Rule(b, GO, "x"), questions=[b])
    apart = compare_rulesets(old, new)
    assert (apart.total, apart.changed) == (4, 2)
    assert (apart.questions.added, apart.questions.removed) == (("b",), ("a",))
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
    assert comparison.bounds == {"many": ("0 to 5", "1 to 9")}
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
    assert [(each.id, each.old, each.new) for each in comparison.facts] == [
        ("f", "2 GB (1–9 GB)", "3 GB (1–9 GB)"),
        ("g", "", "so"),
    ]
    assert [(each.id, each.old, each.new) for each in comparison.cases] == [("c", "go", "stay")]
