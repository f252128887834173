"""Compute a short digest of what an answer to a question means, to detect when that changes."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from assessor.language.units import unit_name
from assessor.model.conditions import AtLeast, Condition, walk
from assessor.model.numbers import Comparison, Number
from assessor.model.questions import Choice, Is, Question

# A link carries one digest per answer, so digests are short. One changed question in a million keeps its digest.
_CHARACTERS = 4


def meaning_of(question: Question) -> str:
    """Return a digest that changes when answers to a question may mean something else.

    It covers the wording, the labels of the options, the unit, and when the question is asked. It leaves out texts that
    only help to answer, such as the hint. It also leaves out which answers are accepted, because everything that reads
    answers checks this anyway.
    """
    content: list[Any] = [type(question).__name__, " ".join(question.wording.split())]
    if isinstance(question, Choice):
        content += [[option.id, " ".join(option.label.split())] for option in question.options]
    if isinstance(question, Number):
        content.append(unit_name(question.unit))
    if question.asked_when is not None:
        content.append(_structure(question.asked_when))
    digest = hashlib.sha256(json.dumps(content).encode("ascii")).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:_CHARACTERS]


def _structure(condition: Condition) -> list[Any]:
    """Return a condition as a list of its parts, where each refers to its own parts by position in that list."""
    parts = list(walk(condition))
    position = {id(part): place for place, part in enumerate(parts)}
    return [[type(part).__name__, *_terms(part), *(position[id(each)] for each in part.parts)] for part in parts]


def _terms(part: Condition) -> list[Any]:
    match part:
        case Question():
            return [part.id]
        case Is():
            return [part.question.id, *part.options]
        case Comparison():
            return [part.question.id, part.operator, float(part.threshold)]
        case AtLeast():
            return [f"{part.count} of"]
        case _:
            return []
