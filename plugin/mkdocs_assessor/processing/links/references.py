"""Find where a site shows the parts of a rule set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from assessor.language.inline import plain_text
from assessor.language.words import Words
from assessor.model.ruleset import RuleSet
from assessor.reports.wording import sentence
from mkdocs_assessor.page.page import Page, Shown
from mkdocs_assessor.render.guide import Guide

# The text that an empty link gets, as inline Markdown, by id.
PARTS: Mapping[str, Callable[[RuleSet, Words], Mapping[str, str]]] = {
    "question": lambda ruleset, words: {question.id: question.wording for question in ruleset.questions},
    "outcome": lambda ruleset, words: {outcome.id: outcome.title for outcome in ruleset.outcomes},
    "rule": lambda ruleset, words: {rule.id: sentence(rule, words) for rule in ruleset.rules},
    "estimate": lambda ruleset, words: {estimate.id: estimate.title for estimate in ruleset.estimates},
    "answer": lambda ruleset, words: {question.id: question.wording for question in ruleset.questions},
    "case": lambda ruleset, words: {case.id: case.title for case in ruleset.cases},
}


def other_part(parts: Mapping[str, str], id: str, text: str) -> str | None:
    """Return the id of another part with this text, if it is not the text of the part with the given id."""
    said = _folded(text)
    if not said or said == _folded(plain_text(parts[id])):
        return None
    return next((other for other, words in parts.items() if _folded(plain_text(words)) == said), None)


def url_of(guide: Guide, kind: str, id: str, page: Page) -> str | None:
    """Return the address, relative to a page, of the place that shows a part, or `None`.

    The page itself takes precedence, then the other pages in order. Slots that show only this part take precedence over
    others.

    Args:
        guide: The rule set that contains the part.
        kind: The scheme of links to it.
        id: The id of the part.
        page: The page with the link.
    """
    here = _anchor(guide, kind, id, page.shown)
    if here is not None:
        return f"#{here}"
    for path, shown in page.given.elsewhere().items():
        anchor = _anchor(guide, kind, id, shown) if path != page.given.path else None
        if anchor is not None:
            return f"{page.path_to(path)}#{anchor}"
    return None


def _anchor(guide: Guide, kind: str, id: str, shown: Sequence[Shown]) -> str | None:
    slots = [each for each in shown if each.ruleset == guide.ruleset.id]
    found = [anchor for each in slots for anchor in _anchors(guide, kind, id, each)]
    return min(found, key=lambda each: each[0])[1] if found else None


def _anchors(guide: Guide, kind: str, id: str, shown: Shown) -> Iterator[tuple[int, str]]:
    """Yield the HTML ids at which a slot shows a part, each with a rank: the lower, the more specific to the part."""
    slot, prefix = shown.slot, shown.prefix
    if kind in ("question", "answer"):
        if slot == "question" and shown.argument == id:
            yield 0, f"{prefix}--{id}"
        elif slot == "checklist":
            yield 1, f"{prefix}--{id}"
    elif kind == "fact":
        if slot == "facts":
            yield 0, f"{prefix}-fact-{id}"
    elif kind == "estimate":
        if slot == "checklist":
            yield 0, f"{prefix}-estimates"
    elif kind == "case":
        if slot == "cases":
            yield 0, f"{prefix}-case-{id}"
    elif slot == "checklist":
        yield 2, f"{prefix}-result"
    elif kind == "rule" and slot == "rules":
        yield 0, f"{prefix}-rule-{id}"
    elif kind == "outcome" and slot == "outcomes":
        yield 0, f"{prefix}-outcome-{id}"
    elif kind == "outcome" and slot == "rules":
        # The first rule that leads to the outcome shows when it is advised.
        rules = [rule.id for rule in guide.ruleset.rules if rule.then.id == id]
        yield from ((1, f"{prefix}-rule-{rule}") for rule in rules[:1])


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
