import random
from typing import Any

import pytest

from assessor import Choice, Number, Outcome, Rule, RuleSet, Section, YesNo, load_ruleset, otherwise
from assessor.export.sql import SqlError, to_sql
from assessor.loading.reference import BUNDLED
from assessor.model.questions.numbers import NumberComparison
from tests.support.engines import by_duckdb, differences
from tests.support.tables import expected, random_rows

DIALECTS = ("bigquery", "databricks", "duckdb", "postgres", "snowflake", "spark", "trino")
GO, STAY = Outcome("go", "Go"), Outcome("stay", "Stay")


def ruleset() -> RuleSet:
    is_it = YesNo("select", "Is it?")
    which = Choice("order", "Which?", {"null": "None", "group": "Group"})
    many = Number("from", "How many?", minimum=0, maximum=10)
    return RuleSet(
        "reserved",
        title="Reserved words",
        sections=[Section("s", "S", [is_it, which, many])],
        outcomes=[GO, STAY],
        rules=[Rule(is_it & which.is_("null") & (many >= 0.3), GO, "so"), otherwise(STAY, "else")],
    )


def test_more_rules_than_an_integer_has_bits() -> None:
    questions = [YesNo(f"q-{number}", f"Is it {number}?") for number in range(70)]
    rules = [Rule(question, GO if number % 2 else STAY, "so") for number, question in enumerate(questions)]
    many = RuleSet("many", title="Many", sections=[Section("s", "S", questions)], outcomes=[GO, STAY], rules=rules)
    assert not differences(many, random_rows(random.Random(3), many, 60, 0.9))


@pytest.mark.parametrize("source", ["order", 'we"ird', "back\\slash", "it's"])
def test_reserved_words_and_quotes_are_quoted(source: str) -> None:
    rows = [{"select": True, "order": "null", "from": 0.3}, {"select": True, "order": "null", "from": 0.29}, {}]
    found = by_duckdb(ruleset(), rows, source)
    assert [(row["outcome"], row["possible"]) for row in found] == [
        ("go", ["go"]),
        ("stay", ["stay"]),
        (None, ["go", "stay"]),
    ]


def test_a_row_that_does_not_fit_has_an_error_and_no_verdict() -> None:
    infinite = {"from": float("inf"), "order": "x"}
    rows: list[dict[str, Any]] = [{"order": "nul"}, {"from": 10.5}, {"from": float("nan")}, infinite]
    found = by_duckdb(ruleset(), rows)
    assert [row.pop("error") for row in found] == [
        "question 'order' has no such option",
        "question 'from' takes a number from 0 to 10",
        "question 'from' takes a number from 0 to 10",
        "question 'order' has no such option; question 'from' takes a number from 0 to 10",
    ]
    assert all(value is None for row in found for value in row.values())


def test_the_plain_rules_refuse_rows_that_leave_a_question_open() -> None:
    rows = [{"select": True, "order": "null", "from": 3}, {"select": False, "order": "null"}]
    first, second = by_duckdb(ruleset(), rows, complete=True)
    assert (first["outcome"], first["error"]) == ("go", None)
    assert (second["outcome"], second["rule"], second["error"]) == (None, None, "question 'from' is open")


@pytest.mark.parametrize("complete", [False, True])
@pytest.mark.parametrize(("operator", "going"), [("<=", [1, 2]), ("<", [1]), (">", [3]), (">=", [2, 3])])
def test_every_comparison_of_whole_numbers_is_written(operator: str, going: list[int], complete: bool) -> None:
    many = Number("many", "How many?", minimum=0, maximum=10, step=1)
    rules = [Rule(NumberComparison(many, operator, 2), GO, "so"), otherwise(STAY, "else")]
    counted = RuleSet("c", title="C", sections=[Section("s", "S", [many])], outcomes=[GO, STAY], rules=rules)
    *found, fraction = by_duckdb(counted, [{"many": each} for each in (1, 2, 3, 2.5)], complete=complete)
    assert [row["outcome"] for row in found] == ["go" if each in going else "stay" for each in (1, 2, 3)]
    assert (fraction["outcome"], fraction["error"]) == (None, "question 'many' takes a whole number from 0 to 10")


@pytest.mark.parametrize("complete", [False, True])
def test_former_options_count_as_the_present_ones_and_retired_ones_as_open(complete: bool) -> None:
    place = Choice("place", "Where?", {"here": "H", "there": "T"}, formerly={"here": ["no", "home"]}, retired=["moon"])
    rules = [Rule(place.is_("here"), GO, "so"), otherwise(STAY, "else")]
    moved = RuleSet("m", title="M", sections=[Section("s", "S", [place])], outcomes=[GO, STAY], rules=rules)
    rows = [{"place": name} for name in ("no", "home", "moon", "there", "sea")]
    *found, unknown = by_duckdb(moved, rows, complete=complete)
    wanted = [expected(moved, row) for row in rows[:-1]]
    assert [row["outcome"] for row in found] == [row["outcome"] for row in wanted] == ["go", "go", None, "stay"]
    assert (unknown["outcome"], unknown["error"]) == (None, "question 'place' has no such option")
    assert [row["error"] for row in found] == [None, None, "question 'place' is open" if complete else None, None]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("complete", [False, True])
def test_every_dialect_is_written_the_same_each_time(dialect: str, complete: bool) -> None:
    guide = load_ruleset(BUNDLED)
    written = to_sql(guide, dialect, "schema.table", keys=["id"], complete=complete)
    assert written == to_sql(guide, dialect, "schema.table", keys=["id"], complete=complete)
    assert written.startswith("-- Exported by assessor from the rule set 'self-hosting'")


@pytest.mark.parametrize(
    ("dialect", "keys", "message"),
    [
        ("duckbd", ["id"], "there is no dialect 'duckbd'. Did you mean 'duckdb'?"),
        ("postgres", [], "name the columns to keep with --keys: postgres has no"),
        ("duckdb", ["Outcome"], "--keys: 'Outcome' is a column that the query gives"),
    ],
)
def test_what_cannot_be_written_is_told(dialect: str, keys: list[str], message: str) -> None:
    with pytest.raises(SqlError) as told:
        to_sql(ruleset(), dialect, keys=keys)
    assert message in str(told.value)
