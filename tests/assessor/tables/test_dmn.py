"""DMN files of others: versions, FEEL, hit policies, and what is refused with its cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor import Choice, DecisionTableError, Number, YesNo, decider
from assessor.tables.table import read_table
from assessor.tables.writing.dmn import feel_name
from tests.support.decision_tables import imported, refusals

DMN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="{namespace}" id="d" name="Plans" namespace="x">
  <decision id="plan" name="Which plan?">
    <decisionTable hitPolicy="{policy}">
      <input label="Data location"><inputExpression typeRef="string"><text>dataLocation</text></inputExpression>
        <inputValues><text>"EU","US","Other"</text></inputValues></input>
      <input><inputExpression typeRef="integer"><text>seats</text></inputExpression></input>
      <input><inputExpression typeRef="boolean"><text>trial</text></inputExpression></input>
      <output name="plan" typeRef="string">{default}</output>
      <rule id="r1"><description>Few people</description>
        <inputEntry><text>not("US")</text></inputEntry><inputEntry><text>&lt; 5</text></inputEntry>
        <inputEntry><text>-</text></inputEntry><outputEntry><text>"free"</text></outputEntry></rule>
      <rule id="r2">
        <inputEntry><text>{cell}</text></inputEntry><inputEntry><text>[5..50), 99</text></inputEntry>
        <inputEntry><text>true</text></inputEntry><outputEntry><text>"team"</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>
"""
_1_1 = "http://www.omg.org/spec/DMN/20151101/dmn.xsd"
_1_3 = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def dmn(
    folder: Path,
    *,
    namespace: str = _1_3,
    policy: str = "FIRST",
    default: str = "",
    cell: str = "-",
    old: str = "",
    new: str = "",
) -> Path:
    file = folder / "plans.dmn"
    text = DMN.format(namespace=namespace, policy=policy, default=default, cell=cell)
    assert old in text
    file.write_text(text.replace(old, new) if old else text, encoding="utf-8")
    return file


@pytest.mark.parametrize("namespace", [_1_1, _1_3])
@pytest.mark.parametrize("policy", ["FIRST", "UNIQUE", "ANY"])
def test_a_table_of_any_version_is_read(namespace: str, policy: str, tmp_path: Path) -> None:
    ruleset, _ = imported(dmn(tmp_path, namespace=namespace, policy=policy))
    location, seats, trial = ruleset.questions
    assert isinstance(location, Choice)
    assert (location.id, location.wording, location.option_ids) == (
        "data-location",
        "Data location",
        ("eu", "us", "other"),
    )
    assert isinstance(seats, Number)
    assert seats.step == 1
    assert isinstance(trial, YesNo)
    assert ruleset.title == "Which plan?"
    assert ruleset.rules[0].because == "Few people"
    decide = decider(ruleset)
    assert decide({"data-location": "eu", "seats": 4, "trial": False}) == "rule-1"
    assert decide({"data-location": "us", "seats": 4, "trial": False}) is None
    assert decide({"data-location": "us", "seats": 99, "trial": True}) == "rule-2"
    assert decide({"data-location": "us", "seats": 50, "trial": True}) is None


def test_the_default_output_decides_the_rest(tmp_path: Path) -> None:
    default = '<defaultOutputEntry><text>"paid"</text></defaultOutputEntry>'
    ruleset, _ = imported(dmn(tmp_path, policy="UNIQUE", default=default))
    assert (ruleset.rules[-1].id, ruleset.rules[-1].then.id) == ("otherwise", "paid")


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("EU", "'EU': 'EU' is a variable or an operator, which are not supported; for a text, write \"EU\""),
        ('"UK"', "question 'data-location' has no option 'UK'"),
        ('starts with(?, "E")', "'starts with(?, \"E\")': 'starts' is a variable"),
        ("null", "'null': null is not supported"),
        ('"EU', "has no closing quotation mark"),
        ("&gt; 5", "'> 5' is a range of numbers, but the column has texts"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(cell: str, message: str, tmp_path: Path) -> None:
    [found] = refusals(dmn(tmp_path, cell=cell))
    assert found.startswith("rule 2, input 1 (dataLocation): ")
    assert message in found


def test_the_line_of_a_cell_is_known(tmp_path: Path) -> None:
    with pytest.raises(DecisionTableError) as caught:
        read_table(dmn(tmp_path, cell="EU"), [])
    assert caught.value.location.line == 14


@pytest.mark.parametrize("policy", ["COLLECT", "PRIORITY", "RULE ORDER", "OUTPUT ORDER"])
def test_other_hit_policies_are_refused(policy: str, tmp_path: Path) -> None:
    [found] = refusals(dmn(tmp_path, policy=policy))
    assert f"the hit policy {policy!r} is not supported" in found


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "<text>seats</text>",
            "<text>seats + 1</text>",
            "input 2 (seats + 1): the input expression 'seats + 1' is not a name",
        ),
        (
            'typeRef="integer">',
            'typeRef="integer" expressionLanguage="juel">',
            "the expression language 'juel' is not FEEL",
        ),
        ('<outputEntry><text>"team"', "<outputEntry><text>lookup(x)", "rule 2, output 1 (outcome): 'lookup(x)'"),
        (
            '<output name="plan"',
            '<output name="price"/><output name="plan"',
            "the table has several outputs; name the one",
        ),
        (
            "<inputEntry><text>true</text></inputEntry>",
            "",
            "rule 2: the rule has 2 inputs and 1 outputs, the table 3 and 1",
        ),
        ("<decisionTable", "<decisionTab", "this is not XML: mismatched tag"),
        ("definitions", "definition", "a DMN file begins with 'definitions', not 'definition'"),
        ('<?xml version="1.0" encoding="UTF-8"?>', '<!DOCTYPE x [<!ENTITY a "b">]>', "the file has a document type"),
        ('encoding="UTF-8"', 'encoding="klingon"', "this is not XML"),
    ],
)
def test_what_a_rule_set_cannot_say_is_refused(old: str, new: str, message: str, tmp_path: Path) -> None:
    found = refusals(dmn(tmp_path, old=old, new=new))
    assert found
    assert message in found[0]


