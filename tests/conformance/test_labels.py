"""Python and the script of a page say alike what an answer must change to, in every language."""

from __future__ import annotations

import itertools
import json
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assessor import Number, Rule, RuleSet, assess, compile_ruleset, otherwise
from assessor.language.words import languages, load_words
from assessor.reports.record.markdown import record_phrases
from assessor.reports.wording import change_label
from tests.support.assessor.samples import GO, STAY, ruleset_of
from tests.support.rulesets import random_answers, random_ruleset
from tools.node import ensure_node

_PROGRAM = Path(__file__).parent / "run_labels.js"
_RULE_SETS = 60


def _stretches() -> Iterator[RuleSet]:
    """Yield rule sets that decide by a stretch of numbers, with each kind of bound at either end."""
    number = Number("n", "How many?", unit="seat|seats", minimum=0, maximum=1_000_000)
    for low, high in itertools.product((number >= 1_000, number > 1_000), (number < 2_000.5, number <= 2_000.5)):
        yield ruleset_of([number], [Rule(low & high, GO, "x"), otherwise(STAY, "y")])


def _changes() -> Iterator[tuple[RuleSet, Any]]:
    for ruleset in _stretches():
        [[change]] = (assess(ruleset, {"n": 1})["changes"]["go"] or {"sets": []})["sets"]
        yield ruleset, change
    for seed in range(_RULE_SETS):
        rng = random.Random(seed)
        ruleset = random_ruleset(rng, most_questions=8, most_rules=8)
        for _ in range(20):
            found = assess(ruleset, random_answers(rng, ruleset))["changes"].values()
            yield from (
                (ruleset, each) for changes in found if changes for changed in changes["sets"] for each in changed
            )


@pytest.mark.parametrize("language", languages())
def test_the_script_says_changes_as_python_does(language: str) -> None:
    words = load_words(language)
    changes = [*_changes()]
    given = [[record_phrases(each, words), compile_ruleset(each)["questions"], change] for each, change in changes]
    run = subprocess.run(
        [ensure_node(), str(_PROGRAM)], input=json.dumps(given), stdout=subprocess.PIPE, encoding="utf-8", check=True
    )
    expected = [change_label(each.questions_by_id[change["question"]], change, words) for each, change in changes]
    assert json.loads(run.stdout) == expected
