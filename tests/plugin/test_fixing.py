"""`assessor lint --fix` and `--diff`: what has one sure correction, and what is left to the author."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import Result

from mkdocs_assessor.fixing import Fixing
from mkdocs_assessor.writing import WritingError
from tests.support.commands import run_command
from tests.support.sites import CONFIG, write_site

_SNIPPETS = CONFIG.replace("[admonition,", "[{pymdownx.snippets: {base_path: [docs, parts]}}, admonition,")

_SURE = {
    "a slot": ("<!-- assessor/cheklist -->", "<!-- assessor/checklist -->"),
    "a slot in capitals": ("<!-- assessor/Facts -->", "<!-- assessor/facts -->"),
    "nearly a slot": ("<!-- asessor/rules -->", "<!-- assessor/rules -->"),
    "an unseen character in a slot": ("<!-- assessor\u200b/rules -->", "<!-- assessor/rules -->"),
    "a question in a slot": ("<!-- assessor/question rian -->", "<!-- assessor/question rain -->"),
    "a passage": ("<!-- assessor/when cycel -->\nOil.\n<!-- assessor/end -->", None),
    "an ignored code": ("<!-- assessor/ignore unlinked-fcat -->", "<!-- assessor/ignore unlinked-fact -->"),
    "a fact": ("It is [](fact:cicled) long.", "It is [](fact:cycled) long."),
    "a fact, then its text": ("It is [9 km](fact:cicled) long.", "It is [5 km](fact:cycled) long."),
    "a value": ("It is [about 9 km](fact:cycled) long.", "It is [about 5 km](fact:cycled) long."),
    "a value in another unit": ("It is [9 miles](fact:cycled) long.", "It is [](fact:cycled) long."),
    "a scheme": ("It is [](facts:cycled) long.", "It is [](fact:cycled) long."),
    "the wrong brackets": ("It is (5 km)[fact:cycled] long.", "It is [5 km](fact:cycled) long."),
    "the address for the text": ("It is [fact:cycled]() long.", "It is [](fact:cycled) long."),
    "a space between": ("It is [5 km] (fact:cycled) long.", "It is [5 km](fact:cycled) long."),
    "not in a comment": (
        "<!-- [[fact:cycled]] `[[fact:cycled]]` -->\n\nIt is [[fact:cycled]] long.",
        "<!-- [[fact:cycled]] `[[fact:cycled]]` -->\n\nIt is [](fact:cycled) long.",
    ),
    "two on a line": ("[](fact:cicled), 🚲 [](fact:cicled)", "[](fact:cycled), 🚲 [](fact:cycled)"),
}
_UNSURE = {
    "a text without a value": "It is [quite far](fact:cycled).",
    "a text with two values": "It is [9 km or 2 km](fact:cycled).",
    "a number in a name": "See [it](rule:rule-99).",
    "a short name": "<!-- assessor/question fra -->",
    "another part's name": "<!-- assessor/outcomes -->\n\n[Take the bus](outcome:cycle)",
    "an option": "<!-- assessor/facts short -->",
    "a bare number": "[](fact:fare). Most people will cycle 5 km without a thought.",
    "a definition": "[it is 5 km][x] long.\n\n[x]: fact:cicled",
    "an autolink": "It is <fact:cycled> long.",
}


def _lint(*arguments: str) -> Result:
    return run_command("lint", *arguments)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site, where the command is run."""
    write_site(tmp_path, {"index.md": "# Guide\n\n## Weather\n\n<!-- assessor/checklist -->\n"})
    (tmp_path / "mkdocs.yml").write_text(_SNIPPETS, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("wrong", "right"), _SURE.values(), ids=_SURE)
def test_what_is_sure_is_corrected_once(folder: Path, wrong: str, right: str | None) -> None:
    page = folder / "docs" / "page.md"
    page.write_text(f"# Page\n\n{wrong}\n", "utf-8")
    assert _lint().exit_code == 1
    run = _lint("--fix")
    assert (run.exit_code, run.stdout.count("warning")) == (0, 0), run.output
    assert page.read_text("utf-8") == f"# Page\n\n{right or wrong.replace('cycel', 'cycle')}\n"
    assert "Corrected" in run.stderr
    assert "Corrected" not in _lint("--fix").stderr


@pytest.mark.parametrize("text", _UNSURE.values(), ids=_UNSURE)
def test_what_is_not_sure_is_left(folder: Path, text: str) -> None:
    page = folder / "docs" / "page.md"
    page.write_text(f"# Page\n\n{text}\n", "utf-8")
    run = _lint("--fix")
    assert run.exit_code == 1, run.output
    assert page.read_text("utf-8") == f"# Page\n\n{text}\n"


