"""What only the whole site tells: questions about nothing, parts that no page shows, facts that none quotes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from assessor.model.conditions import walk
from assessor.model.facts import Fact
from assessor.model.formulas import inputs
from assessor.model.numbers import Comparison, Number
from assessor.model.ruleset import RuleSet
from mkdocs_assessor.diagnostics import Diagnostic
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.render.guide import Guide
from mkdocs_assessor.render.guides import Guides
from mkdocs_assessor.site.places import place_of

_INTERACTIVE = frozenset(("checklist", "question"))

# The slots that show each kind of part, all of it.
_SHOWN_BY: Mapping[str, Sequence[str]] = {
    "rules": ("rules", "checklist"),
    "outcomes": ("outcomes", "checklist"),
    "actions": ("outcomes", "checklist"),
}


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
            yield Diagnostic(place_of(parts[0].location), "unshown-part", message)


def _unquoted(guide: Guide, quoted: Collection[str]) -> Iterator[Diagnostic]:
    used = _used_facts(guide.ruleset)
    named = f"{guide.name}/" if guide.name else ""
    for fact in guide.ruleset.facts:
        if fact.id not in quoted and fact.id not in used:
            message = (
                f"no page quotes fact {fact.id!r}, and nothing in the rule set uses it: link to it with "
                f"[](fact:{named}{fact.id}), put <!-- assessor/{named}facts --> on a page, or take it out"
            )
            yield Diagnostic(place_of(fact.location), "unquoted-fact", message)


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
