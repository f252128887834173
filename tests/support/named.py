"""Conditions that name parts of a rule set: whether they hold, by trying every way of answering, and random ones."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from assessor import RuleSet
from assessor.logic.named import Named, every_name
from assessor.model.rules.actions import Action
from assessor.model.rules.outcomes import Outcome
from assessor.model.rules.rules import Rule
from tests.support import oracle


def _holds(ruleset: RuleSet, named: Named, answers: oracle.Complete) -> bool:
    """Say whether a part holds for complete answers."""
    part = named.part
    places = [(rules, oracle.decide(rules, answers)) for rules in ruleset.rules_by_decision]
    fired = [rules[place] for rules, place in places if place is not None]
    outcomes = [rule.then for rule in fired]
    if isinstance(part, Outcome):
        truth = part in outcomes
    elif isinstance(part, Rule):
        truth = any(rule is part for rule in fired)
    elif isinstance(part, Action):
        truth = any(each in part.under for each in outcomes) and oracle.holds(part.when, answers)
    else:
        truth = oracle.holds(part, answers)
    return truth != named.is_negated


def holds_any(ruleset: RuleSet, names: Sequence[Named], answers: oracle.Complete) -> bool:
    """Say whether one of some parts holds for complete answers."""
    return any(_holds(ruleset, each, answers) for each in names)


def state_of(ruleset: RuleSet, names: Sequence[Named], answers: Mapping[str, object]) -> list[str]:
    """Return whether one of some parts holds, for all ways of answering what is open: "yes", "no", or both."""
    ways = oracle.completions(ruleset, answers)
    return sorted({"yes" if holds_any(ruleset, names, way) else "no" for way in ways})


def random_condition(rng: random.Random, ruleset: RuleSet) -> str:
    """Return a condition that names up to three parts of a rule set."""
    known = list(every_name(ruleset))
    words = [f"{rng.choice(('', 'not '))}{rng.choice(known)}" for _ in range(rng.randint(1, 3))]
    return rng.choice((" ", " or ")).join(words)
