"""Engines of others that read our decision tables in DMN decide complete answers as the rules do."""

from __future__ import annotations

import itertools
import json
import random
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from assessor import RuleSet, load_ruleset
from assessor.loading.reference import BUNDLED
from assessor.tables.writing.dmn import feel_name
from assessor.tables.writing.export import to_table
from benchmarks.peers.decision import peers_ruleset
from tests.conformance.engines import complete_answers
from tests.support.decision_tables import random_table_ruleset
from tests.support.oracle import decide, is_valid
from tools.node import find_node

ANSWERS = 10_000
_PROGRAM = Path(__file__).parent / "run_dmn.js"

Batch = tuple[RuleSet, Sequence[Mapping[str, object]]]


def decided(batches: Sequence[Batch]) -> list[Any]:
    """Return what dmn-moddle and feelin decide: the outcome and the rule for each of the answers, or None."""
    node = find_node()
    assert node, "Node.js is missing: run 'python tools/node.py --ensure'"
    lines = []
    for ruleset, sets in batches:
        lines.append(json.dumps(["rules", to_table(ruleset, "dmn").data.decode()]))
        lines += [
            json.dumps(["answers", {feel_name(name): each for name, each in answers.items()}]) for answers in sets
        ]
    run = subprocess.run(
        [node, str(_PROGRAM)], input="\n".join(lines), capture_output=True, encoding="utf-8", check=False, timeout=600
    )
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def expected(ruleset: RuleSet, answers: Mapping[str, object]) -> dict[str, Any] | None:
    """Return what the rules decide, one after the other; of several decisions, of each."""
    found: list[dict[str, Any] | None] = []
    for rules in ruleset.rules_by_decision:
        position = decide(rules, answers)
        found.append(None if position is None else {"outcome": rules[position].then.id, "rule": rules[position].id})
    if len(found) == 1:
        return found[0]
    return dict(zip((decision.id for decision in ruleset.decisions), found, strict=True))


def assert_equal(batches: Sequence[Batch]) -> int:
    found = decided(batches)
    every = [(ruleset, answers) for ruleset, sets in batches for answers in sets]
    for (ruleset, answers), result in zip(every, found, strict=True):
        assert result == expected(ruleset, answers), answers
    return len(every)


@pytest.mark.parametrize("ruleset", [load_ruleset(BUNDLED), peers_ruleset()], ids=["bundled", "peers"])
def test_a_table_of_ten_thousand_answers_decides_the_same(ruleset: RuleSet) -> None:
    rng = random.Random(19)
    assert assert_equal([(ruleset, [complete_answers(rng, ruleset) for _ in range(ANSWERS)])]) == ANSWERS


@pytest.mark.parametrize("most_decisions", [1, 3])
def test_random_rule_sets_decide_the_same(most_decisions: int) -> None:
    rng = random.Random(23)
    batches: list[Batch] = []
    reading = 0
    while len(batches) < 500:
        ruleset = random_table_ruleset(rng, most_decisions)
        # A table need not decide answers with an option that is not offered.
        drawn = (complete_answers(rng, ruleset) for _ in range(100))
        sets = list(itertools.islice((answers for answers in drawn if is_valid(ruleset, answers)), 20))
        # Without a row, there is no table.
        if len(sets) == 20 and all(
            any(decide(rules, answers) is not None for answers in sets) for rules in ruleset.rules_by_decision
        ):
            batches.append((ruleset, sets))
            reading += "<requiredDecision " in to_table(ruleset, "dmn").data.decode()
    assert assert_equal(batches) == ANSWERS
    # Random decisions rarely end with "otherwise", read one another, and are several.
    assert (reading > 30) == (most_decisions > 1)
