"""The questions that the columns of a decision table ask: as the table describes them, or as its cells suggest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessor.errors import Location, RuleSetError, did_you_mean
from assessor.model.questions.choices import Choice, Option
from assessor.model.questions.dates import Date
from assessor.model.questions.numbers import Number
from assessor.model.questions.question import Question, YesNo
from assessor.tables.decision_table import VALUES, Column, DecisionTable, TextCell
from assessor.tables.names import distinct_ids, named_lines, words_of_id
from assessor.tables.reading.columns import AskedColumn, CellError, Cells, described, literals
from assessor.tables.reading.ranges import date_column, interval_of, number_column
from assessor.tables.sheet import Problems
from assessor.tables.unary_parser import parse_tests
from assessor.tables.unary_tests import Day, Interval, Literal, TestError, Word, literal_text, shown

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
        if column.decision is not None:
            continue
        cells = [(row.tests[place], row.places[place]) for row in table.rows]
        try:
            kind = _kind(column, cells)
            if not kind:
                notes.append(
                    f"{column.location}: every cell lets everything pass, so the rules don't need the column; to ask "
                    f"the question, add a row '{VALUES}:'"
                )
                continue
            maker = {"yes-no": _yes_no, "choice": _choice, "number": number_column, "date": date_column}[kind]
            found.append(maker(column, ids[column.name], cells, notes, table))
        except TestError as error:
            problems.add(column.location, str(error))
        except CellError as error:
            problems.add(error.location, str(error))
        except RuleSetError as error:
            problems.add(column.location, error.message)
    return found


def known_columns(table: DecisionTable, questions: Sequence[Question], problems: Problems) -> list[AskedColumn]:
    """Return each column with the author's question that has its name as the id, the name or the wording."""
    found: list[AskedColumn] = []
    for column in table.columns:
        if column.decision is not None:
            continue
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


def _calls(question: Question) -> list[str]:
    return [each.casefold() for each in (question.id, question.name, question.wording)]


def _called(options: Sequence[Option]) -> dict[str, str]:
    return {option.label: option.id for option in options} | {option.id: option.id for option in options}


def is_boolean(value: object) -> bool:
    """Return whether a literal is true or false, or a word for one."""
    return isinstance(value, bool) or (isinstance(value, Word) and value.casefold() in BOOLEANS)


def _kind(column: Column, cells: Cells) -> str:
    """Return the kind of question that a column asks; empty if nothing says so."""
    declared = column.texts.get(VALUES)
    if declared is not None:
        return _declared_kind(declared)
    if kind := _TYPES.get(column.type.rpartition(":")[2].lower(), ""):
        return kind
    values = list(column.allowed[0].tests) if column.allowed else [value for value, _ in literals(cells)]
    if not values:
        return ""
    if all(map(is_boolean, values)):
        return "yes-no"
    kinds = [_kind_of_value(value) for value in values]
    kind = next((each for each in kinds if each), "")
    if not kind:
        return "choice"
    for value, place in literals(cells):
        if _kind_of_value(value) != kind:
            what = f"a {_kind_of_value(value) or 'text'}"
            raise CellError(
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
        return "date" if interval_of(declared).is_of_dates else "number"
    words = {word.strip().casefold() for word in text.split(",")}
    return "yes-no" if words == {"yes", "no"} else "choice"


def _yes_no(column: Column, id: str, cells: Cells, notes: list[str], table: DecisionTable) -> AskedColumn:
    return AskedColumn(column, YesNo(id, **described(column, "yes-no")), {})


def _choice(column: Column, id: str, cells: Cells, notes: list[str], table: DecisionTable) -> AskedColumn:
    own = described(column, "choice")
    declared = column.texts.get(VALUES)
    if declared is not None:
        options = _declared_options(declared)
        return AskedColumn(column, Choice(id, options=options, **own), _called(options))
    allowed = column.allowed[0].tests if column.allowed else ()
    values = allowed or tuple(value for value, _ in literals(cells))
    for value, place in literals(cells):
        if isinstance(value, Interval):
            raise CellError(place, f"{shown(str(value))} is a range of numbers, but the column has texts")
    texts = list(dict.fromkeys(map(literal_text, values)))
    if not texts:
        raise CellError(column.location, "no cell of this column names a text, so it has no options; remove it")
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
    return AskedColumn(column, Choice(id, options=tuple(options), **own), {**ids, **_called(options)})


def _declared_options(declared: TextCell) -> list[Option]:
    text = declared.text
    if "=" in text:
        return [Option(name, title or words_of_id(name)) for name, title in named_lines(text)]
    try:
        tests = parse_tests(text.replace("\n", ", "), is_feel=False)
    except TestError as error:
        raise CellError(declared.location, str(error)) from None
    names = [str(test) for test in tests.tests]
    ids = distinct_ids(names, "option")
    return [Option(ids[name], words_of_id(name)) for name in names]


def _refuse_spellings(cells: Cells) -> None:
    seen: dict[str, tuple[str, Location]] = {}
    for value, place in literals(cells):
        text, first = seen.setdefault(str(value).casefold(), (str(value), place))
        if text != str(value):
            raise CellError(place, f"{str(value)!r} is written {text!r} in {first.cell}; write it in one way")
