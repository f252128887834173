"""Whether the rules give each worked example the outcome that it is to get."""

from __future__ import annotations

from assessor.assessment import assess
from assessor.errors import RuleSetError
from assessor.ruleset import RuleSet


def check_cases(ruleset: RuleSet) -> None:
    """Refuse a rule set that does not settle one of its cases as the case says.

    Raises:
        RuleSetError: For the first case that gets another outcome, or none; or if the rule set is too large to compile.
    """
    for case in ruleset.cases:
        assessment = assess(ruleset, case.answers)
        found, wanted = assessment["outcome"], case.outcome.id
        if found == wanted:
            continue
        if found is not None:
            said = f"the rules give {found!r}"
        else:
            possible = [*map(repr, assessment["possible"]), *(["no advice"] if assessment["gap"] else [])]
            said = f"its answers settle nothing: still possible are {', '.join(possible)}"
        raise RuleSetError(f"case {case.id!r} is to get {wanted!r}, but {said}", case.location)
