"""Read a decision table from a sheet: which column is what, and what the rows below the header say of the columns.

The names of our own columns and rows end with a colon, which no id has: `outcome:`, `wording:`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assessor.errors import Location, did_you_mean
from assessor.tables.decision_table import (
    HIT_POLICIES,
    HIT_POLICY,
    LANGUAGE,
    QUESTION_TEXTS,
    RULE_SET,
    SECTION,
    STEP,
    VALUES,
    Column,
    DecisionTable,
    Row,
    TextCell,
)
from assessor.tables.sheet import Problems, Sheet, SheetCell
from assessor.tables.unary_parser import parse_tests
from assessor.tables.unary_tests import ANY, TestError

_RULE, _OUTCOME, _BECAUSE = "rule", "outcome", "because"
# What people call these columns; ours end with a colon and go first.
_NAMES: Mapping[str, Sequence[str]] = {
    _RULE: ("rule", "rule id", "id", "#", "no", "no.", "nr", "nr.", *map(str.lower, HIT_POLICIES)),
    _OUTCOME: ("outcome", "then", "result", "decision", "output", "->", "\u2192", "verdict", "recommendation"),
    _BECAUSE: ("because", "reason", "why", "annotation", "annotations", "comment", "comments", "description", "note"),
}
# A row that accepts findings about the row below it, as a comment does in Python.
_ACCEPTANCE = "# accept:"
_HEAD_ROWS = (RULE_SET, LANGUAGE, HIT_POLICY, SECTION, *QUESTION_TEXTS, VALUES, STEP)


def read_layout(sheet: Sheet, outcome: str | None, notes: list[str]) -> DecisionTable:
    """Read the decision table on a sheet.

    Args:
        sheet: The sheet.
        outcome: The header of the column of outcomes, if an author names it.
        notes: Takes what an author should know.

    Raises:
        DecisionTableError: With the cell of each mistake.
    """
    problems = Problems()
    rows = [row for row in sheet.rows if any(cell.text.strip() for cell in row)]
    if len(rows) < 2:
        problems.add(Location(sheet.path), "a decision table has a row of headers, and a row for each rule below it")
        problems.refuse()
    header = _without_empty_end(rows[0])
    places = _roles(header, outcome, notes, problems)
    problems.refuse()
    tested = [place for place in range(len(header)) if place not in places.values()]
    if not tested:
        problems.add(header[0].location, "the table has no column of tests beside its outcome")
    head, body = _split(rows[1:], places, problems)
    for place, cell in enumerate(header):
        if not cell.text.strip():
            problems.add(cell.location, "this column has no header; give it one, or remove the column")
        if place in tested and cell.text.strip() in [header[other].text.strip() for other in tested if other < place]:
            problems.add(cell.location, f"two columns have the header {cell.text.strip()!r}; give one another")
    problems.refuse()
    names = [_named(cell, cell.text.strip()) for cell in header]
    columns = [
        Column(
            header[place].text.strip(),
            names[place],
            {
                name: TextCell(row[place].text, _named(row[place], header[place].text.strip()))
                for name, row in head.items()
                if place < len(row) and row[place].text.strip()
            },
        )
        for place in tested
    ]
    found = [
        row
        for each in body
        if (row := _row(each, header, tested=tested, places=places, sheet=sheet, problems=problems)) is not None
    ]
    if not found:
        problems.add(header[0].location, "the table has no row with a rule")
    problems.refuse()
    corner = header[places[_RULE]] if _RULE in places else header[0]
    policy = HIT_POLICIES.get(corner.text.strip().upper(), "FIRST") if _RULE in places else "FIRST"
    texts = {name: _first_text(head[name]) for name in (RULE_SET, LANGUAGE) if name in head}
    if VALUES in head and places[_OUTCOME] < len(head[VALUES]):
        cell = head[VALUES][places[_OUTCOME]]
        texts[VALUES] = TextCell(cell.text, cell.location)
    hit_policy = TextCell(policy, corner.location)
    if HIT_POLICY in head:
        given = _first_text(head[HIT_POLICY])
        hit_policy = replace(given, text=HIT_POLICIES.get(given.text.strip().upper(), given.text.strip().upper()))
    return DecisionTable(sheet.path, columns, found, hit_policy, texts)


def _named(cell: SheetCell, header: str) -> Location:
    """Return the place of a cell with the name of its column: "row 4, column C (seats)"."""
    location = cell.location
    if "!" in location.cell or not header:
        return location
    return replace(location, cell=f"{location.cell} ({header})")


def _without_empty_end(row: Sequence[SheetCell]) -> Sequence[SheetCell]:
    """Return a row without the empty cells that spreadsheets save behind it."""
    end = max((place + 1 for place, cell in enumerate(row) if cell.text.strip()), default=0)
    return row[:end]


def _roles(header: Sequence[SheetCell], outcome: str | None, notes: list[str], problems: Problems) -> dict[str, int]:
    """Return the columns of rule ids, outcomes and reasons, as far as there are any."""
    texts = [cell.text.strip() for cell in header]
    places: dict[str, int] = {}
    if outcome is not None:
        if outcome not in texts:
            problems.add(
                header[0].location, f"there is no column {outcome!r} for the outcome.{did_you_mean(outcome, texts)}"
            )
            return places
        places[_OUTCOME] = texts.index(outcome)
    for role, names in _NAMES.items():
        exact = [place for place, text in enumerate(texts) if text == f"{role}:"]
        # Only at an edge: a question may have any name.
        edges = [0] if role == _RULE else range(len(texts) - 1, 0, -1)
        usual = [place for place in edges if texts[place].lower() in names and place not in places.values()]
        if role not in places and (exact or usual):
            places[role] = (exact or usual)[0]
    if _OUTCOME not in places and header:
        shown = ", ".join(map(repr, texts))
        problems.add(
            header[-1].location,
            "no column has the name 'outcome'; name the one that decides with --outcome (table(…, outcome=…) in "
            f"Python): {shown}",
        )
    if _BECAUSE not in places:
        notes.append(
            f"{header[0].location.path}: no column has the name 'because', so each rule's reason names its row; "
            "readers see it, so write a better one"
        )
    return places


def _split(
    rows: Sequence[Sequence[SheetCell]], places: Mapping[str, int], problems: Problems
) -> tuple[dict[str, Sequence[SheetCell]], list[Sequence[SheetCell]]]:
    """Divide the rows into those that describe the columns, by name, and those of rules."""
    head: dict[str, Sequence[SheetCell]] = {}
    body: list[Sequence[SheetCell]] = []
    for row in rows:
        if row[0].text.strip().startswith(_ACCEPTANCE):
            if "!" in row[0].location.cell:
                problems.add(
                    row[0].location, "workbooks cannot accept findings; keep the table as .csv, or remove the row"
                )
            continue
        cell = row[places[_RULE]] if _RULE in places and places[_RULE] < len(row) else None
        text = cell.text.strip() if cell else ""
        if cell is None or not text.endswith(":"):
            body.append(row)
            continue
        name = text[:-1].strip().lower()
        if name not in _HEAD_ROWS:
            known = [f"{each}:" for each in _HEAD_ROWS]
            problems.add(cell.location, f"there is no row {text!r} in a table.{did_you_mean(text, known)}")
        elif name in head:
            problems.add(cell.location, f"the row {text!r} is there twice")
        elif body:
            problems.add(cell.location, f"the row {text!r} stands below a rule; move it to the top")
        head[name] = row
    return head, body


def _first_text(row: Sequence[SheetCell]) -> TextCell:
    cell = next((each for each in row[1:] if each.text.strip()), row[0])
    return TextCell(cell.text if cell is not row[0] else "", cell.location)


def _row(
    row: Sequence[SheetCell],
    header: Sequence[SheetCell],
    *,
    tested: Sequence[int],
    places: Mapping[str, int],
    sheet: Sheet,
    problems: Problems,
) -> Row | None:
    for extra in row[len(header) :]:
        if extra.text.strip():
            problems.add(extra.location, f"{extra.text.strip()[:40]!r} stands in no column of the header")
    start = row[0].location

    def cell_of(place: int | None) -> TextCell:
        if place is None or place >= len(row):
            return TextCell("", start)
        return TextCell(row[place].text, _named(row[place], header[place].text.strip()))

    tests = []
    for place in tested:
        cell = cell_of(place)
        try:
            tests.append(parse_tests(cell.text, is_feel=False, has_semicolons=sheet.has_semicolons))
        except TestError as error:
            problems.add(cell.location, str(error))
            tests.append(ANY)
    outcome = cell_of(places[_OUTCOME])
    if not outcome.text.strip():
        problems.add(outcome.location, "the row has no outcome; write one, or remove the row")
        return None
    id_cell = cell_of(places.get(_RULE))
    reason = cell_of(places.get(_BECAUSE)).text
    # Of a workbook, a row has no name but that of its first cell.
    row_location = replace(start, cell=start.cell.partition(", ")[0])
    return Row(row_location, tests, [cell_of(place).location for place in tested], outcome, id_cell, reason)
