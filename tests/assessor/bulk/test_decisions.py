"""Several decisions over many rows: columns for each, rows with errors, and the plain rules as SQL."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from assessor import Action, Decision, Outcome, Rule, RuleSet, Section, assess, assess_many, otherwise
from assessor.__main__ import main
from assessor.export.sql import SqlError, to_sql
from tests.conformance.engines import complete_answers
from tests.support.assessor.decisions import SOURCE, wiki
from tests.support.assessor.samples import yes_no
from tests.support.engines import by_duckdb, differences
from tests.support.oracle import decide
from tests.support.rulesets import random_ruleset

CSV = """\
id,law,team,users
1,yes,,
2,no,no,4
3,no,,
4,no,maybe,3
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules.py").write_text(SOURCE, "utf-8")
    (tmp_path / "in.csv").write_text(CSV, "utf-8")
    return tmp_path


def test_score_has_columns_for_each_decision() -> None:
    result = CliRunner().invoke(main, ["score", "in.csv", "--rules", "rules.py"])
    assert result.exit_code == 0
    header, *rows = result.stdout.splitlines()
    assert header == (
        "id,outcome,settled,possible,rule,next,actions,error,plan_outcome,plan_settled,plan_possible,plan_rule"
    )
    assert rows[:3] == [
        "1,server,true,server,law,,backup,,large,true,large,plan-1",
        '2,cloud,true,cloud,hosting-otherwise,,"",,free,true,free,plan-2',
        '3,,false,server cloud,,users,"",,,false,large free small,',
    ]
    assert rows[3].startswith("4,,,,,,,")
    assert rows[3].endswith(",,,,")
    assert "4 rows: 2 settled in every decision, 1 with an error" in result.stderr


def test_columns_of_a_decision_can_be_chosen() -> None:
    chosen = ["score", "in.csv", "--rules", "rules.py", "--columns"]
    result = CliRunner().invoke(main, [*chosen, "id,plan_outcome"])
    assert result.stdout.splitlines()[:2] == ["id,plan_outcome", "1,large"]
    result = CliRunner().invoke(main, [*chosen, "id,plan_outcom"])
    assert result.exit_code == 2
    assert "there is no column 'plan_outcom'. Did you mean 'plan_outcome'?" in result.stderr


def test_a_key_that_is_called_as_a_column_of_a_decision_is_refused(folder: Path) -> None:
    (folder / "in.csv").write_text(CSV.replace("id,", "Plan_Rule,"), "utf-8")
    result = CliRunner().invoke(main, ["score", "in.csv", "--rules", "rules.py"])
    assert result.exit_code == 2
    assert "column 'Plan_Rule' is also the name of a result" in result.stderr


def test_tables_in_memory_have_the_verdicts_of_each_decision(folder: Path) -> None:
    many = assess_many(wiki(folder), {"law": [True, False, None], "users": np.asarray([1.0, 4.0, 9e9])})
    plan = many.decisions["plan"]
    outcomes = [plan.verdicts[place].outcome if place >= 0 else None for place in plan.verdict_of.tolist()]
    assert outcomes == ["large", "free", None]
    assert [row["plan_outcome"] for row in many.rows()] == outcomes
    assert plan.verdict_of.tolist()[2] == -1


def test_an_action_under_outcomes_of_two_decisions_applies_if_either_is_certain(folder: Path) -> None:
    """Whatever `a` is, one of the decisions leads to the action, though neither of them is settled."""
    a, b = yes_no("a"), yes_no("b")
    one, two, three, four = (Outcome(name, name.title()) for name in ("one", "two", "three", "four"))
    first = Decision("first", "First", [Rule(a, one, "x"), otherwise(two, "x")])
    second = Decision("second", "Second", [Rule(~a & b, three, "x"), Rule(~a, three, "x"), otherwise(four, "x")])
    actions = [Action("both", "Both", [one, three]), Action("later", "Later", [three], b)]
    sections = [Section("all", "All", [a, b])]
    ruleset = RuleSet("r", title="R", sections=sections, decisions=[first, second], actions=actions)
    assert assess(ruleset, {})["actions"]["apply"] == ["both"]
    rows = [{}, {"a": True}, {"a": False}, {"a": False, "b": True}, {"b": True}]
    assert differences(ruleset, rows) == []
    assert [row["actions"] for row in assess_many(ruleset, {"a": [None], "b": [None]}).rows()] == [["both"]]


def test_the_plain_rules_as_sql_decide_each_decision() -> None:
    rng = random.Random(4)
    for number in range(30):
        ruleset = random_ruleset(rng, most_decisions=3, most_estimates=0)
        rows = [complete_answers(rng, ruleset) for _ in range(10)]
        found = by_duckdb(ruleset, rows, complete=True)
        for answers, row in zip(rows, found, strict=True):
            for place, rules in enumerate(ruleset.rules_by_decision):
                before = f"{ruleset.decisions[place].id}_" if place else ""
                fired = decide(rules, answers)
                expected = (None, None) if fired is None else (rules[fired].then.id, rules[fired].id)
                assert (row[f"{before}outcome"], row[f"{before}rule"]) == expected, (number, answers)
            assert row["error"] is None


def test_a_key_that_sql_gives_for_a_decision_is_refused(folder: Path) -> None:
    with pytest.raises(SqlError, match="'plan_outcome' is a column that the query gives"):
        to_sql(wiki(folder), "postgres", keys=["plan_outcome"])
