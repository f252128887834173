import contextlib
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies

from assessor import AnswerProblem, AnswersError, Choice, Number, Question, read_answers
from assessor.errors import Location
from assessor.loading.answers import MOST_BYTES
from assessor.model.answers import Answer, check_answers
from tests.support.assessor.samples import yes_no

QUESTIONS: tuple[Question, ...] = (
    yes_no("pager"),
    yes_no("staging"),
    Choice("purpose", "What for?", {"learning": "To learn", "production": "In production", "on": "On", "null": "Null"}),
    Number("fte", "How many people?", unit="FTE", minimum=0, maximum=50, step=0.1),
)


def read(text: str | bytes) -> dict[str, Answer]:
    data = text.encode() if isinstance(text, str) else text
    return read_answers(QUESTIONS, io.BytesIO(data), "answers.yml")


def problems(text: str | bytes) -> list[str]:
    """Return the mistakes in answers, each as `line: message`."""
    with pytest.raises(AnswersError) as raised:
        read(text)
    assert all(problem.location and problem.location.path == "answers.yml" for problem in raised.value.problems)
    return [
        f"{problem.location.line if problem.location else ''}: {problem.message}" for problem in raised.value.problems
    ]


# What is read


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "true", "false", "1", "1e3", "007", "2026-01-01"])
def test_the_id_of_an_option_may_look_like_something_else(word: str) -> None:
    questions = [Choice("country", "Which country?", {word: "This one", "other": "Another one", "null": "None"})]
    for text in (f"country: {word}", f"country: '{word}'", f'{{"country": {word}}}', f'{{"country": "{word}"}}'):
        assert read_answers(questions, io.BytesIO(text.encode()), "answers.yml") == {"country": word}


def test_null_is_not_known_also_where_an_option_has_that_id() -> None:
    for text in ("purpose: null", "purpose: ~", "purpose:", '{"purpose": null}'):
        assert read(text) == {"purpose": None}


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("", {}),
        ("# nothing yet\n", {}),
        ("---\n", {}),
        ("~", {}),
        ("{}", {}),
        ("pager: true", {"pager": True}),
        ('{"pager"\n: true,\n"purpose" :"learning"}', {"pager": True, "purpose": "learning"}),
        ("pager: false", {"pager": False}),
        ("pager: yes", {"pager": True}),
        ("pager: No", {"pager": False}),
        ("pager: ON", {"pager": True}),
        ("pager: Off", {"pager": False}),
        ("pager:", {"pager": None}),
        ("pager: null", {"pager": None}),
        ("pager: ~", {"pager": None}),
        ("pager: NULL", {"pager": None}),
        ("purpose: learning", {"purpose": "learning"}),
        ("purpose: 'learning'", {"purpose": "learning"}),
        ('"purpose": "learning"', {"purpose": "learning"}),
        ("purpose: 'on'", {"purpose": "on"}),
        ('purpose: "null"', {"purpose": "null"}),
        ("fte: 3", {"fte": 3.0}),
        ("fte: 0.5", {"fte": 0.5}),
        ("fte: .5", {"fte": 0.5}),
        ("fte: 3.", {"fte": 3.0}),
        ("fte: +3", {"fte": 3.0}),
        ("fte: -0", {"fte": 0.0}),
        ("fte: 5e-1", {"fte": 0.5}),
        ("fte: 1E1", {"fte": 10.0}),
        ("fte: 010", {"fte": 10.0}),
        ("fte: 50", {"fte": 50.0}),
        ("---\npager: yes # always\n...\n", {"pager": True}),
        ("%YAML 1.1\n---\npager: yes", {"pager": True}),
        ("\ufeffpager: yes", {"pager": True}),
        ("pager: yes\r\nfte: 3\r\n", {"pager": True, "fte": 3.0}),
        ('{"pager": true, "fte": 0.5, "purpose": null}', {"pager": True, "purpose": None, "fte": 0.5}),
        ('{\n\t"pager": true,\n\t"fte":\t3\n}\n', {"pager": True, "fte": 3.0}),
        ('\ufeff\n {"pager": true}', {"pager": True}),
        ('{"p\\u0061ger": true}', {"pager": True}),
    ],
)
def test_yaml_and_json_are_read(text: str, answers: dict[str, Answer]) -> None:
    assert read(text) == answers
    assert [type(value) for value in read(text).values()] == [type(value) for value in answers.values()]


