"""Answers: check what answers a question, and write answers as text."""

from __future__ import annotations

import datetime
import json
import re
import reprlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from assessor.errors import AnswerProblem, AnswersError, Location, did_you_mean
from assessor.language.dates import read_date
from assessor.language.quantities import format_quantity
from assessor.model.formulas.arithmetic import is_number
from assessor.model.questions.choices import Choice
from assessor.model.questions.dates import Date
from assessor.model.questions.numbers import Number
from assessor.model.questions.question import Question, YesNo

Answer = bool | str | float | None
"""A boolean, the id of an option, a number, a date as an ISO text, or `None` for "I don't know"."""

Bound = float | str
"""A number, or a date as an ISO text: what divides the answers to a question into cells."""

Tell = Callable[[AnswerProblem], None]

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_NULLS = ("", "null", "~")
_NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")


def check_answers(
    questions: Iterable[Question], answers: Mapping[str, object], tell: Tell | None = None
) -> dict[str, Answer]:
    """Return the answers in the order of the questions, after checking all of them.

    Answers under ids that questions and options had before are taken over, and those with retired options left out.

    Args:
        questions: The questions that may be answered.
        answers: Question ids and answers: a boolean, the id of an option, a number, a date (a `datetime.date` or an
            ISO text), or `None` for "I don't know".
        tell: Called with each answer that was taken over or left out.

    Raises:
        AnswersError: With every error, or if `answers` is not a mapping.
    """
    if not isinstance(cast(object, answers), Mapping):
        message = f"answers are a mapping of question ids to answers, not {value_text(answers)}: write {{}} for none"
        raise AnswersError([AnswerProblem("", message)])
    return check_entries(questions, ((name, value, None) for name, value in answers.items()), tell)


def answers_text(answers: Mapping[str, Answer]) -> str:
    """Return answers as the text of an answers file, one 'question: answer' per line, for `read_answers`."""
    return "".join(f"{name}: {_written(answer)}\n" for name, answer in answers.items())


def _written(answer: Answer) -> str:
    if isinstance(answer, str):
        is_text = _PLAIN.fullmatch(answer) and answer.lower() not in (*_BOOLEANS, *_NULLS)
        return answer if is_text else json.dumps(answer)
    if answer is None or isinstance(answer, bool):
        return json.dumps(answer)
    return repr(answer).removesuffix(".0")


@dataclass(frozen=True)
class Unquoted:
    """An unquoted answer as written in a file, with the value that YAML gives it."""

    text: str
    value: Answer


@dataclass(frozen=True)
class Unreadable:
    """An answer in a file that cannot be an answer to any question, with what is wrong with it."""

    message: str


Entry = tuple[str, object, Location | None]


def check_entries(questions: Iterable[Question], entries: Iterable[Entry], tell: Tell | None) -> dict[str, Answer]:
    """Return the answers of entries in the order of the questions, after checking all of them.

    Args:
        questions: The questions that may be answered.
        entries: Question ids, answers, and the line of each; an answer may be `Unquoted` or `Unreadable`.
        tell: Called with each answer that was taken over or left out.

    Raises:
        AnswersError: With every error.
    """
    by_id = {question.id: question for question in questions}
    by_every_id = {old: question for question in by_id.values() for old in question.formerly} | by_id
    accepted: dict[str, Answer] = {}
    seen: dict[str, Location | None] = {}
    problems: list[AnswerProblem] = []
    unreadable: list[AnswerProblem] = []
    for given, value, location in _until_unreadable(entries, unreadable):
        question = by_every_id.get(given)
        name = given if question is None else question.id
        if question is None:
            message = f"there is no question {value_text(name)}.{did_you_mean(str(name), by_id)}"
        elif name in seen:
            message = f"question {name!r} is answered twice, first on line {getattr(seen[name], 'line', 0)}"
        elif isinstance(value, Unreadable):
            message = ""
        else:
            answer = _meant(question, value)
            present, note = _present(question, given, answer)
            if note and tell:
                tell(AnswerProblem(name, note, location))
            message = ""
            if present is not _RETIRED:
                message = mismatch(question, present)
                accepted[name] = present  # type: ignore[assignment]  # what does not fit is a problem, and raised
        seen.setdefault(name, location)
        found = (message, value.message if isinstance(value, Unreadable) else "")
        problems += [AnswerProblem(str(name), each, location) for each in found if each]
    if problems or unreadable:
        raise AnswersError([*problems, *unreadable])
    return {name: accepted[name] for name in by_id if name in accepted}


def _until_unreadable(entries: Iterable[Entry], problems: list[AnswerProblem]) -> Iterator[Entry]:
    """Yield entries up to a place where reading them fails, so that errors name the mistakes before it as well.

    Args:
        entries: The entries.
        problems: Takes what is wrong at that place.
    """
    try:
        yield from entries
    except AnswersError as error:
        problems += error.problems


