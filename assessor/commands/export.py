"""`assessor export`: export the rules for other engines."""

from __future__ import annotations

import json
from collections.abc import Callable

import click

from assessor.commands.options import Command, fail, rules_option
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


@click.command(
    cls=Command,
    section="Use the rules elsewhere",
    example="assessor export --to jsonlogic --rules rules.py > rules.json",
)
@click.option("--to", "target", type=click.Choice(list(_EXPORTS)), required=True, help="The target.")
@rules_option
def command(target: str, reference: str) -> None:
    """Print the rules for other engines: JsonLogic, JavaScript or Python.

    JavaScript and Python give a module with a function decide(answers). The result is the id of the rule that decides,
    or null (None) if none does. Exports need complete answers.
    """
    try:
        click.echo(_EXPORTS[target](load_ruleset(reference)), nl=False)
    except AssessorError as error:
        fail(error)
