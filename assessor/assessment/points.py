"""Compute points. `points.js` corresponds to this file."""

from __future__ import annotations

from typing import TypedDict

from assessor.assessment.queries.restriction import Restriction
from assessor.language.decimals import plain_number
from assessor.logic.bundle import BundlePoints, BundleScore


class PointsRange(TypedDict):
    """The fewest and the most points that some way of answering the open questions gives."""

    low: float
    high: float


class AssessedScore(PointsRange):
    """The points of a score, and those of each of its terms, in order."""

    terms: list[PointsRange]


def assess_score(score: BundleScore, restriction: Restriction) -> AssessedScore:
    """Return the points of a score. They are exact: some way of answering gives each end of the range.

    Args:
        score: The score.
        restriction: The bundle restricted to the answers.
    """
    sums = [_ends(each, restriction) for each in score.get("sums", score["terms"])]
    return {
        **_range(sum(low for low, _ in sums), sum(high for _, high in sums), score["scale"]),
        "terms": [_range(*_ends(each, restriction), score["scale"]) for each in score["terms"]],
    }


def reach_of(score: BundleScore) -> PointsRange:
    """Return the fewest and the most points that any answers give."""
    sums = score.get("sums", score["terms"])
    return _range(sum(min(each["points"]) for each in sums), sum(max(each["points"]) for each in sums), score["scale"])


def _ends(part: BundlePoints, restriction: Restriction) -> tuple[int, int]:
    points = [part["points"][leaf] for leaf in restriction.leaves(restriction.function(part["root"]))]
    return min(points), max(points)


def _range(low: int, high: int, scale: int) -> PointsRange:
    return {"low": plain_number(low / scale), "high": plain_number(high / scale)}
