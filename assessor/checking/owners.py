"""The parts of a rule set that have a condition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assessor.checking.phrases import rule_name
from assessor.conditions import ALWAYS, Condition
from assessor.errors import Location
from assessor.ruleset import RuleSet


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