def test_the_file_stays_as_it_is_written(folder: Path) -> None:
    page = folder / "docs" / "page.md"
    before = "\ufeff---\r\nlangauge: en\r\n---\r\n# Page\r\n\r\n🚲 [](fact:cicled)\rend"
    page.write_bytes(before.encode())
    page.chmod(0o640)
    assert _lint("--fix").exit_code == 0
    assert page.read_bytes().decode() == before.replace("langauge", "language").replace("cicled", "cycled")
    assert page.stat().st_mode & 0o777 == 0o640


def test_a_patch_is_what_is_written(folder: Path) -> None:
    pages = {"page.md": "# Page\r\n\r\n[9 km](fact:cicled)", "part.md": "A\u2028part [](facts:cycled)\n"}
    for name, text in pages.items():
        (folder / "docs" / name).write_bytes(text.encode())
    run = _lint("--diff")
    assert run.exit_code == 1
    assert {name: (folder / "docs" / name).read_bytes().decode() for name in pages} == pages
    assert "--fix would correct 3 findings in 2 files." in run.stderr
    shutil.copytree(folder, folder / "copy")
    subprocess.run(["patch", "-p0", "--binary"], input=run.stdout_bytes, cwd=folder / "copy", check=True)
    assert _lint("--fix", "--diff").stdout == run.stdout
    assert _lint("--fix").exit_code == 0
    for name in pages:
        assert (folder / "docs" / name).read_bytes() == (folder / "copy" / "docs" / name).read_bytes()


def test_a_snippet_is_corrected_once_and_only_in_the_docs(folder: Path) -> None:
    (folder / "parts").mkdir()
    for name in ("docs/part.md", "parts/other.md"):
        (folder / name).write_text("It is [9 km](fact:cycled) long.\n", "utf-8")
    for name in ("one.md", "two.md"):
        (folder / "docs" / name).write_text('--8<-- "part.md"\n\n--8<-- "other.md"\n', "utf-8")
    run = _lint("--fix")
    assert run.exit_code == 1
    assert "Corrected 1 finding in 1 file." in run.stderr
    assert f"{Path('parts', 'other.md')}:1:7: warning" in run.stdout
    assert (folder / "docs" / "part.md").read_text("utf-8") == "It is [5 km](fact:cycled) long.\n"
    assert (folder / "parts" / "other.md").read_text("utf-8") == "It is [9 km](fact:cycled) long.\n"


def test_a_link_that_leads_out_of_the_docs_is_left(folder: Path) -> None:
    (folder / "README.md").write_text("It is [9 km](fact:cycled) long.\n", "utf-8")
    (folder / "docs" / "readme.md").symlink_to(folder / "README.md")
    assert _lint("--fix").exit_code == 1
    assert (folder / "README.md").read_text("utf-8") == "It is [9 km](fact:cycled) long.\n"
    assert (folder / "docs" / "readme.md").is_symlink()


def test_a_file_that_has_changed_meanwhile_is_refused_with_all_others(folder: Path) -> None:
    docs = folder / "docs"
    for name in ("a.md", "b.md"):
        (docs / name).write_text("[](fact:cicled)\n", "utf-8")
    run = _lint("--format", "json")
    assert run.exit_code == 1
    fixing = Fixing(docs)
    from mkdocs_assessor.diagnostics import Severities  # noqa: PLC0415
    from mkdocs_assessor.lint import Linting, site_of  # noqa: PLC0415
    from mkdocs_assessor.render.guides import load_guides  # noqa: PLC0415

    site = site_of(docs)
    fixing.run(lambda read: Linting(load_guides("rules.py"), site, Severities(), read=read).lint())
    assert fixing.files == 2
    (docs / "b.md").write_text("An author goes on. [](fact:cicled)\n", "utf-8")
    with pytest.raises(WritingError, match=r"b\.md: has changed since the command read it"):
        fixing.write()
    assert (docs / "a.md").read_text("utf-8") == "[](fact:cicled)\n"
    assert sorted(each.name for each in docs.iterdir()) == ["a.md", "b.md", "index.md"]


def test_an_editor_can_apply_the_fix_of_the_json(folder: Path) -> None:
    page = folder / "docs" / "page.md"
    page.write_text("# Page\n\n🚲 It is [9 km](fact:cycled) long.\n", "utf-8")
    findings = json.loads(_lint("--format", "json").stdout)["findings"]
    (finding,) = (each for each in findings if each["code"] == "drifted-fact")
    fix = finding["fix"]
    start, end = fix["range"]["start"], fix["range"]["end"]
    lines = Path(fix["path"]).read_text("utf-8").split("\n")
    line = lines[start["line"] - 1]
    lines[start["line"] - 1] = f"{line[: start['column'] - 1]}{fix['text']}{line[end['column'] - 1 :]}"
    page.write_text("\n".join(lines), "utf-8")
    assert _lint().exit_code == 0


def test_a_patch_has_no_other_format(folder: Path) -> None:
    run = _lint("--diff", "--format", "json")
    assert run.exit_code == 2
    assert "--diff prints a patch: leave out --format json" in run.stderr
