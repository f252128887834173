"""A reader who changes the language keeps everything: the example guide, on the sites of each generator."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from assessor import Answer
from assessor.__main__ import main
from tests.browser.reader import Reader
from tests.browser.sites import Site, build, build_in_place, served
from tests.support.paths import ROOT

Visit = Callable[..., Reader]

EXAMPLE = ROOT / "examples/photos"
ANSWERS: dict[str, Answer] = {"volume": 3000, "company": True, "tender": True, "upload": "fast", "anywhere": None}
DAY = "2026-11-30"


@dataclass(frozen=True)
class Languages:
    """A site in two languages, and where its two pages are."""

    site: Site
    english: str
    german: str


def _with_suffixes(folder: Path) -> None:
    """Give the pages of a language a suffix instead of a folder."""
    for page in (folder / "docs").glob("*/*.md"):
        language = page.parent.name
        page.rename(folder / "docs" / (page.name if language == "en" else f"{page.stem}.{language}.md"))
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("docs_structure: folder", "docs_structure: suffix"), "utf-8")


@pytest.fixture(scope="module", params=["folder", "suffix", "zensical"])
def languages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Languages]:
    folder = tmp_path_factory.mktemp(request.param) / "photos"
    shutil.copytree(EXAMPLE, folder)
    (folder / "site").mkdir()
    if request.param == "suffix":
        _with_suffixes(folder)
    with served(folder / "site") as url:
        for config in ("mkdocs.yml", "zensical.toml"):
            file = folder / config
            file.write_text(file.read_text("utf-8").replace("https://photos.example/", url), "utf-8")
        if request.param == "zensical":
            yield Languages(build_in_place(folder, url), f"{url}en/", f"{url}de/")
        else:
            yield Languages(build(folder / "mkdocs.yml", folder / "site", url), url, f"{url}de/")


def _checked(reader: Reader) -> None:
    """Check that a page shows the answers."""
    expect(reader.question("volume").locator(".assessor-number")).to_have_value(re.compile(r"3.?000"))
    for name, value in (("company", "true"), ("tender", "true"), ("upload", "fast")):
        expect(reader.question(name).locator(f'input[value="{value}"]')).to_be_checked()
    expect(reader.question("anywhere").locator("[data-unknown]")).to_be_checked()
    assert reader.checklist.locator(".assessor-notice:visible").all_inner_texts() == []


def test_another_language_has_the_same_answers(languages: Languages, visit: Visit) -> None:
    reader = visit(languages.english)
    reader.answer(ANSWERS)
    expect(reader.verdict).to_have_text("Settled: A box at home")
    (stored,) = reader.stored().values()
    reader.open(languages.german)
    _checked(reader)
    expect(reader.verdict).to_have_text("Entschieden: Ein Server zu Hause")
    (again,) = reader.stored().values()
    assert {**again, "at": ""} == {**stored, "at": ""}
    # And back, with what was answered there.
    reader.answer({"company": False})
    reader.open(languages.english)
    expect(reader.question("company").locator('input[value="false"]')).to_be_checked()
    expect(reader.verdict).to_have_text("Settled: A box at home")


def test_the_selector_of_the_site_leads_to_the_other_language(languages: Languages, visit: Visit) -> None:
    reader = visit(languages.english)
    reader.answer(ANSWERS)
    link = reader.page.locator("a[hreflang=de]").first
    address = link.evaluate("link => link.href")
    reader.open(address)
    _checked(reader)


def test_a_link_opens_in_the_other_language(languages: Languages, visit: Visit) -> None:
    reader = visit(languages.english, permissions=["clipboard-read", "clipboard-write"])
    reader.answer(ANSWERS)
    reader.button("Copy link").click()
    expect(reader.result.get_by_text("Link copied.")).to_be_visible()
    link = reader.page.evaluate("() => navigator.clipboard.readText()")
    _checked(visit(languages.german + link[link.index("#") :]))


def test_a_record_in_german_is_what_the_command_writes(languages: Languages, visit: Visit, tmp_path: Path) -> None:
    reader = visit(languages.german, permissions=["clipboard-read", "clipboard-write"])
    reader.page.clock.set_fixed_time(f"{DAY}T12:00:00")
    reader.answer(ANSWERS)
    reader.button("Entscheidungsprotokoll kopieren").click()
    expect(reader.result.get_by_text("Entscheidungsprotokoll kopiert.")).to_be_visible()
    copied = reader.page.evaluate("() => navigator.clipboard.readText()")
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(ANSWERS), encoding="utf-8")
    options = ["--rules", str(EXAMPLE / "rules.py"), "--language", "de", "--date", DAY]
    run = CliRunner().invoke(main, ["record", str(file), *options])
    assert run.exit_code == 0, run.output
    assert copied == run.stdout
    assert "Wohin mit deinen Fotos? Ein Server zu Hause" in copied
