"""`assessor cases` and what it proposes; the worked cases among an author's own tests."""

from __future__ import annotations

import dataclasses
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assessor import Case, RuleSet, assess
from assessor.cli import main
from assessor.coverage import Goal, coverage_of
from tests.checking.enumeration import Enumeration
from tests.rulesets import random_answers, random_ruleset

COUNT = 120
MOST_WAYS = 300

RULES = """\
from assessor import *

dry = YesNo("dry", "Is it dry?")
wind = Number("wind", "How windy?", minimum=0, maximum=40)
fly, stay = Outcome("fly", "Fly"), Outcome("stay", "Stay")
ruleset = RuleSet("kite", title="Kite", sections=[Section("all", "All", [dry, wind])], outcomes=[fly, stay],
    rules=[Rule(dry & (wind >= 8), fly, "so", "fair"), otherwise(stay, "so")],
    cases=[
        Case("noon", "Noon", "Sun.", {"dry": True, "wind": 10}, fly),
        Case("rain", "Rain", "Wet.", {"dry": False, "wind": 10}, stay),
    ])
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def cases(source: str, *arguments: str) -> Result:
    Path("rules.py").write_text(source, "utf-8")
    result = CliRunner().invoke(main, ["cases", "--rules", "rules.py", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_cases_that_hold() -> None:
    result = cases(RULES)
    assert (result.exit_code, result.stdout) == (0, "2 cases, all as they should be.\n")


def test_a_case_that_does_not_hold_is_told_with_its_answers() -> None:
    result = cases(RULES.replace('"wind": 10}, fly)', '"wind": 7.5}, fly)'))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "rules.py:9: error: case 'noon' is to get 'fly', but the rules give 'stay'",
        "  Its answers:",
        "    dry: true",
        "    wind: 7.5",
        "2 cases, 1 not as they should be.",
    ]


def test_json_tells_the_same() -> None:
    result = cases(RULES.replace('"wind": 10}, fly)', '"wind": 7.5}, fly)'), "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "ruleset": "kite",
        "cases": [
            {"id": "noon", "problems": ["case 'noon' is to get 'fly', but the rules give 'stay'"]},
            {"id": "rain", "problems": []},
        ],
    }


def test_what_cases_leave_untested_is_told_and_proposed() -> None:
    result = cases(RULES, "--cover")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "2 cases, all as they should be.",
        "They reach 2 of 2 rules that can decide.",
        "They show 3 of 4 ways in which one answer decides whether a rule does: for each question of a rule, a case "
        "with the rule and one without.",
        "Cases that would show the rest:",
        "",
        "  # stay, by rule otherwise",
        "  # shows that wind decides whether rule fair does",
        "  dry: true",
        "  wind: 0",
    ]


def test_a_rule_that_no_case_reaches_fails() -> None:
    source = RULES[: RULES.index('        Case("noon"')] + RULES[RULES.index('        Case("rain"') :]
    result = cases(source, "--cover")
    assert result.exit_code == 1
    assert "They reach 1 of 2 rules that can decide.\n  No case reaches rule 'fair'.\n" in result.stdout
    assert cases(source).exit_code == 0
    report = json.loads(cases(source, "--cover", "--format", "json").stdout)
    assert (report["unreached"], report["goals"], report["shown"]) == (["fair"], 6, 2)
    assert {"answers": {"dry": True, "wind": 8.0}, "rule": "fair", "outcome": "fly"} in report["proposed"]


def test_a_rule_set_without_cases() -> None:
    source = RULES[: RULES.index("    cases=[")] + ")"
    assert cases(source).stdout == "0 cases, all as they should be.\n"
    assert cases(source, "--cover").exit_code == 1


@pytest.mark.parametrize(
    "source", ["", "def :", "1 / 0", "YesNo('a')", RULES.replace('{"dry": False', '{"dri": False')]
)
def test_bad_input_is_told(source: str) -> None:
    result = cases(source)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: rules.py")
    assert result.stdout == ""


def goals_of(tried: Enumeration) -> set[Goal]:
    """Return what cases can show, by trying every answer and every change of one."""
    goals = set()
    for place, rule in enumerate(tried.ruleset.rules):
        if place not in tried.fired:
            continue
        goals.add(Goal(rule.id))
        fires = tuple(each == place for each in tried.fired)
        for question in tried.ruleset.questions:
            if tried.decides(question.id, [tried.when[place]]):
                for group in tried.groups(question.id):
                    if {fires[number] for number in group} == {True, False}:
                        goals |= {Goal(rule.id, question.id, "with"), Goal(rule.id, question.id, "without")}
    return goals


def shown_by(tried: Enumeration, goals: set[Goal], answers: dict[str, object]) -> set[Goal]:
    """Return what answers show however they are completed."""
    these = [n for n, way in enumerate(tried.ways) if all(cell(tried, n, k) == v for k, v in answers.items())]
    shown = set()
    for goal in goals:
        place = next(n for n, rule in enumerate(tried.ruleset.rules) if rule.id == goal.rule)
        group_of = {n: group for group in (tried.groups(goal.question) if goal.question else []) for n in group}
        fires = [tried.fired[n] == place for n in these]
        wanted = goal.side == "with"
        if all(each == wanted for each in fires) and (
            not goal.question or all(any((tried.fired[m] == place) != wanted for m in group_of[n]) for n in these)
        ):
            shown.add(goal)
    return shown


def cell(tried: Enumeration, number: int, question: str) -> object:
    return tried.ways[number][question]


def small_rulesets() -> list[RuleSet]:
    found: list[RuleSet] = []
    rng = random.Random(7)
    while len(found) < COUNT:
        ruleset = random_ruleset(rng, most_questions=4, most_rules=4, most_estimates=0)
        if len(Enumeration(ruleset).ways) <= MOST_WAYS:
            found.append(ruleset)
    return found


def test_goals_and_proposals_are_what_trying_all_answers_finds() -> None:
    rng = random.Random(8)
    proposed = shown = 0
    for ruleset in small_rulesets():
        tried = Enumeration(ruleset)
        goals = goals_of(tried)
        # Answers as the enumeration has them, so that they can be looked up.
        given = [
            {name: way[name] for name, value in random_answers(rng, ruleset).items() if value is not None}
            for way in rng.sample(tried.ways, min(3, len(tried.ways)))
        ]
        outcome = ruleset.outcomes[0]
        told = [Case(f"case-{n}", "A case", "", answers, outcome) for n, answers in enumerate(given)]  # type: ignore[arg-type]
        coverage = coverage_of(dataclasses.replace(ruleset, cases=told))
        assert set(coverage.goals) == goals
        assert coverage.shown == set().union(*(shown_by(tried, goals, each) for each in given))
        for each in coverage.proposed:
            found = assess(ruleset, each.answers)
            assert (found["rule"] or "", found["outcome"] or "") == (each.rule, each.outcome)
            assert set(each.shows) <= shown_by(tried, goals, dict(each.answers))
        more = [Case(f"more-{n}", "A case", "", each.answers, outcome) for n, each in enumerate(coverage.proposed)]
        covered = coverage_of(dataclasses.replace(ruleset, cases=[*told, *more]))
        assert covered.shown == goals
        assert covered.proposed == ()
        proposed += len(more)
        shown += len(coverage.shown)
    assert min(proposed, shown) > 50


def test_an_authors_tests_run_each_case(folder: Path) -> None:
    (folder / "rules.py").write_text(RULES.replace('"wind": 10}, stay)', '"wind": 10}, fly)'), "utf-8")
    (folder / "test_cases.py").write_text(
        "from assessor.testing import case_test\n\ntest_case = case_test('rules.py')\n", "utf-8"
    )
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rA", "--tb=short", "test_cases.py"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 1
    assert "PASSED test_cases.py::test_case[noon]" in ran.stdout
    assert "FAILED test_cases.py::test_case[rain]" in ran.stdout
    assert "rules.py:10: case 'rain' is to get 'fly', but the rules give 'stay'" in ran.stdout
    assert "1 failed, 1 passed" in ran.stdout
