"""What the rules decide of complete answers, the engines of others decide too, and so do our emitted functions."""

from __future__ import annotations

import functools
import random
from typing import Any

import pytest

from assessor import assess, compile_ruleset, load_ruleset
from assessor.assessment.queries.interpreter import Interpreter
from assessor.loading.reference import BUNDLED
from assessor.logic.bundle import bundle_of_each
from benchmarks.peers.decision import decision, our_id, peers_ruleset
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
def fired(name: str) -> list[Any]:
    """The rule that fires for each of the answers, followed in the diagram; by decision, if there are several."""
    ruleset = RULESETS[name]
    bundle = compile_ruleset(ruleset)
    found: list[Any] = []
    first = ruleset.decisions[0].id if ruleset.decisions else ""
    bundles = {first: bundle, **bundle_of_each(bundle)}
    interpreter = Interpreter(bundle)
    for answers in answers_of(name):
        cells = interpreter.cells(ruleset.check_answers(answers))
        by_decision: dict[str, str | None] = {}
        for key, each in bundles.items():
            [leaf] = interpreter.reachable(each["roots"]["rule"], cells)
            by_decision[key] = each["rules"][leaf]["id"] if leaf < len(each["rules"]) else None
        found.append(by_decision if first else by_decision[""])
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
        ids = []
        for rules in ruleset.rules_by_decision:
            position = decide(rules, answers)
            ids.append(None if position is None else rules[position].id)
        assert ids == _listed(expected), answers


@pytest.mark.parametrize("name", RULESETS)
def test_an_assessment_says_the_same(name: str) -> None:
    for answers, expected in zip(answers_of(name)[:ASSESSED], fired(name), strict=False):
        assessment = assess(RULESETS[name], answers)
        rules = [assessment["rule"], *(each["rule"] for each in assessment.get("decisions", {}).values())]
        assert rules == _listed(expected), answers


@pytest.mark.parametrize("name", RULESETS)
def test_every_rule_fires_for_some_of_the_answers(name: str) -> None:
    assert {rule for each in fired(name) for rule in _listed(each)} == {rule.id for rule in RULESETS[name].rules}


def _listed(found: Any) -> list[str | None]:
    return [*found.values()] if isinstance(found, dict) else [found]


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
