"""Every worked case, ticked by mouse and keys, is shown as Python assesses it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect

from assessor import Case, assess
from assessor.rulesets.self_hosting.ruleset import ruleset
from tests.browser.reader import TICKS, Reader, entered, expect_shown, visiting
from tests.browser.sites import Site

Visit = Callable[..., Reader]


@pytest.fixture(scope="module")
def readers(site: Site, browser: Browser) -> Iterator[Mapping[str, Reader]]:
    """A reader at each door, who goes through all cases: to open the page takes longer than most cases do."""
    with ExitStack() as stack:
        yield {door: stack.enter_context(visiting(browser, site.address(door))) for door in ("http", "file")}


@pytest.fixture
def reader(door: str, readers: Mapping[str, Reader]) -> Iterator[Reader]:
    """A reader who has just started again."""
    reader = readers[door]
    if reader.stored():
        reader.click(reader.button("Start again"))
        reader.click(reader.button("Yes, clear"))
    expect_shown(reader, {})
    yield reader
    reader.watch.check()


@pytest.mark.parametrize("case", ruleset.cases, ids=lambda case: case.id)
def test_a_case_is_settled_as_python_settles_it(case: Case, reader: Reader) -> None:
    reader.answer(case.answers)
    expect(reader.verdict).to_have_text(f"Settled: {case.outcome.title}")
    expect_shown(reader, entered(case.answers))
    assessment = assess(ruleset, entered(case.answers))
    decided = [each for each in (assessment, assessment["decisions"]["plan"]) if each["settled"]]
    assert reader.shown()["outcome"][0] == case.outcome.title
    rules = {rule.id: rule.because for rule in ruleset.rules}
    reasons = reader.result.locator(".assessor-reason:visible")
    expect(reasons).to_have_text([rules[str(each["rule"])] for each in decided])


@pytest.mark.parametrize("case", ruleset.cases, ids=lambda case: case.id)
def test_a_whole_case_by_keyboard_alone(case: Case, site: Site, visit: Visit) -> None:
    # As after a click on the heading in the table of contents: the way down the page is walked once, below.
    reader = visit(site.address("http", "index.html#your-checklist"))
    keys = reader.page.keyboard
    is_all = any(case.answers.get(name) is False for name in TICKS)
    for question in ruleset.questions:
        if question.id == "fte" and is_all:
            _tab_to(reader, "[data-that-is-all]")
            keys.press("Space")
        answer = case.answers.get(question.id)
        if answer is None or (answer is False and question.id in TICKS):
            continue
        _tab_to(reader, f'[data-question="{question.id}"] input')
        if question.id in TICKS:
            keys.press("Space")
        elif isinstance(answer, (bool, str)):
            options = ["true", "false"] if isinstance(answer, bool) else list(getattr(question, "option_ids", ()))
            keys.press("Space")
            for _ in range(options.index(str(answer).lower())):
                keys.press("ArrowDown")
        else:
            keys.type(f"{answer:g}")
    expect_shown(reader, entered(case.answers))
    expect(reader.verdict).to_have_text(f"Settled: {case.outcome.title}")
    # From wherever the answers ended, the verdict beside them leads to the result.
    _tab_to(reader, '.assessor-compass [href$="-result"]')
    keys.press("Enter")
    expect(reader.result).to_be_focused()
    expect(reader.hero).to_be_in_viewport()


def test_the_tab_key_leads_from_the_top_of_the_page_to_every_question(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"))
    for question in ruleset.questions:
        _tab_to(reader, f'[data-question="{question.id}"] input')


def _tab_to(reader: Reader, control: str) -> None:
    for _ in range(400):
        reader.page.keyboard.press("Tab")
        if reader.page.evaluate("control => document.activeElement.matches(`assessor-checklist ${control}`)", control):
            return
    raise AssertionError(f"the Tab key does not reach {control}")
