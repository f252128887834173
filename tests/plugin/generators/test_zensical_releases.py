"""What Zensical does in place of MkDocs's plugins and options, and where its releases differ."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.version import Version

from tests.support.plugin.html_pages import read, text_of
from tests.support.sites import SITE_URL, Built, build_with, write_site

_CONFIG = f"""\
site_name: A test
site_url: {SITE_URL}
exclude_docs: |
  drafts/
  !drafts/kept.md
extra: {{part: checklist}}
plugins:
  - search
  - macros
markdown_extensions:
  - mkdocs_assessor: {{rules: rules.py}}
"""
_PAGES = {
    "index.md": (
        '# Home\n\n## Weather\n\n<!-- assessor/{{ part }} -->\n\n{{ "[](fact:fare)" }} in [9 km](fact:cycled)\n'
    ),
    "drafts/wrong.md": "# Wrong\n\n[](fact:nope)\n",
    "drafts/kept.md": "# Kept\n\n[](fact:fare)\n",
}
# 0.0.67, the last release for Python 3.10, does not know the option.
_EXCLUDES = Version(version("zensical")) >= Version("0.0.70")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("zensical") / "site-source", {**_PAGES, "mkdocs.yml": _CONFIG})


@pytest.fixture(scope="module")
def built(folder: Path) -> Built:
    done = build_with("zensical", folder)
    assert done.exit_code == 0, done.log
    return done


def test_macros_write_slots_and_links(built: Built) -> None:
    page = read(built.page("index.html"))
    assert len([each for each in page.iter("assessor-checklist") if each.get("data-ruleset")]) == 1
    assert "1,200 EUR per year" in text_of(page)
    assert "{{" not in text_of(page)


def test_a_mistake_beside_a_macro_has_its_line(built: Built) -> None:
    assert [(each.path, each.line) for each in built.warnings if each.code == "drifted-fact"] == [("index.md", 7)]


def test_pages_that_the_site_excludes(built: Built) -> None:
    assert "drafts/kept/index.html" in built.files()
    assert ("drafts/wrong/index.html" in built.files()) != _EXCLUDES
    assert ("unknown-fact" in {each.code for each in built.warnings}) != _EXCLUDES


def test_lint_skips_them_with_every_release(folder: Path) -> None:
    command = [sys.executable, "-m", "assessor", "lint"]
    run = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert "1 warning in 2 pages." in run.stdout + run.stderr
