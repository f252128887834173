"""`assessor bundle`: the compiled rule set."""

from __future__ import annotations

import json

import click

from assessor.bundle import bundle_json, bundle_schema
from assessor.commands.common import fail, rules_option
from assessor.compiling import compile_ruleset
from assessor.errors import AssessorError
from assessor.loading import load_ruleset


@click.command()
@rules_option
@click.option("--schema", is_flag=True, help="Print the JSON Schema of bundles instead.")
def command(reference: str, schema: bool) -> None:
    """Print the compiled rule set, as pages get it: JSON with ids, cells, nodes and formulas, and no words."""
    if schema:
        click.echo(json.dumps(bundle_schema(), indent=2))
        return
    try:
        click.echo(bundle_json(compile_ruleset(load_ruleset(reference))))
    except AssessorError as error:
        fail(error)
