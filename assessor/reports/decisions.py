"""List the decisions of a rule set as pages and records show them: a title only where there are several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessor.model.rules.outcomes import Outcome
from assessor.model.rules.rules import Rule
from assessor.model.ruleset import RuleSet


@dataclass(frozen=True)
class ShownDecision:
    """A decision.

    Attributes:
        id: Its id; empty for the only decision of a rule set.
        of: What statements about it start with: nothing for the first, and the id with a colon for the others.
        title: Its title; empty for the only decision.
        rules: Its rules.
        outcomes: Its outcomes, in the order of the page.
    """

    id: str
    of: str
    title: str
    rules: Sequence[Rule]
    outcomes: Sequence[Outcome]


def shown_decisions(ruleset: RuleSet) -> list[ShownDecision]:
    """Return the decisions of a rule set, in order. Outcomes that no rule leads to are with the first."""
    return list(_shown(ruleset))


def _shown(ruleset: RuleSet) -> Iterator[ShownDecision]:
    if len(ruleset.decisions) < 2:
        yield ShownDecision("", "", "", ruleset.rules, ruleset.outcomes)
        return
    led_to = [{outcome.id for outcome in decision.outcomes} for decision in ruleset.decisions]
    later = set().union(*led_to[1:])
    for place, decision in enumerate(ruleset.decisions):
        outcomes = [each for each in ruleset.outcomes if (each.id in led_to[place] if place else each.id not in later)]
        of = f"{decision.id}:" if place else ""
        yield ShownDecision(decision.id, of, decision.title, decision.rules, outcomes)
