"""`assessor record`: write a decision record in Markdown."""

from __future__ import annotations

import datetime

import click

from assessor.commands.answers import answers_of
from assessor.commands.command import Command
from assessor.commands.failing import fail
from assessor.commands.options import language_option, load_rules, rules_option, spoken
from assessor.errors import AssessorError
from assessor.language.words import Words
from assessor.reports.record.markdown import decision_record


@click.command(
    cls=Command,
    section="Decide",
    example="assessor record answers.yml --rules rules.py > decision.md",
)
@click.argument("answers", required=False, metavar="[ANSWERS]")
@rules_option
@language_option
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The date of the decision, as YYYY-MM-DD; by default today.",
)
def command(answers: str | None, reference: str, words: Words | None, date: datetime.datetime | None) -> None:
    """Write a decision record in Markdown from your answers.

    ANSWERS is a file as for 'assessor assess'. The page writes the same record from the same answers.
    """
    try:
        ruleset, language = spoken(load_rules(reference), words)
        day = date.date() if date else datetime.date.today()
        record = decision_record(ruleset, answers_of(ruleset, answers), day, language)
    except AssessorError as error:
        fail(error)
    click.echo(record, nl=False)
