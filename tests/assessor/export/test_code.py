import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assessor import (
    Choice,
    Number,
    Outcome,
    Rule,
    RuleSet,
    RuleSetError,
    Section,
    YesNo,
    all_of,
    any_of,
    assess,
    at_least,
    decider,
    otherwise,
    to_javascript,
    to_jsonlogic,
    to_python,
)
from assessor.model.questions.question import Question
from tests.conformance.engines import ENGINES, complete_answers
from tests.support.assessor.decisions import wiki
from tests.support.oracle import fired
from tests.support.rulesets import random_ruleset

GO = Outcome("go", "Go")
STAY = Outcome("stay", "Stay")


def rules(questions: list[Question], *rules: Rule) -> RuleSet:
    return RuleSet("r", title="R", sections=[Section("s", "S", questions)], outcomes=[GO, STAY], rules=list(rules))


def decided(engine: str, ruleset: RuleSet, *answers: dict[str, object]) -> list[Any]:
    return ENGINES[engine]([(ruleset, answers)])


@pytest.mark.parametrize("engine", ENGINES)
def test_random_rule_sets_decide_the_same_everywhere(engine: str) -> None:
    rng = random.Random(3)
    batches = []
    for number in range(150):
        ruleset = random_ruleset(rng, most_decisions=1 + number % 3)
        batches.append((ruleset, [complete_answers(rng, ruleset) for _ in range(20)]))
    expected = [fired(ruleset, answers) for ruleset, sets in batches for answers in sets]
    found = ENGINES[engine](batches)
    assert len(found) == len(expected)
    every = [(ruleset, answers) for ruleset, sets in batches for answers in sets]
    for (ruleset, answers), said, meant in zip(every, found, expected, strict=True):
        assert said == meant, (to_jsonlogic(ruleset), answers)
    assert {None, "rule-1"} <= {each for each in found if not isinstance(each, dict)}
    assert len({len(each) for each in found if isinstance(each, dict)}) == 2


def test_one_of_several_decisions_is_decided_by_its_id(tmp_path: Path) -> None:
    ruleset = wiki(tmp_path)
    answers = {"law": False, "team": True, "users": 500}
    assert (decider(ruleset)(answers), decider(ruleset, "plan")(answers)) == ("pays", "plan-1")
    with pytest.raises(RuleSetError, match=r"has no decision 'plna'\. Did you mean 'plan'\?"):
        decider(ruleset, "plna")


@pytest.mark.parametrize("engine", ENGINES)
def test_where_no_rule_decides_there_is_no_rule(engine: str) -> None:
    question = YesNo("q", "Q?")
    assert decided(engine, rules([question], Rule(question, GO, "so")), {"q": True}, {"q": False}) == ["rule-1", None]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_number_at_a_threshold_is_not_below_it(engine: str) -> None:
    number = Number("n", "N?", minimum=-5, maximum=5)
    ruleset = rules(
        [number],
        Rule(number < -0.1, GO, "low", id="low"),
        Rule(number >= 2, GO, "high", id="high"),
        otherwise(STAY, "between", id="between"),
    )
    below, at = -0.10000000000000002, -0.1
    answers: list[dict[str, object]] = [{"n": n} for n in (-5, below, at, 0, 1.9999999999999998, 2, 2.0, 5)]
    expected = ["low", "low", "between", "between", "between", "high", "high", "high"]
    assert decided(engine, ruleset, *answers) == expected


@pytest.mark.parametrize("engine", ENGINES)
def test_a_number_at_most_a_threshold_may_be_at_it(engine: str) -> None:
    half = Number("n", "N?", minimum=0, maximum=9)
    for number, following in ((half, 5.000000000000001), (replace(half, step=1), 6)):
        ruleset = rules([number], Rule(number <= 5, GO, "few", id="few"), Rule(number > 5, STAY, "many", id="many"))
        assert decided(engine, ruleset, {"n": 5}, {"n": following}, {"n": 0}) == ["few", "many", "few"]


