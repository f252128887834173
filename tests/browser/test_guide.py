"""The page guides readers: it opens the question that matters next, and folds what is done or no longer matters."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from assessor import Answer, Case, assess
from assessor.rulesets.self_hosting.ruleset import ruleset
from tests.browser.reader import TICKS, Reader, entered
from tests.browser.sites import Site

Visit = Callable[..., Reader]

OPEN = """() => [...document.querySelectorAll("assessor-checklist details[data-question]")]
  .filter((question) => question.open && question.checkVisibility()).map((question) => question.dataset.question)"""
SEEN = """() => [...document.querySelectorAll("assessor-checklist [data-question]")]
  .filter((question) => question.checkVisibility()).map((question) => question.dataset.question)"""


@pytest.fixture
def reader(site: Site, visit: Visit) -> Reader:
    return visit(site.address("http"), is_guided=True)


def _next(reader: Reader) -> str | None:
    link = reader.checklist.locator(".assessor-compass [data-if='next-decides']:not([hidden])")
    return str(link.get_attribute("href")).rpartition("--")[2] if link.count() else None


@pytest.mark.parametrize("case", ruleset.cases, ids=lambda case: case.id)
def test_whoever_answers_what_is_open_needs_no_other_click(case: Case, reader: Reader) -> None:
    answers: dict[str, Answer] = {}
    while (asked := _next(reader)) is not None:
        assert asked == assess(ruleset, entered(answers))["next"]
        if asked not in TICKS:
            assert asked in reader.page.evaluate(OPEN)
        expect(reader.question(asked)).to_be_visible()
        answers[asked] = case.answers.get(asked)
        reader.answer({asked: answers[asked]})
    settled = assess(ruleset, entered(answers))
    assert settled["outcome"] == case.outcome.id or None in answers.values()
    if settled["settled"]:
        expect(reader.verdict).to_have_text(f"Settled: {case.outcome.title}")


def test_one_question_is_open_and_the_last_answer_stays_open_beside_the_next(reader: Reader) -> None:
    assert reader.page.evaluate(OPEN) == ["current"]
    reader.answer({"current": "new"})
    assert reader.page.evaluate(OPEN) == ["current", _next(reader)]
    reader.answer({"purpose": "production"})
    assert reader.page.evaluate(OPEN) == ["purpose", _next(reader)]
    row = reader.question("current").locator("> summary")
    assert row.inner_text().split("\n") == ["Self-hosting today", "We do not self-host Medplum", "Change"]


def test_a_line_is_low_and_opens_its_question(reader: Reader) -> None:
    reader.answer({"current": "new", "connectivity": "reliable", "footprint": "moderate"})
    heights = reader.page.evaluate(
        """() => [...document.querySelectorAll("assessor-checklist details[data-question]:not([open]) > summary")]
          .filter((row) => row.checkVisibility()).map((row) => row.getBoundingClientRect().height)"""
    )
    assert len(heights) > 3
    assert max(heights) <= 56
    reader.question("current").locator("> summary").click()
    expect(reader.question("current").get_by_label("We do not self-host Medplum")).to_be_checked()
    reader.question("current").locator("> summary").click()
    assert "current" not in reader.page.evaluate(OPEN)


@pytest.mark.parametrize("place", ["checklist", "prose"])
def test_what_has_the_focus_stays_where_it_is(reader: Reader, place: str) -> None:
    reader.answer({"current": "new", "connectivity": "reliable"})
    question = reader.question(str(_next(reader))) if place == "checklist" else reader.in_prose("onprem-mandate")
    if place == "prose":
        question.locator("> summary").click()
    control = question.locator("input").first
    control.focus()
    top = "() => document.activeElement.getBoundingClientRect().top"
    before = reader.page.evaluate(top)
    reader.page.keyboard.press("Space")
    reader.rest()
    assert abs(reader.page.evaluate(top) - before) < 2
    expect(control).to_be_focused()


def test_what_no_longer_matters_is_counted_and_not_lost(reader: Reader) -> None:
    counted = reader.checklist.locator(".assessor-irrelevant")
    expect(counted).to_be_hidden()
    reader.answer({"current": "struggling"})
    useless = reader.page.locator("assessor-checklist [data-idle]").count()
    assert useless > 3
    expect(counted).to_have_text(f"No longer matters: {useless}")
    seen = set(reader.page.evaluate(SEEN))
    reader.click(reader.checklist.get_by_role("button", name="All questions"))
    assert set(reader.page.evaluate(SEEN)) > seen
    assert len(reader.page.evaluate(SEEN)) == len(ruleset.questions)


def test_the_wish_to_see_all_is_remembered(reader: Reader) -> None:
    button = reader.checklist.get_by_role("button", name="All questions")
    reader.click(button)
    expect(button).to_have_attribute("aria-pressed", "true")
    reader.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert len(reader.page.evaluate(SEEN)) == len(ruleset.questions)
    reader.click(button)
    assert reader.page.evaluate(OPEN) == ["current"]
    reader.reload()
    expect(button).to_have_attribute("aria-pressed", "false")


def test_once_settled_nothing_offers_a_next_question(reader: Reader) -> None:
    # The plan is settled first: else the page would ask for what settles that.
    reader.answer({"isolation": True, "current": "struggling"})
    expect(reader.verdict).to_contain_text("Talk to Medplum first")
    assert _next(reader) is None
    assert reader.page.evaluate(OPEN) == ["current"]


def test_once_one_decision_is_settled_the_next_question_is_for_the_other(reader: Reader) -> None:
    reader.answer({"current": "struggling"})
    expect(reader.verdict).to_contain_text("Talk to Medplum first")
    assert _next(reader) == "phi"


def test_start_again_leads_back_to_the_first_question(reader: Reader) -> None:
    reader.answer({"current": "new", "connectivity": "reliable"})
    reader.click(reader.button("Start again"))
    reader.click(reader.button("Yes, clear"))
    assert reader.page.evaluate(OPEN) == ["current"]


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_a_link_in_the_text_opens_its_question_at_the_first_click(scheme: str, site: Site, visit: Visit) -> None:
    reader = visit(site.address(scheme))
    # Material's instant navigation would fetch the page again.
    reader.page.evaluate("() => { window.isStillHere = true; }")
    link = reader.page.locator("p > a.assessor-question-link").filter(has_text="Can you cite the clause that says so?")
    link.click()
    question = reader.question("mandate-cited")
    expect(question.get_by_role("radio").first).to_be_in_viewport()
    reader.rest()
    expect(question.get_by_role("radio").first).to_be_in_viewport()
    expect(question.locator("> summary")).to_be_focused()
    assert reader.page.evaluate("() => window.isStillHere === true")
    if scheme == "file":
        # Over http, Material fetches the page anew when readers go back.
        reader.page.go_back()
        expect(link).to_be_in_viewport()
