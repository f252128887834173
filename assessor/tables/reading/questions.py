"""The questions that the columns of a decision table ask: as the table describes them, or as its cells suggest."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessor.errors import Location, RuleSetError, did_you_mean
from assessor.language.quantities import format_quantity
from assessor.model.dates.questions import Date
from assessor.model.numbers import LARGEST_ANSWER, Number
from assessor.model.questions import Choice, Option, Question, YesNo
from assessor.tables.decision_table import QUESTION_TEXTS, STEP, VALUES, Column, DecisionTable, TextCell
from assessor.tables.names import distinct_ids, named_lines, words_of_id
from assessor.tables.sheet import Problems
from assessor.tables.unary_tests import (
    Day,
    Interval,
    Literal,
    TestError,
    UnaryTests,
    Word,
    literal_text,
    parse_tests,
    shown,
)

BOOLEANS: Mapping[str, bool] = {
    **dict.fromkeys(("yes", "true", "ja", "wahr", "oui", "vrai", "sí", "si", "verdadero", "はい"), True),
    **dict.fromkeys(("no", "false", "nein", "falsch", "non", "faux", "falso", "いいえ"), False),
}
"""The words for yes and no in spreadsheets, whose TRUE and FALSE are in the language of the program."""

_TYPES = {
    "boolean": "yes-no",
    "string": "choice",
    "date": "date",
    **dict.fromkeys(("number", "integer", "long", "double"), "number"),
}
_WHOLE = ("integer", "long")
_LARGEST = 1e308


@dataclass(frozen=True)
class AskedColumn:
    """A column with the question that it asks.

    Attributes:
        column: The column.
        question: The question.
        options: For a choice, the id of the option by what cells call it.
    """

    column: Column
    question: Question
    options: Mapping[str, str]

    def option(self, text: str) -> str | None:
        """Return the id of the option that a cell calls so; upper and lower case are alike if that is clear."""
        if text in self.options:
            return self.options[text]
        alike = {id for name, id in self.options.items() if name.casefold() == text.casefold()}
        return alike.pop() if len(alike) == 1 else None


def asked_columns(table: DecisionTable, problems: Problems, notes: list[str]) -> list[AskedColumn]:
    """Return each column with its question, except columns that test nothing and say nothing.

    Args:
        table: The table.
        problems: Takes the mistakes.
        notes: Takes the assumptions.
    """
    ids = distinct_ids((column.name for column in table.columns), "question", is_camel=table.is_feel)
    found = []
    for place, column in enumerate(table.columns):
        cells = [(row.tests[place], row.places[place]) for row in table.rows]
        try:
            kind = _kind(column, cells)
            if not kind:
                notes.append(
                    f"{column.location}: every cell lets everything pass, so the rules don't need the column; to ask "
                    f"the question, add a row '{VALUES}:'"
                )
                continue
            maker = {"yes-no": _yes_no, "choice": _choice, "number": _number, "date": _date}[kind]
            found.append(maker(column, ids[column.name], cells, notes, table))
        except TestError as error:
            problems.add(column.location, str(error))
        except _CellError as error:
            problems.add(error.location, str(error))
        except RuleSetError as error:
            problems.add(column.location, error.message)
    return found


def known_columns(table: DecisionTable, questions: Sequence[Question], problems: Problems) -> list[AskedColumn]:
    """Return each column with the author's question that has its name as the id, the name or the wording."""
    found: list[AskedColumn] = []
    for column in table.columns:
        by_id = [each for each in questions if each.id == column.name]
        alike = [each for each in questions if column.name.casefold() in _calls(each)]
        if not by_id and len(alike) != 1:
            known = [each.id for each in questions]
            problems.add(column.location, f"there is no question {column.name!r}.{did_you_mean(column.name, known)}")
            continue
        question = (by_id or alike)[0]
        if not isinstance(question, (YesNo, Choice, Number, Date)):
            problems.add(
                column.location,
                f"question {question.id!r} is a {type(question).__name__}, which no table can carry; take the column "
                "out, and write the rules about it in Python, before or after those of the table",
            )
            continue
        if question in [each.question for each in found]:
            problems.add(column.location, f"another column asks {question.id!r} already; keep one of them")
        options = question.options if isinstance(question, Choice) else ()
        found.append(AskedColumn(column, question, _called(options)))
    return found


class _CellError(Exception):
    def __init__(self, location: Location, message: str) -> None:
        self.location = location
        super().__init__(message)


_Cells = Sequence[tuple[UnaryTests, Location]]


def _calls(question: Question) -> list[str]:
    return [each.casefold() for each in (question.id, question.name, question.wording)]


def _called(options: Sequence[Option]) -> dict[str, str]:
    return {option.label: option.id for option in options} | {option.id: option.id for option in options}


