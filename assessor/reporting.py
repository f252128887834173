"""An assessment as text for a terminal or a build log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assessor.answers import Answer
from assessor.assessment import AssessedEstimate, Assessment
from assessor.explaining import explanation
from assessor.layout import indented, item, section
from assessor.rules import Action, Rule
from assessor.ruleset import RuleSet
from assessor.units import format_rounded
from assessor.wording import plain_text, sentence


def assessment_text(ruleset: RuleSet, answers: Mapping[str, Answer], assessment: Assessment, *, explain: bool) -> str:
    """Return what an assessment says, in the words of its rule set, as lines of at most 96 characters.

    Args:
        ruleset: The rule set that was asked.
        answers: The answers that it was given.
        assessment: What it said.
        explain: Whether to say which answers decided, what ruled out each other rule, and what would change it.
    """
    lines = [*_lines(ruleset, assessment)]
    if explain:
        lines += explanation(ruleset, answers, assessment)
    return "\n".join(lines) + "\n"


def _lines(ruleset: RuleSet, assessment: Assessment) -> Iterator[str]:
    outcomes = {outcome.id: outcome for outcome in ruleset.outcomes}
    actions = {action.id: action for action in ruleset.actions}
    open_count = len(assessment["open"])
    yield f"{ruleset.title} ({assessment['ruleset']}, rules {assessment['hash'][:8]})"
    yield ""
    if assessment["outcome"] is not None:
        outcome = outcomes[assessment["outcome"]]
        yield f"Settled: {outcome.title} [{outcome.id}]"
        yield from indented(plain_text(outcome.summary))
        if open_count:
            verb = "is" if open_count == 1 else "are"
            yield from indented(f"It stays, however the {_count(open_count, 'open question')} {verb} answered.")
    else:
        yield "Still possible:"
        for outcome_id in assessment["possible"]:
            yield from item(f"{outcomes[outcome_id].title} [{outcome_id}]")
        if assessment["gap"]:
            yield from item("no advice: some of the answers that are left open are decided by no rule")
    if assessment["settled"]:
        yield from _reasons([rule for rule in ruleset.rules if rule.id in assessment["rules"]])
    yield from _actions("What to do:", [actions[name] for name in assessment["actions"]["apply"]])
    yield from _actions(
        "What may follow, by what is still open:", [actions[name] for name in assessment["actions"]["open"]]
    )
    yield from _estimates(ruleset, assessment)
    yield from _open_questions(ruleset, assessment)


def _open_questions(ruleset: RuleSet, assessment: Assessment) -> Iterator[str]:
    """Name what is open: the question to ask now, those that can change the outcome, and those that cannot."""
    following = assessment["next"]
    if following is not None:
        fewest, most = assessment["remaining"]["fewest"], assessment["remaining"]["most"]
        yield from section(f"Ask next ({fewest} to {most} answers settle it):" if fewest < most else "Ask next:")
        yield from item(_question(ruleset, following))
    others = [name for name in assessment["matters"] if name != following]
    for heading, names in (
        ("Also open, and able to change the outcome:", others),
        ("Open, and unable to change the outcome:", assessment["irrelevant"]),
    ):
        if names:
            yield from section(heading)
        for name in names:
            is_unknown = " You do not know it yet." if name in assessment["unknown"] else ""
            yield from item(f"{_question(ruleset, name)}{is_unknown}")


def _question(ruleset: RuleSet, question_id: str) -> str:
    question = ruleset.questions_by_id[question_id]
    who = f" (ask {question.asked_of})" if question.asked_of else ""
    return f"{question_id}: {question.wording}{who}"


def _reasons(rules: Sequence[Rule]) -> Iterator[str]:
    """Give the reason of the rule that fires, or of each that may."""
    yield from section("Because:" if len(rules) == 1 else "Because of one of these, whatever is still open:")
    for rule in rules:
        yield from indented(plain_text(rule.because))
        yield from indented(f"Rule {rule.id}: {sentence(rule)}")


def _actions(heading: str, actions: Sequence[Action]) -> Iterator[str]:
    if actions:
        yield from section(heading)
    for action in sorted(actions, key=lambda action: not action.gap):
        reason = f" {plain_text(action.because)}" if action.because else ""
        title = plain_text(action.title)
        stop = "" if title.endswith((".", "!", "?", "…", ":")) else "."
        yield from item(f"{'Gap: ' if action.gap else ''}{title}{stop}{reason}")


def _estimates(ruleset: RuleSet, assessment: Assessment) -> Iterator[str]:
    if ruleset.estimates:
        yield from section("Estimates:")
    for estimate in ruleset.estimates:
        assessed = assessment["estimates"][estimate.id]
        yield from item(f"{estimate.title}: {_quantity(assessed) if assessed else 'needs a number that is open'}")


def _quantity(estimate: AssessedEstimate) -> str:
    likely = format_rounded(estimate["likely"], estimate["unit"])
    if estimate["low"] == estimate["high"]:
        shown = likely
    else:
        shown = f"{likely} (from {format_rounded(estimate['low'])} to {format_rounded(estimate['high'])})"
    return f"{shown}, assuming the default for {', '.join(estimate['assumed'])}" if estimate["assumed"] else shown


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
