"""The exact queries agree with an oracle that tries everything, and mean what they say."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from assessor import RuleSet, assess
from tests.support.reasoning_oracle import Oracle
from tests.support.rulesets import random_answers, random_ruleset

SEEDS = range(2_000)
CHUNK = 250


def disagreements(ruleset: RuleSet, answers: dict[str, object], seen: Counter[str]) -> list[str]:
    """Return the keys of which the oracle says something else, and count what was seen."""
    expected = Oracle(ruleset, answers).reading()
    found = assess(ruleset, answers)
    changes = [each for each in expected["changes"].values() if each]
    to = [change["to"] for each in changes for changed in each["sets"] for change in changed]
    seen["all"] += 1
    seen["matters"] += bool(expected["matters"])
    seen["irrelevant"] += bool(expected["irrelevant"] and expected["matters"])
    seen["matters to an action"] += bool(expected["matters_to"]["actions"])
    seen["matters to a criterion"] += bool(expected["matters_to"]["criteria"])
    seen["reasons"] += bool(expected["reasons"])
    seen["shorter reasons"] += 0 < len(expected["reasons"]) < sum(value is not None for value in answers.values())
    seen["ruled out"] += any(expected["ruled_out"].values())
    seen["several changes"] += any(each["fewest"] > 1 for each in changes)
    seen["several sets"] += any(len(each["sets"]) > 1 for each in changes)
    seen["out of reach"] += None in expected["changes"].values()
    seen["several options"] += any(len(each.get("options", ())) > 1 for each in to)
    seen["a stretch of a number"] += any("options" not in each and None not in each.values() for each in to)
    seen["above or at most"] += any("above" in each or "at_most" in each for each in to)
    seen["choice of next"] += len(expected["matters"]) > 2
    seen["long way"] += expected["remaining"]["most"] > expected["remaining"]["fewest"]
    return [key for key, value in expected.items() if found[key] != value]  # type: ignore[literal-required]


@pytest.mark.parametrize("start", range(SEEDS.start, SEEDS.stop, CHUNK))
def test_random_rule_sets_agree_with_the_oracle(start: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(start, start + CHUNK):
        rng = random.Random(seed)
        ruleset = random_ruleset(rng, most_questions=5)
        for answers in (random_answers(rng, ruleset), random_answers(rng, ruleset)):
            assert not disagreements(ruleset, answers, seen), (seed, answers)
    assert len(seen) == 16
    assert min(seen.values()) > 0, seen
