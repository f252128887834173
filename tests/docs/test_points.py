"""The page on points leads to what it promises, and so does the example with points."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from assessor import assess, load_ruleset
from tests.support.doc_pages import follow
from tests.support.paths import ROOT
from tests.support.sites import build_apart

EXAMPLE = ROOT / "examples" / "ci-runners"


def test_the_page_on_points_shows_what_the_commands_print(tmp_path: Path) -> None:
    folder, _ = follow("points.md", tmp_path)
    ruleset = load_ruleset(str(folder / "rules.py"))
    assert [score.id for score in ruleset.scores] == ["comfort", "need"]


def test_the_page_of_the_example_shows_the_range_of_points(tmp_path: Path) -> None:
    built = build_apart(Path(shutil.copytree(EXAMPLE, tmp_path / "ci-runners")))
    points = assess(load_ruleset(str(EXAMPLE / "rules.py")), {})["scores"]["metal-fit"]
    (shown,) = set(re.findall(r'<span data-fill="points=metal-fit">(.*?)</span>', built.page()))
    assert shown == f"{points['low']} to {points['high']}"
