"""Generate complete answers, as readers might give them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from assessor import Choice, Number, Question, RuleSet


def complete_answers(ruleset: RuleSet, count: int, seed: int) -> list[dict[str, Any]]:
    """Return random answers to all questions, uniform over options and number ranges."""
    rng = random.Random(seed)
    return [{question.id: _answer(rng, question) for question in ruleset.questions} for _ in range(count)]


def with_underscores(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers to the peers' decision with the names that its file uses."""
    return {name.replace("-", "_"): answer for name, answer in answers.items()}


def _answer(rng: random.Random, question: Question) -> Any:
    if isinstance(question, Choice):
        return rng.choice(question.option_ids)
    if isinstance(question, Number):
        if float(question.minimum).is_integer() and float(question.maximum).is_integer():
            return rng.randint(int(question.minimum), int(question.maximum))
        return rng.uniform(question.minimum, question.maximum)
    return rng.random() < 0.5
