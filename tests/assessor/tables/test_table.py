"""`table(…)` keeps a table as the source of the rules, and findings name its cells."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from assessor import DecisionTableError, RuleSetError, assess, load_ruleset
from tests.support.commands import run_command

RULES = """from assessor import Choice, Number, Outcome, RuleSet, Section, table

seats = Number("seats", "How many people use it?", minimum=0, maximum=100)
place = Choice("place", "Where must the data be?", {{"eu": "In the EU", "us": "In the US"}})
free, team = Outcome("free", "Free"), Outcome("team", "Team plan")
plans = table({table}, questions=[seats, place], outcomes=[free, team])
ruleset = RuleSet("plans", title="Which plan?", sections=[Section("s", "S", [seats, place])], rules=plans.rules)
"""
PLANS = """rule,seats,Where must the data be?,outcome,because
small,< 10,,free,Few people
never,"< 5",eu,Team plan,Never decides
odd,"< 20, >= 20",us,team,"Always
holds"
rest,,,team,All others
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    (tmp_path / "plans.csv").write_text(PLANS)
    file = tmp_path / "rules.py"
    file.write_text(RULES.format(table='"plans.csv"'))
    return file


def test_questions_are_found_by_id_or_wording_and_outcomes_by_id_or_title(rules: Path) -> None:
    ruleset = load_ruleset(str(rules))
    assert [(rule.id, rule.then.id) for rule in ruleset.rules] == [
        ("small", "free"),
        ("never", "team"),
        ("odd", "team"),
        ("rest", "team"),
    ]


