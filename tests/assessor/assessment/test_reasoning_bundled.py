"""Of the bundled rule set, too, the exact queries agree with an oracle that tries everything.

It has too many questions to try all that could be answered instead of what was, so this asks what depends on the open
questions alone, of which some are left open. What forces a result and what would change it is confirmed by z3.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from typing import Any

import pytest

from assessor import Choice, Number, Question, RuleSet, assess, load_ruleset
from assessor.loading.reference import BUNDLED
from tests.support.oracle import judge
from tests.support.reasoning_oracle import Oracle
from tests.support.rulesets import random_answer, thresholds

pytestmark = pytest.mark.slow

MOST_WAYS = 200


def mostly_answered(rng: random.Random, ruleset: RuleSet) -> dict[str, object]:
    """Answer all questions but some, near to a worked case; some of these with "I don't know"."""
    answers = {question.id: random_answer(rng, ruleset, question) for question in ruleset.questions}
    answers |= {name: answer for name, answer in rng.choice(ruleset.cases).answers.items() if answer is not None}
    ways = 1
    for question in rng.sample(ruleset.questions, rng.randint(3, 12)):
        ways *= _cells(ruleset, question)
        if ways > MOST_WAYS:
            break
        if rng.random() < 0.2:
            answers[question.id] = None
        else:
            del answers[question.id]
    return answers


def _cells(ruleset: RuleSet, question: Question) -> int:
    if isinstance(question, Choice):
        return len(question.options)
    return len(thresholds(ruleset, question)) + 1 if isinstance(question, Number) else 2


@pytest.mark.parametrize("seed", range(4))
def test_random_answers_agree_with_the_oracle(seed: int) -> None:
    ruleset = load_ruleset(BUNDLED)
    rng = random.Random(seed)
    seen: Counter[str] = Counter()
    for _ in range(12):
        answers: Any = mostly_answered(rng, ruleset)
        found: Any = assess(ruleset, answers)
        expected: dict[str, Any] = {**judge(ruleset, answers), **Oracle(ruleset, answers).reading_of_open()}
        reasoned = expected.pop("decisions")
        later = {name: {**each, **reasoned[name]} for name, each in judge(ruleset, answers)["decisions"].items()}
        assert list(later) == list(found["decisions"])
        for said, wanted in ((found, expected), *((found["decisions"][name], each) for name, each in later.items())):
            wrong = [key for key, value in wanted.items() if said[key] != value]
            assert not wrong, answers
        seen["open"] += len(found["possible"]) > 1
        seen["settled"] += found["settled"]
        seen["unknown"] += bool(found["unknown"])
        seen["several matter"] += len(found["matters"]) > 1
        assert math.prod(_cells(ruleset, ruleset.questions_by_id[name]) for name in found["open"]) <= MOST_WAYS
    assert len(seen) == 4
    assert min(seen.values()) > 0, seen
