"""A rule set that is larger than a page should load is reported, with the questions that make it large."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assessor.__main__ import main
from tests.support.sites import Warned, build, write_site

RULES = """
from assessor import *

boxes = [YesNo(f"box-{n}", f"Is box {n} full?") for n in range(COUNT)]
send, wait = Outcome("send", "Send the van"), Outcome("wait", "Wait")
ruleset = RuleSet(
    "van", title="Send the van?", sections=[Section("boxes", "The boxes", boxes)], outcomes=[send, wait],
    rules=[Rule(at_least(COUNT // 2, *boxes), send, "It pays."), otherwise(wait, "It is not worth it.")],
)
"""


def large(folder: Path, monkeypatch: pytest.MonkeyPatch, count: int, page: str) -> list[Warned]:
    """Return what a build says of the size of a rule set with a number of questions; lint has to say the same."""
    site = write_site(folder, {"index.md": f"# Van\n\n{page}\n", "rules.py": RULES.replace("COUNT", str(count))})
    monkeypatch.chdir(site)
    found = [each for each in build(site).warnings if each.code == "large-bundle"]
    linted = CliRunner().invoke(main, ["lint", "docs", "--format", "json"]).stdout
    said = [each["message"] for each in json.loads(linted)["findings"] if each["code"] == "large-bundle"]
    assert said == [each.text for each in found]
    return found


@pytest.mark.parametrize("slot", ["checklist", "question box-1"])
def test_a_large_rule_set_is_reported_with_its_largest_questions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slot: str
) -> None:
    (found,) = large(tmp_path, monkeypatch, 150, f"<!-- assessor/{slot} -->")
    assert found.path == "rules.py"
    assert found.text.startswith("the compiled rules of 'van' have 11,400 nodes and ")
    assert "most belong to 'box-" in found.text


def test_a_rule_set_within_the_budget_is_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert large(tmp_path, monkeypatch, 60, "<!-- assessor/checklist -->") == []


def test_a_rule_set_that_no_page_loads_is_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert large(tmp_path, monkeypatch, 150, "<!-- assessor/outcomes -->") == []
