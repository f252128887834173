"""Take the screenshots that the README and the docs show, from the built site in a real browser.

Run with `make pictures`; the site must have been built.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from assessor import YesNo, load_ruleset
from tools.browser import find_browser

REPOSITORY = Path(__file__).parent.parent
PICTURES = REPOSITORY / "docs" / "pictures"
CASE = "eu-hospital-no-pager"


def answer_case(page: Page, case_id: str) -> None:
    """Tick a worked case of the bundled rule set into the checklist of the page."""
    ruleset = load_ruleset(str(REPOSITORY / "assessor/rulesets/self_hosting.py"))
    case = next(case for case in ruleset.cases if case.id == case_id)
    ticked = {question.id for section in ruleset.sections if section.ticks for question in section.questions}
    for question_id, answer in case.answers.items():
        question = page.locator(f'assessor-checklist [data-question="{question_id}"]')
        if question_id in ticked:
            question.locator("[data-tick]").set_checked(answer is True)
        elif isinstance(answer, float | int) and not isinstance(ruleset.questions_by_id[question_id], YesNo):
            question.locator("input[type=number]").fill(str(answer))
            question.locator("input[type=number]").press("Tab")
        else:
            value = str(answer).lower() if isinstance(answer, bool) else answer
            question.locator(f'input[value="{value}"]').check()
    page.locator("[data-that-is-all]").check()


def main() -> int:
    """Take every picture into docs/pictures/."""
    index = REPOSITORY / "site" / "index.html"
    browser_path = find_browser()
    if browser_path is None or not index.is_file():
        print("run `make pictures`, which installs a browser and builds the site first", file=sys.stderr)
        return 2
    PICTURES.mkdir(exist_ok=True)
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=sandbox)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(index.as_uri())
        answer_case(page, CASE)
        page.locator("assessor-checklist").evaluate("element => element.scrollIntoView()")
        page.mouse.wheel(0, -70)
        page.evaluate("document.activeElement.blur()")
        page.screenshot(path=PICTURES / "settled.png")
        browser.close()
    print(f"pictures are in {PICTURES.relative_to(REPOSITORY)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
