"""The language of a site, and the words and templates that an author puts in the place of ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown import Markdown
from markupsafe import escape

import mkdocs_assessor
from assessor.language.words import english, languages, load_words, placeholders
from mkdocs_assessor.diagnostics import OptionError
from mkdocs_assessor.extension import makeExtension
from mkdocs_assessor.render.overrides import TemplateError, template_names
from tests.support.plugin.html_pages import by_class, by_id, read, text_of
from tests.support.sites import CONFIG, Built, build, write_site

_CUSTOM = "{name: mkdocs, custom_dir: overrides}"
_SLOTS = ("checklist", "rules", "outcomes", "facts", "cases", "diagram", "plan")
_PAGE = "# Home\n\n## Weather\n\n" + "\n\n".join(f"<!-- assessor/{slot} -->" for slot in _SLOTS)
_PASSAGE = "# Chains\n\n<!-- assessor/when cycle -->\nOil the chain.\n<!-- assessor/end -->\n"


def _build(folder: Path, theme: str = "mkdocs", options: str = "", **files: str) -> Built:
    """Build a site with a theme, options of the plugin, and files below `overrides/`."""
    config = CONFIG.replace("theme: mkdocs", f"theme: {theme}").replace(
        "      rules: rules.py", f"      rules: rules.py\n{options}"
    )
    (folder / "overrides").mkdir()
    written = {f"overrides/{path}": text for path, text in files.items()}
    pages = {"index.md": _PAGE, "chains.md": _PASSAGE}
    return build(write_site(folder, {**pages, "mkdocs.yml": config, **written}), "--strict")


def _texts(built: Built, page: str = "index.html") -> str:
    return " ".join(text_of(part) for part in by_class(read(built.page(page)), "assessor"))


class TestLanguage:
    @pytest.mark.parametrize(
        ("theme", "options", "language"),
        [
            ("mkdocs", "", "en"),
            ("{name: mkdocs, locale: fr}", "", "fr"),
            ("{name: material, font: false, language: de}", "", "de"),
            ("{name: material, font: false, language: de}", "      language: es", "es"),
            ("{name: material, font: false, language: pt-BR}", "", "en"),
            ("mkdocs", "      language: ja-JP", "ja"),
        ],
    )
    def test_is_the_theme_s_unless_it_is_chosen(self, tmp_path: Path, theme: str, options: str, language: str) -> None:
        built = _build(tmp_path, theme, options)
        assert built.exit_code == 0, built.log
        words = load_words(language)
        parts = by_class(read(built.page()), "assessor")
        assert len(parts) == len(_SLOTS)
        assert {part.get("lang") for part in parts} == {language}
        said = _texts(built)
        for key in ("result", "unknown", "criteria", "diagram_how_to_read", "estimates_note"):
            assert _plain(words[key]) in said
        # The way of the rule set: a number, a unit and a date.
        fact = text_of(by_id(read(built.page()), "assessor-fact-fare"))
        fares = {"en": "1,200 EUR per year", "de": "1.200 EUR pro Jahr", "fr": "1 200 EUR par an"}
        assert fares.get(language, "EUR") in fact
        assert {"en": "2 March 2026", "de": "2. März 2026", "ja": "2026年3月2日"}.get(language, "2026") in fact

    @pytest.mark.parametrize("language", [each for each in languages() if each != "en"])
    def test_leaves_no_english_of_ours(self, tmp_path: Path, language: str) -> None:
        built = _build(tmp_path, options=f"      language: {language}")
        words, html = load_words(language), built.page().partition("<body")[2]
        kept = [
            key
            for key, text in english().items()
            # Short ones may stand in the theme, or be the same in both languages.
            if len(text) > 12 and not placeholders(text) and text != words[key] and str(escape(text)) in html
        ]
        assert kept == []

    def test_can_differ_on_a_page(self, tmp_path: Path) -> None:
        pages = {
            "index.md": "<!-- assessor/rules -->\n\n[](fact:fare)",
            "de.md": "---\nlanguage: de\n---\n\n[](fact:fare)\n",
        }
        built = build(write_site(tmp_path, pages), "--strict")
        assert built.exit_code == 0, built.log
        assert "1,200 EUR per year" in built.page()
        assert "1.200\u00a0EUR pro Jahr" in built.page("de/index.html")
        assert "geprüft am 2. März 2026" in built.page("de/index.html")

    def test_of_a_page_that_is_unknown_is_told_with_its_line(self, tmp_path: Path) -> None:
        built = build(
            write_site(tmp_path, {"index.md": "---\ntitle: x\nlanguage: fe\n---\n\n<!-- assessor/rules -->\n"})
        )
        (warned,) = built.warnings
        assert (warned.path, warned.line, warned.code) == ("index.md", 3, "unknown-language")
        assert "there are no words in the language 'fe'. Did you mean 'fr'?" in warned.text
        assert load_words("en")["criteria"] in _texts(built)

    def test_that_is_unknown_is_refused_with_its_line(self, tmp_path: Path) -> None:
        built = _build(tmp_path, options="      language: eng")
        assert built.exit_code == 1
        line = _line_of(tmp_path, "language: eng")
        assert f"mkdocs.yml:{line}: there are no words in the language 'eng'. Did you mean 'en'?" in built.log
        assert "Traceback" not in built.log

    def test_of_the_bare_extension(self) -> None:
        page = Markdown(extensions=[makeExtension(language="de")]).convert("<!-- assessor/rules -->")
        assert load_words("de")["criteria"] in page


class TestWords:
    def test_can_be_replaced(self, tmp_path: Path) -> None:
        options = '      words:\n        result: "Your way & ours"\n        rule_said: "{outcome} <if> {condition}"'
        built = _build(tmp_path, options=options)
        assert built.exit_code == 0, built.log
        said = _texts(built)
        assert "Your way & ours" in said
        assert "Take the bus <if> either" in said
        assert load_words("en")["unknown"] in said

    def test_that_are_wrong_are_all_refused_with_their_lines(self, tmp_path: Path) -> None:
        options = '      words:\n        resutl: "x"\n        asked_of: "Ask {whom}"\n        undo: 3'
        built = _build(tmp_path, options=options)
        assert built.exit_code == 1
        for text, problem in (
            ("resutl", "there is no word 'resutl'. Did you mean 'result'?"),
            ("asked_of", "the word 'asked_of' has {whom}, but it may have only {who}"),
            ("undo", "the word 'undo' is a text in quotation marks, not 3"),
        ):
            assert f"mkdocs.yml:{_line_of(tmp_path, text)}: {problem}" in built.log
        assert "Traceback" not in built.log

    def test_of_the_bare_extension(self) -> None:
        with pytest.raises(OptionError, match="Did you mean 'result'"):
            Markdown(extensions=[makeExtension(words={"resutl": "x"})]).convert("x")


class TestTemplates:
    @pytest.mark.parametrize("folder", ["assessor/", ""])
    @pytest.mark.parametrize("name", template_names())
    def test_each_can_be_replaced(self, tmp_path: Path, folder: str, name: str) -> None:
        """The parts that templates share, too, and none of an author's files lands on the site."""
        text = f"<!-- by the author -->{{% include 'shipped/{name}' %}}"
        # Templates that others import have no place of their own on the page.
        if imported := {"macros.html.jinja": "<details class", "icons.html.jinja": "<svg class"}.get(name):
            shipped = Path(str(mkdocs_assessor.__file__)).parent / "templates/parts" / name
            text = shipped.read_text("utf-8").replace(imported, f"<!-- by the author -->{imported}")
        built = _build(
            tmp_path,
            "{name: mkdocs, custom_dir: overrides}",
            "",
            **{f"{folder}{name}": text, "assessor/own.html.jinja": ""},
        )
        assert built.exit_code == 0, built.log
        shown = "question" if name == "question.html.jinja" else name
        pages = built.page() + built.page("chains/index.html")
        assert ("<!-- by the author -->" in pages) == (shown != "question")
        assert not [path for path in built.files() if path.endswith(".jinja")]

    @pytest.mark.parametrize(
        ("name", "included"),
        [("picture", "shipped/picture"), ("picture", "shipped/charts"), ("charts", "shipped/picture")],
    )
    def test_of_a_former_name_still_works_with_a_hint(self, tmp_path: Path, name: str, included: str) -> None:
        """Also in a copy of the checklist's template from before, which includes the former name."""
        template = (Path(str(mkdocs_assessor.__file__)).parent / "templates/checklist.html.jinja").read_text("utf-8")
        files = {
            f"assessor/{name}.html.jinja": f"<!-- by the author -->{{% include '{included}.html.jinja' %}}",
            "assessor/checklist.html.jinja": template.replace('"charts.html.jinja"', '"picture.html.jinja"'),
        }
        for kept in (dict([*files.items()][:1]), files):
            folder = tmp_path / str(len(kept))
            folder.mkdir()
            built = _build(folder, _CUSTOM, **kept)
            assert built.exit_code == 0, built.log
            assert "<!-- by the author -->" in built.page()
            hints = [each for each in built.hints if each.code == "renamed-template"]
            assert [Path(each.path).name for each in hints] == (["picture.html.jinja"] if name == "picture" else [])

    def test_goes_before_the_one_beside_the_folder(self, tmp_path: Path) -> None:
        files = {"assessor/rules.html.jinja": "in the folder", "rules.html.jinja": "beside the folder"}
        built = _build(tmp_path, _CUSTOM, **files)
        assert "in the folder" in built.page()
        assert "beside the folder" not in built.page()

    @pytest.mark.parametrize(
        ("text", "line", "problem"),
        [
            ("a\n{% if %}", 2, "Expected an expression, got 'end of statement block'"),
            ("a\nb\n{{ rulset.id }}", 3, "'rulset' is undefined"),
            ("{{ words.rulez }}", 1, "has no attribute 'rulez'"),
            ("\n{{ 1 / 0 }}", 2, "ZeroDivisionError: division by zero"),
            ("\n{% include 'mine.html.jinja' %}", 2, "mine.html.jinja"),
            ("\n{{ ruleset.title | shout }}", 2, "No filter named 'shout'."),
        ],
    )
    def test_that_is_broken_is_an_error_with_file_and_line(
        self, tmp_path: Path, text: str, line: int, problem: str
    ) -> None:
        built = _build(tmp_path, _CUSTOM, **{"assessor/rules.html.jinja": text})
        assert built.exit_code == 1
        (error,) = [each for each in built.log.splitlines() if "rules.html.jinja" in each]
        assert f"overrides/assessor/rules.html.jinja:{line}: " in error
        assert problem in error
        assert "Traceback" not in built.log

    @pytest.mark.parametrize(
        ("path", "meant"),
        [("assessor/rule.html.jinja", "rules"), ("assessor/rules.html", "rules"), ("cheklist.html.jinja", "checklist")],
    )
    def test_that_is_misspelt_is_told(self, tmp_path: Path, path: str, meant: str) -> None:
        built = _build(tmp_path, _CUSTOM, **{path: "x"})
        assert built.exit_code == 1
        (warned,) = built.warnings
        assert warned.path.endswith(f"overrides/{path}")
        assert warned.code == "unknown-template"
        assert f"Did you mean '{meant}.html.jinja'?" in warned.text

    @pytest.mark.parametrize("path", ["main.html", "rules.html", "assessor/own.html.jinja", "assessor/logo.svg"])
    def test_of_other_names_are_the_author_s_own(self, tmp_path: Path, path: str) -> None:
        built = _build(tmp_path, _CUSTOM, **{path: "{% extends 'base.html' %}"})
        assert built.exit_code == 0, built.log

    def test_of_the_bare_extension(self, tmp_path: Path) -> None:
        (tmp_path / "rules.html.jinja").write_text("mine: {{ ruleset.title }}")
        extension = makeExtension(templates=str(tmp_path))
        assert "mine: Self-hosting vs Cloud" in Markdown(extensions=[extension]).convert("<!-- assessor/rules -->")
        (tmp_path / "rules.html.jinja").write_text("{{ nothing }}")
        with pytest.raises(TemplateError, match=r"rules\.html\.jinja:1: 'nothing' is undefined"):
            Markdown(extensions=[makeExtension(templates=str(tmp_path))]).convert("x")


def _plain(text: str) -> str:
    return " ".join(text.split())


def _line_of(folder: Path, text: str) -> int:
    lines = (folder / "mkdocs.yml").read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)
