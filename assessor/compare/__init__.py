"""Compare two rule sets: how many answers get a different outcome, which, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessor.assessment.assess import assess
from assessor.assessment.results import each_decision
from assessor.compare.changes import (
    CaseChange,
    Comparison,
    ComparisonError,
    ConditionChange,
    FieldChange,
    OutcomeChange,
    PartChanges,
    RuleChange,
    TranslationChange,
)
from assessor.compare.outcomes import AnswersOfBoth, case_changes
from assessor.compare.parts import all_part_changes, field_changes, option_changes, translation_changes
from assessor.compare.passages import read_passages
from assessor.compare.renames import find_renames, lines_to_write, unconfirmed
from assessor.errors import RuleSetError
from assessor.logic.diagram import DiagramTooLargeError
from assessor.model.answers import Answer
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
    "TranslationChange",
    "compare_rulesets",
]


def compare_rulesets(
    old: RuleSet,
    new: RuleSet,
    renamed: Mapping[str, str] | None = None,
    passages: Mapping[str, Sequence[str]] | None = None,
) -> Comparison:
    """Compare two rule sets by their results for the same answers, and by their texts.

    Args:
        old: The rule set before.
        new: The rule set now.
        renamed: New ids by old ids; write options as `question.option`. Questions with the same kind and wording,
            and options with the same label, match automatically.
        passages: The conditions of passages in the docs, written for the new rule set, each with the places where it
            stands.

    Raises:
        ComparisonError: If a renamed id does not exist, or two ids get the same new one; or if the two rule sets
            are too large.
        RuleSetError: If one of them is too large to compile.
    """
    renames = find_renames(old, new, renamed or {})
    conditions, invalid = read_passages(old, new, renames, passages or ())
    try:
        both = AnswersOfBoth(old, new, renames, conditions)
        changed, outcome_changes = both.changed, tuple(both.outcome_changes())
        condition_changes = tuple(both.condition_changes())
        passage_changes = tuple(both.passage_changes())
    except DiagramTooLargeError:
        raise ComparisonError(f"{old.id!r} and {new.id!r} are too large to compare: split the decision") from None
    options = {
        after.id: option_changes(before, after, renames)
        for before in old.questions
        if (after := new.questions_by_id.get(renames.question(before.id))) is not None
    }
    parts = all_part_changes(old, new, renames)
    languages = PartChanges()
    translations: tuple[TranslationChange, ...] = ()
    unread = ""
    try:
        languages, translations = translation_changes(old, new, parts, renames)
    except RuleSetError as error:
        # A broken translation does not keep anybody from comparing the rules.
        unread = str(error)
    new_options = {
        (name, option): _possible(new, {name: option}) for name, change in options.items() for option in change.added
    }
    return Comparison(
        total=both.total,
        changed=changed,
        outcome_changes=outcome_changes,
        condition_changes=condition_changes,
        parts=parts,
        options={name: change for name, change in options.items() if change},
        fields=tuple(field_changes(old, new, parts, renames)),
        cases=tuple(case_changes(old, new, renames)),
        languages=languages,
        translations=translations,
        unread_translations=unread,
        lost_outcomes=tuple(both.lost_outcomes()),
        new_options=new_options,
        unconfirmed=tuple(unconfirmed(old, new, renames)),
        lines_to_write=tuple(lines_to_write(new, renames)),
        passages=passages or {},
        passage_changes=passage_changes,
        invalid_passages=invalid,
    )


def _possible(ruleset: RuleSet, answers: Mapping[str, Answer]) -> list[str]:
    """Return the outcomes that are possible, of all decisions."""
    return [outcome for each in each_decision(assess(ruleset, answers)) for outcome in each["possible"]]
