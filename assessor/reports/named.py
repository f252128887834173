"""Put conditions that name parts of a rule set into plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from assessor.language.words import Words
from assessor.logic.named import Named
from assessor.model.conditions import Condition
from assessor.model.rules.actions import Action
from assessor.model.rules.outcomes import Outcome
from assessor.reports.wording import sentence, statement


def names_statement(names: Sequence[Named], words: Words) -> str:
    """Return a condition of names as a clause that can follow "if": "the result is “Self-host” or “Get ready”".

    It is inline Markdown, like the titles in it.

    Args:
        names: The parts of which at least one must hold.
        words: The words of the interface.
    """
    results = [each for each in names if isinstance(each.part, Outcome) and not each.is_negated]
    others = [_statement(each, words) for each in names if each not in results]
    clauses = [words.fill("said_result", outcomes=words.either([_quoted(each, words) for each in results]))]
    clauses = [*(clauses if results else ()), *others]
    return clauses[0] if len(clauses) == 1 else words.fill("said_either", conditions=words.either(clauses))


def _statement(named: Named, words: Words) -> str:
    part = named.part
    if isinstance(part, Outcome):
        return words.fill("said_result_not", outcome=_quoted(named, words))
    if isinstance(part, Condition):
        return statement(~part if named.is_negated else part, words)
    if isinstance(part, Action):
        said = words.fill("said_action", action=part.title)
    else:
        said = words.fill("said_rule", rule=sentence(part, words))
    return words.fill("said_not", condition=said) if named.is_negated else said


def _quoted(named: Named, words: Words) -> str:
    assert isinstance(named.part, Outcome)
    return _title(named.part.title, words)


def _title(title: str, words: Words) -> str:
    return words.fill("said_answer_option", option=title)
