"""Sections with `asked_when`: their questions are asked only once it holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assessor import Rule, RuleSet, Section, answers_schema, assess, compile_ruleset
from assessor.check import check_ruleset
from assessor.compare import compare_rulesets
from tests.support.assessor.mistakes import error_of
from tests.support.assessor.samples import GO, rules_of, yes_no

city, permit, guard = yes_no("city"), yes_no("permit"), yes_no("guard", asked_when=yes_no("permit"))
RULES = [Rule(city & permit & guard, GO, "so")]


def _ruleset(**asked: object) -> RuleSet:
    sections = [Section("where", "Where", [city]), Section("papers", "Papers", [permit, guard], **asked)]  # type: ignore[arg-type]
    return rules_of(*RULES, questions=[], sections=sections)


ruleset = _ruleset(asked_when=city)


@pytest.mark.parametrize(
    ("answers", "unasked"),
    [
        ({}, ["permit", "guard"]),
        ({"city": False}, ["permit", "guard"]),
        ({"city": True}, ["guard"]),
        ({"city": True, "permit": True}, []),
        ({"permit": True}, ["permit", "guard"]),
    ],
)
def test_its_questions_are_asked_once_it_holds_and_their_own_condition_does(
    answers: dict[str, object], unasked: list[str]
) -> None:
    found = assess(ruleset, answers)["unasked"]
    assert [name for name in unasked if name not in answers] == [name for name in found if name not in answers]


def test_one_condition_is_the_same_on_a_section_and_on_its_question() -> None:
    alone = yes_no("permit", asked_when=city)
    on_question = rules_of(Rule(city & alone, GO, "so"), questions=[city, alone])
    on_section = rules_of(
        Rule(city & permit, GO, "so"),
        questions=[],
        sections=[Section("all", "All", [city]), Section("more", "More", [permit], asked_when=city)],
    )
    first, second = compile_ruleset(on_question), compile_ruleset(on_section)
    # Stored answers live on: their digests are the same.
    assert first["questions"] == second["questions"]
    assert first["nodes"] == second["nodes"]


def test_a_check_proves_that_it_cannot_matter_before() -> None:
    wrong = _ruleset(asked_when=~city)
    assert "matters-unasked" in {finding.code for finding in check_ruleset(wrong)}
    assert "matters-unasked" not in {finding.code for finding in check_ruleset(ruleset)}


def test_a_check_finds_a_section_that_is_never_asked() -> None:
    never = _ruleset(asked_when=city & ~city)
    messages = [finding.message for finding in check_ruleset(never)]
    assert any("asked_when of section 'papers'" in message for message in messages), messages


def test_a_comparison_says_what_is_asked_less() -> None:
    comparison = compare_rulesets(_ruleset(), ruleset)
    assert [(each.field, each.old, each.new) for each in comparison.fields] == [
        ("asked_when", "", "the answer to “Is it city?” is yes")
    ]
    assert {each.id for each in comparison.condition_changes if each.kind == "question"} == {"permit", "guard"}


def test_answers_need_not_be_asked_to_count() -> None:
    assert "permit" in answers_schema(ruleset)["properties"]
    assert assess(ruleset, {"permit": False})["settled"]


def on_its_own_question() -> object:
    return rules_of(questions=[], sections=[Section("s", "S", [city, permit], asked_when=permit)])  # mistake


def on_a_later_question() -> object:
    first = Section("s", "S", [city], asked_when=permit)  # mistake
    return rules_of(questions=[], sections=[first, Section("t", "T", [permit])])


def without_a_condition() -> object:
    return Section("s", "S", [city], asked_when="city")  # type: ignore[arg-type]  # mistake


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (on_its_own_question, "asked_when of section 's' depends on the answer to 'permit' itself: let it depend on"),
        (
            on_a_later_question,
            "asked_when of section 's' depends on 'permit', which is asked later: put",
        ),
        (without_a_condition, "asked_when of section 's' needs a condition, not 'city'; write city, the question"),
    ],
)
def test_a_mistake_names_the_section_and_its_line(make: Callable[[], object], message: str) -> None:
    assert message in error_of(make).message
