"""What only the whole site tells: questions about nothing, parts that no page shows, facts that none quotes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from assessor.conditions import Comparison, walk
from assessor.errors import Location
from assessor.facts import Fact
from assessor.formulas import inputs
from assessor.naming import did_you_mean
from assessor.questions import Number, Question
from assessor.ruleset import RuleSet
from assessor.urls import link_targets
from mkdocs_assessor.diagnostics import Diagnostic, Place
from mkdocs_assessor.guides import Guides
from mkdocs_assessor.inline import is_page
from mkdocs_assessor.pages import Page
from mkdocs_assessor.slots import Guide

_INTERACTIVE = frozenset(("checklist", "question"))
# The slots that show each kind of part, all of it.
_SHOWN_BY: Mapping[str, Sequence[str]] = {
    "rules": ("rules", "checklist"),
    "outcomes": ("outcomes", "checklist"),
    "actions": ("outcomes", "checklist"),
}
_IS_URL = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
# What pages, and addresses of them, end with; other files of the docs may be linked to as they are.
_PAGES = frozenset(("", ".md", ".html", ".htm", ".markdown"))
# How far below the beginning of a question its `about` may stand.
_LONGEST_QUESTION = 60


def check_targets(
    guides: Guides,
    pages: Mapping[str, Page],
    paths: Collection[str],
    find: Callable[[str], str | None] = lambda path: None,
) -> Iterator[Diagnostic]:
    """Yield what readers are shown that leads to a page or a section that there is not: questions, and links in words.

    Args:
        guides: The rule sets.
        pages: The pages that were rendered, by path; sections of others are taken to exist.
        paths: The paths of all pages.
        find: Returns the path of a page that stands for another one, as those of a language do.
    """
    for guide in guides:
        for question in guide.ruleset.questions:
            on = [path for path, page in pages.items() if _is_asked(question, guide, page)]
            if on and question.about and not _IS_URL.match(question.about):
                owner = f"question {question.id!r} is about {question.about!r}, but"
                place = _place(question.location, question.about)
                yield from _check_target(_Target(question.about, owner, place), on, pages, paths, find)
        on = [path for path, page in pages.items() if any(each.ruleset == guide.ruleset.id for each in page.shown)]
        for target in _linked(guide.ruleset) if on else ():
            yield from _check_target(target, on, pages, paths, find)


def _is_asked(question: Question, guide: Guide, page: Page) -> bool:
    return any(
        each.slot == "checklist" or (each.slot == "question" and each.argument == question.id)
        for each in page.shown
        if each.ruleset == guide.ruleset.id
    )


@dataclass(frozen=True)
class _Target:
    """What a rule set leads to, how messages begin that say so, and where it is written."""

    address: str
    owner: str
    place: Place


def _linked(ruleset: RuleSet) -> Iterator[_Target]:
    """Yield each page that the words of a rule set link to."""
    # Sites that use no rule set need not load the proofs, which come along.
    from assessor.checking.words import words_of  # noqa: PLC0415

    for words in words_of(ruleset):
        for address in filter(is_page, link_targets(words.text)):
            owner = f"{words.owner[0].lower()}{words.owner[1:]} links to {address!r}, but"
            yield _Target(address, owner, _place(words.location, address))


def _check_target(
    target: _Target,
    on: Sequence[str],
    pages: Mapping[str, Page],
    paths: Collection[str],
    find: Callable[[str], str | None],
) -> Iterator[Diagnostic]:
    owner, place = target.owner, target.place
    written, _, anchor = target.address.partition("#")
    path = posixpath.normpath(written) if written else ""
    if path and path not in paths:
        path = find(path) or path
    if path and path not in paths:
        if posixpath.splitext(path)[1] in _PAGES:
            # Pages are named by their files, as in links between them.
            nearest = next((each for each in _files_of(written) if each in paths), None)
            hint = f" Did you mean {nearest!r}?" if nearest else did_you_mean(path, paths)
            yield Diagnostic(place, "unknown-page", f"{owner} there is no page {path!r}.{hint}")
        return
    # Without a path, it is a section of whichever page the question is on.
    for each in [path] if path else on:
        anchors = pages[each].anchors if each in pages else None
        if anchor and anchors is not None and anchor not in anchors:
            known = sorted(name for name in anchors if not name.startswith("assessor"))
            message = f"{owner} {each!r} has no section {anchor!r}.{did_you_mean(anchor, known)}"
            yield Diagnostic(place, "unknown-anchor", message)
            return


def _files_of(address: str) -> Iterator[str]:
    """Yield the files that an address of the site may be published from."""
    stem = re.sub(r"(?:\.html?|/|\.\w+)$", "", address.lstrip("/"))
    yield from (f"{stem}.md", f"{stem}/index.md", f"{stem.removeprefix('docs/')}.md")


def check_coverage(guides: Guides, pages: Mapping[str, Page]) -> Iterator[Diagnostic]:
    """Yield what no page shows of the rule sets that the site uses; needs every page."""
    for guide in guides:
        slots = {each.slot for page in pages.values() for each in page.shown if each.ruleset == guide.ruleset.id}
        if slots:
            yield from _unshown(guide, slots)
            quoted = {fact for page in pages.values() for ruleset, fact in page.quoted if ruleset == guide.ruleset.id}
            if "facts" not in slots:
                yield from _unquoted(guide, quoted)


def _unshown(guide: Guide, slots: Collection[str]) -> Iterator[Diagnostic]:
    named = f"{guide.name}/" if guide.name else ""
    for kind, showing in _SHOWN_BY.items():
        parts: Sequence[Any] = getattr(guide.ruleset, kind)
        if parts and not any(slot in slots for slot in showing):
            ids = _listed([part.id for part in parts])
            ways = " or ".join(f"<!-- assessor/{named}{slot} -->" for slot in showing)
            message = f"no page shows the {kind} of {guide.ruleset.id!r} ({ids}): put {ways} on one"
            yield Diagnostic(_place(parts[0].location), "unshown-part", message)


def _unquoted(guide: Guide, quoted: Collection[str]) -> Iterator[Diagnostic]:
    used = _used_facts(guide.ruleset)
    named = f"{guide.name}/" if guide.name else ""
    for fact in guide.ruleset.facts:
        if fact.id not in quoted and fact.id not in used:
            message = (
                f"no page quotes fact {fact.id!r}, and nothing in the rule set uses it: link to it with "
                f"[](fact:{named}{fact.id}), put <!-- assessor/{named}facts --> on a page, or take it out"
            )
            yield Diagnostic(_place(fact.location), "unquoted-fact", message)


def _used_facts(ruleset: RuleSet) -> set[str]:
    """Return the ids of the facts that conditions, formulas, defaults or the words of other parts use."""
    conditions = [*(rule.when for rule in ruleset.rules), *ruleset.criteria, *(each.when for each in ruleset.actions)]
    used = [part.fact for condition in conditions for part in walk(condition) if isinstance(part, Comparison)]
    used += [question.default for question in ruleset.questions if isinstance(question, Number)]
    used += [part for estimate in ruleset.estimates for part in inputs(estimate.formula) if isinstance(part, Fact)]
    found = {fact.id for fact in used if fact is not None}
    words = "\n".join(_words(ruleset))
    return found | {fact.id for fact in ruleset.facts if str(fact) in words}


def _words(ruleset: RuleSet) -> Iterator[str]:
    yield ruleset.summary
    for question in ruleset.questions:
        yield from (question.wording, question.hint, question.why)
    for outcome in ruleset.outcomes:
        yield from (outcome.summary, *outcome.next_steps)
    yield from (rule.because for rule in ruleset.rules)
    for action in ruleset.actions:
        yield from (action.title, action.because)
    yield from (estimate.note for estimate in ruleset.estimates)


def _listed(ids: Sequence[str]) -> str:
    return ", ".join(ids[:6]) + (", …" if len(ids) > 6 else "")


def _place(location: Location, text: str = "") -> Place:
    """Return where a part of a rule set was made, or a text of it stands."""
    path = str(Location(location.path))
    lines = _lines(location.path)
    if not location.line or location.line > len(lines):
        return Place(path, location.line)
    for number in range(location.line, min(len(lines), location.line + _LONGEST_QUESTION) + 1 if text else 0):
        column = lines[number - 1].find(text)
        if column >= 0:
            return Place(path, number, column + 1, lines[number - 1], len(text))
    line = lines[location.line - 1]
    indent = len(line) - len(line.lstrip())
    return Place(path, location.line, indent + 1, line, len(line.strip()))


@lru_cache(maxsize=16)
def _read(path: str, changed: float) -> tuple[str, ...]:
    return tuple(Path(path).read_text(encoding="utf-8").splitlines())


def _lines(path: str) -> tuple[str, ...]:
    try:
        return _read(path, Path(path).stat().st_mtime)
    except (OSError, ValueError):
        return ()
