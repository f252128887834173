"""Check that the rules give each worked case its expected result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assessor.assessment.assess import Reading, interpreter_of
from assessor.assessment.results import Result, Verdict
from assessor.errors import RuleSetError
from assessor.model.cases import Case
from assessor.model.ruleset import RuleSet


def check_cases(ruleset: RuleSet) -> None:
    """Refuse a rule set if one of its cases does not get its expected result.

    Raises:
        RuleSetError: For the first such case, or if the rule set is too large to compile.
    """
    for case in ruleset.cases:
        for problem in case_problems(ruleset, case):
            raise RuleSetError(problem, case.location)


def case_problems(ruleset: RuleSet, case: Case) -> Iterator[str]:
    """Yield each difference between a case's expected and actual result.

    Args:
        ruleset: The rule set that contains the case.
        case: The case.
    """
    # Every command that loads a rule set checks its cases, so work out what a case states, and nothing else.
    given = ruleset.check_answers(case.answers)
    reading = Reading(interpreter_of(ruleset), given)
    owner = f"case {case.id!r}"
    for name in given:
        if name not in reading.answers:
            yield f"{owner} answers {name!r} with {given[name]!r}, which its other answers do not offer"
            return
    for outcome in (case.outcome, *case.also):
        wanted = outcome.id
        result = reading.reading_of(wanted).result()
        if case.settled and result["outcome"] != wanted:
            yield f"{owner} should get {wanted!r}, but {_found(result, decision_deciding(ruleset, wanted))}"
            return
        if not case.settled and result["settled"]:
            yield f"{owner} is to stay open, but its answers settle {result['outcome']!r}"
        elif not case.settled and wanted not in result["possible"]:
            yield f"{owner} should leave {wanted!r} possible, but {_found(result, decision_deciding(ruleset, wanted))}"
    if not case.rule and case.actions is None:
        return
    if case.rule:
        then = next(rule.then for rule in ruleset.rules if rule.id == case.rule)
        deciding = reading.reading_of(then.id).verdict()
        if case.rule != deciding["rule"]:
            yield f"{owner} should be decided by rule {case.rule!r}, but {_deciding(deciding)}"
    if case.actions is not None:
        verdict = reading.verdict()
        applied = verdict["actions"]["apply"]
        missing = [action for action in case.actions if action not in applied]
        extra = [action for action in applied if action not in case.actions]
        if missing:
            yield f"{owner} should get {_listed(missing)} to do, which does not apply"
        if extra:
            yield f"{owner} also gets {_listed(extra)} to do, which it does not list"


def decision_deciding(ruleset: RuleSet, outcome: str) -> str:
    """Return the decision that an outcome belongs to as messages name it; empty if there is only one decision."""
    return next((each.owner_name for each in ruleset.decisions if outcome in [one.id for one in each.outcomes]), "")


def _found(result: Result, decision: str) -> str:
    of_decision = f" of {decision}" if decision else ""
    if result["outcome"] is not None:
        return f"the rules{of_decision} give {result['outcome']!r}"
    if result["gap"] and not result["possible"]:
        return f"no rule{of_decision} decides for its answers"
    possible = [*map(repr, result["possible"]), *(["no rule that decides"] if result["gap"] else [])]
    return f"its answers leave {decision}{' ' * bool(decision)}open: {', '.join(possible)}"


def _deciding(verdict: Verdict) -> str:
    if verdict["rule"]:
        return f"{verdict['rule']!r} decides"
    *others, last = [*map(repr, verdict["rules"]), *(["none"] if verdict["gap"] else [])]
    return f"its answers leave it open: {', '.join(others)} or {last} may" if others else f"{last} decides"


def _listed(ids: Sequence[str]) -> str:
    return ", ".join(map(repr, ids))
