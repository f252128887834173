"""Prepare what the checklist shows of the outcomes: their colours, and how many ways of answering lead to each."""

from __future__ import annotations

import math
from collections.abc import Mapping

from assessor.assessment.assess import Assessment, interpreter_of
from assessor.language.words import Words
from assessor.model.rules import TONES
from assessor.model.ruleset import RuleSet


def tones_of(ruleset: RuleSet) -> Mapping[str, str]:
    """Return the tone of each outcome: the author's choice, or else the next one that no author's choice takes.

    Args:
        ruleset: The rule set.

    Returns:
        The tones by outcome; empty, which pages show as the colour of the text, once all are taken.
    """
    taken = {outcome.tone for outcome in ruleset.outcomes}
    free = iter([tone for tone in TONES if tone not in taken])
    return {outcome.id: outcome.tone or next(free, "") for outcome in ruleset.outcomes}


def shares_of(ruleset: RuleSet, assessment: Assessment, words: Words) -> Mapping[str, str]:
    """Return which share of the ways of answering leads to each outcome, as `outlook.js` writes it.

    Args:
        ruleset: The rule set.
        assessment: The assessment of no answers.
        words: The words of the interface.
    """
    ways = math.prod(interpreter_of(ruleset).sizes)
    return {name: _percent(int(count) / ways, words) for name, count in assessment["counts"].items()}


def _percent(share: float, words: Words) -> str:
    if share == 0:
        return words["ruled_out"]
    percent = "<1" if share < 0.005 else ">99" if share > 0.995 else str(math.floor(100 * share + 0.5))
    return words.fill("quantity_percent", number=percent)