def _meant(question: Question, value: object) -> object:
    """Return the answer to a question. The id of an option may look like a boolean or a number: `country: no`."""
    if not isinstance(value, Unquoted):
        return value
    is_option = value.text in _option_ids(question)
    # Null means "I don't know" for every question. An option with that id must be quoted in the file.
    return value.text if is_option and value.value is not None else value.value


def _option_ids(question: Question) -> set[str]:
    """Return the present and the former ids of the options."""
    return {*question.option_ids, *question.renamed, *question.retired} if isinstance(question, Choice) else set()


_RETIRED = object()


def _present(question: Question, given: str, answer: object) -> tuple[object, str]:
    """Return the answer with the present id of its option, or `_RETIRED`; and what to say of old ids, if any."""
    notes = [] if given == question.id else [f"question {given!r} is {question.id!r} now"]
    if isinstance(question, Choice) and isinstance(answer, str) and answer not in question.option_ids:
        if answer in question.retired:
            notes.append(f"question {question.id!r} no longer has the option {answer!r}: answer it again")
            return _RETIRED, "; ".join(notes)
        if answer in question.renamed:
            notes.append(f"option {answer!r} of question {question.id!r} is {question.renamed[answer]!r} now")
            answer = question.renamed[answer]
    if isinstance(question, Date):
        answer = _date_text(answer)
    return answer, "; ".join(notes)


def present_answer(question: Question, answer: object) -> object:
    """Return an answer with the present id of its option, null if that is retired, and a date as an ISO text."""
    present, _ = _present(question, question.id, answer)
    return None if present is _RETIRED else present


def mismatch(question: Question, value: object) -> str:
    """Return what is wrong with an answer, or an empty string."""
    if value is None:
        return ""
    asked = f"question {question.id!r}"
    if isinstance(question, YesNo):
        if isinstance(value, bool):
            return ""
        return f"{asked} is answered with true, false or null (don't know), not {value_text(value)}"
    if isinstance(question, Choice):
        if isinstance(value, str) and value in question.option_ids:
            return ""
        if isinstance(value, str):
            return f"{asked} has no option {value_text(value)}.{did_you_mean(value, question.option_ids)}"
        known = ", ".join(question.option_ids)
        return f"{asked} is answered with one of {known}, or null (don't know), not {value_text(value)}"
    if isinstance(question, Date):
        if not isinstance(value, str) or read_date(value) is None:
            return f"{asked} is answered with a date (2027-03-01) or null (don't know), not {value_text(value)}"
        is_within = question.minimum <= value <= question.maximum
        return "" if is_within else f"{asked} takes {valid_dates(question)}, not {value}"
    assert isinstance(question, Number)
    if not is_number(value):
        return f"{asked} is answered with a number or null (don't know), not {value_text(value)}"
    assert isinstance(value, (int, float))
    # Compare floats, as the page does: an integer can be more precise than they are.
    is_within = float(question.minimum) <= float(value) <= float(question.maximum)
    if not is_within or (question.is_whole and not float(value).is_integer()):
        return f"{asked} takes {valid_numbers(question)}, not {value_text(float(value))}"
    return ""


def valid_numbers(question: Number) -> str:
    """Return which numbers answer a question: "a whole number from 0 to 50 FTE"."""
    kind = "a whole number" if question.is_whole else "a number"
    if not question.has_maximum:
        return f"{kind} of at least {format_quantity(question.minimum, question.unit)}, with at most 15 digits"
    low, high = format_quantity(question.minimum), format_quantity(question.maximum, question.unit)
    return f"{kind} from {low} to {high}"


def valid_dates(question: Date) -> str:
    """Return which dates answer a question: "a date from 2026-01-01 to 2030-12-31"."""
    return f"a date from {question.minimum} to {question.maximum}"


def _date_text(answer: object) -> object:
    """Return a date as an ISO text, also one at midnight, as data frames have it; return anything else unchanged."""
    if isinstance(answer, datetime.datetime):
        is_day = answer.tzinfo is None and answer.time() == datetime.time()
        return answer.date().isoformat() if is_day else answer
    return answer.isoformat() if isinstance(answer, datetime.date) else answer


def value_text(value: object) -> str:
    """Return a value as messages name it, shortened."""
    if isinstance(value, (datetime.date, datetime.time)):
        return str(value)
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, int) and not isinstance(value, bool) and not is_number(value):
        return "an integer that is too large"
    shortening = reprlib.Repr()
    shortening.maxstring = 60
    return shortening.repr(value)


def plain_value(text: str) -> Answer:
    """Return the value that YAML gives an unquoted text."""
    if text.lower() in _NULLS:
        return None
    if text.lower() in _BOOLEANS:
        return _BOOLEANS[text.lower()]
    return float(text) if _NUMBER.fullmatch(text) else text


def plain_answer(question: Question, text: str) -> Answer:
    """Return the answer that a text without quotes stands for, as in a field of CSV, which cannot tell text by quotes.

    Args:
        question: The question. What is the id of one of its options is that option, also `no` or `null`.
        text: The text; an empty one is no answer.
    """
    text = text.strip()
    return text if text in _option_ids(question) else plain_value(text)
