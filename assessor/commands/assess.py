"""`assessor assess`: assess answers by the rules."""

from __future__ import annotations

import sys

import click

from assessor.assessment.assess import assess as assess_answers
from assessor.commands.options import (
    Command,
    answers_of,
    check_outcome,
    fail,
    format_option,
    language_option,
    load_rules,
    rules_option,
    spoken,
)
from assessor.errors import AssessorError
from assessor.language.words import Words
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
@click.option("--expect", metavar="OUTCOME", help="Exit with 1 unless this outcome is settled. Use it in CI.")
def command(
    *, answers: str | None, reference: str, output: str, words: Words | None, explain: bool, expect: str | None
) -> None:
    """Show what the rules recommend for your answers.

    ANSWERS is a file in YAML or JSON with one 'question: answer' in each line. Without it, or with -, the command reads
    standard input. Write true or false for yes or no, the id of an option, a number, or null for "I don't know".
    Leave out what is open.
    """
    try:
        ruleset, language = spoken(load_rules(reference), words)
        if expect is not None:
            check_outcome(ruleset, "--expect", expect)
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
    if expect is not None and assessment["outcome"] != expect:
        found = repr(assessment["outcome"]) if assessment["settled"] else "nothing yet"
        click.echo(f"expected {expect!r} to be settled, but got {found}", err=True)
        sys.exit(1)
