"""What all columns of tests have in common, whatever they ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessor.errors import Location
from assessor.model.questions.question import Question
from assessor.tables.decision_table import QUESTION_TEXTS, STEP, Column
from assessor.tables.names import words_of_id
from assessor.tables.unary_tests import Interval, Literal, UnaryTests


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


class CellError(Exception):
    """A mistake in a cell, with its place."""

    def __init__(self, location: Location, message: str) -> None:
        """Combine both."""
        self.location = location
        super().__init__(message)


Cells = Sequence[tuple[UnaryTests, Location]]


def literals(cells: Cells) -> Iterator[tuple[Literal | Interval, Location]]:
    """Return each value that a cell names, with the place of the cell."""
    return ((test, place) for tests, place in cells for test in tests.tests)


def _texts(column: Column, names: Sequence[str] = tuple(QUESTION_TEXTS)) -> dict[str, str]:
    """Return what the table says of a question, by attribute."""
    return {QUESTION_TEXTS[name]: column.texts[name].text for name in names if name in column.texts}


_SHARED = ("wording", "name", "hint", "why", "about", "asked of")
_OF_KIND = {"yes-no": ("yes", "no"), "number": ("unit", STEP), "date": ("statement",), "choice": ()}


def described(column: Column, kind: str) -> dict[str, Any]:
    """Return the texts of a question of a kind.

    Raises:
        CellError: If the table has a text that questions of this kind do not have.
    """
    for name in ("yes", "no", "unit", STEP, "statement"):
        if name in column.texts and name not in _OF_KIND[kind]:
            raise CellError(
                column.texts[name].location, f"the row '{name}:' is not for a {kind} question; empty the cell"
            )
    own = tuple(name for name in _OF_KIND[kind] if name != STEP)
    return {"wording": words_of_id(column.name), **_texts(column, (*_SHARED, *own))}
