"""Use a decision table: `table("rules.csv")` in a rule set, and a whole rule set from a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from assessor.errors import DecisionTableError, Location, RuleSetError, definition_site, did_you_mean
from assessor.model.questions.question import Question
from assessor.model.questions.sections import Section
from assessor.model.rules.decisions import Decision
from assessor.model.rules.outcomes import Outcome
from assessor.model.rules.rules import Rule
from assessor.model.ruleset import RuleSet
from assessor.tables.decision_table import LANGUAGE, RULE_SET, SECTION, DecisionTable, DecisionTables
from assessor.tables.formats.csv_files import read_csv
from assessor.tables.formats.dmn import read_all_dmn, read_dmn
from assessor.tables.formats.markdown import read_markdown
from assessor.tables.formats.workbooks import read_workbook
from assessor.tables.names import id_of, named_lines, words_of_id
from assessor.tables.reading.columns import AskedColumn
from assessor.tables.reading.layout import read_layout
from assessor.tables.reading.questions import asked_columns, known_columns
from assessor.tables.reading.rules import decision_of, known_outcomes, outcomes_of, rules_of
from assessor.tables.sheet import Problems, Sheet

_ENDINGS = (".csv", ".tsv", ".xlsx", ".dmn", ".md")
_MOST_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class Table:
    """What a decision table says.

    Attributes:
        sections: The questions, in the sections that the table names.
        outcomes: The outcomes.
        rules: The rules. Findings of `assessor check` about them name their cells.
    """

    sections: tuple[Section, ...]
    outcomes: tuple[Outcome, ...]
    rules: tuple[Rule, ...]

    def __iter__(self) -> NoReturn:
        """Refuse `rules=table(…)` and `[*table(…)]`."""
        raise RuleSetError("a table has outcomes and questions, too: take its rules, table(…).rules")

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions, in the order of the columns."""
        return tuple(question for section in self.sections for question in section.questions)


def table(
    path: str | Path,
    questions: Sequence[Question] | None = None,
    outcomes: Sequence[Outcome] | None = None,
    *,
    outcome: str | None = None,
    sheet: str | None = None,
    decision: str | None = None,
) -> Table:
    """Read a decision table, to keep the rules of a rule set in a spreadsheet: `rules=table("rules.csv").rules`.

    Args:
        path: A .csv, .xlsx, .dmn or .md file, relative to the Python file that calls this.
        questions: The questions that its columns ask, found by id, name or wording. By default, those that the table
            describes.
        outcomes: The outcomes that it leads to, found by id or title. By default, those that the table names.
        outcome: The header of the column of outcomes; by default `outcome`, or another usual name.
        sheet: The sheet of a workbook; by default the only one with cells.
        decision: The id or name of the decision in a DMN file with several.

    Raises:
        DecisionTableError: If it has mistakes, with the cell of each.
    """
    site = definition_site()
    file = Path(site.path).parent / path
    try:
        found = read_table(file, [], outcome=outcome, sheet=sheet, decision=decision)
    except OSError as error:
        hint = _beside(file) if isinstance(error, FileNotFoundError) else ""
        raise RuleSetError(f"cannot read the table {str(path)!r}: {error.strerror}.{hint}", site) from None
    return _used(found, questions, outcomes, [])


def read_table(
    file: Path,
    notes: list[str],
    *,
    outcome: str | None = None,
    sheet: str | None = None,
    decision: str | None = None,
) -> DecisionTable:
    """Read a decision table from a file; what it is, the ending of its name says.

    Args:
        file: The file.
        notes: Takes the assumptions and omissions.
        outcome: The header of the column of outcomes, or the name of a DMN table's output.
        sheet: The sheet of a workbook.
        decision: The decision in a DMN file.

    Raises:
        OSError: If opening it fails.
        DecisionTableError: If it is no such table.
    """
    path, ending = str(file), file.suffix.lower()
    if ending not in _ENDINGS:
        raise DecisionTableError([(Location(path), f"a table is a file with one of the endings {', '.join(_ENDINGS)}")])
    for option, value, only in (("sheet", sheet, ".xlsx"), ("decision", decision, ".dmn")):
        if value is not None and ending != only:
            raise DecisionTableError([(Location(path), f"only {only} files have a {option}; leave it out")])
    data = _bytes_of(file)
    if ending == ".dmn":
        return read_dmn(data, path, notes, decision, outcome)
    read: Sheet
    if ending == ".xlsx":
        read = read_workbook(data, path, sheet)
    elif ending == ".md":
        read = read_markdown(data, path)
    else:
        read = read_csv(data, path)
    return read_layout(read, outcome, notes)


