"""What is wrong with conditions: parts that are constant, or can be left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assessor.checking.findings import Finding
from assessor.checking.phrases import rule_name
from assessor.checking.proofs import Proofs
from assessor.conditions import ALWAYS, AllOf, AnyOf, AtLeast, Condition, Criterion, Not
from assessor.diagram import FALSE, TRUE
from assessor.errors import Location
from assessor.ruleset import RuleSet
from assessor.wording import statement


@dataclass(frozen=True)
class Owner:
    """A part of a rule set that has a condition.

    Attributes:
        name: How a finding names it.
        location: Where it was made.
        condition: Its condition, less a criterion's name.
        rule: Its place among the rules, if it is one.
    """

    name: str
    location: Location
    condition: Condition
    rule: int | None = None


def owners(ruleset: RuleSet) -> Iterator[Owner]:
    """Yield everything that has a condition of its own."""
    for question in ruleset.questions:
        if question.asked_when is not None:
            yield Owner(f"asked_when of question {question.id!r}", question.location, question.asked_when)
    for criterion in ruleset.criteria:
        yield Owner(f"criterion {criterion.id!r}", criterion.location, criterion.condition)
    for place, rule in enumerate(ruleset.rules):
        if rule.when != ALWAYS:
            yield Owner(rule_name(rule), rule.location, rule.when, place)
    for action in ruleset.actions:
        if action.when != ALWAYS:
            yield Owner(f"action {action.id!r}", action.location, action.when)


def constant_conditions(proofs: Proofs) -> Iterator[Finding]:
    """Find conditions, and parts of them, that hold always or never."""
    for owner in owners(proofs.ruleset):
        for part in _outermost_constants(proofs, owner.condition):
            function = proofs.compile(part)
            code, always = (
                ("always-true", "holds whatever the answers")
                if function == TRUE
                else ("never-true", "holds for no answers")
            )
            which = "its condition" if part is owner.condition else f"the part “{statement(part)}”"
            yield Finding(
                code,
                owner.location,
                f"{owner.name[:1].upper()}{owner.name[1:]}: {which} {always}.",
                "Ask what was meant, or leave it out.",
            )


def _outermost_constants(proofs: Proofs, condition: Condition) -> Iterator[Condition]:
    if proofs.compile(condition) in (TRUE, FALSE):
        yield condition
    elif not isinstance(condition, Criterion):
        for part in condition.parts:
            yield from _outermost_constants(proofs, part)


def redundant_parts(proofs: Proofs) -> Iterator[Finding]:
    """Find parts of conditions that can be left out: of a rule, without changing any outcome."""
    for owner in owners(proofs.ruleset):
        if proofs.compile(owner.condition) in (TRUE, FALSE) or _never_fires(proofs, owner):
            continue
        condition = owner.condition
        while (found := _first_redundant(proofs, owner, condition)) is not None:
            part, condition = found
            effect = "every outcome is" if owner.rule is not None else "it is"
            yield Finding(
                "redundant-condition",
                owner.location,
                f"{owner.name[:1].upper()}{owner.name[1:]} needs no “{statement(part)}”: without it, {effect} the same "
                "for all answers.",
                "Leave it out, or ask what was meant.",
                proofs.witness(proofs.compile(owner.condition)),
                "the outcome is the same with and without that part",
            )


def _never_fires(proofs: Proofs, owner: Owner) -> bool:
    return owner.rule is not None and proofs.fires[owner.rule] == FALSE


def _first_redundant(proofs: Proofs, owner: Owner, condition: Condition) -> tuple[Condition, Condition] | None:
    for part, without in _without_a_part(condition):
        if proofs.compile(part) in (TRUE, FALSE):
            continue
        if _same_effect(proofs, owner, proofs.compile(without)):
            return part, without
    return None


def _same_effect(proofs: Proofs, owner: Owner, function: int) -> bool:
    """Say whether another condition in a part's place would change nothing."""
    changed = proofs.differ(proofs.compile(owner.condition), function)
    if owner.rule is None:
        return changed == FALSE
    reached = proofs.both(changed, proofs.no(proofs.before[owner.rule]))
    outcome = proofs.ruleset.rules[owner.rule].then.id
    return proofs.implies(reached, proofs.gives(owner.rule + 1, outcome))


def _without_a_part(condition: Condition) -> Iterator[tuple[Condition, Condition]]:
    """Yield each part that can be left out of a condition, and the condition without it."""
    if isinstance(condition, Criterion):
        return
    if isinstance(condition, Not):
        for part, without in _without_a_part(condition.condition):
            yield part, Not(without)
        return
    if not isinstance(condition, (AllOf, AnyOf, AtLeast)):
        return
    parts = condition.conditions
    for position, part in enumerate(parts):
        rest = parts[:position] + parts[position + 1 :]
        if isinstance(condition, AtLeast):
            if condition.count <= len(rest):
                yield part, AtLeast(condition.count, rest)
        elif rest:
            yield part, type(condition)(rest)
        for deeper, without in _without_a_part(part):
            replaced = (*parts[:position], without, *parts[position + 1 :])
            yield (
                deeper,
                AtLeast(condition.count, replaced) if isinstance(condition, AtLeast) else type(condition)(replaced),
            )
