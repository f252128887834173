"""What the page knows: open until answered, in step everywhere, and taken back as it was given."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from assessor import Answer
from assessor.rulesets.self_hosting.ruleset import ruleset
from tests.browser.reader import TICKS, Reader, entered, expect_shown, possible_answers
from tests.browser.sites import Site

Visit = Callable[..., Reader]

SELF_HOST: dict[str, Answer] = next(dict(case.answers) for case in ruleset.cases if case.id == "eu-hospital-ready")
UNKNOWN = "I don’t know yet"


@pytest.fixture
def reader(site: Site, visit: Visit) -> Reader:
    """A reader at the guide, with nothing answered."""
    return visit(site.address("http"))


def test_nothing_is_answered_for_the_reader(reader: Reader) -> None:
    expect(reader.page.locator(".assessor input:checked")).to_have_count(0)
    expect(reader.page.locator(".assessor .assessor-number").first).to_have_value("")
    expect_shown(reader, {})
    assert reader.stored() == {}
    expect(reader.status).to_be_attached()
    expect(reader.status).to_have_text("")


@pytest.mark.parametrize("seed", range(8))
def test_random_partial_answers_leave_open_what_python_leaves_open(reader: Reader, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(3):
        answers: dict[str, Answer] = {}
        for question in chance.sample(ruleset.questions, k=chance.randint(1, 12)):
            answers[question.id] = chance.choice(possible_answers(question))
        if chance.random() < 0.3:
            answers.setdefault(chance.choice(TICKS), False)
        reader.answer(answers)
        expect_shown(reader, entered(answers))
        reader.button("Start again").click()
        reader.button("Yes, clear").click()
        expect_shown(reader, {})


def test_no_is_an_answer_and_open_is_not(reader: Reader) -> None:
    reader.answer({**SELF_HOST, "onprem-mandate": None})
    assert len(reader.shown()["possible"]) > 1
    reader.answer({"onprem-mandate": False})
    expect(reader.verdict).to_have_text("Settled: Medplum Cloud")


@pytest.mark.parametrize("name", ["onprem-mandate", "residency", "fte"])
def test_not_known_is_told_and_still_open(reader: Reader, name: str) -> None:
    question = reader.question(name)
    expect(question.locator(".assessor-state")).to_have_text("Not answered", use_inner_text=True)
    question.get_by_text(UNKNOWN).click()
    expect(question.locator(".assessor-state")).to_have_text("Not known yet", use_inner_text=True)
    expect(question.get_by_label(UNKNOWN)).to_be_checked()
    expect_shown(reader, {name: None})
    (stored,) = reader.stored().values()
    assert stored["answers"] == {name: None}


@pytest.mark.parametrize(("name", "answer"), [("phi", True), ("residency", "us"), ("fte", 3), ("sla", None)])
def test_clear_takes_one_answer_back(reader: Reader, name: str, answer: Answer) -> None:
    reader.answer({"purpose": "learning", name: answer})
    clear = reader.question(name).locator("button")
    expect(clear).to_contain_text("Clear")
    clear.click()
    expect_shown(reader, {"purpose": "learning"})
    expect(reader.question(name).locator("input:checked")).to_have_count(0)
    expect(reader.question(name).locator(".assessor-state")).to_have_text("Not answered", use_inner_text=True)
    # The focus is still where the reader was, and the button goes once they leave.
    expect(clear).to_be_focused()
    reader.page.keyboard.press("Tab")
    expect(clear).to_be_hidden()


def test_unticked_is_no_only_once_that_is_all(reader: Reader) -> None:
    reader.answer({"onprem-mandate": True, **{name: answer for name, answer in SELF_HOST.items() if name not in TICKS}})
    six = dict.fromkeys(TICKS[:6], True)
    reader.answer(six)
    known = {**{name: answer for name, answer in SELF_HOST.items() if name not in TICKS}, **six}
    expect_shown(reader, known)
    assert "Self-host" in reader.shown()["possible"]
    reader.that_is_all.check()
    expect_shown(reader, {**known, TICKS[6]: False})
    expect(reader.verdict).to_have_text("Settled: Self-host, once you are ready")
    reader.that_is_all.uncheck()
    expect_shown(reader, known)
    # A tick after "Done" answers yes, and taking it back answers no.
    reader.that_is_all.check()
    reader.question(TICKS[6]).locator("[data-tick]").check()
    expect(reader.verdict).to_have_text("Settled: Self-host")
    reader.question(TICKS[6]).locator("[data-tick]").uncheck()
    expect_shown(reader, {**known, TICKS[6]: False})


def test_none_of_these_answers_all_ticks_with_no(reader: Reader) -> None:
    none = reader.checklist.get_by_label("None of these")
    none.focus()
    reader.page.keyboard.press("Space")
    expect_shown(reader, dict.fromkeys(TICKS, False))
    expect(none).to_be_checked()
    expect(reader.that_is_all).to_be_checked()
    expect(reader.button("Undo")).to_be_hidden()
    reader.reload()
    expect(none).to_be_checked()
    # A tick afterwards is the only yes.
    reader.question(TICKS[0]).locator("[data-tick]").check()
    expect_shown(reader, {TICKS[0]: True, **dict.fromkeys(TICKS[1:], False)})
    expect(none).not_to_be_checked()
    none.check()
    none.uncheck()
    expect_shown(reader, {})


def test_what_none_of_these_takes_back_can_be_restored(reader: Reader) -> None:
    reader.answer({"phi": True, TICKS[0]: True, TICKS[1]: None})
    reader.checklist.get_by_label("None of these").check()
    expect_shown(reader, {"phi": True, **dict.fromkeys(TICKS, False)})
    expect(reader.question(TICKS[0]).locator("[data-tick]")).not_to_be_checked()
    reader.checklist.get_by_role("button", name="Undo").click()
    expect_shown(reader, {"phi": True, TICKS[0]: True, TICKS[1]: None})


def test_all_ticked_and_one_taken_back_is_open_again(reader: Reader) -> None:
    reader.answer(dict.fromkeys(TICKS, True))
    expect(reader.that_is_all).not_to_be_checked()
    reader.question("pager").locator("[data-tick]").uncheck()
    expect_shown(reader, dict.fromkeys(TICKS[1:], True))


@pytest.mark.parametrize("typed", ["51", "-1", "1e"])
def test_a_number_out_of_range_is_told_and_no_answer(reader: Reader, typed: str) -> None:
    reader.answer({"fte": 3})
    question = reader.question("fte")
    field, error = question.get_by_role("textbox"), question.get_by_text("Enter a number from 0 to 50 FTE.")
    expect(error).to_be_hidden()
    reader.type_in(question, typed)
    expect(error).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile(r"Enter a number from 0 to 50 FTE\.$"))
    expect_shown(reader, {})
    # It stays until it is mended, whatever else is answered.
    reader.answer({"phi": True})
    expect(error).to_be_visible()
    reader.type_in(question, "0.55")
    expect(error).to_be_hidden()
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect_shown(reader, {"phi": True, "fte": 0.55})


def test_what_never_was_a_number_is_told(reader: Reader) -> None:
    """A browser tells of no change then: the value was empty, and is."""
    question = reader.question("fte")
    reader.type_in(question, "1e")
    expect(question.locator("[data-error]")).to_be_visible()
    expect(question.get_by_role("button", name="Clear")).to_be_visible()
    expect_shown(reader, {})


def test_a_number_that_is_deleted_is_open_again(reader: Reader) -> None:
    field = reader.question("fte").locator(".assessor-number")
    field.click()
    reader.page.keyboard.type("-")
    reader.page.keyboard.press("Backspace")
    for text in ("5", ".", "5"):
        reader.page.keyboard.type(text)
    expect(field).to_have_value("5.5")
    expect_shown(reader, {"fte": 5.5})
    for _ in range(3):
        reader.page.keyboard.press("Backspace")
    reader.page.keyboard.press("Tab")
    expect(field).to_have_value("")
    expect_shown(reader, {})


def test_typing_leaves_what_is_not_known_alone(reader: Reader) -> None:
    reader.answer({"fte": None})
    reader.question("fte").locator(".assessor-number").click()
    reader.page.keyboard.press("Tab")
    expect_shown(reader, {"fte": None})
    reader.answer({"fte": 2})
    expect(reader.question("fte").get_by_label(UNKNOWN)).not_to_be_checked()
    expect_shown(reader, {"fte": 2})


@pytest.mark.parametrize("way", ["answer", "unknown", "reset"])
def test_a_number_out_of_range_can_be_taken_back(reader: Reader, way: str) -> None:
    reader.answer({"phi": True})
    question = reader.question("fte")
    reader.type_in(question, "99")
    if way == "answer":
        reader.type_in(question, "9")
        question.get_by_role("button", name="Clear").click()
    elif way == "unknown":
        question.get_by_text(UNKNOWN).click()
    else:
        reader.button("Start again").click()
        reader.button("Yes, clear").click()
    expect(question.locator(".assessor-number")).to_have_value("")
    expect(question.locator("[data-error]")).to_be_hidden()


def test_a_number_out_of_range_does_not_swallow_the_next_click(reader: Reader) -> None:
    """What follows from leaving the field may not move the control that the pointer is on."""
    for question in (reader.question("fte"), reader.in_prose("fte")):
        reader.click(question.locator(".assessor-number"), times=3)
        reader.page.keyboard.type("99")
        question.locator(".assessor-why > summary").click()
        expect(question.locator(".assessor-why")).to_have_attribute("open", "")


def test_prose_and_checklist_are_in_step(reader: Reader) -> None:
    answers: dict[str, Answer] = {
        "onprem-mandate": True,
        "residency": "elsewhere",
        "fte": 0.5,
        "pager": False,
        "phi": None,
    }
    for name, answer in answers.items():
        reader.answer_in(reader.in_prose(name), answer)
    expect_shown(reader, answers)
    expect(reader.question("onprem-mandate").get_by_label("Yes")).to_be_checked()
    expect(reader.question("residency").get_by_label("Yes, somewhere else")).to_be_checked()
    expect(reader.question("fte").locator(".assessor-number")).to_have_value("0.5")
    expect(reader.question("pager").locator("[data-tick]")).not_to_be_checked()
    expect(reader.question("phi").get_by_label(UNKNOWN)).to_be_checked()

    reader.answer({"onprem-mandate": False, "residency": "us", "fte": 2, "pager": True, "phi": True})
    expect(reader.in_prose("onprem-mandate").get_by_label("No", exact=True)).to_be_checked()
    expect(reader.in_prose("residency").get_by_label("Yes, in the United States")).to_be_checked()
    expect(reader.in_prose("fte").locator(".assessor-number")).to_have_value("2")
    expect(reader.in_prose("pager").get_by_label("Yes")).to_be_checked()
    expect(reader.in_prose("phi").get_by_label("Yes")).to_be_checked()
    reader.question("fte").get_by_role("button", name="Clear").click()
    expect(reader.in_prose("fte").locator(".assessor-number")).to_have_value("")


def test_a_question_in_prose_shows_its_answer_in_its_line(reader: Reader) -> None:
    line = reader.in_prose("onprem-mandate").locator("> summary")
    expect(line).to_have_text(re.compile(r"Does a law .* hosting\?\s+Not answered\s+Answer$"), use_inner_text=True)
    reader.answer({"onprem-mandate": True})
    expect(line).to_have_text(re.compile(r"hosting\?\s+Yes\s+Change$"), use_inner_text=True)
    line.click()
    reader.in_prose("onprem-mandate").get_by_label("No", exact=True).check()
    expect_shown(reader, {"onprem-mandate": False})


def test_links_within_the_page_load_nothing_and_lose_nothing(site: Site, visit: Visit) -> None:
    """Material's instant navigation would fetch the page anew, and with it lose what is no answer yet."""
    reader = visit(site.address("http"))
    reader.type_in(reader.question("fte"), "99")
    why = reader.question("fte").locator(".assessor-why")
    why.locator("summary").click()
    reader.checklist.locator(".assessor-compass").get_by_role("link", name="Next open question").click()
    expect(reader.question("current").locator("> summary")).to_be_focused()
    expect(reader.question("current")).to_be_in_viewport()
    why.get_by_role("link").click()
    expect(reader.page.locator("#ongoing-maintenance")).to_be_focused()
    expect(reader.page.locator("#ongoing-maintenance")).to_be_in_viewport()
    expect(reader.question("fte").locator(".assessor-number")).to_have_value("99")
    expect(reader.question("fte").locator("[data-error]")).to_be_visible()
    assert why.get_attribute("open") is not None


