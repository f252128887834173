"""A decision of several as a table: written, read again, and kept in a table by a rule set."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from assessor import (
    Decision,
    DecisionTableError,
    Outcome,
    Rule,
    RuleSet,
    Section,
    YesNo,
    all_of,
    assess,
    load_ruleset,
    otherwise,
)
from assessor.__main__ import main
from assessor.check import check_ruleset
from assessor.model.conditions import Condition, walk
from assessor.model.rules.decisions import OutcomeIs
from assessor.tables.writing.export import FORMATS, to_table
from tests.conformance.engines import complete_answers
from tests.support.assessor.decisions import SOURCE, wiki
from tests.support.decision_tables import exported, imported, imported_decisions, random_table_ruleset
from tests.support.oracle import decide, is_valid

_ADDED = """\
  <decision id="added" name="Added">
    <decisionTable id="added-table" hitPolicy="FIRST">
      <input id="added-input">
        <inputExpression id="added-expression" typeRef="string"><text>region</text></inputExpression>
      </input>
      <output id="added-output" name="outcome" typeRef="string"/>
      <rule id="added-1">
        <inputEntry id="added-1-a"><text>"eu"</text></inputEntry>
        <outputEntry id="added-1-b"><text>"here"</text></outputEntry>
      </rule>
      <rule id="added-2">
        <inputEntry id="added-2-a"><text>"us"</text></inputEntry>
        <outputEntry id="added-2-b"><text>"there"</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def assert_same(ruleset: RuleSet, decision: int, back: RuleSet, rng: random.Random, again: int = 0) -> None:
    rules, rules_again = ruleset.rules_by_decision[decision], back.rules_by_decision[again]
    for _ in range(30):
        answers = complete_answers(rng, ruleset)
        if not is_valid(ruleset, answers):
            continue
        place, place_again = decide(rules, answers), decide(rules_again, answers)
        found = None if place_again is None else rules_again[place_again].id
        assert found == (None if place is None else rules[place].id), answers


@pytest.mark.parametrize("target", FORMATS)
def test_each_decision_comes_back(target: str, folder: Path) -> None:
    rng = random.Random(3)
    tried = refused = 0
    while tried < 60:
        ruleset = random_table_ruleset(rng, most_decisions=3)
        if len(ruleset.decisions) == 1:
            continue
        for place, decision in enumerate(ruleset.decisions):
            try:
                back, notes = imported(exported(ruleset, target, folder, decision.id))
            except DecisionTableError:
                # No rule holds, or one needs too many rows.
                refused += 1
                continue
            assert (back.id, back.title, notes) == (decision.id, decision.title, [])
            assert [each.id for each in back.outcomes] == [each.id for each in decision.outcomes]
            assert_same(ruleset, place, back, rng)
            tried += 1
    assert refused < 20


def test_a_dmn_file_has_all_decisions(folder: Path) -> None:
    rng = random.Random(4)
    ruleset = wiki(folder)
    file = exported(ruleset, "dmn", folder)
    text = file.read_text("utf-8")
    ids = [part.split('"')[0] for part in text.split(' id="')[1:]]
    assert len(set(ids)) == len(ids)
    for place, decision in enumerate(ruleset.decisions):
        for name in (decision.id, f"decision.{decision.id}", decision.title):
            back, notes = imported(file, decision=name)
            assert (back.id, notes) == (decision.id, [])
            assert_same(ruleset, place, back, rng)
    with pytest.raises(DecisionTableError, match="there are several decision tables; name one with --decision"):
        imported(file)


def test_all_decisions_of_a_dmn_file_come_back_as_one_rule_set(folder: Path) -> None:
    rng = random.Random(5)
    reading = tried = 0
    while tried < 40:
        ruleset = random_table_ruleset(rng, most_decisions=3)
        if len(ruleset.decisions) == 1:
            continue
        back, notes = imported_decisions(exported(ruleset, "dmn", folder))
        assert (back.id, back.title, notes) == (ruleset.id, ruleset.title, [])
        assert [(each.id, each.title) for each in back.decisions] == [
            (each.id, each.title) for each in ruleset.decisions
        ]
        assert [each.id for each in back.questions] == [each.id for each in ruleset.questions]
        for place in range(len(ruleset.decisions)):
            assert_same(ruleset, place, back, rng, again=place)
        reading += any(isinstance(part, OutcomeIs) for rule in back.rules for part in walk(rule.when))
        tried += 1
    assert reading > 5


