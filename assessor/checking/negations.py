"""Wordings that say "yes" and mean "no" twice. Only English is understood; other languages pass."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assessor.checking.findings import Finding
from assessor.compiling import all_conditions
from assessor.conditions import Condition, Criterion, Not
from assessor.questions import YesNo
from assessor.ruleset import RuleSet

_CLAUSE = re.compile(r"[,;:.?!()–—]|\b(?:and|or|but)\b")
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|lacks?|lacking)\b|n['’]t\b", re.IGNORECASE
)


def double_negatives(ruleset: RuleSet) -> Iterator[Finding]:
    """Find yes/no questions whose wording negates twice, or negates what every condition negates again."""
    positive, negated = _uses(ruleset)
    for question in ruleset.questions:
        if not isinstance(question, YesNo):
            continue
        counts = [len(_NEGATION.findall(clause)) for clause in _CLAUSE.split(question.wording)]
        if max(counts) > 1:
            why = "negates twice"
        elif sum(counts) and question.id in negated - positive:
            why = "is negative, and every condition asks that the answer is no"
        else:
            continue
        yield Finding(
            "double-negative",
            question.location,
            f"The wording “{question.wording}” {why}: readers cannot tell what a yes means.",
            "Ask it positively, and let the conditions ask for the opposite answer.",
        )


def _uses(ruleset: RuleSet) -> tuple[set[str], set[str]]:
    """Return the yes/no questions that conditions ask as they are, and those that they ask negated."""
    uses = [use for condition in all_conditions(ruleset) for use in _polarities(condition)]
    return {name for name, is_positive in uses if is_positive}, {name for name, is_positive in uses if not is_positive}


def _polarities(condition: Condition) -> Iterator[tuple[str, bool]]:
    """Yield each use of a yes/no question, and whether it is used as it is."""
    if isinstance(condition, YesNo):
        yield condition.id, True
    elif isinstance(condition, Not) and isinstance(condition.condition, YesNo):
        yield condition.condition.id, False
    elif not isinstance(condition, Criterion):
        for part in condition.parts:
            yield from _polarities(part)