def test_whole_numbers_are_asked_for_by_a_step_of_1() -> None:
    whole = Number("seats", "How many?", unit="seat|seats", minimum=1, maximum=5_000, step=1)
    message = "question 'seats' takes a whole number from 1 to 5,000 seats, not 5.5"
    with pytest.raises(AnswersError) as raised:
        read_answers([whole], io.BytesIO(b"seats: 5.5"), "answers.yml")
    assert str(raised.value) == f"answers.yml:1: {message}"
    assert read_answers([whole], io.BytesIO(b"seats: 5.0"), "answers.yml") == {"seats": 5}
    for step in (None, 0.5, 2):
        other = replace(whole, step=step)
        assert check_answers([other], {"seats": 5.5}) == {"seats": 5.5}


def test_answers_come_in_the_order_of_the_questions() -> None:
    assert list(read("fte: 3\npurpose: learning\npager: no")) == ["pager", "purpose", "fte"]


@given(
    strategies.fixed_dictionaries(
        {},
        optional={
            "pager": strategies.none() | strategies.booleans(),
            "purpose": strategies.sampled_from([None, "learning", "production", "on", "null"]),
            "fte": strategies.none() | strategies.floats(0, 50),
        },
    ),
    strategies.sampled_from([None, 2, "\t"]),
)
@settings(deadline=None)
def test_all_json_of_answers_is_read(answers: dict[str, Any], indent: int | str | None) -> None:
    assert read(json.dumps(answers, indent=indent)) == answers


