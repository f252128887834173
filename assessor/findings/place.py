"""Represent the place of a finding: a file, a line and a column, with the text of the line."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from assessor.errors import Location

_WIDEST_LINE = 120
# How many lines below the start of a part to look for one of its texts.
_LONGEST_PART = 60


@dataclass(frozen=True, order=True)
class Place:
    """A place in an author's file.

    Attributes:
        path: The file. In a build, pages are relative to the docs folder. Empty if not known.
        line: The line, counted from 1; 0 if not known.
        column: The character in the line, counted from 1; 0 if not known.
        source: The text of the line.
        width: The number of characters to mark.
        cell: The cell of a workbook, whose rows are no lines of text: "Sheet1!C4".
    """

    path: str = ""
    line: int = 0
    column: int = 0
    source: str = field(default="", compare=False)
    width: int = field(default=1, compare=False)
    cell: str = field(default="", compare=False)

    def __str__(self) -> str:
        """Return it in the form that compilers use."""
        if self.cell:
            return f"{self.path}:{self.cell}"
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)

    @property
    def excerpt(self) -> str:
        """The line with a caret below the mistake, or nothing if its place is unknown."""
        return self.excerpt_of(_WIDEST_LINE)

    def excerpt_of(self, widest: int) -> str:
        """Return the excerpt with at most so many characters of the line, those around the mistake."""
        if not (self.line and self.column and self.source.strip()):
            return ""
        start = max(0, self.column - 1 - widest // 2) if len(self.source) > widest else 0
        shown = self.source[start : start + widest].expandtabs(1)
        before, after = "…" if start else "", "…" if len(self.source) > start + widest else ""
        indent = len(before) + self.column - 1 - start
        width = max(1, min(self.width, len(before) + len(shown) - indent))
        gutter = str(self.line)
        return f"  {gutter} | {before}{shown}{after}\n  {' ' * len(gutter)} | {' ' * indent}^{'~' * (width - 1)}"


def place_of(location: Location, text: str = "") -> Place:
    """Return the place of a part of a rule set, or of a text in it.

    Args:
        location: The line that creates the part.
        text: A text to look for from there on. If it is not found, the place is the line of the part.
    """
    path = str(Location(location.path))
    lines = _lines(location.path)
    if not location.line or location.line > len(lines):
        return Place(path, location.line, location.column, cell=location.cell if location.column else "")
    if location.column:
        return Place(path, location.line, location.column, lines[location.line - 1])
    for number in range(location.line, min(len(lines), location.line + _LONGEST_PART) + 1 if text else 0):
        column = lines[number - 1].find(text)
        if column >= 0:
            return Place(path, number, column + 1, lines[number - 1], len(text))
    line = lines[location.line - 1]
    indent = len(line) - len(line.lstrip())
    return Place(path, location.line, indent + 1, line, len(line.strip()))


@lru_cache(maxsize=16)
def _read(path: str, changed: float) -> tuple[str, ...]:
    return tuple(Path(path).read_text(encoding="utf-8").splitlines())


def _lines(path: str) -> tuple[str, ...]:
    try:
        return _read(path, Path(path).stat().st_mtime)
    except (OSError, ValueError):
        return ()