@pytest.mark.parametrize("name", ["site", "plain_site"])
def test_back_returns_to_where_the_reader_was(name: str, request: pytest.FixtureRequest, visit: Visit) -> None:
    address = request.getfixturevalue(name).address("http")
    reader = visit(address, reduced_motion="reduce").answer({"phi": True})
    page = reader.page
    page.evaluate("() => { window.isStillHere = true; }")
    link = reader.checklist.get_by_role("link", name="Next open question")
    reader.question("fte").scroll_into_view_if_needed()
    # Material notes where the reader is 0.1 s after scrolling, in the entry of the history that is current then.
    is_noted = "() => history.state?.y === scrollY" if name == "site" else "() => true"
    page.wait_for_function(is_noted)
    start = page.evaluate("() => scrollY")
    with reader.watch.navigating():
        link.click()
        page.wait_for_function("start => Math.abs(scrollY - start) > 300", arg=start)
        page.wait_for_function(is_noted)
        assert page.url.startswith(f"{address}#")
        page.go_back()
        page.wait_for_function("start => Math.abs(scrollY - start) < 100", arg=start)
        assert page.url == address
        assert page.evaluate("() => window.isStillHere === true")
        expect_shown(reader, {"phi": True})
        # Material's instant navigation may load the page again for Back, whatever link it takes back.
        page.close()


