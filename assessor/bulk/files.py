"""Read and write tables of any size as batches: Parquet, CSV and JSON lines by DuckDB, and Arrow files by pyarrow."""

from __future__ import annotations

import csv
import json
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pyarrow
from pyarrow import ipc, parquet

from assessor.bulk.columns import Parse
from assessor.bulk.tables import present_names
from assessor.errors import TableError
from assessor.loading.termination import deferring_signals
from assessor.model.answers import plain_answer
from assessor.model.questions.question import Question

_FORMATS = {
    ".parquet": "parquet",
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "json",
    ".ndjson": "json",
    ".arrow": "arrow",
    ".feather": "arrow",
}
BATCH = 65_536
# DuckDB puts on disk what does not fit.
_MEMORY = "1GB"
_LONGEST_LINE = 1 << 20
_ERRNO = re.compile(r"\berrno\W+(\d+)")
_WRITING = re.compile(r'IO Error: Could not write file "[^"]*": (.+)')
_HINTS = re.compile(r"\n\s*Possible (?:fixes|Solution):")
_ARROW_FILE = b"ARROW1"
_ARROW_STREAM_END = b"\xff\xff\xff\xff\0\0\0\0"
_NOT_ENDED = "the last line has no line break at its end; if the file is incomplete, the last value may be wrong"
_NOT_UTF_8 = "the text is not UTF-8; save the file as UTF-8"


@dataclass(frozen=True)
class Source:
    """A table in batches.

    Attributes:
        names: Its columns.
        schema: Their types.
        batches: The batches; their columns stand in the order of `names`.
        rows: The number of rows, if the file has it.
        parse: Reads texts in question columns, if the format has nothing else.
        warning: What the reader should know of the file.
    """

    names: Sequence[str]
    schema: pyarrow.Schema
    batches: Iterable[pyarrow.RecordBatch]
    rows: int | None
    parse: Parse | None
    warning: str = ""


def format_of(path: Path) -> str:
    """Return the format of a file by the end of its name.

    Raises:
        TableError: If there is no such format.
    """
    found = _FORMATS.get(path.suffix.lower())
    if found is None:
        raise TableError(f"{path}: the end of its name is not that of a known format; use {', '.join(_FORMATS)}")
    return found


def open_table(path: Path, questions: Sequence[Question]) -> Source:
    """Open a table.

    Args:
        path: The file.
        questions: The questions, whose cells keep their spelling.

    Raises:
        TableError: If it is unreadable.
    """
    kind = format_of(path)
    with errors_of(path):
        # DuckDB takes names that do not exist for patterns.
        with path.open("rb"):
            pass
        if kind == "arrow":
            return _present(_open_arrow(path), path, questions)
        connection = duckdb.connect(config={"memory_limit": _MEMORY})
        opened = {"parquet": _open_parquet, "csv": _open_csv, "json": _open_json}[kind]
        names = {name for question in questions for name in (question.id, *question.formerly)}
        return _present(opened(connection, path, names), path, questions)


def _present(source: Source, path: Path, questions: Sequence[Question]) -> Source:
    """Return a table with the present ids of questions as names."""
    try:
        names = present_names(source.names, questions)
    except TableError as error:
        raise TableError(f"{path}: {error}") from None
    fields = [field.with_name(name) for field, name in zip(source.schema, names, strict=True)]
    return replace(source, names=names, schema=pyarrow.schema(fields))


@contextmanager
def errors_of(path: Path) -> Iterator[None]:
    """Raise what goes wrong with a file as a `TableError`."""
    try:
        yield
    except (RuntimeError, duckdb.InterruptException) as error:
        # This is what DuckDB makes of Ctrl-C and SIGTERM.
        if "interrupted" not in str(error).lower():
            raise
        raise KeyboardInterrupt from None
    except OSError as error:
        # Without a number, it is what DuckDB says of a later row, by way of pyarrow.
        raise TableError(f"{path}: {os.strerror(error.errno) if error.errno else _reason(str(error))}") from None
    except UnicodeDecodeError:
        raise TableError(f"{path}: {_NOT_UTF_8}") from None
    except (duckdb.Error, pyarrow.ArrowException, csv.Error) as error:
        raise TableError(f"{path}: {_reason(str(error))}") from None


