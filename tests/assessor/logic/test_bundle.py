import dataclasses
import json
import os
import random
import re
import subprocess
import sys
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from assessor import (
    Action,
    Choice,
    Criterion,
    Estimate,
    Number,
    Rule,
    RuleSet,
    bundle_json,
    bundle_schema,
    compile_ruleset,
    load_ruleset,
    otherwise,
)
from assessor.loading.reference import BUNDLED
from assessor.logic.bundle import content_hash
from tests.support.assessor.samples import GO, STAY, everything, fact, ruleset_of, yes_no
from tests.support.paths import ROOT
from tests.support.rulesets import random_ruleset, rulesets

ELSE = otherwise(STAY, "nothing else fits")


# The schema

SCHEMA = jsonschema.Draft202012Validator(bundle_schema())


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(bundle_schema())
    assert bundle_schema()["$id"] == "urn:mkdocs-assessor:bundle:2"


def test_every_property_in_the_schema_is_described() -> None:
    def undescribed(path: str, schema: Any) -> list[str]:
        if isinstance(schema, list):
            return [each for part in schema for each in undescribed(path, part)]
        if not isinstance(schema, dict):
            return []
        found = [f"{path}.{name}" for name, part in schema.get("properties", {}).items() if not part.get("description")]
        return [*found, *(each for key, part in schema.items() for each in undescribed(f"{path}.{key}", part))]

    assert undescribed("", bundle_schema()) == []


@pytest.mark.parametrize("reference", ["assessor.rulesets.self_hosting", "a rule set with everything"])
def test_a_bundle_is_valid(reference: str) -> None:
    ruleset = load_ruleset(reference) if "." in reference else everything()
    SCHEMA.validate(json.loads(bundle_json(compile_ruleset(ruleset))))


def test_bundles_of_several_decisions_are_valid() -> None:
    lengths = set()
    for seed in range(30):
        bundle = compile_ruleset(random_ruleset(random.Random(seed), most_decisions=3))
        SCHEMA.validate(json.loads(bundle_json(bundle)))
        lengths.add(len(bundle.get("decisions", ())))
    assert lengths == {0, 1, 2}


_DECISION = {
    "id": "plan",
    "outcomes": ["small"],
    "rules": [{"id": "plan-1", "outcome": 0, "root": -2}],
    "roots": {"rule": -1, "outcome": -1},
}


@pytest.mark.parametrize(
    "decisions",
    [
        [],
        [{**_DECISION, "id": "Your plan"}],
        [{**_DECISION, "title": "Words"}],
        [{**_DECISION, "outcomes": []}],
        [{**_DECISION, "outcomes": ["small", "small"]}],
        [{**_DECISION, "rules": [{"id": "plan-1", "outcome": 0}]}],
        [{**_DECISION, "rules": []}],
        [{**_DECISION, "roots": {"rule": -1}}],
        *([{name: value for name, value in _DECISION.items() if name != left_out}] for left_out in _DECISION),
    ],
)
def test_invalid_decisions_are_refused(decisions: list[object]) -> None:
    bundle = json.loads(bundle_json(compile_ruleset(everything())))
    assert SCHEMA.is_valid({**bundle, "decisions": [_DECISION]})
    assert not SCHEMA.is_valid({**bundle, "decisions": decisions})


@given(rulesets)
@settings(max_examples=50, deadline=None)
def test_random_bundles_are_valid(ruleset: RuleSet) -> None:
    SCHEMA.validate(json.loads(bundle_json(compile_ruleset(ruleset))))


