"""`check` and `cases` quote a rule set in its own language, within messages in English."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assessor.__main__ import main

RULES = """\
from assessor import *

limit = Fact("limit", 1234.5, "EUR/year", source="https://a.example/", checked="2026-01-01", review_after="2026-06-30")
cost = Number("cost", "Was kostet es?", name="der Preis", unit="EUR/year", minimum=0, maximum=100_000)
place = Choice("place", "Wo liegt es?", {"here": "Hier", "there": "Dort"})
calm = YesNo("calm", "Ist es ruhig?", yes="es ist ruhig", no="es ist laut")
late = YesNo("late", "Ist es spät?", asked_when=~calm, yes="es ist spät", no="es ist früh")
go, stay = Outcome("go", "Gehen"), Outcome("stay", "Bleiben")
ruleset = RuleSet("weg", title="Weg", language="de", facts=[limit],
    sections=[Section("all", "Alles", [cost, place, calm, late])], outcomes=[go, stay],
    rules=[
        Rule((cost >= limit) & place.is_("here"), go, "Darum.", "near"),
        Rule((cost >= 2_000.5) & place.is_("here") & calm, stay, "Darum.", "far"),
        Rule(calm & ~calm, stay, "Darum.", "torn"),
        Rule(late & calm, stay, "Darum.", "late"),
        Rule(calm, go, "Darum.", "calm"),
        Rule(place.is_("there"), stay, "Darum.", "there"),
    ])
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(command: str, source: str, *arguments: str) -> str:
    """Return what a command prints of a rule set, with plain spaces for hard ones."""
    Path("rules.py").write_text(source, "utf-8")
    result = CliRunner().invoke(main, [command, "--rules", "rules.py", *arguments])
    assert result.exit_code == 1, result.output
    return result.stdout.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    "message",
    [
        "rule 'far' never decides: whenever “der Preis beträgt mindestens 2.000,5 EUR pro Jahr, und die Antwort auf "
        "‚Wo liegt es?‘ ist ‚Hier‘, und es ist ruhig”, rule 'near' before it holds, too.",
        "rule 'torn' holds for no answers; “es ist ruhig” and “es ist laut” exclude each other.",
        "no rule decides when “der Preis beträgt 0 EUR pro Jahr, und die Antwort auf ‚Wo liegt es?‘ ist ‚Hier‘, und es "
        "ist laut”.",
        "The question “Ist es spät?” matters when “der Preis beträgt 0 EUR pro Jahr, und es ist ruhig”; but then it is",
        "fact 'limit', '1.234,5 EUR pro Jahr', was due for review after 2026-06-30;",
    ],
)
def test_a_finding_quotes_the_rule_set_in_its_language(message: str) -> None:
    assert message.lower() in said("check", RULES, "--notes", "--today", "2026-12-01").lower()


def test_json_has_the_same_messages() -> None:
    findings = json.loads(said("check", RULES, "--format", "json"))["findings"]
    assert any("“der Preis beträgt mindestens 2.000,5 EUR pro Jahr" in each["message"] for each in findings)
    # Answers are data, which 'assessor assess' reads.
    assert any((each["witness"] or {}).get("cost") == 2000.5 for each in findings)


def test_of_many_answers_only_the_first_are_quoted() -> None:
    questions = ", ".join(f'YesNo("q{n}", "Gilt {n}?", yes="{n} gilt", no="{n} gilt nicht")' for n in range(5))
    source = f"""\
from assessor import *

go = Outcome("go", "Gehen")
questions = [{questions}]
ruleset = RuleSet("weg", title="Weg", language="de", sections=[Section("all", "Alles", questions)], outcomes=[go],
    rules=[Rule(any_of(*questions), go, "Darum.")])
"""
    first = "“0 gilt nicht, und 1 gilt nicht, und 2 gilt nicht”, and so on, as in the example of 5 answers."
    assert f"no rule decides when {first}" in said("check", source)


@pytest.mark.parametrize(
    ("language", "clause"),
    [
        ("de-AT", "“der Preis beträgt mindestens 2.000,5 EUR pro Jahr, und"),
        ("fr", "“der Preis vaut au moins 2 000,5 EUR par an, et"),
        ("es", "“der Preis es como mínimo 2000,5 EUR por año, y"),
        ("ja", "“der Preisが2,000.5 EUR/年以上である、かつ"),
        # There is no catalogue of Dutch, so what joins its words is English.
        ("nl", "“der Preis is at least 2,000.5 EUR per year, and"),
        ("en", "whenever der Preis is at least 2,000.5 EUR per year, and"),
        ("en-GB", "whenever der Preis is at least 2,000.5 EUR per year, and"),
        ("", "whenever der Preis is at least 2,000.5 EUR per year, and"),
    ],
)
def test_a_clause_stands_in_quotation_marks_unless_it_is_english(language: str, clause: str) -> None:
    assert clause in said("check", RULES.replace('"de"', f'"{language}"'))


def test_proposed_cases_quote_conditions_in_the_language_of_the_rule_set() -> None:
    report = said("cases", RULES, "--cover", "--all")
    assert "# rule 'near' decides because “der Preis beträgt mindestens 1.234,5 EUR pro Jahr”" in report
    assert "# rule 'near' would decide if not “der Preis liegt unter 1.234,5 EUR pro Jahr”" in report
    assert "  cost: 1234.5\n" in report
    proposed = json.loads(said("cases", RULES, "--cover", "--format", "json"))["proposed"]
    conditions = {each["condition"] for case in proposed for each in case["shows"]}
    assert "der Preis beträgt mindestens 1.234,5 EUR pro Jahr" in conditions
