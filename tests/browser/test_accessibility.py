"""No barrier that can be measured: axe-core, target sizes, reflow, in both palettes and every state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assessor import Answer
from assessor.rulesets.self_hosting.ruleset import ruleset
from tests.browser.barriers import DEFECTS, barriers, found_defects, unseen_focus
from tests.browser.reader import Reader
from tests.browser.sites import Site

Visit = Callable[..., Reader]

GET_READY: dict[str, Answer] = next(
    dict(case.answers) for case in ruleset.cases if case.id == "federal-contract-few-people"
)


def _bring_to(reader: Reader, state: str) -> None:
    if state == "half":
        reader.answer({"current": "new", "onprem-mandate": True, "phi": None, "pager": True, "two-know-it": None})
    if state == "settled":
        reader.answer(GET_READY)
        expect(reader.verdict).to_have_text("Settled: Self-host, once you are ready")
    if state == "trial":
        reader.click(reader.result.get_by_role("button", name="Try it").first)
        expect(reader.result.locator(".assessor-trial")).to_be_focused()
    if state == "error":
        reader.type_in(reader.question("fte"), "99")
        reader.type_in(reader.question("surge-fte"), "-1")
        expect(reader.page.locator("[data-error]:visible")).to_have_count(2)
        reader.button("Start again").click()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_state_has_a_barrier(scheme: str, width: int, site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"), viewport={"width": width, "height": 800}, color_scheme=scheme)
    palette = reader.page.locator("body").get_attribute("data-md-color-scheme")
    assert palette == {"light": "default", "dark": "slate"}[scheme]
    assert unseen_focus(reader.page) == []
    _check_each_state(reader)


def test_no_state_has_a_barrier_in_another_theme(plain_site: Site, visit: Visit) -> None:
    _check_each_state(visit(plain_site.address("http"), viewport={"width": 320, "height": 800}))


def _check_each_state(reader: Reader) -> None:
    for state in ("empty", "half", "settled", "trial", "error"):
        _bring_to(reader, state)
        assert barriers(reader.page) == [], state


@pytest.mark.parametrize("page", ["rules.html", "facts.html", "cases.html"])
def test_the_other_slots_have_no_barrier(page: str, site: Site, visit: Visit) -> None:
    reader = visit(site.address("http", page), viewport={"width": 320, "height": 800})
    # How links look and how headings are nested is up to theme and author.
    assert barriers(reader.page, "link-in-text-block", "heading-order") == []


_BROKEN_WORDS = r"""() => {
  const found = [], all = document.createTreeWalker(document.querySelector("assessor-checklist"), NodeFilter.SHOW_TEXT);
  while (all.nextNode()) {
    const part = all.currentNode.parentElement;
    if (!part.checkVisibility() || part.closest(".assessor-visually-hidden, textarea")) continue;
    for (const word of all.currentNode.data.matchAll(/(?<![\p{L}@.])\p{L}{2,9}(?![\p{L}@.])/gu)) {
      const range = document.createRange();
      range.setStart(all.currentNode, word.index);
      range.setEnd(all.currentNode, word.index + word[0].length);
      const lines = [...range.getClientRects()].filter(({ width }) => width).map(({ top }) => Math.round(top));
      if (new Set(lines).size > 1) found.push(all.currentNode.data);
    }
  }
  return found;
}"""


@pytest.mark.parametrize("answers", [{}, {"current": "struggling"}], ids=["open", "settled"])
@pytest.mark.parametrize(("width", "size"), [(390, 40), (320, 20)])
def test_no_word_breaks_with_large_text_or_on_a_narrow_screen(
    width: int, size: int, answers: dict[str, Answer], site: Site, visit: Visit
) -> None:
    reader = visit(site.address("http"), viewport={"width": width, "height": 800})
    reader.page.add_style_tag(content=f"html {{ font-size: {size}px !important; }}")
    reader.answer(answers).rest()
    assert reader.page.evaluate(_BROKEN_WORDS) == []


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
        group = asked.locator("> [role=group]")
        if group.count():
            expect(group).to_have_accessible_name(question.wording)
        else:
            expect(asked.locator("[data-tick]")).to_have_accessible_name(question.wording)
    expect(reader.question("fte").get_by_role("textbox")).to_have_accessible_name(
        "How many full-time people can you assign in a normal quarter? FTE"
    )
    reader.answer({"phi": True})
    expect(reader.question("phi").locator("button")).to_have_accessible_name(
        "Clear: Will this instance hold real patient data?"
    )


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


def test_planted_defects_are_found(browser: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A gate that finds nothing proves nothing: of 33 mistakes that somebody could make, nearly all must be found."""
    found = found_defects(browser, tmp_path)
    missed = [name for name in found if found[name][1] == 0 and name != "none"]
    with capsys.disabled():
        by_axe = sum(found[each.name][0] > 0 for each in DEFECTS)
        print(f"\nplanted: {len(DEFECTS)}, found by axe alone: {by_axe}, missed by all: {missed}", end="")
    assert found["none"] == (0, 0)
    assert len(DEFECTS) >= 21
    assert len(DEFECTS) - len(missed) >= 31


@pytest.mark.parametrize("width", [1280, 320])
def test_forced_colours_keep_every_state(width: int, site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"), viewport={"width": width, "height": 800}, forced_colors="active")
    reader.answer({"phi": True, "sla": None})
    assert barriers(reader.page, "color-contrast") == []
    marks = {
        name: reader.question(name)
        .locator(".assessor-mark")
        .evaluate("mark => getComputedStyle(mark, '::before').content")
        for name in ("phi", "sla", "fork")
    }
    assert len(set(marks.values())) == 3
