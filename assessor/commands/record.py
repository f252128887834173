"""`assessor record`: write a decision record in Markdown."""

from __future__ import annotations

import datetime

import click

from assessor.commands.options import answers_of, fail, language_option, rules_option
from assessor.errors import AssessorError
from assessor.language.words import Words
from assessor.loading.load import load_ruleset
from assessor.reports.record import decision_record
from assessor.reports.wording import ruleset_words


@click.command()
@click.argument("answers", required=False, metavar="[ANSWERS]")
@rules_option
@language_option
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of the decision, as YYYY-MM-DD; by default today.",
)
def command(answers: str | None, reference: str, words: Words | None, date: datetime.datetime | None) -> None:
    """Write a decision record in Markdown.

    ANSWERS is read as by `assessor assess`; the page writes the same record from the same answers.
    """
    try:
        ruleset = load_ruleset(reference)
        day = date.date() if date else datetime.date.today()
        record = decision_record(ruleset, answers_of(ruleset, answers), day, words or ruleset_words(ruleset))
    except AssessorError as error:
        fail(error)
    click.echo(record, nl=False)
