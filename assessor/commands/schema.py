"""`assessor schema`: what answers look like, for editors."""

from __future__ import annotations

import json

import click

from assessor.answer_schema import answers_schema
from assessor.commands.common import fail, rules_option
from assessor.errors import AssessorError
from assessor.loading import load_ruleset


@click.command()
@rules_option
def command(reference: str) -> None:
    """Print the JSON Schema of answers, with which editors complete and check a file of them.

    In YAML, the line '# yaml-language-server: $schema=FILE' at the top of the answers names the file that it was
    written to.
    """
    try:
        click.echo(json.dumps(answers_schema(load_ruleset(reference)), indent=2))
    except AssessorError as error:
        fail(error)
