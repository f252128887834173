"""`assessor bundle`: print the compiled rule set."""

from __future__ import annotations

import click

from assessor.commands.command import Command
from assessor.commands.failing import fail
from assessor.commands.options import rules_option, schema_option
from assessor.errors import AssessorError
from assessor.loading.load import load_ruleset
from assessor.logic.bundle import bundle_json, bundle_schema
from assessor.logic.compiling.compile import compile_ruleset


@click.command(
    cls=Command,
    section="Use the rules elsewhere",
    example="assessor bundle --rules rules.py > bundle.json",
)
@rules_option
@schema_option(bundle_schema, "Print the JSON Schema of bundles instead.")
def command(reference: str) -> None:
    """Print the compiled rules as JSON, for core.js and other programs.

    The bundle has ids, cells, nodes and formulas, and no texts.
    """
    try:
        click.echo(bundle_json(compile_ruleset(load_ruleset(reference))))
    except AssessorError as error:
        fail(error)
