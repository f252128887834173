"""What an answer means, and that the hash of the rules covers it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assessor import (
    Choice,
    Estimate,
    Fact,
    Number,
    Question,
    Rule,
    RuleSet,
    YesNo,
    any_of,
    at_least,
    compile_ruleset,
    otherwise,
)
from tests.support.assessor.samples import GO, STAY, fact, ruleset_of

BASE = fact("base", 3, unit="GB")
ASK = YesNo("ask", "Shall we ask?")
OTHER = YesNo("other", "And this?")
RAIN = YesNo("rain", "Is there a pager?")
WIND = YesNo("wind", "Is there wind?", hint="Look out.", why="It matters.", asked_when=ASK)
SIZE = Number("size", "How large is it?", unit="GB", minimum=0, maximum=9, default=BASE)
KIND = Choice("kind", "Which one?", {"a": "The first", "b": "The other"})


def _ruleset(
    rain: Question = RAIN, wind: Question = WIND, size: Question = SIZE, kind: Question = KIND, base: Fact = BASE
) -> RuleSet:
    assert isinstance(rain, YesNo)
    assert isinstance(wind, YesNo)
    assert isinstance(size, Number)
    assert isinstance(kind, Choice)
    return ruleset_of(
        [ASK, OTHER, rain, wind, size, kind],
        [Rule(at_least(1, rain, wind, size >= 5, kind.is_("a")), GO, "because"), otherwise(STAY, "else")],
        facts=[base],
        estimates=[Estimate("cost", "Cost", size * base)],
    )


def _with(changed: Question) -> RuleSet:
    rain, wind, size, kind = (changed if changed.id == each.id else each for each in (RAIN, WIND, SIZE, KIND))
    return _ruleset(rain, wind, size, kind)


def _meanings(ruleset: RuleSet) -> dict[str, str]:
    return {question["id"]: question["meaning"] for question in compile_ruleset(ruleset)["questions"]}


_CHANGED: list[Question] = [
    replace(RAIN, wording="Is there no pager?"),
    replace(WIND, asked_when=~ASK),
    replace(WIND, asked_when=ASK & OTHER),
    replace(WIND, asked_when=any_of(ASK, OTHER)),
    replace(WIND, asked_when=None),
    replace(KIND, options=tuple(replace(option, label=option.label + " of all") for option in KIND.options)),
    Choice("kind", "Which one?", {"a": "The other", "b": "The first"}),
    Choice("kind", "Which one?", {"b": "The other", "a": "The first"}),
    Choice("kind", "Which one?", {"a": "The first", "b": "The other", "c": "Neither"}),
]


@pytest.mark.parametrize("changed", _CHANGED, ids=[each.id for each in _CHANGED])
def test_what_changes_the_meaning_of_a_question_changes_the_hash(changed: Question) -> None:
    before, after = _ruleset(), _with(changed)
    assert compile_ruleset(before)["hash"] != compile_ruleset(after)["hash"]
    differing = {name for name, meaning in _meanings(after).items() if meaning != _meanings(before)[name]}
    assert differing == {changed.id}


def test_a_unit_is_part_of_the_meaning() -> None:
    base = fact("base", 3, unit="TB")
    after = _ruleset(size=replace(SIZE, unit="TB", default=base), base=base)
    assert _meanings(after)["size"] != _meanings(_ruleset())["size"]


def test_a_threshold_and_a_default_change_the_hash() -> None:
    hashes = {compile_ruleset(_ruleset())["hash"]}
    hashes.add(compile_ruleset(_ruleset(size=replace(SIZE, default=None)))["hash"])
    other = replace(BASE, value=4)
    hashes.add(compile_ruleset(_ruleset(size=replace(SIZE, default=other), base=other))["hash"])
    assert len(hashes) == 3


@pytest.mark.parametrize(
    "changed",
    [
        replace(WIND, hint="Look up."),
        replace(WIND, why="It is loud."),
        replace(WIND, yes="there is wind", no="there is none"),
        replace(WIND, wording="Is  there wind? "),
        replace(SIZE, unit="GB|GBs"),
        replace(SIZE, step=0.5, name="size"),
    ],
)
def test_what_only_helps_to_answer_changes_nothing(changed: Question) -> None:
    assert compile_ruleset(_with(changed)) == compile_ruleset(_ruleset())
