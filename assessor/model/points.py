"""Points: scores that add up points for what holds, and conditions that compare them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Any, ClassVar

from assessor.errors import RuleSetError, did_you_mean
from assessor.language.decimals import as_written, plain_number
from assessor.language.units import Unit
from assessor.model.conditions import OPPOSITES, Condition, NoCondition, check_condition
from assessor.model.facts import Fact
from assessor.model.formulas.arithmetic import Formula, Operation, Quantity, is_number
from assessor.model.questions.choices import Choice
from assessor.model.questions.numbers import Number, facts_in, worked_out
from assessor.validation import REQUIRED_TEXT, Definition, named_value, unquoted

Points = float | Formula
"""A number of points: as such, as a fact, or as a formula of facts."""

MOST_POINTS = 1_000_000
MOST_PLACES = 6
"""The most decimal places of points. With `MOST_POINTS`, sums stay exact in every interpreter."""

_UNITS = ("", "point", "points")
"""The units that facts with points can have."""


@dataclass(frozen=True)
class Term:
    """Points for one thing: a condition, or the answer to a choice.

    Attributes:
        conditions: Conditions that exclude each other.
        points: The points for each of them. If none holds, there are no points.
        question: The choice, if the points depend on its answer.
    """

    conditions: tuple[Condition, ...]
    points: tuple[Fraction, ...]
    question: Choice | None = None


@dataclass(frozen=True, eq=False)
class Score(Definition, NoCondition):
    """A sum of points. Compare it to use it as a condition: `fit >= 8`, or `fit >= other`.

    Attributes:
        id: The id.
        title: What the points measure, as a noun phrase: "Fit for self-hosting".
        points: The points for each condition that holds. For a choice, the points for each of its options; an option
            without points gives none. Points may be negative, and have up to six decimal places. They can be facts, or
            formulas of facts.
        location: Where the score was created.
    """

    kind: ClassVar[str] = "score"

    id: str
    title: str = field(metadata=REQUIRED_TEXT)
    points: Mapping[Condition | Choice, Points | Mapping[str, Points]]

    def __post_init__(self) -> None:
        """Check the points."""
        super().__post_init__()
        owner = self.owner_name
        given: object = self.points
        if not isinstance(given, Mapping) or not given:
            raise RuleSetError(f"{owner} needs its points by condition: {{pager: 3, size: {{'small': 2}}}}")
        object.__setattr__(self, "points", _read_only(given))
        for part, points in self.points.items():
            if isinstance(part, Choice):
                self._check_options(part, points)
            else:
                if isinstance(part, Number):
                    raise RuleSetError(
                        f"{owner} gives points for the number {part.id!r} as such: give them for a comparison, "
                        f"such as {{{part.id.replace('-', '_')} >= 3: 1}}"
                    )
                check_condition(owner, part)
                if isinstance(points, Mapping):
                    raise RuleSetError(f"{owner} has points by option for a condition: options are those of a choice")
                if not self._checked(points):
                    raise RuleSetError(f"{owner} gives 0 points for a condition, which changes nothing: leave it out")

    def __getstate__(self) -> dict[str, Any]:
        """Return the attributes to pickle or copy: a read-only mapping can be neither."""
        points = [(part, dict(each) if isinstance(each, Mapping) else each) for part, each in self.points.items()]
        return {"id": self.id, "title": self.title, "location": self.location, "points": points}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Restore the attributes, with the points read-only again."""
        vars(self).update(state, points=_read_only(dict(state["points"])))

    def _check_options(self, choice: Choice, points: object) -> None:
        if not isinstance(points, Mapping):
            raise RuleSetError(
                f"{self.owner_name} needs the points for each option of {choice.owner_name}: "
                f"{{{choice.id.replace('-', '_')}: {{{choice.option_ids[0]!r}: {points!r}}}}}"
            )
        for option, value in points.items():
            if option not in choice.option_ids:
                raise RuleSetError(
                    f"{self.owner_name} has points for {option!r}, which is no option of {choice.owner_name}."
                    f"{did_you_mean(str(option), choice.option_ids)}"
                )
            self._checked(value)
        if len({self._checked(points.get(option, 0)) for option in choice.option_ids}) == 1:
            raise RuleSetError(
                f"{self.owner_name} gives the same points for every option of {choice.owner_name}: leave it out"
            )

    def _checked(self, points: object) -> Fraction:
        if isinstance(points, (Fact, Operation, Quantity)):
            exact = self._worked_out(points, "number of points")
        elif is_number(points):
            assert isinstance(points, (int, float))
            exact = as_written(points)
        else:
            raise RuleSetError(
                f"{self.owner_name} has {named_value(points)} as points: write a number or a fact"
                f"{unquoted(points, 'number')}"
            )
        if abs(exact) > MOST_POINTS or (exact * 10**MOST_PLACES).denominator != 1:
            raise RuleSetError(
                f"{self.owner_name} has {float(exact)!r} points: at most {MOST_POINTS:,} with at most {MOST_PLACES} "
                "decimal places can be added up exactly"
            )
        return exact

    def _worked_out(self, given: Fact | Operation | Quantity, what: str) -> Fraction:
        unit = given.unit if str(Unit.parse(given.unit)) in _UNITS else "points"
        return worked_out(given, unit, self.owner_name, what)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts in its points."""
        given = (each.values() if isinstance(each, Mapping) else (each,) for each in self.points.values())
        formulas = (each for points in given for each in points if isinstance(each, Formula))
        return tuple(dict.fromkeys(fact for formula in formulas for fact in facts_in(formula)))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """What gives points."""
        return tuple(
            Term(
                tuple(part.is_(option) for option in part.option_ids),
                tuple(self._checked(points.get(option, 0)) for option in part.option_ids),
                part,
            )
            if isinstance(part, Choice) and isinstance(points, Mapping)
            else Term((part,), (self._checked(points),))  # type: ignore[arg-type]  # the constructor has checked it
            for part, points in self.points.items()
        )

    @cached_property
    def scale(self) -> int:
        """The power of ten that makes all points whole numbers."""
        values = [value for term in self.terms for value in term.points]
        powers = [int(10**places) for places in range(MOST_PLACES + 1)]
        return next(power for power in powers if all((value * power).denominator == 1 for value in values))

    def conditions(self) -> Iterator[Condition]:
        """Yield every condition that gives points."""
        return (condition for term in self.terms for condition in term.conditions)

    def condition_hint(self, owner: str) -> str:
        """Return how to compare a score; `a < b & c` needs brackets."""
        return "compare the points of a score: (score >= 8)"

    def __ge__(self, threshold: Score | Points) -> PointsComparison:
        """Return the condition that there are at least so many points."""
        return self._compare(">=", threshold)

    def __gt__(self, threshold: Score | Points) -> PointsComparison:
        """Return the condition that there are more points."""
        return self._compare(">", threshold)

    def __le__(self, threshold: Score | Points) -> PointsComparison:
        """Return the condition that there are at most so many points."""
        return self._compare("<=", threshold)

    def __lt__(self, threshold: Score | Points) -> PointsComparison:
        """Return the condition that there are fewer points."""
        return self._compare("<", threshold)

    def _compare(self, sign: str, threshold: object) -> PointsComparison:
        if isinstance(threshold, Score):
            if threshold is self:
                raise RuleSetError(f"{self.owner_name} is compared with itself")
            return PointsComparison(self, sign, Fraction(0), threshold)
        if isinstance(threshold, (Fact, Operation, Quantity)):
            exact = self._worked_out(threshold, "threshold")
            return PointsComparison(self, sign, exact, facts=facts_in(threshold))
        if not is_number(threshold):
            raise RuleSetError(
                f"{self.owner_name} is compared with {named_value(threshold)}: a number, a fact or another score is "
                f"needed"
                f"{unquoted(threshold, 'score')}"
            )
        assert isinstance(threshold, (int, float))
        return PointsComparison(self, sign, as_written(threshold))


@dataclass(frozen=True)
class PointsComparison(Condition):
    """The condition that a score has at least, more than, fewer than or at most so many points.

    Attributes:
        score: The score.
        operator: `>=`, `>`, `<` or `<=`.
        threshold: The number of points, if it is not compared with another score.
        other: The score that it is compared with.
        facts: The facts that the threshold comes from, if any.
    """

    score: Score
    operator: str
    threshold: Fraction
    other: Score | None = None
    facts: tuple[Fact, ...] = ()

    @property
    def scores(self) -> tuple[Score, ...]:
        """The scores that it compares."""
        return (self.score,) if self.other is None else (self.score, self.other)

    @cached_property
    def parts(self) -> tuple[Condition, ...]:
        """The conditions that give points."""
        return tuple(condition for score in self.scores for condition in score.conditions())

    def __invert__(self) -> Condition:
        """Return the comparison with the opposite operator."""
        return replace(self, operator=OPPOSITES[self.operator])

    @cached_property
    def scale(self) -> int:
        """The number that makes all points whole."""
        return math.lcm(*(score.scale for score in self.scores))

    @property
    def whole_threshold(self) -> int:
        """The whole number with which to compare the points, times the scale, by the same operator."""
        exact = self.threshold * self.scale
        return math.floor(exact) if self.operator in (">", "<=") else math.ceil(exact)

    @property
    def weights(self) -> Iterator[tuple[Condition, int]]:
        """Each condition that gives points, with its points times the scale; those of the other score are negated."""
        for score, sign in zip(self.scores, (1, -1), strict=False):
            for term in score.terms:
                for condition, points in zip(term.conditions, term.points, strict=True):
                    if points:
                        yield condition, sign * int(points * self.scale)

    @property
    def bound(self) -> float:
        """The threshold as a number to show."""
        return plain_number(float(self.threshold))


def _read_only(
    points: Mapping[Condition | Choice, Points | Mapping[str, Points]],
) -> Mapping[Condition | Choice, Points | Mapping[str, Points]]:
    copies = {
        part: MappingProxyType(dict(each)) if isinstance(each, Mapping) else each for part, each in points.items()
    }
    return MappingProxyType(copies)
