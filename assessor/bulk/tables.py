"""Read the columns of a table, of whatever library, as NumPy arrays."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessor.bulk.memo import Integers
from assessor.errors import TableError
from assessor.model.questions.question import Question

Flags = NDArray[np.bool_]

_HASHABLE = (bool, int, float, str, datetime.date)


@dataclass(frozen=True)
class Categories:
    """Values as positions in a list of distinct ones. A negative position is an open question, too."""

    positions: Integers
    distinct: Sequence[object]
    is_open: Flags | None = None


@dataclass(frozen=True)
class Plain:
    """Booleans or numbers. Those of open questions mean nothing."""

    values: NDArray[Any]
    is_open: Flags | None = None


def columns_of(table: object) -> dict[str, Any]:
    """Return the columns of a table by name.

    Args:
        table: A mapping of names to columns, or an object with the Arrow PyCapsule interface.

    Raises:
        TableError: If it is neither, if two columns have one name, or if this needs pyarrow, which is missing.
    """
    if isinstance(table, Mapping):
        return dict(table)
    if hasattr(table, "__arrow_c_stream__"):
        arrow = _pyarrow().table(table)
        names = arrow.column_names
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise TableError(f"two columns of the table have the name {twice[0]!r}; rename one")
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


def values_of(raw: Any, *, are_numbers: bool = False) -> Plain | Categories:
    """Return the values of a column.

    Args:
        raw: An Arrow array, a NumPy array, a series of a data frame, or a sequence.
        are_numbers: Whether to read texts as numbers, if each of them is one.
    """
    return _from_arrow(raw, are_numbers) if _is_arrow(raw) else _from_numpy(raw)


def _from_numpy(raw: Any) -> Plain | Categories:
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
        return Plain(values, is_open)
    if values is not None and values.dtype.kind == "M":
        # As `datetime`: NumPy makes integers of nanoseconds.
        is_open = np.isnat(values)
        values = values.astype("datetime64[us]")
    return categories(raw if values is None else values.tolist(), is_open)


def categories(values: Iterable[object], is_open: NDArray[np.bool_] | None = None) -> Categories:
    """Return values by their distinct ones.

    Args:
        values: The values; None is open.
        is_open: Which of them are open, whatever they are.
    """
    numbers: dict[tuple[type, object], int] = {}
    distinct: list[object] = []
    positions: list[int] = []
    for value in values:
        if value is None:
            positions.append(-1)
            continue
        plain = value.item() if isinstance(value, np.generic) else value
        # Equal values of different types, such as 1 and True, are different answers.
        key = (type(plain), plain if isinstance(plain, _HASHABLE) else id(plain))
        number = numbers.setdefault(key, len(distinct))
        if number == len(distinct):
            distinct.append(plain)
        positions.append(number)
    return Categories(np.asarray(positions, np.int64), distinct, is_open)


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


def _from_arrow(raw: Any, are_numbers: bool) -> Plain | Categories:
    pyarrow = _pyarrow()
    column = raw if isinstance(raw, (pyarrow.Array, pyarrow.ChunkedArray)) else pyarrow.chunked_array(raw)
    if isinstance(column, pyarrow.ChunkedArray):
        column = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    types = pyarrow.types
    kind = column.type
    is_text = types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)
    if is_text and are_numbers:
        # Where at least one is no plain number, look at each.
        with contextlib.suppress(pyarrow.ArrowInvalid):
            column, kind, is_text = column.cast(pyarrow.float64()), pyarrow.float64(), False
    if types.is_boolean(kind) or types.is_integer(kind) or types.is_floating(kind):
        return Plain(_values(column), _open_in(column))
    if types.is_null(kind):
        return Categories(np.full(len(column), -1, np.int64), ())
    if types.is_decimal(kind):
        # Through text, which gives the nearest double; dividing a large integer by a power of ten may not.
        column = column.cast(pyarrow.string()).cast(pyarrow.float64())
        return _from_arrow(column, are_numbers=False)
    if types.is_string_view(kind):
        column = column.cast(pyarrow.large_string())
    if types.is_date(kind):
        # Read each distinct date once.
        encoded = column.cast(pyarrow.date32()).dictionary_encode()
        return Categories(_values(encoded.indices), encoded.dictionary.to_pylist(), _open_in(encoded))
    if not is_text and not types.is_dictionary(kind):
        return categories(column.to_pylist())
    encoded = column if types.is_dictionary(kind) else column.dictionary_encode()
    return Categories(_values(encoded.indices), encoded.dictionary.to_pylist(), _open_in(encoded))


def _values(column: Any) -> NDArray[Any]:
    """Return an Arrow array of booleans or numbers as it lies in memory. Where it is null, the values mean nothing."""
    pyarrow = _pyarrow()
    if pyarrow.types.is_boolean(column.type):
        return _bits(column.buffers()[1], column.offset, len(column))
    buffers = [None, column.buffers()[1]]
    found: NDArray[Any] = pyarrow.Array.from_buffers(
        column.type, len(column), buffers, null_count=0, offset=column.offset
    ).to_numpy()
    return found


def _open_in(column: Any) -> Flags | None:
    """Return which entries of an Arrow array are null, or nothing if none is."""
    return ~_bits(column.buffers()[0], column.offset, len(column)) if column.null_count else None


def _bits(buffer: object, offset: int, count: int) -> Flags:
    data = np.frombuffer(buffer, np.uint8)[offset // 8 : (offset + count + 7) // 8]  # type: ignore[call-overload]  # a buffer of Arrow
    bits: Flags = np.unpackbits(data, bitorder="little").view(np.bool_)
    return bits[offset % 8 : offset % 8 + count]
