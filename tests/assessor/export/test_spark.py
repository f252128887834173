"""The exported SQL on Spark."""

import random
import sys
from pathlib import Path

import pytest

from assessor import load_ruleset
from assessor.loading.reference import BUNDLED
from tests.support.engines import by_assess_many
from tests.support.tables import expected, random_rows

ROWS, COMPARED = 100_000, 300


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Spark on Windows needs programs of Hadoop")
def test_spark_gives_the_bundled_guide_what_assess_says(tmp_path: Path) -> None:
    from tests.support.spark import by_spark, spark_session  # noqa: PLC0415  # fails to import on Windows

    guide = load_ruleset(BUNDLED)
    rows = random_rows(random.Random(1), guide, ROWS, 0.3)
    # `assess` takes minutes for so many rows. `assess_many` gives the same, as its own tests show.
    wanted = by_assess_many(guide, rows)
    assert wanted[:COMPARED] == [expected(guide, answers) for answers in rows[:COMPARED]]
    for each in wanted:
        del each["next"]  # SQL cannot work it out
    with spark_session(tmp_path) as spark:
        found = by_spark(spark, guide, rows)
    assert len(found) == ROWS
    assert [pair for pair in zip(found, wanted, strict=True) if pair[0] != pair[1]] == []
