"""Take the screenshots that the README and the docs show, from the built site in a real browser.

Run `make pictures`, which builds the site first.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page, sync_playwright

from assessor import Answer, load_ruleset
from tools.browser import launch_browser

REPOSITORY = Path(__file__).parent.parent
PICTURES = REPOSITORY / "docs" / "pictures"
RULESET = load_ruleset(str(REPOSITORY / "assessor/rulesets/self_hosting/ruleset.py"))
CASE = "eu-hospital-no-pager"
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 780}


# The layout below can move until the page has applied the answers.
SETTLE = "() => document.querySelector('assessor-checklist').updateComplete"


# Opens the section and the question, as readers do who answer in an order of their own.
OPEN = """question => {
  for (const fold of document.querySelectorAll("assessor-checklist details")) fold.open ||= fold.contains(question);
}"""


@dataclass(frozen=True)
class Picture:
    """A screenshot of one state of the page.

    Attributes:
        name: The name of the file, without its extension.
        reach: Brings the page into that state.
        focus: The selector of the element to scroll to the top.
        options: Options of the browser's context, such as the size of the window and the palette.
        media: "print" to use the print style sheet.
    """

    name: str
    reach: Callable[[Page], None]
    focus: str = "assessor-checklist"
    options: Mapping[str, Any] = field(default_factory=lambda: {"viewport": DESKTOP})
    media: Literal["print", "screen"] = "screen"


def case_answers(case_id: str) -> Mapping[str, Answer]:
    """Return the answers of a worked case of the bundled rule set."""
    return next(case.answers for case in RULESET.cases if case.id == case_id)


def answer(page: Page, answers: Mapping[str, Answer]) -> None:
    """Enter answers in the checklist of the page."""
    ticks = {question.id for section in RULESET.sections if section.ticks for question in section.questions}
    for question_id, given in answers.items():
        question = page.locator(f'assessor-checklist [data-question="{question_id}"]')
        page.evaluate(SETTLE)
        question.evaluate(OPEN)
        if question_id in ticks:
            question.locator("[data-tick]").set_checked(given is True)
        elif given is None:
            question.locator("[data-unknown]").check()
        elif isinstance(given, bool | str):
            question.locator(f'input[value="{str(given).lower() if isinstance(given, bool) else given}"]').check()
        else:
            question.locator(".assessor-number").fill(str(given))
            question.locator(".assessor-number").press("Tab")
    if ticks & answers.keys():
        page.locator("[data-that-is-all]").evaluate(OPEN)
        page.locator("[data-that-is-all]").check()


def half(page: Page) -> None:
    """Answer some questions, one of them with "I don't know"."""
    answer(page, {**dict(list(case_answers(CASE).items())[:4]), "residency": None})


def settled(page: Page) -> None:
    """Enter the answers of a worked case."""
    answer(page, case_answers(CASE))


def folded(page: Page) -> None:
    """Give the answers that most readers of the guide start with."""
    answer(page, {"current": "new", "purpose": "production", "connectivity": "reliable", "fork": False})


def applied(page: Page) -> None:
    """Give answers with which one passage applies and others may, and ask why it does."""
    answer(page, {"purpose": "production", "connectivity": "intermittent"})
    page.evaluate(SETTLE)
    page.locator("[data-passage=applies] > .assessor-when-label > button").first.click()


def error(page: Page) -> None:
    """Type a number that is out of range."""
    half(page)
    answer(page, {"fte": 500})


def link_offered(page: Page) -> None:
    """Open a share link whose answers differ from the reader's."""
    half(page)
    page.evaluate("hash => { location.hash = hash; }", f"#assessor={RULESET.id}.00000000.cloud&purpose=learning")
    page.locator("[data-do=take]:visible").wait_for()


def trial(page: Page) -> None:
    """Try a change of the answers."""
    settled(page)
    page.evaluate(SETTLE)
    page.locator("[data-do=try]:visible").nth(1).click()


