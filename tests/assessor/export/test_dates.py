"""Dates in what other tools read: JSON Schema, SQL, columns of tables, and JsonLogic in the engines of others."""

from __future__ import annotations

import datetime
import random
import re

import duckdb
import jsonschema
import numpy as np
import pandas
import pyarrow
import pytest

from assessor import Date, Rule, RuleSet, YesNo, answers_schema, assess_many, otherwise
from assessor.export.sql import to_sql
from assessor.language.dates import date_patterns, read_date
from tests.conformance.engines import ENGINES
from tests.support.assessor.samples import GO, STAY, ruleset_of
from tests.support.engines import by_duckdb

day = Date("day", "Which day?", earliest="2026-01-01", latest="2030-12-31")
READY = YesNo("ready", "Ready?")
RULESET: RuleSet = ruleset_of([day, READY], [Rule((day > "2028-02-28") & READY, GO, "x"), otherwise(STAY, "y")])
DATES = [datetime.date(2028, 2, 28), datetime.date(2028, 2, 29), None]
OUTCOMES = ["stay", "go", None]


def _is_date(text: str, earliest: str, latest: str) -> bool:
    return read_date(text) is not None and earliest <= text <= latest


def test_the_schema_accepts_exactly_the_dates() -> None:
    rng = random.Random(1)
    for _ in range(300):
        low, high = sorted(
            datetime.date.fromordinal(rng.randrange(1, datetime.date.max.toordinal())).isoformat() for _ in range(2)
        )
        patterns = [re.compile(each, re.ASCII) for each in date_patterns(low, high)]
        texts = [low, high, f"{low} ", low[:-1], f"{low}0", "2027-02-29", "1900-02-29", "2000-02-29", "0000-01-01"]
        texts += [f"{rng.choice((low, high))[:4]}-{rng.randrange(14):02}-{rng.randrange(33):02}" for _ in range(40)]
        texts += [f"{rng.randrange(10_000):04}-02-{rng.randrange(28, 31)}" for _ in range(20)]
        for text in texts:
            assert all(each.search(text) for each in patterns) == _is_date(text, low, high), (text, low, high)


def test_the_schema_refuses_what_is_no_text() -> None:
    validator = jsonschema.Draft202012Validator(answers_schema(RULESET))
    assert all(validator.is_valid({"day": each}) for each in ("2028-02-29", None))
    refused = ("2027-02-29", "2031-01-01", 2028, True, ["2028-02-29"])
    assert not any(validator.is_valid({"day": each}) for each in refused)


def test_sql_reads_texts_and_dates() -> None:
    rows = [{"day": each and each.isoformat(), "ready": True} for each in DATES]
    assert [row["outcome"] for row in by_duckdb(RULESET, rows)] == OUTCOMES
    connection = duckdb.connect()
    connection.sql("CREATE TABLE answers (id INTEGER, day DATE, ready BOOLEAN)")
    connection.executemany("INSERT INTO answers VALUES (?, ?, true)", [*enumerate(DATES)])
    found = connection.sql(to_sql(RULESET, "duckdb", keys=["id"])).fetchall()
    assert [row[1] for row in sorted(found)] == OUTCOMES


def test_sql_tells_which_rows_have_no_date() -> None:
    days = ("2027-02-29", "soon", "2031-01-01", "2030-12-31")
    found = by_duckdb(RULESET, [{"day": each, "ready": True} for each in days])
    assert [row["error"] for row in found] == [*["question 'day' takes a date from 2026-01-01 to 2030-12-31"] * 3, None]
    assert [row["outcome"] for row in found] == [None, None, None, "go"]


def test_clickhouse_gets_dates_beyond_2149() -> None:
    assert "Nullable(Date32)" in to_sql(RULESET, "clickhouse", keys=["id"])


@pytest.mark.parametrize(
    "column",
    [
        [each and each.isoformat() for each in DATES],
        DATES,
        pyarrow.array(DATES, pyarrow.date32()),
        pyarrow.array(DATES, pyarrow.date64()),
        pyarrow.array(DATES, pyarrow.date32()).dictionary_encode(),
        pyarrow.array(DATES, pyarrow.date32()).cast(pyarrow.timestamp("ns")),
        pyarrow.array([each and each.isoformat() for each in DATES]),
        pandas.Series(pandas.to_datetime(DATES)),
        pandas.Series(DATES),
        np.array(DATES, "datetime64[D]"),
        np.array(DATES, "datetime64[ns]"),
    ],
    ids=lambda column: f"{type(column).__name__}-{getattr(column, 'type', getattr(column, 'dtype', ''))}",
)
def test_columns_of_dates_are_read_in_every_form(column: object) -> None:
    found = list(assess_many(RULESET, {"day": column, "ready": [True] * 3}).rows())
    assert [row["error"] for row in found] == [None] * 3
    assert [row["outcome"] for row in found] == OUTCOMES


def test_a_time_of_day_is_no_date() -> None:
    times = [datetime.datetime(2028, 2, 29, 0, 0), datetime.datetime(2028, 2, 29, 0, 1)]
    said = "question 'day' is answered with a date (2027-03-01) or null (don't know), not 2028-02-29"
    for column in (pyarrow.array(times), np.array(times, "datetime64[s]"), times):
        right, wrong = assess_many(RULESET, {"day": column, "ready": [True, True]}).rows()
        assert right["outcome"] == "go"
        assert said in wrong["error"]


@pytest.mark.parametrize("engine", ENGINES)
def test_engines_compare_iso_texts(engine: str) -> None:
    for condition, expected in (
        (day >= "2028-02-29", [False, True, True]),
        (day > "2028-02-29", [False, False, True]),
        (day < "2028-02-29", [True, False, False]),
        (day <= "2028-02-29", [True, True, False]),
    ):
        ruleset = ruleset_of([day], [Rule(condition, GO, "x", "holds"), otherwise(STAY, "y")])
        answers = [{"day": each} for each in ("2028-02-28", "2028-02-29", "2028-03-01")]
        assert [each == "holds" for each in ENGINES[engine]([(ruleset, answers)])] == expected
