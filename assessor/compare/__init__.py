"""What a change of rules does: how many answers get another outcome, which, and why."""

from __future__ import annotations

from collections.abc import Mapping

from assessor.compare.cases import case_changes
from assessor.compare.changes import (
    CaseChange,
    Comparison,
    ComparisonError,
    ConditionChange,
    FieldChange,
    OutcomeChange,
    PartChanges,
    RuleChange,
)
from assessor.compare.outcomes import AnswersOfBoth
from assessor.compare.parts import all_part_changes, field_changes, option_changes
from assessor.compare.renames import find_renames
from assessor.logic.diagram import DiagramTooLargeError
from assessor.model.ruleset import RuleSet

__all__ = [
    "CaseChange",
    "Comparison",
    "ComparisonError",
    "ConditionChange",
    "FieldChange",
    "OutcomeChange",
    "PartChanges",
    "RuleChange",
    "compare_rulesets",
]


def compare_rulesets(old: RuleSet, new: RuleSet, renamed: Mapping[str, str] | None = None) -> Comparison:
    """Compare two rule sets by what they say of the same answers, and by their words.

    Args:
        old: The rule set before.
        new: The rule set now.
        renamed: New ids of questions by their old ones, and of options, both as `question.option`. A question that
            keeps its kind and its wording is found by itself, and so is an option that keeps its label.

    Raises:
        ComparisonError: If something is said to be renamed that is not there, or two to one id; or if the two rule
            sets are too large.
        RuleSetError: If one of them is too large to compile.
    """
    renames = find_renames(old, new, renamed or {})
    try:
        both = AnswersOfBoth(old, new, renames)
        outcome_changes = tuple(both.outcome_changes())
        condition_changes = tuple(both.condition_changes())
    except DiagramTooLargeError:
        raise ComparisonError(f"{old.id!r} and {new.id!r} are too large to compare: split the decision") from None
    options = {
        after.id: option_changes(before, after, renames)
        for before in old.questions
        if (after := new.questions_by_id.get(renames.question(before.id))) is not None
    }
    parts = all_part_changes(old, new, renames)
    return Comparison(
        total=both.total,
        outcome_changes=outcome_changes,
        condition_changes=condition_changes,
        parts=parts,
        options={name: change for name, change in options.items() if change},
        fields=tuple(field_changes(old, new, parts, renames)),
        cases=tuple(case_changes(old, new, renames)),
    )
