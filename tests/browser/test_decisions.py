"""Several decisions: each with its part of the result, settled or open by itself, and in the record as in Python."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assessor import assess, load_ruleset
from assessor.reports.record.markdown import decision_record
from tests.browser.reader import Reader
from tests.browser.sites import Site, build, served
from tests.support.links import proven
from tests.support.sites import CONFIG, write_site

Visit = Callable[..., Reader]

_RULES = """\
from assessor import Case, Decision, Number, Outcome, Rule, RuleSet, Section, YesNo, otherwise

own = YesNo("own", "Do you want to run it yourself?")
support = YesNo("support", "Do you need support?")
seats = Number("seats", "How many seats do you need?", unit="seat|seats", minimum=0, maximum=100)
at_home, cloud = Outcome("at-home", "Run it yourself"), Outcome("cloud", "Use the cloud")
none, free, pro = Outcome("none", "No plan"), Outcome("free", "Free plan"), Outcome("pro", "Pro plan")
place = Decision("place", "Where it runs", [Rule(own, at_home, "You want to."), otherwise(cloud, "It is simple.")])
plan = Decision(
    "plan",
    "Which plan",
    [
        Rule(place.is_("at-home") & ~support, none, "You need none."),
        Rule(support | (seats > 5), pro, "Only this plan has it."),
        otherwise(free, "It is enough."),
    ],
)
ruleset = RuleSet(
    "offer",
    title="Which offer?",
    sections=[Section("all", "Your plan", [own, support, seats])],
    decisions=[place, plan],
    cases=[Case("small", "A small team", "It has few people.", {"own": False, "support": False, "seats": 2}, cloud,
                also=[free]),
           Case("shop", "A shop", "It needs support.", {"support": True}, pro)],
)
"""
_PAGE = """\
# Offer

<!-- assessor/checklist -->

<!-- assessor/rules -->

<!-- assessor/outcomes -->

<!-- assessor/diagram -->

