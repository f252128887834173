"""What a site says of outcomes that its passages pass over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.assessor.decisions import SOURCE
from tests.support.sites import build, write_site


@pytest.mark.parametrize(
    ("conditions", "missing"),
    [
        # Who has no server gets the free or the small plan, and nobody else does.
        (["cloud", "server"], []),
        (["cloud"], ["whose outcome is 'server'"]),
        (["server"], ["whose outcome is 'cloud'"]),
        (["free"], ["outcome is 'server'", "outcome is 'cloud'", "outcome is 'large'", "outcome is 'small'"]),
        (["server", "free"], ["whose outcome is 'cloud'", "whose outcome is 'small'"]),
        (["server", "rule:plan-2"], ["whose outcome is 'cloud'", "whose outcome is 'small'"]),
        (["server", "not large"], []),
        (["law"], ["outcome is 'server'", "outcome is 'cloud'"]),
    ],
    ids=str,
)
def test_the_outcomes_of_each_decision_have_passages(conditions: list[str], missing: list[str], tmp_path: Path) -> None:
    passages = [f"<!-- assessor/when {each} -->\n\nThis.\n\n<!-- assessor/end -->\n\nBetween." for each in conditions]
    page = "\n\n".join(["# Home", "<!-- assessor/checklist -->", *passages])
    built = build(write_site(tmp_path, {"index.md": page, "rules.py": SOURCE}))
    notes = [each.text for each in built.hints if each.code == "outcome-without-passage"]
    assert len(notes) == len(missing), notes
    assert all(each in note for each, note in zip(missing, notes, strict=True)), notes