def _literals(cells: _Cells) -> Iterator[tuple[Literal | Interval, Location]]:
    return ((test, place) for tests, place in cells for test in tests.tests)


def is_boolean(value: object) -> bool:
    """Return whether a literal is true or false, or a word for one."""
    return isinstance(value, bool) or (isinstance(value, Word) and value.casefold() in BOOLEANS)


def _kind(column: Column, cells: _Cells) -> str:
    """Return the kind of question that a column asks; empty if nothing says so."""
    declared = column.texts.get(VALUES)
    if declared is not None:
        return _declared_kind(declared)
    if kind := _TYPES.get(column.type.rpartition(":")[2].lower(), ""):
        return kind
    values = list(column.allowed[0].tests) if column.allowed else [value for value, _ in _literals(cells)]
    if not values:
        return ""
    if all(map(is_boolean, values)):
        return "yes-no"
    kinds = [_kind_of_value(value) for value in values]
    kind = next((each for each in kinds if each), "")
    if not kind:
        return "choice"
    for value, place in _literals(cells):
        if _kind_of_value(value) != kind:
            what = f"a {_kind_of_value(value) or 'text'}"
            raise _CellError(
                place, f"{shown(str(value))} is {what}, but other cells of the column are {kind}s; write a {kind}"
            )
    return kind


def _kind_of_value(value: Literal | Interval) -> str:
    """Return whether a value is a number or a date; empty for another one."""
    if isinstance(value, Interval):
        return "date" if value.is_of_dates else "number"
    return "date" if isinstance(value, Day) else "number" if isinstance(value, float) else ""


def _declared_kind(declared: TextCell) -> str:
    text = declared.text.strip()
    if text[:1] in tuple("[(]<>\u2264\u2265"):
        return "date" if _interval(declared).is_of_dates else "number"
    words = {word.strip().casefold() for word in text.split(",")}
    return "yes-no" if words == {"yes", "no"} else "choice"


def _texts(column: Column, names: Sequence[str] = tuple(QUESTION_TEXTS)) -> dict[str, str]:
    """Return what the table says of a question, by attribute."""
    return {QUESTION_TEXTS[name]: column.texts[name].text for name in names if name in column.texts}


_SHARED = ("wording", "name", "hint", "why", "about", "asked of")
_OF_KIND = {"yes-no": ("yes", "no"), "number": ("unit", STEP), "date": ("statement",), "choice": ()}


def _described(column: Column, kind: str) -> dict[str, Any]:
    """Return the texts of a question of a kind.

    Raises:
        _CellError: If the table has a text that questions of this kind do not have.
    """
    for name in ("yes", "no", "unit", STEP, "statement"):
        if name in column.texts and name not in _OF_KIND[kind]:
            raise _CellError(
                column.texts[name].location, f"the row '{name}:' is not for a {kind} question; empty the cell"
            )
    own = tuple(name for name in _OF_KIND[kind] if name != STEP)
    return {"wording": words_of_id(column.name), **_texts(column, (*_SHARED, *own))}


def _yes_no(column: Column, id: str, cells: _Cells, notes: list[str], table: DecisionTable) -> AskedColumn:
    return AskedColumn(column, YesNo(id, **_described(column, "yes-no")), {})


def _choice(column: Column, id: str, cells: _Cells, notes: list[str], table: DecisionTable) -> AskedColumn:
    described = _described(column, "choice")
    declared = column.texts.get(VALUES)
    if declared is not None:
        options = _declared_options(declared)
        return AskedColumn(column, Choice(id, options=options, **described), _called(options))
    allowed = column.allowed[0].tests if column.allowed else ()
    values = allowed or tuple(value for value, _ in _literals(cells))
    for value, place in _literals(cells):
        if isinstance(value, Interval):
            raise _CellError(place, f"{shown(str(value))} is a range of numbers, but the column has texts")
    texts = list(dict.fromkeys(map(literal_text, values)))
    if not texts:
        raise _CellError(column.location, "no cell of this column names a text, so it has no options; remove it")
    if not table.is_feel:
        _refuse_spellings(cells)
    ids = distinct_ids(texts, "option")
    options = [Option(ids[text], text) for text in texts]
    if not allowed:
        # A cell that names every option would test nothing, so there must be another one.
        if any({literal_text(value) for value in tests.tests} == set(texts) for tests, _ in cells):
            options.append(Option("other" if "other" not in ids.values() else "something-else", "Something else"))
        shown_options = ", ".join(repr(option.label) for option in options)
        notes.append(
            f"{column.location}: the options are those in the cells: {shown_options}; add any that are missing"
        )
    return AskedColumn(column, Choice(id, options=tuple(options), **described), {**ids, **_called(options)})


