"""Answers are kept where they were given: over reloads, pages and tabs, and whatever the storage is like."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from assessor import Answer
from assessor.rulesets.self_hosting.ruleset import ruleset
from tests.browser.reader import Reader, expect_shown
from tests.browser.sites import Site

Visit = Callable[..., Reader]

ANSWERS: dict[str, Answer] = {"phi": True, "residency": "elsewhere", "fte": 0.5, "pager": True, "sla": None}
TALK: dict[str, Answer] = {"current": "struggling"}

CHANGED = "The rules have changed"
DAMAGED = "could not be read"
UNSAVED = "does not keep answers"


def _notices(reader: Reader) -> list[str]:
    return reader.checklist.locator(".assessor-notice:visible").all_inner_texts()


def _key(reader: Reader) -> str:
    """The key that the page keeps its answers under."""
    reader.answer({"phi": False})
    (key,) = reader.stored()
    return key


def _store(reader: Reader, key: str, value: str) -> None:
    reader.page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, value])
    reader.reload()


def test_a_reload_keeps_the_answers(door: str, site: Site, visit: Visit) -> None:
    reader = visit(site.address(door)).answer(ANSWERS)
    reader.reload()
    expect_shown(reader, ANSWERS)
    expect(reader.question("fte").locator(".assessor-number")).to_have_value("0.5")
    expect(reader.question("pager").locator("[data-tick]")).to_be_checked()
    expect(reader.in_prose("residency").get_by_label("Yes, somewhere else")).to_be_checked()
    assert _notices(reader) == []


def test_what_is_stored_is_small_and_readable(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http")).answer(ANSWERS)
    ((key, stored),) = reader.stored().items()
    assert key == "assessor:/assets/:self-hosting"
    assert sorted(stored) == ["answers", "at", "hash", "meanings", "v"]
    assert stored["v"] == 1
    assert stored["answers"] == ANSWERS
    assert reader.page.context.cookies() == []


def test_sites_on_one_host_do_not_mix(site: Site, nested_site: Site, visit: Visit) -> None:
    reader = visit(nested_site.address("http")).answer(TALK)
    expect(reader.verdict).to_have_text("Settled: Talk to Medplum first")
    assert list(reader.stored()) == ["assessor:/docs/latest/assets/:self-hosting"]
    reader.reload()
    expect(reader.verdict).to_have_text("Settled: Talk to Medplum first")


def test_copies_on_disk_do_not_mix(site: Site, nested_site: Site, visit: Visit) -> None:
    """Pages opened from disk share one storage."""
    reader = visit(site.address("file")).answer(TALK)
    reader.open(nested_site.address("file"))
    expect_shown(reader, {})
    reader.answer({"phi": True})
    assert len(reader.stored()) == 2


@pytest.mark.parametrize("start", ["index.html", "rules.html"])
@pytest.mark.parametrize("nesting", ["root", "nested"])
def test_instant_navigation_keeps_the_answers(
    start: str, nesting: str, request: pytest.FixtureRequest, visit: Visit
) -> None:
    site: Site = request.getfixturevalue("site" if nesting == "root" else "nested_site")
    reader = visit(site.address("http", start))
    page = reader.page
    # A page that is loaded anew would not have it.
    page.evaluate("() => { window.isStillHere = true; }")
    with reader.watch.navigating():
        if start == "rules.html":
            _follow(reader, "The decision")
        reader.answer(ANSWERS)
        page.evaluate("() => { window.left = document.querySelector('assessor-checklist'); }")
        _follow(reader, "The rules")
        expect(reader.checklist).to_have_count(0)
        _follow(reader, "The decision")
        expect_shown(reader, ANSWERS)
        reader.answer_in(reader.in_prose("connectivity"), "offline")
        expect_shown(reader, {**ANSWERS, "connectivity": "offline"})
        _follow(reader, "Worked cases")
        page.go_back()
        expect(reader.checklist).to_be_attached()
        expect_shown(reader, {**ANSWERS, "connectivity": "offline"})
        reader.question("phi").get_by_role("button").click()
        reader.button("Start again").click()
        reader.button("Yes, clear").click()
        expect_shown(reader, {})
    assert page.evaluate("() => window.isStillHere === true")
    # What was left behind is left alone: nothing piles up over many pages.
    assert page.evaluate("() => window.left.querySelector('[data-fill=answered]').textContent") == str(len(ANSWERS) - 1)


def _follow(reader: Reader, title: str) -> None:
    reader.page.locator(".md-nav--primary").get_by_role("link", name=title).click()
    expect(reader.page).to_have_title(f"{title} - Self-hosting vs Cloud")
    reader.rest().see()


def test_a_change_in_another_tab_is_seen_after_instant_navigation(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http")).answer({"phi": True})
    # Here no tab is ever hidden, so that what is answered would only be stored after a while.
    assert reader.stored()
    other = reader.another_tab()
    reader.page.bring_to_front()
    with reader.watch.navigating():
        _follow(reader, "The rules")
        assert other.answer(TALK).stored()
        reader.page.bring_to_front()
        _follow(reader, "The decision")
    expect_shown(reader, {"phi": True, **TALK})


def test_two_tabs_are_in_step(door: str, site: Site, visit: Visit) -> None:
    reader = visit(site.address(door))
    other = reader.another_tab()
    reader.answer({"phi": True, "fte": 2})
    expect(other.question("fte").locator(".assessor-number")).to_have_value("2")
    expect_shown(other, {"phi": True, "fte": 2})
    other.answer(TALK)
    expect(reader.verdict).to_have_text("Settled: Talk to Medplum first")
    expect_shown(reader, {"phi": True, "fte": 2, **TALK})
    other.button("Start again").click()
    other.button("Yes, clear").click()
    expect(reader.question("phi").locator("input:checked")).to_have_count(0)
    expect_shown(reader, {})


def test_two_tabs_that_are_ticked_at_once_lose_nothing(plain_site: Site, visit: Visit) -> None:
    reader = visit(plain_site.address("http")).answer({"phi": True, "fork": True})
    other = reader.another_tab()
    # Each stores its changes once a burst of them is over, and so the one after the other.
    for each, changes in (
        (reader, [("phi", "false"), ("isolation", "true")]),
        (other, [("current", "struggling"), ("residency", "elsewhere")]),
    ):
        for name, value in changes:
            each.question(name).locator(f"input[value={value}]").evaluate("input => input.click()")
    reader.question("fork").get_by_role("button").evaluate("button => button.click()")
    for each in (reader, other):
        expect(each.question("phi").locator("input[value=false]")).to_be_checked()
        expect(each.question("fork").locator("input:checked")).to_have_count(0)
        expect(each.question("isolation").locator("input[value=true]")).to_be_checked()
        expect(each.verdict).to_have_text("Settled: Talk to Medplum first")
        expect_shown(each, {"phi": False, "isolation": True, "current": "struggling", "residency": "elsewhere"})


def test_a_page_with_a_question_alone_is_in_step(plain_site: Site, visit: Visit) -> None:
    """Nothing but a `question` slot stands there, so no checklist can do it."""
    reader = visit(plain_site.address("http"))
    other = reader.another_tab()
    other.page.locator("assessor-checklist").evaluate("checklist => checklist.remove()")
    reader.answer({"onprem-mandate": True})
    expect(other.in_prose("onprem-mandate").get_by_label("Yes")).to_be_checked()


OFF = """
  Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } });
