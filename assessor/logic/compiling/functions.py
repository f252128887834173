"""Compile conditions to functions in one decision diagram, over the cells of the questions."""

from __future__ import annotations

import bisect
import functools
import itertools
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assessor.language.dates import day_after
from assessor.logic.diagram import FALSE, TRUE, Addend, Diagram, leaf
from assessor.model.answers import Answer, Bound
from assessor.model.conditions import AllOf, AnyOf, AtLeast, Comparison, Condition, Criterion, Not, walk
from assessor.model.points import PointsComparison, Score
from assessor.model.questions.choices import Choice, ChoiceQuestion, Is
from assessor.model.questions.dates import Date
from assessor.model.questions.numbers import Number
from assessor.model.questions.question import Question, YesNo
from assessor.model.rules.decisions import OutcomeIs, with_earlier

# Numbers with as many characters are a sum's or a neighbour of what an author wrote.
_LONG = 16


class ConditionCompiler:
    """Compiles each condition to its function.

    Attributes:
        diagram: The diagram that holds the functions.
        values: For each question that conditions may use, one answer from each of its cells.
    """

    def __init__(self, values: Mapping[str, Sequence[Answer]], diagram: Diagram, variables: Mapping[str, int]) -> None:
        """Create a compiler without functions.

        Args:
            values: For each question that conditions may use, one answer from each of its cells.
            diagram: The diagram to create the functions in.
            variables: For each question, its variable in the diagram.
        """
        self.values = values
        self.diagram = diagram
        self._variables = variables
        self._compiled: dict[int, tuple[Condition, int]] = {}
        self._left_out: tuple[Score, int, int | None] | None = None

    def under(self, values: Mapping[str, Sequence[Answer]], names: Mapping[str, str]) -> ConditionCompiler:
        """Return a compiler into the same diagram for conditions with other question ids or answers.

        Args:
            values: For each question, its answer in each cell.
            names: For each question, the question of this compiler that has these cells.
        """
        variables = {name: self._variables[known] for name, known in names.items()}
        return ConditionCompiler(values, self.diagram, variables)

    def without(self, score: Score, term: int, option: int | None = None) -> ConditionCompiler:
        """Return a compiler into the same diagram in which a term of a score, or an option in it, gives no points."""
        other = ConditionCompiler(self.values, self.diagram, self._variables)
        other._left_out = score, term, option
        return other

    def variable(self, question_id: str) -> int:
        """Return the variable of a question."""
        return self._variables[question_id]

    def compile(self, condition: Condition) -> int:
        """Return the function that is true where a condition holds.

        Raises:
            DiagramTooLargeError: If the diagram would exceed its limit.
            RecursionError: If the condition is nested too deeply.
        """
        known = self._compiled.get(id(condition))
        if known is None:
            # Keep the condition too: otherwise its id could be reused by another object.
            known = self._compiled[id(condition)] = (condition, self._compile(condition))
        return known[1]

    def offered(self, questions: Iterable[ChoiceQuestion]) -> int:
        """Return where the answers to some questions are options that are offered."""
        offered = TRUE
        for question in questions:
            for option, asked_when in question.restricted.items():
                is_chosen = self._test(question.id, (option,))
                offered = self.diagram.choose(
                    is_chosen, self.diagram.choose(self.compile(asked_when), offered, FALSE), offered
                )
        return offered

    def first_that_holds(self, conditions: Sequence[Condition]) -> int:
        """Return, as a function, the position of the first condition that holds, or their number if none does."""
        decided = leaf(len(conditions))
        for position in reversed(range(len(conditions))):
            decided = self.diagram.choose(self.compile(conditions[position]), leaf(position), decided)
        return decided

    def addends(self, score: Score, scale: int) -> list[Addend]:
        """Return what gives the points of a score, with `scale` times the points.

        Args:
            score: The score.
            scale: A multiple of the score's own scale, so that they are whole.
        """
        found = []
        for place, term in enumerate(score.terms):
            conditions = tuple(map(self.compile, term.conditions))
            points = [int(each * scale) for each in term.points]
            if self._left_out is not None and (score, place) == self._left_out[:2]:
                option = self._left_out[2]
                points = [0 if option in (None, each) else given for each, given in enumerate(points)]
            # One option of a choice holds if no other does.
            left = 0 if term.question is None else points.pop()
            found.append(Addend(conditions[: len(points)], tuple(points), left))
        return found

    def difference(self, comparison: PointsComparison) -> list[Addend]:
        """Return what gives the points of a comparison, times its scale; those of the other score negated."""
        totals: dict[tuple[int, ...], Addend] = {}
        for score, sign in zip(comparison.scores, (1, -1), strict=False):
            for each in self.addends(score, comparison.scale):
                known = totals.get(each.conditions, Addend(each.conditions, (0,) * len(each.points)))
                points = tuple(one + sign * other for one, other in zip(known.points, each.points, strict=True))
                totals[each.conditions] = Addend(each.conditions, points, known.otherwise + sign * each.otherwise)
        return list(totals.values())

    def _compare(self, comparison: PointsComparison) -> int:
        """Return where a score, or the difference of two, is on one side of the threshold."""
        # Terms with the same questions stand together, as they do in the diagram.
        ordered = sorted(self.difference(comparison), key=lambda each: self._first_variable(each.conditions))
        reached = self.diagram.reaches(comparison.whole_threshold + (comparison.operator in (">", "<=")), ordered)
        return reached if comparison.operator in (">=", ">") else self.diagram.negation(reached)

    def _first_variable(self, functions: Iterable[int]) -> int:
        return min((self.diagram.variables[each] for each in functions if each >= 0), default=0)

    def _compile(self, condition: Condition) -> int:
        diagram = self.diagram
        if isinstance(condition, YesNo):
            return self._test(condition.id, (True,))
        if isinstance(condition, Is):
            if condition.of_any_answer is not condition:
                return self.compile(condition.of_any_answer)
            return self._test(condition.question.id, condition.options)
        if isinstance(condition, Comparison):
            values = self.values[condition.question.id]
            above = bisect.bisect_left(values, condition.cut, key=_ordered)
            is_above, is_below = (TRUE, FALSE) if condition.holds_above else (FALSE, TRUE)
            children = (is_below,) * above + (is_above,) * (len(values) - above)
            return diagram.node(self._variables[condition.question.id], children)
        if isinstance(condition, PointsComparison):
            return self._compare(condition)
        if isinstance(condition, OutcomeIs):
            rules = condition.decision.rules
            leaves = [TRUE if rule.then.id in condition.outcomes else FALSE for rule in rules]
            return diagram.relabelled(self.first_that_holds([rule.when for rule in rules]), [*leaves, FALSE])
        parts = [self.compile(part) for part in condition.parts]
        if isinstance(condition, Criterion):
            return parts[0]
        if isinstance(condition, Not):
            return diagram.negation(parts[0])
        if isinstance(condition, AtLeast):
            return diagram.at_least(condition.count, parts)
        if isinstance(condition, AllOf):
            return functools.reduce(lambda both, part: diagram.choose(part, both, FALSE), reversed(parts), TRUE)
        if isinstance(condition, AnyOf):
            return functools.reduce(lambda any_, part: diagram.choose(part, TRUE, any_), reversed(parts), FALSE)
        raise TypeError(f"no way to compile {condition!r}")

    def _test(self, question_id: str, holding: Sequence[Answer]) -> int:
        children = tuple(TRUE if value in holding else FALSE for value in self.values[question_id])
        return self.diagram.node(self._variables[question_id], children)


