"""Answers and cases: reading and checking answers, and worked cases, which are answers with a name.

A file of answers, YAML or JSON, is one flat mapping of question ids. It is parsed event by event and must not contain
nested values, anchors or aliases, so its contents cannot refer to themselves or expand. Every error is reported.
"""

from __future__ import annotations

import datetime
import json
import re
import reprlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar, cast

from assessor.errors import AnswerProblem, AnswersError, Location, RuleSetError, did_you_mean
from assessor.language.dates import read_date
from assessor.language.quantities import format_quantity
from assessor.model.formulas.arithmetic import is_number
from assessor.model.questions.choices import Choice, Question, YesNo
from assessor.model.questions.dates import Date
from assessor.model.questions.numbers import Number
from assessor.model.rules.rules import Outcome
from assessor.validation import (
    MARKDOWN,
    REQUIRED_TEXT,
    Definition,
    NotQuotable,
    as_tuple,
    check_flag,
    named_value,
    unquoted,
)

if TYPE_CHECKING:
    from yaml import ScalarEvent

Answer = bool | str | float | None
"""A boolean, the id of an option, a number, a date as an ISO text, or `None` for "I don't know"."""

Bound = float | str
"""A number, or a date as an ISO text: what divides the answers to a question into cells."""

Tell = Callable[[AnswerProblem], None]

MOST_BYTES = 64 * 1024

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_NULLS = ("", "null", "~")
_JSON_STRING = re.compile(r'("(?:[^"\\]|\\.)*")(\s*)(:?)')
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
        message = f"answers are a mapping of question ids to answers, not {_value_text(answers)}: write {{}} for none"
        raise AnswersError([AnswerProblem("", message)])
    return _check(questions, ((name, value, None) for name, value in answers.items()), tell)


def read_answers(
    questions: Iterable[Question], stream: BinaryIO, name: str, tell: Tell | None = None
) -> dict[str, Answer]:
    """Read answers from YAML or JSON.

    Args:
        questions: The questions that may be answered.
        stream: UTF-8 bytes, at most `MOST_BYTES` of them.
        name: The name of the stream in messages, such as its path.
        tell: Called with each answer under an old id, which is taken over, or with a retired option, which is left out.

    Raises:
        AnswersError: With every error and its line.
    """
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise _file_error(Location(name), f"answers may be at most {MOST_BYTES // 1024} KiB; this file is larger")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _file_error(Location(name, line), "the file is not UTF-8 text; save it as UTF-8") from None
    return _check(questions, _entries(text, name), tell)


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
class _Plain:
    """An unquoted answer as written in a file, with the value that YAML gives it."""

    text: str
    value: Answer


Entry = tuple[str, object, Location | None]


def _check(questions: Iterable[Question], entries: Iterable[Entry], tell: Tell | None) -> dict[str, Answer]:
    by_id = {question.id: question for question in questions}
    by_every_id = {old: question for question in by_id.values() for old in question.formerly} | by_id
    accepted: dict[str, Answer] = {}
    seen: dict[str, Location | None] = {}
    problems: list[AnswerProblem] = []
    for given, value, location in entries:
        question = by_every_id.get(given)
        name = given if question is None else question.id
        if question is None:
            message = f"there is no question {_value_text(name)}.{did_you_mean(str(name), by_id)}"
        elif name in seen:
            message = f"question {name!r} is answered twice, first on line {getattr(seen[name], 'line', 0)}"
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
        if message:
            problems.append(AnswerProblem(str(name), message, location))
    if problems:
        raise AnswersError(problems)
    return {name: accepted[name] for name in by_id if name in accepted}


def _meant(question: Question, value: object) -> object:
    """Return the answer to a question. The id of an option may look like a boolean or a number: `country: no`."""
    if not isinstance(value, _Plain):
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
        return f"{asked} is answered with true, false or null (don't know), not {_value_text(value)}"
    if isinstance(question, Choice):
        if isinstance(value, str) and value in question.option_ids:
            return ""
        if isinstance(value, str):
            return f"{asked} has no option {_value_text(value)}.{did_you_mean(value, question.option_ids)}"
        known = ", ".join(question.option_ids)
        return f"{asked} is answered with one of {known}, or null (don't know), not {_value_text(value)}"
    if isinstance(question, Date):
        if not isinstance(value, str) or read_date(value) is None:
            return f"{asked} is answered with a date (2027-03-01) or null (don't know), not {_value_text(value)}"
        is_within = question.minimum <= value <= question.maximum
        return "" if is_within else f"{asked} takes {valid_dates(question)}, not {value}"
    assert isinstance(question, Number)
    if not is_number(value):
        return f"{asked} is answered with a number or null (don't know), not {_value_text(value)}"
    assert isinstance(value, (int, float))
    # Compare floats, as the page does: an integer can be more precise than they are.
    is_within = float(question.minimum) <= float(value) <= float(question.maximum)
    if not is_within or (question.is_whole and not float(value).is_integer()):
        return f"{asked} takes {valid_numbers(question)}, not {_value_text(float(value))}"
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


