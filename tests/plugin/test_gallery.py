"""Each mistake of the gallery is reported as it says, by a build and by the linter alike; what is right is not."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner

from assessor.cli import main
from tests.plugin.gallery import CORRECT, GALLERY_RULES, MISTAKES, Entry
from tests.sites import Warned, build, write_site

_INDEX = "# Home\n\n## Weather\n"


def _path(entry: Entry) -> str:
    return (
        "index.md" if entry.is_alone else f"{'mistakes' if entry.code else 'correct'}/{entry.name.replace(' ', '-')}.md"
    )


def _write(folder: Path, entries: Iterable[Entry]) -> Path:
    pages = {_path(entry): entry.markdown for entry in entries}
    # Questions are about a section of the home page.
    return write_site(folder, {"index.md": _INDEX, "rules.py": GALLERY_RULES} | pages)


def _lint(folder: Path) -> list[dict[str, object]]:
    run = CliRunner().invoke(main, ["lint", str(folder / "docs"), "--format", "json"], catch_exceptions=False)
    found: list[dict[str, object]] = json.loads(run.stdout)
    return found


def _build(folder: Path) -> list[Warned]:
    built = build(folder)
    assert built.exit_code == 0, built.log
    return [*built.warnings, *built.hints]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _write(tmp_path_factory.mktemp("gallery"), [each for each in (*MISTAKES, *CORRECT) if not each.is_alone])


@pytest.fixture(scope="module")
def reported(site: Path) -> list[Warned]:
    return _build(site)


@pytest.fixture(scope="module")
def linted(site: Path) -> list[dict[str, object]]:
    return _lint(site)


def test_size() -> None:
    assert len({each.name for each in MISTAKES}) == len(MISTAKES) >= 60
    assert len({each.name for each in CORRECT}) == len(CORRECT) >= 40


@pytest.mark.parametrize("entry", MISTAKES, ids=lambda each: each.name)
def test_mistake(
    entry: Entry, reported: list[Warned], linted: list[dict[str, object]], site: Path, tmp_path: Path
) -> None:
    if entry.is_alone:
        site = _write(tmp_path, [entry])
        reported, linted = _build(site), _lint(site)
    path = _path(entry)
    line, column, width = entry.span
    (warned,) = (each for each in reported if each.path == path)
    assert (warned.code, warned.text) == (entry.code, entry.message)
    assert (warned.line, warned.column) == (line, column)
    # A hint is one line of a log.
    assert bool(warned.excerpt) == (entry.severity == "warning")
    if warned.excerpt:
        source, carets = warned.excerpt.splitlines()
        start = carets.index("^")
        assert carets.strip(" |") == "^" + "~" * (width - 1)
        assert source[start : start + width] == entry.markdown.splitlines()[line - 1][column - 1 : column - 1 + width]
    (found,) = (each for each in linted if each["path"] == str(site / "docs" / path))
    assert (found["code"], found["message"]) == (entry.code, entry.message)
    assert (found["line"], found["column"], found["severity"]) == (line, column, entry.severity)
    assert found["source"] == entry.markdown.splitlines()[line - 1]


@pytest.mark.parametrize("entry", CORRECT, ids=lambda each: each.name)
def test_correct(
    entry: Entry, reported: list[Warned], linted: list[dict[str, object]], site: Path, tmp_path: Path
) -> None:
    if entry.is_alone:
        site = _write(tmp_path, [entry])
        reported, linted = _build(site), _lint(site)
    path = _path(entry)
    assert [each for each in reported if each.path == path] == []
    assert [each for each in linted if each["path"] == str(site / "docs" / path)] == []


def test_nothing_is_said_of_other_files(reported: list[Warned], linted: list[dict[str, object]], site: Path) -> None:
    # Of the rules it is only said what no page quotes.
    known = {_path(entry) for entry in MISTAKES} | {str(site / "rules.py")}
    assert {each.path for each in reported} <= known
    assert {each["path"] for each in linted} <= {str(site / "docs" / path) for path in known}
