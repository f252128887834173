"""Which parts of a rule set come, go, or say something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assessor.answers import Answer
from assessor.assessment import assess
from assessor.comparing.changes import CaseChange, ComparisonError, FactChange, PartChanges
from assessor.errors import AnswersError
from assessor.facts import Fact
from assessor.naming import did_you_mean
from assessor.questions import Choice, Number, Question
from assessor.ruleset import RuleSet


def renamed_questions(old: RuleSet, new: RuleSet, given: Mapping[str, str]) -> dict[str, str]:
    """Return the new id of each question that has another one."""
    for old_id, new_id in given.items():
        for ruleset, name, which in ((old, old_id, "old"), (new, new_id, "new")):
            if name not in ruleset.questions_by_id:
                raise ComparisonError(
                    f"--rename {old_id}={new_id}: there is no question {name!r} in the {which} rule set."
                    f"{did_you_mean(name, ruleset.questions_by_id)}"
                )
    names = dict(given)
    gone = [q for q in old.questions if q.id not in new.questions_by_id and q.id not in names]
    come = [q for q in new.questions if q.id not in old.questions_by_id and q.id not in names.values()]
    for before in gone:
        alike = [after for after in come if type(after) is type(before) and after.wording == before.wording]
        if len(alike) == 1 and alike[0].id not in names.values():
            names[before.id] = alike[0].id
    return names


def part_changes(old: Iterable[Any], new: Iterable[Any], names: Mapping[str, str]) -> PartChanges:
    """Return the ids of parts that come, go or are renamed."""
    before, after = [part.id for part in old], [part.id for part in new]
    return PartChanges(
        tuple(name for name in after if name not in before and name not in names.values()),
        tuple(name for name in before if name not in after and name not in names),
        dict(names),
    )


def option_changes(old: Question, new: Question) -> PartChanges:
    """Return the options that come or go; of a question of another kind, all of them."""
    before, after = _options(old), _options(new)
    if type(old) is not type(new):
        return PartChanges(after, before)
    return PartChanges(
        tuple(option for option in after if option not in before),
        tuple(option for option in before if option not in after),
    )


def _options(question: Question) -> tuple[str, ...]:
    if isinstance(question, Choice):
        return question.option_ids
    return ("any number",) if isinstance(question, Number) else ("yes", "no")


def bound_changes(old: Question, new: Question) -> tuple[str, str] | None:
    """Return a number's old and new range in words, if it has another one."""
    if not (isinstance(old, Number) and isinstance(new, Number)):
        return None
    before, after = (f"{q.minimum:g} to {q.maximum:g} {q.unit}".rstrip() for q in (old, new))
    return None if before == after else (before, after)


def fact_changes(old: Mapping[str, Fact], new: Mapping[str, Fact]) -> Iterator[FactChange]:
    """Yield the facts that say something else."""
    for name in dict.fromkeys([*old, *new]):
        before, after = (_fact_text(facts[name]) if name in facts else "" for facts in (old, new))
        if before != after:
            yield FactChange(name, before, after)


def _fact_text(fact: Fact) -> str:
    return f"{fact} ({fact.range_text()})" if fact.range_text() else str(fact)


def case_changes(old: RuleSet, new: RuleSet, names: Mapping[str, str]) -> Iterator[CaseChange]:
    """Yield the cases that get another outcome; each as the new rule set has it, or else the old one."""
    old_ids = {names.get(question.id, question.id): question.id for question in old.questions}
    cases = {case.id: {names.get(q, q): answer for q, answer in case.answers.items()} for case in old.cases}
    cases |= {case.id: dict(case.answers) for case in new.cases}
    for case_id, answers in cases.items():
        before = _outcome(old, {old_ids[q]: answer for q, answer in answers.items() if q in old_ids})
        after = _outcome(new, answers)
        if before != after:
            yield CaseChange(case_id, before, after)


def _outcome(ruleset: RuleSet, answers: Mapping[str, Answer]) -> str:
    """Return the outcome that is settled, without the answers that a rule set does not accept."""
    accepted: dict[str, Answer] = {}
    for name, answer in answers.items():
        try:
            accepted |= ruleset.check_answers({name: answer})
        except AnswersError:
            continue
    return assess(ruleset, accepted)["outcome"] or ""
