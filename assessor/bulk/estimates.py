"""Work out an estimate for many rows at once, by the steps that `assess` takes for one."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessor.logic.bundle import BundleEstimate, BundleQuestion
from assessor.model.formulas import step_values

Floats = NDArray[np.float64]
_Value = Any  # an array, or a float that stands for every row


def estimate_columns(
    estimate: BundleEstimate, questions: Sequence[BundleQuestion], values: Mapping[int, Floats], count: int
) -> tuple[Floats, Floats, Floats]:
    """Return the low, likely and high of an estimate; NaN while a number without a default is open.

    Args:
        estimate: The estimate.
        questions: The questions of the bundle.
        values: For each question that is a number, its answers; NaN where open.
        count: The number of rows.
    """
    ranges: list[tuple[_Value, ...]] = []
    low: _Value
    likely: _Value
    high: _Value
    for each in estimate["inputs"]:
        if not isinstance(each, dict):
            low, likely, high = map(float, each)
            ranges.append((likely, low) if low == high else (likely, low, high))
            continue
        answers = values.get(each["question"])
        default = questions[each["question"]].get("default", [np.nan] * 3)
        if answers is None:
            answers = np.full(count, np.nan)
        is_open = np.isnan(answers)
        if not is_open.any():
            ranges.append((answers, answers))
            continue
        low, likely, high = (np.where(is_open, float(value), answers) for value in default)
        ranges.append((likely, low) if default[0] == default[2] else (likely, low, high))
    likely = _evaluate(estimate["steps"], [each[0] for each in ranges], count)
    low = high = likely
    for corner in itertools.product(*(each[1:] for each in ranges)):
        result = _evaluate(estimate["steps"], corner, count)
        low, high = np.minimum(low, result), np.maximum(high, result)
    return low, likely, high


def _evaluate(steps: Sequence[int | str], inputs: Sequence[_Value], count: int) -> Floats:
    *_, result = step_values(steps, inputs)
    return np.broadcast_to(np.asarray(result, np.float64), count)
