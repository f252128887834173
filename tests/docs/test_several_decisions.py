"""The page on several decisions leads to what it promises."""

from __future__ import annotations

from pathlib import Path

from assessor import load_ruleset
from tests.support.doc_pages import follow


def test_the_page_shows_what_the_commands_print(tmp_path: Path) -> None:
    folder, _ = follow("several-decisions.md", tmp_path)
    assert [decision.id for decision in load_ruleset(str(folder / "rules.py")).decisions] == ["hosting", "plan"]
    assert load_ruleset(str(folder / "plan.py")).id == "plan"
