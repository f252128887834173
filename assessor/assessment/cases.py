"""Check that the rules give each worked case its expected result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assessor.assessment.assess import Assessment, assess
from assessor.errors import RuleSetError
from assessor.model.answers import Case
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
    assessment = assess(ruleset, case.answers)
    owner = f"case {case.id!r}"
    wanted = case.outcome.id
    if case.settled and assessment["outcome"] != wanted:
        yield f"{owner} should get {wanted!r}, but {_found(assessment)}"
        return
    if not case.settled and assessment["settled"]:
        yield f"{owner} is to stay open, but its answers settle {assessment['outcome']!r}"
    elif not case.settled and wanted not in assessment["possible"]:
        yield f"{owner} should leave {wanted!r} possible, but {_found(assessment)}"
    if case.rule and case.rule != assessment["rule"]:
        yield f"{owner} should be decided by rule {case.rule!r}, but {_deciding(assessment)}"
    if case.actions is not None:
        applied = assessment["actions"]["apply"]
        missing = [action for action in case.actions if action not in applied]
        extra = [action for action in applied if action not in case.actions]
        if missing:
            yield f"{owner} should get {_listed(missing)} to do, which does not apply"
        if extra:
            yield f"{owner} also gets {_listed(extra)} to do, which it does not list"


def _found(assessment: Assessment) -> str:
    if assessment["outcome"] is not None:
        return f"the rules give {assessment['outcome']!r}"
    possible = [*map(repr, assessment["possible"]), *(["no advice"] if assessment["gap"] else [])]
    return f"its answers settle nothing: still possible are {', '.join(possible)}"


def _deciding(assessment: Assessment) -> str:
    if assessment["rule"]:
        return f"{assessment['rule']!r} decides"
    *others, last = [*map(repr, assessment["rules"]), *(["none"] if assessment["gap"] else [])]
    return f"its answers leave it open: {', '.join(others)} or {last} may" if others else f"{last} decides"


def _listed(ids: Sequence[str]) -> str:
    return ", ".join(map(repr, ids))
