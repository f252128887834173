"""Compute a short digest of what an answer to a question means, to detect when that changes."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from assessor.language.units import unit_name
from assessor.model.conditions import AllOf, AnyOf, AtLeast, Comparison, Condition, Not, walk
from assessor.model.points import PointsComparison
from assessor.model.questions.choices import Choice, Is
from assessor.model.questions.dates import Date
from assessor.model.questions.numbers import Number
from assessor.model.questions.question import Question
from assessor.model.rules.decisions import OutcomeIs

# A link carries one digest per answer, so digests are short. One changed question in a million keeps its digest.
_CHARACTERS = 4


def meaning_of(question: Question, asked_when: Condition | None = None) -> str:
    """Return a digest that changes when answers to a question may mean something else.

    It covers the wording, the labels of the options, the unit, and when the question is asked and its options are
    offered. It leaves out texts that
    only help to answer, such as the hint. It also leaves out which answers are accepted, because everything that reads
    answers checks this anyway. Questions and options count by the ids that they had at first, so that answers outlive
    new ids.

    Args:
        question: The question.
        asked_when: When it is asked in its rule set; without it, what the question itself says.
    """
    asked = question.asked_when if asked_when is None else asked_when
    content: list[Any] = [_kind(question), " ".join(question.wording.split())]
    if isinstance(question, Choice):
        content += [
            [
                option.first_id,
                " ".join(option.label.split()),
                *([] if option.asked_when is None else [_structure(option.asked_when)]),
            ]
            for option in question.options
        ]
    if isinstance(question, Number):
        content.append(unit_name(question.unit))
    if asked is not None:
        content.append(_structure(asked))
    digest = hashlib.sha256(json.dumps(content).encode("ascii")).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:_CHARACTERS]


def _kind(question: Question) -> str:
    kinds = {Number: "number", Date: "date", Choice: "choice"}
    return next((kind for each, kind in kinds.items() if isinstance(question, each)), "yes-no")


def _structure(condition: Condition) -> list[Any]:
    """Return a condition as a list of its parts, each with the positions of the parts below it."""
    parts = list(walk(condition))
    position = {id(part): place for place, part in enumerate(parts)}
    return [[*_terms(part), *(position[id(each)] for each in part.parts)] for part in parts]


def _terms(part: Condition) -> list[Any]:
    # These names stay for ever, whatever the classes are called: stored answers carry digests of them.
    match part:
        case Question():
            return ["yes", part.first_id]
        case Is():
            options = [each.first_id for each in part.question.options if each.id in part.options]
            return ["is", part.question.first_id, *options]
        case Comparison():
            return [part.operator, part.question.first_id, part.threshold]
        case PointsComparison():
            points = [[[str(each) for each in term.points] for term in score.terms] for score in part.scores]
            return ["points", part.operator, str(part.threshold), points]
        case OutcomeIs():
            return ["outcome", part.decision.id, *part.outcomes]
        case AtLeast():
            return ["at least", part.count]
        case AllOf():
            return ["all"]
        case AnyOf():
            return ["any"]
        case Not():
            return ["not"]
        case _:
            return ["criterion"]
