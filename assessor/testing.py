"""Run a rule set's worked cases among an author's own tests.

    from assessor.testing import case_test

    test_case = case_test("rules.py")

creates one pytest test for each case in the file beside it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assessor.assessment.cases import case_problems
from assessor.loading.load import load_ruleset
from assessor.model.cases import Case
from assessor.model.ruleset import RuleSet


def case_test(rules: RuleSet | str) -> Callable[..., None]:
    """Return a pytest test that runs once for each case of a rule set, and fails if there are no cases.

    Args:
        rules: The rule set, or a reference as for `load_ruleset`. A relative path starts from the folder of the calling
            file, wherever pytest runs.

    Raises:
        AssessorError: If there is no such rule set, or it is invalid.
    """
    beside = Path(sys._getframe(1).f_code.co_filename).parent
    ruleset = load_ruleset(rules, beside, check_cases=False) if isinstance(rules, str) else rules
    if not ruleset.cases:

        def test_that_there_are_cases() -> None:
            pytest.fail(f"rule set {ruleset.id!r} has no worked cases: add them as cases=[Case(…)]", pytrace=False)

        return test_that_there_are_cases

    @pytest.mark.parametrize("case", ruleset.cases, ids=lambda case: case.id)
    def test_case(case: Case) -> None:
        problems = list(case_problems(ruleset, case))
        if problems:
            pytest.fail("\n".join(f"{case.location}: error: {problem}" for problem in problems), pytrace=False)

    return test_case
