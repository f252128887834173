"""Dates: typed into the browser's field, written in the page's language, kept, shared, undone and recorded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.reader import Reader
from tests.browser.sites import Site, build, served
from tests.support.sites import CONFIG, write_site

Visit = Callable[..., Reader]

_RULES = """\
import datetime

from assessor import Date, Fact, Outcome, Rule, RuleSet, Section, months, otherwise

end = Fact("end", datetime.date(2026, 8, 31), source="https://heron.example/", checked="2026-11-22")
live = Date("live", "When do you go live?", earliest="2026-01-01", latest="2035-12-31", formerly=["start"])
early, late = Outcome("early", "The old one"), Outcome("late", "The new one")
ruleset = RuleSet(
    "version",
    title="Which version?",
    sections=[Section("all", "Your plan", [live])],
    outcomes=[early, late],
    rules=[Rule(live < end + months(18), then=early, because="Early."), otherwise(then=late, because="Late.")],
)
"""
_PAGE = "# Version\n\nYou go live on [](answer:live); fixes began on [](fact:end).\n\n<!-- assessor/checklist -->\n"


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site in German that asks for a date."""
    config = CONFIG.replace("theme: mkdocs", "theme: {name: mkdocs, highlightjs: false, locale: de}")
    config = config.replace("plugins:\n", "plugins:\n  - search: {lang: en}\n")
    folder = write_site(
        tmp_path_factory.mktemp("versions"), {"index.md": _PAGE, "rules.py": _RULES, "mkdocs.yml": config}
    )
    (folder / "site").mkdir()
    with served(folder / "site") as url:
        yield build(folder / "mkdocs.yml", folder / "site", url)


@pytest.fixture
def reader(versions: Site, visit: Visit) -> Reader:
    return visit(versions.address("http"))


def _type(reader: Reader, keys: str) -> None:
    """Type into the parts of the field, month first as this browser has them, and leave it."""
    field = reader.question("live").locator("input[type=date]")
    field.focus()
    reader.page.keyboard.type(keys)


def _leave(reader: Reader) -> None:
    reader.page.locator("h1").first.click()


def test_a_typed_date_is_written_in_the_language_of_the_page(reader: Reader) -> None:
    _type(reader, "03012027")
    question = reader.question("live")
    expect(question.locator(".assessor-options [data-answer]")).to_have_text("1. März 2027")
    expect(reader.page.locator("assessor-live").first).to_have_text("1. März 2027")
    expect(reader.page.locator(".assessor-result")).to_contain_text("The old one")
    expect(reader.page.locator(".assessor-result")).to_contain_text("am 29. Februar 2028 oder später")


def test_half_a_date_and_a_wrong_one_are_told_once_the_reader_leaves(reader: Reader) -> None:
    error = reader.question("live").locator("[data-error]")
    for keys in ("0301", "02302027", "03010020", "03012036"):
        _type(reader, keys)
        expect(error).to_be_hidden()
        _leave(reader)
        expect(error).to_be_visible()
        expect(error).to_have_text(
            "Geben Sie ein vollständiges Datum vom 1. Januar 2026 bis zum 31. Dezember 2035 ein."
        )
        expect(reader.page.locator('[data-fill="answered"]').first).to_have_text("0")
        reader.question("live").locator("[data-do=clear]").click()
        expect(error).to_be_hidden()
        expect(reader.question("live").locator("input[type=date]")).to_have_value("")
        # Half a date has no value, but the browser knows of it.
        assert not reader.question("live").locator("input[type=date]").evaluate("field => field.validity.badInput")


def test_a_date_outlives_reloading_and_undoing(reader: Reader) -> None:
    field = reader.question("live").locator("input[type=date]")
    field.fill("2028-02-29")
    reader.page.wait_for_function("Object.keys(localStorage).some((key) => localStorage[key].includes('2028-02-29'))")
    reader.page.reload()
    expect(reader.page.locator("assessor-live").first).to_have_text("29. Februar 2028")
    expect(field).to_have_value("2028-02-29")
    reader.question("live").locator("[data-unknown]").check()
    expect(field).to_have_value("")
    expect(reader.page.locator("assessor-live").first).not_to_have_text("29. Februar 2028")


@pytest.mark.parametrize(
    ("link", "value"),
    [
        ("#assessor=version&live=2027-03-01", "2027-03-01"),
        ("#assessor=version&start=2027-03-01", "2027-03-01"),
        ("#assessor=version&live=2027-02-30", ""),
        ("#assessor=version&live=2036-01-01", ""),
    ],
)
def test_links_bring_dates_and_no_other_texts(versions: Site, visit: Visit, link: str, value: str) -> None:
    reader = visit(versions.address("http") + link)
    expect(reader.question("live").locator("input[type=date]")).to_have_value(value)


def test_a_change_is_tried_with_the_last_day_before_it(reader: Reader) -> None:
    reader.question("live").locator("input[type=date]").fill("2030-01-01")
    reader.page.locator("[data-do=try]").first.click()
    expect(reader.page.locator(".assessor-result")).to_contain_text("28. Februar 2028")


def test_the_record_has_the_date_as_readers_see_it(reader: Reader) -> None:
    reader.question("live").locator("input[type=date]").fill("2027-03-01")
    expect(reader.page.locator(".assessor-result")).to_contain_text("The old one")
    record = reader.page.evaluate("document.querySelector('assessor-checklist').record()")
    assert re.search(r"When do you go live\? → 1\\?\. März 2027", record)
