"""The example whose rules are a spreadsheet: sound, and built by MkDocs and Zensical."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assessor import decider, load_ruleset
from tests.support.commands import run_command
from tests.support.paths import ROOT
from tests.support.sites import build_with

EXAMPLE = ROOT / "examples" / "backup-plan"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "backup-plan"))


def test_its_rules_and_its_page_have_no_findings(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(example)
    for command in ("check", "lint", "cases", "doctor"):
        run = run_command(command)
        assert run.exit_code == 0, run.output
    assert "No findings in backup-plan." in run_command("check").stdout


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_it_builds(generator: str, example: Path) -> None:
    built = build_with(generator, example)
    assert built.exit_code == 0, built.log
    assert built.warnings == []
    page = built.page()
    assert "A restore takes longer than the hour that you have." in page
    assert "How many hours of work can you lose?" in page


def test_a_changed_row_changes_the_verdict(example: Path) -> None:
    answers = {"loss": 24, "down": 72, "size": 300, "managed": False, "test": True}
    assert decider(load_ruleset(str(example / "rules.py")))(answers) == "nightly"
    plans = example / "plans.csv"
    plans.write_text(plans.read_text().replace("> 500", "> 200"))
    assert decider(load_ruleset(str(example / "rules.py")))(answers) == "large"
