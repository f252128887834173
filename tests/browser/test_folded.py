"""A checklist where there is little room for it: in a content tab that is not shown, and with words beyond measure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.reader import Reader
from tests.browser.sites import Site, build, served
from tests.support.sites import CONFIG, RULES, write_site

Visit = Callable[..., Reader]

_LONG = "Rechtsschutzversicherungsgesellschaften"
_PAGE = """\
# Home

## Weather

How long is [your way](question:far)? See [the result](#assessor-result).

<!-- assessor/question rain -->

=== "First"

    Nothing yet.

=== "Second"

    === "Within"

        Nothing here, too.

    === "The checklist"

        <!-- assessor/checklist -->
"""
_CONFIG = CONFIG.replace("theme: mkdocs", "theme: {name: material, font: false}").replace(
    "pymdownx.tabbed: {}", "pymdownx.tabbed: {alternate_style: true}"
)
# Every text of these rules that readers see, and that may hold such a word.
_TEXTS = (
    "A year on the bus",
    "How often does it rain?",
    "Every day",
    "*winter*",
    "Wet clothes",
    "a neighbour",
    "Your way",
)
_MORE = (
    "What lies between",
    "A lock that holds",
    "Take the bus",
    "Somebody else",
    "A dry seat",
    "Buy a ticket",
    "Hills",
)


def _built(folder: Path, page: str, config: str) -> Iterator[Site]:
    rules = RULES
    for text in (*_TEXTS, *_MORE, "What the bicycle saves", "Half of the days"):
        assert text in rules
        rules = rules.replace(text, f"{text} {_LONG}" if text != "*winter*" else f"*{_LONG}*")
    write_site(folder, {"index.md": page, "rules.py": rules, "mkdocs.yml": config})
    (folder / "site").mkdir()
    with served(folder / "site") as url:
        yield build(folder / "mkdocs.yml", folder / "site", url)


@pytest.fixture(scope="module")
def tabbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose checklist stands in a tab within a tab, neither of which is the first."""
    yield from _built(tmp_path_factory.mktemp("tabbed"), _PAGE, _CONFIG)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The same words in the theme of MkDocs."""
    config = CONFIG.replace("theme: mkdocs", "theme: {name: mkdocs, highlightjs: false}")
    page = "# Home\n\n## Weather\n\n[the result](#assessor-result)\n\n"
    page += "<!-- assessor/question rain -->\n\n<!-- assessor/checklist -->\n"
    yield from _built(tmp_path_factory.mktemp("other"), page, config.replace("plugins:\n", "plugins:\n  - search\n"))


def test_a_link_to_the_result_opens_the_tab_that_holds_it(tabbed: Site, visit: Visit) -> None:
    reader = visit(tabbed.address("http"))
    expect(reader.result).to_be_hidden()
    reader.page.get_by_role("link", name="the result", exact=True).click()
    expect(reader.result).to_be_in_viewport()
    expect(reader.result).to_be_focused()


def test_an_authors_link_to_a_question_opens_the_tab_that_holds_it(tabbed: Site, visit: Visit) -> None:
    reader = visit(tabbed.address("http"))
    reader.page.get_by_role("link", name="your way", exact=True).click()
    expect(reader.question("far")).to_be_in_viewport()
    expect(reader.question("far").locator("> summary")).to_be_focused()
    opened = visit(f"{tabbed.address('http')}#assessor--far")
    expect(opened.question("far")).to_be_in_viewport()


def test_what_came_of_a_link_is_shown_where_the_checklist_was_hidden(tabbed: Site, visit: Visit) -> None:
    reader = visit(f"{tabbed.address('http')}#assessor=commute.deadbeef.bus&rain=daily&gone=1")
    expect(reader.checklist.get_by_text("Left out, because")).to_be_in_viewport()


def test_a_checklist_in_a_tab_prints_no_empty_pages(tabbed: Site, visit: Visit, tmp_path: Path) -> None:
    reader = visit(tabbed.address("http"))
    reader.page.get_by_role("link", name="the result", exact=True).click()
    expect(reader.result).to_be_visible()
    reader.page.pdf(path=tmp_path / "page.pdf", format="A4")
    pages = [page.extract_text().split() for page in PdfReader(tmp_path / "page.pdf").pages]
    assert 2 < len(pages) < 9
    assert all(pages)


@pytest.mark.parametrize("name", ["tabbed", "other"])
def test_long_words_do_not_widen_the_page(name: str, request: pytest.FixtureRequest, visit: Visit) -> None:
    site: Site = request.getfixturevalue(name)
    reader = visit(site.address("http"), viewport={"width": 320, "height": 640})
    reader.page.get_by_role("link", name="the result", exact=True).click()
    expect(reader.result).to_be_visible()
    reader.answer_in(reader.question("rain"), "daily")
    for part in reader.checklist.locator("summary").all():
        if part.is_visible():
            part.click()
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 320