def test_one_decision_of_several_is_named(tmp_path: Path) -> None:
    file = dmn(tmp_path)
    text = file.read_text()
    decision = text[text.index("  <decision id") : text.index("</definitions>")]
    file.write_text(text.replace("</definitions>", decision.replace('"plan"', '"support"', 1) + "</definitions>"))
    [found] = refusals(file)
    assert "there are several decision tables; name one with --decision" in found
    assert "'plan', 'support'" in found
    assert read_table(file, [], decision="support").rows
    with pytest.raises(DecisionTableError, match="Did you mean 'support'"):
        read_table(file, [], decision="suport")


def test_names_in_feel_are_names_and_distinct() -> None:
    ids = ["a-b", "2fa", "not", "and-so", "if", "seats", "date", "10"]
    names = [feel_name(each) for each in ids]
    assert names == ["a_b", "_2fa", "not_", "and_so", "if_", "seats", "date_", "_10"]
    assert len(set(names)) == len(ids)


DATES = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">
  <decision id="when" name="When?">
    <decisionTable hitPolicy="FIRST">
      <input><inputExpression typeRef="{type}"><text>start</text></inputExpression></input>
      <output name="plan"/>
      <rule><inputEntry><text>{cell}</text></inputEntry><outputEntry><text>"a"</text></outputEntry></rule>
      <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>"b"</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>
"""


@pytest.mark.parametrize(
    ("cell", "day", "other"),
    [
        ('&lt; date("2027-01-01")', "2026-12-31", "2027-01-01"),
        ('[date("2027-01-01")..date("2027-06-30")]', "2027-06-30", "2027-07-01"),
        ('date("2027-01-01"), @"2027-02-01"', "2027-02-01", "2027-02-02"),
        ('not(&gt;= date("2027-01-01"))', "2026-12-31", "2027-01-01"),
    ],
)
def test_dates(cell: str, day: str, other: str, tmp_path: Path) -> None:
    file = tmp_path / "when.dmn"
    for kind in ("date", ""):
        file.write_text(DATES.format(cell=cell, type=kind), "utf-8")
        ruleset, _ = imported(file)
        decide = decider(ruleset)
        assert (decide({"start": day}), decide({"start": other})) == ("rule-1", "rule-2")


@pytest.mark.parametrize(
    ("type", "cell", "message"),
    [
        ("date", "&lt; 2027-01-01", 'FEEL takes 2027-01-01 as a subtraction; write date("2027-01-01")'),
        ("date", '&lt; date("2027-02-30")', "'2027-02-30' is no date; write one such as 2027-01-31"),
        ("date", 'date("2027-01-01"', 'a date is written date("2027-01-01")'),
        ("date", '"2027-01-01"', "'2027-01-01' is not a date, which answers 'start'"),
        ("date", "&lt; 5", "'< 5' is not a date, which answers 'start'"),
        ("number", 'date("2027-01-01")', "'2027-01-01' is not a number, which answers 'start'"),
        ("number", '"many"', "'many' is not a number, which answers 'start'"),
        ("date", 'date and time("2027-01-01T00:00:00")', "'date' is a variable or an operator"),
    ],
)
def test_what_is_no_date_is_named(type: str, cell: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "when.dmn"
    file.write_text(DATES.format(cell=cell, type=type), "utf-8")
    found = refusals(file)
    assert len(found) == 1, found
    assert message in found[0]


def test_a_column_of_numbers_without_a_number_is_readable(tmp_path: Path) -> None:
    file = tmp_path / "when.dmn"
    file.write_text(DATES.format(cell="-", type="number"), "utf-8")
    # Both rows let everything pass, so only that is wrong.
    assert [each.partition(": ")[2][:30] for each in refusals(file)] == ["this row can never decide: all"]