@pytest.mark.parametrize("export", [to_python, to_javascript])
def test_a_number_is_compared_as_the_rules_write_it(export: Any) -> None:
    number = Number("n", "N?", minimum=0, maximum=9)
    source = export(rules([number], Rule(number <= 5, GO, "few"), otherwise(STAY, "many")))
    assert re.search(r"answers\[.n.\] <= 5\b", source)
    assert "5.000" not in source


@pytest.mark.parametrize("engine", ENGINES)
def test_a_threshold_that_is_no_double_is_the_nearest(engine: str) -> None:
    number = Number("n", "N?", minimum=0, maximum=2**60)
    ruleset = rules([number], Rule(number >= 2**53 + 1, GO, "so", id="high"), otherwise(STAY, "else"))
    assert assess(ruleset, {"n": 2.0**53})["rule"] == "high"
    assert decided(engine, ruleset, {"n": 2.0**53}, {"n": 2.0**53 - 1}) == ["high", "otherwise"]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_kind_of_condition(engine: str) -> None:
    a, b, c = (YesNo(each, f"{each}?") for each in "abc")
    choice = Choice("d", "D?", {"x": "X", "y": "Y", "z": "Z"})
    ruleset = rules(
        [a, b, c, choice],
        Rule(at_least(3, a, b, c, choice.is_("x")), GO, "so", id="most"),
        Rule(~(a | b | c) & choice.is_("y", "z"), GO, "so", id="none"),
        Rule(any_of(all_of(a, ~b), c), GO, "so", id="some"),
        otherwise(STAY, "else"),
    )
    rows = [(1, 1, 1, "y", "most"), (1, 1, 0, "x", "most"), (0, 0, 0, "z", "none"), (0, 0, 0, "x", "otherwise")]
    rows += [(1, 0, 0, "y", "some"), (0, 0, 1, "y", "some"), (1, 1, 0, "z", "otherwise")]
    answers: list[dict[str, object]] = [{"a": bool(p), "b": bool(q), "c": bool(r), "d": d} for p, q, r, d, _ in rows]
    assert decided(engine, ruleset, *answers) == [row[-1] for row in rows]


def chain(length: int) -> tuple[RuleSet, list[YesNo]]:
    """A rule set whose diagram is as deep as it has questions."""
    questions = [YesNo(f"q-{n}", "Q?") for n in range(length)]
    odd = all_of(*questions[1::2])
    listed: list[Question] = list(questions)
    return rules(listed, Rule(all_of(*questions), GO, "all", id="all"), Rule(odd, GO, "odd", id="odd")), questions


@pytest.mark.parametrize("engine", [name for name in ENGINES if name.startswith("our")])
@pytest.mark.parametrize("length", [100, 400])
def test_a_deep_diagram_is_no_trouble(engine: str, length: int) -> None:
    ruleset, questions = chain(length)
    everything: dict[str, object] = {question.id: True for question in questions}
    answers = [everything, {**everything, "q-0": False}, {**everything, f"q-{length - 1}": False}]
    assert decided(engine, ruleset, *answers) == ["all", "odd", None]


@pytest.mark.parametrize("export", [to_python, to_javascript])
def test_what_several_tests_lead_to_is_written_once(export: Any) -> None:
    questions = [YesNo(f"q-{n}", "Q?") for n in range(24)]
    listed: list[Question] = list(questions)
    source = export(rules(listed, Rule(at_least(12, *questions), GO, "half of them")))
    # Written out, there would be a test for each of some 2,700,000 paths.
    assert len(source) < 30_000


@pytest.mark.parametrize("export", [to_python, to_javascript, to_jsonlogic])
def test_the_same_rules_give_the_same_bytes(export: Any) -> None:
    first, second = (random_ruleset(random.Random(11), most_questions=8) for _ in range(2))
    assert first is not second
    assert export(first) == export(second)


def test_the_source_says_what_it_was_made_from() -> None:
    ruleset, _ = chain(3)
    first = assess(ruleset, {})["hash"]
    assert to_python(ruleset).startswith(f"# Exported by assessor from the rule set 'r', {first}.\n")
    assert f"// Exported by assessor from the rule set 'r', {first}.\n" in to_javascript(ruleset)


def test_a_decider_is_made_once() -> None:
    ruleset, _ = chain(3)
    assert decider(ruleset) is decider(ruleset)
