"""Each configuration on the page "Use it with MkDocs, ProperDocs, Zensical" builds a site with its generator."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from assessor.findings.codes import SETUP_CODES
from mkdocs_assessor.site import doctor
from tests.support.paths import ROOT
from tests.support.sites import Built, write_site

_PAGE = (ROOT / "docs" / "generators.md").read_text(encoding="utf-8")
_BLOCKS = re.findall(
    r'^## ([^\n]*)\n(?:(?!^## ).)*?^```\w+ title="([^"]+)"\n(.*?)^```$', _PAGE, re.MULTILINE | re.DOTALL
)
_TOML = re.findall(r'^```toml title="([^"]+)"\n(.*?)^```$', _PAGE, re.MULTILINE | re.DOTALL)
_THEME = "theme: {name: material, font: false}\n"

_CONFIGURED: dict[str, list[tuple[str, ...]]] = {
    "MkDocs": [("mkdocs", "build", "--strict")],
    "Zensical": [("zensical", "build", "--strict", "--clean")],
    "One configuration for all": [
        ("mkdocs", "build", "--strict"),
        ("properdocs", "build", "--strict"),
        ("zensical", "build", "--strict", "--clean"),
    ],
}


def _build(folder: Path, name: str, text: str, command: tuple[str, ...]) -> str:
    write_site(folder, {"index.md": "# Home\n\n## Weather\n\n<!-- assessor/checklist -->\n", name: text})
    run = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return Built(0, "", folder / "site").page()


def test_every_part_has_its_configuration() -> None:
    assert [(heading, name) for heading, name, _ in _BLOCKS] == [(heading, "mkdocs.yml") for heading in _CONFIGURED]


@pytest.mark.parametrize(("heading", "name", "text"), _BLOCKS, ids=[heading for heading, _, _ in _BLOCKS])
def test_a_configuration(tmp_path: Path, heading: str, name: str, text: str) -> None:
    for command in _CONFIGURED[heading]:
        page = _build(tmp_path / command[0], name, f"site_name: A test\n{_THEME}{text}", command)
        assert page.count("<assessor-checklist data-") == 1


def test_the_one_in_toml(tmp_path: Path) -> None:
    ((name, text),) = _TOML
    text = text.replace("[project]\n", '[project]\nsite_name = "A test"\n')
    page = _build(tmp_path, name, text, ("zensical", "build", "--strict", "--clean"))
    assert page.count("<assessor-checklist data-") == 1


def test_every_problem_of_the_doctor_is_listed() -> None:
    source = Path(doctor.__file__).read_text(encoding="utf-8")
    found = set(re.findall(r'Finding\(\s*"([a-z-]+)"', source))
    listed = re.findall(r"^\| `([a-z-]+)` \| (\w+) \|", _PAGE.partition("## Check your set-up")[2], re.MULTILINE)
    assert {code for code, _ in listed} == found == set(SETUP_CODES)
    assert listed == [(name, code.severity) for name, code in SETUP_CODES.items()]
