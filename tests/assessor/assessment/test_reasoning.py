"""The exact queries agree with an oracle that tries everything, and mean what they say."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from assessor import Choice, Condition, RuleSet, assess
from assessor.model.conditions import walk
from assessor.model.estimates.conditional import cases_in
from assessor.model.rules.decisions import OutcomeIs
from tests.support.reasoning_oracle import Oracle
from tests.support.rulesets import random_answers, random_ruleset

SEEDS = range(2_000)
CHUNK = 250


def disagreements(ruleset: RuleSet, answers: dict[str, object], seen: Counter[str]) -> list[str]:
    """Return what the oracle says otherwise, and count what was seen."""
    expected = Oracle(ruleset, answers).reading()
    found: Any = assess(ruleset, answers)
    seen["irrelevant"] += bool(expected["irrelevant"] and expected["matters"])
    for kind in ("actions", "criteria", "estimates"):
        seen[f"matters to {kind}"] += bool(expected["matters_to"][kind])
    count(expected, answers, seen)
    wrong = [key for key, value in expected.items() if key != "decisions" and found[key] != value]
    for name, later in expected.get("decisions", {}).items():
        count(later, answers, seen, "later: ")
        seen["later: others matter, too"] += set(later["matters"]) < set(expected["matters"])
        seen["later: another is next"] += later["next"] not in (None, expected["next"])
        wrong += [f"{name}: {key}" for key, value in later.items() if found["decisions"][name][key] != value]
    return wrong


def count(expected: dict[str, Any], answers: dict[str, object], seen: Counter[str], of: str = "") -> None:
    """Count what the oracle says of a decision."""
    changes = [each for each in expected["changes"].values() if each]
    to = [change["to"] for each in changes for changed in each["sets"] for change in changed]
    seen[f"{of}all"] += 1
    seen[f"{of}matters"] += bool(expected["matters"])
    seen[f"{of}reasons"] += bool(expected["reasons"])
    seen[f"{of}shorter reasons"] += 0 < len(expected["reasons"]) < sum(value is not None for value in answers.values())
    seen[f"{of}ruled out"] += any(expected["ruled_out"].values())
    seen[f"{of}several changes"] += any(each["fewest"] > 1 for each in changes)
    seen[f"{of}several sets"] += any(len(each["sets"]) > 1 for each in changes)
    seen[f"{of}out of reach"] += None in expected["changes"].values()
    seen[f"{of}several options"] += any(len(each.get("options", ())) > 1 for each in to)
    seen[f"{of}a stretch of a number"] += any("options" not in each and None not in each.values() for each in to)
    seen[f"{of}above or at most"] += any("above" in each or "at_most" in each for each in to)
    seen[f"{of}choice of next"] += len(expected["matters"]) > 2
    seen[f"{of}long way"] += expected["remaining"]["most"] > expected["remaining"]["fewest"]


def answered(start: int, most_decisions: int) -> Iterator[tuple[int, RuleSet, dict[str, object]]]:
    """Yield random rule sets with answers to some of their questions."""
    for seed in range(start, start + CHUNK):
        rng = random.Random(seed)
        ruleset = random_ruleset(rng, most_questions=5, most_decisions=most_decisions)
        for answers in (random_answers(rng, ruleset), random_answers(rng, ruleset)):
            yield seed, ruleset, answers


@pytest.mark.parametrize("start", range(SEEDS.start, SEEDS.stop, CHUNK))
def test_random_rule_sets_agree_with_the_oracle(start: int) -> None:
    seen: Counter[str] = Counter()
    for seed, ruleset, answers in answered(start, most_decisions=1):
        assert not disagreements(ruleset, answers, seen), (seed, answers)
    assert len(seen) == 17
    assert min(seen.values()) > 0, seen


@pytest.mark.parametrize("start", range(SEEDS.start, SEEDS.stop, CHUNK))
def test_each_of_several_decisions_agrees_with_the_oracle(start: int) -> None:
    seen: Counter[str] = Counter()
    for seed, ruleset, answers in answered(start, most_decisions=3):
        assert not disagreements(ruleset, answers, seen), (seed, answers)
        restricted = [
            when for each in ruleset.questions if isinstance(each, Choice) for when in each.restricted.values()
        ]
        seen["a rule reads a decision"] += any(reads_a_decision(rule.when) for rule in ruleset.rules)
        seen["an option reads a decision"] += any(map(reads_a_decision, restricted))
        seen["an estimate reads a decision"] += any(
            reads_a_decision(each.condition) for estimate in ruleset.estimates for each in cases_in(estimate.formula)
        )
    assert len(seen) == 35
    assert min(seen.values()) > 0, seen


def reads_a_decision(condition: Condition) -> bool:
    """Return whether a condition reads what a decision comes to."""
    return any(isinstance(part, OutcomeIs) for part in walk(condition))
