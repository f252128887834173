"""Whole sites: themes, assets, URLs, options, and the published guide itself."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config

import mkdocs_assessor
from assessor import load_ruleset
from mkdocs_assessor.extension import AssessorExtension
from tests.support.plugin.html_pages import broken_urls, by_class, by_id, ids, read, text_of
from tests.support.sites import CONFIG, RULES, Built, Warned, build, build_apart, build_with, write_site

THEMES = ("mkdocs", "material")

_PAGES = {
    "index.md": "# Home\n\n## Weather\n\n<!-- assessor/question rain -->\n\nUp to [](fact:cycled).\n",
    "plain.md": "---\ntitle: Plain\n---\n# Plain\n\n```\n<!-- assessor/rules -->\n```\n\n[home](index.md#weather)\n",
    "deep/down/index.md": "# Deep\n\n<!-- assessor/checklist -->\n",
    "deep/down/leaf.md": "# Leaf\n\n<!-- assessor/checklist -->\n\n<!-- assessor/question rain -->\n",
}
# Whatever could be taken for something of ours, on a site that means nothing by it.
_RICH = """\
---
title: Rich
tags: [assessor]
---
# It takes 5 km, 1,200 EUR a year, or three people

The law says that no helmet is required.[^1] Most people cycle 5 km; see [a rule](#rule) and <https://example.org>.

<div class="x"><!-- more --><a href="https://example.org/fact:cycled">5 km</a></div>

| How often does it rain? | Every day |
|---|---|
| ~~5 km~~ | `[](fact:cycled)` |

??? note "assessor/checklist"
    [reference][fact] with {{ braces }}

    ```html
    <a href="question:rain"><!-- assessor/question rain --></a>
    ```

[^1]: A note, <b>bold</b> &amp; <!-- hidden -->

[fact]: https://example.org/fact

## Rule
"""
# What MkDocs writes with the time of the build, or with what is on every page.
_VARIES = {"sitemap.xml", "sitemap.xml.gz"}


def _config(theme: str = "mkdocs", *more: str, plugin: bool = True) -> str:
    config = CONFIG.replace("theme: mkdocs", f"theme: {{name: {theme}, font: false}}")
    if not plugin:
        config = config.replace("plugins:\n  - assessor:\n      rules: rules.py", "plugins: []")
    return config + "".join(f"{line}\n" for line in more)


def _write(folder: Path, *more: str, theme: str = "mkdocs", plugin: bool = True) -> Path:
    return write_site(folder, {**_PAGES, "mkdocs.yml": _config(theme, *more, plugin=plugin)})


class TestThemes:
    @pytest.mark.parametrize("theme", THEMES)
    def test_strict(self, tmp_path: Path, theme: str) -> None:
        built = build(_write(tmp_path, theme=theme), "--strict")
        assert built.exit_code == 0, built.log
        assert "WARNING" not in built.log.replace("WARNING -  MkDocs 2", "")
        assert len(list(read(built.page("deep/down/index.html")).iter("assessor-checklist"))) == 1


class TestNothingWhereNothingIsUsed:
    @pytest.mark.parametrize("theme", THEMES)
    def test_page_without_a_slot_is_the_same_bytes(
        self, tmp_path: Path, theme: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        with_plugin = build(_write(tmp_path / "with", theme=theme))
        without = build(_write(tmp_path / "without", theme=theme, plugin=False))
        assert "assessor.plugin" not in without.log
        assert with_plugin.page("plain/index.html") == without.page("plain/index.html")
        assert with_plugin.page("404.html") == without.page("404.html")
        assert with_plugin.page() != without.page()
        added = set(with_plugin.files()) - set(without.files())
        assert len(added) == 3
        assert all(name.startswith("assets/assessor.") for name in added - {"assessor/commute.json"})

    @pytest.mark.parametrize("theme", THEMES)
    def test_site_without_a_slot_is_the_same_bytes(
        self, tmp_path: Path, theme: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        pages = {
            "index.md": "# Home\n\n<!-- a comment -->\n",
            "plain.md": _PAGES["plain.md"].replace("#weather", ""),
            "rich.md": _RICH,
        }
        built = [
            build(write_site(tmp_path / str(plugin), {**pages, "mkdocs.yml": _config(theme, plugin=plugin)}))
            for plugin in (True, False)
        ]
        assert built[0].files() == built[1].files()
        said = [[line for line in each.log.splitlines() if "INFO" not in line] for each in built]
        assert said[0] == said[1]
        assert "assessor" not in built[0].log.replace(str(tmp_path), "")


class TestAssets:
    @pytest.mark.parametrize("theme", THEMES)
    def test_names_carry_the_hash_of_the_content(self, tmp_path: Path, theme: str) -> None:
        built = build(_write(tmp_path, theme=theme))
        files = {name: data for name, data in built.files().items() if "assessor." in name}
        assert sorted(name.rpartition(".")[2] for name in files) == ["css", "js"]
        for name, content in files.items():
            assert name.split(".")[1] == hashlib.sha256(content).hexdigest()[:12]

    def test_kept_when_the_author_has_an_assets_folder(self, tmp_path: Path) -> None:
        built = build(
            write_site(tmp_path, {**_PAGES, "docs/assets/note.txt": "x", "mkdocs.yml": _config()}), "--strict"
        )
        assert sum(name.startswith("assets/") for name in built.files()) == 3


class TestUrls:
    @pytest.mark.parametrize("theme", THEMES)
    @pytest.mark.parametrize("directories", ["true", "false"])
    def test_every_url_leads_somewhere(self, tmp_path: Path, theme: str, directories: str) -> None:
        built = build(_write(tmp_path, f"use_directory_urls: {directories}", theme=theme), "--strict")
        assert built.exit_code == 0, built.log
        assert broken_urls(built) == []
        leaf = read(built.page("deep/down/leaf/index.html" if directories == "true" else "deep/down/leaf.html"))
        up = "../../.." if directories == "true" else "../.."
        (script,) = (script for part in by_class(leaf, "assessor") for script in part.iter("script"))
        assert script.get("src", "").startswith(f"{up}/assets/assessor.")
        about = [link.get("href") for part in by_class(leaf, "assessor-why") for link in part.iter("a")]
        assert about == [f"{up}/{'' if directories == 'true' else 'index.html'}#weather"] * 2

    def test_about_a_missing_page(self, tmp_path: Path) -> None:
        rules = RULES.replace("index.md#weather", "indx.md#weather")
        folder = write_site(tmp_path, {"index.md": "# Home\n\n<!-- assessor/question rain -->\n", "rules.py": rules})
        built = build(folder)
        message = "question 'rain' is about 'indx.md#weather', but there is no page 'indx.md'. Did you mean 'index.md'?"
        line = rules[: rules.index("indx.md")].count("\n") + 1
        assert built.exit_code == 0
        assert built.warnings == [Warned(str(folder / "rules.py"), line, "unknown-page", message)]
        assert build(folder, "--strict").exit_code == 1

    @pytest.mark.parametrize("directories", ["true", "false"])
    def test_sources_within_the_docs(self, tmp_path: Path, directories: str) -> None:
        """The table of facts and the figures that estimates assume link to a page as the page's text does."""
        rules = RULES.replace("https://example.org/cycled", "own.md#ways")
        slots = "# Home\n\n<!-- assessor/checklist -->\n\n<!-- assessor/facts -->\n\n## Weather\n"
        files = {"deep/down.md": slots, "own.md": "# Our estimates\n\n## Ways\n", "index.md": "# Home\n\n## Weather\n"}
        config = f"{CONFIG}use_directory_urls: {directories}\n"
        built = build(write_site(tmp_path / "right", {**files, "rules.py": rules, "mkdocs.yml": config}), "--strict")
        assert built.exit_code == 0, built.log
        assert broken_urls(built) == []
        page = built.page("deep/down/index.html" if directories == "true" else "deep/down.html")
        target = "../../own/#ways" if directories == "true" else "../own.html#ways"
        assert page.count(f'href="{target}"') == 2
        assert 'href="own.md' not in page
        wrong = build(write_site(tmp_path / "wrong", {**files, "rules.py": rules.replace("#ways", "#wys")}))
        (warned,) = wrong.warnings
        assert warned.code == "unknown-anchor"
        expected = "fact 'cycled' has the source 'own.md#wys', but 'own.md' has no section 'wys'. Did you mean 'ways'?"
        assert warned.text == expected

    @pytest.mark.parametrize("url", ["https://example.org/weather#rain", "mailto:rain@example.org"])
    def test_about_another_site(self, tmp_path: Path, url: str) -> None:
        rules = RULES.replace("index.md#weather", url)
        files = {"index.md": "# Home\n\n<!-- assessor/question rain -->\n", "rules.py": rules}
        built = build(write_site(tmp_path, files), "--strict")
        assert built.exit_code == 0, built.log
        (why,) = by_class(read(built.page()), "assessor-why")
        assert [link.get("href") for link in why.iter("a")] == [url]


class TestSameBytes:
    @pytest.mark.parametrize("theme", THEMES)
    def test_two_builds(self, tmp_path: Path, theme: str) -> None:
        """In processes of their own, that agree on nothing but the date: sets must not decide any order."""
        folder = _write(tmp_path, theme=theme)
        first, second = (
            build_apart(folder, "--strict", into=f"site-{seed}", PYTHONHASHSEED=seed, SOURCE_DATE_EPOCH="1700000000")
            for seed in ("1", "2")
        )
        assert first.exit_code == second.exit_code == 0, first.log
        assert first.files() == second.files()

    def test_without_a_fixed_date(self, tmp_path: Path) -> None:
        """Only what MkDocs stamps with the time differs: the sitemap, and a comment on the home page."""
        folder = _write(tmp_path)
        first, second = build(folder, into="site-1").files(), build(folder, into="site-2").files()
        assert first.keys() == second.keys()
        differing = {name for name in first if first[name] != second[name]}
        assert differing <= {"index.html", *_VARIES}
        assert _without_date(first["index.html"]) == _without_date(second["index.html"])
        assert gzip.decompress(first["sitemap.xml.gz"]) == first["sitemap.xml"]


def _without_date(page: bytes) -> list[bytes]:
    return [line for line in page.splitlines() if not line.startswith(b"Build Date UTC")]


class TestOptions:
    def test_build_with_one_config_twice(self, tmp_path: Path) -> None:
        """As the i18n plugin does, once a language."""
        config = load_config(str(_write(tmp_path) / "mkdocs.yml"), site_dir=str(tmp_path / "site"))
        built = Built(0, "", tmp_path / "site")
        pages = []
        for _ in range(2):
            build_site(config)
            extensions: list[Any] = list(config.markdown_extensions)
            assert sum(isinstance(each, AssessorExtension) for each in extensions) == 1
            pages.append(built.page("deep/down/leaf/index.html"))
        assert pages[0] == pages[1]
        assert len(config.watch) == len(set(config.watch))

    @pytest.mark.parametrize(
        "reference", ["rules.py", "rules.py:ruleset", "./rules.py", "sub/other.py", "sub/other.py:two"]
    )
    def test_rules_beside_the_config(self, tmp_path: Path, reference: str, monkeypatch: pytest.MonkeyPatch) -> None:
        folder = tmp_path / "site here"
        files = {
            **_PAGES,
            "mkdocs.yml": CONFIG.replace("rules: rules.py", f"rules: {reference}"),
            "sub/other.py": f"{RULES}\ntwo = ruleset\n",
        }
        write_site(folder, files)
        monkeypatch.chdir(tmp_path)
        built = build(folder, "--strict")
        assert built.exit_code == 0, built.log
        assert "How often does it rain?" in built.page()

    @pytest.mark.parametrize("reference", ["assessor.rulesets.self_hosting", "assessor.rulesets.self_hosting:ruleset"])
    def test_rules_of_a_package(self, tmp_path: Path, reference: str) -> None:
        config = CONFIG.replace("rules: rules.py", f"rules: {reference}")
        built = build(write_site(tmp_path, {"index.md": "# Home\n\n<!-- assessor/facts -->\n", "mkdocs.yml": config}))
        assert built.exit_code == 0, built.log
        assert "assessor-fact-base-fte" in ids(read(built.page()))

    def test_bundled_rules_by_default(self, tmp_path: Path) -> None:
        config = CONFIG.replace("  - assessor:\n      rules: rules.py", "  - assessor")
        built = build(write_site(tmp_path, {"index.md": "# Home\n\n<!-- assessor/facts -->\n", "mkdocs.yml": config}))
        assert "assessor-fact-base-fte" in ids(read(built.page()))

    def test_unknown_option(self, tmp_path: Path) -> None:
        config = CONFIG.replace("rules: rules.py", "rule: rules.py")
        built = build(write_site(tmp_path, {"index.md": "# Home\n", "mkdocs.yml": config}), "--strict")
        assert built.exit_code == 1
        assert "rule" in built.log

    def test_watched(self, tmp_path: Path) -> None:
        config_text = CONFIG.replace("rules.py", "sub/other.py")
        folder = write_site(tmp_path, {**_PAGES, "sub/other.py": RULES, "mkdocs.yml": config_text})
        config = load_config(str(folder / "mkdocs.yml"))
        watched = [Path(each) for each in config.plugins.on_config(config).watch]
        assert folder / "sub" in watched
        package = Path(mkdocs_assessor.__file__).parent
        for ours in ("templates", "assets"):
            assert (package / ours).is_dir()
            assert any((package / ours).is_relative_to(each) for each in watched)

    def test_a_table_of_another_folder_is_watched(self, tmp_path: Path) -> None:
        files = {**_PAGES, "rules.py": _OF_A_TABLE, "data/plans.csv": "rule,lift,outcome,because\nall,-,go,So it is.\n"}
        folder = write_site(tmp_path, files)
        config = load_config(str(folder / "mkdocs.yml"))
        watched = [Path(each) for each in config.plugins.on_config(config).watch]
        assert folder / "data" / "plans.csv" in watched

    def test_rules_beside_the_config_do_not_watch_the_project(self, tmp_path: Path) -> None:
        """Whatever a build writes there, a cache say, would start the next build, and so on."""
        folder = write_site(tmp_path, {**_PAGES, "helper.py": "", ".cache/data.txt": ""})
        config = load_config(str(folder / "mkdocs.yml"))
        watched = [Path(each) for each in config.plugins.on_config(config).watch]
        assert {folder / "rules.py", folder / "helper.py"} <= set(watched)
        assert [each for each in watched if (folder / ".cache").is_relative_to(each)] == []


_OF_A_TABLE = """\
from assessor import *
lift = YesNo("lift", "Do you need a lift?")
plans = table("data/plans.csv", questions=[lift], outcomes=[Outcome("go", "Go")])
ruleset = RuleSet("lifts", title="Lifts", sections=plans.sections, rules=plans.rules)
"""
_BROKEN = {
    "a rule set error": (
        'Outcome("a", "A")\nOutcome("B b", "B")\n',
        "rules.py:3: 'B b' cannot be the id of",
    ),
    "a syntax error": ("x = (\n", "rules.py:2: not valid Python: '(' was never closed"),
    "an exception": ("def go():\n    return 1 / 0\ngo()\n", "rules.py:3: ZeroDivisionError: division by zero"),
    "a missing import": (
        "import no_such_module\n",
        "rules.py:2: No module named 'no_such_module'",
    ),
    "no rule set": ("x = 1\n", "rules.py: there is no rule set here"),
    "an exit": ("raise SystemExit(0)\n", "rules.py:2: SystemExit: 0"),
}


class TestBrokenRules:
    @pytest.mark.parametrize(("code", "message"), _BROKEN.values(), ids=_BROKEN)
    def test_one_clear_message(self, tmp_path: Path, code: str, message: str) -> None:
        folder = write_site(tmp_path, {"index.md": "# Home\n", "rules.py": f"from assessor import *\n{code}"})
        built = build(folder)
        assert built.exit_code == 1
        (said,) = (line for line in built.log.splitlines() if line.startswith("ERROR"))
        assert message in said
        assert "Traceback" not in built.log

    @pytest.mark.parametrize(
        ("reference", "message"),
        [
            ("ruls.py", "Did you mean 'rules.py'?"),
            ("rules.py:rulset", "there is no rule set named 'rulset' here. Did you mean 'ruleset'?"),
            ("no.such.module", "there is no module 'no.such.module'"),
            ("docs", "there is no module 'docs', and no file 'docs.py'; write a file as its path"),
        ],
    )
    def test_wrong_reference(self, tmp_path: Path, reference: str, message: str) -> None:
        config = CONFIG.replace("rules: rules.py", f"rules: {reference}")
        built = build(write_site(tmp_path, {"index.md": "# Home\n", "mkdocs.yml": config}))
        assert built.exit_code == 1
        assert message in built.log
        assert "Traceback" not in built.log

    def test_in_a_process_of_its_own(self, tmp_path: Path) -> None:
        rules = RULES.replace('"rain", "How', '"Rain!", "How')
        built = build_apart(write_site(tmp_path, {"index.md": "# Home\n", "rules.py": rules}))
        assert built.exit_code == 1
        line = rules[: rules.index("rain = Choice(")].count("\n") + 1
        assert f"rules.py:{line}: 'Rain!' cannot be the id of a question" in built.log
        assert "Traceback" not in built.log


class TestTheGuide:
    """The published site, as `mkdocs.yml` says."""

    def test_builds_without_a_warning(self, guide: Built) -> None:
        assert guide.exit_code == 0, guide.log
        assert "WARNING" not in guide.log

    def test_every_url_leads_somewhere(self, guide: Built) -> None:
        assert broken_urls(guide) == []

    def test_every_question_leads_to_where_the_guide_discusses_it(self, guide: Built) -> None:
        ruleset = load_ruleset("assessor.rulesets.self_hosting")
        for question in ruleset.questions:
            path, _, anchor = question.about.partition("#")
            assert anchor, f"{question.id} is about no section"
            section = by_id(read(guide.page(path.replace(".md", ".html"))), anchor)
            assert section.tag in ("h1", "h2", "h3", "h4")

    def test_no_page_promises_what_it_lacks(self, guide: Built) -> None:
        for name in guide.files():
            if name.endswith(".html"):
                page = read(guide.page(name))
                assert by_class(page, "assessor-mistake") == [], name
                assert "<!-- assessor/" not in guide.page(name), name
                assert text_of(page), name


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_the_words_of_the_rules_link_to_pages(tmp_path: Path, generator: str) -> None:
    rules = RULES.replace("Think of the *winter*.", "Think of the [winter](deep/down/index.md#deep).")
    config = CONFIG.replace("theme: mkdocs", "theme: {name: material, font: false}")
    built = build_with(generator, write_site(tmp_path, {**_PAGES, "rules.py": rules, "mkdocs.yml": config}), "--strict")
    assert built.exit_code == 0, built.log
    links = {
        page: [link.get("href") for link in read(built.page(page)).iter("a") if link.text == "winter"]
        for page in ("index.html", "deep/down/index.html", "deep/down/leaf/index.html")
    }
    assert links == {
        "index.html": ["deep/down/#deep"],
        "deep/down/index.html": ["#deep"],
        "deep/down/leaf/index.html": ["../#deep", "../#deep"],
    }
