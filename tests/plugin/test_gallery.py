"""Each mistake of the gallery is reported as it says, by a build and by the linter alike; what is right is not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner

from assessor.cli import main
from tests.plugin.gallery import CORRECT, GALLERY_RULES, MISTAKES, Entry
from tests.sites import CONFIG, Warned, build, build_with, write_site

_INDEX = "# Home\n\n## Weather\n"


def _path(entry: Entry) -> str:
    name = re.sub(r"[^\w-]+", "-", entry.name)
    return "index.md" if entry.is_alone else f"{'mistakes' if entry.code else 'correct'}/{name}.md"


def _write(folder: Path, entries: Iterable[Entry]) -> Path:
    pages = {_path(entry): entry.markdown for entry in entries}
    # Questions are about a section of the home page.
    return write_site(folder, {"index.md": _INDEX, "rules.py": GALLERY_RULES} | pages)


def _together() -> list[Entry]:
    return [each for each in (*MISTAKES, *CORRECT) if not each.is_alone]


def _lint(folder: Path) -> list[dict[str, object]]:
    run = CliRunner().invoke(main, ["lint", str(folder / "docs"), "--format", "json"], catch_exceptions=False)
    found: list[dict[str, object]] = json.loads(run.stdout)
    return [each for each in found if each["severity"] == "warning"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _write(tmp_path_factory.mktemp("gallery"), _together())


@pytest.fixture(scope="module")
def warnings(site: Path) -> list[Warned]:
    built = build(site)
    assert built.exit_code == 0, built.log
    return built.warnings


@pytest.fixture(scope="module")
def linted(site: Path) -> list[dict[str, object]]:
    return _lint(site)


def test_size() -> None:
    assert len({each.name for each in MISTAKES}) == len(MISTAKES) >= 60
    assert len({each.name for each in CORRECT}) == len(CORRECT) >= 40


@pytest.mark.parametrize("entry", MISTAKES, ids=lambda each: each.name)
def test_mistake(
    entry: Entry, warnings: list[Warned], linted: list[dict[str, object]], site: Path, tmp_path: Path
) -> None:
    if entry.is_alone:
        site = _write(tmp_path, [entry])
        warnings, linted = build(site).warnings, _lint(site)
    path = _path(entry)
    line, column, width = entry.span
    (warned,) = (each for each in warnings if each.path == path)
    assert (warned.code, warned.text) == (entry.code, entry.message)
    assert (warned.line, warned.column) == (line, column)
    source, carets = warned.excerpt.splitlines()
    start = carets.index("^")
    assert carets.strip(" |") == "^" + "~" * (width - 1)
    assert source[start : start + width] == entry.markdown.splitlines()[line - 1][column - 1 : column - 1 + width]
    (found,) = (each for each in linted if each["path"] == str(site / "docs" / path))
    assert (found["code"], found["message"]) == (entry.code, entry.message)
    assert (found["line"], found["column"]) == (line, column)
    assert found["source"] == entry.markdown.splitlines()[line - 1]


@pytest.mark.parametrize("entry", CORRECT, ids=lambda each: each.name)
def test_correct(
    entry: Entry, warnings: list[Warned], linted: list[dict[str, object]], site: Path, tmp_path: Path
) -> None:
    if entry.is_alone:
        site = _write(tmp_path, [entry])
        warnings, linted = build(site).warnings, _lint(site)
    path = _path(entry)
    assert [each for each in warnings if each.path == path] == []
    assert [each for each in linted if each["path"] == str(site / "docs" / path)] == []


def test_nothing_is_said_of_other_files(warnings: list[Warned], linted: list[dict[str, object]], site: Path) -> None:
    known = {_path(entry) for entry in MISTAKES}
    assert {each.path for each in warnings} <= known
    assert {each["path"] for each in linted} <= {str(site / "docs" / path) for path in known}


@pytest.mark.parametrize("generator", ["properdocs", "zensical"])
def test_the_other_generators_say_the_same(generator: str, tmp_path: Path) -> None:
    folder = _write(tmp_path, _together())
    (folder / "mkdocs.yml").write_text(CONFIG.replace("theme: mkdocs", "theme: {name: material, font: false}"), "utf-8")
    built = build_with(generator, folder)
    assert built.exit_code == 0, built.log
    assert {(each.path, each.line, each.column, each.code, each.text) for each in built.warnings} == {
        (_path(each), *each.span[:2], each.code, each.message) for each in MISTAKES if not each.is_alone
    }
