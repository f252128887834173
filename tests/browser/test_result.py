"""The result: what is still possible beside the questions, the path to the verdict, and changes that can be tried."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from assessor import Answer, Assessment, Case, assess
from assessor.rulesets.self_hosting.hosting import hosting
from assessor.rulesets.self_hosting.ruleset import ruleset
from tests.browser.reader import Reader, entered, expect_shown
from tests.browser.sites import Site

Visit = Callable[..., Reader]

CASES = {case.id: case.answers for case in ruleset.cases}
TITLES = {outcome.id: outcome.title for outcome in ruleset.outcomes}
GET_READY = entered(CASES["eu-hospital-no-pager"])


@pytest.fixture
def reader(site: Site, visit: Visit) -> Reader:
    return visit(site.address("http"))


def _to_go(assessment: Assessment) -> str:
    fewest, most = assessment["remaining"]["fewest"], assessment["remaining"]["most"]
    count = most if fewest == most else f"{fewest}–{most}"
    return f"More answers until it is settled: {count}"


@pytest.mark.parametrize(
    "answers",
    [{}, {"current": "new"}, {"current": "new", "connectivity": "reliable"}],
    ids=["nothing", "one", "some"],
)
def test_a_band_is_as_wide_as_the_share_of_the_ways_to_answer(answers: dict[str, Answer], reader: Reader) -> None:
    reader.answer(answers)
    to_go = reader.checklist.get_by_text("More answers until").locator("visible=true")
    expect(to_go).to_have_text(_to_go(assess(ruleset, answers)))
    # A path goes along the upper edge to the right end, then from the lower edge back.
    ends = reader.checklist.locator("path[data-band]").evaluate_all(
        """bands => bands.map((band) => {
          const [, upper, lower] = band.getAttribute("d").match(/([\\d.]+)L300 ([\\d.]+)/);
          return [band.dataset.band, lower - upper];
        })"""
    )
    counts = {name: int(count) for name, count in assess(ruleset, answers)["counts"].items()}
    wide = {name: width for name, width in ends if counts[name] > 0.03 * sum(counts.values())}
    assert len(wide) > 1
    scale = sum(wide.values()) / sum(counts[name] for name in wide)
    assert {name: pytest.approx(counts[name] * scale, abs=0.3) for name in wide} == wide
    # What is ruled out has none, and what is hardly possible can still be seen.
    assert {name: width > 2 for name, width in ends} == {name: count > 0 for name, count in counts.items()}


def test_where_only_the_unknown_is_left_no_more_answers_are_asked_for(reader: Reader) -> None:
    unknown = dict.fromkeys(assess(ruleset, {})["matters"])
    reader.answer(unknown)
    compass = reader.checklist.locator(".assessor-compass")
    # It is said once, of the first decision that is open.
    said = compass.get_by_text("What is left depends on what you don’t know yet: ").locator("visible=true")
    expect(said).to_have_count(1)
    expect(compass.get_by_text("More answers until").locator("visible=true")).to_have_count(0)


def test_bands_are_drawn_for_what_is_possible_and_pinch_out(reader: Reader) -> None:
    reader.answer({"current": "new", "connectivity": "reliable"})
    bands = reader.checklist.locator("path[data-band]")
    ends = bands.evaluate_all(
        """bands => bands.map((band) => {
          const box = band.getBBox();
          const last = band.getAttribute("d").split("L")[0].match(/[\\d.]+ ([\\d.]+)$/)[1];
          return [band.dataset.band, box.width, band.getAttribute("d").includes("NaN"), last];
        })"""
    )
    possible = assess(ruleset, {"current": "new", "connectivity": "reliable"})["possible"]
    assert [width for _, width, _, _ in ends] == [300] * len(hosting.outcomes)
    assert not any(broken for _, _, broken, _ in ends)
    assert len({last for name, _, _, last in ends if name in possible}) == len(possible)


@pytest.mark.parametrize(
    ("where", "width"), [("site", 1440), ("site", 1280), ("site", 1024), ("site", 760), ("plain_site", 1280)]
)
def test_the_verdict_is_beside_the_questions(
    where: str, width: int, request: pytest.FixtureRequest, visit: Visit
) -> None:
    site: Site = request.getfixturevalue(where)
    reader = visit(site.address("http"), viewport={"width": width, "height": 800})
    reader.question("fte").scroll_into_view_if_needed()
    expect(reader.verdict).to_be_in_viewport()
    compass, form = (reader.checklist.locator(each).bounding_box() for each in (".assessor-compass", ".assessor-form"))
    assert compass is not None
    assert form is not None
    assert compass["x"] >= form["x"] + form["width"]


def test_on_a_telephone_one_line_says_it_and_a_settled_verdict_is_said_once(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"), viewport={"width": 390, "height": 780})
    reader.question("fte").scroll_into_view_if_needed()
    expect(reader.checklist.locator(".assessor-summary")).to_be_in_viewport()
    reader.answer({"current": "struggling"})
    expect(reader.checklist.locator(".assessor-verdict:visible")).to_have_text(["Settled: Talk to Medplum first"])


def test_the_path_names_what_each_answer_ruled_out(reader: Reader) -> None:
    reader.answer(CASES["eu-hospital-no-pager"])
    given: dict[str, Answer] = {}
    expected = []
    before = assess(ruleset, {})["possible"]
    for name in assess(ruleset, GET_READY)["reasons"]:
        given[name] = GET_READY[name]
        now = assess(ruleset, given)["possible"]
        gone = [each for each in before if each not in now]
        # An answer that needs others for it does not get the credit alone.
        by_others = assess(ruleset, {name: GET_READY[name]})["possible"]
        together = [each for each in gone if each in by_others]
        for said, outcomes in (
            ("rules out: ", [each for each in gone if each not in together]),
            ("rules out, together with answers above: ", together),
        ):
            expected += [said + "; ".join(TITLES[each] for each in outcomes)] if outcomes else []
        before = now
    assert before == ["get-ready"]
    assert any("together" in each for each in expected)
    path = reader.result.locator(".assessor-path").first
    assert path.locator("li:visible .assessor-hint:visible").all_inner_texts() == expected
    path = path.locator("li:visible")
    expect(path.first).to_contain_text("Self-hosting today We do not self-host Medplum", ignore_case=True)


def test_gaps_come_before_what_else_is_to_do(reader: Reader) -> None:
    reader.answer(CASES["eu-hospital-no-pager"])
    gaps = [each.id for each in ruleset.actions if each.gap]
    shown = reader.result.locator("[data-if^='apply=']:visible").evaluate_all(
        "all => all.map((each) => [each.dataset.if.slice(6), Boolean(each.closest('.assessor-gaps'))])"
    )
    assert shown == sorted(shown, key=lambda each: not each[1])
    assert all((name in gaps) is is_gap for name, is_gap in shown)
    assert any(is_gap for _, is_gap in shown)


def test_where_few_outcomes_are_left_the_result_begins_with_them(reader: Reader) -> None:
    expect(reader.hero).to_have_count(0)
    reader.answer({name: answer for name, answer in GET_READY.items() if name != "pager"})
    expect(reader.hero.locator(".assessor-names > :visible")).to_have_text(
        ["Self-host", "Self-host, once you are ready"]
    )
    expect(reader.hero).to_contain_text("Where Medplum runs")
    expect(reader.hero).to_contain_text("More answers until it is settled: 1")
    reader.hero.get_by_role("link", name="Next open question").click()
    expect(reader.question("pager")).to_be_focused()
    reader.answer({"pager": True})
    expect(reader.hero).to_contain_text("Settled: Self-host")


def test_an_open_first_decision_is_named_above_a_later_one_that_is_settled(reader: Reader) -> None:
    reader.answer({"isolation": True})
    expect(reader.hero).to_contain_text("Settled: Enterprise plan")
    possible = len(assess(ruleset, {"isolation": True})["possible"])
    expect(reader.result.get_by_text(f"Where Medplum runs Outcomes still possible: {possible}")).to_be_visible()


def _try(reader: Reader, outcome: str) -> None:
    change = reader.result.locator("[data-changes] > li:visible").filter(has_text=outcome).last
    reader.click(change.get_by_role("button", name="Try it"))
    reader.rest()


def test_a_change_can_be_tried_and_left(reader: Reader) -> None:
    answers = CASES["eu-hospital-no-pager"]
    reader.answer(answers)
    stored = reader.stored()
    _try(reader, "Self-host")
    trial = reader.result.locator(".assessor-trial")
    expect(trial).to_be_focused()
    expect(trial).to_contain_text("Only trying: Someone answers the pager around the clock → yes")
    expect(trial).to_contain_text("Self-host")
    expect(reader.verdict).to_have_text("Settled: Self-host")
    expect(reader.result.locator(".assessor-hero:visible")).to_contain_text("a team that is ready")
    # The reader's own answers stay in the questions, and in what is kept.
    expect(reader.question("pager").locator("[data-tick]")).not_to_be_checked()
    assert reader.stored() == stored
    expect(reader.result.get_by_role("button", name="Copy link")).to_be_hidden()
    expect(reader.result.locator("[data-changes]")).to_be_hidden()
    reader.click(reader.result.get_by_role("button", name="Back to my answers"))
    expect(trial).to_be_hidden()
    expect(reader.result.get_by_role("button", name="Try it").first).to_be_focused()
    expect_shown(reader, GET_READY)


def test_what_is_tried_can_be_kept_and_undone(reader: Reader) -> None:
    reader.answer(CASES["eu-hospital-no-pager"])
    _try(reader, "Self-host")
    reader.click(reader.result.get_by_role("button", name="Make it my answer"))
    expect(reader.question("pager").locator("[data-tick]")).to_be_checked()
    expect_shown(reader, {**GET_READY, "pager": True})
    expect(reader.result.locator(".assessor-trial")).to_be_hidden()
    reader.button("Undo").click()
    expect_shown(reader, GET_READY)


def test_the_text_follows_what_was_tried_once_it_is_kept(reader: Reader) -> None:
    reader.answer(CASES["startup"])
    ours, theirs = (
        reader.page.locator(".assessor-when", has=reader.page.locator(heading)).last
        for heading in ("#ongoing-maintenance", "#managed-operations")
    )
    expect(ours).to_have_attribute("data-passage", "folded")
    expect(theirs).to_have_attribute("data-passage", "applies")
    _try(reader, "Self-host, once you are ready")
    # What is only tried leaves the text as it is.
    expect(ours).to_have_attribute("data-passage", "folded")
    reader.click(reader.result.get_by_role("button", name="Make it my answer"))
    expect(ours).to_have_attribute("data-passage", "depends")
    expect(theirs).to_have_attribute("data-passage", "folded")


def test_an_answer_of_the_readers_own_ends_the_trial(reader: Reader) -> None:
    reader.answer(CASES["eu-hospital-no-pager"])
    _try(reader, "Self-host")
    reader.answer({"sla": True})
    expect(reader.result.locator(".assessor-trial")).to_be_hidden()
    expect_shown(reader, {**GET_READY, "sla": True})


def test_what_another_tab_answers_ends_the_trial(reader: Reader) -> None:
    reader.answer({"current": "struggling"})
    reader.stored()
    other = reader.another_tab()
    _try(reader, TITLES["cloud"])
    other.answer({"current": "new"})
    other.stored()
    expect(reader.result.locator(".assessor-trial")).to_be_hidden()
    expect_shown(reader, {"current": "new"})


def test_a_trial_that_leaves_the_outcome_open_says_what_is_possible(reader: Reader) -> None:
    reader.answer({"current": "struggling"})
    change = reader.result.locator("[data-changes] > li:visible").first
    expect(change).to_contain_text(
        "self-hosting today → “We do not self-host Medplum” or “We self-host it, and it runs well”"
    )
    _try(reader, TITLES["cloud"])
    # Of the two options, it tries the first.
    trial = reader.result.locator(".assessor-trial > p").first
    expect(trial).to_have_text("Only trying: self-hosting today → “We do not self-host Medplum”")
    possible = "; ".join(TITLES[each] for each in assess(ruleset, {"current": "new"})["possible"])
    expect(reader.result.locator(".assessor-trial [data-fill=titles]")).to_have_text(possible)


def test_a_trial_is_announced_as_one(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"), has_clock=True)
    reader.answer({"current": "struggling"})
    reader.stop(100_000)
    _try(reader, TITLES["cloud"])
    reader.page.clock.run_for(1000)
    expect(reader.status).to_have_text(re.compile("^Only trying: "))


def test_the_record_is_that_of_the_readers_own_answers(reader: Reader) -> None:
    reader.answer(CASES["eu-hospital-no-pager"])
    record = reader.page.evaluate("() => document.querySelector('assessor-checklist').record()")
    _try(reader, "Self-host")
    assert reader.page.evaluate("() => document.querySelector('assessor-checklist').record()") == record


@pytest.mark.parametrize("case", ruleset.cases, ids=lambda case: case.id)
def test_the_printed_result_fits_on_two_pages(case: Case, site: Site, visit: Visit, tmp_path: Path) -> None:
    # Where nobody can answer a dialog, the button only makes ready for it.
    reader = visit(site.address("http"), script="window.print = () => dispatchEvent(new Event('beforeprint'));")
    reader.answer(CASES[case.id])
    reader.button("Print result").click()
    reader.page.pdf(path=tmp_path / "result.pdf", format="A4", prefer_css_page_size=True)
    pages = PdfReader(tmp_path / "result.pdf").pages
    # Fonts draw "fi" as one sign.
    text = unicodedata.normalize("NFKC", " ".join(" ".join(page.extract_text() for page in pages).split()))
    assert len(pages) <= 2
    assert f"Settled: {case.outcome.title}" in text
    assert re.search(r"Rules [0-9a-f]{8}\. .*Date: \d{4}-\d{2}-\d{2}", text)
    assert not reader.page.evaluate("() => 'printing' in document.querySelector('assessor-checklist').dataset")


def test_one_button_is_seen_and_the_others_are_behind_it(reader: Reader) -> None:
    buttons = reader.result.locator("button.assessor-button:visible, summary.assessor-button:visible")
    expect(buttons).to_have_text(["Copy link", "More"])
    reader.result.locator(".assessor-more > summary").click()
    expect(reader.result.get_by_role("button", name="Save answers")).to_be_visible()