def test_a_command_imports_all_decisions(folder: Path) -> None:
    file = exported(wiki(folder), "dmn", folder)
    ran = CliRunner().invoke(main, ["import", str(file)])
    assert ran.exit_code == 0, ran.output
    (folder / "back.py").write_text(ran.stdout, encoding="utf-8")
    assert 'hosting.is_("' in ran.stdout
    assert [each.id for each in load_ruleset("back.py").decisions] == ["hosting", "plan"]
    # What people move within the file is found all the same.
    text = file.read_text("utf-8")
    head, hosting, plan, tail = re.split(r"(?=  <decision )|(?=</definitions>)", text)
    file.write_text(head + plan + hosting + tail, encoding="utf-8")
    assert CliRunner().invoke(main, ["import", str(file)]).stdout == ran.stdout
    # What they add in another editor becomes a part of it.
    file.write_text(text.replace("</definitions>", _ADDED), encoding="utf-8")
    ran = CliRunner().invoke(main, ["import", str(file)])
    assert ran.exit_code == 0, ran.output
    assert 'Choice("region"' in ran.stdout
    assert "decisions=[hosting, plan, added]" in ran.stdout
    # A file of other origin need not be one rule set, and a table keeps the rules of one decision.
    said = "there are several decision tables; name one with --decision"
    assert said in CliRunner().invoke(main, ["import", str(file), "--keep-table"]).output
    file.write_text(text.replace('namespace="urn:mkdocs-assessor:table:', 'namespace="urn:other:'), encoding="utf-8")
    assert said in CliRunner().invoke(main, ["import", str(file)]).output


def test_a_decision_that_many_ways_lead_to_is_read_once(folder: Path) -> None:
    # Each reads the two before it: by every way to it, the last would be read a million times.
    asked = YesNo("asked", "Is it asked?")
    decisions: list[Decision] = []
    for number in range(30):
        yes, no = Outcome(f"yes-{number}", f"Yes {number}"), Outcome(f"no-{number}", f"No {number}")
        read: list[Condition] = [each.is_(each.outcomes[0]) for each in decisions[-2:]] or [asked]
        decisions.append(
            Decision(f"step-{number}", f"Step {number}", [Rule(all_of(*read), yes, "So."), otherwise(no, "Else.")])
        )
    ruleset = RuleSet("chain", title="Chain", sections=[Section("all", "All", [asked])], decisions=decisions)
    back, _ = imported_decisions(exported(ruleset, "dmn", folder))
    assert len(back.decisions) == 30


def test_a_later_decision_requires_the_one_it_reads(folder: Path) -> None:
    file = exported(wiki(folder), "dmn", folder)
    hosting, plan = file.read_text("utf-8").split('<decision id="decision.plan"')
    assert "requiredDecision" not in hosting
    assert '<requiredDecision href="#decision.hosting"/>' in plan
    assert "<text>hosting.outcome</text>" in plan
    back, _ = imported(file, decision="plan")
    law, team, users = back.questions
    assert back.rules[0].when == law | (team & (users >= 500))  # type: ignore[operator]
    # On its own, it has what leads there.
    assert "hosting" not in exported(wiki(folder), "dmn", folder, "plan").read_text("utf-8")


def test_random_decisions_that_require_others_come_back(folder: Path) -> None:
    rng = random.Random(5)
    required = 0
    while required < 25:
        ruleset = random_table_ruleset(rng, most_decisions=3)
        try:
            file = exported(ruleset, "dmn", folder)
        except DecisionTableError:
            continue
        if "<requiredDecision " not in file.read_text("utf-8"):
            continue
        required += 1
        for place, decision in enumerate(ruleset.decisions):
            back, notes = imported(file, decision=decision.id)
            assert (back.id, notes) == (decision.id, [])
            assert_same(ruleset, place, back, rng)


def test_a_decision_that_may_come_to_nothing_is_written_out(folder: Path) -> None:
    source = SOURCE.replace('    otherwise(cloud, "Nothing speaks against it."),\n', "")
    (folder / "rules.py").write_text(
        source.replace("law, server,", "law, cloud,").split("    cases=[")[0] + ")", "utf-8"
    )
    file = exported(load_ruleset("rules.py", folder), "dmn", folder)
    assert "requiredDecision" not in file.read_text("utf-8")


