"""The guides in the folder of examples are as good as those that the checks ask for; the browser tests build them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.doc_pages import run
from tests.support.paths import ROOT

EXAMPLES = ROOT / "examples"


@pytest.mark.parametrize("name", ["photos"])
def test_nothing_is_found_in_an_example(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    shutil.copytree(EXAMPLES / name, folder)
    for command in (
        "assessor check --strict --rules rules.py",
        "assessor cases --rules rules.py",
        "assessor translate rules.py --check",
        "assessor lint",
    ):
        said = run(command, folder)
        assert said.returncode == 0, f"{command}: {said.stdout}"
