"""`assessor schema`: print the JSON Schema of answers, for editors."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from assessor.commands.options import fail, rules_option
from assessor.errors import AssessorError
from assessor.export.answers_schema import answers_schema
from assessor.loading.load import load_ruleset


@click.command()
@rules_option
@click.option(
    "--check",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Print nothing, and exit with 1 if this file is not what would be printed: for a team's CI.",
)
def command(reference: str, file: Path | None) -> None:
    """Print the JSON Schema of answers, with which editors complete and check a file of them.

    In YAML, the line '# yaml-language-server: $schema=FILE' at the top of the answers names the file that it was
    written to.
    """
    try:
        schema = answers_schema(load_ruleset(reference))
    except AssessorError as error:
        fail(error)
    if file is None:
        click.echo(json.dumps(schema, indent=2))
    elif _read(file) != schema:
        advice = f"Write it anew: assessor schema … > {file}"
        click.echo(f"{file}: this is not the schema of the rule set. {advice}", err=True)
        sys.exit(1)


def _read(file: Path) -> object:
    try:
        return json.loads(file.read_bytes())
    except OSError as error:
        fail(f"{file}: cannot be read: {error.strerror}.")
    except (ValueError, RecursionError):
        return None