def _value_text(value: object) -> str:
    if isinstance(value, (datetime.date, datetime.time)):
        return str(value)
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, int) and not isinstance(value, bool) and not is_number(value):
        return "an integer that is too large"
    shortening = reprlib.Repr()
    shortening.maxstring = 60
    return shortening.repr(value)


def _file_error(location: Location, message: str) -> AnswersError:
    return AnswersError([AnswerProblem("", message, location)])


def _entries(text: str, name: str) -> Iterator[Entry]:
    """Read a flat YAML or JSON mapping, event by event."""
    import yaml  # noqa: PLC0415 - slow to import
    from yaml.reader import ReaderError  # noqa: PLC0415 - as above

    if text.lstrip().startswith("{"):
        # JSON may be indented with tabs, YAML may not. Neither allows an unescaped tab inside a JSON string.
        text = text.replace("\t", " ")
        # JSON also allows a line break before a colon: move it behind the colon.
        text = _JSON_STRING.sub(r"\1\3\2", text)
    try:
        yield from _mapping(text, name)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _file_error(
            Location(name, mark.line + 1 if mark else 0), f"this is not YAML or JSON: {error.problem or error.context}"
        ) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _file_error(Location(name, line), f"this is not YAML or JSON: {str(error).splitlines()[0]}") from None
    except (ValueError, OverflowError):
        raise _file_error(
            Location(name), "this is not YAML or JSON: a version or a character's number in it is too large"
        ) from None


def _mapping(text: str, name: str) -> Iterator[Entry]:
    import yaml  # noqa: PLC0415 - as above

    key: tuple[str, Location] | None = None
    in_mapping = False
    documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        location = Location(name, event.start_mark.line + 1 if event.start_mark else 0)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _file_error(location, "a file of answers holds one document; this starts a second")
        if not isinstance(event, yaml.NodeEvent):
            continue
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise _file_error(location, "answers cannot use YAML anchors and aliases (& and *)")
        if not in_mapping:
            in_mapping = isinstance(event, yaml.MappingStartEvent)
            is_empty = isinstance(event, yaml.ScalarEvent) and _scalar(event) == _Plain(event.value, None)
            if not in_mapping and not is_empty:
                raise _file_error(location, "answers are a mapping: write one 'question: answer' a line")
        elif not isinstance(event, yaml.ScalarEvent):
            what = f"the answer to {_value_text(key[0])}" if key else "a question id"
            raise _file_error(location, f"{what} must be a single value, not a list or a mapping")
        elif key is None:
            key = (event.value, location)
        else:
            yield key[0], _scalar(event), key[1]
            key = None


def _scalar(event: ScalarEvent) -> str | _Plain:
    """Return the value of a YAML or JSON scalar. Quoted scalars are text."""
    if event.style is not None or not event.implicit[0]:
        text: str = event.value
        return text
    return _Plain(event.value, _plain_value(event.value))


def _plain_value(text: str) -> Answer:
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
    return text if text in _option_ids(question) else _plain_value(text)


@dataclass(frozen=True)
class Case(Definition, NotQuotable):
    """A worked example of a rule set, shown to readers and run as a test.

    Attributes:
        id: The id.
        title: Who the case is about, in a few words.
        story: Their situation; inline Markdown.
        answers: Their answers. Questions without one stay open.
        outcome: The expected outcome.
        also: The expected outcomes of other decisions, if the rule set has several.
        settled: Whether the answers must settle the outcome; otherwise it only has to be one of several still possible.
        rule: The id of the rule that must decide; by default any.
        actions: The ids of exactly those actions that must apply; by default any.
        location: Where the case was created.
    """

    kind: ClassVar[str] = "case"

    id: str
    title: str = field(metadata=REQUIRED_TEXT)
    story: str = field(metadata=MARKDOWN)
    answers: Mapping[str, Answer] = field(hash=False)
    outcome: Outcome
    also: Sequence[Outcome] = field(default=(), kw_only=True)
    settled: bool = field(default=True, kw_only=True)
    rule: str = field(default="", kw_only=True)
    actions: Sequence[str] | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        """Check the parts that can be checked without the rule set."""
        super().__post_init__()
        owner = self.owner_name
        given: object = self.answers
        if not isinstance(given, Mapping):
            raise RuleSetError(
                f"{owner}: its answers are a mapping, {{'question': answer, …}}, not {named_value(given)}"
            )
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))
        check_flag(owner, "settled", self.settled)
        object.__setattr__(self, "also", as_tuple(owner, "also", self.also))
        for outcome in (self.outcome, *self.also):
            if not isinstance(outcome, Outcome):
                raise RuleSetError(
                    f"{owner} expects {named_value(outcome)}, which is not an Outcome{unquoted(outcome, 'outcome')}"
                )
        if self.actions is not None:
            if isinstance(self.actions, str):
                raise RuleSetError(f"{owner}: actions is one text: write a list, actions=[…]")
            object.__setattr__(self, "actions", as_tuple(owner, "actions", self.actions))

    def __getstate__(self) -> dict[str, Any]:
        """Return the attributes to pickle or copy: a read-only mapping can be neither."""
        return {**vars(self), "answers": dict(self.answers)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Restore the attributes, with the answers read-only again."""
        vars(self).update(state, answers=MappingProxyType(state["answers"]))
