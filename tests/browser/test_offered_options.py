"""Options with a condition: the page shows them once it holds, and says which answers do not count any more."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from markdown import Markdown
from playwright.sync_api import Browser, expect

from assessor import load_ruleset
from assessor.language.words import load_words
from assessor.reports.record.markdown import decision_record
from mkdocs_assessor.extension import AssessorExtension
from tests.browser.reader import REST, Reader
from tests.browser.sites import Site, build, served
from tests.support.sites import CONFIG, write_site

DAY = datetime.date(2026, 11, 30)
Visit = Callable[..., Reader]

_RULES = """\
from assessor import Choice, Option, Outcome, Rule, RuleSet, Section, YesNo, otherwise

usa = YesNo("usa", "Does the data stay in the USA?", yes="the data stays in the USA")
region = Choice(
    "region",
    "In which region?",
    [
        Option("gov", "A government region", "you take it", asked_when=usa),
        Option("public", "A public region"),
        Option("own", "Our own machines"),
    ],
)
audit, usual, own = Outcome("audit", "Audit"), Outcome("usual", "Usual"), Outcome("own", "Own")
ruleset = RuleSet(
    "regions",
    title="Where?",
    sections=[Section("all", "All", [usa, region])],
    rules=[Rule(region.gov, audit, "So."), Rule(region.own, own, "So."), otherwise(usual, "So.")],
)
"""
_WHEN = "“A government region” is offered only if the data stays in the USA."


@pytest.fixture(scope="module")
def regions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose choice has an option with a condition."""
    config = CONFIG.replace("theme: mkdocs", "theme: {name: mkdocs, highlightjs: false}")
    config = config.replace("plugins:\n", "plugins:\n  - search\n")
    page = "# Where?\n\n<!-- assessor/checklist -->\n"
    pages = {"index.md": page, "rules.py": _RULES, "mkdocs.yml": config}
    folder = write_site(tmp_path_factory.mktemp("regions"), pages)
    (folder / "site").mkdir()
    with served(folder / "site") as url:
        yield build(folder / "mkdocs.yml", folder / "site", url)


def offered(reader: Reader) -> list[str]:
    """Return the options of the choice that a reader sees."""
    labels = reader.page.locator("[data-question=region] .assessor-choices label").all()
    return [label.inner_text() for label in labels if label.is_visible()]


def test_an_option_comes_and_goes_with_its_condition(regions: Site, visit: Visit) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    reader = visit(regions.address("http"), permissions=permissions, timezone_id="UTC")
    reader.page.clock.set_fixed_time(f"{DAY}T12:00:00Z")
    few = ["A public region", "Our own machines", "I don’t know yet"]
    region, gov = reader.page.locator("[data-question=region]"), reader.page.locator("input[value=gov]")
    expect(gov).to_be_hidden()
    assert offered(reader) == few
    expect(reader.page.get_by_text(_WHEN)).to_be_hidden()

    reader.answer({"usa": True})
    expect(gov).to_be_visible()
    assert offered(reader) == ["A government region", *few]
    gov.focus()
    reader.page.keyboard.press("Space")
    expect(reader.verdict).to_have_text("Settled: Audit")

    reader.answer({"usa": False})
    expect(gov).to_be_hidden()
    expect(region.locator("input:checked")).to_have_count(0)
    expect(region.get_by_text("You chose “A government region”, which is offered only if")).to_be_visible()
    notice = (
        "These answers do not count, because your other answers do not offer them: "
        "In which region? A government region."
    )
    expect(reader.page.get_by_text(notice).first).to_be_visible()
    expect(reader.status).to_have_text(notice)
    assert sorted(reader.shown()["possible"]) == ["Own", "Usual"]
    reader.click(reader.page.locator("[data-do=copy-record]"))
    copied = reader.page.evaluate("() => navigator.clipboard.readText()")
    ruleset = load_ruleset(str(regions.folder.parent / "rules.py"))
    assert copied == decision_record(ruleset, {"usa": False, "region": "gov"}, DAY, load_words("en"))

    # It is stored, and counts again where it is offered.
    (stored,) = [each for each in reader.stored().values() if "answers" in each]
    assert stored["answers"]["region"] == "gov"
    reader.answer({"usa": True})
    expect(gov).to_be_checked()
    expect(reader.verdict).to_have_text("Settled: Audit")

    # Another answer takes its place for good.
    reader.answer({"usa": False, "region": "own"})
    expect(reader.page.get_by_text(notice).first).to_be_hidden()
    expect(reader.verdict).to_have_text("Settled: Own")
    # The keys go past what is hidden.
    region.locator("input[value=own]").focus()
    for _ in range(3):
        reader.page.keyboard.press("ArrowDown")
        assert reader.page.evaluate("document.activeElement.value") != "gov"


def test_without_a_script_each_option_has_its_condition(regions: Site, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(regions.address("http"))
        expect(page.get_by_text(_WHEN)).to_be_visible()
        expect(page.get_by_text("A government region", exact=True)).to_be_visible()
        expect(page.get_by_text("You chose")).to_be_hidden()


def test_a_passage_names_the_answers_that_offer_the_option_that_decides(tmp_path: Path, browser: Browser) -> None:
    state = 'state = YesNo("state", "Do you work for a state?", yes="you work for a state")\nregion = Choice('
    rules = _RULES.replace("region = Choice(", state).replace("asked_when=usa", "asked_when=usa | state")
    (tmp_path / "rules.py").write_text(rules.replace("[usa, region]", "[usa, state, region]"), "utf-8")
    text = "<!-- assessor/checklist -->\n\n<!-- assessor/when own -->\n\nExpect it.\n\n<!-- assessor/end -->\n"
    content = Markdown(extensions=[AssessorExtension(rules=str(tmp_path / "rules.py"))]).convert(text)
    file = tmp_path / "page.html"
    file.write_text(f"<!doctype html><meta charset=utf-8><title>Page</title>{content}", "utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())

    def why(**answers: bool | str) -> list[str]:
        for name, answer in answers.items():
            value = answer if isinstance(answer, str) else "true" if answer else "false"
            # Folded as it may be.
            page.locator(f"[data-question={name}] input[value={value}]").evaluate("each => each.click()")
            page.evaluate(REST)
        named = page.locator(".assessor-when > :first-child > :last-child a")
        return [str(each.get_attribute("href")).rpartition("--")[2] for each in named.all()]

    assert why(usa=True, state=False, region="gov") == ["usa", "region"]
    # Still the same passage, by other answers.
    assert why(state=True) == ["usa", "region"]
    assert why(usa=False) == ["state", "region"]
    assert why(region="public") == ["region"]
    page.close()
