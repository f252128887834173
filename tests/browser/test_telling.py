"""What the page tells: a screen reader in one sentence, and the site's owner in one event. It never moves the focus."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from assessor import Answer, assess
from assessor.rulesets.self_hosting.ruleset import ruleset
from tests.browser.reader import Reader, expect_shown
from tests.browser.sites import Site
from tests.support.links import proven

Visit = Callable[..., Reader]

SELF_HOST: dict[str, Answer] = next(dict(case.answers) for case in ruleset.cases if case.id == "eu-hospital-ready")

# Keeps every text that the status is given, and every event.
LISTEN = """() => {
  window.told = [];
  const status = document.querySelector("assessor-checklist [data-status]");
  new MutationObserver(() => told.push(status.textContent)).observe(status, { childList: true });
  window.events = [];
  addEventListener("assessor:change", (event) => events.push(event.detail));
}"""


@pytest.fixture
def reader(site: Site, visit: Visit) -> Reader:
    """A reader at the guide, with nothing answered."""
    return visit(site.address("http"))


def test_each_change_is_told_to_the_site_owner_once(reader: Reader) -> None:
    reader.page.evaluate(LISTEN)
    reader.answer({"current": "new"})
    reader.answer_in(reader.in_prose("current"), "struggling")
    reader.question("current").get_by_role("button").click()
    reader.rest()
    plan = {"plan": {"outcome": None, "settled": False}}
    assert reader.page.evaluate("() => events") == [
        {"ruleset": "self-hosting", "outcome": None, "settled": False, "decisions": plan},
        {"ruleset": "self-hosting", "outcome": "talk", "settled": True, "decisions": plan},
        {"ruleset": "self-hosting", "outcome": None, "settled": False, "decisions": plan},
    ]


@pytest.fixture
def stopped(plain_site: Site, visit: Visit) -> Reader:
    """A reader for whom time passes only when the test says so."""
    reader = visit(plain_site.address("http"), has_clock=True)
    reader.stop(3_600_000)
    reader.page.evaluate(LISTEN)
    return reader


def test_what_is_printed_is_not_older_than_the_last_tick(reader: Reader) -> None:
    printed = reader.page.evaluate("""() => {
      document.querySelector("assessor-checklist [data-question=current] input[value=struggling]").click();
      dispatchEvent(new Event("beforeprint"));
      return document.querySelector(".assessor-result").innerText;
    }""")
    assert "Settled: Talk to Medplum first" in printed


def test_a_burst_of_changes_is_announced_in_one_sentence(stopped: Reader) -> None:
    reader = stopped
    for name, answer in SELF_HOST.items():
        reader.answer({name: answer})
        reader.page.clock.run_for(500)
    assert reader.page.evaluate("() => told") == []
    reader.page.clock.run_for(10_000)
    assert reader.page.evaluate("() => told") == ["Settled: Self-host."]
    # A change that is taken back is no news; one that stays is.
    reader.answer({"current": "struggling"})
    reader.answer({"current": "new"})
    reader.page.clock.run_for(10_000)
    assert reader.page.evaluate("() => told") == ["Settled: Self-host."]
    reader.answer({"onprem-mandate": None})
    reader.page.clock.run_for(799)
    assert len(reader.page.evaluate("() => told")) == 1
    reader.page.clock.run_for(201)
    assert reader.page.evaluate("() => told")[1:] == ["19 answered. Still possible: Self-host; Medplum Cloud."]


def test_nothing_is_announced_that_the_reader_has_not_just_done(stopped: Reader) -> None:
    stopped.answer(SELF_HOST)
    stopped.reload()
    expect(stopped.verdict).to_have_text("Settled: Self-host")
    stopped.page.clock.run_for(10_000)
    expect(stopped.status).to_have_text("")


def _load(reader: Reader, answers: dict[str, Answer]) -> None:
    content = json.dumps(answers).encode()
    reader.checklist.locator("[data-load]").set_input_files(
        {"name": "answers.json", "mimeType": "application/json", "buffer": content}
    )


def test_what_is_told_hides_no_result(stopped: Reader) -> None:
    _load(stopped, {"current": "struggling", "gone": 1})
    expect(stopped.verdict).to_have_text("Settled: Talk to Medplum first")
    stopped.page.clock.run_for(10_000)
    left_out = "Left out, because the questions or the answers are not known here: gone"
    assert stopped.page.evaluate("() => told") == [left_out, "Settled: Talk to Medplum first."]


def test_all_that_is_told_is_heard(stopped: Reader) -> None:
    link = proven("#assessor=self-hosting.00000000.talk&current=struggling&gone=1")
    stopped.page.evaluate("link => { location.hash = link; }", link)
    stopped.page.clock.run_for(10_000)
    expect(stopped.verdict).to_have_text("Settled: Talk to Medplum first")
    assert stopped.page.evaluate("() => told") == [
        "The link that led here was made with other rules. Its answers lead to the same result here.",
        "Left out, because the questions or the answers are not known here: gone",
        "These answers came with the link.",
        "Settled: Talk to Medplum first.",
    ]


def test_what_is_told_again_is_heard_again(stopped: Reader) -> None:
    for _ in range(2):
        _load(stopped, {"gone": 1})
        expect(stopped.checklist.locator(".assessor-notice:visible")).to_contain_text("no answers to these questions")
        stopped.page.clock.run_for(10_000)
    _load(stopped, {"phi": True})
    stopped.page.clock.run_for(10_000)
    _load(stopped, {"phi": False})
    stopped.page.clock.run_for(10_000)
    told = stopped.page.evaluate("() => told.map((text) => text.slice(0, 24))")
    none = "There are no answers to "
    assert [text for text in told if text] == [
        none,
        none,
        "1 answered. 7 outcomes a",
        "Your earlier answers wer",
    ]


def test_what_no_longer_holds_is_not_left_to_be_read(stopped: Reader) -> None:
    stopped.page.evaluate("location.hash = 'assessor=self-hosting.zzz'")
    stopped.page.clock.run_for(10_000)
    expect(stopped.status).to_contain_text("cannot be read")
    _load(stopped, {"connectivity": None})
    expect(stopped.checklist.locator(".assessor-notice:visible")).to_have_count(0)
    stopped.page.clock.run_for(10_000)
    expect(stopped.status).to_have_text("")


def test_an_announcement_comes_by_itself(reader: Reader) -> None:
    reader.answer({"current": "struggling"})
    expect(reader.status).to_have_text("Settled: Talk to Medplum first.")


def test_no_announcement_is_long(stopped: Reader) -> None:
    """The longest has every outcome and every question that leaves them all possible."""
    reader = stopped
    answers: dict[str, Answer] = {"purpose": "learning", "fte-cost": 150_000, "big-quarters": 1, "logs": True}
    sayings = []
    for name, answer in answers.items():
        reader.answer({name: answer})
        reader.page.clock.run_for(1_000)
        sayings.append(reader.page.evaluate("() => told").pop())
    everything = [outcome.title for outcome in ruleset.decisions[0].outcomes]
    assert len(assess(ruleset, answers)["possible"]) == len(everything)
    assert all(0 < len(saying) <= 160 for saying in sayings), sayings


def test_titles_that_make_it_long_are_counted_instead(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"))
    reader.page.evaluate(LISTEN)
    reader.page.locator(".assessor-summary [data-if='possible=cloud']").evaluate_all(
        "names => { for (const name of names) name.textContent = 'A title beyond measure. '.repeat(10); }"
    )
    reader.answer({"phi": True})
    expect(reader.status).to_have_text("1 answered. 7 outcomes are still possible.")


@pytest.mark.parametrize(
    ("name", "control"),
    [
        ("phi", "input[value=true]"),
        ("residency", "input[value=us]"),
        ("sla", "[data-unknown]"),
        ("fte", "[data-unknown]"),
        ("pager", "[data-tick]"),
    ],
)
def test_focus_stays_on_what_was_ticked(reader: Reader, name: str, control: str) -> None:
    ticked = reader.question(name).locator(control)
    ticked.check()
    expect(ticked).to_be_focused()
    expect_shown(reader, {name: True if name in {"phi", "pager"} else "us" if name == "residency" else None})
    expect(ticked).to_be_focused()


def test_a_number_is_taken_while_typed_and_focus_stays(reader: Reader) -> None:
    field = reader.question("fte").locator(".assessor-number")
    field.click()
    reader.page.keyboard.type("0.5")
    expect(field).to_be_focused()
    expect(field).to_have_value("0.5")
    expect_shown(reader, {"fte": 0.5})
    reader.page.keyboard.press("ArrowUp")
    expect_shown(reader, {"fte": 0.6})
    reader.page.keyboard.press("ControlOrMeta+Z")
    expect_shown(reader, {"fte": 0.5})
    reader.page.mouse.wheel(0, -100)
    for _ in range(8):
        reader.page.keyboard.press("ArrowDown")
    # Not below the least.
    expect(field).to_have_value("0")
    expect_shown(reader, {"fte": 0})
    reader.page.keyboard.press("Enter")
    expect(field).to_be_focused()
    assert reader.page.url.endswith("/index.html")