def _reason(message: str) -> str:
    """Return what an error of DuckDB or pyarrow says, without hints on options that are not ours."""
    number = _ERRNO.search(message)
    if number:
        return os.strerror(int(number[1]))
    # The oldest releases of DuckDB that we allow name the file instead of a number: ours, which nobody knows.
    unnumbered = _WRITING.search(message)
    if unnumbered:
        return unnumbered[1]
    if "not utf-8" in message:
        return _NOT_UTF_8
    if "state machine reached an invalid state" in message:
        return "the text is not CSV; it may mix line endings, or a quote in a quoted field may not be doubled"
    lines = [line.strip() for line in _HINTS.split(message)[0].splitlines() if line.strip()]
    in_csv = re.search(r"CSV Error on Line: (\d+)", message)
    if in_csv:
        # Before the reason comes the row, which may be long and have several lines.
        return f"line {in_csv[1]}: {lines[-1]}"
    return " ".join(lines[:3])


def _sql(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _pattern(path: Path) -> str:
    """Return a path as a pattern that only it matches."""
    return _sql("".join(f"[{each}]" if each in "*?[" else each for each in str(path)))


def _by_duckdb(
    connection: duckdb.DuckDBPyConnection, sql: str, names: Sequence[str], rows: int | None, parse: Parse | None
) -> Source:
    reader = connection.sql(sql).to_arrow_reader(BATCH)
    schema = pyarrow.schema([field.with_name(name) for field, name in zip(reader.schema, names, strict=True)])
    return Source(names, schema, reader, rows, parse)


def _open_parquet(connection: duckdb.DuckDBPyConnection, path: Path, questions: set[str]) -> Source:
    # DuckDB would change a name that differs from another in case only.
    with parquet.ParquetFile(path) as file:
        names, rows = file.schema_arrow.names, file.metadata.num_rows
    sql = f"SELECT * FROM read_parquet({_pattern(path)}, hive_partitioning = false)"
    return _by_duckdb(connection, sql, names, rows, None)


def _open_csv(connection: duckdb.DuckDBPyConnection, path: Path, questions: set[str]) -> Source:
    # Take the delimiter that makes most sense of the header; DuckDB would guess from the rows.
    splits = {delimiter: _header(path, delimiter) for delimiter in ",;\t"}
    delimiter = max(splits, key=lambda each: (len(questions.intersection(splits[each])), len(splits[each])))
    names = splits[delimiter]
    if not names:
        raise TableError(f"{path}: the first line has to name the columns, and is empty")
    columns = ", ".join(f"'c{position}': 'VARCHAR'" for position in range(len(names)))
    sql = (
        f"SELECT * FROM read_csv({_pattern(path)}, auto_detect = false, header = true, delim = {_sql(delimiter)}, "
        f"quote = '\"', escape = '\"', columns = {{{columns}}}, strict_mode = true)"
    )
    source = _by_duckdb(connection, sql, names, None, plain_answer)
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - 1))
        is_ended = stream.read() in b"\r\n"
    return source if is_ended else replace(source, warning=f"{path}: {_NOT_ENDED}")


def _header(path: Path, delimiter: str) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        # A name in quotes may have several lines.
        lines = iter(lambda: stream.readline(_LONGEST_LINE), "")
        return next(csv.reader(lines, delimiter=delimiter), [])


