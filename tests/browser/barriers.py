"""Finds barriers on a page: axe-core, what axe cannot see, and the focus by pictures.

`python -m tests.browser.barriers` plants the defects of `DEFECTS` one by one, and prints which of them are found.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from markdown import Markdown
from playwright.sync_api import Browser, Page, sync_playwright

from mkdocs_assessor.extension import AssessorExtension
from mkdocs_assessor.page.assets import script, style_sheet
from mkdocs_assessor.page.page import Page as DocsPage
from mkdocs_assessor.page.page import PageInput
from tests.support.sites import RULES
from tools.browser import launch_browser

_HERE = Path(__file__).parent
_AXE = (_HERE.parents[1] / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
_OURS = (_HERE / "barriers.js").read_text(encoding="utf-8")
_RUN = """async ([where, ignored]) => {
  const rules = Object.fromEntries(ignored.map((id) => [id, { enabled: false }]));
  rules["target-size"] = { enabled: true };
  const { violations } = await axe.run(where, { preload: false, resultTypes: ["violations"], rules });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}"""


def barriers(page: Page, *ignored: str, where: str = ".assessor") -> list[str]:
    """Everything on a page that keeps somebody out, as a list of sentences.

    Args:
        page: The page.
        *ignored: Rules of axe that are the theme's or the author's affair.
        where: What axe looks at.
    """
    _unfold(page)
    return [*axe_barriers(page, *ignored, where=where), *page.evaluate(_OURS)]


def _unfold(page: Page) -> None:
    """Open all that is folded, and scroll to the end of the checklist, where the bar with the result covers nothing."""
    page.evaluate(
        """() => {
          for (const each of document.querySelectorAll(".assessor details")) each.open = true;
          document.querySelector("assessor-checklist")?.scrollIntoView({ block: "end", behavior: "instant" });
        }"""
    )


def axe_barriers(page: Page, *ignored: str, where: str = ".assessor") -> list[str]:
    """Return what axe-core finds in a part of a page."""
    page.evaluate(_AXE)
    found: list[str] = page.evaluate(_RUN, [where, list(ignored)])
    return found


def unseen_focus(page: Page) -> list[str]:
    """Kinds of control on which the focus cannot be seen, by comparing pictures.

    A rule in a style sheet may be overruled, transparent or covered.
    """
    unseen = []
    page.locator(".assessor-more").evaluate("more => { more.open = true; }")
    for kind in ("input[type=radio]", ".assessor-number", "[data-tick]", "summary", "[data-do=reset]", "[data-load]"):
        control = page.locator(f"assessor-checklist {kind}:visible").first
        control.scroll_into_view_if_needed()
        clip = control.evaluate(
            """control => {
              const { x, y, width, height } = (control.closest("label") ?? control).getBoundingClientRect();
              return { x: Math.max(x - 8, 0), y: Math.max(y - 8, 0), width: width + 16, height: height + 16 };
            }"""
        )
        page.evaluate("document.activeElement.blur()")
        before = page.screenshot(clip=clip, animations="disabled")
        page.keyboard.press("Shift")
        control.focus()
        if page.screenshot(clip=clip, animations="disabled") == before:
            unseen.append(f"the focus is not seen on {kind}")
    return unseen


class Defect(NamedTuple):
    """A mistake that somebody could make.

    Attributes:
        name: What it is.
        plant: What is run on the page to make it.
    """

    name: str
    plant: str


def _style(rule: str) -> str:
    return f"""() => {{
      const sheet = new CSSStyleSheet();
      sheet.replaceSync({rule!r});
      document.adoptedStyleSheets = [sheet];
    }}"""


def _each(selector: str, change: str) -> str:
    return f"() => {{ for (const each of document.querySelectorAll({selector!r})) {{ {change} }} }}"


DEFECTS = (
    Defect("text too pale", _style(".assessor .assessor-hint { color: #aaa !important }")),
    Defect("answers dimmed by opacity", _style(".assessor .assessor-options { opacity: .4 }")),
    Defect("edges of fields too pale", _style(".assessor .assessor-number { border-color: #ddd !important }")),
    Defect("buttons without an edge", _style(".assessor .assessor-button { border: 0 !important }")),
    Defect("focus outline removed", _style(".assessor *:focus-visible { outline: none !important }")),
    Defect("focus outline transparent", _style(".assessor *:focus-visible { outline-color: transparent !important }")),
    Defect(
        "targets too small",
        _style(".assessor .assessor-option { min-height: 0 !important; line-height: 1; height: 14px }"),
    ),
    Defect("own radio buttons", _style(".assessor input { appearance: none !important }")),
    Defect("wider than a phone", _style(".assessor .assessor-question { min-width: 500px }")),
    Defect("movement for everybody", _style(".assessor .assessor-question { transition: all 1s }")),
    Defect("wording removed", _each(".assessor-wording", "each.remove()")),
    Defect("wording emptied", _each(".assessor-wording", "each.textContent = ''")),
    Defect("labels removed", _each(".assessor-option", "each.replaceWith(...each.childNodes)")),
    Defect("field without a name", _each(".assessor-number", "each.removeAttribute('aria-labelledby')")),
    Defect(
        "clear without a name", _each("[data-do=clear]", "each.removeAttribute('aria-label'); each.textContent = ''")
    ),
    Defect("status removed", _each("[data-status]", "each.remove()")),
    Defect("status not rendered", _style("[data-status] { display: none }")),
    Defect("two statuses", _each("[data-status]", "each.after(each.cloneNode())")),
    Defect("the whole result is live", _each(".assessor-live", "each.setAttribute('aria-live', 'polite')")),
    Defect(
        "the result comes first", _each("assessor-checklist", "each.prepend(each.querySelector('.assessor-result'))")
    ),
    Defect("state told by a mark alone", _each(".assessor-state > span", "each.textContent = ''")),
    Defect("state told by words alone", _style(".assessor .assessor-mark::before { content: none !important }")),
    Defect("error not tied to its field", _each(".assessor-number", "each.removeAttribute('aria-describedby')")),
    Defect("wrong field not marked", _each(".assessor-number", "each.removeAttribute('aria-invalid')")),
    Defect("error shown by colour alone", _each("[data-error]", "each.textContent = ''")),
    Defect("open questions lead nowhere", _each("[data-question]", "each.removeAttribute('id')")),
    Defect("questions that do not matter disabled", _each("input[type=radio]", "each.disabled = true")),
    Defect("a repeated id", _each("[data-question]", "each.id = 'same'")),
    Defect("order of the Tab key changed", _each("[data-do=reset]", "each.tabIndex = 5")),
    Defect("tones too pale", _style(".assessor [data-tone] { --assessor-tone: #dfe3f0 !important }")),
    Defect("ruled out by a line alone", _each(".assessor-chances [data-if]", "each.textContent = ''")),
    Defect(
        "an icon that is read aloud",
        _each(
            ".assessor-icon, .assessor-stream", "each.removeAttribute('aria-hidden'); each.setAttribute('role', 'img')"
        ),
    ),
    Defect("a group with a name", _each("fieldset, [role=group]", "each.setAttribute('name', 'same')")),
)


@contextmanager
def _page(browser: Browser, folder: Path) -> Iterator[Page]:
    """A phone that shows a small checklist, with a mistake typed in."""
    page = browser.new_page(viewport={"width": 320, "height": 800}, reduced_motion="reduce")
    page.goto((folder / "index.html").as_uri())
    page.locator("assessor-checklist input[type=radio]").first.check()
    field = page.locator("assessor-checklist .assessor-number").first
    field.fill("1000")
    field.press("Tab")
    yield page
    page.close()


def write_small_page(folder: Path) -> None:
    """Write a page with a checklist of five questions, without a theme."""
    rules = folder / "rules.py"
    rules.write_text(RULES, encoding="utf-8")
    extension = AssessorExtension(rules=str(rules))
    extension.announce(DocsPage(PageInput(asset_url=lambda asset: asset.name)))
    body = Markdown(extensions=[extension]).convert("<!-- assessor/checklist -->\n")
    for asset in (script(), style_sheet()):
        (folder / asset.name).write_text(asset.content, encoding="utf-8")
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    html = f"{head}<title>Small</title><body><main><h1>Small</h1><h2>Weather</h2>{body}</main></html>"
    (folder / "index.html").write_text(html, encoding="utf-8")


def found_defects(browser: Browser, folder: Path) -> dict[str, tuple[int, int]]:
    """How many barriers axe alone, and all checks together, find for each defect; none has neither."""
    write_small_page(folder)
    found = {}
    for name, plant in (("none", "() => {}"), *DEFECTS):
        with _page(browser, folder) as page:
            page.evaluate(plant)
            _unfold(page)
            by_axe = axe_barriers(page)
            # Pictures take the longest: they are only taken where nothing else finds the defect.
            every = [*by_axe, *page.evaluate(_OURS)] or unseen_focus(page)
            found[name] = (len(by_axe), len(every))
    return found


def main() -> None:
    """Print which defects are found."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = launch_browser(playwright)
        found = found_defects(browser, Path(folder))
        browser.close()
    for name, (by_axe, by_all) in found.items():
        print(f"{name:40} axe {by_axe:3}   all {by_all:3}")
    planted = [each for each in found if each != "none"]
    caught = sum(found[each][1] > 0 for each in planted)
    print(f"{caught} of {len(planted)} defects found, {sum(found[each][0] > 0 for each in planted)} by axe alone")


if __name__ == "__main__":
    main()
