"""Find the parts of rule sets that no page shows, and the facts that no page quotes. This needs the whole site."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from assessor.findings.finding import Finding
from assessor.findings.place import place_of
from assessor.model.rules.outcomes import Outcome
from assessor.model.rules.rules import Rule
from assessor.reports.decisions import shown_decisions
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.render.guide import Guide
from mkdocs_assessor.render.guides import Guides

if TYPE_CHECKING:
    from assessor.logic.proofs import Proofs

# The slots that show all parts of each kind.
_SHOWN_BY: Mapping[str, Sequence[str]] = {
    "rules": ("rules", "checklist"),
    "outcomes": ("outcomes", "checklist"),
    "actions": ("outcomes", "checklist", "plan"),
}


def check_coverage(guides: Guides, pages: Mapping[str, Page]) -> Iterator[Finding]:
    """Yield what no page shows of the rule sets that the site uses. Needs all pages."""
    for guide in guides:
        slots = {each.slot for page in pages.values() for each in page.shown if each.ruleset == guide.ruleset.id}
        if slots:
            yield from _unshown(guide, slots)
            quoted = {fact for page in pages.values() for ruleset, fact in page.quoted if ruleset == guide.ruleset.id}
            if "facts" not in slots:
                yield from _unquoted(guide, quoted)
            conditions = {
                each.argument
                for page in pages.values()
                for each in page.shown
                if (each.ruleset, each.slot) == (guide.ruleset.id, "when")
            }
            if conditions:
                yield from _passed_over(guide, conditions)


def _unshown(guide: Guide, slots: Collection[str]) -> Iterator[Finding]:
    named = f"{guide.name}/" if guide.name else ""
    for kind, showing in _SHOWN_BY.items():
        parts: Sequence[Any] = getattr(guide.ruleset, kind)
        if parts and not any(slot in slots for slot in showing):
            ids = _listed([part.id for part in parts])
            ways = " or ".join(f"<!-- assessor/{named}{slot} -->" for slot in showing)
            message = f"no page shows the {kind} of {guide.ruleset.id!r} ({ids}): put {ways} on one"
            yield Finding("unshown-part", place_of(parts[0].location), message)


def _unquoted(guide: Guide, quoted: Collection[str]) -> Iterator[Finding]:
    named = f"{guide.name}/" if guide.name else ""
    for fact in guide.ruleset.facts:
        if fact.id not in quoted and fact.id not in guide.ruleset.used_facts:
            message = (
                f"no page quotes fact {fact.id!r}, and nothing in the rule set uses it: link to it with "
                f"[](fact:{named}{fact.id}), put <!-- assessor/{named}facts --> on a page, or take it out"
            )
            yield Finding("unquoted-fact", place_of(fact.location), message)


def _passed_over(guide: Guide, conditions: Collection[str]) -> Iterator[Finding]:
    """Yield the outcomes for which the site has no passage that all their readers get."""
    # Import late: sites without passages don't need the proofs.
    from assessor.logic.named import named_conditions, read_names  # noqa: PLC0415

    compiled = named_conditions(guide.ruleset)
    every = [read_names(guide.ruleset, condition) for condition in sorted(conditions)]
    functions = [compiled.compile(names) for names in every]
    parts = [each.part for names in every for each in names]
    followed = {(part.kind, part.id) for part in parts if isinstance(part, (Outcome, Rule))}
    named = f"{guide.name}/" if guide.name else ""
    for decision in shown_decisions(guide.ruleset):
        own = {(part.kind, part.id) for part in (*decision.outcomes, *decision.rules)}
        if decision.of and not followed & own:
            # What a later decision comes to may change nothing about the text. Its outcomes count once a passage names
            # one, or a rule of it.
            continue
        missed = [each for each in decision.outcomes if not _is_covered(compiled.proofs, each, functions)]
        for outcome in missed:
            message = (
                f"the site has passages, and none for all readers whose outcome is {outcome.id!r}: "
                f"write one between <!-- assessor/{named}when {outcome.id} --> and <!-- assessor/end -->"
            )
            yield Finding("outcome-without-passage", place_of(outcome.location), message)


def _is_covered(proofs: Proofs, outcome: Outcome, functions: Sequence[int]) -> bool:
    """Return whether all readers with an outcome get one of some passages."""
    decided = proofs.decided([outcome.id])
    return any(proofs.implies(decided, function) for function in functions)


def _listed(ids: Sequence[str]) -> str:
    return ", ".join(ids[:6]) + (", …" if len(ids) > 6 else "")
