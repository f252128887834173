"""The page about tables is followed as a reader does, and what it says comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor import load_ruleset
from tests.support.doc_pages import follow


def test_the_page_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, _ = follow("from-a-spreadsheet.md", tmp_path)
    monkeypatch.chdir(folder)
    assert [rule.id for rule in load_ruleset("back.py").rules] == ["small", "eu", "visit", "rest"]
    described = load_ruleset("described.py")
    assert described.title == "Which plan fits?"
    assert [outcome.title for outcome in described.outcomes] == ["Free plan", "Team"]
