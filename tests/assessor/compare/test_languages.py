"""`compare` quotes each side in its own language, within a report in English."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assessor.__main__ import main

RULES = """\
from assessor import *

limit = Fact("limit", 0.5, "EUR/year", low=0.25, high=0.75, source="https://example.org/", checked="2026-01-01")
cost = Number("cost", "Was kostet es?", name="der Preis", unit="EUR/year", minimum=0, maximum=100_000, step=0.5)
calm = YesNo("calm", "Ist es ruhig?", yes="es ist ruhig", no="es ist laut")
go, stay = Outcome("go", "Gehen"), Outcome("stay", "Bleiben")
ruleset = RuleSet("weg", title="Weg", language="de", facts=[limit],
    sections=[Section("all", "Alles", [cost, calm])], outcomes=[go, stay],
    rules=[Rule((cost >= 2_000.5) & calm, go, "Darum.", "far"), otherwise(stay, "Sonst.")],
    estimates=[Estimate("sum", "Summe", cost * Quantity(1.5))])
"""
GERMAN = "far, when: “der Preis beträgt mindestens 2.000,5 EUR pro Jahr, und es ist ruhig”, now “der Preis beträgt "
ENGLISH = "far, when: “der Preis is at least 2,000.5 EUR per year, and es ist ruhig”, now “der Preis is at least "


def compare(folder: Path, old: str, new: str, form: str = "text") -> str:
    """Return a comparison on one line, with plain spaces for hard ones."""
    for name, source in (("old.py", old), ("new.py", new)):
        (folder / name).write_text(source, "utf-8")
    ran = CliRunner().invoke(main, ["compare", str(folder / "old.py"), str(folder / "new.py"), "--format", form])
    assert ran.exit_code == 0, ran.output
    return " ".join(ran.output.split())


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("2_000.5", "2_500.5", f"{GERMAN}mindestens 2.500,5 EUR pro Jahr, und es ist ruhig”"),
        (
            '"limit", 0.5',
            '"limit", 0.6',
            "value: “0,5 EUR pro Jahr (0,25–0,75 EUR pro Jahr)”, now “0,6 EUR pro Jahr (0,25–0,75 EUR pro Jahr)”",
        ),
        ("Quantity(1.5)", "Quantity(1_234.5)", "sum, formula: “cost * 1,5”, now “cost * 1.234,5”"),
        # What is a plain number in the source stays as it is there.
        ("step=0.5", "step=0.25", "cost, step: “0.5”, now “0.25”"),
    ],
)
def test_what_changed_is_told_in_the_language_of_the_rule_set(
    before: str, after: str, line: str, tmp_path: Path
) -> None:
    assert line in compare(tmp_path, RULES, RULES.replace(before, after))


def test_json_has_the_same_values(tmp_path: Path) -> None:
    fields = json.loads(compare(tmp_path, RULES, RULES.replace("2_000.5", "2_500.5"), "json"))["fields"]
    (change,) = (each for each in fields if each["field"] == "when")
    assert change["new"] == "der Preis beträgt mindestens 2.500,5 EUR pro Jahr, und es ist ruhig"


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_side_that_names_no_language_is_told_in_that_of_the_other(form: str, tmp_path: Path) -> None:
    silent, edited = RULES.replace(' language="de",', ""), RULES.replace("2_000.5", "2_500.5")
    for old, new in ((silent, edited), (RULES, edited.replace(' language="de",', ""))):
        report = compare(tmp_path, old, new, form)
        assert "beträgt mindestens 2.000,5 EUR pro Jahr" in report
        assert "beträgt mindestens 2.500,5 EUR pro Jahr" in report
    assert ENGLISH in compare(tmp_path, silent, edited.replace(' language="de",', ""))


def test_each_side_is_told_in_its_own_language(tmp_path: Path) -> None:
    english = RULES.replace("der Preis", "the price").replace("es ist ruhig", "it is calm").replace('"de"', '"en"')
    report = compare(tmp_path, english, RULES.replace("2_000.5", "2_500.5"))
    assert (
        "far, when: “the price is at least 2,000.5 EUR per year, and it is calm”, "
        "now “der Preis beträgt mindestens 2.500,5 EUR pro Jahr, und es ist ruhig”"
    ) in report
    assert "language: “en”, now “de”" in report


def test_another_language_alone_changes_no_condition_and_no_value(tmp_path: Path) -> None:
    for edited in (RULES.replace('"de"', '"fr"'), RULES.replace(' language="de",', "")):
        changed = json.loads(compare(tmp_path, RULES, edited, "json"))["fields"]
        assert [each["field"] for each in changed] == ["language"]
    # Built differently, and the same to readers.
    doubled = RULES.replace('"de"', '"fr"').replace("& calm,", "& all_of(calm),")
    changed = json.loads(compare(tmp_path, RULES, doubled, "json"))["fields"]
    assert [each["field"] for each in changed] == ["language"]


def test_digits_are_added_only_to_a_value_that_is_shown_rounded(tmp_path: Path) -> None:
    exact = compare(tmp_path, RULES, RULES.replace('0.5, "EUR/year", low=0.25, high=0.75', '1_234.5, "EUR/year"'))
    assert "now “1.234,5 EUR pro Jahr”" in exact
    rounded = compare(tmp_path, RULES, RULES.replace('0.5, "EUR/year", low=0.25, high=0.75', '1.23456789, "EUR/year"'))
    assert "now “1,234568 EUR pro Jahr: 1.23456789”" in rounded


def test_the_report_counts_in_english(tmp_path: Path) -> None:
    assert "1 of 4 combinations of answers (25.00%) get another outcome." in compare(
        tmp_path, RULES, RULES.replace("& calm, go", "& ~calm & calm, go")
    )
