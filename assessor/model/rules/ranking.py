"""Rankings: the rules that give the outcome with the most points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessor.errors import RuleSetError
from assessor.model.conditions import all_of
from assessor.model.points import Score
from assessor.model.rules.outcomes import Outcome
from assessor.model.rules.rules import Rule, otherwise
from assessor.validation import named_value


def ranking(scores: Mapping[Outcome, Score], because: str | Mapping[Outcome, str]) -> tuple[Rule, ...]:
    """Return the rules that give the outcome with the most points. They must be the last: `rules=[…, *ranking(…)]`.

    Args:
        scores: The score of each outcome. If several have the most points, the first of them is the outcome.
        because: The reason, or one for each outcome.

    Raises:
        RuleSetError: If there are fewer than two outcomes, one has no score or no reason, or two have the same score.
    """
    given: object = scores
    if not isinstance(given, Mapping) or len(scores) < 2:
        raise RuleSetError("a ranking needs the scores of two or more outcomes: ranking({cloud: a, own: b}, …)")
    ranked = list(scores.items())
    for outcome, score in ranked:
        if not isinstance(outcome, Outcome):
            raise RuleSetError(f"a ranking is of outcomes, and not of {named_value(outcome)}")
        if not isinstance(score, Score):
            raise RuleSetError(f"a ranking needs the score of {outcome.owner_name}, not {named_value(score)}")
        if sum(each is score for each in scores.values()) > 1:
            raise RuleSetError(f"a ranking has {score.owner_name} for two outcomes: the second would never decide")
        if isinstance(because, Mapping) and outcome not in because:
            raise RuleSetError(f"a ranking gives no reason for {outcome.owner_name}: say it in because={{…}}")
    return tuple(
        _ranked(outcome, score, [after for _, after in ranked[place:]], because)
        for place, (outcome, score) in enumerate(ranked, start=1)
    )


def _ranked(outcome: Outcome, score: Score, after: Sequence[Score], because: str | Mapping[Outcome, str]) -> Rule:
    """Return the rule for an outcome that no earlier one precedes, so that only later scores count."""
    reason = because[outcome] if isinstance(because, Mapping) else because
    if not after:
        return otherwise(outcome, reason, f"most-{score.id}")
    when = [score >= other for other in after]
    return Rule(when[0] if len(when) == 1 else all_of(*when), outcome, reason, f"most-{score.id}")
