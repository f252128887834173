"""Estimates whose formula depends on answers follow them on the page as in Python, with what they assume and need."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assessor import Answer, assess, load_ruleset
from assessor.language.quantities import format_likely, format_span
from assessor.language.words import load_words
from assessor.reports.record.markdown import decision_record
from tests.browser.reader import Reader
from tests.browser.sites import Site, build, served
from tests.support.sites import CONFIG, write_site

Visit = Callable[..., Reader]

DAY = datetime.date(2026, 11, 22)
_RULES = """\
from assessor import Choice, Estimate, Fact, Number, Outcome, RuleSet, Rule, Section, YesNo, case, otherwise

source = {"source": "https://example.org/prices", "checked": "2026-11-01"}
usual = Fact("usual", 60, "user", low=20, high=150, **source)
price = Fact("price", 2, "USD/user", "A user <b>", **source)
server, big = Fact("server", 40, "USD", low=30, high=50, **source), Fact("big", 160, "USD", **source)
users = Number("users", "How many users?", name="the number of users", unit="user", minimum=0, default=usual)
size = Number("size", "How large?", unit="USD", minimum=0, maximum=900)
platform = Choice("platform", "Which?", {"cloud": "*Cloud* & <i>", "server": "Server", "none": "None"})
pager = YesNo("pager", "Is there a pager?")
hosting = case(platform.is_("cloud"), users * price, otherwise=case(users >= 100, big, otherwise=server))
own, cloud = Outcome("own", "Self-host"), Outcome("cloud", "Cloud")
ruleset = RuleSet(
    "hosting",
    title="Where?",
    sections=[Section("all", "All", [pager, platform, users, size])],
    rules=[Rule(pager, own, "There is a pager."), otherwise(cloud, "Nobody answers.")],
    estimates=[
        Estimate("hosting", "Hosting", 12 * hosting),
        Estimate("extra", "Extra", case(platform.is_("none"), size, otherwise=big)),
    ],
)
"""
STATES: tuple[dict[str, Answer], ...] = (
    {},
    {"platform": "cloud"},
    {"platform": "server", "pager": True},
    {"platform": "server", "users": 100},
    {"platform": "none", "pager": False},
    {"platform": "none", "size": 12, "users": 99.5},
)


@pytest.fixture(scope="module", params=["en", "de", "ja"])
def prices(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, str, Path]]:
    """A site with estimates that depend on answers, in a language."""
    config = CONFIG.replace("theme: mkdocs", "theme: {name: mkdocs, highlightjs: false}")
    config = config.replace("plugins:\n", "plugins:\n  - search\n")
    page = f"---\nlanguage: {request.param}\n---\n# Where?\n\n<!-- assessor/checklist -->\n"
    folder = write_site(tmp_path_factory.mktemp("prices"), {"index.md": page, "rules.py": _RULES, "mkdocs.yml": config})
    (folder / "site").mkdir()
    with served(folder / "site") as url:
        yield build(folder / "mkdocs.yml", folder / "site", url), request.param, folder


def test_estimates_are_those_of_python(prices: tuple[Site, str, Path], visit: Visit) -> None:
    site, language, folder = prices
    ruleset, words = load_ruleset(str(folder / "rules.py")), load_words(language)
    permissions = ["clipboard-read", "clipboard-write"]
    reader = visit(site.address("http"), permissions=permissions, locale="pt-BR", timezone_id="UTC")
    reader.page.clock.set_fixed_time(f"{DAY}T12:00:00Z")
    for answers in STATES:
        reader.load(answers)
        assessment = assess(ruleset, answers)
        for name, found in assessment["estimates"].items():
            likely = reader.page.locator(f'[data-fill="likely={name}"]')
            span = reader.page.locator(f'[data-fill="range={name}"]')
            low, usual, high = (found["low"], found["likely"], found["high"]) if found else (0, 0, 0)
            expect(likely).to_have_text(format_likely(low, usual, high, "", words) if found else "–")
            if low < high:
                expect(span).to_have_text(format_span(low, high, words))
        needed = {each for names in assessment["matters_to"]["estimates"].values() for each in names}
        for question in ("platform", "users", "size"):
            item = reader.page.locator(f'[data-if="open={question}"]')
            assert (item.get_attribute("hidden") is None) == (question in needed), (answers, question)
        reader.click(reader.page.locator("[data-do=copy-record]"))
        copied = reader.page.evaluate("() => navigator.clipboard.readText()")
        assert copied == decision_record(ruleset, answers, DAY, words)


def test_a_fact_says_under_which_condition_it_counts(prices: tuple[Site, str, Path], visit: Visit) -> None:
    site, language, _ = prices
    if language == "en":
        reader = visit(site.address("http")).load({})
        reader.click(reader.page.locator(".assessor-assumptions summary"))
        expect(reader.page.locator(".assessor-assumptions li", has_text="A user <b>")).to_contain_text(
            "2 USD per user, only if the answer to “Which?” is “Cloud & <i>”"
        )