def test_a_decision_may_have_the_id_of_a_question(folder: Path) -> None:
    (folder / "rules.py").write_text(SOURCE.replace('Decision("hosting"', 'Decision("law"'), "utf-8")
    ruleset = load_ruleset("rules.py", folder)
    file = exported(ruleset, "dmn", folder)
    assert "<text>law__.outcome</text>" in file.read_text("utf-8")
    assert_same(ruleset, 1, imported(file, decision="plan")[0], random.Random(6))


@pytest.mark.parametrize(
    ("before", "after", "cell", "message"),
    [
        (
            '<text>"server"</text>\n        </inputEntry>',
            '<text>"sever"</text>\n        </inputEntry>',
            "rule 1, input 4 (hosting)",
            "decision 'hosting' never comes to 'sever'. Did you mean 'server'?",
        ),
        (
            '<text>"server"</text>\n        </inputEntry>',
            '<text>not("server", "cloud")</text>\n        </inputEntry>',
            "rule 1, input 4 (hosting)",
            "no outcome passes; remove the row, or correct the cell",
        ),
        (
            'name="decision">hosting<',
            'name="decision">hostin<',
            "line 204",
            "there is no decision table 'hostin'. Did you mean 'decision.hosting'?",
        ),
        (
            'name="decision">hosting<',
            'name="decision">plan<',
            "line 204",
            "the decision reads 'plan', which reads this one; take one of these inputs out",
        ),
    ],
)
def test_mistakes_about_an_earlier_decision_are_told(
    before: str, after: str, cell: str, message: str, folder: Path
) -> None:
    file = exported(wiki(folder), "dmn", folder)
    text = file.read_text("utf-8")
    assert text.count(before) == 1
    file.write_text(text.replace(before, after), "utf-8")
    with pytest.raises(DecisionTableError) as refused:
        imported(file, decision="plan")
    assert [(place.cell or f"line {place.line}", said) for place, said in refused.value.problems] == [(cell, message)]


_UNIQUE = """\
from assessor import Decision, Number, Outcome, Rule, RuleSet, Section, YesNo, otherwise

law = YesNo("law", "Is there a law?")
users = Number("users", "How many?", minimum=0, maximum=99, step=1)
cloud, own = Outcome("cloud", "Cloud"), Outcome("own", "Own")
small, large = Outcome("small", "Small"), Outcome("large", "Large")
hosting = Decision("hosting", "Hosting", [Rule(law, own, "x"), otherwise(cloud, "y")])
plan = Decision("plan", "Plan", [{rules}])
ruleset = RuleSet("wiki", title="Wiki", sections=[Section("all", "All", [law, users])], decisions=[hosting, plan])
"""


def unique_plan(rules: str, folder: Path) -> Path:
    """Return a DMN file in which a colleague says that no two rows of the plan hold together."""
    (folder / "rules.py").write_text(_UNIQUE.format(rules=rules))
    file = exported(load_ruleset("rules.py"), "dmn", folder)
    hosting, plan = file.read_text().split('<decision id="decision.plan"')
    file.write_text(f'{hosting}<decision id="decision.plan"{plan.replace("FIRST", "UNIQUE")}')
    return file


def test_rows_that_read_other_outcomes_are_unique(folder: Path) -> None:
    rules = 'Rule(hosting.is_("cloud"), small, "x"), Rule(hosting.is_("own") & (users < 5), small, "y"), '
    file = unique_plan(f'{rules}Rule(hosting.is_("own") & (users >= 5), large, "z")', folder)
    ruleset, _ = imported_decisions(file)
    assert assess(ruleset, {"law": True, "users": 9})["decisions"]["plan"]["outcome"] == "large"
    assert imported(file, decision="plan")[0].rules


def test_a_decision_may_keep_rows_apart_by_its_questions(folder: Path) -> None:
    file = unique_plan('Rule(hosting.is_("cloud"), small, "x"), Rule(law & (users < 5), large, "y")', folder)
    assert [each.id for each in imported_decisions(file)[0].decisions] == ["hosting", "plan"]


