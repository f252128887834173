"""Python and the script of a page say the same of what moves a difference, to the last bit."""

from __future__ import annotations

import itertools
import json
import random
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assessor import Bundle, RuleSet, compile_ruleset, load_ruleset
from assessor.assessment.assess import Reading
from assessor.assessment.queries.interpreter import Interpreter
from assessor.loading.reference import BUNDLED
from assessor.logic.bundle import BundleEstimate
from tests.support.rulesets import random_answers, random_ruleset
from tools.node import ensure_node

_PROGRAM = Path(__file__).parent / "run_sensitivity.js"
_RULESETS = 150
_ANSWERS = 6


def _inputs(one: BundleEstimate, other: BundleEstimate) -> list[tuple[int, int]]:
    """Return every input alone, and those that both have together."""
    both = [
        (first, second)
        for (first, mine), (second, theirs) in itertools.product(enumerate(one["inputs"]), enumerate(other["inputs"]))
        if mine == theirs
    ]
    alone = [(position, -1) for position in range(len(one["inputs"]))]
    return [*both, *alone, *((-1, position) for position in range(len(other["inputs"])))]


def _samples() -> Iterator[tuple[Bundle, Sequence[BundleEstimate], list[tuple[int, int]], Mapping[str, Any]]]:
    rulesets: list[RuleSet] = [load_ruleset(BUNDLED)]
    rulesets += [random_ruleset(random.Random(seed), most_estimates=4) for seed in range(_RULESETS)]
    for seed, ruleset in enumerate(rulesets):
        bundle = compile_ruleset(ruleset)
        rng = random.Random(seed)
        for pair in itertools.permutations(bundle["estimates"], 2):
            for _ in range(_ANSWERS):
                yield bundle, pair, _inputs(*pair), random_answers(rng, ruleset)


def test_the_script_finds_the_effects_that_python_finds() -> None:
    samples = list(_samples())
    expected = [
        [list(effect) for effect in Reading(Interpreter(bundle), answers).sensitivity([e["id"] for e in pair], inputs)]
        for bundle, pair, inputs, answers in samples
    ]
    given = [[bundle, [each["id"] for each in pair], inputs, answers] for bundle, pair, inputs, answers in samples]
    run = subprocess.run(
        [ensure_node(), str(_PROGRAM)], input=json.dumps(given), stdout=subprocess.PIPE, encoding="utf-8", check=True
    )
    assert json.loads(run.stdout, parse_int=float) == expected
    # Enough of them move, and some wait for a number.
    assert sum(low != high for effects in expected for low, high in effects) > 1000
    assert expected.count([]) > 20
