"""Lay out charts for templates: where each bar starts and ends, in percent of the scale's width.

`charts.js` computes the same once a reader answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessor.assessment.estimates import AssessedEstimate
from assessor.model.rules import Chart, Estimate


@dataclass(frozen=True)
class ChartPart:
    """A segment of the scale, in percent of its width."""

    x: str
    width: str


@dataclass(frozen=True)
class Bar:
    """An estimate on the scale.

    Attributes:
        estimate: The estimate.
        assessed: Its value; `None` while a number that it needs is open.
        likely: The segment from zero to the likely value.
        range: The segment from the low to the high end.
        is_line: Whether it is drawn as the line instead of a bar.
    """

    estimate: Estimate
    assessed: AssessedEstimate | None
    likely: ChartPart
    range: ChartPart
    is_line: bool


@dataclass(frozen=True)
class DrawnChart:
    """A chart with its bars.

    Attributes:
        chart: The chart.
        bars: Its bars, the line last.
        zero: The position of zero.
        line: The position of the line; `None` if it is not known yet.
    """

    chart: Chart
    bars: Sequence[Bar]
    zero: ChartPart
    line: ChartPart | None


def draw_chart(chart: Chart, estimates: Mapping[str, AssessedEstimate | None]) -> DrawnChart:
    """Lay out a chart.

    Args:
        chart: The chart.
        estimates: The values of the estimates, by id.
    """
    assessed = [estimates[each.id] for each in chart.estimates]
    ends = [end for each in assessed if each for end in (each["low"], each["high"])]
    least, most = min([0.0, *ends]), max([0.0, *ends])
    width = (most - least) or 1.0

    def part(start: float, end: float) -> ChartPart:
        low, high = sorted((start, end))
        return ChartPart(f"{100 * (low - least) / width:.2f}%", f"{100 * (high - low) / width:.2f}%")

    bars = [
        Bar(
            estimate,
            each,
            part(0.0, each["likely"] if each else 0.0),
            part(each["low"], each["high"]) if each else part(0.0, 0.0),
            estimate is chart.line,
        )
        for estimate, each in zip(chart.estimates, assessed, strict=True)
    ]
    across = estimates[chart.line.id] if chart.line else None
    return DrawnChart(chart, bars, part(0.0, 0.0), part(across["likely"], across["likely"]) if across else None)