<!-- assessor/cases -->
"""


@pytest.fixture(scope="module")
def offers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Path]]:
    """A site with two decisions."""
    config = CONFIG.replace("theme: mkdocs", "theme: {name: mkdocs, highlightjs: false}")
    config = config.replace("plugins:\n", "plugins:\n  - search: {lang: en}\n")
    folder = write_site(
        tmp_path_factory.mktemp("offers"), {"index.md": _PAGE, "rules.py": _RULES, "mkdocs.yml": config}
    )
    (folder / "site").mkdir()
    with served(folder / "site") as url:
        yield build(folder / "mkdocs.yml", folder / "site", url), folder / "rules.py"


@pytest.fixture
def reader(offers: tuple[Site, Path], visit: Visit) -> Reader:
    return visit(offers[0].address("http"), permissions=["clipboard-read", "clipboard-write"])


def test_each_decision_is_settled_by_itself(reader: Reader) -> None:
    result = reader.checklist.locator(".assessor-result")
    reader.answer({"own": False})
    settled = result.locator(".assessor-hero:visible .assessor-verdict")
    expect(settled).to_have_text(["Settled: Use the cloud"])
    # The separator between them is drawn.
    still = result.get_by_text("Still possible:").locator("visible=true")
    expect(still).to_have_text("Still possible: Pro planFree plan", use_inner_text=True)
    compass = reader.checklist.locator(".assessor-compass")
    # The next question is for the first decision that is open.
    expect(compass.locator("[data-next]:visible")).to_contain_text("Do you need support?")
    # What is said of a decision stands below its title.
    assert [line for line in compass.inner_text().splitlines() if line] == [
        "1 of 3 questions answered",
        "Where it runs",
        "Settled: Use the cloud",
        "No further answer can change this.",
        "No answers",
        "Now",
        "Next open question",
        "– Do you need support?",
        "See the result",
        "Which plan",
        "Still possible: Pro planFree plan",
        "More answers until it is settled: 1–2",
    ]
    reader.answer({"support": True})
    expect(settled).to_have_text(["Settled: Use the cloud", "Settled: Pro plan"])
    expect(compass.get_by_text("More answers until")).to_have_count(2)
    expect(compass.get_by_text("More answers until").locator("visible=true")).to_have_count(0)
    expect(reader.question("seats").locator("[data-state=moot]")).to_be_visible()
    expect(reader.status).to_have_text("Settled: Use the cloud; Pro plan.")


def test_a_decision_left_to_what_the_reader_does_not_know_gives_way_to_the_next(reader: Reader) -> None:
    reader.answer({"own": None})
    compass = reader.checklist.locator(".assessor-compass")
    depends = compass.get_by_text("What is left depends on").locator("visible=true")
    expect(compass.locator("[data-next]:visible")).to_contain_text("Do you need support?")
    expect(depends).to_have_count(0)
    reader.answer({"support": None, "seats": None})
    # What only the plan depends on is not named.
    expect(depends).to_have_text("What is left depends on what you don’t know yet: Do you want to run it yourself?")


def test_the_reasons_of_each_decision_stand_in_its_card(reader: Reader) -> None:
    reader.answer({"own": False, "support": True})
    cards = reader.checklist.locator(".assessor-card:visible", has=reader.page.locator(".assessor-path:visible"))
    expect(cards).to_have_count(2)
    expect(cards.first.locator("li:visible a")).to_have_text(["Do you want to run it yourself?"])
    expect(cards.last.locator("li:visible a")).to_have_text(["Do you need support?"])


@pytest.mark.parametrize(
    "answers", [{}, {"own": False}, {"own": False, "seats": 9}, {"own": True, "support": False}, {"own": None}]
)
def test_the_record_is_that_of_python(
    reader: Reader, offers: tuple[Site, Path], answers: dict[str, bool | float | None]
) -> None:
    reader.answer(answers)
    record = reader.page.evaluate("document.querySelector('assessor-checklist').record()")
    expected = decision_record(load_ruleset(str(offers[1])), answers, datetime.date(2026, 11, 30))
    one, other = ([line for line in each.splitlines() if "- Date:" not in line] for each in (record, expected))
    assert one == other


@pytest.mark.parametrize(
    ("answers", "heading"),
    [
        ({"own": False}, "# Which offer? Use the cloud"),
        ({"own": False, "seats": 9}, "# Which offer? Use the cloud; Pro plan"),
        ({"support": True}, "# Which offer? Not decided yet"),
    ],
)
def test_the_heading_of_a_record_has_each_outcome_that_is_settled(
    offers: tuple[Site, Path], answers: dict[str, bool | float], heading: str
) -> None:
    record = decision_record(load_ruleset(str(offers[1])), answers, datetime.date(2026, 11, 30))
    assert record.splitlines()[0].lower() == heading.lower()


def test_what_would_change_a_result_says_which_decision_it_is_of(reader: Reader) -> None:
    reader.answer({"own": False, "support": False, "seats": 2})
    changes = reader.checklist.locator("[data-changes] li:visible [data-fill=outcome]")
    expect(changes).to_have_text(
        ["Run it yourself · Which plan: No plan", "Which plan: Pro plan", "Which plan: Pro plan"]
    )


def test_a_later_decision_that_is_settled_first_is_announced(reader: Reader) -> None:
    reader.answer({"support": True})
    expect(reader.status).to_have_text(
        "1 answered. Still possible: Run it yourself; Use the cloud · Which plan: Pro plan."
    )


def test_a_change_may_be_of_a_later_decision(reader: Reader) -> None:
    reader.answer({"own": False, "support": False, "seats": 2})
    chip = reader.checklist.locator("[data-changes] li:visible", has_text="Pro plan")
    chip.first.get_by_role("button").click()
    expect(reader.checklist.locator(".assessor-trial .assessor-verdict")).to_have_text("Use the cloud; Pro plan")


def test_each_decision_has_its_rules_and_its_picture(reader: Reader) -> None:
    assert reader.page.locator(".assessor-rules ol").count() == 2
    assert reader.page.locator(".assessor-diagram svg[role=img]").count() == 2
    ids = reader.page.evaluate("[...document.querySelectorAll('[id]')].map((each) => each.id)")
    assert len(ids) == len(set(ids))


def test_cases_and_outcomes_say_which_decision_they_are_of(reader: Reader) -> None:
    case = reader.page.locator(".assessor-cases section").first
    expect(case).to_contain_text("Where it runs Use the cloud")
    expect(case).to_contain_text("Which plan Free plan")
    expect(reader.page.locator(".assessor-outcomes section", has_text="Pro plan")).to_contain_text("Which plan")


def test_a_link_names_the_outcome_of_each_decision(reader: Reader) -> None:
    reader.answer({"own": False, "support": True})
    reader.button("Copy link").click()
    expect(reader.result.get_by_text("Link copied.")).to_be_visible()
    assert ".cloud.pro&own=false&support=true&" in reader.page.evaluate("() => navigator.clipboard.readText()")


@pytest.mark.parametrize(("outcomes", "is_same"), [("cloud.pro", True), ("cloud.free", False), ("pro", True)])
def test_a_link_of_other_rules_is_compared_in_each_decision(
    outcomes: str, is_same: bool, offers: tuple[Site, Path], visit: Visit
) -> None:
    reader = visit(offers[0].address("http") + proven(f"#assessor=offer.00000000.{outcomes}&own=false&support=true"))
    notices = reader.checklist.locator(".assessor-notice:visible")
    expect(notices.first).to_contain_text("The link that led here was made with other rules.")
    assert ("lead to the same result" in " ".join(notices.all_inner_texts())) is is_same
    assert ("lead to another result" in " ".join(notices.all_inner_texts())) is not is_same


def test_a_case_of_a_later_decision_alone_is_as_the_build_says(reader: Reader) -> None:
    reader.page.locator("#assessor-case-shop").get_by_role("link", name="Try this case").click()
    notices = reader.checklist.locator(".assessor-notice:visible")
    expect(notices.first).to_contain_text("A shop")
    assert "another result" not in " ".join(notices.all_inner_texts())


def test_pages_hear_of_each_decision(reader: Reader, offers: tuple[Site, Path]) -> None:
    reader.page.evaluate("document.addEventListener('assessor:change', ({ detail }) => { window.heard = detail; })")
    reader.answer({"own": False, "support": True})
    said = assess(load_ruleset(str(offers[1])), {"own": False, "support": True})["decisions"]["plan"]
    heard = reader.page.evaluate("window.heard")
    assert heard["outcome"] == "cloud"
    assert heard["decisions"] == {"plan": {"outcome": said["outcome"], "settled": said["settled"]}}
