"""Turn columns of answers into cells: every value is checked as `assess` checks an answer, each distinct one once."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessor.bulk.memo import Integers
from assessor.errors import TableError
from assessor.logic.bundle import BundleQuestion
from assessor.model.answers import Answer, mismatch, present_answer
from assessor.model.numbers import Number
from assessor.model.questions import Question, YesNo

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


@dataclass(frozen=True)
class _Categories:
    """Values as positions in a list of distinct ones. A negative position is an open question."""

    positions: Integers
    distinct: Sequence[object]


@dataclass(frozen=True)
class _Plain:
    """Booleans or numbers."""

    values: NDArray[Any]
    is_open: NDArray[np.bool_] | None = None


def columns_of(table: object) -> dict[str, Any]:
    """Return the columns of a table by name.

    Args:
        table: A mapping of names to columns, or an object with the Arrow PyCapsule interface.

    Raises:
        TableError: If it is neither, if two columns have one name, or if pyarrow is needed and missing.
    """
    if isinstance(table, Mapping):
        return dict(table)
    if hasattr(table, "__arrow_c_stream__"):
        arrow = _pyarrow().table(table)
        names = arrow.column_names
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise TableError(f"two columns of the table are named {twice[0]!r}; rename one")
        return dict(zip(names, arrow.columns, strict=True))
    if hasattr(table, "columns") and hasattr(table, "__getitem__"):
        return {str(name): table[name] for name in table.columns}
    raise TableError(
        f"a table is a mapping of question ids to columns, or a data frame, not {type(table).__name__}: "
        f"write {{'question': [True, None, …]}}"
    )


def present_names(names: Sequence[str], questions: Iterable[Question]) -> list[str]:
    """Return the names of columns, with the present id of a question in place of a former one.

    Raises:
        TableError: If two columns answer one question.
    """
    by_former = {old: question.id for question in questions for old in question.formerly}
    found = [by_former.get(name, name) for name in names]
    for name, present in zip(names, found, strict=True):
        if name != present and found.count(present) > 1:
            raise TableError(f"column {name!r} answers question {present!r}, and so does another; remove one of them")
    return found


def length_of(columns: Mapping[str, Any]) -> int:
    """Return the number of rows.

    Raises:
        TableError: If the columns differ in length.
    """
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        sizes = ", ".join(f"{name} has {count:,}" for name, count in list(lengths.items())[:6])
        raise TableError(f"the columns differ in length: {sizes}")
    return next(iter(lengths.values()), 0)


def read_column(question: Question, entry: BundleQuestion, raw: Any, parse: Parse | None) -> Column:
    """Return the answers in a column.

    Args:
        question: The question.
        entry: The question in the bundle.
        raw: The column: an Arrow array, a NumPy array, or a sequence.
        parse: How texts are read, if the column comes from a file that has nothing else.
    """
    found = _from_arrow(question, raw, parse) if _is_arrow(raw) else _from_numpy(raw)
    if isinstance(found, _Plain):
        if isinstance(question, YesNo) and found.values.dtype.kind == "b":
            return Column(_opened(found.values.astype(np.uint8), found.is_open, 2))
        if isinstance(question, Number) and found.values.dtype.kind != "b":
            return _numbers(question, entry, found)
        found = _categories(found.values.tolist(), found.is_open)
    return _Categorised(question, entry, parse).column(found)


def _opened(cells: Integers, is_open: NDArray[np.bool_] | None, open_cell: int) -> Integers:
    if is_open is not None:
        cells[is_open] = open_cell
    return cells


def _numbers(question: Number, entry: BundleQuestion, found: _Plain) -> Column:
    cuts = np.asarray(entry["cuts"], np.float64)
    values = found.values.astype(np.float64)
    fits = (values >= float(question.minimum)) & (values <= float(question.maximum))
    if question.is_whole:
        fits &= values == np.floor(values)
    if found.is_open is not None:
        fits |= found.is_open
        values[found.is_open] = np.nan
    cells: Integers = np.zeros(len(values), _cell_type(len(cuts) + 1))
    if len(cuts) <= _FEW_CUTS:
        for cut in cuts:
            cells += values >= cut
    else:
        cells[:] = np.searchsorted(cuts, values, side="right")
    cells = _opened(cells, found.is_open, len(cuts) + 1)
    wrong = np.flatnonzero(~fits)
    cells[wrong] = len(cuts) + 1
    errors = [(row, mismatch(question, found.values[row].item())) for row in wrong.tolist()]
    values[wrong] = np.nan
    return Column(cells, values, errors)


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

    def column(self, found: _Categories) -> Column:
        size = _size(self.entry)
        for position, value in enumerate(found.distinct):
            self._add(position, value, size)
        # A negative position takes the last entry: open.
        known: Integers = np.asarray([*self.cells, size], _cell_type(size))
        cells = known.take(found.positions, mode="wrap")
        values = None
        if isinstance(self.question, Number):
            values = np.asarray([*self.values, np.nan], np.float64).take(found.positions, mode="wrap")
        errors: list[tuple[int, str]] = []
        if self.problems:
            is_wrong = np.zeros(len(found.distinct) + 1, np.bool_)
            is_wrong[list(self.problems)] = True
            rows = np.flatnonzero(is_wrong.take(found.positions, mode="wrap"))
            errors = [(row, self.problems[found.positions[row].item()]) for row in rows.tolist()]
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
    if isinstance(answer, str):
        return entry["options"].index(answer)
    if "cuts" in entry:
        return int(np.searchsorted(entry["cuts"], float(answer or 0), side="right"))
    return int(bool(answer))


def _from_numpy(raw: Any) -> _Plain | _Categories:
    is_masked = isinstance(raw, np.ma.MaskedArray)
    # A series of pandas before 3 has no Arrow interface; its missing values are NaN or NA.
    is_open = np.ma.getmaskarray(raw) if is_masked else np.asarray(raw.isna()) if hasattr(raw, "isna") else None
    values = np.ma.getdata(raw) if is_masked else raw if isinstance(raw, np.ndarray) else None
    if values is None:
        # A list stays one: NumPy would make text of [True, "yes"].
        values = np.asarray(raw) if hasattr(raw, "__array__") else None
    if values is not None and values.ndim != 1:
        raise TableError(f"a column has one dimension, not {values.ndim}")
    if values is not None and values.dtype.kind in "biuf":
        return _Plain(values, is_open)
    return _categories(raw if values is None else values.tolist(), is_open)


def _categories(values: Iterable[object], is_open: NDArray[np.bool_] | None = None) -> _Categories:
    numbers: dict[tuple[type, object], int] = {}
    distinct: list[object] = []
    positions: list[int] = []
    for value in values:
        if value is None:
            positions.append(-1)
            continue
        plain = value.item() if isinstance(value, np.generic) else value
        # Equal values of different types, such as 1 and True, are different answers.
        key = (type(plain), plain if isinstance(plain, (bool, int, float, str)) else id(plain))
        number = numbers.setdefault(key, len(distinct))
        if number == len(distinct):
            distinct.append(plain)
        positions.append(number)
    found = np.asarray(positions, np.int64)
    return _Categories(_opened(found, is_open, -1), distinct)


def _is_arrow(raw: object) -> bool:
    return hasattr(raw, "__arrow_c_stream__") or hasattr(raw, "__arrow_c_array__")


def _pyarrow() -> Any:
    try:
        import pyarrow  # noqa: PLC0415  # an extra, which NumPy columns do without
    except ImportError:
        raise TableError(
            "pyarrow reads such tables and is not installed: pip install 'mkdocs-assessor[score]'"
        ) from None
    return pyarrow


def _from_arrow(question: Question, raw: Any, parse: Parse | None) -> _Plain | _Categories:
    pyarrow = _pyarrow()
    column = raw if isinstance(raw, (pyarrow.Array, pyarrow.ChunkedArray)) else pyarrow.chunked_array(raw)
    if isinstance(column, pyarrow.ChunkedArray):
        column = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    types = pyarrow.types
    kind = column.type
    is_text = types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)
    if is_text and parse is not None and isinstance(question, Number):
        # Where at least one is no plain number, look at each.
        with contextlib.suppress(pyarrow.ArrowInvalid):
            column, kind, is_text = column.cast(pyarrow.float64()), pyarrow.float64(), False
    if types.is_boolean(kind) or types.is_integer(kind) or types.is_floating(kind):
        is_open = column.is_null().to_numpy(zero_copy_only=False) if column.null_count else None
        filled = column.fill_null(False if types.is_boolean(kind) else 0) if column.null_count else column
        return _Plain(filled.to_numpy(zero_copy_only=False), is_open)
    if types.is_null(kind):
        return _Categories(np.full(len(column), -1, np.int64), ())
    if types.is_decimal(kind):
        # Through text, which gives the nearest double; dividing a large integer by a power of ten may not.
        column = column.cast(pyarrow.string()).cast(pyarrow.float64())
        return _from_arrow(question, column, None)
    if types.is_string_view(kind):
        column = column.cast(pyarrow.large_string())
    if not is_text and not types.is_dictionary(kind):
        return _categories(column.to_pylist())
    encoded = column if types.is_dictionary(kind) else column.dictionary_encode()
    indices = encoded.indices.cast(pyarrow.int64()).fill_null(-1)
    return _Categories(indices.to_numpy(zero_copy_only=False), encoded.dictionary.to_pylist())
