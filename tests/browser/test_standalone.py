"""A guide without a generator: as a file from disk, as fragments on a page, and under a policy."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from assessor import Answer
from assessor.__main__ import main
from assessor.loading.reference import BUNDLED
from assessor.reports.wording import sentence
from assessor.rulesets.self_hosting.ruleset import ruleset
from tests.browser.barriers import barriers, unseen_focus
from tests.browser.reader import Reader, expect_shown
from tests.browser.sites import Site, served
from tests.support.sites import RULES

Visit = Callable[..., Reader]

GET_READY: dict[str, Answer] = next(
    dict(case.answers) for case in ruleset.cases if case.id == "federal-contract-few-people"
)
_SETTLED = "Settled: Self-host, once you are ready"

# What a page may never do under its own policy; reports come as an event.
_LISTEN = """addEventListener("securitypolicyviolation", (event) => {
  console.error(`violated: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});"""

_RIGHT_TO_LEFT = """
from assessor import *

near = YesNo("near", "هل تسكن قريبا من العمل؟", yes="تسكن قريبا", no="تسكن بعيدا", why="المسافة مهمة.")
bike = YesNo("bike", "هل لديك دراجة؟", yes="لديك دراجة", no="ليست لديك دراجة")
ride, bus = Outcome("ride", "اركب الدراجة"), Outcome("bus", "خذ الحافلة")
ruleset = RuleSet(
    "way", title="كيف تذهب إلى العمل؟", language="ar", sections=[Section("all", "وضعك", [near, bike])],
    outcomes=[ride, bus], rules=[Rule(near & bike, ride, "الطريق قصير."), otherwise(bus, "الطريق طويل.")],
)
"""
_GERMAN = """
from assessor import *

price = Fact("preis", 1234.5, "EUR/year", "Was ein Stellplatz kostet", source="https://a.org", checked="2026-03-01")
near = YesNo("nah", "Wohnen Sie in der Nähe?", yes="Sie wohnen in der Nähe", no="Sie wohnen weit weg")
ride, bus = Outcome("rad", "Mit dem Fahrrad"), Outcome("bus", "Mit dem Bus")
ruleset = RuleSet(
    "weg", title="Wie zur Arbeit?", language="de", facts=[price], sections=[Section("alles", "Ihr Weg", [near])],
    outcomes=[ride, bus], rules=[Rule(near, ride, "Es ist nah."), otherwise(bus, "Es ist weit.")],
)
"""


def _write(folder: Path, name: str, *arguments: str, reference: str = BUNDLED) -> None:
    run = CliRunner().invoke(main, ["page", reference, "--out", str(folder / name), *arguments])
    assert run.exit_code == 0, run.output


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Pages without a generator, served and on disk."""
    folder = tmp_path_factory.mktemp("alone")
    _write(folder, "index.html")
    for name, rules in {"ar": _RIGHT_TO_LEFT, "de": _GERMAN, "commute": RULES}.items():
        (folder / f"{name}.py").write_text(rules, encoding="utf-8")
        _write(folder, f"{name}.html", reference=str(folder / f"{name}.py"))
    with served(folder) as url:
        yield Site(folder, url)


def test_settles_and_keeps_the_answers(door: str, alone: Site, visit: Visit) -> None:
    """`visit` fails for any message of the browser, and any request after the page itself."""
    reader = visit(alone.address(door), script=_LISTEN)
    assert len(reader.watch.requested) == 1
    reader.answer(GET_READY)
    expect(reader.verdict).to_have_text(_SETTLED)
    expect_shown(reader, GET_READY)
    reader.reload()
    expect_shown(reader, GET_READY)
    expect(reader.status).to_have_text("")


def test_every_button_works_under_its_policy(alone: Site, visit: Visit, tmp_path: Path) -> None:
    reader = visit(alone.address("file"), script=_LISTEN).answer(GET_READY)
    reader.question("fte").locator(".assessor-number").press("Enter")
    with reader.page.expect_download() as download:
        reader.button("Save decision record").click()
    download.value.save_as(tmp_path / "record.md")
    assert (tmp_path / "record.md").read_text("utf-8").startswith("# Self-hosting vs Cloud")
    reader.click(reader.result.get_by_role("button", name="Try it").first)
    expect(reader.result.locator(".assessor-trial")).to_be_focused()
    reader.button("Back to my answers").click()
    reader.button("Start again").click()
    reader.button("Yes, clear").click()
    reader.rest()
    expect_shown(reader, {})


def test_a_worked_case_opens_in_the_checklist(door: str, alone: Site, visit: Visit) -> None:
    reader = visit(alone.address(door), script=_LISTEN)
    case = next(case for case in ruleset.cases if case.id == "federal-contract-few-people")
    reader.click(reader.page.get_by_role("link", name=f"Try this case: {case.title}"))
    expect(reader.verdict).to_have_text(_SETTLED)
    expect(reader.checklist.get_by_text("These are the answers of a worked case")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_has_no_barrier(scheme: str, width: int, alone: Site, visit: Visit) -> None:
    reader = visit(alone.address("file"), viewport={"width": width, "height": 800}, color_scheme=scheme)
    ground = reader.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") == (scheme == "light")
    assert unseen_focus(reader.page) == []
    assert barriers(reader.answer(GET_READY).page, where="html") == []


@pytest.mark.parametrize("page", ["index.html", "ar.html", "de.html", "commute.html"])
@pytest.mark.parametrize("width", [320, 390])
def test_fits_a_phone(page: str, width: int, alone: Site, visit: Visit) -> None:
    reader = visit(alone.address("file", page), viewport={"width": width, "height": 800})
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_script_everything_can_be_read(alone: Site, visit: Visit) -> None:
    reader = visit(alone.address("file"), java_script_enabled=False)
    expect(reader.checklist.locator(".assessor-no-script")).to_be_visible()
    for question in ruleset.questions:
        expect(reader.question(question.id).get_by_text(question.wording, exact=True).first).to_be_visible()
    rules = " ".join(reader.page.locator(".assessor-rules").inner_text().split())
    assert [rule.id for rule in ruleset.rules if sentence(rule) not in rules] == []


def test_prints_the_questions_the_rules_and_the_facts(alone: Site, visit: Visit, tmp_path: Path) -> None:
    reader = visit(alone.address("file"))
    reader.page.pdf(path=tmp_path / "guide.pdf", format="A4")
    drawn = "".join(page.extract_text() for page in PdfReader(tmp_path / "guide.pdf").pages)
    # Fonts draw "fi" as one sign, and lines end where the paper does.
    text = "".join(unicodedata.normalize("NFKC", drawn).split())
    said = [each.wording for each in ruleset.questions] + [sentence(each) for each in ruleset.rules]
    said += [each.title for each in ruleset.facts]
    assert [each for each in said if "".join(each.replace("`", "").split()) not in text] == []


def test_is_right_to_left_in_such_a_language(alone: Site, visit: Visit) -> None:
    reader = visit(alone.address("file", "ar.html"), viewport={"width": 390, "height": 800})
    option = reader.question("near").locator(".assessor-option").first
    box, text = option.locator("input").bounding_box(), option.locator("span").bounding_box()
    assert box
    assert text
    assert box["x"] > text["x"]
    # The past is at the end that says so.
    start = reader.page.locator(".assessor-ends > span").first.bounding_box()
    assert start
    assert start["x"] > 195
    assert reader.page.locator(".assessor-stream").evaluate("each => getComputedStyle(each).scale") == "-1 1"


def test_speaks_the_language_of_its_rules(alone: Site, visit: Visit) -> None:
    reader = visit(alone.address("file", "de.html"))
    reader.page.get_by_label("Ja", exact=True).check()
    expect(reader.verdict).to_have_text("Entschieden: Mit dem Fahrrad")
    expect(reader.page.get_by_role("cell", name="1.234,5 EUR pro Jahr")).to_be_visible()


def test_two_fragments_share_a_page(browser: Browser, tmp_path: Path, visit: Visit) -> None:
    (tmp_path / "rules.py").write_text(RULES, encoding="utf-8")
    (tmp_path / "home.py").write_text(RULES.replace('"commute"', '"way-home"'), encoding="utf-8")
    for name in ("rules", "home"):
        _write(tmp_path, f"{name}.html", "--fragment", reference=str(tmp_path / f"{name}.py"))
    parts = [(tmp_path / f"{name}.html").read_text("utf-8") for name in ("rules", "home")]
    head = '<meta charset="utf-8"><title>Two</title><link rel="icon" href="data:,">'
    page = f'<!doctype html><html lang="en">{head}{"<hr>".join(parts)}</html>'
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    with served(tmp_path) as url:
        reader = visit(f"{url}index.html")
        there, back = (reader.page.locator(f"assessor-checklist[data-ruleset={id}]") for id in ("commute", "way-home"))
        there.locator("[data-question=rain] [value=daily]").check()
        expect(there.locator(".assessor-verdict:visible").first).to_have_text("Settled: Take the bus")
        expect(back.locator(".assessor-verdict:visible").first).to_have_text("Outcomes still possible: 2")
        back.locator("[data-question=rain] [value=never]").check()
        reader.reload()
        expect(there.locator("[data-question=rain] [value=daily]")).to_be_checked()
        expect(back.locator("[data-question=rain] [value=never]")).to_be_checked()
