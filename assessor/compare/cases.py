"""Which worked cases get another outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assessor.assessment.assess import assess
from assessor.compare.changes import CaseChange
from assessor.compare.renames import Renames
from assessor.errors import AnswersError
from assessor.model.answers import Answer
from assessor.model.ruleset import RuleSet


def case_changes(old: RuleSet, new: RuleSet, renames: Renames) -> Iterator[CaseChange]:
    """Yield the cases that get another outcome, with the answers that they have in each rule set.

    A case that only one of them has keeps its answers.
    """
    before, after = ({case.id: case.answers for case in ruleset.cases} for ruleset in (old, new))
    undo = renames.undone()
    for case_id in dict.fromkeys([*before, *after]):
        old_answers = before[case_id] if case_id in before else undo.answers(after[case_id])
        as_now = renames.answers(old_answers)
        new_answers = after.get(case_id, as_now)
        outcomes = _outcome(old, old_answers), _outcome(new, new_answers)
        if outcomes[0] != outcomes[1]:
            yield CaseChange(case_id, *outcomes, answers_changed=dict(new_answers) != as_now)


def _outcome(ruleset: RuleSet, answers: Mapping[str, Answer]) -> str | None:
    """Return the outcome that is settled, without the answers that a rule set does not accept."""
    accepted: dict[str, Answer] = {}
    for name, answer in answers.items():
        try:
            accepted |= ruleset.check_answers({name: answer})
        except AnswersError:
            continue
    assessment = assess(ruleset, accepted)
    if assessment["gap"] and not assessment["possible"]:
        return ""
    return assessment["outcome"]
