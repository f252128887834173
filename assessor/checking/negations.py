"""Wordings that say "yes" and mean "no" twice. Only English is understood; other languages pass."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assessor.checking.findings import Finding
from assessor.conditions import Condition, Not
from assessor.questions import YesNo
from assessor.ruleset import RuleSet

# "whether or not", "not only" and "no-code" negate nothing.
_HARMLESS = re.compile(r"\bor not\b|\bnot only\b|\b(?:no|non)-\w+", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:.?!()–—]|\b(?:and|or|but)\b", re.IGNORECASE)
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|lacks?|lacking)\b|n['’]t\b",
    re.IGNORECASE,
)


def double_negatives(ruleset: RuleSet) -> Iterator[Finding]:
    """Find yes/no questions whose wording negates twice, or negates what every condition negates again."""
    positive, negated = _uses(ruleset)
    for question in ruleset.questions:
        if not isinstance(question, YesNo):
            continue
        wording = _HARMLESS.sub("", question.wording)
        counts = [len(_NEGATION.findall(clause)) for clause in _CLAUSE.split(wording)]
        if max(counts) > 1:
            why = "negates twice: readers cannot tell what a yes means"
        elif sum(counts) and question.id in negated - positive:
            why = "is negative, and the conditions ask for its no alone: a double negative"
        else:
            continue
        yield Finding(
            "double-negative",
            question.location,
            f"The wording “{question.wording}” {why}.",
            "Ask it positively, and swap yes and no in the conditions that ask it.",
        )


def _uses(ruleset: RuleSet) -> tuple[set[str], set[str]]:
    """Return the yes/no questions whose yes works towards a condition, and those whose no does."""
    conditions = [*(rule.when for rule in ruleset.rules), *(action.when for action in ruleset.actions)]
    conditions += [question.asked_when for question in ruleset.questions if question.asked_when is not None]
    uses = [use for condition in conditions for use in _polarities(condition)]
    return {name for name, is_positive in uses if is_positive}, {name for name, is_positive in uses if not is_positive}


def _polarities(condition: Condition, is_positive: bool = True) -> Iterator[tuple[str, bool]]:
    """Yield each use of a yes/no question, and whether its yes works towards the condition."""
    if isinstance(condition, YesNo):
        yield condition.id, is_positive
    for part in condition.parts:
        yield from _polarities(part, is_positive != isinstance(condition, Not))
