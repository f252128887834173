"""A checklist where there is little room for it: in a content tab that is not shown, and with words beyond measure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.reader import Reader
from tests.browser.sites import Site, build, served
from tests.sites import CONFIG, RULES, write_site

Visit = Callable[..., Reader]

_LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle"
_PAGE = """\
# Home

## Weather

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


@pytest.fixture(scope="module")
def tabbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose checklist stands in a tab within a tab, neither of which is the first."""
    rules = RULES
    for word in ("Every day", "you own a bicycle", "Do you own a bicycle?", "A lock that holds", "Take the bus"):
        rules = rules.replace(word, _LONG)
    files = {"index.md": _PAGE, "rules.py": rules, "mkdocs.yml": _CONFIG}
    folder = write_site(tmp_path_factory.mktemp("tabbed"), files)
    (folder / "site").mkdir()
    with served(folder / "site") as url:
        yield build(folder / "mkdocs.yml", folder / "site", url)


def test_a_link_to_the_result_opens_the_tab_that_holds_it(tabbed: Site, visit: Visit) -> None:
    reader = visit(tabbed.address("http"))
    expect(reader.result).to_be_hidden()
    reader.page.locator("assessor-question .assessor-summary a").click()
    expect(reader.result).to_be_in_viewport()
    expect(reader.result).to_be_focused()


def test_long_words_do_not_widen_the_page(tabbed: Site, visit: Visit) -> None:
    reader = visit(tabbed.address("http"), viewport={"width": 320, "height": 640})
    reader.page.locator("assessor-question .assessor-summary a").click()
    expect(reader.result).to_be_visible()
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 320
