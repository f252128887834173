"""`assessor assess`: assess answers by the rules."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import click

from assessor.assessment.assess import assess as assess_answers
from assessor.assessment.cases import decision_deciding
from assessor.assessment.results import Assessment, each_decision
from assessor.commands.answers import answers_of
from assessor.commands.command import Command
from assessor.commands.failing import fail
from assessor.commands.options import format_option, language_option, load_rules, rules_option, spoken
from assessor.errors import AssessorError, did_you_mean
from assessor.language.words import Words
from assessor.model.ruleset import RuleSet
from assessor.reports.json_text import assessment_json
from assessor.reports.text import assessment_text


@click.command(
    cls=Command,
    section="Decide",
    example=("assessor assess answers.yml --rules rules.py --explain\necho 'pager: false' | assessor assess"),
)
@click.argument("answers", required=False, metavar="[ANSWERS]")
@rules_option
@format_option("text", "json")
@language_option
@click.option("--explain", is_flag=True, help="Add which answers decided, and what would change the outcome.")
@click.option(
    "--expect",
    metavar="OUTCOME",
    multiple=True,
    help="Exit with 1 unless this outcome is settled. Use it in CI; of several decisions, once for each.",
)
def command(
    *,
    answers: str | None,
    reference: str,
    output: str,
    words: Words | None,
    explain: bool,
    expect: tuple[str, ...],
) -> None:
    """Show what the rules recommend for your answers.

    ANSWERS is a file in YAML or JSON with one 'question: answer' in each line. Without it, or with -, the command reads
    standard input. Write true or false for yes or no, the id of an option, a number, or null for "I don't know".
    Leave out what is open.
    """
    try:
        ruleset, language = spoken(load_rules(reference), words)
        for each in expect:
            _check_outcome(ruleset, "--expect", each)
        given = answers_of(ruleset, answers)
        assessment = assess_answers(ruleset, given)
    except AssessorError as error:
        fail(error)
    if output == "json":
        click.echo(assessment_json(assessment))
    else:
        click.echo(
            assessment_text(ruleset, given, assessment, explain=explain, words=language),
            nl=False,
        )
    missing = list(_missing(ruleset, expect, assessment))
    for line in missing:
        click.echo(line, err=True)
    if missing:
        sys.exit(1)


def _missing(ruleset: RuleSet, expected: Sequence[str], assessment: Assessment) -> Iterator[str]:
    """Yield a line for each expected outcome that its decision does not come to."""
    for wanted in expected:
        decided = next(each for each in each_decision(assessment) if wanted in each["counts"])
        if decided["outcome"] != wanted:
            found = repr(decided["outcome"]) if decided["settled"] else "nothing yet"
            decision = decision_deciding(ruleset, wanted)
            by_decision = f" by {decision}" if decision else ""
            yield f"expected {wanted!r} to be settled{by_decision}, but got {found}"


def _check_outcome(ruleset: RuleSet, option: str, outcome: str) -> None:
    known = [each.id for each in ruleset.outcomes]
    if outcome not in known:
        raise click.UsageError(f"{option}: there is no outcome {outcome!r}.{did_you_mean(outcome, known)}")
