"""A rule set's worked cases among an author's own tests.

    from assessor.testing import case_test

    test_case = case_test("rules.py")

makes one pytest test of each case.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assessor.case_checks import case_problems
from assessor.cases import Case
from assessor.loading import load_ruleset
from assessor.ruleset import RuleSet


def case_test(rules: RuleSet | str) -> Callable[[Case], None]:
    """Return a pytest test that runs once for each case of a rule set.

    Args:
        rules: The rule set, or a reference to it, as for `load_ruleset`.

    Raises:
        AssessorError: If there is no such rule set, or it is wrong.
    """
    ruleset = load_ruleset(rules, check_cases=False) if isinstance(rules, str) else rules

    @pytest.mark.parametrize("case", ruleset.cases, ids=lambda case: case.id)
    def test_case(case: Case) -> None:
        problems = list(case_problems(ruleset, case))
        if problems:
            pytest.fail("\n".join(f"{case.location}: {problem}" for problem in problems), pytrace=False)

    return test_case
