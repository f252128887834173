"""Check where the `about` links and other links of a rule set lead."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessor.errors import did_you_mean
from assessor.findings.finding import Finding
from assessor.findings.place import Place, place_of
from assessor.links import link_targets
from assessor.model.questions.question import Question
from assessor.model.ruleset import RuleSet
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.render.guide import Guide
from mkdocs_assessor.render.guides import Guides, PageGuides
from mkdocs_assessor.render.inline import is_page

_IS_URL = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)

# The suffixes of pages and page addresses. Links to other files of the docs are not checked.
_PAGES = frozenset(("", ".md", ".html", ".htm", ".markdown"))


def check_targets(
    guides: Guides | PageGuides,
    pages: Mapping[str, Page],
    paths: Collection[str],
    find: Callable[[str], str | None] = lambda path: None,
) -> Iterator[Finding]:
    """Yield the questions and links in texts that lead to a page or section that does not exist.

    Args:
        guides: The rule sets.
        pages: The rendered pages by path. Every section of other pages counts as existing.
        paths: The paths of all pages.
        find: Returns the path of the page that replaces another one, such as its translation.
    """

    def named(path: str, page: str) -> str:
        """Return the page that a rule set names, in the language of a page that shows it."""
        found = next((each for each in guides.siblings(path, page) if each in paths), "")
        return found or find(path) or path

    for guide in guides:
        for question in guide.ruleset.questions:
            on = [path for path, page in pages.items() if _is_asked(question, guide, page)]
            if on and question.about and not _IS_URL.match(question.about):
                owner = f"question {question.id!r} is about {question.about!r}, but"
                place = place_of(question.location, question.about)
                yield from _check_target(_Target(question.about, owner, place), on, pages, paths, named)
        on = [path for path, page in pages.items() if any(each.ruleset == guide.ruleset.id for each in page.shown)]
        for target in _linked(guide.ruleset) if on else ():
            yield from _check_target(target, on, pages, paths, named)


def _is_asked(question: Question, guide: Guide, page: Page) -> bool:
    return any(
        each.slot == "checklist" or (each.slot == "question" and each.argument == question.id)
        for each in page.shown
        if each.ruleset == guide.ruleset.id
    )


@dataclass(frozen=True)
class _Target:
    """A link target of a rule set, the start of messages about it, and its place in the source."""

    address: str
    owner: str
    place: Place


def _linked(ruleset: RuleSet) -> Iterator[_Target]:
    """Yield each page that the texts of a rule set link to, and each that is the source of a fact."""
    for fact in ruleset.facts:
        if is_page(fact.source):
            owner = f"fact {fact.id!r} has the source {fact.source!r}, but"
            yield _Target(fact.source, owner, place_of(fact.location, fact.source))
    for each in ruleset.texts():
        for address in filter(is_page, link_targets(each.text)):
            yield _Target(
                address, f"{each.owner.name} links to {address!r}, but", place_of(each.owner.location, address)
            )


def _check_target(
    target: _Target,
    on: Sequence[str],
    pages: Mapping[str, Page],
    paths: Collection[str],
    named: Callable[[str, str], str],
) -> Iterator[Finding]:
    owner, place = target.owner, target.place
    written, _, anchor = target.address.partition("#")
    path = posixpath.normpath(written) if written else ""
    # Without a path, the target is a section of whichever page shows the question.
    found = list(dict.fromkeys(named(path, each) for each in on)) if path else on
    lost = next((each for each in found if each not in paths), None)
    if lost is not None:
        if posixpath.splitext(lost)[1] in _PAGES:
            # Pages are named by their files, as in links between them.
            nearest = next((each for each in _files_of(written) if each in paths), None)
            hint = f" Did you mean {nearest!r}?" if nearest else did_you_mean(lost, paths)
            yield Finding("unknown-page", place, f"{owner} there is no page {lost!r}.{hint}")
        return
    for each in found:
        anchors = pages[each].anchors if each in pages else None
        if anchor and anchors is not None and anchor not in anchors:
            known = sorted(name for name in anchors if not name.startswith("assessor"))
            message = f"{owner} {each!r} has no section {anchor!r}.{did_you_mean(anchor, known)}"
            yield Finding("unknown-anchor", place, message)
            return


def _files_of(address: str) -> Iterator[str]:
    """Yield the files that an address of the site may lead to."""
    stem = re.sub(r"(?:\.html?|/|\.\w+)$", "", address.lstrip("/"))
    yield from (f"{stem}.md", f"{stem}/index.md", f"{stem.removeprefix('docs/')}.md")
