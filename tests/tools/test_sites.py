"""`make sites`, on a site of our own: what it says is the same, and what it finds different."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tools.sites import build
from tools.sites.configuration import with_page, with_us

_HOOK = """\
import time
def on_post_page(output, page, config):
    listed = "assessor" in config.plugins
    return output.replace("</body>", f"<i>{listed}</i></body>") if page.file.name == "ours" else output
"""
_CONFIGS = {
    "a list": ("a: 1\nplugins:\n  - search\n  - tags:\n      x: 1\nnav: []\n", ["search", {"tags": {"x": 1}}]),
    "a list at the edge": ("plugins:\n- search\n- tags:\n    x: 1\n\n# end\nnav: []\n", ["search", {"tags": {"x": 1}}]),
    "a flow": ("plugins: [search, tags]\nnav: []\n", ["search", "tags"]),
    "a comment first": ("plugins:\n  # ours\n  - search\n", ["search"]),
    "twice": ("plugins:\n  - tags\nplugins:\n  - search\n", ["search"]),
    "none": ("site_name: A\n", ["search"]),
}


@pytest.mark.parametrize(("text", "before"), _CONFIGS.values(), ids=_CONFIGS)
def test_we_are_listed_last_and_the_rest_stays(text: str, before: list[object]) -> None:
    old = yaml.safe_load(text)
    for rules, entry in (("", "assessor"), ("rules.py", {"assessor": {"rules": "rules.py"}})):
        assert yaml.safe_load(with_us(text, "mkdocs", rules)) == {**old, "plugins": [*before, entry]}


def test_we_are_listed_in_a_mapping() -> None:
    text = "markdown_extensions:\n  # theirs\n  abbr:\n  toc:\n    permalink: true\n\nextra: 1\n"
    added = yaml.safe_load(with_us(text, "zensical"))
    assert added["markdown_extensions"] == {"abbr": None, "toc": {"permalink": True}, "mkdocs_assessor": {}}
    added = yaml.safe_load(with_us(text, "zensical", "rules.py"))
    assert added["markdown_extensions"]["mkdocs_assessor"] == {"rules": "rules.py"}
    assert added["extra"] == 1


def test_a_page_ends_the_navigation() -> None:
    for text, before in (
        ("nav:\n  - index.md\n  - A:\n      - a.md\nextra: 1\n", ["index.md", {"A": ["a.md"]}]),
        ("site_name: A\nnav:\n- index.md\n", ["index.md"]),
    ):
        assert yaml.safe_load(with_page(text, "b.md"))["nav"] == [*before, "b.md"]
    assert with_page("site_name: A\n", "b.md") == "site_name: A\n"


@pytest.fixture
def clones(tmp_path: Path) -> Path:
    """A folder of clones with one, and the list of it."""
    folder = tmp_path / "clones" / "small"
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "index.md").write_text("# Home\n", "utf-8")
    (folder / "mkdocs.yml").write_text("site_name: A\ntheme: mkdocs\nno_such: 1\n", "utf-8")
    _commit(folder)
    return tmp_path / "clones"


def _commit(folder: Path) -> None:
    git = ["git", "-C", str(folder), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "--quiet", "--message", "A"], check=True)


def _run(clones: Path, capsys: pytest.CaptureFixture[str], **changes: object) -> tuple[int, str, str]:
    site = {
        "name": "small",
        "repository": "https://example.org/small",
        "revision": "HEAD",
        "configuration": "mkdocs.yml",
        "generator": "mkdocs",
        "install": [],
        **changes,
    }
    listed = clones.parent / "sites.yml"
    listed.write_text(yaml.safe_dump([site]), "utf-8")
    code = build.main([str(clones), "--list", str(listed), "--python", sys.executable])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_site_where_we_change_nothing(clones: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(clones, capsys, remove=["^no_such"])
    header, row, note = out.splitlines()
    assert header.startswith("site   generator  pages  same pages  sitemap")
    # Its theme lists every page.
    assert "other pages change with the guide" in note
    cells = row.split()
    assert (code, cells[:8], cells[-1]) == (0, ["small", "mkdocs", "2", "yes", "yes", "yes", "0", "->"], "works")
    assert [each.name for each in clones.iterdir()] == ["small"]
    assert sorted(each.name for each in (clones / "small").iterdir()) == [".git", "docs", "mkdocs.yml"]


def test_warnings_are_counted(clones: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(clones, capsys)
    assert (code, "  1 -> 1  " in out.splitlines()[1]) == (0, True), out


def test_a_site_that_we_change(clones: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = clones / "small"
    (folder / "docs" / "ours.md").write_text("# Ours\n", "utf-8")
    (folder / "hook.py").write_text(_HOOK, "utf-8")
    (folder / "mkdocs.yml").write_text("site_name: A\ntheme: mkdocs\nhooks: [hook.py]\n", "utf-8")
    _commit(folder)
    code, out, _ = _run(clones, capsys)
    assert code == 1
    assert "small: 1 files differ where we are listed and unused: ours/index.html" in out
    assert out.splitlines()[1].split()[3] == "no"


def test_a_clone_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "clones").mkdir()
    code, _, err = _run(tmp_path / "clones", capsys)
    assert code == 2
    assert f"small: there is no clone: git clone https://example.org/small {tmp_path / 'clones' / 'small'}" in err


def test_a_revision_that_is_not_there(clones: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = _run(clones, capsys, revision="0" * 40)
    assert code == 2
    assert f"update the clone: git -C {clones / 'small'} fetch" in err


def test_a_site_that_cannot_be_built(clones: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (clones / "small" / "mkdocs.yml").write_text("theme: mkdocs\n", "utf-8")
    _commit(clones / "small")
    code, _, err = _run(clones, capsys)
    assert code == 2
    assert "small: -m mkdocs build fails with 1" in err
    assert "site_name" in err


def test_the_list_is_complete_and_pinned() -> None:
    listed = [build.Site(**each) for each in yaml.safe_load(build.LIST.read_text("utf-8"))]
    assert len({each.name for each in listed}) == len(listed) >= 5
    for each in listed:
        assert len(each.revision) == 40
        assert each.generator in ("mkdocs", "properdocs", "zensical")
