"""Each mistake of the gallery is reported as it says, by a build and by the linter alike; what is right is not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner

from assessor.__main__ import main
from assessor.findings.codes import PAGE_CODES
from tests.support.plugin.gallery import CORRECT, GALLERY_RULES, MISTAKES, Entry
from tests.support.sites import CONFIG, Warned, build, build_with, write_site

_INDEX = "# Home\n\n## Weather\n"


def _path(entry: Entry) -> str:
    name = re.sub(r"[^\w-]+", "-", entry.name)
    return "index.md" if entry.is_alone else f"{'mistakes' if entry.code else 'correct'}/{name}.md"


def _write(folder: Path, entries: Iterable[Entry]) -> Path:
    entries = list(entries)
    pages = {_path(entry): entry.markdown for entry in entries}
    alone = entries[0] if len(entries) == 1 else None
    rules, files = (alone.ruleset, alone.files) if alone else (GALLERY_RULES, {})
    # Questions are about a section of the home page.
    return write_site(folder, {"index.md": _INDEX, "rules.py": rules, **pages, **files})


def _together() -> list[Entry]:
    return [each for each in (*MISTAKES, *CORRECT) if not each.is_alone]


def _lint(folder: Path) -> list[dict[str, object]]:
    run = CliRunner().invoke(main, ["lint", str(folder / "docs"), "--format", "json"], catch_exceptions=False)
    found: list[dict[str, object]] = json.loads(run.stdout)["findings"]
    return found


def _build(folder: Path) -> list[Warned]:
    built = build(folder)
    assert built.exit_code == 0, built.log
    return [*built.warnings, *built.hints]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _write(tmp_path_factory.mktemp("gallery"), _together())


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
    line, column, width = entry.span
    if entry.is_of_rules or entry.where:
        # Of these files more is said, such as what no page quotes.
        path = file = str(site / (entry.where or "rules.py"))
        reported = [each for each in reported if each.text == entry.message]
        linted = [each for each in linted if each["message"] == entry.message]
    else:
        path, file = _path(entry), str(site / "docs" / _path(entry))
    (warned,) = (each for each in reported if each.path == path)
    assert (warned.code, warned.text) == (entry.code, entry.message)
    assert (warned.line, warned.column) == (line, column)
    # A hint is one line of a log.
    assert bool(warned.excerpt) == (entry.severity == "warning" and line > 0)
    if warned.excerpt:
        # Answers that show the mistake may follow.
        source, carets, *_ = warned.excerpt.splitlines()
        start = carets.index("^")
        assert carets.strip(" |") == "^" + "~" * (width - 1)
        assert source[start : start + width] == entry.source.splitlines()[line - 1][column - 1 : column - 1 + width]
    if entry.is_built:
        return
    (found,) = (each for each in linted if each["path"] == file)
    assert (found["code"], found["message"]) == (entry.code, entry.message)
    assert (found["line"], found["column"], found["severity"]) == (line, column, entry.severity)
    assert found["source"] == entry.source.splitlines()[line - 1]


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


@pytest.mark.parametrize("generator", ["properdocs", "zensical"])
@pytest.mark.slow
def test_the_other_generators_say_the_same(generator: str, tmp_path: Path) -> None:
    folder = _write(tmp_path, _together())
    (folder / "mkdocs.yml").write_text(CONFIG.replace("theme: mkdocs", "theme: {name: material, font: false}"), "utf-8")
    built = build_with(generator, folder)
    assert built.exit_code == 0, built.log
    assert {(each.path, each.line, each.column, each.code, each.text) for each in built.warnings} == {
        (_path(each), *each.span[:2], each.code, each.message)
        for each in MISTAKES
        if not each.is_alone and PAGE_CODES[each.code].severity == "warning"
    }