@pytest.mark.parametrize(
    "change",
    [
        {"version": 1},
        {"version": "1"},
        {"ruleset": "Every Thing"},
        {"hash": "0" * 63},
        {"hash": "0" * 65},
        {"hash": "A" * 64},
        {"title": "Words"},
        {"questions": []},
        {"questions": [{"id": "a", "kind": "yes-no", "options": ["x", "y"]}]},
        {"questions": [{"id": "a", "kind": "yes-no", "wording": "Words?"}]},
        {"questions": [{"id": "a", "kind": "yes-no", "asked": 1.5}]},
        {"questions": [{"id": "a", "kind": "choice"}]},
        {"questions": [{"id": "a", "kind": "choice", "options": ["x"]}]},
        {"questions": [{"id": "a", "kind": "choice", "options": ["x", "x"]}]},
        {"questions": [{"id": "a", "kind": "choice", "options": ["x", "y"], "cuts": []}]},
        {"questions": [{"id": "a", "kind": "number", "minimum": 0, "maximum": 1}]},
        {"questions": [{"id": "a", "kind": "number", "minimum": 0, "cuts": []}]},
        {"questions": [{"id": "a", "kind": "number", "minimum": "0", "maximum": 1, "cuts": []}]},
        {"questions": [{"id": "a", "kind": "number", "minimum": 0, "maximum": 1, "cuts": [1, 1]}]},
        {"questions": [{"id": "a", "kind": "number", "minimum": 0, "maximum": 1, "cuts": [], "default": [1]}]},
        {"questions": [{"id": "a", "kind": "text"}]},
        {"questions": [{"kind": "yes-no"}]},
        {"questions": [{"id": "a"}]},
        {"questions": [{"id": "A", "kind": "yes-no"}]},
        {"outcomes": []},
        {"outcomes": ["go", "go"]},
        {"outcomes": ["Go!"]},
        {"rules": []},
        {"rules": [{"id": "r", "outcome": -1}]},
        {"rules": [{"id": "r", "outcome": 0.5}]},
        {"rules": [{"id": "r"}]},
        {"rules": [{"id": "r", "outcome": 0, "because": "words"}]},
        {"criteria": [{"id": "c", "root": 0, "title": "words"}]},
        {"criteria": [{"id": "c", "root": "0"}]},
        {"actions": [{"id": "c"}]},
        {"estimates": [{"id": "e", "unit": "", "inputs": [[1, 1]], "steps": [0]}]},
        {"estimates": [{"id": "e", "unit": "", "inputs": [{"question": -1}], "steps": [0]}]},
        {"estimates": [{"id": "e", "unit": "", "inputs": [{"fact": 0}], "steps": [0]}]},
        {"estimates": [{"id": "e", "unit": "", "inputs": [[1, 1, 1]], "steps": ["**"]}]},
        {"estimates": [{"id": "e", "unit": "", "inputs": [[1, 1, 1]], "steps": []}]},
        {"estimates": [{"id": "e", "inputs": [[1, 1, 1]], "steps": [0]}]},
        {"roots": {"rule": 0}},
        {"roots": {"rule": 0, "outcome": 0, "other": 0}},
        {"nodes": [[0, 1]]},
        {"nodes": [[-1, -1, -2]]},
        {"nodes": [[0, -1, 0.5]]},
        {"nodes": [[0, -1, 0]]},
    ],
    ids=json.dumps,
)
def test_the_schema_refuses_everything_else(change: dict[str, Any]) -> None:
    bundle = {**compile_ruleset(everything()), **change}
    assert not SCHEMA.is_valid(bundle)


@pytest.mark.parametrize("key", list(compile_ruleset(everything())))
def test_every_part_of_a_bundle_is_needed(key: str) -> None:
    bundle = {name: part for name, part in compile_ruleset(everything()).items() if name != key}
    assert not SCHEMA.is_valid(bundle)


# Words, hash and bytes


def test_a_bundle_holds_no_words() -> None:
    text = bundle_json(compile_ruleset(everything("WORD")))
    assert "WORD" not in text
    for string in re.findall(r'"([^"]*)"', text):
        assert re.fullmatch(r"[a-z0-9-]+|FTE|[-+*/]", string)


