"""A sheet of cells, as CSV files, workbooks and Markdown tables have it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assessor.errors import DecisionTableError, Location

# Spreadsheets take a text that begins like this as a formula. The wide ones are what Japanese keyboards type.
_FORMULA = re.compile(r"'*(?:\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])")


@dataclass(frozen=True)
class SheetCell:
    """A cell: its text, and its place."""

    text: str
    location: Location


@dataclass(frozen=True)
class Sheet:
    """The cells of a table, row by row.

    Attributes:
        path: The file.
        rows: The rows; each may be shorter than the first.
        has_semicolons: Whether semicolons separate its cells, as in countries that write decimals with a comma.
    """

    path: str
    rows: Sequence[Sequence[SheetCell]]
    has_semicolons: bool = False


class Problems:
    """Collects what is wrong with the cells of a table, so that an author sees all of it at once."""

    def __init__(self) -> None:
        """Start without problems."""
        self._found: list[tuple[Location, str]] = []

    def add(self, location: Location, message: str) -> None:
        """Add a mistake and its place."""
        self._found.append((location, message))

    def refuse(self) -> None:
        """Raise an error if there were problems.

        Raises:
            DecisionTableError: With all of them, in their order.
        """
        if self._found:
            raise DecisionTableError(list(dict.fromkeys(self._found)))


def column_letters(number: int) -> str:
    """Return the name that spreadsheets give a column, counted from 1: A, B, …, Z, AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def harmless(text: str) -> str:
    """Return a text with an apostrophe before it if a spreadsheet would take it as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def without_apostrophe(text: str) -> str:
    """Return a text without the apostrophe that keeps a spreadsheet from taking it as a formula."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
