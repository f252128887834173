"""The rule set as JSON beside the pages, for tools."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from assessor import RuleSet, assess, load_ruleset
from tests.support.sites import CONFIG, RULES, build, write_site

_PAGE = "# Home\n\n## Weather\n\n<!-- assessor/checklist -->\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_site(tmp_path, {"index.md": _PAGE})


def test_bundle_words_and_schema(folder: Path) -> None:
    published = json.loads(build(folder).page("assessor/commute.json"))
    ruleset: RuleSet = load_ruleset("rules.py", folder)
    assert list(published) == ["version", "ruleset", "hash", "bundle", "language", "words", "schema"]
    assert (published["version"], published["ruleset"]) == (1, "commute")
    assert published["hash"] == published["bundle"]["hash"] == assess(ruleset, {})["hash"]
    jsonschema.validate(published["bundle"], published["schema"])
    words = published["words"]
    assert words["title"] == "To work"
    assert [each["questions"] for each in words["sections"]] == [["rain", "far"], ["bicycle"], ["lock", "lamp"]]
    for kind in ("questions", "outcomes", "rules", "criteria", "actions", "estimates", "facts"):
        assert list(words[kind]) == [part.id for part in getattr(ruleset, kind)]
    assert words["questions"]["rain"]["options"] == {"never": "Hardly ever", "daily": "Every day"}
    assert words["questions"]["rain"]["hint"] == "Think of the *winter*."
    assert words["questions"]["far"]["unit"] == "km"
    assert words["questions"]["lamp"]["asked_when"] == "you own a bicycle"
    assert words["outcomes"]["cycle"]["next_steps"] == ["Oil the chain.", "Set off."]
    assert {type(words["facts"]["cycled"][each]) for each in ("value", "low", "high")} == {int}
    assert words["facts"]["cycled"] == {
        "value": 5,
        "unit": "km",
        "low": 3,
        "high": 8,
        "title": "A way that most people cycle",
        "note": "Hills make it *feel* longer.",
        "source": "https://example.org/cycled",
        "checked": "2026-03-01",
    }


def test_the_bundle_is_the_one_of_the_page(folder: Path) -> None:
    built = build(folder)
    bundle = json.loads(built.page("assessor/commute.json"))["bundle"]
    assert json.dumps(bundle, separators=(",", ":")).replace("<", "&lt;") in built.page()


def test_only_where_it_is_used(tmp_path: Path) -> None:
    built = build(write_site(tmp_path, {"index.md": "# Home\n\n[](fact:cycled)\n"}))
    assert [name for name in built.files() if name.startswith("assessor/")] == []


def test_can_be_left_out(tmp_path: Path) -> None:
    config = CONFIG.replace("rules: rules.py", "rules: rules.py\n      publish: false")
    built = build(write_site(tmp_path, {"index.md": _PAGE, "mkdocs.yml": config}))
    assert [name for name in built.files() if name.startswith("assessor/")] == []


def test_changes_with_the_words(folder: Path) -> None:
    before = build(folder).page("assessor/commute.json")
    (folder / "rules.py").write_text(RULES.replace("Oil the chain.", "Grease the chain."), "utf-8")
    after = build(folder).page("assessor/commute.json")
    assert "Grease the chain." in after
    assert json.loads(before)["hash"] == json.loads(after)["hash"]