def cell_values(question: Question, cuts: Iterable[Bound] = ()) -> list[Answer]:
    """Return one answer from each cell of a question; for a number or a date, the smallest.

    Args:
        question: The question.
        cuts: The cuts of a number or a date, in ascending order.
    """
    if isinstance(question, Choice):
        return list(question.option_ids)
    if isinstance(question, Date):
        return [question.minimum, *cuts]
    return [float(question.minimum), *cuts] if isinstance(question, Number) else [False, True]


def cell_of(values: Sequence[Answer], answer: Answer) -> int:
    """Return the cell that contains an answer.

    Args:
        values: One answer from each cell of the question, as `cell_values` returns them.
        answer: An answer that the question accepts, but not `None`.
    """
    # An option is one of the values. So is a date only at the start of a cell.
    if isinstance(answer, bool) or answer in values:
        return values.index(answer)
    return bisect.bisect_right(values, _ordered(answer), key=_ordered) - 1


def cell_samples(values: Sequence[Answer], maximum: Bound) -> list[Answer]:
    """Return an answer from each cell for people to read.

    For a cell above 5, this is the next round number, and not 5 + 1e-15; for the dates before the first cut, the last.

    Args:
        values: The smallest number or date of each cell, as `cell_values` returns them.
        maximum: The greatest number or date of the last cell.
    """
    if isinstance(maximum, str):
        return [*(day_after(str(cut), -1) for cut in values[1:2]), *values[len(values[1:2]) :]]
    lows = [_number(value) for value in values]
    ends = [*(math.nextafter(low, -math.inf) for low in lows[1:]), maximum]
    return [_round_number(low, end) for low, end in zip(lows, ends, strict=True)]