def _open_json(connection: duckdb.DuckDBPyConnection, path: Path, questions: set[str]) -> Source:
    options = f"{_pattern(path)}, format = 'newline_delimited'"
    # Look at every row: a column that only a late row has must not be lost.
    described = connection.sql(f"DESCRIBE SELECT * FROM read_json({options}, sample_size = -1)").fetchall()
    names = [row[0] for row in described]
    types = ["JSON" if name in questions else _kept(row[1]) for name, row in zip(names, described, strict=True)]
    columns = ", ".join(f"{_sql(name)}: {_sql(kind)}" for name, kind in zip(names, types, strict=True))
    return _by_duckdb(connection, f"SELECT * FROM read_json({options}, columns = {{{columns}}})", names, None, _json)


def _kept(kind: str) -> str:
    """Return a type that keeps the spelling of a key, even if it could be a date."""
    return kind if kind in ("BOOLEAN", "BIGINT", "UBIGINT", "HUGEINT", "DOUBLE") or kind[-1] in ")]" else "VARCHAR"


def _json(question: Question, text: str) -> object:
    return json.loads(text)


def _open_arrow(path: Path) -> Source:
    with path.open("rb") as stream:
        is_file = stream.read(len(_ARROW_FILE)) == _ARROW_FILE
        stream.seek(max(0, path.stat().st_size - len(_ARROW_STREAM_END)))
        end = stream.read()
    # pyarrow takes a stream that was cut between two batches for a whole one.
    if not (end.endswith(_ARROW_FILE) if is_file else end == _ARROW_STREAM_END):
        raise TableError(f"{path}: this is not Arrow, or the file is incomplete; write it again")
    source = pyarrow.memory_map(str(path))
    if is_file:
        file = ipc.open_file(source)
        batches = (file.get_batch(number) for number in range(file.num_record_batches))
        return Source(file.schema.names, file.schema, _sliced(batches), None, None)
    reader = ipc.open_stream(source)
    return Source(reader.schema.names, reader.schema, _sliced(reader), None, None)


def _sliced(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    for batch in batches:
        for start in range(0, batch.num_rows, BATCH):
            yield batch.slice(start, BATCH)


def write_table(path: Path, kind: str, schema: pyarrow.Schema, batches: Iterator[pyarrow.RecordBatch]) -> None:
    """Write a table: whole, or not at all.

    Args:
        path: The file to replace.
        kind: Its format.
        schema: The types of its columns.
        batches: The rows.

    Raises:
        TableError: If writing it fails.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with errors_of(path), deferring_signals() as end_if_asked:
            if target.exists() and not target.is_file():
                raise TableError(f"{path}: this is not a regular file; choose another path")
            with temporary.open("xb"):
                pass  # fails at once where no file can be written
            _write(temporary, kind, schema, _until_asked_to_end(batches, end_if_asked))
            with temporary.open("rb") as stream:
                os.fsync(stream.fileno())
            end_if_asked()
            temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _until_asked_to_end(
    batches: Iterable[pyarrow.RecordBatch], end_if_asked: Callable[[], None]
) -> Iterator[pyarrow.RecordBatch]:
    for batch in batches:
        end_if_asked()
        yield batch


def _write(path: Path, kind: str, schema: pyarrow.Schema, batches: Iterator[pyarrow.RecordBatch]) -> None:
    if kind == "arrow":
        with pyarrow.OSFile(str(path), "wb") as sink, ipc.new_file(sink, schema) as writer:
            for batch in batches:
                writer.write_batch(batch)
        return
    failure: list[BaseException] = []

    def guarded() -> Iterator[pyarrow.RecordBatch]:
        # DuckDB replaces any exception by one of its own.
        try:
            yield from batches
        except BaseException as error:
            failure.append(error)
            raise

    connection = duckdb.connect(config={"memory_limit": _MEMORY})
    connection.register("scored", pyarrow.RecordBatchReader.from_batches(schema, guarded()))
    options = {"csv": "FORMAT csv, HEADER true", "json": "FORMAT json", "parquet": "FORMAT parquet"}[kind]
    try:
        connection.execute(f"COPY (SELECT * FROM scored) TO {_sql(str(path))} ({options}, USE_TMP_FILE false)")
    except Exception:
        if failure:
            raise failure[0] from None
        raise
    finally:
        connection.close()
