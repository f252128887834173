"""`assessor schema`: print the JSON Schema of answers, for editors."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path

import click

from assessor.commands.command import Command
from assessor.commands.failing import fail
from assessor.commands.options import rules_option
from assessor.errors import AssessorError
from assessor.export.answers_schema import answers_schema
from assessor.loading.load import load_ruleset


@click.command(
    cls=Command,
    section="Decide",
    example=(
        "assessor schema --rules rules.py > answers.schema.json\n# yaml-language-server: $schema=answers.schema.json"
    ),
)
@rules_option
@click.option(
    "--check",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Exit with 1 if this file no longer matches the rules. Use it in CI.",
)
def command(reference: str, file: Path | None) -> None:
    """Print the JSON Schema of answers, for completion in your editor.

    The comment of the example is the first line of your answers: it names the schema for the editor.
    """
    try:
        schema = answers_schema(load_ruleset(reference))
    except AssessorError as error:
        fail(error)
    if file is None:
        click.echo(json.dumps(schema, indent=2))
    elif _read(file) != schema:
        update = shlex.join(["assessor", "schema", "--rules", reference])
        click.echo(
            f"{file}: this is not the schema of the rule set. Write it again: {update} > {shlex.quote(str(file))}",
            err=True,
        )
        sys.exit(1)


def _read(file: Path) -> object:
    try:
        return json.loads(file.read_bytes())
    except OSError as error:
        fail(f"{file}: cannot read the file: {error.strerror}.")
    except (ValueError, RecursionError):
        return None