# Mistakes in answers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pager: yes\npagre: no", "2: there is no question 'pagre'. Did you mean 'pager'?"),
        ("zzz: no", "1: there is no question 'zzz'. Known: 'pager', 'staging', 'purpose', 'fte'."),
        ("Pager: no", "1: there is no question 'Pager'. Did you mean 'pager'?"),
        ("yes: no", "1: there is no question 'yes'. Known: 'pager', 'staging', 'purpose', 'fte'."),
        ("12: no", "1: there is no question '12'. Known: 'pager', 'staging', 'purpose', 'fte'."),
        ("__proto__: no", "1: there is no question '__proto__'. Known: 'pager', 'staging', 'purpose', 'fte'."),
        ('"\\ud800": no', r"1: there is no question '\ud800'. Known: 'pager', 'staging', 'purpose', 'fte'."),
        ("\n\npurpose: learnin", "3: question 'purpose' has no option 'learnin'. Did you mean 'learning'?"),
        ("pager: 'yes'", "1: question 'pager' is answered with true, false or null (don't know), not 'yes'"),
        ("pager: 1", "1: question 'pager' is answered with true, false or null (don't know), not 1"),
        ("pager: y", "1: question 'pager' is answered with true, false or null (don't know), not 'y'"),
        ("pager: ''", "1: question 'pager' is answered with true, false or null (don't know), not ''"),
        ("pager: !!bool yes", "1: question 'pager' is answered with true, false or null (don't know), not 'yes'"),
        (
            "purpose: yes",
            "1: question 'purpose' is answered with one of learning, production, on, null, "
            "or null (don't know), not True",
        ),
        (
            "purpose: 3",
            "1: question 'purpose' is answered with one of learning, production, on, null, or null (don't know), not 3",
        ),
        ("fte: '3'", "1: question 'fte' is answered with a number or null (don't know), not '3'"),
        ("fte: three", "1: question 'fte' is answered with a number or null (don't know), not 'three'"),
        ("fte: true", "1: question 'fte' is answered with a number or null (don't know), not True"),
        ("fte: .nan", "1: question 'fte' is answered with a number or null (don't know), not '.nan'"),
        ("fte: .inf", "1: question 'fte' is answered with a number or null (don't know), not '.inf'"),
        ("fte: NaN", "1: question 'fte' is answered with a number or null (don't know), not 'NaN'"),
        ("fte: 1e999", "1: question 'fte' is answered with a number or null (don't know), not inf"),
        ("fte: 0x10", "1: question 'fte' is answered with a number or null (don't know), not '0x10'"),
        ("fte: 1_0", "1: question 'fte' is answered with a number or null (don't know), not '1_0'"),
        ("fte: 1,5", "1: question 'fte' is answered with a number or null (don't know), not '1,5'"),
        ("fte: 1:30", "1: question 'fte' is answered with a number or null (don't know), not '1:30'"),
        ("fte: ٣", "1: question 'fte' is answered with a number or null (don't know), not '٣'"),
        ("fte: 2026-01-31", "1: question 'fte' is answered with a number or null (don't know), not '2026-01-31'"),
        ("fte: 51", "1: question 'fte' takes a number from 0 to 50 FTE, not 51"),
        ("fte: 50.0000001", "1: question 'fte' takes a number from 0 to 50 FTE, not 50.0000001"),
        ("fte: -1e-300", "1: question 'fte' takes a number from 0 to 50 FTE, not -1e-300"),
        (f"fte: {10**300}", "1: question 'fte' takes a number from 0 to 50 FTE, not 1e+300"),
        (f"fte: {'9' * 5000}", "1: question 'fte' is answered with a number or null (don't know), not inf"),
        ("pager: yes\nfte: 3\npager: no", "3: question 'pager' is answered twice, first on line 1"),
        ('{"pager": true,\n"pager": true}', "2: question 'pager' is answered twice, first on line 1"),
        ("pager:\n  - yes", "2: the answer to 'pager' must be a single value, not a list or a mapping"),
        ("fte: 3\npager: {a: b}", "2: the answer to 'pager' must be a single value, not a list or a mapping"),
        ("fte: 3\n? [pager]\n: yes", "2: a question id must be a single value, not a list or a mapping"),
        ("- pager", "1: answers are a mapping: write one 'question: answer' a line"),
        ("[]", "1: answers are a mapping: write one 'question: answer' a line"),
        ("pager", "1: answers are a mapping: write one 'question: answer' a line"),
        ("3", "1: answers are a mapping: write one 'question: answer' a line"),
        ("''", "1: answers are a mapping: write one 'question: answer' a line"),
        ("# x\ntrue", "2: answers are a mapping: write one 'question: answer' a line"),
        ("pager: yes\n---\nfte: 3", "2: a file of answers holds one document; this starts a second"),
        ("---\n---\n", "2: a file of answers holds one document; this starts a second"),
        ("pager: yes\nstaging: *x", "2: answers cannot use YAML anchors and aliases (& and *)"),
        ("&x pager: yes", "1: answers cannot use YAML anchors and aliases (& and *)"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, expected: str) -> None:
    assert problems(text) == [expected]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("pager: yes: no", 1),
        ("pager: yes\nfte: 3\n staging: no", 3),
        ("pager: yes\n\tfte: 3", 2),
        ('{"pager": true', 1),
        ('{"pager" true}', 1),
        ('pager: yes\nfte: "3', 2),
        ("pager: @x", 1),
        ("pager: `x`", 1),
        ("pager: %x", 1),
        ('pager: "\\q"', 1),
        ("pager: yes\n...\nfte", 3),
        ("%YAML 3.0\n---\npager: yes", 1),
        ("pager: !<", 1),
        ("pager: yes\nfte: \x00", 2),
        ("pager: yes\r\nfte: \x1b[31m", 2),
        ("pager: \x7f", 1),
        ("pager: \ufffe", 1),
    ],
)
def test_what_is_not_yaml_says_so_with_its_line(text: str, line: int) -> None:
    *_, problem = problems(text)
    assert problem.startswith(f"{line}: this is not YAML or JSON: ")
    assert "\n" not in problem


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"\xff", 1), (b"pager: yes\nfte: \xe9", 2), ("pager: yes".encode("utf-16"), 1), (b"\xed\xa0\x80", 1)],
)
def test_what_is_not_utf_8_says_so_with_its_line(data: bytes, line: int) -> None:
    assert problems(data) == [f"{line}: the file is not UTF-8 text; save it as UTF-8"]


def test_every_mistake_is_named_in_order() -> None:
    assert [problem[:2] for problem in problems("fte: 99\nlost: 1\npager: yes\npurpose: x\npager: no")] == [
        "1:",
        "2:",
        "4:",
        "5:",
    ]