def _round_number(low: float, end: float) -> float:
    """Return the roundest number from `low` to `end` that is close to `low`, which may have digits to the last bit."""
    if low.is_integer() or (len(repr(low)) < _LONG and abs(low) > sys.float_info.min):
        return low
    for places in range(sys.float_info.dig):
        scale = 10.0**places
        number = math.ceil(low * scale) / scale
        if low <= number <= end:
            return number
    return low


def scale_of(question: Number, thresholds: Iterable[float]) -> float:
    """Return a round number that usual answers to a question without a maximum don't exceed.

    It is the least of 1, 2 or 5 times a power of ten that is at least ten times each threshold, the minimum and the
    default. If all these are 0, every answer is usual.

    Args:
        question: The question.
        thresholds: What the rules compare it with.
    """
    known = [float(question.minimum), *thresholds, *(() if question.default is None else question.default.range)]
    wanted = 10 * max(map(abs, known))
    if not wanted:
        return question.maximum
    rounds = (float(factor * 10**power) for power in itertools.count() for factor in (1, 2, 5))
    return min(next(each for each in rounds if each >= wanted), question.maximum)


def cuts_of(conditions: Iterable[Condition]) -> dict[str, dict[Bound, Bound | None]]:
    """Return the cuts of each number and date, rising, each with the greatest answer below it if that is named.

    Where conditions name a cut in two ways, such as `>= 6` and `> 5` for whole numbers, the first one counts.
    """
    cuts: dict[str, dict[Bound, Bound | None]] = {}
    for condition in conditions:
        for each in walk(condition):
            if isinstance(each, Comparison):
                cuts.setdefault(each.question.id, {}).setdefault(each.cut, each.greatest_below)
    return {name: {cut: found[cut] for cut in sorted(found, key=_ordered)} for name, found in cuts.items()}


def questions_of(condition: Condition) -> Iterable[str]:
    """Yield the ids of the questions that a condition uses, in the order of mention, with repetitions."""
    for part in with_earlier(condition):
        if isinstance(part, Is) and part.of_any_answer is not part:
            yield from questions_of(part.of_any_answer)
        elif isinstance(part, YesNo):
            yield part.id
        elif isinstance(part, (Is, Comparison)):
            yield part.question.id


def _ordered(value: Answer) -> Any:
    """Return a number or a date as what its like are compared with."""
    return value if isinstance(value, str) else _number(value)


def _number(value: Answer) -> float:
    assert isinstance(value, (int, float))
    return float(value)