def _declared_options(declared: TextCell) -> list[Option]:
    text = declared.text
    if "=" in text:
        return [Option(name, title or words_of_id(name)) for name, title in named_lines(text)]
    try:
        tests = parse_tests(text.replace("\n", ", "), is_feel=False)
    except TestError as error:
        raise _CellError(declared.location, str(error)) from None
    names = [str(test) for test in tests.tests]
    ids = distinct_ids(names, "option")
    return [Option(ids[name], words_of_id(name)) for name in names]


def _refuse_spellings(cells: _Cells) -> None:
    seen: dict[str, tuple[str, Location]] = {}
    for value, place in _literals(cells):
        text, first = seen.setdefault(str(value).casefold(), (str(value), place))
        if text != str(value):
            raise _CellError(place, f"{str(value)!r} is written {text!r} in {first.cell}; write it in one way")


def _number(column: Column, id: str, cells: _Cells, notes: list[str], table: DecisionTable) -> AskedColumn:
    described = _described(column, "number")
    is_whole = column.type.rpartition(":")[2].lower() in _WHOLE
    step: float | None = 1 if is_whole else None
    if STEP in column.texts:
        step = _read_number(column.texts[STEP])
    span = _declared_span(column)
    if span is None:
        least = _likely_minimum([value for value, _ in _literals(cells)])
        span = Interval(least, has_low=True)
        said = format_quantity(least)
        notes.append(
            f"{column.location}: nothing says which numbers are valid, so all from {said} are; give the greatest one, "
            "if there is one"
        )
    if span.is_of_dates:
        raise _CellError(_place_of_values(column), f"the valid numbers are {span}, which are dates")
    if span.low is None or not span.has_low or (span.high is not None and not span.has_high):
        raise _CellError(
            _place_of_values(column), f"the valid numbers, {span}, need a least one, and may have a greatest: [0..100]"
        )
    least, greatest = (_tidy(float(end)) for end in (span.low, LARGEST_ANSWER if span.high is None else span.high))
    question = Number(id, **described, minimum=least, maximum=greatest, step=None if step is None else _tidy(step))
    return AskedColumn(column, question, {})


def _date(column: Column, id: str, cells: _Cells, notes: list[str], table: DecisionTable) -> AskedColumn:
    described = _described(column, "date")
    span = _declared_span(column)
    if span is None:
        return AskedColumn(column, Date(id, **described), {})
    if not (isinstance(span.low, Day) and isinstance(span.high, Day) and span.has_low and span.has_high):
        raise _CellError(
            _place_of_values(column),
            f"the valid dates, {span}, need a first and a last one: [2026-01-01..2030-12-31]",
        )
    return AskedColumn(column, Date(id, **described, earliest=str(span.low), latest=str(span.high)), {})


def _declared_span(column: Column) -> Interval | None:
    """Return the valid numbers or dates of a column, if the table has them."""
    if VALUES in column.texts:
        return _interval(column.texts[VALUES])
    if column.allowed and isinstance(column.allowed[0].tests[0], Interval):
        return column.allowed[0].tests[0]
    return None


def _place_of_values(column: Column) -> Location:
    return column.texts[VALUES].location if VALUES in column.texts else column.location


def _tidy(number: float) -> float:
    """Return a whole number as an integer, which reads better."""
    return int(number) if float(number).is_integer() and abs(number) < 2**53 else number


def _interval(cell: TextCell) -> Interval:
    try:
        tests = parse_tests(cell.text, is_feel=False)
    except TestError as error:
        raise _CellError(cell.location, str(error)) from None
    if tests.is_negated or len(tests.tests) != 1 or not isinstance(tests.tests[0], Interval):
        raise _CellError(cell.location, f"{shown(cell.text)} is no range: write [0..100], or [2026-01-01..2030-12-31]")
    return tests.tests[0]


def _read_number(cell: TextCell) -> float:
    try:
        tests = parse_tests(cell.text, is_feel=False)
    except TestError as error:
        raise _CellError(cell.location, str(error)) from None
    if len(tests.tests) != 1 or not isinstance(tests.tests[0], float):
        raise _CellError(cell.location, f"{shown(cell.text)} is not a number")
    return tests.tests[0]


def _likely_minimum(values: Sequence[Literal | Interval]) -> float:
    """Return a number below all those in a column: 0, or a negative power of ten."""
    bounds: list[float] = []
    reaches_below = False
    for value in values:
        ends = (value.low, value.high) if isinstance(value, Interval) else (value,)
        bounds += [float(end) for end in ends if end is not None]
        if isinstance(value, Interval):
            reaches_below |= value.low is None and value.high == 0 and not value.has_high
    low = min(bounds)
    return -_power_above(-low) if low < 0 else -1 if reaches_below else 0


def _power_above(number: float) -> float:
    exponent = math.ceil(math.log10(number)) + 1
    return _LARGEST if exponent > math.log10(_LARGEST) else 10.0**exponent if exponent < 0 else float(10**exponent)
