"""`assess_many`, `score` and the exported SQL on DuckDB say what `assess` says.

`python -m tests.assessor.bulk.differential` compares them on as many answers as you like.
"""

import random

import pytest

from assessor import load_ruleset
from assessor.loading.reference import BUNDLED
from benchmarks.peers.decision import peers_ruleset
from tests.support.engines import differences
from tests.support.rulesets import random_ruleset
from tests.support.tables import OPENNESS, random_rows


@pytest.mark.parametrize("openness", OPENNESS)
def test_the_bundled_guide(openness: float) -> None:
    guide = load_ruleset(BUNDLED)
    assert differences(guide, random_rows(random.Random(1), guide, 250, openness)) == []


@pytest.mark.slow
@pytest.mark.parametrize("openness", OPENNESS)
def test_the_decision_of_the_peers(openness: float) -> None:
    peers = peers_ruleset()
    assert differences(peers, random_rows(random.Random(2), peers, 250, openness)) == []


@pytest.mark.slow
@pytest.mark.parametrize("openness", OPENNESS)
def test_random_rule_sets(openness: float) -> None:
    for seed in range(50):
        ruleset = random_ruleset(random.Random(seed), most_decisions=1 + seed % 3)
        assert differences(ruleset, random_rows(random.Random(seed), ruleset, 20, openness)) == []
