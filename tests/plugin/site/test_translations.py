"""Pages in several languages: which one a page has, and what follows it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from markdown import Markdown
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config

from assessor.__main__ import main
from assessor.language.words import load_words
from mkdocs_assessor.extension import AssessorExtension
from tests.support.plugin.html_pages import by_class, read, text_of
from tests.support.sites import CONFIG, Built, build, write_site

_RULES = """\
from assessor import *

limit = Fact("limit", 20, "image|images", "The limit of the free plan", source="costs.md#limit", checked="2026-11-30")
count = Number("count", "How many?", unit="image|images", minimum=0, maximum=9000, about="costs.md#count")
keep, move = Outcome("keep", "Keep it"), Outcome("move", "Move it")
ruleset = RuleSet(
    "storage", title="Where to keep it?", language="en", translations="rules.*.yml", facts=[limit],
    sections=[Section("what", "What you have", [count])], outcomes=[keep, move],
    rules=[
        Rule(count < limit, then=keep, because=f"It is less than {limit}.", id="small"),
        otherwise(then=move, because="It is too much."),
    ],
)
"""
_TEXTS = {
    "rule set, title": ("Where to keep it?", "Wohin damit?"),
    "section what, title": ("What you have", "Was du hast"),
    "question count, wording": ("How many?", "Wie viele?"),
    "outcome keep, title": ("Keep it", "Behalten"),
    "outcome move, title": ("Move it", "Umziehen"),
    "rule small, because": ("It is less than {limit}.", "Es sind weniger als {limit}."),
    "rule otherwise, because": ("It is too much.", "Es sind zu viele."),
    "fact limit, title": ("The limit of the free plan", "Die Grenze im freien Tarif"),
    "unit image, name": ("image|images", "Bild|Bilder"),
}
_CHECKLIST = "# Home\n\n<!-- assessor/checklist -->\n"
_COSTS = "# Costs\n\n## Count\n\n## Limit\n"


def _catalogue(texts: Mapping[str, tuple[str, str]] = _TEXTS, language: str = "de") -> str:
    lines = [f"language: {language}"]
    for name, (source, text) in texts.items():
        part, attribute = name.split(", ")
        lines += [f"{part}:", f"  {attribute}:", f"    en: {json.dumps(source)}", f"    de: {json.dumps(text)}"]
    return "\n".join(lines) + "\n"


def _site(folder: Path, pages: Mapping[str, str], catalogue: str = "", config: str = CONFIG, options: str = "") -> Path:
    config = config.replace("rules: rules.py", f"rules: rules.py\n      {options}" if options else "rules: rules.py")
    files = {"rules.de.yml": catalogue or _catalogue(), "rules.py": _RULES, "mkdocs.yml": config}
    return write_site(folder, {"costs.md": _COSTS, **files, **pages})


def _language(built: Built, path: str) -> tuple[str, str]:
    """Return the language of the question and of the words around it."""
    page = read(built.page(path))
    wording = text_of(by_class(page, "assessor-wording")[0])
    text = text_of(page)
    named = [name for name in ("en", "de", "de-x-informal", "fr") if load_words(name)["result"] in text]
    return wording, named[0]


@pytest.mark.parametrize(
    ("pages", "options", "theme", "page", "wording", "words"),
    [
        ({"index.md": _CHECKLIST}, "", "en", "index.html", "How many?", "en"),
        ({"index.md": f"---\nlanguage: de\n---\n{_CHECKLIST}"}, "", "en", "index.html", "Wie viele?", "de"),
        ({"de/index.md": _CHECKLIST}, "", "en", "de/index.html", "Wie viele?", "de"),
        ({"guide/de/x.md": _CHECKLIST}, "", "en", "guide/de/x/index.html", "Wie viele?", "de"),
        ({"x.de.md": _CHECKLIST}, "", "en", "x.de/index.html", "Wie viele?", "de"),
        ({"index.md": _CHECKLIST}, "language: de", "en", "index.html", "Wie viele?", "de"),
        ({"index.md": _CHECKLIST}, "", "de", "index.html", "Wie viele?", "de"),
        ({"index.md": _CHECKLIST}, "language: en", "de", "index.html", "How many?", "en"),
        ({"en/index.md": _CHECKLIST}, "language: de", "de", "en/index.html", "How many?", "en"),
        ({"de/index.md": f"---\nlanguage: en\n---\n{_CHECKLIST}"}, "", "de", "de/index.html", "How many?", "en"),
        ({"index.md": _CHECKLIST}, "language: de-x-informal", "en", "index.html", "Wie viele?", "de-x-informal"),
        # No folder of a language that the rule set has.
        ({"it/index.md": _CHECKLIST}, "", "en", "it/index.html", "How many?", "en"),
    ],
)
def test_which_language_a_page_has(
    tmp_path: Path, pages: dict[str, str], options: str, theme: str, page: str, *, wording: str, words: str
) -> None:
    config = CONFIG.replace("theme: mkdocs", f"theme: {{name: mkdocs, locale: {theme}}}")
    built = build(_site(tmp_path, {"index.md": "# Home\n", **pages}, config=config, options=options))
    assert built.exit_code == 0, built.log
    assert _language(built, page) == (wording, words)


def test_words_follow_the_form_of_the_texts(tmp_path: Path) -> None:
    catalogue = _catalogue(language="de-x-informal")
    options = 'words: {undo: "Nochmal"}'
    pages = {"index.md": "# Home\n\n<!-- assessor/checklist -->\n"}
    config = CONFIG.replace("theme: mkdocs", "theme: {name: mkdocs, locale: de}")
    built = build(_site(tmp_path, pages, catalogue, config, options))
    assert _language(built, "index.html") == ("Wie viele?", "de-x-informal")
    assert "Nochmal" in built.page("index.html")


def test_a_link_leads_to_the_page_in_the_language(tmp_path: Path) -> None:
    german = "# Kosten\n\n## Anzahl { #count }\n\n## Grenze { #limit }\n"
    pages = {"index.md": _CHECKLIST, "de/index.md": _CHECKLIST, "de/costs.md": german}
    config = CONFIG.replace("[admonition,", "[admonition, attr_list,")
    built = build(_site(tmp_path, pages, config=config), "--strict")
    assert built.exit_code == 0, built.log
    assert 'href="costs/#count"' in built.page("index.html")
    assert 'href="costs/#count"' in built.page("de/index.html")


def test_a_section_that_only_one_language_has_is_found(tmp_path: Path) -> None:
    pages = {"index.md": _CHECKLIST, "de/index.md": _CHECKLIST, "de/costs.md": "# Kosten\n\n## Grenze\n"}
    folder = _site(tmp_path, pages)
    (found, *_) = build(folder).warnings
    assert found.code == "unknown-anchor"
    assert "'de/costs.md' has no section 'count'" in found.text
    lint = CliRunner().invoke(main, ["lint", str(folder / "docs"), "--config", str(folder / "mkdocs.yml")])
    assert "'de/costs.md' has no section 'count'" in lint.stdout


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[20 Bilder](fact:limit)", ""),
        ("[bis zu 20 Bilder](fact:limit)", ""),
        ("[30 Bilder](fact:limit)", "drifted-fact"),
        ("[20 GB](fact:limit)", "drifted-fact"),
        ("Die Grenze im freien Tarif sind 20 Bilder", "unlinked-fact"),
        ("Die Grenze im freien Tarif sind 20 Hunde", ""),
    ],
)
def test_numbers_of_german_pages_have_german_units(text: str, code: str, tmp_path: Path) -> None:
    pages = {"index.md": _CHECKLIST, "de/index.md": f"{_CHECKLIST}\n{text}. Das sind [](fact:limit).\n"}
    built = build(_site(tmp_path, {**pages, "de/costs.md": _COSTS}))
    assert [each.code for each in built.warnings] == ([code] if code else [])
    assert "20 Bilder" in text_of(read(built.page("de/index.html"))).replace("\u00a0", " ")


def test_a_build_counts_what_is_missing_and_names_what_is_stale(tmp_path: Path) -> None:
    texts = {**_TEXTS, "outcome move, title": ("Move it", ""), "question count, wording": ("How much?", "Wie viel?")}
    folder = _site(tmp_path, {"index.md": _CHECKLIST}, _catalogue(texts))
    built = build(folder, "--strict")
    assert built.exit_code == 1
    missing, stale = sorted(built.warnings, key=lambda each: each.code)
    assert (missing.code, stale.code) == ("missing-translation", "stale-translation")
    assert "1 of 9 texts lacks its 'de' translation: outcome move, title." in missing.text
    line = _catalogue(texts).splitlines().index('    de: "Wie viel?"') + 1
    assert stale.line == line
    lint = CliRunner().invoke(main, ["lint", str(folder / "docs"), "--config", str(folder / "mkdocs.yml")])
    assert "missing-translation" in lint.stdout
    assert "stale-translation" in lint.stdout


def test_a_file_that_cannot_be_read_stops_the_build_with_its_line(tmp_path: Path) -> None:
    built = build(_site(tmp_path, {"index.md": _CHECKLIST}, "language: de\nrule set: x\n"))
    assert built.exit_code == 1
    assert "rules.de.yml:2: expected the texts of 'rule set', by name" in built.log


def test_the_hash_and_the_bundle_are_the_same(tmp_path: Path) -> None:
    pages = {"index.md": _CHECKLIST, "de/index.md": _CHECKLIST, "de/costs.md": _COSTS}
    built = build(_site(tmp_path, pages), "--strict")
    english, german = (
        built.page(path).split("data-bundle='")[1].split("'")[0] for path in ("index.html", "de/index.html")
    )
    assert english == german


def test_generators_build_anew_when_a_translation_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _site(tmp_path, {"index.md": _CHECKLIST})
    config = load_config(str(folder / "mkdocs.yml"), site_dir=str(tmp_path / "site"))
    build_site(config)
    assert [Path(each).name for each in config.watch if each.endswith(".de.yml")] == ["rules.de.yml"]
    # Zensical creates an extension for each page.
    monkeypatch.chdir(folder)

    def german() -> str:
        return Markdown(extensions=[AssessorExtension(rules="rules.py", language="de")]).convert(_CHECKLIST)

    assert "Wie viele?" in german()
    text = _catalogue().replace("Wie viele?", "Wie viele sind es?")
    (folder / "rules.de.yml").write_text(text, encoding="utf-8")
    assert "Wie viele sind es?" in german()
