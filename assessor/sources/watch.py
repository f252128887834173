"""Check the sources of facts, one page after the other."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assessor.errors import AssessorError
from assessor.model.facts import Fact
from assessor.model.ruleset import RuleSet
from assessor.sources.cache import Cache, Kept
from assessor.sources.fetching import Fetched, Fetcher, is_public
from assessor.sources.support import Verdict, support
from assessor.sources.text import decoded, html_blocks, plain_blocks

Status = Literal[Verdict, "gone", "refused", "unreadable", "failed", "local"]
FINDINGS: frozenset[Status] = frozenset(("changed", "gone", "failed"))
"""What somebody has to look at now. A page that moved for good is a finding as well."""

_HTML = ("text/html", "application/xhtml+xml")
_TEXT = ("application/json", "application/xml", "application/yaml")
# A page with less text is written by its scripts.
_LEAST_LETTERS = 200


class OfflineError(AssessorError):
    """No source is reachable."""


@dataclass(frozen=True)
class Watched:
    """What became of the source of a fact.

    Attributes:
        fact: The fact.
        status: `holds` if the page has the value; `local` if the source is no page on the web.
        message: The finding, as a clause after the address.
        moved_to: Where the page is now, if it has moved for good.
        read: The date of reading the page; empty if reading it failed.
    """

    fact: Fact
    status: Status
    message: str
    moved_to: str = ""
    read: str = ""

    @property
    def is_finding(self) -> bool:
        """Whether somebody has to look at it now."""
        return self.status in FINDINGS or bool(self.moved_to)


def watch(ruleset: RuleSet, facts: Sequence[Fact], fetcher: Fetcher, cache: Cache, today: str) -> list[Watched]:
    """Return what became of the source of each fact.

    Args:
        ruleset: The rule set.
        facts: Its facts, in the order of the report.
        fetcher: What reads pages.
        cache: The recently read pages.
        today: The date, as `YYYY-MM-DD`.

    Raises:
        OfflineError: If there are pages to read, and the network has no host.
    """
    pages: dict[str, Kept | Fetched] = {}
    for url in dict.fromkeys(fact.source.partition("#")[0] for fact in facts if is_public(fact.source)):
        pages[url] = cache.get(url) or _read(url, fetcher, cache, today)
    tried = [page for page in pages.values() if isinstance(page, Fetched) or page.read == today]
    if tried and all(isinstance(page, Fetched) and page.outcome == "offline" for page in tried):
        raise OfflineError(
            "found no host of any source: there is no network here, or every host is gone. The command checked nothing"
        )
    return [_watched(ruleset, fact, pages.get(fact.source.partition("#")[0])) for fact in facts]


def _read(url: str, fetcher: Fetcher, cache: Cache, today: str) -> Kept | Fetched:
    fetched = fetcher.fetch(url)
    if fetched.outcome != "read":
        return fetched
    is_html = fetched.type in _HTML
    if not is_html and not fetched.type.startswith("text/") and fetched.type not in _TEXT:
        said = "a PDF" if fetched.type == "application/pdf" else f"of the type {fetched.type!r}"
        return Fetched("unreadable", f"is {said}, which this command cannot read", fetched.moved_to)
    text = decoded(fetched.body, fetched.charset, is_html=is_html)
    blocks, language = html_blocks(text) if is_html else (plain_blocks(text), "")
    if not blocks:
        return Fetched("unreadable", "has no text", fetched.moved_to)
    if is_html and "<script" in text and sum(map(len, blocks)) < _LEAST_LETTERS:
        return Fetched("unreadable", "has hardly any text without its scripts", fetched.moved_to)
    kept = Kept(url, today, fetched.moved_to, language, blocks)
    cache.put(kept)
    return kept


def _watched(ruleset: RuleSet, fact: Fact, page: Kept | Fetched | None) -> Watched:
    if page is None:
        return Watched(fact, "local", "is no page on the web")
    if isinstance(page, Kept):
        found = support(fact, page.blocks, page.language, ruleset.language)
        return Watched(fact, found.verdict, found.message, page.moved_to, page.read)
    if page.outcome == "offline":
        # Others were reached, so it is this host that is missing.
        return Watched(fact, "gone", page.message)
    assert page.outcome != "read"
    return Watched(fact, page.outcome, page.message, page.moved_to)


def by_age(facts: Sequence[Fact], today: datetime.date) -> list[Fact]:
    """Return facts in the order to review them: first those past their review date, then the longest unread."""
    return sorted(facts, key=lambda fact: (not is_due(fact, today), fact.checked))


def is_due(fact: Fact, today: datetime.date) -> bool:
    """Return whether a fact is past its review date."""
    return bool(fact.review_after) and datetime.date.fromisoformat(fact.review_after) < today


def age_of(fact: Fact, today: datetime.date) -> int:
    """Return the days since the last reading of the source of a fact."""
    return (today - datetime.date.fromisoformat(fact.checked)).days
