"""The pages on reviewing a change and on CI show what the command prints, the action takes and the hooks are called."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from assessor.__main__ import main
from tests.support.doc_pages import source
from tests.support.paths import ROOT

PAGE = source("reviewing.md")
CI_PAGE = source("ci.md")
RULES = ROOT / "assessor" / "rulesets" / "self_hosting" / "ruleset.py"


def test_the_report_of_the_edit_is_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = RULES.with_name("hosting.py").read_text("utf-8")
    no_fork, enterprise, otherwise = (
        source.index(start)
        for start in (
            "    # This comes before the Ent",
            "    Rule(\n        any_of(region",
            "    otherwise(",
        )
    )
    (tmp_path / "hosting.py").write_text(
        source[:no_fork] + source[enterprise:otherwise] + source[no_fork:enterprise] + source[otherwise:]
    )
    edited = tmp_path / "rules.py"
    edited.write_text(RULES.read_text("utf-8").replace("from assessor.rulesets.self_hosting.hosting", "from hosting"))
    ran = CliRunner().invoke(main, ["compare", str(RULES), str(edited)])
    assert ran.exit_code == 0, ran.output
    shown, passages = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    assert ran.output == shown
    monkeypatch.chdir(ROOT)
    ran = CliRunner().invoke(main, ["compare", str(RULES), str(edited), "--docs", "docs"])
    assert passages in ran.output


def test_its_configuration_fits_the_action_and_the_hooks() -> None:
    workflow, hooks = (yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", CI_PAGE, re.DOTALL))
    given = workflow["jobs"]["rules"]["steps"][1]["with"]
    inputs = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["inputs"]
    assert given.keys() <= inputs.keys()
    assert all(name in given for name, each in inputs.items() if each.get("required"))
    offered = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    assert {hook["id"] for hook in hooks["repos"][0]["hooks"]} == offered