def test_an_answer_given_twice_is_not_taken_as_the_first_or_the_last() -> None:
    with pytest.raises(AnswersError):
        read("pager: yes\npager: yes")


def test_the_message_starts_with_file_and_line() -> None:
    with pytest.raises(AnswersError) as raised:
        read("pager: yes\nfte: 99\nlost: 1")
    assert str(raised.value).splitlines() == [
        "answers.yml:2: question 'fte' takes a number from 0 to 50 FTE, not 99",
        "answers.yml:3: there is no question 'lost'. Known: 'pager', 'staging', 'purpose', 'fte'.",
    ]
    assert raised.value.problems[1].question == "lost"
    assert raised.value.problems[1].location == Location("answers.yml", 3)


# Hostile files


def test_a_file_at_the_limit_is_read_and_one_byte_more_is_not() -> None:
    start = b"pager: yes\n#"
    assert read(start + b"x" * (MOST_BYTES - len(start))) == {"pager": True}
    assert problems(start + b"x" * (MOST_BYTES - len(start) + 1)) == [
        "0: answers may be at most 64 KiB; this file is larger"
    ]


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "large.yml"
    with file.open("wb") as stream:
        stream.write(b"pager: yes\n")
        stream.truncate(50 * 1024 * 1024)
    with file.open("rb") as stream:
        with pytest.raises(AnswersError, match="answers may be at most 64 KiB; this file is larger"):
            read_answers(QUESTIONS, stream, "large.yml")
        assert stream.tell() <= MOST_BYTES + io.DEFAULT_BUFFER_SIZE


def test_a_yaml_bomb_does_not_go_off() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    found = problems("\n".join(lines).encode())
    assert found[1::2] == [f"{n}: answers cannot use YAML anchors and aliases (& and *)" for n in range(1, 13)]
    assert len(found) == 24


def test_a_bomb_of_mappings_does_not_go_off() -> None:
    bomb = "pager: &a\n  x: y\nb: &b {<<: *a, c: *a}\n"
    assert problems(bomb.encode()) == [
        "1: answers cannot use YAML anchors and aliases (& and *)",
        "3: there is no question 'b'. Known: 'pager', 'staging', 'purpose', 'fte'.",
        "3: answers cannot use YAML anchors and aliases (& and *)",
    ]


@pytest.mark.parametrize(
    "opening", ["[", "{", '{"pager":', "- ", "? ", "pager: [", "? - ", "!!seq [", "(", '"', "'", "&a "]
)
def test_nesting_of_any_depth_is_one_mistake(opening: str) -> None:
    data = (opening * 10_000).encode()[:MOST_BYTES]
    assert len(problems(data)) == 1


def test_hundreds_of_indented_levels_are_one_mistake() -> None:
    data = "".join(f"{' ' * depth}pager:\n" for depth in range(350))
    assert problems(data.encode()) == ["2: the answer to 'pager' must be a single value, not a list or a mapping"]


def test_all_mistakes_are_told_at_once() -> None:
    data = """\
pager: [yes, {no: [1]}]
stagin: yes
purpose:
  - learning
staging: &x true
fte: *x
frost: {a: 1}
pager: yes
fte: "3
"""
    assert problems(data.encode()) == [
        "1: the answer to 'pager' must be a single value, not a list or a mapping",
        "2: there is no question 'stagin'. Did you mean 'staging'?",
        "4: the answer to 'purpose' must be a single value, not a list or a mapping",
        "5: answers cannot use YAML anchors and aliases (& and *)",
        "6: answers cannot use YAML anchors and aliases (& and *)",
        "7: there is no question 'frost'. Known: 'pager', 'staging', 'purpose', 'fte'.",
        "7: the answer to 'frost' must be a single value, not a list or a mapping",
        "8: question 'pager' is answered twice, first on line 1",
        "10: this is not YAML or JSON: found unexpected end of stream",
    ]


def test_each_of_thousands_of_mistakes_is_found() -> None:
    data = "".join(f"pagers-{n}: yes\n" for n in range(3_000)).encode()
    assert len(problems(data)) == 3_000