def read_whole(file: Path, notes: list[str]) -> DecisionTable | DecisionTables:
    """Read the only table of a file, or those of all decisions if `assessor export` wrote several into a DMN file.

    Args:
        file: The file.
        notes: Takes the assumptions and omissions.

    Raises:
        OSError: If opening it fails.
        DecisionTableError: If it has mistakes, with the cell of each.
    """
    if file.suffix.lower() == ".dmn":
        return read_all_dmn(_bytes_of(file), str(file), notes)
    return read_table(file, notes)


def _bytes_of(file: Path) -> bytes:
    with file.open("rb") as stream:
        data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        message = f"a table may have at most {_MOST_BYTES // 1024 // 1024} MiB"
        raise DecisionTableError([(Location(str(file)), message)])
    return data


def ruleset_of(found: DecisionTable | DecisionTables, notes: list[str]) -> RuleSet:
    """Return the rule set that decision tables describe.

    Args:
        found: The table, or those of several decisions.
        notes: Takes the assumptions and omissions.

    Raises:
        DecisionTableError: With every mistake and its cell.
        RuleSetError: If the parts do not fit together.
    """
    if isinstance(found, DecisionTables):
        first = found.tables[0]
        with _placed(first.path):
            sections, decisions = _decisions_of(found, notes)
            title = found.title or words_of_id(found.id)
            return RuleSet(found.id, title=title, sections=sections, decisions=decisions, language=_language_of(first))
    used = _used(found, None, None, notes)
    named = named_lines(found.texts[RULE_SET].text) if RULE_SET in found.texts else []
    id, title = named[0] if named else ("", "")
    stem = Path(found.path).stem
    id = id or id_of(found.name or stem) or "table"
    with _placed(found.path):
        return RuleSet(
            id,
            title=title or words_of_id(found.name or stem),
            sections=used.sections,
            outcomes=used.outcomes,
            rules=used.rules,
            language=_language_of(found),
        )


def _language_of(found: DecisionTable) -> str:
    return found.texts[LANGUAGE].text.strip() if LANGUAGE in found.texts else ""


@contextmanager
def _placed(path: str) -> Iterator[None]:
    """Place an error in the table that causes it, and not in our code that builds the rule set."""
    try:
        yield
    except DecisionTableError:
        raise
    except RuleSetError as error:
        place = error.location if error.location.path == path else Location(path)
        raise DecisionTableError([(place, error.message)]) from None


def _decisions_of(found: DecisionTables, notes: list[str]) -> tuple[Sequence[Section], Sequence[Decision]]:
    """Return the sections of all tables, and the decision of each."""
    problems = Problems()
    asked: dict[str, AskedColumn] = {}
    for each in found.tables:
        for column in asked_columns(each, problems, notes):
            asked.setdefault(column.question.id, column)
    problems.refuse()
    columns = list(asked.values())
    questions = [each.question for each in columns]
    decisions: dict[int, Decision] = {}
    for each in found.tables:
        decisions[id(each)] = decision_of(each, questions, problems, decisions)
    return _sections(columns, problems), list(decisions.values())


def _used(
    found: DecisionTable, questions: Sequence[Question] | None, outcomes: Sequence[Outcome] | None, notes: list[str]
) -> Table:
    problems = Problems()
    try:
        columns = (
            asked_columns(found, problems, notes) if questions is None else known_columns(found, questions, problems)
        )
        problems.refuse()
        if not columns:
            problems.add(Location(found.path), "no column asks a question")
            problems.refuse()
        sections = _sections(columns, problems)
        by_name = outcomes_of(found) if outcomes is None else known_outcomes(found, outcomes, problems)
        rules = rules_of(found, columns, by_name, problems)
    except DecisionTableError:
        raise
    except RuleSetError as error:
        raise DecisionTableError([(Location(found.path), error.message)]) from None
    return Table(tuple(sections), tuple(dict.fromkeys(by_name.values())), tuple(rules))


def _sections(columns: Sequence[AskedColumn], problems: Problems) -> list[Section]:
    groups: list[tuple[str, list[AskedColumn]]] = []
    for each in columns:
        text = each.column.texts[SECTION].text.strip() if SECTION in each.column.texts else ""
        if not groups or (text and text != groups[-1][0]):
            if text in [before for before, _ in groups]:
                problems.add(each.column.texts[SECTION].location, f"section {text!r} is apart from its other columns")
            groups.append((text, []))
        groups[-1][1].append(each)
    problems.refuse()
    sections = []
    for text, asked in groups:
        ((id, title),) = named_lines(text)[:1] or [("questions", "Questions")]
        section = Section(id_of(id) or "questions", title or words_of_id(id), [each.question for each in asked])
        sections.append(section)
    return sections


def _beside(file: Path) -> str:
    if not file.parent.is_dir():
        return ""
    return did_you_mean(file.name, [each.name for each in file.parent.iterdir() if each.suffix.lower() in _ENDINGS])
