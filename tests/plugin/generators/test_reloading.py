"""Which files a generator watches: the rules, and what they import of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_assessor.generators.reloading import ruleset_sources


def _sources(folder: Path, reference: str) -> list[str]:
    return [str(each.relative_to(folder.resolve())) for each in ruleset_sources(reference, folder)]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {
        "guides/ours.py": "import json, shared.facts\nfrom prices import *\nfrom . import parts\n",
        "guides/parts.py": "",
        "guides/broken.py": "import prices\nimport (",
        "shared/__init__.py": "",
        "shared/facts.py": "from shared import numbers\n",
        "shared/numbers.py": "import shared.facts\n",
        "shared/unused.py": "",
        "prices.py": "",
        "rules.py": "from shared.facts import limit\n",
        "json.py": "",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize("reference", ["guides.ours", "guides/ours.py"])
def test_what_rules_import_from_the_project_is_watched(project: Path, reference: str) -> None:
    assert _sources(project, reference) == [
        "guides",
        "json.py",
        "prices.py",
        "shared/__init__.py",
        "shared/facts.py",
        "shared/numbers.py",
    ]


def test_rules_in_the_folder_of_the_project_are_watched_file_by_file(project: Path) -> None:
    assert _sources(project, "rules.py") == [
        "json.py",
        "prices.py",
        "rules.py",
        "shared/__init__.py",
        "shared/facts.py",
        "shared/numbers.py",
    ]


def test_a_broken_file_is_watched_until_it_can_be_read(project: Path) -> None:
    assert _sources(project, "guides/broken.py") == ["guides"]


def test_a_file_nested_too_deep_for_python_is_watched_too(project: Path) -> None:
    (project / "guides/deep.py").write_text(f"x = {'-' * 5000}1\n", encoding="utf-8")
    assert _sources(project, "guides/deep.py") == ["guides"]
