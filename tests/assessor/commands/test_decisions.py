"""`assess` and `cases` of several decisions, word for word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assessor.__main__ import main
from tests.support.assessor.decisions import SOURCE


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules.py").write_text(SOURCE, "utf-8")
    return tmp_path


def run(command: str, answers: str = "", *arguments: str) -> Result:
    given = ["-"] if command == "assess" else []
    result = CliRunner().invoke(main, [command, *given, "--rules", "rules.py", *arguments], input=answers)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_each_decision_has_its_part() -> None:
    lines = run("assess", "law: false\nusers: 40\n").stdout.splitlines()
    assert lines[2:] == [
        "Where it runs",
        "Settled: In our cloud [cloud]",
        "  We run it.",
        "  It stays, however the one open question is answered.",
        "",
        "Because:",
        "  Nothing speaks against it.",
        "  Otherwise: In our cloud. [rule hosting-otherwise]",
        "",
        "Your plan",
        "Settled: The team plan [small]",
        "  It stays, however the one open question is answered.",
        "",
        "Because:",
        "  It has no limit.",
        "  Otherwise: The team plan. [rule plan-otherwise]",
        "",
        "What to do:",
        "  - Set up a backup.",
        "",
        "Open, and unable to change the outcome:",
        "  - team: Can someone run servers?",
    ]


def test_one_decision_may_be_settled_and_the_other_open() -> None:
    text = run("assess", "law: false\nteam: false\n", "--explain").stdout
    assert "Where it runs\nSettled: In our cloud [cloud]\n" in text
    assert "Your plan\nStill possible:\n  - The free plan [free]\n  - The team plan [small]\n" in text
    assert "Ask next:\n  - users: How many people use it?\n" in text
    first, second = (
        text.index("\nWhere it runs\n\nThese answers settle it"),
        text.index("\nYour plan\n\nRules that cannot"),
    )
    assert text.index("pays: If someone can run servers") in range(first, second)
    assert text.index("plan-1: If the result of “Where it runs” is “On your servers”") > second
    assert text.index("  - All of it [large]: ") > second


def test_an_explanation_without_anything_to_explain_has_no_headings() -> None:
    text = run("assess", "", "--explain").stdout
    assert text.count("Where it runs") == text.count("Your plan") == 1


def test_json_has_the_decisions() -> None:
    found = json.loads(run("assess", "law: true\n", "--format", "json").stdout)
    assert (found["outcome"], found["decisions"]["plan"]["outcome"]) == ("server", "large")


@pytest.mark.parametrize(
    ("expected", "code", "message"),
    [
        (["server"], 0, ""),
        (["large"], 0, ""),
        (["server", "large"], 0, ""),
        (["server", "free"], 1, "expected 'free' to be settled by decision 'plan', but got 'large'\n"),
        (["cloud"], 1, "expected 'cloud' to be settled by decision 'hosting', but got 'server'\n"),
    ],
)
def test_an_outcome_of_any_decision_can_be_expected(expected: list[str], code: int, message: str) -> None:
    options = [part for each in expected for part in ("--expect", each)]
    result = run("assess", "law: true\n", *options)
    assert (result.exit_code, result.stderr) == (code, message)


def test_an_expected_outcome_that_does_not_exist_is_refused() -> None:
    result = run("assess", "law: true\n", "--expect", "server", "--expect", "lagre")
    assert result.exit_code == 2
    assert "there is no outcome 'lagre'. Did you mean 'large'?" in result.stderr


def test_a_case_is_wrong_about_the_second_decision(folder: Path) -> None:
    (folder / "rules.py").write_text(SOURCE.replace("cloud, also=[free]", "cloud, also=[small]"), "utf-8")
    result = run("cases")
    assert result.exit_code == 1
    assert "error: case 'club' should get 'small', but the rules of decision 'plan' give 'free'\n" in result.stdout


def test_cases_are_proposed_for_each_decision() -> None:
    result = run("cases", "", "--cover", "--all")
    assert result.exit_code == 1
    text = result.stdout
    assert "The cases reach 4 of the 6 rules that can decide.\n" in text
    assert "  No case reaches rule 'pays'.\n  No case reaches rule 'plan-otherwise'.\n" in text
    assert "  # rule 'plan-2' would decide if not “the number of users is more than 5”\n" in text
    report = json.loads(run("cases", "", "--cover", "--format", "json").stdout)
    assert {each["decision"] for each in report["proposed"]} <= {"hosting", "plan"}


def test_a_proposal_where_no_rule_of_a_decision_decides_names_it(folder: Path) -> None:
    source = SOURCE.replace(
        '    otherwise(small, "It has no limit."),\n', '    Rule(users >= 50, small, "It has no limit."),\n'
    )
    (folder / "rules.py").write_text(source, "utf-8")
    assert "  # no advice: no rule of decision 'plan' decides\n" in run("cases", "", "--cover", "--all").stdout


def test_a_case_that_leaves_a_rule_of_the_second_decision_open_is_named(folder: Path) -> None:
    source = SOURCE.replace('{"law": False, "users": 4}, cloud, also=[free]', '{"law": False, "team": False}, cloud')
    (folder / "rules.py").write_text(source, "utf-8")
    text = run("cases", "", "--cover").stdout
    assert "Case 'club' leaves open whether rule 'plan-2' decides: 2 rules still can." in text
