import dataclasses
import json
import math
from collections.abc import Callable

import pytest

from assessor import AnswersError, Choice, Fact, Number, Option, RuleSetError, Section, YesNo
from assessor.model.answers import check_answers
from tests.support.assessor.mistakes import error_of
from tests.support.assessor.samples import DAY, URL, fact, yes_no


def test_options_are_given_as_a_mapping_or_as_options() -> None:
    by_mapping = Choice("size", "Which?", {"small": "Small", "large": "Large"})
    by_option = Choice("size", "Which?", [Option("small", "Small"), Option("large", "Large")])
    assert by_mapping == by_option
    assert by_mapping.option_ids == ("small", "large")


def test_questions_can_be_hashed_and_frozen() -> None:
    question = yes_no("a")
    assert len({question, yes_no("a"), Choice("b", "B?", {"x": "X", "y": "Y"})}) == 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        question.id = "b"  # type: ignore[misc]


def test_a_default_may_span_the_whole_range() -> None:
    people = fact("people", 2, "FTE", low=0, high=50)
    assert Number("n", "N?", unit="FTE", minimum=0, maximum=50, default=people).default is people


def test_bounds_worked_out_from_facts_are_decimals_as_written() -> None:
    tenth = fact("tenth", 0.1)
    n = Number("n", "N?", minimum=tenth.number * 3, maximum=tenth.number * 30, step=tenth.number * 2)
    assert (n.minimum, n.maximum, n.step) == (0.3, 3, 0.2)
    assert check_answers([n], {"n": 0.3}) == {"n": 0.3}
    assert json.dumps([n.minimum, n.maximum, n.step]) == "[0.3, 3, 0.2]"
    with pytest.raises(AnswersError, match=r"takes a number from 0\.3 to 3, not 0\.29999999999999993"):
        check_answers([n], {"n": math.nextafter(0.3, 0)})


def test_a_section_keeps_its_questions() -> None:
    questions = [yes_no("a"), yes_no("b")]
    section = Section("s", "S", questions)
    questions.clear()
    assert [question.id for question in section.questions] == ["a", "b"]


def test_a_changed_copy_is_made_where_it_is_copied() -> None:
    original = yes_no("a")
    copy = dataclasses.replace(original, hint="Ask your lawyer.")
    assert original.location.path.endswith("/samples.py")
    assert copy.location.path == __file__


def without_words() -> object:
    return YesNo("a", " ")  # mistake


def with_upper_case() -> object:
    return YesNo("A", "A?")  # mistake


def with_a_trailing_hyphen() -> object:
    return YesNo("a-", "A?")  # mistake


def with_a_newline() -> object:
    return YesNo("a\n", "A?")  # mistake


def with_a_foreign_letter() -> object:
    return YesNo("größe", "A?")  # mistake


def with_an_underscore() -> object:
    return YesNo("__proto__", "A?")  # mistake


def with_no_id() -> object:
    return YesNo("", "A?")  # mistake


def with_a_link_to_a_script() -> object:
    return YesNo("a", "A?", why="See [this](javascript:x).")  # mistake


def about_another_scheme() -> object:
    return YesNo("a", "A?", about="javascript:x")  # mistake


def asked_when_a_number() -> object:
    n = Number("n", "N?", minimum=0, maximum=9)
    return YesNo("a", "A?", asked_when=n)  # type: ignore[arg-type]  # mistake


def with_one_option() -> object:
    return Choice("size", "Which?", {"small": "Small"})  # mistake


def with_options_as_text() -> object:
    return Choice("size", "Which?", ["small", "large"])  # type: ignore[list-item]  # mistake


def with_the_same_option_twice() -> object:
    return Choice("size", "Which?", [Option("x", "X"), Option("x", "Y")])  # mistake


def with_a_bad_option_id() -> object:
    return Choice("size", "Which?", {"small": "Small", "Very Large": "Large"})  # mistake


def without_room() -> object:
    return Number("n", "N?", minimum=3, maximum=3)  # mistake


def without_room_in_doubles() -> object:
    return Number("n", "N?", minimum=2**53, maximum=2**53 + 1)  # mistake


def without_an_end() -> object:
    return Number("n", "N?", minimum=0, maximum=float("inf"))  # mistake


def with_a_step_of_nothing() -> object:
    return Number("n", "N?", minimum=0, maximum=9, step=0)  # mistake


def with_half_a_whole_number() -> object:
    return Number("n", "N?", minimum=0.5, maximum=9, step=1)  # mistake


def with_a_bound_as_text() -> object:
    return Number("n", "N?", minimum="0", maximum=9)  # type: ignore[arg-type]  # mistake


def with_a_default_in_another_unit() -> object:
    price = fact("price", 3, "USD")
    return Number("n", "N?", unit="FTE", minimum=0, maximum=9, default=price)  # mistake


def with_a_default_out_of_range() -> object:
    people = fact("people", 3, "FTE", low=1, high=10)
    return Number("n", "N?", unit="FTE", minimum=0, maximum=9, default=people)  # mistake


def with_a_statement_as_default() -> object:
    many = Fact("many", "many", source=URL, checked=DAY)
    return Number("n", "N?", minimum=0, maximum=9, default=many)  # mistake


def a_section_of_nothing() -> object:
    return Section("s", "S", [])  # mistake


