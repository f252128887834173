"""Work out estimates from the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from assessor.logic.bundle import BundleEstimate, BundleInput, BundleQuestion
from assessor.model.answers import Answer
from assessor.model.formulas import Range, evaluate_steps


class AssessedEstimate(TypedDict):
    """An estimate, and the open questions for which it uses the default."""

    low: float
    likely: float
    high: float
    unit: str
    assumed: list[str]


GUESSED = 0.2
"""How far an input without a range is moved, as a share of its value."""


def assess_estimate(
    estimate: BundleEstimate, questions: Sequence[BundleQuestion], answers: Mapping[str, Answer]
) -> AssessedEstimate | None:
    """Return an estimate for some answers, or `None` while a number without a default is open.

    Args:
        estimate: The estimate.
        questions: The questions of the bundle.
        answers: The answers.
    """
    ranges, assumed = _ranges(estimate, questions, answers)
    if ranges is None:
        return None
    low, likely, high = evaluate_steps(estimate["steps"], ranges)
    return {"low": low, "likely": likely, "high": high, "unit": estimate["unit"], "assumed": assumed}


def sensitivity(
    estimates: Sequence[BundleEstimate],
    inputs: Sequence[Sequence[int]],
    questions: Sequence[BundleQuestion],
    answers: Mapping[str, Answer],
) -> list[tuple[float, float]]:
    """Return what each input does to the difference of two estimates while the others have their likely values.

    It is the difference at the low and at the high end of the input's range. The list is empty while a number that the
    estimates need is open.

    Args:
        estimates: The two estimates; the second is subtracted from the first.
        inputs: The inputs to move, each as its positions in the `inputs` of both estimates; -1 if one does not use it.
        questions: The questions of the bundle.
        answers: The answers.
    """
    both = [ranges for ranges, _ in (_ranges(each, questions, answers) for each in estimates) if ranges is not None]
    if len(both) < len(estimates):
        return []

    def difference(positions: Sequence[int], end: int) -> float:
        values: list[float] = []
        for estimate, ranges, position in zip(estimates, both, positions, strict=True):
            at = [Range.exactly(each.likely) for each in ranges]
            if position >= 0:
                at[position] = Range.exactly(_moved(estimate["inputs"][position], ranges[position], end, questions))
            values.append(evaluate_steps(estimate["steps"], at).likely)
        return values[0] - values[1]

    return [(difference(positions, 0), difference(positions, 2)) for positions in inputs]


def _moved(given: BundleInput | list[float], span: Range, end: int, questions: Sequence[BundleQuestion]) -> float:
    """Return the value of an input at an end of its range, 0 or 2.

    What has no range is moved by a guess: a fact, and the answer to a number question, within what can be answered.
    """
    if not span.is_exact:
        return span[end]
    guessed = span.likely * (1 + GUESSED * (end - 1))
    if not isinstance(given, dict):
        return guessed
    question = questions[given["question"]]
    return min(max(guessed, float(question["minimum"])), float(question["maximum"]))


def _ranges(
    estimate: BundleEstimate, questions: Sequence[BundleQuestion], answers: Mapping[str, Answer]
) -> tuple[list[Range] | None, list[str]]:
    """Return the range of each input and the questions whose default counts; no ranges while a number is open."""
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
            return None, assumed
    return ranges, assumed