def printed(page: Page) -> None:
    """Press the button that prints the result; nothing here answers its dialog."""
    settled(page)
    page.evaluate("window.print = () => dispatchEvent(new Event('beforeprint'))")
    page.locator(".assessor-more > summary").click()
    page.locator("[data-do=print]").click()


def resetting(page: Page) -> None:
    """Press the button that clears all answers."""
    settled(page)
    page.locator("[data-do=reset]").click()


def nothing(page: Page) -> None:
    """Leave the page as it loads."""


_DARK = {"viewport": DESKTOP, "color_scheme": "dark"}
_ON_PHONE = {"viewport": PHONE, "device_scale_factor": 2}
_NO_SCRIPT = {"viewport": DESKTOP, "java_script_enabled": False}
_PICTURE = ".assessor-figures"
_RESULT = ".assessor-result"

PICTURES_OF_STATES = (
    Picture("empty", nothing),
    Picture("half", half),
    Picture("settled", settled),
    Picture("settled-dark", settled, options=_DARK),
    Picture("settled-phone", settled, focus=_RESULT, options=_ON_PHONE),
    Picture("trial", trial, focus=".assessor-trial"),
    Picture("half-phone", half, options=_ON_PHONE),
    Picture("passages", folded, focus="#low-connectivity-environments"),
    Picture("passages-apply", applied, focus="#low-connectivity-environments"),
    Picture("error", error, focus='assessor-checklist [data-question="fte"]'),
    Picture("link", link_offered),
    Picture("resetting", resetting, focus='[data-do="reset-all"]'),
    Picture("figures", settled, focus=_PICTURE),
    Picture("figures-dark", settled, focus=_PICTURE, options=_DARK),
    Picture("no-script", nothing, options=_NO_SCRIPT),
    Picture("paper", printed, focus="body", options={"viewport": {"width": 800, "height": 1100}}, media="print"),
)

# Material is the theme of the other pictures; `make site-zensical` builds the site of Zensical.
PICTURES_OF_THEMES = {
    "mkdocs": (Picture("theme-mkdocs", settled), Picture("theme-mkdocs-dark", settled, options=_DARK)),
    "readthedocs": (Picture("theme-readthedocs", settled),),
    "zensical": (Picture("theme-zensical", settled), Picture("theme-zensical-dark", settled, options=_DARK)),
}


def build_theme(name: str, folder: Path) -> None:
    """Build the site in another theme of MkDocs."""
    theme = {"name": name, "color_mode": "auto"} if name == "mkdocs" else {"name": name}
    build(load_config(str(REPOSITORY / "mkdocs.yml"), theme=theme, site_dir=str(folder)))


def take(browser: Browser, picture: Picture, address: str) -> None:
    """Bring a page into a state and take its screenshot."""
    context = browser.new_context(reduced_motion="reduce", **picture.options)
    page = context.new_page()
    page.goto(address)
    picture.reach(page)
    page.emulate_media(media=picture.media)
    page.evaluate(SETTLE)
    page.locator(picture.focus).first.evaluate("element => { scrollTo(0, 0); element.scrollIntoView(); }")
    if "java_script_enabled" not in picture.options:
        page.evaluate("document.activeElement.blur()")
    page.screenshot(path=PICTURES / f"{picture.name}.png", animations="disabled")
    context.close()


def main() -> int:
    """Write every screenshot to docs/pictures/."""
    index, by_zensical = (REPOSITORY / site / "index.html" for site in ("site", "site-zensical"))
    if not index.is_file() or not by_zensical.is_file():
        print("run `make pictures`, which builds the sites first", file=sys.stderr)
        return 2
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = launch_browser(playwright)
        for picture in PICTURES_OF_STATES:
            take(browser, picture, index.as_uri())
        for theme, pictures in PICTURES_OF_THEMES.items():
            built = by_zensical
            if theme != "zensical":
                build_theme(theme, Path(folder) / theme)
                built = Path(folder) / theme / "index.html"
            for picture in pictures:
                take(browser, picture, built.as_uri())
        browser.close()
    print(f"{sum(1 for _ in PICTURES.glob('*.png'))} pictures are in {PICTURES.relative_to(REPOSITORY)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
