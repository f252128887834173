"""The guides in the folder of examples have no findings, and every generator builds them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.doc_pages import run
from tests.support.paths import ROOT
from tests.support.sites import GENERATORS, build_with

EXAMPLES = sorted(each.parent for each in (ROOT / "examples").glob("*/rules.py"))


@pytest.fixture(params=EXAMPLES, ids=lambda each: each.name)
def example(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copytree(request.param, tmp_path / request.param.name))


def test_nothing_is_found_in_an_example(example: Path) -> None:
    commands = ["assessor check --strict", "assessor cases", "assessor lint", "assessor doctor"]
    if (example / "zensical.toml").exists():
        commands.append("assessor doctor zensical.toml")
    if [*example.glob("rules.*.yml")]:
        commands.append("assessor translate rules.py --check")
    for command in commands:
        said = run(command, example)
        assert said.returncode == 0, f"{command}: {said.stdout}"


@pytest.mark.slow
@pytest.mark.parametrize("generator", GENERATORS)
def test_every_generator_builds_an_example(generator: str, example: Path) -> None:
    if (example / "zensical.toml").exists():
        pytest.skip("the browser tests build it: Zensical reads another file than the others")
    built = build_with(generator, example, "--strict")
    assert built.exit_code == 0, built.log
    assert built.warnings == []
