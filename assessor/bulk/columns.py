"""Turn columns of answers into cells: check each distinct value once, as `assess` checks an answer."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessor.bulk.memo import Integers
from assessor.bulk.tables import Categories, Flags, Plain, categories, values_of
from assessor.logic.bundle import BundleQuestion
from assessor.model.answers import Answer, mismatch, present_answer
from assessor.model.questions.numbers import Number
from assessor.model.questions.question import Question, YesNo

Parse = Callable[[Question, str], object]
"""Returns the answer that a text in a file stands for."""


@dataclass(frozen=True)
class Column:
    """The answers of many rows to one question.

    Attributes:
        cells: The cell of each row; the number of cells stands for an open question.
        values: The answers to a number question, NaN where open.
        errors: The rows whose value does not fit the question, and what is wrong.
    """

    cells: Integers
    values: NDArray[np.float64] | None = None
    errors: Sequence[tuple[int, str]] = ()


def read_column(question: Question, entry: BundleQuestion, raw: Any, parse: Parse | None) -> Column:
    """Return the answers in a column.

    Args:
        question: The question.
        entry: The question in the bundle.
        raw: The column: an Arrow array, a NumPy array, or a sequence.
        parse: Reads texts, if the column comes from a file that has nothing else.
    """
    found = values_of(raw, are_numbers=parse is not None and isinstance(question, Number))
    if isinstance(found, Plain):
        if isinstance(question, YesNo) and found.values.dtype.kind == "b":
            return Column(_opened(found.values.astype(np.uint8), found.is_open, 2))
        if isinstance(question, Number) and found.values.dtype.kind != "b":
            return _numbers(question, entry, found)
        found = categories(found.values.tolist(), found.is_open)
    return _Categorised(question, entry, parse).column(found)


def _opened(cells: Integers, is_open: Flags | None, open_cell: int) -> Integers:
    """Return cells, with one for open questions where they are open."""
    if is_open is None:
        return cells
    if cells.dtype != np.uint8:
        return np.where(is_open, cells.dtype.type(open_cell), cells)
    # Bitwise operations take a tenth of the time.
    ones = np.negative(is_open.view(np.uint8))
    opened: Integers = (cells & ~ones) | (ones & np.uint8(open_cell))
    return opened


def _numbers(question: Number, entry: BundleQuestion, found: Plain) -> Column:
    cuts = np.asarray(entry["cuts"], np.float64)
    values = found.values.astype(np.float64)
    if found.is_open is not None:
        values = np.where(found.is_open, np.nan, values)
    fits = (values >= float(question.minimum)) & (values <= float(question.maximum))
    if question.is_whole:
        fits &= values == np.floor(values)
    if found.is_open is not None:
        fits |= found.is_open
    cells: Integers = np.zeros(len(values), _cell_type(len(cuts) + 1))
    if len(cuts) <= _FEW_CUTS:
        for cut in cuts:
            cells += values >= cut
    else:
        cells[:] = np.searchsorted(cuts, values, side="right")
    cells = _opened(cells, found.is_open, len(cuts) + 1)
    if fits.all():
        return Column(cells, values)
    wrong = np.flatnonzero(~fits)
    errors = [(row, mismatch(question, found.values[row].item())) for row in wrong.tolist()]
    return Column(_opened(cells, ~fits, len(cuts) + 1), np.where(fits, values, np.nan), errors)


_BYTES = 256

# Comparing with each cut is faster than a search up to about so many.
_FEW_CUTS = 12


def _cell_type(size: int) -> type[np.uint8 | np.uint16 | np.int32]:
    """Return the smallest type that holds a question's cells and "open"."""
    return np.uint8 if size < 256 else np.uint16 if size < 65536 else np.int32


@dataclass
class _Categorised:
    """Checks each distinct value of a column once."""

    question: Question
    entry: BundleQuestion
    parse: Parse | None
    cells: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    problems: dict[int, str] = field(default_factory=dict)

    def column(self, found: Categories) -> Column:
        size = _size(self.entry)
        for position, value in enumerate(found.distinct):
            self._add(position, value, size)
        # The last entry is for open questions, whose positions are beyond the others.
        known: Integers = np.asarray([*self.cells, size], _cell_type(size))
        if len(known) <= _BYTES and known.dtype == np.uint8:
            positions = _opened(found.positions.astype(np.uint8), found.is_open, _BYTES - 1)
            # Translating bytes is the fastest way to look up bytes.
            entries = known.tobytes().ljust(_BYTES, known[-1:].tobytes())
            cells: Integers = np.frombuffer(positions.tobytes().translate(entries), np.uint8)
        else:
            positions = _opened(found.positions.astype(np.int64), found.is_open, len(found.distinct))
            positions[positions < 0] = len(found.distinct)
            cells = known.take(positions)
        values = None
        if isinstance(self.question, Number):
            values = np.asarray([*self.values, np.nan], np.float64).take(positions, mode="clip")
        errors: list[tuple[int, str]] = []
        if self.problems:
            is_wrong = np.zeros(len(found.distinct) + 1, np.bool_)
            is_wrong[list(self.problems)] = True
            rows = np.flatnonzero(is_wrong.take(positions, mode="clip"))
            errors = [(row, self.problems[positions[row].item()]) for row in rows.tolist()]
        return Column(cells, values, errors)

    def _add(self, position: int, value: object, size: int) -> None:
        answer = self.parse(self.question, value) if self.parse and isinstance(value, str) else value
        answer = present_answer(self.question, answer)
        problem = mismatch(self.question, answer)
        if problem:
            self.problems[position] = problem
        is_open = answer is None or problem
        self.cells.append(size if is_open else _cell(self.entry, answer))  # type: ignore[arg-type]  # it fits
        number = isinstance(answer, (int, float)) and not is_open
        self.values.append(float(answer) if number else np.nan)  # type: ignore[arg-type]  # it is a number


def _size(entry: BundleQuestion) -> int:
    return len(entry["options"]) if "options" in entry else len(entry["cuts"]) + 1 if "cuts" in entry else 2


def _cell(entry: BundleQuestion, answer: Answer) -> int:
    if "cuts" in entry:
        return bisect.bisect_right(entry["cuts"], answer if isinstance(answer, str) else float(answer or 0))
    if isinstance(answer, str):
        return entry["options"].index(answer)
    return int(bool(answer))
