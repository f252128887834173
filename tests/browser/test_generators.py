"""The same guide, published by the generators that have MkDocs's users: ProperDocs and Zensical."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assessor import Case
from assessor.rulesets.self_hosting.ruleset import ruleset
from tests.browser.reader import Reader, entered, expect_shown
from tests.browser.sites import Site, guide, plain_zensical

Visit = Callable[..., Reader]

CASES = {case.id: case for case in ruleset.cases}


@pytest.fixture(scope="module", params=["properdocs", "zensical"])
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of this repository below a path, as one of them builds it."""
    with guide(tmp_path_factory, "docs/latest/", request.param) as site:
        yield site


@pytest.mark.parametrize("name", ["eu-hospital-no-pager", "student"])
def test_ticking_leads_to_an_outcome(name: str, door: str, published: Site, visit: Visit) -> None:
    case: Case = CASES[name]
    reader = visit(published.address(door))
    expect_shown(reader, {})
    reader.answer(case.answers)
    expect(reader.verdict).to_have_text(f"Settled: {case.outcome.title}")
    expect_shown(reader, entered(case.answers))
    reader.reload()
    expect_shown(reader, entered(case.answers))


def test_a_question_in_the_prose_keeps_in_step(door: str, published: Site, visit: Visit) -> None:
    reader = visit(published.address(door))
    reader.answer({"onprem-mandate": True})
    expect(reader.in_prose("onprem-mandate").locator('input[value="true"]')).to_be_checked()
    reader.answer_in(reader.in_prose("onprem-mandate"), False)
    expect_shown(reader, {"onprem-mandate": False})


def test_another_page_and_back_by_its_links(published: Site, visit: Visit) -> None:
    """With instant navigation, which puts another page in place by script."""
    reader = visit(published.address("http"))
    reader.answer({"onprem-mandate": True})
    with reader.watch.navigating():
        reader.page.get_by_role("link", name="Worked cases").first.click()
        expect(reader.page.locator("h1")).to_contain_text("cases")
        reader.page.go_back()
        expect(reader.checklist).to_be_visible()
    expect_shown(reader, {"onprem-mandate": True})
    reader.answer({"current": "struggling"})
    expect_shown(reader, {"onprem-mandate": True, "current": "struggling"})


def test_each_question_leads_to_the_section_that_discusses_it(door: str, published: Site, visit: Visit) -> None:
    reader = visit(published.address(door))
    for question in ruleset.questions:
        anchor = question.about.partition("#")[2]
        link = reader.question(question.id).locator(".assessor-why a").first
        assert str(link.get_attribute("href")).endswith(f"#{anchor}"), question.id
        assert link.evaluate("link => link.href.split('#')[0] === location.href.split('#')[0]"), question.id
        expect(reader.page.locator(f"[id='{anchor}']")).to_have_count(1)


def test_a_page_without_a_slot_loads_nothing_of_ours(published: Site, visit: Visit) -> None:
    without = visit(published.address("http", "bundle.html"))
    assert [url for url in without.watch.requested if "assessor" in url] == []
    assert without.page.evaluate("() => customElements.get('assessor-checklist') === undefined")


def test_pages_of_zensical_share_their_answers(door: str, tmp_path: Path, visit: Visit) -> None:
    """Each has a script of its own, which is told where the site is."""
    with plain_zensical(tmp_path) as site:
        reader = visit(site.address(door))
        reader.answer_in(reader.in_prose("phi"), True)
        reader.open(site.address(door, "deep/guide/index.html"))
        expect_shown(reader, {"phi": True})
        reader.answer({"phi": False})
        reader.open(site.address(door))
        expect(reader.in_prose("phi").locator('input[value="false"]')).to_be_checked()
