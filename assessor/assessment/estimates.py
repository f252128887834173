"""Work out estimates from the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from assessor.logic.bundle import BundleEstimate, BundleQuestion
from assessor.model.answers import Answer
from assessor.model.formulas import Range, evaluate_steps


class AssessedEstimate(TypedDict):
    """An estimate, and the open questions for which it uses the default."""

    low: float
    likely: float
    high: float
    unit: str
    assumed: list[str]


def assess_estimate(
    estimate: BundleEstimate, questions: Sequence[BundleQuestion], answers: Mapping[str, Answer]
) -> AssessedEstimate | None:
    """Return an estimate for some answers, or `None` while a number without a default is open.

    Args:
        estimate: The estimate.
        questions: The questions of the bundle.
        answers: The answers.
    """
    ranges: list[Range] = []
    assumed: list[str] = []
    for each in estimate["inputs"]:
        if not isinstance(each, dict):
            ranges.append(Range(*each))
            continue
        question = questions[each["question"]]
        answer = answers.get(question["id"])
        if answer is not None:
            ranges.append(Range.exactly(float(answer)))
        elif "default" in question:
            ranges.append(Range(*question["default"]))
            assumed.append(question["id"])
        else:
            return None
    low, likely, high = evaluate_steps(estimate["steps"], ranges)
    return {"low": low, "likely": likely, "high": high, "unit": estimate["unit"], "assumed": assumed}