def a_section_of_text() -> object:
    return Section("s", "S", ["a"])  # type: ignore[list-item]  # mistake


def a_section_with_a_bad_id() -> object:
    return Section("S 1", "S", [yes_no("a")])  # mistake


def ticks_for_a_choice() -> object:
    size = Choice("size", "Which?", {"small": "Small", "large": "Large"})
    return Section("s", "S", [yes_no("a"), size], ticks=True)  # mistake


def a_section_of_one_question() -> object:
    return Section("s", "S", yes_no("a"))  # type: ignore[arg-type]  # mistake


def with_a_number_as_default() -> object:
    return Number("n", "How many?", minimum=0, maximum=900, default=400)  # type: ignore[arg-type]  # mistake


def asked_for_a_list_of_options() -> object:
    return Choice("size", "Which size?", {"s": "S", "m": "M"}).is_(["s", "m"])  # type: ignore[arg-type]  # mistake


def a_section_with_a_bad_link() -> object:
    return Section("s", "S", [yes_no("a")], intro="[x](file:///etc/passwd)")  # mistake


def with_the_same_label_twice() -> object:
    return Choice("size", "Which size?", {"s": "Small", "m": "Small"})  # mistake


def with_the_same_statement_twice() -> object:
    return YesNo("a", "A?", yes="you do", no="you do")  # mistake


def with_half_a_unit() -> object:
    return Number("n", "How much?", unit="GB/", minimum=0, maximum=9)  # mistake


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (with_half_a_unit, "question 'n': its unit 'GB/' lacks a factor: write them as in 'USD/image' or '1/month'"),
        (with_the_same_label_twice, "question 'size' has twice the label 'Small': word them apart"),
        (with_the_same_statement_twice, "question 'a' has twice the statement 'you do': word them apart"),
        (without_words, "question 'a' asks nothing: its wording is empty"),
        (with_upper_case, "'A' cannot be the id of a question: write lower-case letters and digits"),
        (with_a_trailing_hyphen, "'a-' cannot be the id of a question"),
        (with_a_newline, "'a\\n' cannot be the id of a question"),
        (with_a_foreign_letter, "'größe' cannot be the id of a question"),
        (with_an_underscore, "'__proto__' cannot be the id of a question"),
        (with_no_id, "'' cannot be the id of a question"),
        (with_a_link_to_a_script, "question 'a' links to 'javascript:x'"),
        (about_another_scheme, "question 'a' links to 'javascript:x'"),
        (asked_when_a_number, "asked_when of question 'a' needs a condition, not the Number 'n'"),
        (with_one_option, "question 'size' needs at least two options"),
        (with_options_as_text, "question 'size' needs at least two options: a mapping of id to label, or Option"),
        (with_the_same_option_twice, "question 'size' has two options with the id 'x'"),
        (with_a_bad_option_id, "'Very Large' cannot be the id of an option of question 'size'"),
        (without_room, "question 'n': its minimum 3 is not below its maximum 3"),
        (without_room_in_doubles, "question 'n': its minimum 9007199254740992 is not below its maximum"),
        (without_an_end, "question 'n': minimum, maximum and step must be finite numbers"),
        (with_a_step_of_nothing, "question 'n': its step 0 is not above 0"),
        (
            with_half_a_whole_number,
            "step=1 accepts whole numbers only, but its minimum is 0.5; give it a whole minimum",
        ),
        (with_a_bound_as_text, "question 'n': minimum, maximum and step must be finite numbers"),
        (with_a_default_in_another_unit, "question 'n' is in FTE, but its default, fact 'price', is in USD"),
        (with_a_default_out_of_range, "question 'n': its default 'people' goes from 1 to 10, outside 0 to 9"),
        (with_a_statement_as_default, "fact 'many' is a statement, 'many': a number is needed here"),
        (a_section_of_nothing, "section 's' has no questions"),
        (a_section_of_text, "section 's' lists 'a', which is not a question"),
        (a_section_of_one_question, "section 's': its questions are a list, questions=[…], not the YesNo 'a'"),
        (with_a_number_as_default, "question 'n': its default is a fact with its source, not 400"),
        (asked_for_a_list_of_options, "question 'size' takes ids one by one: write is_('s', 'm')"),
        (a_section_with_a_bad_id, "'S 1' cannot be the id of a section"),
        (ticks_for_a_choice, "section 's' asks with ticks, but question 'size' is not answered with yes or no"),
        (a_section_with_a_bad_link, "section 's' links to 'file:///etc/passwd'"),
    ],
)
def test_a_mistake_names_the_question_and_its_line(make: Callable[[], object], message: str) -> None:
    assert message in error_of(make).message


@pytest.mark.parametrize("id", ["a", "0", "a-1", "restore-tested", "constructor", "1-2-3"])
def test_other_ids_are_fine(id: str) -> None:
    assert YesNo(id, "A?").id == id


def test_the_same_wording_may_be_asked_twice() -> None:
    assert YesNo("a", "Really?") != YesNo("b", "Really?")


def test_a_mistake_reads_as_file_line_and_message() -> None:
    with pytest.raises(
        RuleSetError, match=r"tests/assessor/model/questions/test_questions\.py:\d+: section 's' has no questions$"
    ):
        Section("s", "S", [])
