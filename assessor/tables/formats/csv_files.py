"""Read and write a sheet as CSV, with the place of each cell."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from assessor.errors import DecisionTableError, Location
from assessor.tables.sheet import Sheet, SheetCell, column_letters, harmless, without_apostrophe

_SEPARATORS = (",", ";", "\t")
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs"}
# How many rows show what separates the cells.
_SNIFFED = 100
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# Cells whose text would not survive without quotation marks.
_QUOTED = ('"', ",", ";", "\t", "\r", "\n")


def read_csv(data: bytes, path: str) -> Sheet:
    """Read a CSV file: UTF-8 or UTF-16, separated by commas, semicolons or tabs.

    Args:
        data: The bytes of the file.
        path: The file, for messages.

    Raises:
        DecisionTableError: If it is not CSV, or its separator could be one of two.
    """
    try:
        text = data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refused(path, line, "the file is not UTF-8 text; save it as 'CSV UTF-8'") from None
    first = 1
    separator = ""
    if text[:4].lower() == "sep=" and text[4:5] in _SEPARATORS and text[5:6] in ("\r", "\n"):
        # What Excel writes and reads as the first line.
        separator, first = text[4], 2
        text = text[5:].removeprefix("\r").removeprefix("\n")
    separator = separator or _separator(text, path)
    rows = [
        [
            SheetCell(
                without_apostrophe(cell),
                Location(path, line, column=column, cell=f"row {number}, column {column_letters(place)}"),
            )
            for place, (cell, line, column) in enumerate(row, start=1)
        ]
        for number, row in enumerate(_records(text, separator, path, first), start=1)
    ]
    return Sheet(path, rows, has_semicolons=separator == ";")


def csv_text(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of texts as CSV with commas. Texts that spreadsheets take as formulas get an apostrophe."""
    return "".join(",".join(_written(harmless(cell)) for cell in row) + "\n" for row in rows)


def _written(text: str) -> str:
    needs_quotes = text != text.strip() or any(each in text for each in _QUOTED)
    return '"' + text.replace('"', '""') + '"' if needs_quotes else text


def _separator(text: str, path: str) -> str:
    """Return what separates the cells: what gives every row the width of the first."""
    widths: dict[str, list[int]] = {}
    for each in _SEPARATORS:
        try:
            rows = itertools.islice(_records(text, each, path, 1), _SNIFFED)
            widths[each] = [len(row) for row in rows if any(cell for cell, *_ in row)]
        except DecisionTableError:
            continue
    found = [each for each, of_rows in widths.items() if of_rows and of_rows[0] > 1]
    if len(found) > 1:
        even = [each for each in found if len(set(widths[each])) == 1]
        found = even or found
    if len(found) > 1:
        both = " or ".join(_NAMES[each] for each in found)
        raise _refused(
            path,
            1,
            f"{both} may separate the cells; write 'sep={found[0]}' on a line before the others, or save it anew",
        )
    return found[0] if found else ","


def _records(text: str, separator: str, path: str, first: int) -> Iterator[list[tuple[str, int, int]]]:
    """Yield the cells of each row: the text, and the line and the column where it begins."""
    line, start, place = first, 0, 0
    row: list[tuple[str, int, int]] = []
    while place <= len(text):
        at = line, place - start + 1
        if text[place : place + 1] == '"':
            cell, place, line, start = _quoted(text, place, line, start, path)
            if place < len(text) and text[place] not in (separator, "\r", "\n"):
                raise _refused(path, line, f"{text[place]!r} stands behind the closing quotation mark of a cell")
        else:
            end = place
            while end < len(text) and text[end] not in (separator, "\n"):
                # A file from an old Mac has nothing else.
                if text[end] == "\r" and text[end + 1 : end + 2] != "\n":
                    break
                end += 1
            cell, place = text[place:end].removesuffix("\r"), end
        row.append((cell, *at))
        if text[place : place + 1] == separator:
            place += 1
            continue
        if text[place : place + 2] == "\r\n":
            place += 1
        yield row
        row = []
        place += 1
        line, start = line + 1, place
        if place >= len(text):
            return


def _quoted(text: str, place: int, line: int, start: int, path: str) -> tuple[str, int, int, int]:
    """Return the text of a cell in quotation marks, and where it ends: the place, the line, and the start of that."""
    opened = line
    found: list[str] = []
    place += 1
    while True:
        end = text.find('"', place)
        if end < 0:
            raise _refused(path, opened, "the quotation mark of a cell that begins here is not closed")
        found.append(text[place:end])
        for position in range(place, end):
            if text[position] == "\n":
                line, start = line + 1, position + 1
        if text[end + 1 : end + 2] != '"':
            return "".join(found), end + 1, line, start
        found.append('"')
        place = end + 2


def _refused(path: str, line: int, message: str) -> DecisionTableError:
    return DecisionTableError([(Location(path, line), message)])