"""
# Material needs a storage that can be read, so on its pages only ours is denied.
OURS_OFF = """
  for (const name of ["getItem", "setItem", "removeItem"]) {
    const method = Storage.prototype[name];
    Storage.prototype[name] = function (key, ...rest) {
      if (String(key).startsWith("assessor:")) throw new DOMException("denied", "SecurityError");
      return method.call(this, key, ...rest);
    };
  }
"""


@pytest.mark.parametrize("script", [OFF, OURS_OFF], ids=["all", "ours"])
def test_without_storage_it_works_and_says_so(script: str, site: Site, plain_site: Site, visit: Visit) -> None:
    reader = visit((plain_site if script == OFF else site).address("http"), script=script)
    reader.answer({**TALK, "fte": 2, "pager": True})
    expect(reader.verdict).to_have_text("Settled: Talk to Medplum first")
    (notice,) = _notices(reader)
    assert UNSAVED in notice
    # What happens in storage elsewhere, or a page that is shown again, takes nothing away.
    reader.page.evaluate("""() => {
      dispatchEvent(new StorageEvent("storage", { key: null }));
      dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    }""")
    expect_shown(reader, {**TALK, "fte": 2, "pager": True})
    if script == OURS_OFF:
        with reader.watch.navigating():
            _follow(reader, "The rules")
            _follow(reader, "The decision")
        expect_shown(reader, {**TALK, "fte": 2, "pager": True})
    reader.reload()
    expect_shown(reader, {})


def test_a_full_storage_is_told(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"))
    reader.page.evaluate("""() => {
      for (let size = 2 ** 22; size >= 1; size /= 2) {
        for (let count = 0; count < 3; count++) {
          try { localStorage.setItem(`junk-${size}-${count}`, "x".repeat(size)); } catch { break; }
        }
      }
    }""")
    reader.answer(TALK)
    expect(reader.verdict).to_have_text("Settled: Talk to Medplum first")
    expect(reader.checklist.locator(".assessor-notice:visible")).to_contain_text(UNSAVED)
    # Once there is room again, it is kept after all.
    reader.page.evaluate("() => localStorage.clear()")
    reader.answer({"phi": True})
    expect(reader.checklist.locator(".assessor-notice:visible")).to_have_count(0)
    reader.reload()
    expect_shown(reader, {**TALK, "phi": True})


def test_answers_are_stored_once_a_burst_of_them_is_over(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http")).answer(ANSWERS)
    stored = "() => Object.keys(localStorage).some((key) => key.startsWith('assessor:'))"
    reader.page.wait_for_function(stored)
    assert next(iter(reader.stored().values()))["answers"] == ANSWERS


def test_what_was_ticked_last_is_kept_when_the_page_is_left_at_once(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"))
    reader.click(reader.question("phi").locator("input[value=true]"))
    reader.reload()
    expect_shown(reader, {"phi": True})


def test_a_tick_that_another_page_outruns_is_not_left_on_its_control(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"))
    reader.page.evaluate("""() => {
      document.querySelector("assessor-checklist [data-question=phi] input[value=true]").click();
      dispatchEvent(new Event("pagehide"));
      for (const key of Object.keys(localStorage)) if (key.startsWith("assessor:")) localStorage.removeItem(key);
      dispatchEvent(new PageTransitionEvent("pageshow"));
    }""")
    reader.rest()
    expect_shown(reader, {})
    expect(reader.question("phi").locator(":checked")).to_have_count(0)


LATE = """addEventListener("DOMContentLoaded", () => {
  // Before any other script hears of it: what a reader does while the script is on its way.
  const controls = document.querySelectorAll("assessor-checklist [data-question]");
  for (const control of controls) {
    if (control.dataset.question === "phi") control.querySelector("input[value=true]").click();
    if (control.dataset.question === "pager") control.querySelector("[data-tick]").click();
    if (control.dataset.question === "sla") control.querySelector("[data-unknown]").click();
    if (control.dataset.question === "fte") control.querySelector(".assessor-number").value = "0.5";
  }
});"""


def test_what_is_answered_before_the_script_is_there_is_taken(door: str, site: Site, visit: Visit) -> None:
    reader = visit(site.address(door), LATE)
    expect_shown(reader, {"phi": True, "pager": True, "sla": None, "fte": 0.5})
    assert next(iter(reader.stored().values()))["answers"]["fte"] == 0.5


SHIFTS = """window.shifts = [];
const tell = ({ value, sources }) => `${value} ${sources.map(({ node }) => node?.outerHTML?.slice(0, 80))}`;
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map(tell)))
  .observe({ type: "layout-shift", buffered: true });"""


PLAN: dict[str, Answer] = {"isolation": True}


def _settled_before(
    site: Site, visit: Visit, script: str, width: int, part: str, *, answers: dict[str, Answer] | None = None
) -> Reader:
    """A reader who comes to a part of the page, with stored answers; by default, they settle both decisions."""
    reader = visit(site.address("http"), script, viewport={"width": width, "height": 800}, is_guided=True)
    reader.answer(answers or {**PLAN, **TALK})
    assert reader.stored()
    reader.page.goto("about:blank")
    reader.open(f"{site.address('http')}{part}")
    expect(reader.result.get_by_text("Settled: ")).not_to_have_count(0)
    return reader


@pytest.mark.parametrize("part", ["", "#assessor-questions", "#assessor-result"])
@pytest.mark.parametrize("width", [1400, 1000, 390])
def test_what_is_kept_is_shown_without_moving_anything(width: int, part: str, site: Site, visit: Visit) -> None:
    reader = _settled_before(site, visit, SHIFTS, width, part)
    assert reader.page.evaluate("() => window.shifts") == []


@pytest.mark.parametrize("answers", [TALK, PLAN], ids=["first", "later"])
@pytest.mark.parametrize("width", [1400, 390])
def test_a_result_of_one_decision_moves_nothing_either(
    width: int, answers: dict[str, Answer], site: Site, visit: Visit
) -> None:
    reader = _settled_before(site, visit, SHIFTS, width, "#assessor-result", answers=answers)
    after = reader.page.get_by_role("heading", name="Before you choose")
    expect(after).to_be_visible()
    assert reader.page.evaluate("() => window.shifts") == []


PLACES = """window.places = []; const look = () => {
  const target = document.querySelector(":target");
  if (target && scrollY) places.push(Math.round(target.getBoundingClientRect().top));
  requestAnimationFrame(look);
}; requestAnimationFrame(look);"""


@pytest.mark.parametrize("width", [1400, 390])
def test_a_section_that_a_link_leads_to_stays_where_it_is(width: int, site: Site, visit: Visit) -> None:
    reader = _settled_before(site, visit, PLACES, width, "#what-it-costs")
    reader.rest()
    # Passages above it are folded, and the result above it is longer than before.
    expect(reader.page.get_by_text("Ongoing maintenance").last).to_be_hidden()
    places = reader.page.evaluate("places")
    assert max(places) - min(places) <= 2, places
    expect(reader.page.get_by_role("heading", name="What it costs")).to_be_in_viewport()


_HASH = "the hash of these rules"
DAMAGE: dict[str, tuple[str, dict[str, Answer]]] = {
    "broken": ("{", {}),
    "cut off": ('{"v":1,"answers":{"current":"struggling"}', {}),
    "null": ("null", {}),
    "a number": ("7", {}),
    "a text": ('"answers"', {}),
    "a list": ("[]", {}),
    "no answers": ('{"answers":null}', {}),
    "too large": (json.dumps({"hash": _HASH, "answers": TALK, "junk": "x" * 65_536}), {}),
    "of wrong types": (
        json.dumps({"hash": _HASH, "answers": {**TALK, "fte": "1", "phi": "true", "fork": 1, "surge-fte": 51}}),
        TALK,
    ),
    "unknown": (json.dumps({"hash": _HASH, "answers": {**TALK, "no-such": True}}), TALK),
    "of a prototype": (json.dumps({"hash": _HASH, "answers": {"__proto__": TALK, "constructor": True}}), {}),
}


def test_damaged_storage_is_left_out_and_told(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"))
    key = _key(reader)
    current = reader.stored()[key]["hash"]
    for damage, (value, kept) in DAMAGE.items():
        _store(reader, key, value.replace(_HASH, current))
        expect_shown(reader, kept)
        assert DAMAGED in "".join(_notices(reader)), damage
    # It works again from the first answer on.
    reader.answer({"phi": True})
    reader.reload()
    expect_shown(reader, {"phi": True})
    assert _notices(reader) == []


def test_answers_to_older_rules_are_kept_where_they_fit_and_told(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"))
    key = _key(reader)
    old = {"v": 1, "hash": "0" * 64, "answers": {**ANSWERS, "gone": True, "current": "retired"}}
    _store(reader, key, json.dumps(old))
    expect_shown(reader, ANSWERS)
    (notice,) = _notices(reader)
    assert CHANGED in notice
    # Looking is no answer: what is stored stays as it was until the reader changes something.
    assert reader.stored()[key] == old
    reader.answer(TALK)
    stored = reader.stored()[key]
    assert stored["answers"] == {**ANSWERS, **TALK}
    assert stored["hash"] != old["hash"]
    reader.reload()
    assert _notices(reader) == []


def test_answers_to_questions_that_meant_something_else_are_offered(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http")).answer(ANSWERS)
    ((key, stored),) = reader.stored().items()
    # The first of the answers was given to other words.
    first, *others = ANSWERS
    stored |= {"hash": "0" * 64, "meanings": f"zzzz{stored['meanings'][4:]}"}
    assert next(iter(stored["answers"])) == first
    _store(reader, key, json.dumps(stored))
    expect_shown(reader, {name: ANSWERS[name] for name in others})
    changed, reworded = _notices(reader)
    assert CHANGED in changed
    wording = ruleset.questions_by_id[first].wording
    assert f"have changed since they were answered, so the answers do not count: {wording} Yes" in reworded
    # Until the reader decides, no answer is lost, whatever else is answered.
    reader.answer(TALK)
    reader.reload()
    expect_shown(reader, {**{name: ANSWERS[name] for name in others}, **TALK})
    reader.checklist.get_by_role("button", name="Let them count").click()
    expect_shown(reader, {**ANSWERS, **TALK})
    reader.button("Undo").click()
    expect(reader.checklist.get_by_role("button", name="Let them count")).to_be_visible()
    reader.checklist.get_by_role("button", name="Let them count").click()
    reader.reload()
    expect_shown(reader, {**ANSWERS, **TALK})
    assert _notices(reader) == []


def test_a_new_answer_replaces_the_one_to_other_words(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http")).answer({"phi": True})
    ((key, stored),) = reader.stored().items()
    _store(reader, key, json.dumps(stored | {"meanings": "zzzz"}))
    expect_shown(reader, {})
    assert len(_notices(reader)) == 1
    reader.answer({"phi": False})
    expect_shown(reader, {"phi": False})
    assert _notices(reader) == []


def test_a_theme_that_uses_the_storage_changes_nothing(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"))
    other = reader.another_tab()
    reader.answer({"phi": True})
    reader.type_in(reader.question("fte"), "99")
    other.page.evaluate("() => localStorage.setItem('/.__palette', '{}')")
    expect_shown(reader, {"phi": True})
    expect(reader.question("fte").locator("[data-error]")).to_be_visible()


def test_the_rules_hash_is_shown(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http")).answer({"phi": True})
    (stored,) = reader.stored().values()
    expect(reader.result).to_contain_text(f"Rules {stored['hash'][:8]}")
    assert ruleset.id == "self-hosting"
