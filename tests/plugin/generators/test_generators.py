"""MkDocs, ProperDocs and Zensical give the same slots and links, and tell of the same mistakes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, tostring

import pytest

from mkdocs_assessor.extension import AssessorExtension
from mkdocs_assessor.render.guide import Guide
from tests.support.plugin.html_pages import dangling_references, ids, read, repeated, text_of
from tests.support.sites import CONFIG, GENERATORS, RULES, SITE_URL, Built, Warned, build_with, write_site

_SLOT = "<!-- assessor/question rain -->"

# A page for each place in which Markdown lets an author put a slot or a link.
_PAGES = {
    "index.md": f"# Home\n\n## Weather\n\n{_SLOT}\n\n[the checklist](deep/leaf.md)\n",
    "deep/leaf.md": f"# Leaf\n\n<!-- assessor/checklist -->\n\n{_SLOT}\n\n<!-- assessor/question far -->\n",
    "static.md": "# Static\n\n<!-- assessor/rules -->\n\n<!-- assessor/facts -->\n\n<!-- assessor/cases -->\n\n"
    "<!-- assessor/diagram -->\n",
    "front.md": f"---\ntitle: In front\n---\n\n\n# Below\n\n{_SLOT}\n",
    "lists.md": f"# Lists\n\n- a\n\n    {_SLOT}\n\n- b [](fact:cycled)\n\n1. c\n\n    <!-- assessor/facts -->\n",
    "admonition.md": f"# Admonition\n\n!!! note\n\n    {_SLOT}\n\n    Up to [8 km, or 5 km](fact:cycled).\n",
    "tabs.md": f'# Tabs\n\n=== "One"\n\n    {_SLOT}\n\n=== "Two"\n\n    <!-- assessor/rules -->\n\n    [](fact:fare)\n',
    "html.md": f"# HTML\n\n<div markdown>\n\n{_SLOT}\n\n[](fact:cycled)\n\n</div>\n",
    "snippets.md": '# Snippets\n\n--8<-- "part.txt"\n',
    "fences.md": f"# Fences\n\n```html\n{_SLOT}\n```\n\n`{_SLOT}` and `[](fact:cycled)`\n\n    {_SLOT}\n",
    "links.md": "# Up to [](fact:cycled)\n\n## A year for [](fact:fare)\n\n| a |\n| - |\n| [](fact:cycled) |\n\n"
    "A note[^1], and [by reference: 5 km][way].\n\n[^1]: It costs [](fact:fare).\n\n[way]: fact:cycled\n",
}
_FILES = {
    **_PAGES,
    "part.txt": f"{_SLOT}\n\nOf a snippet: [](fact:fare).\n",
}
# How many of ours must stand on each page, so that equal pages are not equally empty.
_PARTS = {"index.md": 1, "deep/leaf.md": 3, "static.md": 4, "front.md": 1, "lists.md": 3, "admonition.md": 2}
_PARTS |= {"tabs.md": 3, "html.md": 2, "snippets.md": 2, "fences.md": 0, "links.md": 5}

# Neither ProperDocs nor Zensical brings MkDocs's own theme.
_CONFIG = CONFIG.replace("theme: mkdocs", "theme: {name: material, font: false}")


def _write(folder: Path, files: Mapping[str, str], setting: str = "") -> Path:
    return write_site(folder, {"mkdocs.yml": f"{_CONFIG}{setting}\n", **files})


def _config(directories: bool) -> str:
    """Snippets are looked for in the folder beside the project, where `build_with` runs."""
    snippets = "markdown_extensions: [pymdownx.snippets: {base_path: [site-source]}, "
    config = _CONFIG.replace("markdown_extensions: [", snippets)
    return f"{config}use_directory_urls: {str(directories).lower()}\n"


@pytest.fixture(scope="module", params=[True, False], ids=["directories", "files"])
def directories(request: pytest.FixtureRequest) -> bool:
    """Whether pages are published as folders."""
    return bool(request.param)


@pytest.fixture(scope="module")
def sites(directories: bool, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Built]:
    """The same site by each generator."""
    built = {}
    for generator in GENERATORS:
        folder = tmp_path_factory.mktemp(generator) / "site-source"
        write_site(folder, {**_FILES, "mkdocs.yml": _config(directories)})
        built[generator] = build_with(generator, folder, "--strict")
    return built


def _published(page: str, directories: bool) -> str:
    stem = page.removesuffix(".md")
    return f"{stem}/index.html" if directories and stem != "index" else f"{stem}.html"


def _article(html: str) -> Element:
    """The part of a page that came from Markdown: of the rest, each theme has its own."""
    found = re.search(r"<article[^>]*>.*</article>", html, re.DOTALL)
    assert found, html
    return read(found[0])


def _ours(root: Element) -> Iterator[Element]:
    """The slots and fact links of a page, in order."""
    yield from (each for each in root.iter() if {"assessor", "assessor-fact"} & set(each.get("class", "").split()))


def _canonical(part: Element, url: str) -> str:
    """Return a part as text, with whole URLs, and without what brings its assets."""
    for parent in list(part.iter()):
        for child in [each for each in parent if each.tag in ("script", "style", "link")]:
            parent.remove(child)
    for element in part.iter():
        # Zensical takes it out once its search has read it.
        element.attrib.pop("data-search-exclude", None)
        if "href" in element.attrib:
            element.set("href", urljoin(url, element.get("href")).replace("/index.html", "/"))
        element.text, element.tail = ((text or "").strip() for text in (element.text, element.tail))
    return tostring(part, encoding="unicode")


@pytest.mark.parametrize("generator", GENERATORS)
def test_builds_strictly_without_a_word_of_ours(generator: str, sites: Mapping[str, Built]) -> None:
    built = sites[generator]
    assert built.exit_code == 0, built.log
    assert "assessor" not in built.log


@pytest.mark.parametrize("page", _PAGES)
def test_slots_and_links_are_the_same(page: str, directories: bool, sites: Mapping[str, Built]) -> None:
    path = _published(page, directories)
    url = f"{SITE_URL}{path}"
    trees = {name: _article(built.page(path)) for name, built in sites.items()}
    parts = {name: [_canonical(part, url) for part in _ours(tree)] for name, tree in trees.items()}
    assert len(parts["mkdocs"]) == _PARTS[page]
    assert parts["properdocs"] == parts["mkdocs"]
    assert parts["zensical"] == parts["mkdocs"]
    for tree in trees.values():
        assert repeated(ids(tree)) == []
        assert dangling_references(tree) == []


def test_code_stays_code(directories: bool, sites: Mapping[str, Built]) -> None:
    for built in sites.values():
        page = _article(built.page(_published("fences.md", directories)))
        assert text_of(page).count(_SLOT) == 3
        assert "[](fact:cycled)" in text_of(page)


def test_headings_have_the_values(directories: bool, sites: Mapping[str, Built]) -> None:
    for built in sites.values():
        html = built.page(_published("links.md", directories))
        assert "Up to 5 km" in re.sub("<[^>]+>", "", html.partition("</title>")[0])
        page = _article(html)
        assert [text_of(heading).rstrip("¶") for heading in page.iter("h2")][:1] == ["A year for 1,200 EUR per year"]


def test_every_link_leads_somewhere(directories: bool, sites: Mapping[str, Built]) -> None:
    for name, built in sites.items():
        for page in _PAGES:
            path = _published(page, directories)
            for part in _ours(_article(built.page(path))):
                for link in part.iter("a"):
                    url = urljoin(SITE_URL + path, link.get("href", ""))
                    target = url.removeprefix(SITE_URL).partition("#")[0]
                    is_there = not url.startswith(SITE_URL) or (built.folder / target / "index.html").is_file()
                    assert is_there or (built.folder / target).is_file(), (name, page, url)


class TestMistakes:
    _PAGES: Mapping[str, str] = {
        "index.md": "# Home\n",
        "deep/wrong.md": "---\ntitle: Wrong\n---\n\n# Wrong\n\n<!-- assessor/rule -->\n\nIt is [9 km](fact:cycled).\n",
    }

    @pytest.mark.parametrize("generator", GENERATORS)
    def test_are_told_with_page_and_line(self, generator: str, tmp_path: Path) -> None:
        built = build_with(generator, _write(tmp_path / "a", self._PAGES))
        assert built.exit_code == 0, built.log
        assert built.warnings == [
            Warned("deep/wrong.md", 7, "unknown-slot", "there is no slot 'assessor/rule'. Did you mean 'rules'?"),
            Warned(
                "deep/wrong.md",
                9,
                "drifted-fact",
                "the text '9 km' says 9, but fact 'cycled' is '5 km'; write [](fact:cycled) to insert '5 km'",
            ),
        ]

    @pytest.mark.parametrize("generator", GENERATORS)
    def test_fail_a_strict_build(self, generator: str, tmp_path: Path) -> None:
        built = build_with(generator, _write(tmp_path / "a", self._PAGES, "strict: true"))
        assert built.exit_code == 1
        assert "deep/wrong.md:7:1: there is no slot 'assessor/rule'" in built.log

    @pytest.mark.parametrize("generator", GENERATORS)
    def test_about_a_missing_page(self, generator: str, tmp_path: Path) -> None:
        rules = RULES.replace("index.md#weather", "indx.md#weather")
        files = {"index.md": "# Home\n", "deep/page.md": f"{_SLOT}\n", "rules.py": rules}
        built = build_with(generator, _write(tmp_path / "a", files))
        (warned,) = built.warnings
        message = "question 'rain' is about 'indx.md#weather', but there is no page 'indx.md'. Did you mean 'index.md'?"
        line = rules[: rules.index("indx.md")].count("\n") + 1
        assert (Path(warned.path).name, warned.line, warned.code, warned.text) == (
            "rules.py",
            line,
            "unknown-page",
            message,
        )

    @pytest.mark.parametrize("generator", GENERATORS)
    def test_broken_rules_end_every_build(self, generator: str, tmp_path: Path) -> None:
        built = build_with(generator, _write(tmp_path / "a", {"index.md": "# Home\n", "rules.py": "x = (\n"}))
        assert built.exit_code == 1
        assert "rules.py:1: not valid Python: '(' was never closed" in built.log


class TestNothingWhereNothingIsUsed:
    @pytest.mark.parametrize("generator", GENERATORS)
    def test_pages_are_the_same_bytes(self, generator: str, tmp_path: Path) -> None:
        pages = {"index.md": "# Home\n\n<!-- a comment -->\n", "fences.md": _PAGES["fences.md"]}
        without = _CONFIG.replace("  - assessor:\n      rules: rules.py\n", "  []\n")
        with_ours = _CONFIG
        if generator == "zensical":
            with_ours = without.replace("[admonition", "[mkdocs_assessor: {rules: rules.py}, admonition")
        sites = []
        for name, config in (("with", with_ours), ("without", without)):
            folder = write_site(tmp_path / name, {**pages, "mkdocs.yml": config})
            command = [sys.executable, "-m", generator, "build"]
            environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
            subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, timeout=120)
            files = Built(0, "", folder / "site").files()
            sites.append({path: data for path, data in files.items() if not path.startswith("sitemap")})
        assert with_ours != without
        assert sites[0] == sites[1] != {}


class TestProperDocs:
    def test_needs_no_mkdocs(self, tmp_path: Path) -> None:
        """It stands in for every module of MkDocs that the plugin imports."""
        folder = _write(tmp_path / "a", {"index.md": f"# Home\n\n## Weather\n\n{_SLOT}\n"})
        (tmp_path / "mkdocs").mkdir()
        (tmp_path / "mkdocs" / "__init__.py").write_text("raise ImportError('there is no MkDocs')\n", "utf-8")
        paths = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
        built = build_with("properdocs", folder, "--strict", PYTHONPATH=paths)
        assert built.exit_code == 0, built.log
        assert "<assessor-question" in built.page()
        assert build_with("mkdocs", folder, PYTHONPATH=paths).exit_code == 1


class TestZensical:
    def test_a_changed_rule_set_is_rendered_where_it_is_watched(self, tmp_path: Path) -> None:
        folder = _write(tmp_path / "a", {"index.md": f"# Home\n\n{_SLOT}\n"}, "watch: [rules.py]")
        assert "Wet clothes spoil a day." in build_with("zensical", folder).page()
        rules = folder / "rules.py"
        rules.write_text(RULES.replace("Wet clothes spoil", "Dry clothes make"), "utf-8")
        # It sees whole seconds.
        later = rules.stat().st_mtime + 2
        os.utime(rules, (later, later))
        command = [sys.executable, "-m", "zensical", "build", "-f", "zensical.yml"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
        assert "Dry clothes make a day." in Built(0, "", folder / "site").page()

    def test_a_rule_set_is_loaded_again_when_a_module_of_it_has_changed(self, tmp_path: Path) -> None:
        rules = RULES.replace("import *", "import *\nfrom words import WORDING").replace('"Cycle"', "WORDING")
        write_site(tmp_path, {"rules/commute.py": rules, "rules/words.py": 'WORDING = "Cycle"\n'})

        def load() -> Guide:
            extension = AssessorExtension(rules=str(tmp_path / "rules" / "commute.py"))
            (guide,) = extension.load_guides()
            return guide

        first = load()
        assert load() is first
        (tmp_path / "rules" / "words.py").write_text('WORDING = "Walk a bit"\n', "utf-8")
        assert load().ruleset.outcomes[0].title == "Walk a bit"

    def test_a_mistake_on_many_pages_is_reported_once(self, tmp_path: Path) -> None:
        """One in a snippet or in a template's name, as MkDocs does; one on the page itself each time."""
        wrong = "[9 km](fact:cycled)"
        pages = {f"{name}.md": f'# {name}\n\n--8<-- "part.txt"\n\n{wrong}\n' for name in ("index", "a", "b")}
        files = {**pages, "part.txt": f"It is {wrong} long.\n", "overrides/cheklist.html.jinja": ""}
        config = _config(directories=True).replace("name: material", "custom_dir: overrides")
        log = build_with("zensical", write_site(tmp_path / "site-source", {**files, "mkdocs.yml": config})).log
        assert log.count("part.txt:1:7: the text '9 km' says 9") == 1, log
        assert log.count(".md:5:1: the text '9 km' says 9") == 3, log
        assert log.count("[unknown-template]") == 1, log

    def test_pages_share_their_answers(self, tmp_path: Path) -> None:
        """The script cannot know where the site is by its own address, since it has none."""
        built = build_with("zensical", _write(tmp_path / "a", _PAGES | {"part.txt": ""}))
        for page, root in (("index.html", "./"), ("deep/leaf/index.html", "../../")):
            (script,) = (each for part in _ours(_article(built.page(page))) for each in part.iter("script"))
            assert script.get("data-site") == root


