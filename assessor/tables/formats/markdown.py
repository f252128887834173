"""Read and write a sheet as a table in Markdown: pipes between the cells, and one line a row."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from assessor.errors import DecisionTableError, Location
from assessor.tables.sheet import Sheet, SheetCell, column_letters

_RULER = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*")
_BREAK = re.compile(r"<br\s*/?>")
_SPACE = " \t"
_PIPE = re.compile(r"((?:[^|\\]|\\.)*)\|")


def read_markdown(data: bytes, path: str) -> Sheet:
    """Read the only table of a Markdown file.

    Raises:
        DecisionTableError: If there is none, or more than one.
    """
    try:
        lines = data.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError:
        raise DecisionTableError([(Location(path), "the file is not UTF-8 text; save it as UTF-8")]) from None
    rulers = [
        number
        for number, line in enumerate(lines)
        if number and "|" in line and _RULER.fullmatch(line) and "|" in lines[number - 1]
    ]
    if len(rulers) != 1:
        found = "there is no table" if not rulers else f"there are {len(rulers)} tables; keep the right one"
        raise DecisionTableError([(Location(path), found)])
    numbers = [rulers[0] - 1]
    for number in range(rulers[0] + 1, len(lines)):
        if "|" not in lines[number]:
            break
        numbers.append(number)
    rows = [
        [
            SheetCell(
                text, Location(path, number + 1, column=start + 1, cell=f"row {row}, column {column_letters(place)}")
            )
            for place, (text, start) in enumerate(_cells(lines[number]), start=1)
        ]
        for row, number in enumerate(numbers, start=1)
    ]
    return Sheet(path, rows)


def _cells(line: str) -> list[tuple[str, int]]:
    """Return the text of each cell of a line, and where it begins."""
    indent = len(line) - len(line.lstrip())
    start = indent + 1 if line[indent : indent + 1] == "|" else indent
    found = []
    rest = line.rstrip(_SPACE)
    if not re.search(r"(?<!\\)(?:\\\\)*\|$", rest):
        rest += "|"
    for match in _PIPE.finditer(rest, start):
        space = len(match[1]) - len(match[1].lstrip(_SPACE))
        found.append((_plain(match[1].strip(_SPACE)), match.start() + space))
    return found


def _plain(text: str) -> str:
    return html.unescape(_BREAK.sub("\n", re.sub(r"\\([|\\])", r"\1", text)))


def markdown_text(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of texts as a table in Markdown, for pages and reviews."""
    width = max(map(len, rows))
    lines = [f"| {' | '.join(map(_written, [*row, *[''] * (width - len(row))]))} |" for row in rows]
    return "\n".join([lines[0], f"| {' | '.join(['---'] * width)} |", *lines[1:]]) + "\n"


def _written(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\\", "\\\\").replace("|", "\\|")
    # Cells lose the spaces around their text, and a line ends at a carriage return.
    escaped = re.sub(r"\r|^[ \t]|[ \t]$", lambda found: f"&#{ord(found[0])};", escaped)
    return escaped.replace("\n", "<br>")
