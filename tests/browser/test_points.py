"""Points follow the answers on the page as they do in Python: in the result, beside the questions and in the record."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assessor import Answer, RuleSet, assess, load_ruleset
from assessor.language.words import Words, load_words
from assessor.reports.points import points_range, shown_scores
from assessor.reports.record.markdown import decision_record
from tests.browser.reader import Reader
from tests.browser.sites import Site, build, served
from tests.support.sites import CONFIG, write_site

Visit = Callable[..., Reader]

DAY = datetime.date(2026, 11, 22)
_RULES = """\
from assessor import Choice, Number, Outcome, RuleSet, Rule, Score, Section, YesNo, ranking

users = Number("users", "How many users?", name="the number of users", minimum=0, maximum=5_000)
size = Choice("size", "How large is the team?", {"small": "Small", "large": "*Very* large"}, name="size of the team")
pager = YesNo("pager", "Is there a pager <b>?", yes="there is a pager", no="there is no pager")
# accept: points-never-decide
fit = Score("fit", "Fit <i>", {pager: 3, size: {"large": 2500.5}, (users >= 10) & pager: 1, ~pager: -2})
other = Score("other", "Other", {~pager: 0.1, size: {"small": 0.2}})  # accept: points-never-decide
own, cloud = Outcome("own", "Self-host"), Outcome("cloud", "Cloud")
ruleset = RuleSet(
    "hosting",
    title="Where?",
    sections=[Section("all", "All", [users, size, pager])],
    rules=[
        Rule(fit > 2504, own, "Much fits."),  # accept: rule-changes-nothing
        *ranking({cloud: other, own: fit}, "It has the most points."),
    ],
)
"""
STATES: tuple[dict[str, Answer], ...] = (
    {},
    {"pager": True},
    {"pager": False, "size": "small"},
    {"size": "large", "users": 12},
    {"pager": True, "size": "large", "users": 12},
)


@pytest.fixture(scope="module", params=["en", "de", "ja"])
def points(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, str, Path]]:
    """A site with points in a language."""
    config = CONFIG.replace("theme: mkdocs", "theme: {name: mkdocs, highlightjs: false}")
    config = config.replace("plugins:\n", "plugins:\n  - search\n")
    page = f"---\nlanguage: {request.param}\n---\n# Where?\n\n<!-- assessor/checklist -->\n\n<!-- assessor/rules -->\n"
    pages = {"index.md": page, "rules.py": _RULES, "mkdocs.yml": config}
    folder = write_site(tmp_path_factory.mktemp("points"), pages)
    (folder / "site").mkdir()
    with served(folder / "site") as url:
        yield build(folder / "mkdocs.yml", folder / "site", url), request.param, folder


def _lines(ruleset: RuleSet, answers: dict[str, Answer], words: Words) -> list[str]:
    found = assess(ruleset, answers)["scores"]
    return [
        words.fill(
            "points_line", title=each.score.title, points=each.line(points_range(found[each.score.id], words), words)
        )
        for each in shown_scores(ruleset, words)
    ]


def test_points_are_those_of_python(points: tuple[Site, str, Path], visit: Visit) -> None:
    site, language, folder = points
    ruleset, words = load_ruleset(str(folder / "rules.py")), load_words(language)
    permissions = ["clipboard-read", "clipboard-write"]
    reader = visit(site.address("http"), permissions=permissions, locale="pt-BR", timezone_id="UTC")
    reader.page.clock.set_fixed_time(f"{DAY}T12:00:00Z")
    for answers in STATES:
        reader.load(answers)
        lines = _lines(ruleset, answers, words)
        summaries = reader.page.locator(".assessor-points summary")
        expect(summaries).to_have_text(lines)
        for place, term in enumerate(assess(ruleset, answers)["scores"]["fit"]["terms"]):
            given = reader.page.locator(f'.assessor-points [data-fill="term=fit-{place}"]')
            expect(given).to_have_text(points_range(term, words))
        beside = reader.page.locator('.assessor-compass [data-fill="points=fit"]')
        expect(beside).to_have_text(points_range(assess(ruleset, answers)["scores"]["fit"], words))
        reader.click(reader.page.locator("[data-do=copy-record]"))
        copied = reader.page.evaluate("() => navigator.clipboard.readText()")
        assert copied == decision_record(ruleset, answers, DAY, words)


def test_what_gave_the_points_opens(points: tuple[Site, str, Path], visit: Visit) -> None:
    site, language, _ = points
    if language == "en":
        reader = visit(site.address("http")).load({"pager": True})
        first = reader.page.locator(".assessor-points details").first
        expect(first.get_by_text("3: there is a pager")).to_be_hidden()
        reader.click(first.locator("summary"))
        expect(first.get_by_text("3: there is a pager")).to_be_visible()
