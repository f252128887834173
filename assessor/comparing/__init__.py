"""What a change of rules does: how many answers get another outcome, which, and why."""

from __future__ import annotations

from collections.abc import Mapping

from assessor.comparing.changes import (
    CaseChange,
    Comparison,
    ComparisonError,
    FactChange,
    OutcomeChange,
    PartChanges,
    RuleChange,
)
from assessor.comparing.outcomes import AnswersOfBoth
from assessor.comparing.parts import (
    bound_changes,
    case_changes,
    fact_changes,
    option_changes,
    part_changes,
    renamed_questions,
)
from assessor.diagram import DiagramTooLargeError
from assessor.ruleset import RuleSet

__all__ = [
    "CaseChange",
    "Comparison",
    "ComparisonError",
    "FactChange",
    "OutcomeChange",
    "PartChanges",
    "RuleChange",
    "compare_rulesets",
]


def compare_rulesets(old: RuleSet, new: RuleSet, renamed: Mapping[str, str] | None = None) -> Comparison:
    """Compare two rule sets by what they say of the same answers.

    Args:
        old: The rule set before.
        new: The rule set now.
        renamed: New ids of questions by their old ones. One that keeps all but its id is found by itself.

    Raises:
        ComparisonError: If a question is said to be renamed that is not there; or if the two are too large.
        RuleSetError: If one of them is too large to compile.
    """
    names = renamed_questions(old, new, renamed or {})
    try:
        both = AnswersOfBoth(old, new, names)
        changes = tuple(both.outcome_changes())
    except DiagramTooLargeError:
        raise ComparisonError(f"{old.id!r} and {new.id!r} are too large to compare: split the decision") from None
    pairs = [
        (before, after)
        for before in old.questions
        if (after := new.questions_by_id.get(names.get(before.id, before.id))) is not None
    ]
    options = {after.id: option_changes(before, after) for before, after in pairs}
    return Comparison(
        total=both.total,
        outcome_changes=changes,
        questions=part_changes(old.questions, new.questions, names),
        options={name: change for name, change in options.items() if change},
        bounds={after.id: bounds for before, after in pairs if (bounds := bound_changes(before, after))},
        outcomes=part_changes(old.outcomes, new.outcomes, {}),
        rules=part_changes(old.rules, new.rules, {}),
        facts=tuple(fact_changes(old.facts_by_id, new.facts_by_id)),
        cases=tuple(case_changes(old, new, names)),
    )