def test_rows_that_read_one_outcome_are_not_unique(folder: Path) -> None:
    rules = 'Rule(hosting.is_("own") & (users < 9), small, "x"), Rule(hosting.is_("own") & (users >= 5), large, "y")'
    file = unique_plan(rules, folder)
    for read in (imported_decisions, lambda file: imported(file, decision="plan")):
        with pytest.raises(DecisionTableError) as raised:
            read(file)
        ((place, message),) = raised.value.problems
        assert place.cell == "rule 2"
        assert message == (
            "the hit policy is UNIQUE, but this row and rule 1 both hold for users: 5, law: true; correct one, or set "
            "the hit policy FIRST if the upper row goes first"
        )


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [*arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_the_command_writes_one_and_says_what_is_missing(folder: Path) -> None:
    wiki(folder)
    code, text, notes = run("export", "--to", "csv", "--rules", "rules.py", "--decision", "plan")
    assert code == 0
    assert text.splitlines()[0] == "rule:,law,team,users,outcome:,because:"
    assert "plan-1,yes,,,large,Only this plan has the installer." in text
    assert "plan-1,,yes,>= 500,large,Only this plan has the installer." in text
    assert "note: not in the table: decisions 'hosting'\n" in notes
    assert "note: not in the table: actions 'backup'\n" in notes
    code, text, notes = run("export", "--to", "dmn", "--rules", "rules.py")
    assert code == 0
    assert "decisions" not in notes
    assert text.count("<decisionTable ") == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--to", "csv"],
            "rule set 'wiki' has several decisions, and a table has one: name one with --decision: hosting, plan",
        ),
        (["--to", "dmn", "--decision", "plna"], "rule set 'wiki' has no decision 'plna'. Did you mean 'plan'?"),
        (["--to", "python", "--decision", "plan"], "--decision is for --to csv, xlsx, dmn, markdown only"),
    ],
)
def test_what_cannot_be_written_is_told(arguments: list[str], message: str, folder: Path) -> None:
    wiki(folder)
    code, text, told = run("export", *arguments, "--rules", "rules.py")
    assert (code, text) == (2, "")
    assert message in " ".join(told.split())


def test_a_rule_set_with_one_decision_needs_no_name(folder: Path) -> None:
    source = SOURCE.replace("decisions=[hosting, plan]", "decisions=[hosting]").replace("[server, small]", "[server]")
    source = source[: source.index("    cases=[")] + ")\n"
    (folder / "rules.py").write_text(source, "utf-8")
    ruleset = load_ruleset("rules.py", folder)
    assert to_table(ruleset, "csv") == to_table(ruleset, "csv", "hosting")
    assert not [each for each in to_table(ruleset, "csv").losses if "decision" in each]


def test_decisions_keep_their_rules_in_tables(folder: Path) -> None:
    (folder / "hosting.csv").write_text("law,outcome,because\nyes,server,It must.\n-,cloud,Why not.\n", "utf-8")
    (folder / "plan.csv").write_text(
        "users,outcome,because\n<=5,free,Few.\n[6..9],small,Some.\n<=3,free,Again.\n-,small,Many.\n", "utf-8"
    )
    source = SOURCE[: SOURCE.index("hosting = Decision")] + (
        'first = table("hosting.csv", [law], [cloud, server])\n'
        'second = table("plan.csv", [users], [free, small])\n'
        'hosting = Decision("hosting", "Where it runs", first.rules)\n'
        'own = Rule(hosting.is_("server"), large, "Own servers.")\n'
        'plan = Decision("plan", "Your plan", [own, *second.rules])\n'
        'ruleset = RuleSet("wiki", title="A wiki", sections=[Section("all", "All", [law, users])],\n'
        "    decisions=[hosting, plan])\n"
    )
    (folder / "rules.py").write_text(source, "utf-8")
    ruleset = load_ruleset("rules.py", folder)
    found = assess(ruleset, {"law": False, "users": 4})
    assert (found["rule"], found["decisions"]["plan"]["rule"]) == ("hosting-2", "plan-2")
    [never] = [each for each in check_ruleset(ruleset) if each.code == "rule-never-fires"]
    assert "plan.csv" in str(never.place)
    assert "Rule 'plan-4' never decides" in never.message
