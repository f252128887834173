"""The JSON Schema of answers accepts what is accepted, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor import Choice, Number, RuleSet, Section, YesNo, assess, otherwise
from assessor.errors import AnswersError
from assessor.export.answers_schema import answers_schema
from assessor.model.answers import check_answers
from assessor.rulesets.self_hosting.ruleset import ruleset
from tests.support.assessor.samples import GO

SCHEMA = answers_schema(ruleset)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def is_accepted(answers: dict[str, Any]) -> bool:
    try:
        check_answers(ruleset.questions, answers)
    except AnswersError:
        return False
    return True


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("case", ruleset.cases, ids=lambda case: case.id)
def test_every_case_is_valid(case: Any) -> None:
    VALIDATOR.validate(dict(case.answers))
    assert assess(ruleset, case.answers)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 10**7),
    st.floats(-1, 60, allow_nan=False),
    st.sampled_from(["true", "", "elsewhere", "Elsewhere", "production"]),
    st.just([]),
    st.just({}),
)


@given(st.dictionaries(st.sampled_from([*(question.id for question in ruleset.questions), "nothing"]), VALUES))
def test_it_agrees_with_what_reads_answers(answers: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(answers) == is_accepted(answers)


@pytest.mark.parametrize("question", ruleset.questions, ids=lambda question: question.id)
def test_it_agrees_at_the_edges_of_every_question(question: Any) -> None:
    values: list[object] = [None, True, False, "true", 0, 1, -1, 0.5, [], "no-such-option"]
    if isinstance(question, Choice):
        values += question.option_ids
    elif isinstance(question, Number):
        values += [question.minimum, question.maximum, question.minimum - 0.01, question.maximum + 0.01]
    assert isinstance(question, (Choice, Number, YesNo))
    given_by_schema = [VALIDATOR.is_valid({question.id: value}) for value in values]
    assert given_by_schema == [is_accepted({question.id: value}) for value in values]
    assert True in given_by_schema
    assert False in given_by_schema


def test_whole_numbers_are_integers() -> None:
    seats = Number("seats", "How many?", minimum=1, maximum=9, step=1)
    rules = RuleSet("r", title="R", sections=[Section("s", "S", [seats])], outcomes=[GO], rules=[otherwise(GO, "x")])
    validator = jsonschema.Draft202012Validator(answers_schema(rules))
    given = [{"seats": each} for each in (0, 1, 5, 5.0, 5.5, 9, 9.5, None)]
    assert [validator.is_valid(each) for each in given] == [False, True, True, True, False, True, False, True]


def test_editors_are_told_what_is_asked() -> None:
    properties = SCHEMA["properties"]
    for question in ruleset.questions:
        assert properties[question.id]["title"] == question.wording
    labels = [option["title"] for option in properties["residency"]["oneOf"]]
    residency = ruleset.questions_by_id["residency"]
    assert isinstance(residency, Choice)
    assert labels == [*(option.label for option in residency.options), "I don't know"]
