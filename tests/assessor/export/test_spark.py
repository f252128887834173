"""The exported SQL on Spark."""

import random
import sys
from pathlib import Path

import pytest
from pyarrow import parquet

from assessor import assess_many, load_ruleset
from assessor.export.sql import to_sql
from assessor.loading.load import BUNDLED
from tests.support.tables import expected, random_rows, table_of

ROWS, COMPARED = 100_000, 300


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Spark on Windows needs programs of Hadoop")
def test_spark_gives_the_bundled_guide_what_assess_says(tmp_path: Path) -> None:
    from tests.support.spark import spark_session  # noqa: PLC0415  # fails to import on Windows

    guide = load_ruleset(BUNDLED)
    rows = random_rows(random.Random(1), guide, ROWS, 0.3)
    table = table_of(guide, rows)
    # `assess` takes minutes for so many rows. `assess_many` gives the same, as its own tests show.
    wanted = list(assess_many(guide, table.drop(["row_id"])).rows())
    assert wanted[:COMPARED] == [expected(guide, answers) for answers in rows[:COMPARED]]
    for each in wanted:
        del each["next"]  # SQL cannot work it out
    parquet.write_table(table, tmp_path / "in.parquet")
    with spark_session(tmp_path / "spark") as spark:
        spark.read.parquet(str(tmp_path / "in.parquet")).createOrReplaceTempView("answers")
        spark.sql(to_sql(guide, "spark")).write.parquet(str(tmp_path / "out.parquet"))
    found = parquet.read_table(tmp_path / "out.parquet").sort_by("row_id").drop(["row_id"]).to_pylist()
    assert len(found) == ROWS
    assert [pair for pair in zip(found, wanted, strict=True) if pair[0] != pair[1]] == []
