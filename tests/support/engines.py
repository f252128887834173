"""What each engine for many answers says of rows, as `assess` says it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
from pyarrow import parquet

from assessor import RuleSet, assess_many
from assessor.bulk.score import score_file
from assessor.export.sql import to_sql
from tests.support.tables import Answers, expected, table_of

Rows = list[dict[str, Any]]


def by_assess_many(ruleset: RuleSet, rows: Sequence[Answers]) -> Rows:
    """Return the assessments by `assess_many`."""
    return list(assess_many(ruleset, table_of(ruleset, rows).drop(["row_id"])).rows())


def by_score(ruleset: RuleSet, rows: Sequence[Answers]) -> Rows:
    """Return the assessments by scoring a file."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.parquet"), Path(folder, "out.parquet")
        parquet.write_table(table_of(ruleset, rows), source)
        score_file(ruleset, source, target)
        return parquet.read_table(target).drop(["row_id"]).to_pylist()  # type: ignore[no-any-return]


def by_duckdb(ruleset: RuleSet, rows: Sequence[Answers], source: str = "answers", **options: Any) -> Rows:
    """Return the assessments by the exported SQL on DuckDB."""
    connection = duckdb.connect()
    connection.register("given", table_of(ruleset, rows))
    quoted = '"' + source.replace('"', '""') + '"'
    connection.execute(f"CREATE TABLE {quoted} AS SELECT * FROM given")
    found = connection.sql(to_sql(ruleset, "duckdb", source, **options)).order("row_id").to_arrow_table()
    return found.drop(["row_id"]).to_pylist()  # type: ignore[no-any-return]


Engine = Callable[[RuleSet, Sequence[Answers]], Rows]

ENGINES: Mapping[str, Engine] = {
    "assess_many": by_assess_many,
    "score": by_score,
    "SQL on DuckDB": by_duckdb,
}
"""The engines by name. Those of SQL, whose names begin so, do not say what to ask next."""


def differences(
    ruleset: RuleSet, rows: Sequence[Answers], engines: Mapping[str, Engine] = ENGINES
) -> list[tuple[str, Answers, dict[str, Any], dict[str, Any]]]:
    """Return where an engine differs from `assess`: its name, the answers, what it says, and what `assess` says."""
    wanted = [expected(ruleset, answers) for answers in rows]
    without_next = [{name: value for name, value in each.items() if name != "next"} for each in wanted]
    return [
        (engine, answers, found, right)
        for engine, run in engines.items()
        for answers, found, right in zip(
            rows, run(ruleset, rows), without_next if engine.startswith("SQL") else wanted, strict=True
        )
        if found != right
    ]
