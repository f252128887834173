"""Themes and colours that we did not choose: all of it can be read, and no header covers what a link leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.barriers import barriers
from tests.browser.reader import Reader
from tests.browser.sites import Site, build, build_in_place, served
from tests.support.sites import RULES

Visit = Callable[..., Reader]

_PAGE = """\
# A guide

[The next question](question:far)

<!-- assessor/when cycle -->
Only for those who cycle.
<!-- assessor/end -->

## Your checklist

<!-- assessor/checklist -->

<!-- assessor/cases -->
"""
_MATERIAL = "{name: material, font: false, features: [navigation.tabs, navigation.tabs.sticky], palette: {scheme: %s}}"
_THEMES = {
    "mkdocs": "{name: mkdocs, highlightjs: false}",
    "readthedocs": "{name: readthedocs, highlightjs: false}",
    "slate": _MATERIAL % "slate",
    "zensical": "{font: false, features: [navigation.tabs, navigation.tabs.sticky], palette: {scheme: few}}",
    # Of the author's own, by `extra.css`.
    "night": _MATERIAL % "night",
    "sepia": _MATERIAL % "sepia",
    "few": _MATERIAL % "few",
}
_SCHEMES = """\
[data-md-color-scheme="night"] {
  color-scheme: dark;
  --md-default-bg-color: #1b1430; --md-default-fg-color: #f6f0ff; --md-default-fg-color--light: #c9bfe0;
  --md-typeset-color: #f6f0ff; --md-typeset-a-color: #d7ff64; --md-code-bg-color: #2a2145; --md-code-fg-color: #f6f0ff;
}
[data-md-color-scheme="sepia"] {
  --md-default-bg-color: #f4ecd8; --md-default-fg-color: #433422; --md-default-fg-color--light: #8f8270;
  --md-typeset-color: #433422;
}
[data-md-color-scheme="few"] { --md-default-bg-color: #101418; --md-typeset-color: #e8eaed; }
"""


@pytest.fixture(scope="module", params=_THEMES)
def themed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("themed")
    (folder / "docs").mkdir()
    (folder / "docs/index.md").write_text(_PAGE, encoding="utf-8")
    (folder / "docs/extra.css").write_text(_SCHEMES, encoding="utf-8")
    (folder / "rules.py").write_text(RULES, encoding="utf-8")
    theme = _THEMES[request.param]
    config = f"site_name: Themed\nuse_directory_urls: false\ntheme: {theme}\nextra_css: [extra.css]\n"
    options = "{rules: rules.py, diagnostics: {unknown-anchor: off}}"
    plugin = f"markdown_extensions: [mkdocs_assessor: {options}, attr_list, toc]" if request.param == "zensical" else ""
    plugin = plugin or f"plugins: [search, assessor: {options}]"
    (folder / "mkdocs.yml").write_text(f"{config}{plugin}\n", encoding="utf-8")
    (folder / "site").mkdir()
    with served(folder / "site") as url:
        if request.param == "zensical":
            yield build_in_place(folder, url)
        else:
            yield build(folder / "mkdocs.yml", folder / "site", url)


def test_every_theme_and_scheme_can_be_read(themed: Site, visit: Visit) -> None:
    reader = visit(themed.address("http"), reduced_motion="reduce")
    assert barriers(reader.page, "link-in-text-block", "heading-order") == []
    reader.page.get_by_role("radio", name="Yes").first.check()
    assert barriers(reader.page, "link-in-text-block", "heading-order") == []


def test_no_header_covers_the_question_that_a_link_leads_to(themed: Site, visit: Visit) -> None:
    reader = visit(themed.address("http"), viewport={"width": 1280, "height": 500}, reduced_motion="reduce")
    reader.page.locator("a.assessor-question-link").first.click()
    wording = reader.page.locator("assessor-checklist [data-question=far] .assessor-wording")
    expect(wording).to_be_in_viewport()
    assert wording.evaluate(
        """(wording) => {
          const { left, top } = wording.getBoundingClientRect();
          return wording.contains(document.elementFromPoint(left + 2, top + 2));
        }"""
    )
