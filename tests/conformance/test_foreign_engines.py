"""What the rules decide of complete answers, the engines of others decide too, and so do our emitted functions."""

from __future__ import annotations

import functools
import random
from typing import Any

import pytest

from assessor import assess, compile_ruleset, load_ruleset
from assessor.assessment.interpreter import Interpreter
from assessor.loading.load import BUNDLED
from benchmarks.peers_decision import decision, our_id, peers_ruleset
from tests.conformance.engines import ENGINES, complete_answers
from tests.support.oracle import decide

ANSWERS = 10_000
# A whole reading takes a hundred times as long as following the diagram to a leaf.
ASSESSED = 100

RULESETS = {"bundled": load_ruleset(BUNDLED), "peers": peers_ruleset()}


@functools.lru_cache(maxsize=len(RULESETS))
def answers_of(name: str) -> list[dict[str, object]]:
    rng = random.Random(7)
    return [complete_answers(rng, RULESETS[name]) for _ in range(ANSWERS)]


@functools.lru_cache(maxsize=len(RULESETS))
def fired(name: str) -> list[str | None]:
    """The rule that fires for each of the answers, followed in the diagram that `assess` reads."""
    bundle = compile_ruleset(RULESETS[name])
    interpreter = Interpreter(bundle)
    found: list[str | None] = []
    for answers in answers_of(name):
        cells = interpreter.cells(RULESETS[name].check_answers(answers))
        [leaf] = interpreter.reachable(bundle["roots"]["rule"], cells)
        found.append(bundle["rules"][leaf]["id"] if leaf < len(bundle["rules"]) else None)
    return found


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", RULESETS)
def test_an_engine_decides_the_same(name: str, engine: str) -> None:
    decided = ENGINES[engine]([(RULESETS[name], answers_of(name))])
    assert len(decided) == ANSWERS
    for answers, found, expected in zip(answers_of(name), decided, fired(name), strict=True):
        assert found == expected, answers


@pytest.mark.parametrize("name", RULESETS)
def test_the_rules_themselves_decide_the_same(name: str) -> None:
    ruleset = RULESETS[name]
    for answers, expected in zip(answers_of(name), fired(name), strict=True):
        position = decide(ruleset.rules, answers)
        assert expected == (None if position is None else ruleset.rules[position].id), answers


@pytest.mark.parametrize("name", RULESETS)
def test_an_assessment_says_the_same(name: str) -> None:
    for answers, expected in zip(answers_of(name)[:ASSESSED], fired(name), strict=False):
        assert assess(RULESETS[name], answers)["rule"] == expected, answers


@pytest.mark.parametrize("name", RULESETS)
def test_every_rule_fires_for_some_of_the_answers(name: str) -> None:
    assert set(fired(name)) == {rule.id for rule in RULESETS[name].rules}


def test_our_rule_set_says_what_the_file_of_the_peers_says() -> None:
    for answers, found in zip(answers_of("peers"), fired("peers"), strict=True):
        assert found == straight_from_the_file(answers), answers


def straight_from_the_file(answers: dict[str, object]) -> str:
    for rule in decision()["rules"]:
        if all(passes(answers[our_id(name)], test) for name, test in rule["when"].items()):
            return our_id(rule["id"])
    return "otherwise"


def passes(answer: Any, test: dict[str, Any]) -> bool:
    [(operator, value)] = test.items()
    if operator == "is":
        return bool(answer == value)
    if operator == "in":
        return answer in value
    return bool(answer >= value if operator == "at_least" else answer < value)