def test_a_long_name_is_shortened() -> None:
    (problem,) = problems(b"? " + b"x" * 60_000 + b"\n: yes\n")
    assert len(problem) < 200
    assert max(map(len, problems(b"? " + b"x" * 60_000 + b"\n: [yes]\n"))) < 200
    (problem,) = problems(b"purpose: " + b"x" * 60_000)
    assert len(problem) < 200


def test_a_tag_runs_nothing() -> None:
    (problem,) = problems(b"pager: !!python/object/apply:os.system ['exit 1']")
    assert problem == "1: the answer to 'pager' must be a single value, not a list or a mapping"
    (problem,) = problems(b"pager: !!python/name:os.system ''")
    assert problem == "1: question 'pager' is answered with true, false or null (don't know), not ''"


@given(strategies.binary(max_size=200) | strategies.text(max_size=200).map(str.encode))
@settings(max_examples=300, deadline=None)
def test_no_bytes_at_all_raise_anything_else(data: bytes) -> None:
    with contextlib.suppress(AnswersError):
        read(data)


@given(strategies.text(alphabet="pager:fte \n\t\"'{}[],&*!%@#|>-?~0.5\\<", max_size=60))
@settings(max_examples=300, deadline=None)
def test_nothing_like_yaml_raises_anything_else(text: str) -> None:
    with contextlib.suppress(AnswersError):
        read(text)


# A mapping of answers


def test_a_mapping_is_checked_in_the_same_way() -> None:
    assert check_answers(QUESTIONS, {"fte": 3, "pager": None}) == {"pager": None, "fte": 3}
    with pytest.raises(AnswersError) as raised:
        check_answers(QUESTIONS, {"pager": 1, "lost": True})
    assert raised.value.problems == (
        AnswerProblem("pager", "question 'pager' is answered with true, false or null (don't know), not 1"),
        AnswerProblem("lost", "there is no question 'lost'. Known: 'pager', 'staging', 'purpose', 'fte'."),
    )
    assert str(raised.value.problems[0]) == raised.value.problems[0].message


@pytest.mark.parametrize(
    "answers",
    [
        {"pager": 0},
        {"pager": 1.0},
        {"pager": "true"},
        {"pager": []},
        {"purpose": True},
        {"purpose": 0},
        {"purpose": ["learning"]},
        {"purpose": b"learning"},
        {"fte": True},
        {"fte": "3"},
        {"fte": float("nan")},
        {"fte": float("inf")},
        {"fte": 10**400},
        {"fte": 10**5000},
        {"fte": 3j},
        {"fte": object()},
        {1: True},
        {None: True},
        {("pager",): True},
    ],
)
def test_any_other_value_is_refused(answers: dict[Any, Any]) -> None:
    with pytest.raises(AnswersError):
        check_answers(QUESTIONS, answers)


def test_numbers_are_compared_in_doubles_as_the_page_does() -> None:
    question = Number("n", "N?", minimum=0, maximum=2**53)
    assert check_answers([question], {"n": 2**53 + 1})
    with pytest.raises(AnswersError):
        check_answers([question], {"n": 2**53 + 2})


@pytest.mark.parametrize("text", ['"\\U00110000": 1', '"\\UFFFFFFFF": 1', f"%YAML 1.{'1' * 5000}\n---\npager: true"])
def test_what_yaml_cannot_count_is_no_yaml(text: str) -> None:
    assert problems(text) == ["0: this is not YAML or JSON: a version or a character's number in it is too large"]


def test_a_colon_on_its_own_line_keeps_lines_and_texts() -> None:
    assert problems('{"pager"\n: true,\n"purpose": " : \\" : "}') == [
        """3: question 'purpose' has no option ' : " : '. Known: 'learning', 'production', 'on', 'null'."""
    ]


@pytest.mark.parametrize("answers", [None, [1], [("a", True)], "a: true", 1, {"a"}])
def test_answers_that_are_no_mapping_are_refused(answers: Any) -> None:
    with pytest.raises(AnswersError, match=r"^answers are a mapping of question ids to answers, not ") as raised:
        check_answers([yes_no("a")], answers)
    assert [problem.question for problem in raised.value.problems] == [""]
