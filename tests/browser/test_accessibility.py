"""No barrier that can be measured: axe-core, target sizes, reflow, in both palettes and every state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from assessor import Answer
from assessor.rulesets.self_hosting import ruleset
from tests.browser.reader import Reader
from tests.browser.sites import ROOT, Site

Visit = Callable[..., Reader]

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RUN = """async (ignored) => {
  const rules = Object.fromEntries(ignored.map((id) => [id, { enabled: false }]));
  rules["target-size"] = { enabled: true };
  const { violations } = await axe.run(".assessor", { preload: false, resultTypes: ["violations"], rules });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}"""
GET_READY: dict[str, Answer] = next(
    dict(case.answers) for case in ruleset.cases if case.id == "federal-contract-few-people"
)


def _bring_to(reader: Reader, state: str) -> None:
    if state == "settled":
        reader.answer(GET_READY)
        expect(reader.verdict).to_have_text("Settled: Self-host, once you are ready")
    if state == "error":
        reader.type_in(reader.question("fte"), "99")
        reader.type_in(reader.question("surge-fte"), "-1")
        expect(reader.page.locator("[data-error]:visible")).to_have_count(2)
        reader.button("Start again").click()


def _barriers(reader: Reader, *ignored: str) -> list[str]:
    # What is folded away counts, too, and the bar with the result covers nothing where the checklist ends.
    reader.page.evaluate(
        """() => {
          for (const each of document.querySelectorAll(".assessor details")) each.open = true;
          document.querySelector("assessor-checklist")?.scrollIntoView({ block: "end", behavior: "instant" });
        }"""
    )
    reader.page.evaluate(AXE)
    found: list[str] = reader.page.evaluate(RUN, list(ignored))
    return found


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(scheme: str, width: int, site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"), viewport={"width": width, "height": 800}, color_scheme=scheme)
    palette = reader.page.locator("body").get_attribute("data-md-color-scheme")
    assert palette == {"light": "default", "dark": "slate"}[scheme]
    _check_each_state(reader)


def test_axe_finds_no_barrier_in_another_theme(plain_site: Site, visit: Visit) -> None:
    _check_each_state(visit(plain_site.address("http"), viewport={"width": 320, "height": 800}))


def _check_each_state(reader: Reader) -> None:
    for state in ("empty", "settled", "error"):
        _bring_to(reader, state)
        assert _barriers(reader) == [], state
        assert _overflow(reader) == 0, state


def _overflow(reader: Reader) -> Any:
    return reader.page.evaluate("() => document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize("page", ["rules.html", "facts.html", "cases.html"])
def test_the_other_slots_have_no_barrier(page: str, site: Site, visit: Visit) -> None:
    reader = visit(site.address("http", page), viewport={"width": 320, "height": 800})
    # How links look and how headings are nested is up to theme and author.
    assert _barriers(reader, "link-in-text-block", "heading-order") == []
    assert _overflow(reader) == 0


@pytest.mark.parametrize("where", ["site", "plain_site"])
def test_every_target_is_large_enough(where: str, request: pytest.FixtureRequest, visit: Visit) -> None:
    """24 by 24 pixels; a radio button or a checkbox is hit through its label, too."""
    site: Site = request.getfixturevalue(where)
    reader = visit(site.address("http"), viewport={"width": 320, "height": 800})
    reader.answer({"phi": True, "fte": 3})
    small = reader.page.locator(".assessor :is(input, button, summary, .assessor-summary a):visible").evaluate_all(
        """all => all.flatMap((control) => {
          const target = control.closest("label") ?? control;
          const { width, height } = target.getBoundingClientRect();
          return Math.min(width, height) < 24 ? [`${target.outerHTML.slice(0, 90)}: ${width} x ${height}`] : [];
        })"""
    )
    assert small == []


def test_every_group_and_control_has_a_name(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"))
    for question in ruleset.questions:
        asked = reader.question(question.id)
        if asked.locator("legend").count():
            expect(asked).to_have_role("group")
            expect(asked).to_have_accessible_name(question.wording)
        else:
            expect(asked.locator("[data-tick]")).to_have_accessible_name(question.wording)
    expect(reader.question("fte").get_by_role("spinbutton")).to_have_accessible_name(
        "How many full-time equivalents can you give it in a normal quarter? FTE"
    )
    reader.answer({"phi": True})
    expect(reader.question("phi").get_by_role("button")).to_have_accessible_name(
        "Clear: Will it hold the data of real patients?"
    )


def test_focus_is_seen(site: Site, visit: Visit) -> None:
    """By comparing pictures: a rule in a style sheet may be overruled, transparent or covered."""
    reader = visit(site.address("http"))
    for control in ("phi", "fte", "pager"):
        question = reader.question(control)
        box = question.locator("input").first
        box.scroll_into_view_if_needed()
        before = question.screenshot(animations="disabled")
        question.locator("summary").focus()
        reader.page.keyboard.press("Shift+Tab")
        after = question.screenshot(animations="disabled")
        assert before != after


@pytest.mark.parametrize("where", ["site", "plain_site"])
def test_what_has_the_focus_is_not_covered(where: str, request: pytest.FixtureRequest, visit: Visit) -> None:
    """By the bar with the result, at the bottom of a small screen, or by the theme's header."""
    site: Site = request.getfixturevalue(where)
    # MkDocs's own theme would scroll smoothly, and be on its way at every key.
    reader = visit(site.address("http"), viewport={"width": 320, "height": 500}, reduced_motion="reduce")
    reader.answer({"current": "new"})
    for key in ["Tab"] * 40 + ["Shift+Tab"] * 40:
        reader.page.keyboard.press(key)
        covered = reader.page.evaluate(
            """() => {
              const focused = document.activeElement;
              if (!focused.closest("assessor-checklist")) return "";
              const { x, y, width, height } = focused.getBoundingClientRect();
              const found = document.elementFromPoint(x + Math.min(width, 10) / 2, y + height / 2);
              const isSeen = focused.contains(found) || found?.contains(focused);
              return isSeen ? "" : `${focused.outerHTML} by ${found?.outerHTML}`;
            }"""
        )
        assert covered == ""
