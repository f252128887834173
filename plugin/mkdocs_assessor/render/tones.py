"""Choose the colours of outcomes."""

from __future__ import annotations

from collections.abc import Mapping

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
