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
@click.option("--to", "target", type=click.Choice([*_EXPORTS, "sql"]), required=True, help="The target.")
@rules_option
@click.option("--dialect", help="For SQL: duckdb, spark, postgres, bigquery, snowflake, or another that sqlglot knows.")
@click.option(
    "--source", metavar="TABLE", help="For SQL: the table with a column for each question.  [default: answers]"
)
@click.option(
    "--keys",
    metavar="NAMES",
    help="For SQL: the columns of the table to keep, with commas between them. By default all that are no questions.",
)
@click.option(
    "--complete", is_flag=True, help="For SQL: the plain rules; a row that leaves a question open is an error."
)
def command(
    *, target: str, reference: str, dialect: str | None, source: str | None, keys: str | None, complete: bool
) -> None:
    """Print the rules as JsonLogic, JavaScript, Python or SQL.

    JavaScript and Python give a module with a function decide(answers). The result is the id of the rule that decides,
    or null (None) if none does. Exports need complete answers. Only SQL does not: it is a SELECT that gives each row of
    a table its verdict, exact for open answers.
    """
    given = {"--dialect": dialect, "--source": source, "--keys": keys, "--complete": complete}
    if target != "sql" and any(given.values()):
        option = next(name for name, value in given.items() if value)
        raise click.UsageError(f"{option} is for --to sql only")
    if target == "sql" and dialect is None:
        raise click.UsageError("--to sql needs a --dialect: duckdb, spark, postgres, bigquery, snowflake, …")
    try:
        if dialect is None:
            click.echo(_EXPORTS[target](load_ruleset(reference)), nl=False)
            return
        try:
            from assessor.export.sql import to_sql  # noqa: PLC0415  # sqlglot is an extra
        except ImportError as error:
            fail(f"{error.name} is needed for this and not installed: pip install 'mkdocs-assessor[sql]'")
        names = [name.strip() for name in keys.split(",")] if keys else []
        ruleset = load_ruleset(reference)
        click.echo(to_sql(ruleset, dialect, source or "answers", keys=names, complete=complete), nl=False)
    except AssessorError as error:
        fail(error)
