"""`assessor export`: export the rules for other engines."""

from __future__ import annotations

import json
from collections.abc import Callable

import click

from assessor.commands.options import fail, rules_option
from assessor.errors import AssessorError
from assessor.export.code import to_javascript, to_python
from assessor.export.jsonlogic import to_jsonlogic
from assessor.loading.load import load_ruleset
from assessor.model.ruleset import RuleSet

_EXPORTS: dict[str, Callable[[RuleSet], str]] = {
    "jsonlogic": lambda ruleset: json.dumps(to_jsonlogic(ruleset), indent=2) + "\n",
    "javascript": to_javascript,
    "python": to_python,
}


@click.command()
@click.option("--to", "target", type=click.Choice(list(_EXPORTS)), required=True, help="What to turn the rules into.")
@rules_option
def command(target: str, reference: str) -> None:
    """Print the rules for other engines, which decide complete answers only.

    As JsonLogic, or as a module in JavaScript or Python with a function decide(answers). Each gives the id of the rule
    that fires, or null (None) where no rule decides.
    """
    try:
        click.echo(_EXPORTS[target](load_ruleset(reference)), nl=False)
    except AssessorError as error:
        fail(error)
