"""`assessor bundle`: print the compiled rule set."""

from __future__ import annotations

import json

import click

from assessor.commands.options import Command, fail, rules_option
from assessor.errors import AssessorError
from assessor.loading.load import load_ruleset
from assessor.logic.bundle import bundle_json, bundle_schema
from assessor.logic.compiling import compile_ruleset


def _print_schema(context: click.Context, option: click.Parameter, is_wanted: bool) -> None:
    if is_wanted:
        click.echo(json.dumps(bundle_schema(), indent=2))
        context.exit()


@click.command(
    cls=Command,
    section="Use the rules elsewhere",
    example="assessor bundle --rules rules.py > bundle.json",
)
@rules_option
@click.option(
    "--schema",
    is_flag=True,
    # Run this before other options are read, because it needs no rule set.
    is_eager=True,
    expose_value=False,
    callback=_print_schema,
    help="Print the JSON Schema of bundles instead.",
)
def command(reference: str) -> None:
    """Print the compiled rules as JSON, for core.js and other programs.

    The bundle has ids, cells, nodes and formulas, and no texts.
    """
    try:
        click.echo(bundle_json(compile_ruleset(load_ruleset(reference))))
    except AssessorError as error:
        fail(error)
