"""An assessment as text for a terminal or a build log."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from assessor.assessment import AssessedEstimate, Assessment
from assessor.rules import Action
from assessor.ruleset import RuleSet
from assessor.units import format_rounded
from assessor.wording import plain_text, sentence

_WIDTH = 96


def assessment_text(ruleset: RuleSet, assessment: Assessment) -> str:
    """Return what an assessment says, in the words of its rule set, as lines of at most 96 characters.

    Args:
        ruleset: The rule set that was asked.
        assessment: What it said.
    """
    return "\n".join(_lines(ruleset, assessment)) + "\n"


def _lines(ruleset: RuleSet, assessment: Assessment) -> Iterator[str]:
    outcomes = {outcome.id: outcome for outcome in ruleset.outcomes}
    actions = {action.id: action for action in ruleset.actions}
    open_count = len(assessment["open"])
    yield f"{ruleset.title} ({assessment['ruleset']}, rules {assessment['hash'][:8]})"
    yield ""
    if assessment["outcome"] is not None:
        outcome = outcomes[assessment["outcome"]]
        yield f"Settled: {outcome.title} [{outcome.id}]"
        yield from _indented(plain_text(outcome.summary))
        if open_count:
            verb = "is" if open_count == 1 else "are"
            yield from _indented(f"It stays, however the {_count(open_count, 'open question')} {verb} answered.")
    else:
        yield "Still possible:"
        for outcome_id in assessment["possible"]:
            yield from _item(f"{outcomes[outcome_id].title} [{outcome_id}]")
        if assessment["gap"]:
            yield from _item("no advice: some of the answers that are left open are decided by no rule")
    rule = next((rule for rule in ruleset.rules if rule.id == assessment["rule"]), None)
    if rule is not None:
        yield from _section("Because:")
        yield from _indented(plain_text(rule.because))
        yield from _indented(f"Rule {rule.id}: {sentence(rule)}")
    yield from _actions("What to do:", [actions[name] for name in assessment["actions"]["apply"]])
    yield from _actions(
        "What may follow, by what is still open:", [actions[name] for name in assessment["actions"]["open"]]
    )
    yield from _estimates(ruleset, assessment)
    if open_count:
        yield from _section(f"{_count(open_count, 'open question')}:".capitalize())
        for question_id in assessment["open"]:
            question = ruleset.questions_by_id[question_id]
            who = f" (ask {question.asked_of})" if question.asked_of else ""
            yield from _item(f"{question_id}: {question.wording}{who}")


def _actions(heading: str, actions: Sequence[Action]) -> Iterator[str]:
    if actions:
        yield from _section(heading)
    for action in sorted(actions, key=lambda action: not action.gap):
        reason = f" {plain_text(action.because)}" if action.because else ""
        yield from _item(f"{'Gap: ' if action.gap else ''}{plain_text(action.title)}.{reason}".replace("..", "."))


def _estimates(ruleset: RuleSet, assessment: Assessment) -> Iterator[str]:
    if ruleset.estimates:
        yield from _section("Estimates:")
    for estimate in ruleset.estimates:
        assessed = assessment["estimates"][estimate.id]
        yield from _item(f"{estimate.title}: {_quantity(assessed) if assessed else 'needs a number that is open'}")


def _quantity(estimate: AssessedEstimate) -> str:
    likely = format_rounded(estimate["likely"], estimate["unit"])
    if estimate["low"] == estimate["high"]:
        shown = likely
    else:
        shown = f"{likely} (from {format_rounded(estimate['low'])} to {format_rounded(estimate['high'])})"
    return f"{shown}, assuming the default for {', '.join(estimate['assumed'])}" if estimate["assumed"] else shown


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _section(heading: str) -> list[str]:
    return ["", heading]


def _item(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="  - ", subsequent_indent="    ", break_on_hyphens=False)


def _indented(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