def test_findings_name_the_line_and_the_cell(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(rules.parent)
    run = run_command("check", "--rules", "rules.py")
    assert run.exit_code == 1
    headlines = [line for line in run.output.splitlines() if line.startswith("plans.csv")]
    assert [(line.split(": ")[0], line.split("[")[-1]) for line in headlines] == [
        ("plans.csv:3:1", "rule-never-fires]"),
        ("plans.csv:4:1", "rule-changes-nothing]"),
        ("plans.csv:4:5", "always-true]"),
    ]
    assert "plans.csv:4:5: warning: A part of rule 'odd' holds whatever the answers" in run.output
    assert '  4 | odd,"< 20, >= 20",us,team,"Always\n    |     ^' in run.output


def test_findings_name_the_cell_of_a_workbook(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(rules.parent)
    book = openpyxl.Workbook()
    book.active.title = "Plans"
    for line in (
        ("rule", "seats", "place", "outcome", "because"),
        ("odd", "< 20, >= 20", "us", "team", "Always"),
        ("rest", None, None, "free", "Else"),
    ):
        book.active.append(line)
    book.save("plans.xlsx")
    rules.write_text(RULES.format(table='"plans.xlsx"'))
    assert "plans.xlsx:Plans!B2: warning: A part of rule 'odd' holds whatever the answers" in (
        run_command("check", "--rules", "rules.py").output
    )


def test_a_row_above_a_rule_accepts_its_findings(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(rules.parent)
    accepted = PLANS.replace("never,", "# accept: rule-never-fires\nnever,").replace(
        "odd,", '"# accept: always-true, rule-changes-nothing"\nodd,'
    )
    Path("plans.csv").write_text(accepted)
    assert "plans.csv" not in run_command("check", "--rules", "rules.py").output
    Path("plans.csv").write_text(accepted.replace("always-true", "gap"))
    output = run_command("check", "--rules", "rules.py").output
    assert "always-true" in output
    assert "The comment accepts 'gap', which is not found here." in output


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("rule,seats", "rule,seets", "row 1, column B (seets): there is no question 'seets'. Did you mean 'seats'?"),
        (",us,team", ",ux,team", "row 4, column C (Where must the data be?): question 'place' has no option 'ux'"),
        (",,free", ",,fre", "row 2, column D (outcome): there is no outcome 'fre'. Did you mean 'free'?"),
        ("< 10", "> 100", "row 2, column B (seats): no answer passes: 'seats' takes a number from 0 to 100"),
        ("< 10", "yes", "row 2, column B (seats): 'yes' is not a number, which answers 'seats'"),
    ],
)
def test_a_cell_that_does_not_fit_the_questions_is_named(old: str, new: str, message: str, rules: Path) -> None:
    table = rules.with_name("plans.csv")
    table.write_text(PLANS.replace(old, new, 1))
    with pytest.raises(DecisionTableError) as caught:
        load_ruleset(str(rules))
    assert message in str(caught.value)
    run = run_command("check", "--rules", str(rules))
    assert run.exit_code == 1
    assert f"plans.csv:{caught.value.location.line}:" in run.output
    assert run_command("bundle", "--rules", str(rules)).exit_code == 2


@pytest.mark.parametrize(
    ("cell", "early", "late"),
    [
        ("< 2027-01-01", "2026-12-31", "2027-01-01"),
        ("[2026-01-01..2027-01-01)", "2026-12-31", "2027-01-01"),
        ("2026-12-31", "2026-12-31", "2027-01-01"),
        ('<= date("2026-12-31")', "2026-12-31", "2027-01-01"),
        ("not(> 9999-12-31), 2026-12-31", "", "row 2, column A (start): 'not(> 9999-12-31), 2026-12-31': the bracket"),
        ("> 9999-12-31", "", "row 2, column A (start): no answer passes: 'start' takes a date from 1900-01-01 to 2199"),
        ("> 5", "", "row 2, column A (start): '> 5' is not a date, which answers 'start'"),
        ("soon", "", "row 2, column A (start): 'soon' is not a date, which answers 'start'"),
        ("< 2027-02-30", "", "row 2, column A (start): '< 2027-02-30': '2027-02-30' is no date; write one such as"),
        ("[5..2027-02-01]", "", "a range goes from a number to a number, or from a date to a date"),
        ("[2028-01-01..2027-01-01]", "", "the range from 2028-01-01 to 2027-01-01 has no dates"),
    ],
)
def test_a_column_of_dates(cell: str, early: str, late: str, rules: Path) -> None:
    quoted = cell.replace('"', '""')
    rules.with_name("plans.csv").write_text(f'start,outcome,because\n"{quoted}",a,first\n-,b,second\n')
    rules.write_text(
        "from assessor import Date, Outcome, RuleSet, Section, table\n"
        "start = Date('start', 'When do you start?')\n"
        "plans = table('plans.csv', questions=[start], outcomes=[Outcome('a', 'A'), Outcome('b', 'B')])\n"
        "ruleset = RuleSet('r', title='R', sections=[Section('s', 'S', [start])], rules=plans.rules)\n"
    )
    if not early:
        with pytest.raises(DecisionTableError) as caught:
            load_ruleset(str(rules))
        assert late in str(caught.value)
        return
    ruleset = load_ruleset(str(rules))
    assert assess(ruleset, {"start": early})["outcome"] == "a"
    assert assess(ruleset, {"start": late})["outcome"] == "b"


def test_rules_of_a_table_stand_before_a_ranking_about_dates(rules: Path) -> None:
    rules.with_name("plans.csv").write_text("seats,outcome,because\n< 5,free,few\n")
    together = RULES.format(table='"plans.csv"').replace("Choice, ", "Choice, Date, Score, ranking, ")
    together = together.replace(
        "free, team =",
        "start = Date('start', 'When?')\n"
        "late, eu = Score('late', 'Late', {start >= '2027-01-01': 2}), Score('eu', 'EU', {place.eu: 1})\n"
        "free, team =",
    )
    together = together.replace('"S", [seats, place]', '"S", [seats, place, start]')
    rules.write_text(
        together.replace("rules=plans.rules", "rules=[*plans.rules, *ranking({team: late, free: eu}, 'x')]")
    )
    ruleset = load_ruleset(str(rules))
    answers = {"seats": 9, "place": "eu", "start": "2026-12-31"}
    assert assess(ruleset, answers)["rule"] == "most-eu"
    assert assess(ruleset, {**answers, "start": "2027-01-01"})["rule"] == "most-late"
    assert assess(ruleset, {"seats": 4})["outcome"] == "free"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("plans", "take its rules, table(…).rules"),
        ("[*plans]", "take its rules, table(…).rules"),
        ("[plans]", "put its parts into the list by a * before it"),
        ("[plans.rules]", "put its parts into the list by a * before it"),
    ],
)
def test_a_table_for_its_rules_is_refused_with_what_to_write(given: str, says: str, rules: Path) -> None:
    rules.write_text(RULES.format(table='"plans.csv"').replace("rules=plans.rules", f"rules={given}"))
    with pytest.raises(RuleSetError, match=re.escape(says)):
        load_ruleset(str(rules))


def test_a_missing_table_is_told_at_the_line_that_names_it(rules: Path) -> None:
    rules.write_text(RULES.format(table='"plan.csv"'))
    with pytest.raises(
        RuleSetError, match=r"cannot read the table 'plan.csv': .* Did you mean 'plans.csv'\?"
    ) as caught:
        load_ruleset(str(rules))
    assert caught.value.location.line == 6


def test_a_table_can_bring_its_questions_and_outcomes(tmp_path: Path) -> None:
    (tmp_path / "plans.csv").write_text("seats,outcome,because\n< 5,free,few\n>= 5,paid,many\n")
    (tmp_path / "rules.py").write_text(
        "from assessor import RuleSet, table\n"
        "t = table('plans.csv')\n"
        "ruleset = RuleSet('r', title='R', sections=t.sections, outcomes=t.outcomes, rules=t.rules)\n"
    )
    ruleset = load_ruleset(str(tmp_path / "rules.py"))
    assert [question.id for question in ruleset.questions] == ["seats"]
