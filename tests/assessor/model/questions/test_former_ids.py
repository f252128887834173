"""Questions and options get new ids, and old answers still count."""

from __future__ import annotations

import io
from typing import Any

import jsonschema
import pytest

from assessor import (
    AnswerProblem,
    AnswersError,
    Case,
    Choice,
    Number,
    Option,
    Question,
    Rule,
    RuleSet,
    RuleSetError,
    YesNo,
    assess,
    compile_ruleset,
    otherwise,
    read_answers,
)
from assessor.export.answers_schema import answers_schema
from assessor.logic.compiling.meaning import meaning_of
from assessor.model.answers import check_answers
from tests.support.assessor.samples import GO, STAY, ruleset_of

ON_PREM = YesNo("on-prem", "Must it run on premises?", formerly=["onprem-mandate", "onprem"])
HOSTING = Choice(
    "hosting",
    "Where may it run?",
    {"own": "On our machines", "any": "Anywhere"},
    formerly={"own": ["self", "ours"]},
    retired=["fax"],
)
SEATS = Number("seats", "How many?", minimum=1, maximum=9, formerly=["users"])
QUESTIONS: list[Question] = [ON_PREM, HOSTING, SEATS]


def rules(questions: list[Question] = QUESTIONS, **more: Any) -> RuleSet:
    return ruleset_of(questions, [Rule(HOSTING.is_("own") | ON_PREM, GO, "x"), otherwise(STAY, "y")], **more)


def test_a_file_with_old_ids_is_taken_over_and_told() -> None:
    told: list[AnswerProblem] = []
    text = b"onprem-mandate: no\nhosting: self\nusers: 3"
    answers = read_answers(QUESTIONS, io.BytesIO(text), "answers.yml", told.append)
    assert answers == {"on-prem": False, "hosting": "own", "seats": 3}
    assert [f"{each.location}: {each.message}" for each in told] == [
        "answers.yml:1: question 'onprem-mandate' is 'on-prem' now",
        "answers.yml:2: option 'self' of question 'hosting' is 'own' now",
        "answers.yml:3: question 'users' is 'seats' now",
    ]


def test_an_answer_with_a_retired_option_is_left_out_and_told() -> None:
    told: list[AnswerProblem] = []
    assert check_answers(QUESTIONS, {"hosting": "fax", "seats": 3}, told.append) == {"seats": 3}
    assert [each.message for each in told] == ["question 'hosting' no longer has the option 'fax': answer it again"]
    assert assess(rules(), {"hosting": "fax"}) == assess(rules(), {})


def test_a_question_is_answered_under_one_of_its_ids() -> None:
    with pytest.raises(AnswersError, match="question 'on-prem' is answered twice, first on line 1"):
        read_answers(QUESTIONS, io.BytesIO(b"onprem: no\non-prem: yes"), "answers.yml")


def test_a_new_id_leaves_the_meaning_alone() -> None:
    """Otherwise pages would ask readers whether their answers still count."""
    old = YesNo("onprem-mandate", ON_PREM.wording)
    old_choice = Choice("place", HOSTING.wording, {"self": "On our machines", "any": "Anywhere"})
    asked = SEATS.wording
    before = Number("users", asked, minimum=1, maximum=9, asked_when=old & old_choice.is_("self"))
    new_choice = Choice(
        "hosting",
        HOSTING.wording,
        [Option("own", "On our machines", formerly=["self"]), Option("any", "Anywhere")],
        formerly=["place"],
    )
    after = Number("seats", asked, minimum=1, maximum=9, asked_when=ON_PREM & new_choice.is_("own"))
    assert meaning_of(new_choice) == meaning_of(old_choice)
    assert meaning_of(after) == meaning_of(before)


def test_the_bundle_has_the_old_ids() -> None:
    first, second, third = compile_ruleset(rules())["questions"]
    assert (first["formerly"], third["formerly"]) == (["onprem-mandate", "onprem"], ["users"])
    assert (second["renamed"], second["retired"]) == ({"self": "own", "ours": "own"}, ["fax"])


def test_the_schema_accepts_what_is_taken_over() -> None:
    validator = jsonschema.Draft202012Validator(answers_schema(rules()))
    given: list[dict[str, object]] = [
        {"onprem": True},
        {"hosting": "self"},
        {"hosting": "fax"},
        {"users": 3},
        {"users": 0},
        {"hosting": "telex"},
        {"onprem": True, "on-prem": True},
        {"onprem": True, "onprem-mandate": True},
    ]
    for answers in given:
        try:
            check_answers(QUESTIONS, answers)
            is_accepted = True
        except AnswersError:
            is_accepted = False
        assert validator.is_valid(answers) == is_accepted, answers


def a_question_was_another() -> object:
    return rules([ON_PREM, HOSTING, Number("on", "N?", minimum=0, maximum=9, formerly=["on-prem"])])


def two_questions_were_one() -> object:
    return rules([ON_PREM, HOSTING, Number("on", "N?", minimum=0, maximum=9, formerly=["onprem"])])


def a_case_with_an_old_id() -> object:
    return rules(cases=[Case("c", "C", "A story.", {"onprem": True}, GO)])


def a_case_with_a_retired_option() -> object:
    return rules(cases=[Case("c", "C", "A story.", {"hosting": "fax", "on-prem": True}, GO)])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: YesNo("a", "A?", formerly=["a"]),
            "formerly lists 'a', which is its id or is listed twice",
        ),
        (lambda: YesNo("a", "A?", formerly="b"), "question 'a': its former ids are a list"),
        (lambda: YesNo("a", "A?", formerly=["B"]), "'B' cannot be the id of a question"),
        (lambda: Choice("c", "C?", {"x": "X", "y": "Y"}, formerly={"x": "y"}), "another option has or had it, too"),
        (lambda: Choice("c", "C?", {"x": "X", "y": "Y"}, retired=["x"]), "another option has or had it, too"),
        (lambda: Choice("c", "C?", {"x": "X", "y": "Y"}, formerly={"old": "x"}), "Write the new id first"),
        (a_question_was_another, "question 'on' was formerly 'on-prem', but so is or was question 'on-prem'"),
        (two_questions_were_one, "question 'on' was formerly 'onprem', but so is or was question 'on-prem'"),
        (a_case_with_an_old_id, "case 'c': question 'onprem' is 'on-prem' now"),
        (a_case_with_a_retired_option, "case 'c': question 'hosting' no longer has the option 'fax'"),
    ],
)
def test_a_mistake_is_named(make: Any, message: str) -> None:
    with pytest.raises(RuleSetError) as raised:
        make()
    assert message in str(raised.value)
