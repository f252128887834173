"""JSON Schema of answers: lets editors complete and check a file of answers."""

from __future__ import annotations

import itertools
from typing import Any

from assessor.language.dates import date_patterns
from assessor.language.quantities import unit_label
from assessor.model.questions.choices import Choice
from assessor.model.questions.dates import Date
from assessor.model.questions.numbers import Number
from assessor.model.questions.question import Question, YesNo
from assessor.model.ruleset import RuleSet

_UNKNOWN = "I don't know"


def answers_schema(ruleset: RuleSet) -> dict[str, Any]:
    """Return the JSON Schema of answers to a rule set. It accepts exactly what `assess` accepts.

    Args:
        ruleset: The rule set.
    """
    former = {old: question for question in ruleset.questions for old in question.formerly}
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": ruleset.title,
        "description": f"Answers to the questions of the rule set {ruleset.id}. Missing answers are still open.",
        "type": "object",
        "properties": {question.id: _question_schema(question) for question in ruleset.questions},
        "additionalProperties": False,
    }
    for old, question in former.items():
        schema["properties"][old] = {**_question_schema(question), "deprecated": True}
    # A question is answered once.
    pairs = [
        {"not": {"required": list(pair)}}
        for question in ruleset.questions
        for pair in itertools.combinations([question.id, *question.formerly], 2)
    ]
    return {**schema, "allOf": pairs} if pairs else schema


def _question_schema(question: Question) -> dict[str, Any]:
    # Editors show both beside the question's id, as plain text.
    told = {"title": question.wording, **({"description": question.hint} if question.hint else {})}
    if isinstance(question, YesNo):
        return {**told, "type": ["boolean", "null"]}
    if isinstance(question, Choice):
        options: list[dict[str, Any]] = [{"const": option.id, "title": option.label} for option in question.options]
        labels = {option.id: option.label for option in question.options}
        options += [{"const": old, "title": labels[new], "deprecated": True} for old, new in question.renamed.items()]
        options += [{"const": old, "deprecated": True} for old in question.retired]
        return {**told, "oneOf": [*options, {"type": "null", "title": _UNKNOWN}]}
    if isinstance(question, Date):
        span = f"{question.minimum} – {question.maximum}"
        patterns = [{"pattern": each} for each in date_patterns(question.minimum, question.maximum)]
        about = {"description": f"{question.hint} ({span})".strip()}
        return {**told, **about, "type": ["string", "null"], "format": "date", "allOf": patterns}
    assert isinstance(question, Number)
    bounds = {"minimum": question.minimum, "maximum": question.maximum}
    unit = {"description": f"{question.hint} ({unit_label(question.unit)})".strip()} if question.unit else {}
    return {**told, **unit, "type": ["integer" if question.is_whole else "number", "null"], **bounds}
