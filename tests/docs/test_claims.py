"""Everything that the source document says is said by the guide, in the built site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import yaml

from assessor import RuleSet, load_ruleset
from tests.support.paths import ROOT
from tests.support.plugin.html_pages import by_class, by_id, read, text_of
from tests.support.sites import Built

_FILE = ROOT / "tests/docs/claims.yml"
_CLAIMS = 38


@dataclass(frozen=True)
class _Claim:
    number: int
    says: str
    texts: tuple[str, ...]
    links: tuple[str, ...]


def _claims() -> list[_Claim]:
    entries: list[dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return [
        _Claim(entry["claim"], entry["says"], tuple(entry["text"]), tuple(entry.get("href", ()))) for entry in entries
    ]


@pytest.fixture(scope="module")
def prose(guide: Built) -> Element:
    """What the guide's page says, navigation and the like left out."""
    (article,) = read(guide.page()).iter("article")
    return article


@pytest.fixture(scope="module")
def text(prose: Element) -> str:
    """Its text without the checklist and the questions, which could stand in for a sentence that was lost."""
    return text_of(prose, without="assessor")


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return load_ruleset("assessor.rulesets.self_hosting")


def _links(root: Element) -> list[str]:
    return [link.get("href", "") for link in root.iter("a")]


def test_all_are_there() -> None:
    assert [claim.number for claim in _claims()] == list(range(1, _CLAIMS + 1))
    assert all(claim.texts for claim in _claims())


@pytest.mark.parametrize("claim", _claims(), ids=lambda claim: f"{claim.number}: {claim.says}")
def test_claim(claim: _Claim, prose: Element, text: str) -> None:
    assert [pattern for pattern in claim.texts if not re.search(pattern, text, re.IGNORECASE)] == []
    assert [link for link in claim.links if link not in _links(prose)] == []


def test_no_claim_is_met_by_the_rule_set(prose: Element) -> None:
    """An expression that the checklist matches, too, would prove nothing."""
    shown = " ".join(text_of(slot) for slot in by_class(prose, "assessor"))
    assert shown
    met = [pattern for claim in _claims() for pattern in claim.texts if re.search(pattern, shown, re.IGNORECASE)]
    assert met == []


class TestMendedLinks:
    """The source's own were root-relative, or had a bracket too many."""

    @pytest.mark.parametrize(
        ("target", "words"),
        [
            ("https://www.medplum.com/blog/so-youre-thinking-about-forking", "highly compelling technical reason"),
            ("mailto:support@medplum.com", "support@medplum.com"),
            ("https://discord.gg/medplum", "Discord"),
        ],
    )
    def test_link(self, prose: Element, target: str, words: str) -> None:
        assert words in [text_of(link) for link in prose.iter("a") if link.get("href") == target]

    def test_no_bracket_is_left_over(self, text: str) -> None:
        assert text.count("(") == text.count(")") > 0
        assert text.count("[") == text.count("]")

    def test_nothing_else_goes_to_the_root_or_has_brackets(self, guide: Built) -> None:
        for name in guide.files():
            if name.endswith(".html") and name != "404.html":
                links = _links(read(guide.page(name)))
                assert [link for link in links if link.startswith("/") or re.search(r"[\[\]<>()]", link)] == [], name


class TestFactsPage:
    def test_every_fact_with_its_source_and_date(self, guide: Built, ruleset: RuleSet) -> None:
        page = read(guide.page("facts.html"))
        assert len(ruleset.facts) > 30
        for fact in ruleset.facts:
            row = by_id(page, f"assessor-fact-{fact.id}")
            assert str(fact) in text_of(row)
            assert fact.range_text() in text_of(row)
            assert _links(row[2]) == [fact.source]
            assert [time.get("datetime") for time in row.iter("time")] == [fact.checked]
            assert fact.checked_text() in text_of(row)

    def test_every_fact_in_the_prose_leads_to_its_source(self, guide: Built, ruleset: RuleSet) -> None:
        titles = {f"Source: {fact.source}, checked {fact.checked_text()}": fact for fact in ruleset.facts}
        links = by_class(read(guide.page()), "assessor-fact")
        assert len(links) > 20
        for link in links:
            assert link.get("href") == titles[link.get("title", "")].source


class TestOtherPages:
    def test_every_rule_and_criterion(self, guide: Built, ruleset: RuleSet) -> None:
        page = read(guide.page("rules.html"))
        for rule in ruleset.rules:
            assert text_of(by_id(page, f"assessor-rule-{rule.id}"))
        for criterion in ruleset.criteria:
            assert text_of(by_id(page, f"assessor-criterion-{criterion.id}")) == criterion.title

    def test_every_case_with_its_outcome(self, guide: Built, ruleset: RuleSet) -> None:
        page = read(guide.page("cases.html"))
        assert len(ruleset.cases) >= 12
        for case in ruleset.cases:
            assert case.outcome.title in text_of(by_id(page, f"assessor-case-{case.id}"))

    def test_every_question_in_the_checklist(self, guide: Built, ruleset: RuleSet) -> None:
        (checklist,) = read(guide.page()).iter("assessor-checklist")
        asked = [each.get("data-question") for each in checklist.iter() if each.get("data-question")]
        assert asked == [question.id for question in ruleset.questions]


def test_sections_and_questions_lead_to_each_other(guide: Built, ruleset: RuleSet) -> None:
    """From each question there is a link to its section; in the section it is asked, or there is a link to it."""
    page = read(guide.page())
    (article,) = page.iter("article")
    section, shown = "", set()
    for element in article.iter():
        if element.tag in ("h1", "h2", "h3", "h4"):
            section = element.get("id", section)
        if "data-question" in element.attrib and section != "your-checklist":
            shown.add((section, element.attrib["data-question"]))
        if asked := re.fullmatch(r"#assessor(?:-slot)?(?:-\d+)?--(.+)", element.get("href", "")):
            shown.add((section, asked[1]))
    for question in ruleset.questions:
        assert (question.about.removeprefix("index.md#"), question.id) in shown
        links = [link.get("href") for link in by_id(page, f"assessor--{question.id}").iter("a")]
        assert question.about.removeprefix("index.md") in links
