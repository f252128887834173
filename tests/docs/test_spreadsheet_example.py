"""The example whose rules are a spreadsheet follows its rows."""

from __future__ import annotations

import shutil
from pathlib import Path

from assessor import decider, load_ruleset
from tests.support.paths import ROOT


def test_a_changed_row_changes_the_verdict(tmp_path: Path) -> None:
    example = Path(shutil.copytree(ROOT / "examples" / "backup-plan", tmp_path / "backup-plan"))
    answers = {"loss": 24, "down": 72, "size": 300, "managed": False, "test": True}
    assert decider(load_ruleset(str(example / "rules.py")))(answers) == "nightly"
    plans = example / "plans.csv"
    plans.write_text(plans.read_text().replace("> 500", "> 200"))
    assert decider(load_ruleset(str(example / "rules.py")))(answers) == "large"
