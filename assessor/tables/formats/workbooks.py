"""Read and write a sheet of an Excel workbook, with openpyxl.

A workbook is a ZIP of XML files. Both can be bombs, so this measures and checks the parts before openpyxl reads them.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assessor.errors import AssessorError, DecisionTableError, Location, did_you_mean
from assessor.tables.sheet import Sheet, SheetCell, column_letters
from assessor.tables.unary_tests import number_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_MOST_BYTES = 64 * 1024 * 1024
_MOST_CELLS = 200_000
_ROW_LIMIT, _COLUMN_LIMIT = 20_000, 1_000
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# XML 1.0 has no way to write these.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
# Excel cuts longer texts off, and openpyxl does so before it.
_LONGEST_TEXT = 32_767
_EPOCH = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb">\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?<")
_WIDEST, _NARROWEST = 48, 8
_GREY = "FFEDEDED"


def read_workbook(data: bytes, path: str, sheet: str | None = None) -> Sheet:
    """Read one sheet of a workbook.

    This refuses formulas: the value that a workbook keeps beside one is that of the last program that computed it, and
    may be missing.

    Args:
        data: The bytes of the file.
        path: The file, for messages.
        sheet: The name of the sheet; by default the only one with cells.

    Raises:
        DecisionTableError: If it is no workbook, or has formulas, times or errors, with the cell of each.
    """
    openpyxl = _openpyxl()
    _check_parts(data, path)
    try:
        # Not read-only: only in the other mode, merged cells are known.
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
    except Exception as error:  # openpyxl raises whatever its parts do
        raise _refused(path, f"cannot read the workbook: {error}") from None
    try:
        return _cells(_chosen(book, path, sheet), path)
    finally:
        book.close()


def _openpyxl() -> Any:
    try:
        import openpyxl  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise AssessorError(
            f"{error.name} is missing, and workbooks need it: pip install 'mkdocs-assessor[xlsx]'"
        ) from None
    return openpyxl


def _check_parts(data: bytes, path: str) -> None:
    """Refuse what is no ZIP, unpacks to too much, or declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(each.file_size for each in archive.infolist()) > _MOST_BYTES:
                raise _refused(path, f"the workbook unpacks to more than {_MOST_BYTES // 1024 // 1024} MiB")
            for each in archive.infolist():
                if not each.filename.endswith((".xml", ".rels", ".vml")):
                    continue
                part = archive.read(each)
                # In UTF-16, every other byte is zero.
                if _DECLARATION.search(part.replace(b"\0", b"")):
                    raise _refused(path, f"its part {each.filename!r} has a document type, which no workbook needs")
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error) as error:
        hint = "; save an old .xls file as .xlsx" if data.startswith(b"\xd0\xcf\x11\xe0") else ""
        raise _refused(path, f"this is not an Excel workbook ({error}){hint}") from None


def _chosen(book: Any, path: str, name: str | None) -> Worksheet:
    sheets = {each.title: each for each in book.worksheets}
    if name is not None:
        if name not in sheets:
            raise _refused(path, f"there is no sheet {name!r}.{did_you_mean(name, sheets)}")
        return sheets[name]
    filled = [each for each in sheets.values() if each.max_row > 1 or each.max_column > 1]
    if len(filled) != 1:
        names = ", ".join(map(repr, sheets))
        many = "several sheets have cells" if filled else "no sheet has cells"
        raise _refused(path, f"{many}; name one with --sheet (table(…, sheet=…) in Python): {names}")
    return filled[0]


def _cells(sheet: Worksheet, path: str) -> Sheet:
    if sheet.max_row > _ROW_LIMIT or sheet.max_column > _COLUMN_LIMIT or sheet.max_row * sheet.max_column > _MOST_CELLS:
        raise _refused(
            path,
            f"sheet {sheet.title!r} has cells as far as {column_letters(sheet.max_column)}{sheet.max_row}, too many",
        )
    problems: list[tuple[Location, str]] = []
    rows: list[list[SheetCell]] = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells: list[SheetCell] = []
        for column, cell in enumerate(row, start=1):
            name = f"{sheet.title}!{column_letters(column)}{number}"
            location = Location(path, number, column=column, cell=name)
            text = ""
            try:
                text = _text(cell)
            except ValueError as error:
                problems.append((location, str(error)))
            cells.append(SheetCell(text, location))
        rows.append(cells)
    for merged in sheet.merged_cells.ranges:
        name = f"{sheet.title}!{merged}"
        place = Location(path, merged.min_row, column=merged.min_col, cell=name)
        problems.append((place, "merged cells are not supported; split them, and write the text in each"))
    if problems:
        raise DecisionTableError(problems)
    return Sheet(path, rows)


def _text(cell: Any) -> str:
    """Return the text of a cell as one would type it.

    Raises:
        ValueError: If it has no such text; says why.
    """
    value, kind = cell.value, cell.data_type
    if value is None:
        return ""
    if kind == "f":
        raise ValueError(f"this is the formula {str(getattr(value, 'text', value))[:60]!r}; paste its value instead")
    if kind == "e":
        raise ValueError(f"this is the error {value}")
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if kind == "d" or not isinstance(value, (bool, int, float, str)):
        raise ValueError(f"this is the time {value}; format the cell as text, and write the value that you mean")
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else number_text(value)


def workbook_bytes(rows: Sequence[Sequence[str]], title: str, head: int) -> bytes:
    """Return rows of texts as a workbook: the same rows, the same bytes.

    Every cell is a text, and marked as one. So no program takes it as a formula.

    Args:
        rows: The texts.
        title: The name of the sheet.
        head: How many rows at the top describe the columns.

    Raises:
        DecisionTableError: If a text has characters that no workbook can have.
    """
    openpyxl = _openpyxl()
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415 - an extra

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            place = Location("", cell=f"{title}!{column_letters(column)}{number}")
            if len(text) > _LONGEST_TEXT:
                message = f"no workbook can have a text of {len(text):,} characters in a cell, such as {text[:40]!r}…"
                raise DecisionTableError([(place, message)])
            if found := _UNWRITABLE.search(text):
                raise DecisionTableError([(place, f"no workbook can have the character {found[0]!a} in {text!r}")])
            cell = sheet.cell(number, column)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number <= head:
                cell.font = Font(bold=number == 1)
                cell.fill = PatternFill("solid", fgColor=_GREY)
            if text:
                cell.value = text
                # openpyxl takes what begins with = as a formula.
                cell.data_type = "s"
                cell.quotePrefix = True
    for column in range(1, max(map(len, rows)) + 1):
        lines = [line for row in rows if len(row) >= column for line in row[column - 1].splitlines()]
        widest = max(map(len, lines), default=0)
        sheet.column_dimensions[column_letters(column)].width = min(_WIDEST, max(_NARROWEST, widest + 2))
    sheet.freeze_panes = sheet.cell(head + 1, 2)
    stream = io.BytesIO()
    book.save(stream)
    return _without_times(stream.getvalue())


def _without_times(data: bytes) -> bytes:
    """Return a workbook without the times of writing it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _STAMP.sub(b">1980-01-01T00:00:00Z<", part)
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, part)
    return stream.getvalue()


def _refused(path: str, message: str) -> DecisionTableError:
    return DecisionTableError([(Location(path), message)])
