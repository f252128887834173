"""The page on points leads to what it promises, and the example with points is a guide."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from assessor import assess, load_ruleset
from assessor.check import check_ruleset
from tests.support.doc_pages import follow
from tests.support.paths import ROOT
from tests.support.sites import GENERATORS, build_with

EXAMPLE = ROOT / "examples" / "ci-runners"


def test_the_page_on_points_shows_what_the_commands_print(tmp_path: Path) -> None:
    folder, _ = follow("points.md", tmp_path)
    ruleset = load_ruleset(str(folder / "rules.py"))
    assert [score.id for score in ruleset.scores] == ["comfort", "need"]


def test_the_example_has_no_findings() -> None:
    ruleset = load_ruleset(str(EXAMPLE / "rules.py"))
    assert [each for each in check_ruleset(ruleset) if each.severity != "note"] == []


@pytest.mark.slow
@pytest.mark.parametrize("generator", GENERATORS)
def test_every_generator_builds_the_example(generator: str, tmp_path: Path) -> None:
    folder = tmp_path / "ci-runners"
    shutil.copytree(EXAMPLE, folder)
    built = build_with(generator, folder, "--strict")
    assert built.exit_code == 0, built.log
    page = (built.folder / "index.html").read_text("utf-8")
    points = assess(load_ruleset(str(EXAMPLE / "rules.py")), {})["scores"]["metal-fit"]
    (shown,) = set(re.findall(r'<span data-fill="points=metal-fit">(.*?)</span>', page))
    assert shown == f"{points['low']} to {points['high']}"
