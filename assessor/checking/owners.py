"""The parts of a rule set that have a condition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assessor.checking.phrases import rule_name
from assessor.conditions import ALWAYS, Condition, Criterion
from assessor.errors import Location, RuleSetError
from assessor.ruleset import RuleSet

PART_LIMIT = 1_000
"""How many parts a condition may have, criteria as one: each is tried whether it can be left out."""


@dataclass(frozen=True)
class Owner:
    """A part of a rule set that has a condition.

    Attributes:
        name: How a finding names it, at the start of a sentence.
        location: Where it was made.
        condition: Its condition, less a criterion's name.
        holds: What is to be seen where its condition holds.
        rule: Its place among the rules, if it is one.
        action: Its id, if it is an action.
    """

    name: str
    location: Location
    condition: Condition
    holds: str
    rule: int | None = None
    action: str = ""


def refuse_bloated(ruleset: RuleSet) -> None:
    """Refuse conditions of too many parts, which a part that stands in two others, and so on, can make.

    Raises:
        RuleSetError: Naming the part of the rule set.
    """
    for owner in owners(ruleset):
        counts: dict[int, int] = {}
        if _count(owner.condition, counts) > PART_LIMIT:
            name = f"{owner.name[:1].lower()}{owner.name[1:]}"
            raise RuleSetError(
                f"the condition of {name} has more than {PART_LIMIT:,} parts: name those used twice as criteria",
                owner.location,
            )


def _count(condition: Condition, counts: dict[int, int]) -> int:
    known = counts.get(id(condition))
    if known is None:
        parts = () if isinstance(condition, Criterion) else condition.parts
        known = counts[id(condition)] = 1 + sum(_count(part, counts) for part in parts)
    return known


def owners(ruleset: RuleSet) -> Iterator[Owner]:
    """Yield everything that has a condition of its own."""
    for question in ruleset.questions:
        if question.asked_when is not None:
            owner = f"The asked_when of question {question.id!r}"
            yield Owner(owner, question.location, question.asked_when, f"question {question.id!r} is asked")
    for criterion in ruleset.criteria:
        owner = f"Criterion {criterion.id!r}"
        yield Owner(owner, criterion.location, criterion.condition, f"criterion {criterion.id!r} holds")
    for place, rule in enumerate(ruleset.rules):
        if rule.when != ALWAYS:
            owner = rule_name(rule).capitalize()
            yield Owner(owner, rule.location, rule.when, f"{rule_name(rule)} holds", rule=place)
    for action in ruleset.actions:
        if action.when != ALWAYS:
            owner, holds = f"Action {action.id!r}", f"action {action.id!r} applies"
            yield Owner(owner, action.location, action.when, holds, action=action.id)
