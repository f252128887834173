"""The pages that we read are those that a generator publishes."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.structure.files import get_files
from packaging.version import Version
from properdocs.config import load_config as load_properdocs_config
from properdocs.structure.files import get_files as get_properdocs_files

from assessor.__main__ import main
from mkdocs_assessor.config.docs_folder import DocsFolder, Inclusion
from mkdocs_assessor.config.site import read_site
from tests.support.sites import RULES, build_with

_FILES = (
    "index.md",
    "README.md",
    "sub/README.md",
    "sub/index.html",
    "sub/deep/README.md",
    "sub/deep/index.md",
    "sub/deep/index.html",
    "both.md",
    "both.html",
    "both.markdown",
    "a.mkd",
    "b.mdown",
    "c.mkdn",
    "upper.MD",
    "readme.md",
    ".hidden.md",
    ".folder/page.md",
    "sub/.hidden/page.md",
    "_under/page.md",
    "templates/page.md",
    "sub/templates/page.md",
    "draft.md",
    "drafts/one.md",
    "drafts/two.md",
    "with space.md",
    "[x].md",
    "image.png",
)

_PATTERNS: Mapping[str, str] = {
    "nothing": "",
    "a name": "exclude_docs: draft.md\n",
    "a folder": "exclude_docs: drafts/\n",
    "a folder, but for one": "exclude_docs: |\n  drafts/*\n  !two.md\n",
    "an excluded folder keeps its files": "exclude_docs: |\n  drafts/\n  !drafts/two.md\n",
    "anchored": "exclude_docs: |\n  /README.md\n  /sub/*.md\n",
    "anywhere": "exclude_docs: '**/README.md'\n",
    "comments and blanks": "exclude_docs: |\n  # draft.md\n\n  \\#x.md\n  with space.md  \n",
    "brackets": "exclude_docs: |\n  \\[x\\].md\n  [ab].*\n",
    "an unclosed bracket": "exclude_docs: '[ab.md'\n",
    "hidden ones come back": "exclude_docs: |\n  !.folder/\n  !.hidden.md\n",
    "templates come back": "exclude_docs: '!/templates/'\n",
    "index goes, README comes": "exclude_docs: /index.md\n",
    "both of them": "exclude_docs: |\n  index.*\n  README.md\n",
    "drafts": "draft_docs: |\n  drafts/\n  draft.md\n",
    "a draft index": "draft_docs: /index.md\n",
    "an excluded draft": "exclude_docs: draft.md\ndraft_docs: draft.md\n",
    "outside the navigation": "not_in_nav: |\n  /sub/\n  draft.md\n",
    "a draft outside of it": "draft_docs: draft.md\nnot_in_nav: draft.md\n",
    "no directory URLs": "use_directory_urls: false\n",
    "everything": "exclude_docs: '*'\n",
    "everything but": "exclude_docs: |\n  *\n  !*/\n  !sub/**\n",
    "empty values": "exclude_docs:\ndraft_docs: ''\n",
    "another folder": "docs_dir: docs/sub\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of docs with one of everything, links among it."""
    root = tmp_path / "root"
    for name in _FILES:
        file = root / "docs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {name}\n", "utf-8")
    (tmp_path / "elsewhere" / "inner").mkdir(parents=True)
    (tmp_path / "elsewhere" / "linked.md").write_text("# linked\n", "utf-8")
    (tmp_path / "elsewhere" / "inner" / "deep.md").write_text("# deep\n", "utf-8")
    (root / "docs" / "link").symlink_to("../../elsewhere")
    (root / "docs" / "file-link.md").symlink_to("../../elsewhere/linked.md")
    return root


def _write(folder: Path, config: str, name: str = "mkdocs.yml") -> Path:
    (folder / name).write_text(f"site_name: A\n{config}", "utf-8")
    return folder / name


@pytest.mark.parametrize("config", _PATTERNS.values(), ids=_PATTERNS)
def test_files_are_those_of_mkdocs(folder: Path, config: str) -> None:
    file = _write(folder, config)
    found = read_site(file).docs.files()
    expected = get_files(load_config(str(file)))
    assert [*found.items()] == [(each.src_uri, Inclusion[each.inclusion.name]) for each in expected]
    assert read_site(file).docs.pages() == [each.src_uri for each in expected.documentation_pages()]
    properdocs = get_properdocs_files(load_properdocs_config(str(file)))
    assert [*found] == [each.src_uri for each in properdocs]


@pytest.mark.skipif(Version(version("zensical")) < Version("0.0.70"), reason="it does not know exclude_docs yet")
def test_a_build_of_zensical_has_the_same_pages(folder: Path) -> None:
    """It follows no links to folders, and takes `.md` alone for Markdown."""
    config = "exclude_docs: |\n  !.folder/\n  drafts/two.md\ndraft_docs: draft.md\nplugins:\n  - assessor:\n"
    _write(folder, f"{config}      rules: rules.py\nmarkdown_extensions: [toc]\n")
    (folder / "rules.py").write_text(RULES, "utf-8")
    built = build_with("zensical", folder)
    assert built.exit_code == 0, built.log
    docs = read_site(folder / "zensical.yml").docs
    titles = {
        line.partition(">")[2].partition("<")[0].strip()
        for path, text in built.files().items()
        if path.endswith(".html") and path != "404.html"
        for line in text.decode("utf-8").splitlines()
        if line.lstrip().startswith("<h1")
    }
    assert titles == {(docs.path / page).read_text("utf-8").strip().lstrip("# ") for page in docs.pages()}


@pytest.mark.parametrize("config", ["exclude_docs: [a.md]\n", "draft_docs: 3\n", "not_in_nav: 'a\\'\n"])
def test_patterns_that_a_build_refuses_are_refused(folder: Path, config: str) -> None:
    file = _write(folder, config)
    with pytest.raises(Abort):
        load_config(str(file))
    for command in (["lint", str(folder / "docs"), "--config", str(file)], ["doctor", str(file)]):
        run = CliRunner().invoke(main, command)
        assert (run.exit_code, run.stdout) == (2, "")
        assert f"{file}: {config.partition(':')[0]}: " in run.stderr


def test_lint_reads_what_is_published(folder: Path) -> None:
    """Each page has the same mistake, so that the mistakes name the pages that were read."""
    (folder / "rules.py").write_text(RULES, "utf-8")
    plugin = "plugins:\n  - assessor: {rules: rules.py}\n"
    file = _write(folder, f"{plugin}exclude_docs: |\n  !.hidden.md\n  drafts/one.md\ndraft_docs: draft.md\n")
    for page in [*(folder / "docs").rglob("*"), *(folder.parent / "elsewhere").rglob("*")]:
        if page.is_file():
            page.write_text("[9 km](fact:cycled)\n", "utf-8")
    run = CliRunner().invoke(main, ["lint", str(folder / "docs"), "--config", str(file)])
    read = {line.split(":")[0] for line in run.stdout.splitlines() if "[drifted-fact]" in line}
    published = get_files(load_config(str(file))).documentation_pages()
    assert read == {str(folder / "docs" / each.src_uri) for each in published}
    assert run.exit_code == 1


def test_a_link_to_a_folder_above_ends(folder: Path) -> None:
    (folder / "docs" / "sub" / "loop").symlink_to("..")
    (folder / "docs" / "sub" / "there").symlink_to("../_under")
    (folder / "docs" / "_under" / "back").symlink_to("../sub")
    pages = DocsFolder(folder / "docs").pages()
    assert len(pages) < 100
    assert "sub/there/page.md" in pages
    assert not [page for page in pages if "loop" in page]
