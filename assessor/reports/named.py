"""Put conditions that name parts of a rule set into plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from assessor.language.words import Words
from assessor.logic.named import Named
from assessor.model.conditions import Condition
from assessor.model.rules.actions import Action
from assessor.model.rules.outcomes import Outcome
from assessor.model.ruleset import RuleSet
from assessor.reports.decisions import ShownDecision, shown_decisions
from assessor.reports.wording import sentence, statement


def names_statement(names: Sequence[Named], ruleset: RuleSet, words: Words) -> str:
    """Return a condition of names as a clause that can follow "if": "the result is “Self-host” or “Get ready”".

    It is inline Markdown, like the titles in it. With several decisions, it says which one has the result.

    Args:
        names: The parts of which at least one must hold.
        ruleset: The rule set whose parts these are.
        words: The words of the interface.
    """
    clauses: list[str] = []
    results = [each for each in names if isinstance(each.part, Outcome) and not each.is_negated]
    for decision in shown_decisions(ruleset):
        titles = [_quoted(each, words) for each in results if each.part in decision.outcomes]
        if titles:
            clauses.append(_result("said_result", decision, words, outcomes=words.either(titles)))
    clauses += [_statement(each, ruleset, words) for each in names if each not in results]
    return clauses[0] if len(clauses) == 1 else words.fill("said_either", conditions=words.either(clauses))


def _statement(named: Named, ruleset: RuleSet, words: Words) -> str:
    part = named.part
    if isinstance(part, Outcome):
        decision = next(each for each in shown_decisions(ruleset) if part in each.outcomes)
        return _result("said_result_not", decision, words, outcome=_quoted(named, words))
    if isinstance(part, Condition):
        return statement(~part if named.is_negated else part, words)
    if isinstance(part, Action):
        said = words.fill("said_action", action=part.title)
    else:
        said = words.fill("said_rule", rule=sentence(part, words))
    return words.fill("said_not", condition=said) if named.is_negated else said


def _result(key: str, decision: ShownDecision, words: Words, **texts: str) -> str:
    if not decision.title:
        return words.fill(key, **texts)
    return words.fill(f"{key}_of", decision=decision.title, **texts)


def _quoted(named: Named, words: Words) -> str:
    assert isinstance(named.part, Outcome)
    return words.fill("said_answer_option", option=named.part.title)