def test_the_hash_is_the_same_wherever_the_rules_were_made() -> None:
    moved = everything()
    assert moved.location == everything().location  # one line of this file; the rules are made anew each time
    assert compile_ruleset(moved)["hash"] == compile_ruleset(everything())["hash"]


A, B = yes_no("a"), yes_no("b")
N = Number("n", "N?", minimum=0, maximum=9)
S = Choice("s", "S?", {"x": "X", "y": "Y"})
BASE = fact("base", 3)
BEFORE: dict[str, Any] = {
    "questions": [A, B, N, S],
    "rules": [Rule(A & (N >= 3), GO, "x"), ELSE],
    "facts": [BASE],
    "criteria": [Criterion("c", "so it is", A)],
    "actions": [Action("pack", "Pack", [GO])],
    "estimates": [Estimate("cost", "Cost", N * BASE)],
}


@pytest.mark.parametrize(
    "change",
    [
        {"id": "another"},
        {"rules": [Rule(A & (N >= 4), GO, "x"), ELSE]},
        {"rules": [Rule(A & (N < 3), GO, "x"), ELSE]},
        {"rules": [Rule(A | (N >= 3), GO, "x"), ELSE]},
        {"rules": [Rule(~A & (N >= 3), GO, "x"), ELSE]},
        {"rules": [Rule(A & (N >= 3), STAY, "x"), ELSE]},
        {"rules": [Rule(A & (N >= 3), GO, "x")]},
        {"rules": [Rule(A & (N >= 3), GO, "x", id="named"), ELSE]},
        {"criteria": [Criterion("c", "so it is", B)]},
        {"actions": [Action("pack", "Pack", [GO, STAY])]},
        {"actions": [Action("pack", "Pack", [GO], B)]},
        {"estimates": [Estimate("cost", "Cost", N + BASE)]},
        {"estimates": [Estimate("cost", "Cost", BASE - N)]},
        {"facts": [fact("base", 4)], "estimates": [Estimate("cost", "Cost", N * fact("base", 4))]},
        {"facts": [fact("base", 3, high=4)], "estimates": [Estimate("cost", "Cost", N * fact("base", 3, high=4))]},
        {"questions": [B, A, N, S]},
        {"questions": [A, B, N, Choice("s", "S?", {"y": "Y", "x": "X"})]},
        {"questions": [A, yes_no("b", asked_when=A), N, S]},
    ],
    ids=",".join,
)
def test_behaviour_changes_the_hash(change: dict[str, Any]) -> None:
    assert compile_ruleset(ruleset_of(**BEFORE))["hash"] != compile_ruleset(ruleset_of(**{**BEFORE, **change}))["hash"]


def test_the_hash_is_that_of_the_rest() -> None:
    bundle = compile_ruleset(everything())
    assert re.fullmatch("[0-9a-f]{64}", bundle["hash"])
    assert content_hash({**bundle, "hash": "0" * 64}) == bundle["hash"]


def test_bytes_do_not_depend_on_the_process() -> None:
    program = (
        "import random\n"
        "from assessor import bundle_json, compile_ruleset, load_ruleset\n"
        "from tests.support.rulesets import random_ruleset\n"
        "for seed in range(40): print(bundle_json(compile_ruleset(random_ruleset(random.Random(seed)))))\n"
        "print(bundle_json(compile_ruleset(load_ruleset('assessor.rulesets.self_hosting'))))\n"
    )
    printed = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in ("1", "2")
    ]
    assert printed[0] == printed[1]
    assert printed[0].count(b"\n") == 41


def test_json_is_ascii_without_white_space() -> None:
    text = bundle_json(compile_ruleset(everything()))
    assert re.fullmatch("[!-~]+", text)
    assert json.loads(text) == compile_ruleset(everything())


def test_the_language_of_a_rule_set_is_for_checks_alone() -> None:
    bundled = load_ruleset(BUNDLED)
    silent = dataclasses.replace(bundled, language="")
    assert bundled.language == "en"
    assert compile_ruleset(bundled) == compile_ruleset(silent)