class TestOneConfigurationForAll:
    """The plugin for MkDocs and ProperDocs, and the extension, which Zensical reads, in one `mkdocs.yml`."""

    _PAGE = f"# Home\n\n## Weather\n\n<!-- assessor/checklist -->\n\n{_SLOT}\n"
    _BOTH = _CONFIG.replace("[admonition", "[mkdocs_assessor: {rules: rules.py, strict: true}, admonition")

    @pytest.mark.parametrize("generator", GENERATORS)
    def test_is_rendered_once(self, generator: str, tmp_path: Path) -> None:
        folder = write_site(tmp_path / "a", {"index.md": self._PAGE, "mkdocs.yml": self._BOTH})
        if generator == "zensical":
            (folder / "mkdocs.yml").rename(folder / "zensical.yml")
            command = [sys.executable, "-m", "zensical", "build", "-f", "zensical.yml"]
            subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
            built = Built(0, "", folder / "site")
        else:
            built = build_with(generator, folder, "--strict")
            assert built.exit_code == 0, built.log
        page = _article(built.page())
        assert len([each for each in page.iter("script") if "src" in each.attrib]) == (generator != "zensical")
        assert len(list(page.iter("assessor-checklist"))) == len(list(page.iter("assessor-question"))) == 1

    @pytest.mark.parametrize("generator", ["mkdocs", "properdocs"])
    def test_other_rules_are_told_of(self, generator: str, tmp_path: Path) -> None:
        both = self._BOTH.replace("rules.py, strict", "other.py, strict")
        folder = write_site(tmp_path / "a", {"index.md": self._PAGE, "mkdocs.yml": both, "other.py": RULES})
        built = build_with(generator, folder, "--strict")
        assert built.exit_code == 1
        assert "the plugin has 'rules: rules.py', and mkdocs_assessor under markdown_extensions 'rules: other.py'" in (
            built.log
        )


_NESTED = """\
from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

class Nested(Preprocessor):
    def run(self, lines):
        inner = Markdown(extensions=["mkdocs_assessor"], extension_configs={"mkdocs_assessor": {"rules": "rules.py"}})
        return [inner.convert("A line.\\n\\n[](fact:fair)") if line == "NESTED" else line for line in lines]

class NestedExtension(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Nested(md), "nested", 1)

def makeExtension(**options):
    return NestedExtension(**options)
"""


def test_zensical_tells_mistakes_in_markdown_within_markdown_with_the_file(tmp_path: Path) -> None:
    page = "# Home\n\nOne.\n\nTwo.\n\nNESTED\n"
    config = "site_name: Site\nmarkdown_extensions:\n  - mkdocs_assessor: {rules: rules.py}\n  - nested\n"
    folder = write_site(tmp_path, {"index.md": page, "nested.py": _NESTED, "mkdocs.yml": config})
    command = [sys.executable, "-m", "zensical", "build", "--clean"]
    environment = os.environ | {"PYTHONPATH": str(folder)}
    ran = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    (said,) = [line for line in (ran.stdout + ran.stderr).splitlines() if "[unknown-fact]" in line]
    assert "index.md: " in said
    assert ":3:" not in said
