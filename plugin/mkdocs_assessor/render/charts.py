"""Lay out charts for templates: where each bar starts and ends, in percent of the scale's width, and the sentences.

`charts.js` computes the same once a reader answers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessor.assessment.assess import Reading, interpreter_of
from assessor.assessment.estimates import AssessedEstimate
from assessor.language.quantities import is_range, subtracted
from assessor.model.answers import Answer
from assessor.model.estimates.charts import Chart
from assessor.model.estimates.estimates import Estimate
from assessor.model.facts import Fact
from assessor.model.formulas.arithmetic import inputs
from assessor.model.questions.numbers import Number
from assessor.model.rules.outcomes import TONES
from assessor.model.ruleset import RuleSet

# An axis has at most one tick more: four long numbers fit on a phone.
MOST_INTERVALS = 3


@dataclass(frozen=True)
class ChartPart:
    """A segment of the scale, in percent of its width."""

    x: str
    width: str


@dataclass(frozen=True)
class Scale:
    """The stretch of numbers that a drawing shows, from its left end to its right end."""

    least: float
    most: float

    def part(self, start: float, end: float) -> ChartPart:
        """Return the segment between two values."""
        low, high = sorted((start, end))
        return ChartPart(f"{100 * self._share(low):.2f}%", f"{100 * ((high - low) / self._width):.2f}%")

    def _share(self, value: float) -> float:
        return (value - self.least) / self._width

    @property
    def _width(self) -> float:
        return (self.most - self.least) or 1.0


@dataclass(frozen=True)
class Bar:
    """An estimate on the scale.

    Attributes:
        estimate: The estimate.
        assessed: Its value; `None` while a number that it needs is open.
        likely: The position of the likely value; `None` if it is not drawn.
        range: The segment from the low to the high end; `None` if it is not drawn.
        is_line: Whether it is the line instead of a bar.
        is_amount: Whether words replace values below zero.
        tone: The tone of its outcome; empty without one.
    """

    estimate: Estimate
    assessed: AssessedEstimate | None
    likely: ChartPart | None
    range: ChartPart | None
    is_line: bool
    is_amount: bool
    tone: str


@dataclass(frozen=True)
class Tick:
    """A number on the axis.

    Attributes:
        value: The number; `None` for a tick that is not drawn now.
        at: Its position.
    """

    value: float | None
    at: ChartPart


@dataclass(frozen=True)
class Move:
    """What one input does to the difference.

    Attributes:
        part: The number question or fact.
        positions: Its positions in the inputs of both estimates, -1 for none.
        effect: The difference at both ends of its range, the lower first; `None` if it moves nothing now.
    """

    part: Number | Fact
    positions: tuple[int, int]
    effect: tuple[float, float] | None


@dataclass(frozen=True)
class Comparison:
    """The sentences about two bars.

    Attributes:
        first: The estimate to compare.
        second: The estimate to compare it with.
        cases: Which sentences hold, of `more`, `less`, `same`, `below` and `never`; none while an input is open.
        difference: The likely difference, without its sign, and how far its range can reach; zero while an input is
            open.
        even: The value of the break-even; `None` without one, or while an input is open.
        moves: What each input does, the greatest effect first.
        questions: The number questions that both estimates use.
    """

    first: Estimate
    second: Estimate
    cases: Sequence[str]
    difference: AssessedEstimate
    even: AssessedEstimate | None
    moves: Sequence[Move]
    questions: Sequence[Number]


@dataclass(frozen=True)
class DrawnChart:
    """A chart with its bars.

    Attributes:
        chart: The chart.
        bars: Its bars, the line last.
        zero: The position of zero.
        line: The position of the line; `None` if it is not drawn.
        ticks: As many ticks as an axis can have, from its left end to its right end.
        comparison: The sentences about two of the bars.
        moves: The scale for the moves of the comparison.
    """

    chart: Chart
    bars: Sequence[Bar]
    zero: ChartPart
    line: ChartPart | None
    ticks: Sequence[Tick]
    comparison: Comparison | None
    moves: Scale


def draw_chart(chart: Chart, ruleset: RuleSet, answers: Mapping[str, Answer]) -> DrawnChart:
    """Lay out a chart.

    Args:
        chart: The chart.
        ruleset: Its rule set.
        answers: The answers.
    """
    tones = tones_of(ruleset)
    estimates = Reading(interpreter_of(ruleset), answers).estimates()
    drawn = {each.id: _drawn(estimates[each.id], is_amount=each.id in ruleset.break_evens) for each in chart.estimates}
    ticks = _ticks(end for each in drawn.values() if each for end in (each[0], each[2]))
    scale = Scale(ticks[0], ticks[-1]) if ticks else Scale(0.0, 1.0)
    bars = [
        Bar(
            estimate,
            estimates[estimate.id],
            None if values is None or values[1] is None else scale.part(values[1], values[1]),
            None if values is None else scale.part(values[0], values[2]),
            estimate is chart.line,
            estimate.id in ruleset.break_evens,
            "" if estimate.outcome is None else tones[estimate.outcome.id],
        )
        for estimate, values in ((each, drawn[each.id]) for each in chart.estimates)
    ]
    line = next((bar.likely for bar in bars if bar.is_line), None)
    comparison = _compare(chart, ruleset, answers, estimates) if chart.compare else None
    moved = [end for move in (comparison.moves if comparison else ()) for end in move.effect or ()]
    moves = Scale(min([0.0, *moved]), max([0.0, *moved]))
    return DrawnChart(chart, bars, scale.part(0.0, 0.0), line, _places(ticks, scale), comparison, moves)


def _drawn(assessed: AssessedEstimate | None, *, is_amount: bool) -> tuple[float, float | None, float] | None:
    """Return the low end, the likely value and the high end as drawn: of an amount nothing below zero is."""
    if assessed is None:
        return None
    low, likely, high = assessed["low"], assessed["likely"], assessed["high"]
    if not is_amount:
        return low, likely, high
    return None if high <= 0 else (max(low, 0.0), likely if likely > 0 else None, high)


def _ticks(ends: Iterable[float]) -> list[float]:
    """Return the round numbers on the axis for some ends of bars; the first and the last are the ends of the scale."""
    listed = list(ends)
    if not listed:
        return []
    least, most = min(0.0, *listed), max(0.0, *listed)
    if least == most:
        most = 1.0
    unit = float(f"1e{Decimal(repr((most - least) / MOST_INTERVALS)).adjusted()}")
    for step in (factor * unit for factor in (1, 2, 5, 10, 20)):
        first, last = math.floor(least / step), math.ceil(most / step)
        if last - first <= MOST_INTERVALS:
            break
    return [number * step for number in range(first, last + 1)]


def _places(ticks: Sequence[float], scale: Scale) -> list[Tick]:
    """Return the ticks at their positions; those that are not needed are before the last."""
    values = [*ticks[:-1], *[None] * (MOST_INTERVALS + 1 - len(ticks)), *ticks[-1:]]
    return [Tick(value, scale.part(value or 0.0, value or 0.0)) for value in values]


def _compare(
    chart: Chart, ruleset: RuleSet, answers: Mapping[str, Answer], estimates: Mapping[str, AssessedEstimate | None]
) -> Comparison:
    """Compare the two bars that a chart names.

    Args:
        chart: The chart.
        ruleset: Its rule set.
        answers: The answers.
        estimates: The values of the estimates, by id.
    """
    first, second = chart.compare
    cases: list[str] = []
    one, other = estimates[first.id], estimates[second.id]
    by, spread = 0.0, 0.0
    if one and other:
        by = subtracted(one["likely"], other["likely"])
        spread = one["high"] - one["low"] + other["high"] - other["low"]
        cases.append("more" if by > 0 else "less" if by < 0 else "same")
    even = None if chart.break_even is None else estimates[chart.break_even.id]
    if even:
        cases.append("below" if even["likely"] > 0 else "never")
    difference: AssessedEstimate = {"low": 0.0, "likely": abs(by), "high": spread, "unit": first.unit, "assumed": []}
    moves = _moves((first, second), ruleset, answers)
    used = dict.fromkeys(part for estimate in chart.compare for part in inputs(estimate.formula))
    questions = [part for part in used if isinstance(part, Number)]
    return Comparison(first, second, cases, difference, even, moves, questions)


def _moves(pair: tuple[Estimate, Estimate], ruleset: RuleSet, answers: Mapping[str, Answer]) -> list[Move]:
    used = [inputs(estimate.formula) for estimate in pair]
    parts = [part for part in dict.fromkeys([*used[0], *used[1]]) if isinstance(part, (Fact, Number))]
    positions = [(_position(part, used[0]), _position(part, used[1])) for part in parts]
    effects = Reading(interpreter_of(ruleset), answers).sensitivity([each.id for each in pair], positions)
    ends = [_ends(*effect) for effect in effects] or [None] * len(parts)
    moves = [Move(*each) for each in zip(parts, positions, ends, strict=True)]
    return sorted(moves, key=lambda move: move.effect[0] - move.effect[1] if move.effect else 0.0)


def _position(part: object, used: Sequence[object]) -> int:
    return used.index(part) if part in used else -1


def _ends(low: float, high: float) -> tuple[float, float] | None:
    """Return the ends of the bar of an effect, the lower first; none if it moves nothing."""
    return (min(low, high), max(low, high)) if is_range(low, high) else None


def tones_of(ruleset: RuleSet) -> Mapping[str, str]:
    """Return the tone of each outcome: the author's choice, or else the next one that no author's choice takes.

    Args:
        ruleset: The rule set.

    Returns:
        The tones by outcome; empty, which pages show as the colour of the text, once there is no free one.
    """
    taken = {outcome.tone for outcome in ruleset.outcomes}
    free = iter([tone for tone in TONES if tone not in taken])
    return {outcome.id: outcome.tone or next(free, "") for outcome in ruleset.outcomes}
