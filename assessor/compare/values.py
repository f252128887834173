"""Compare attributes of parts, and put them into words."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from assessor.compare.renames import Renames
from assessor.language.quantities import format_quantity
from assessor.language.words import Words
from assessor.model.answers import answers_text
from assessor.model.conditions import AtLeast, Comparison, Condition, Criterion, walk
from assessor.model.estimates.conditional import Conditional
from assessor.model.facts import Fact
from assessor.model.formulas.arithmetic import Formula, Operation, Quantity
from assessor.model.points import PointsComparison
from assessor.model.questions.choices import Choice, Is
from assessor.model.questions.numbers import LARGEST_ANSWER, Number
from assessor.model.questions.question import Question
from assessor.model.rules.decisions import OutcomeIs
from assessor.reports.wording import statement

_SAME = Renames()


def key_of(value: Any, renames: Renames = _SAME) -> object:
    """Return a comparable form of an attribute, without the texts of other parts.

    Args:
        value: The attribute.
        renames: New ids for the old ones in it; without renames, the ids are new already.
    """
    if isinstance(value, Condition):
        return _condition(value, renames)
    if isinstance(value, Operation):
        return value.operator, key_of(value.left, renames), key_of(value.right, renames)
    if isinstance(value, Conditional):
        return "case", *(key_of(each, renames) for each in (value.condition, *value.operands))
    if isinstance(value, Question):
        return renames.question(value.id)
    if isinstance(value, Quantity):
        return value.value, value.unit
    if is_points(value):
        return tuple(_given(part, points, renames) for part, points in value.items())
    if isinstance(value, Mapping):
        return renames.answers(value)
    if isinstance(value, tuple):
        return tuple(key_of(each, renames) for each in value)
    return getattr(value, "id", value)


def is_points(value: Any) -> bool:
    """Return whether an attribute is the points of a score, by condition."""
    return isinstance(value, Mapping) and any(isinstance(part, (Condition, Choice)) for part in value)


def _given(part: Condition | Choice, points: Any, renames: Renames) -> object:
    if isinstance(part, Choice):
        options = {renames.answer(part.id, option): key_of(points.get(option, 0)) for option in part.option_ids}
        return renames.question(part.id), frozenset(options.items())
    return _condition(part, renames), key_of(points)


def _condition(condition: Condition, renames: Renames) -> object:
    kind = type(condition).__name__
    if isinstance(condition, Question):
        return kind, renames.question(condition.id)
    if isinstance(condition, Is):
        name = condition.question.id
        return kind, renames.question(name), frozenset(renames.answer(name, each) for each in condition.options)
    if isinstance(condition, Comparison):
        return kind, renames.question(condition.question.id), condition.operator, condition.threshold
    if isinstance(condition, Criterion):
        return kind, condition.id
    if isinstance(condition, OutcomeIs):
        return kind, renames.decision(condition.decision.id), frozenset(condition.outcomes)
    if isinstance(condition, PointsComparison):
        return kind, condition.operator, condition.threshold, tuple(score.id for score in condition.scores)
    count = condition.count if isinstance(condition, AtLeast) else None
    return kind, count, tuple(_condition(part, renames) for part in condition.parts)


def shape_of(condition: Condition, renames: Renames = _SAME) -> object:
    """Return a comparable form of a condition with all that it uses, in which facts stand for their values.

    Two conditions of one shape differ only in the values of facts.
    """
    return tuple(_shape(part, renames) for part in walk(condition))


def _shape(part: Condition, renames: Renames) -> object:
    if isinstance(part, PointsComparison):
        # What the points are for, are parts as well.
        points = [each for score in part.scores for each in score.points.items()]
        given = tuple(
            tuple(key_of(each.get(option, 0)) for option in choice.option_ids)
            if isinstance(choice, Choice) and isinstance(each, Mapping)
            else key_of(each)
            for choice, each in points
        )
        return part.operator, _facts_of(part) or part.threshold, given
    if isinstance(part, Comparison):
        return renames.question(part.question.id), part.operator, _facts_of(part) or part.threshold
    if isinstance(part, Criterion):
        return type(part).__name__, part.id
    if part.parts:
        return type(part).__name__, len(part.parts), getattr(part, "count", None)
    return _condition(part, renames)


def facts_in(condition: Condition) -> Mapping[str, Fact]:
    """Return the facts by which a condition decides, by id: in its thresholds, and in the points of its scores."""
    parts = [part for part in walk(condition) if isinstance(part, (Comparison, PointsComparison))]
    scores = [score for part in parts if isinstance(part, PointsComparison) for score in part.scores]
    return {fact.id: fact for part in (*parts, *scores) for fact in part.facts}


def _facts_of(part: Comparison | PointsComparison) -> tuple[str, ...]:
    return tuple(fact.id for fact in part.facts)


def said(value: Any, words: Words) -> str:
    """Return an attribute in words, or an empty string if it has no value.

    Args:
        value: The attribute. A plain number has the spelling of the source.
        words: The words of its rule set's language.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return "" if value == LARGEST_ANSWER else repr(value).removesuffix(".0")
    if isinstance(value, Condition):
        return statement(value, words)
    if isinstance(value, Formula):
        return _formula(value, words)
    if is_points(value):
        return "; ".join(_said_points(part, points, words) for part, points in value.items())
    if isinstance(value, Mapping):
        return "; ".join(answers_text(value).splitlines())
    if isinstance(value, tuple):
        return "; ".join(said(each, words) for each in value)
    return str(value.id)


def _said_points(part: Condition | Choice, points: Any, words: Words) -> str:
    if isinstance(part, Choice):
        return f"{part.id}: {', '.join(f'{option} {said(each, words)}' for option, each in points.items())}"
    return f"{said(points, words)}: {statement(part, words)}"


def _formula(formula: Formula, words: Words, *, is_part: bool = False) -> str:
    if isinstance(formula, Operation):
        left, right = (_formula(part, words, is_part=True) for part in (formula.left, formula.right))
        text = f"{left} {formula.operator} {right}"
        return f"({text})" if is_part else text
    if isinstance(formula, Conditional):
        condition = statement(formula.condition, words)
        then, other = (_formula(part, words) for part in formula.operands)
        text = words.fill("formula_case", condition=condition, then=then, otherwise=other)
        return f"({text})" if is_part else text
    if isinstance(formula, Quantity):
        return format_quantity(formula.value, formula.unit, words)
    assert isinstance(formula, (Fact, Number))
    return formula.id
