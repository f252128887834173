"""`assessor compare --docs`: which passages of the docs a change of rules opens and closes, and for which answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assessor.__main__ import main
from tests.support.sites import CONFIG, RULES, write_site

_PAGES = {
    "index.md": """\
# Home

<!-- assessor/checklist -->

<!-- assessor/when cycle -->
Oil the chain.
<!-- assessor/end -->

- A list

    Take a coat.
    { when="rain=daily" }

<!-- assessor/when safe or not near -->
Lock it.
<!-- assessor/end -->
""",
    "deep/page.md": "# Page\n\nAgain, <!-- assessor/when  cycle -->the wind<!-- assessor/end -->.\n",
    "rules.py": RULES,
    "mkdocs.yml": CONFIG.replace("admonition,", "admonition, attr_list,"),
}


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """The pages of a site beside their rules."""
    write_site(tmp_path, _PAGES)
    return tmp_path / "docs"


def _compare(docs: Path, edits: dict[str, str], *options: str) -> Result:
    """Compare older rules with those of the site."""
    old, new = docs.parent / "old.py", docs.parent / "rules.py"
    rules = RULES
    for before, after in edits.items():
        assert before in rules
        rules = rules.replace(before, after)
    old.write_text(rules, encoding="utf-8")
    return CliRunner().invoke(main, ["compare", str(old), str(new), "--docs", str(docs), *options])


def test_a_changed_rule_opens_and_closes_passages_with_share_place_and_example(docs: Path) -> None:
    ran = _compare(docs, {"Rule(safe | rain": "Rule(lock | rain"})
    assert ran.exit_code == 0, ran.output
    # It rains either never, which decides alone, or daily, which the rule before has decided.
    assert "Passages of the docs: 0 of 3 conditions changed" in ran.output
    ran = _compare(docs, {"Rule(~near | ~bicycle | rain": "Rule(~near | rain"})
    start = ran.output.index("Passages of the docs: 1 of 3 conditions changed")
    (passage, *_) = ran.output[start:].split("\n\n")
    said, example = " ".join(passage.split()).split(" For example: ")
    places = f"{docs}/index.md:5, {docs}/deep/page.md:3"
    assert said.endswith(f"- Passage 'cycle' ({places}) no longer applies to 4 combinations (12.50%).")
    assert example == "rain: never far: 0 bicycle: false"


def test_a_passage_that_opens_is_counted_in_json(docs: Path) -> None:
    ran = _compare(docs, {"Rule(~near | ~bicycle | rain": "Rule(~near | ~bicycle | lock | rain"}, "--format", "json")
    report = json.loads(ran.output)
    assert [(each["condition"], each["invalid"]) for each in report["passages"]] == [
        ("cycle", None),
        ("rain=daily", None),
        ("safe or not near", None),
    ]
    (change,) = report["passage_changes"]
    assert (change["id"], change["holds"], change["count"], change["share"]) == ("cycle", True, "2", 0.0625)
    assert change["example"] == {"rain": "never", "far": 0.0, "bicycle": True, "lock": True}


def test_renamed_options_are_the_same_passage(docs: Path) -> None:
    edits = {'Option("daily"': 'Option("often"', 'is_("daily")': 'is_("often")'}
    ran = _compare(docs, edits)
    assert "Passages of the docs: 0 of 3 conditions changed" in ran.output


def test_a_name_that_is_new_opens_its_passage_and_one_that_is_gone_is_an_error(docs: Path) -> None:
    page = docs / "index.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text + "\n<!-- assessor/when reckless -->\nStop.\n<!-- assessor/end -->\n", encoding="utf-8")
    edits = {'safe = Criterion("safe"': 'safe = Criterion("locked"'}
    ran = _compare(docs, edits, "--fail-on-change")
    assert ran.exit_code == 1
    flat = " ".join(ran.output.split())
    assert "Passages of the docs: 2 of 4 conditions changed" in flat
    assert f"Passage 'safe or not near' ({docs}/index.md:14) applies to" in flat
    assert f"Passage 'reckless' ({docs}/index.md:18) is invalid by the new rules: the rule set 'commute' has" in flat


def test_markdown_lists_passages(docs: Path) -> None:
    ran = _compare(docs, {"Rule(~near | ~bicycle | rain": "Rule(~near | rain"}, "--format", "markdown")
    assert "**Passages of the docs: 1 of 3 conditions changed**\n\n- Passage 'cycle' (" in ran.output


def test_docs_without_a_passage_and_a_missing_folder_are_told(docs: Path) -> None:
    for page in docs.rglob("*.md"):
        page.write_text("# Page\n\n<!-- assessor/rules -->\n", encoding="utf-8")
    ran = _compare(docs, {})
    assert ran.stderr == f"note: {docs} has no passage about 'commute'\n"
    assert "Passages of the docs" not in ran.stdout
    ran = CliRunner().invoke(main, ["compare", str(docs.parent / "rules.py"), "old.py", "--docs", f"{docs}s"])
    assert ran.exit_code == 2
    ran = _compare(docs, {}, "--docs", f"{docs}s")
    assert (ran.exit_code, ran.stderr) == (2, f"error: there is no folder '{docs}s'. Did you mean 'docs'?\n")


def test_a_page_that_fails_is_named_and_the_others_are_compared(docs: Path) -> None:
    (docs / "broken.md").write_bytes(b"\xff\xfe\x00")
    ran = _compare(docs, {"Rule(~near | ~bicycle | rain": "Rule(~near | rain"})
    assert ran.exit_code == 2
    assert "Passages of the docs: 1 of 3 conditions changed" in ran.stdout
    (line,) = ran.stderr.splitlines()
    assert line.startswith(f"error: {docs / 'broken.md'}: cannot read the file: ")
    assert line.endswith("; its passages are not compared")