def test_what_is_out_of_range_can_be_cleared(reader: Reader) -> None:
    fte = reader.question("fte")
    reader.type_in(fte, "99")
    fte.get_by_role("button", name="Clear").click()
    expect(fte.locator(".assessor-number")).to_have_value("")
    expect(fte.locator("[data-error]")).to_be_hidden()


def test_offline_everything_goes_on(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"))
    # The theme asks for its icon late.
    reader.page.wait_for_load_state("networkidle")
    reader.page.context.set_offline(True)
    reader.answer({"current": "new", "phi": True})
    reader.checklist.locator(".assessor-compass").get_by_role("link", name="Next open question").click()
    expect_shown(reader, {"current": "new", "phi": True})


@pytest.mark.parametrize("width", [320, 390])
def test_the_bar_tells_outcomes_apart_on_a_telephone(width: int, site: Site, visit: Visit) -> None:
    reader = visit(site.address("file"), viewport={"width": width, "height": 700})
    link = reader.checklist.locator(".assessor-summary > a:not([data-next])").first

    def is_whole() -> bool:
        return bool(link.evaluate("link => link.scrollWidth <= link.clientWidth"))

    expect(link).to_have_text("Outcomes still possible: 7", use_inner_text=True)
    assert is_whole()
    reader.answer({"onprem-mandate": True, "current": "new", "footprint": "heavy"})
    expect(link).to_have_text("Outcomes still possible: 2", use_inner_text=True)
    assert is_whole()


def test_the_result_names_the_next_question_and_leaves_what_is_not_known(reader: Reader) -> None:
    link = reader.checklist.locator(".assessor-compass a:visible")
    expect(link).to_have_accessible_name("Next open question – Do you self-host Medplum today?")
    reader.answer({"current": None})
    expect(link).to_have_accessible_name("Next open question – How much traffic will this instance get?")
    link.click()
    expect(reader.question("footprint").locator("> summary")).to_be_focused()


def test_reset_asks_and_undo_brings_back(reader: Reader) -> None:
    answers: dict[str, Answer] = {"phi": True, "residency": "us", "fte": 2, "pager": True, "sla": None}
    reader.answer(answers)
    start, keep, undo = (reader.button(name) for name in ("Start again", "Keep them", "Undo"))
    expect(undo).to_be_hidden()
    start.click()
    expect(keep).to_be_focused()
    expect(start).to_be_hidden()
    keep.click()
    expect(start).to_be_focused()
    expect(keep).to_be_hidden()
    expect_shown(reader, answers)
    start.click()
    reader.button("Yes, clear").click()
    expect(undo).to_be_focused()
    expect_shown(reader, {})
    assert reader.stored() == {}
    expect(reader.page.locator(".assessor input:checked")).to_have_count(0)
    undo.click()
    expect(start).to_be_focused()
    expect(undo).to_be_hidden()
    expect_shown(reader, answers)
    reader.reload()
    expect_shown(reader, answers)


def test_reset_clears_what_never_was_an_answer(reader: Reader) -> None:
    reader.type_in(reader.question("fte"), "99")
    expect(reader.question("fte").locator("[data-error]")).to_be_visible()
    reader.button("Start again").click()
    reader.button("Yes, clear").click()
    expect(reader.question("fte").locator(".assessor-number")).to_have_value("")
    expect(reader.question("fte").locator("[data-error]")).to_be_hidden()
    # There is nothing to bring back, and the focus is not lost with the button that was pressed.
    expect(reader.button("Undo")).to_be_hidden()
    expect(reader.button("Start again")).to_be_focused()


def test_the_focus_is_not_lost_with_what_another_tab_takes_away(reader: Reader) -> None:
    reader.answer({"phi": True})
    reader.button("Start again").click()
    reader.button("Yes, clear").click()
    expect(reader.button("Undo")).to_be_focused()
    reader.another_tab().answer({"current": "new"})
    expect(reader.button("Undo")).to_be_hidden()
    expect(reader.button("Start again")).to_be_focused()


def test_zero_has_no_sign(reader: Reader) -> None:
    reader.answer({"isolation": True})
    reader.type_in(reader.question("plan-price"), "-0")
    reader.rest()
    expect(reader.checklist.locator("[data-answer='plan-price']").first).to_have_text("0 USD per month")


def test_a_number_is_typed_after_a_reset(reader: Reader) -> None:
    """Its first digit is out of range, and must not be taken for something that the reset left behind."""
    reader.answer({"phi": True})
    reader.button("Start again").click()
    reader.button("Yes, clear").click()
    reader.answer({"fte-cost": 200_000})
    expect_shown(reader, {"fte-cost": 200_000})


def test_undo_goes_once_something_new_is_answered(reader: Reader) -> None:
    reader.answer({"phi": True})
    reader.button("Start again").click()
    reader.button("Yes, clear").click()
    reader.answer({"fork": True})
    expect(reader.button("Undo")).to_be_hidden()
    expect_shown(reader, {"fork": True})
