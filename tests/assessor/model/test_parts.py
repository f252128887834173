"""What a rule set says that it consists of, and that every command goes by it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner

from assessor import load_ruleset
from assessor.__main__ import main
from assessor.check import check_ruleset
from assessor.model.parts import KINDS, OwnedText
from assessor.model.ruleset import RuleSet

# One of everything; each place where a fact can stand is a line that a test fills in.
_RULES = """
    from assessor import *

    limit = Fact(
        "limit", 1200, "km", "The greatest distance", source="https://example.org/limit", checked="2026-03-01"
    )
    other = Fact("other", 7, "km", source="https://example.org/other", checked="2026-03-01", note={fact_note})
    far = Number("far", {wording}, unit="km", minimum=0, maximum=5000, hint={hint}, why={why}, asked_of={asked_of},
        name={name}, default={default})
    pager = YesNo("pager", "Is there a pager?", yes={yes}, no={no}, asked_when={asked_when})
    kind = Choice("kind", "Which one?", [Option("a", {label}, {statement}), Option("b", "The other")])
    go, stay = Outcome("go", {outcome_title}, {outcome_summary}, [{next_step}]), Outcome("stay", "Stay")
    ready = Criterion("ready", {criterion_title}, {criterion}, negation={negation})
    fit = Score("fit", {score_title}, {{{score}: 2, kind: {{"a": 1}}}})
    cost = Estimate("cost", {estimate_title}, {formula}, note={estimate_note})
    ruleset = RuleSet(
        "trip", title={title}, summary={summary}, facts=[limit, other],
        sections=[Section("all", {section_title}, [far, kind, pager], intro={intro})],
        outcomes=[go, stay], criteria=[ready], scores=[fit],
        decisions=[
            Decision("trip", {decision_title}, [
                Rule(ready & kind.is_("a") & {rule}, go, {because}), otherwise(stay, "Nothing else holds.")
            ])
        ],
        actions=[Action("ask", {action_title}, [go], {action}, {action_because})],
        estimates=[cost], charts=[Chart("chart", {chart_title}, [cost])],
        cases=[Case("one", {case_title}, {story}, {{"kind": "b"}}, stay)],
    )
"""
_CONDITIONS = ("asked_when", "criterion", "score", "rule", "action")
_TEXTS = (
    *("fact_note", "wording", "hint", "why", "asked_of", "name", "yes", "no", "label", "statement", "outcome_title"),
    *(
        "outcome_summary",
        "next_step",
        "criterion_title",
        "negation",
        "score_title",
        "estimate_title",
        "estimate_note",
        "title",
    ),
    *("summary", "section_title", "intro", "because", "action_title", "action_because", "chart_title", "case_title"),
    *("story", "decision_title"),
)
_PLACES = (*_CONDITIONS, *_TEXTS, "default", "formula")


def _source(place: str) -> str:
    filled = {text: f'"The {text} says nothing of it"' for text in _TEXTS}
    filled |= dict.fromkeys(_CONDITIONS, "(far >= 3)") | {"default": "None", "formula": "other * 2"}
    if place in _CONDITIONS:
        filled[place] = "(far >= limit)"
    elif place in _TEXTS:
        filled[place] = f'f"The {place} says {{limit}}"'
    elif place:
        filled[place] = "limit"
    return dedent(_RULES).format_map(filled)


@pytest.fixture
def site(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a site whose rule set uses the fact `limit` in one place."""

    def write(place: str) -> Path:
        (tmp_path / "docs").mkdir(exist_ok=True)
        (tmp_path / "mkdocs.yml").write_text("site_name: A trip\nplugins: [{assessor: {rules: rules.py}}]\n", "utf-8")
        (tmp_path / "docs" / "index.md").write_text("# A trip\n\n<!-- assessor/checklist -->\n", "utf-8")
        (tmp_path / "rules.py").write_text(_source(place), "utf-8")
        return tmp_path

    return write


def _lint(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(folder)
    return CliRunner().invoke(main, ["lint", "docs", "--rules", "rules.py"]).output


@pytest.mark.parametrize("place", _PLACES)
def test_a_fact_is_used_wherever_it_stands(
    place: str, site: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site(place)
    ruleset = load_ruleset("rules.py", folder)
    assert "limit" in ruleset.used_facts
    unused = [each for each in check_ruleset(ruleset) if each.code == "fact-for-pages"]
    assert [each.message for each in unused if "'limit'" in each.message] == []
    assert "fact 'limit'" not in _lint(folder, monkeypatch)


def test_a_fact_that_stands_nowhere_is_unused(site: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site("")
    ruleset = load_ruleset("rules.py", folder)
    assert "limit" not in ruleset.used_facts
    assert any("'limit'" in each.message for each in check_ruleset(ruleset) if each.code == "fact-for-pages")
    assert "no page quotes fact 'limit'" in _lint(folder, monkeypatch)


def test_a_fact_that_is_quoted_in_another_language_is_used(site: Callable[[str], Path]) -> None:
    folder = site("")
    text = (folder / "rules.py").read_text("utf-8")
    (folder / "rules.py").write_text(text.replace('"The hint says nothing of it"', 'f"Bis {limit:de}"'), "utf-8")
    assert "limit" in load_ruleset("rules.py", folder).used_facts


def test_every_text_is_listed_once(site: Callable[[str], Path]) -> None:
    ruleset = load_ruleset("rules.py", site(""))
    said = [each.text for each in ruleset.texts()]
    assert sorted(f"The {text} says nothing of it" for text in _TEXTS) == sorted(
        text for text in said if text.endswith("says nothing of it")
    )


def _strings(value: object) -> set[str]:
    """Every text that a part holds, whatever its attributes are called; ids, units and links aside."""
    apart = {"id", "unit", "source", "checked", "review_after", "about", "rule", "icon", "tone"}
    found: set[str] = set()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            here = getattr(value, field.name) if field.name not in apart else None
            if isinstance(here, str):
                found |= {here} - {""}
            elif field.name == "next_steps":
                found |= set(here or ())
    return found


def test_no_text_of_a_part_is_forgotten() -> None:
    """An attribute that is new must be listed, or it is passed over by the checks in silence."""
    ruleset = load_ruleset("assessor.rulesets.self_hosting")
    listed = {each.text for each in ruleset.texts()}
    held = {text for part in ruleset.parts() for text in _strings(part.value)}
    values = {fact.value for fact in ruleset.facts}
    assert held - values - {ruleset.language} <= listed


def test_every_kind_of_part_is_listed(site: Callable[[str], Path]) -> None:
    ruleset = load_ruleset("rules.py", site(""))
    assert {part.kind for part in ruleset.parts()} == {"rule set", "option", *KINDS.values()}
    lists = {field.name for field in dataclasses.fields(RuleSet)} - {"id", "title", "summary", "location"}
    assert lists - {"language", "translations"} | {"questions"} == set(KINDS)


def test_a_text_names_its_owner(site: Callable[[str], Path]) -> None:
    ruleset = load_ruleset("rules.py", site(""))
    (because,) = (each for each in ruleset.texts() if "because" in each.text and each.owner.kind == "rule")
    assert because == OwnedText(because.owner, "because", "The because says nothing of it")
    assert because.owner.name == "rule 'trip-1'"
    assert because.owner.location == ruleset.rules[0].location
