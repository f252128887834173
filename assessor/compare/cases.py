"""Find the worked cases that get a different outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assessor.assessment.assess import assess
from assessor.compare.changes import CaseChange
from assessor.compare.renames import Renames
from assessor.errors import AnswersError
from assessor.model.answers import Answer
from assessor.model.ruleset import RuleSet


def case_changes(old: RuleSet, new: RuleSet, renames: Renames) -> Iterator[CaseChange]:
    """Yield the cases with a different outcome. Each rule set uses its own answers for a case.

    If only one rule set has the case, both use its answers.
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
    """Return the settled outcome, ignoring answers that a rule set does not accept."""
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
