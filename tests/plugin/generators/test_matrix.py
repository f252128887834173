"""Each feature in each generator, with the themes that its users have: the same pages, the same words of mistakes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.commands import run_command
from tests.support.plugin.html_pages import broken_urls, by_class, read, text_of
from tests.support.sites import GENERATORS, RULES, SITE_URL, Built, build_with, write_site

_PAGES = {
    "index.md": "# Home\n\n## Weather\n\n<!-- assessor/checklist -->\n\n[the title: Cycle](outcome:cycle)\n",
    "deep/two.md": "# Second\n\n<!-- assessor/two/checklist -->\n\n[5 miles](fact:two/cycled) and [](fact:cycled)\n",
    "two/index.md": "# By folder\n\n<!-- assessor/question rain -->\n",
    "front.md": "---\nassessor: two\n---\n# By front matter\n\n<!-- assessor/question rain -->\n",
    "german.md": "---\nlanguage: de\n---\n# Deutsch\n\n<!-- assessor/question far -->\n\n"
    "[](fact:fare), [1.200 EUR](fact:fare)\n",
    "wrong.md": '---\ntitle: Wrong\n---\n# Wrong\n\n--8<-- "part.txt"\n\nMost people cycle 5 km. See [](fact:law).\n',
    "part.txt": "It is\n[9 km](fact:cycled) long.\n",
    "mapped.md": "---\nassessor: three\n---\n# Wrong choice\n",
    "other.py": RULES.replace('"commute"', '"second"').replace("Somebody else drives.", "Second to none."),
}
_THEMES = {
    "mkdocs": ["material", "mkdocs", "readthedocs"],
    "properdocs": ["material", "mkdocs"],
    "zensical": ["modern", "classic"],
}
_OURS = "{rules: {one: rules.py, two: other.py}}"


def _config(generator: str, ours: str, theme: str) -> str:
    """A configuration in the style of each, as the docs say it."""
    named = f"{{variant: {theme}, font: false}}" if generator == "zensical" else f"{{name: {theme}, font: false}}"
    if theme in ("mkdocs", "readthedocs"):
        named = theme
    extension = f"  - mkdocs_assessor: {ours}\n" if generator == "zensical" else ""
    plugin = "" if generator == "zensical" else f"  - assessor: {ours}\n"
    return (
        f"site_name: A test\nsite_url: {SITE_URL}\ntheme: {named}\nplugins:\n  - search\n{plugin}"
        f"markdown_extensions:\n{extension}  - tables\n  - pymdownx.snippets: {{base_path: [site-source]}}\n"
    )


def _build(folder: Path, generator: str, files: Mapping[str, str], ours: str = _OURS, theme: str = "") -> Built:
    config = _config(generator, ours, theme or _THEMES[generator][0])
    return build_with(generator, write_site(folder / "site-source", {**files, "mkdocs.yml": config}))


@pytest.fixture(scope="module", params=[(each, theme) for each in GENERATORS for theme in _THEMES[each]], ids="-".join)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Built]:
    """A site with every feature, by a generator in a theme."""
    generator, theme = request.param
    built = _build(tmp_path_factory.mktemp("matrix"), generator, _PAGES, theme=theme)
    assert built.exit_code == 0, built.log
    return generator, built


def test_mistakes_are_told_alike(site: tuple[str, Built]) -> None:
    """With the file and the line of a snippet, below front matter, and of a choice in it."""
    said = {(Path(each.path).name, each.line, each.column, each.code) for each in site[1].warnings}
    assert said == {
        ("two.md", 5, 1, "drifted-fact"),
        ("part.txt", 2, 1, "drifted-fact"),
        ("wrong.md", 8, 19, "unlinked-fact"),
        ("mapped.md", 2, 11, "unknown-ruleset"),
    }


@pytest.mark.parametrize(
    ("page", "ruleset"),
    [("index", "commute"), ("deep/two/index", "second"), ("two/index", "second"), ("front/index", "second")],
)
def test_each_page_has_its_rule_set(site: tuple[str, Built], page: str, ruleset: str) -> None:
    root = read(site[1].page(f"{page}.html"))
    elements = [each for each in root.iter() if each.tag in ("assessor-checklist", "assessor-question")]
    assert [each.get("data-ruleset") for each in elements] == [ruleset]


def test_a_page_speaks_its_language(site: tuple[str, Built]) -> None:
    page = read(site[1].page("german/index.html"))
    assert [each.get("lang") for each in by_class(page, "assessor")] == ["de"]
    assert "1.200 EUR pro Jahr" in text_of(page).replace("\xa0", " ")


def test_every_link_leads_somewhere(site: tuple[str, Built]) -> None:
    assert broken_urls(site[1]) == []


class TestSearch:
    _CONTROLS = ("I don’t know yet", "Not answered", "Start again", "Why we ask", "Settled", "Done: count")

    @pytest.mark.parametrize("generator", GENERATORS)
    def test_finds_questions_and_no_controls(self, generator: str, tmp_path: Path) -> None:
        built = _build(tmp_path, generator, {"index.md": _PAGES["index.md"]}, "{rules: rules.py}")
        path = "search.json" if generator == "zensical" else "search/search_index.json"
        said = json.dumps(json.loads(built.page(path)), ensure_ascii=False)
        assert "How often does it rain?" in said
        assert [each for each in self._CONTROLS if each in said] == []


class TestAnchors:
    @pytest.mark.parametrize("generator", GENERATORS)
    def test_of_the_page_itself(self, generator: str, tmp_path: Path) -> None:
        page = "# Home\n\n## Weather\n\n## Wind {: #storm }\n\n<!-- assessor/checklist -->\n"
        rules = RULES.replace("index.md#weather", "index.md#wether")
        built = _build(tmp_path, generator, {"index.md": page, "rules.py": rules}, "{rules: rules.py}")
        message = "question 'rain' is about 'index.md#wether', but 'index.md' has no section 'wether'. "
        assert [(each.code, each.text) for each in built.warnings] == [
            ("unknown-anchor", f"{message}Did you mean 'weather'?")
        ]

    @pytest.mark.parametrize("anchor", ["weather", "storm", "raw", "assessor-result", "fn:1"])
    @pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
    def test_of_every_kind_are_seen(self, generator: str, anchor: str, tmp_path: Path) -> None:
        page = '# Home\n\n## Weather\n\n## Wind {: #storm }\n\n<p id="raw">x</p>\n\nA[^1].\n\n[^1]: Note.\n\n'
        rules = RULES.replace("index.md#weather", f"index.md#{anchor}")
        config = _config(generator, "{rules: rules.py}", _THEMES[generator][0])
        config = config.replace("  - tables\n", "  - attr_list\n  - footnotes\n")
        files = {"index.md": f"{page}<!-- assessor/checklist -->\n", "rules.py": rules, "mkdocs.yml": config}
        built = build_with(generator, write_site(tmp_path / "site-source", files))
        assert (built.exit_code, built.warnings) == (0, []), built.log


class TestPublished:
    def _publish(self, *arguments: str) -> tuple[int, str, str]:
        run = run_command("publish", *arguments)
        return run.exit_code, run.stdout, run.stderr

    @pytest.mark.parametrize("generator", GENERATORS)
    def test_is_the_same_for_all(self, generator: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The plugin writes it; for Zensical, the command does, in the same language and with the same bytes."""
        ours = "{rules: {one: rules.py, two: other.py}, language: de}"
        pages = {name: _PAGES[name] for name in ("index.md", "front.md", "other.py")}
        built = _build(tmp_path, generator, pages, ours)
        names = {"assessor/commute.json", "assessor/second.json"}
        folder = tmp_path / "site-source"
        monkeypatch.chdir(folder)
        before = built.files()
        assert names.isdisjoint(before) == (generator == "zensical")
        code, said, _ = self._publish()
        assert (code, said.split()) == (0, [str(Path("site", name)) for name in sorted(names)])
        after = built.files()
        assert {name: after[name] for name in names} == {name: (before | after)[name] for name in names}
        assert json.loads(after["assessor/second.json"])["language"] == "de"

    def test_needs_a_site(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(write_site(tmp_path, {"index.md": "# Home\n"}))
        assert self._publish() == (2, "", "error: there is no built site 'site': build it before\n")
        assert "cannot read the file" in self._publish("mkdosc.yml")[2]


class TestZensicalNeighbours:
    """What Zensical has built in for the plugins of MkDocs that its users come with."""

    def test_all_at_once(self, tmp_path: Path) -> None:
        config = _config("zensical", "{rules: rules.py, strict: true}", "modern")
        plugins = "  - macros\n  - redirects: {redirect_maps: {old.md: index.md}}\n  - minify: {minify_html: true}\n"
        config = config.replace("  - search\n", f"  - search\n{plugins}").replace("  - tables\n", "  - md_in_html\n")
        pages = {
            "index.md": "# Home\n\n## Weather\n\n<!-- assessor/question rain -->\n",
            "macro.md": "# Macro\n\n<!-- assessor/{{ slot }} -->\n\n## Up to [](fact:{{ 'cycled' }})\n",
        }
        files = {**pages, "mkdocs.yml": f"{config}extra: {{slot: checklist}}\n"}
        built = build_with("zensical", write_site(tmp_path / "site-source", files), "--strict")
        assert built.exit_code == 0, built.log
        assert broken_urls(built) == []
        page = read(built.page("macro/index.html"))
        assert len(list(page.iter("assessor-checklist"))) == 1
        assert "Up to 5 km" in text_of(page)
        assert "url=.." in built.page("old/index.html")
