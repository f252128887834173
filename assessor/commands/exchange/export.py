"""`assessor export`: export the rules for other engines."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click

from assessor.commands.command import Command
from assessor.commands.failing import fail
from assessor.commands.options import base_url_option, docs_side, language_option, rules_option, words_option
from assessor.errors import AssessorError, Location
from assessor.export.code import to_javascript, to_python
from assessor.export.jsonlogic import to_jsonlogic
from assessor.language.words import Words
from assessor.loading.load import load_ruleset
from assessor.model.ruleset import RuleSet

_TABLES = ("csv", "xlsx", "dmn", "markdown")
_EXPORTS: dict[str, Callable[[RuleSet], str]] = {
    "jsonlogic": lambda ruleset: json.dumps(to_jsonlogic(ruleset), indent=2) + "\n",
    "javascript": to_javascript,
    "python": to_python,
}


@click.command(
    cls=Command,
    section="Use the rules elsewhere",
    example=(
        "assessor export --to jsonlogic --rules rules.py > rules.json\n"
        "assessor export --to xlsx --rules rules.py --out rules.xlsx\n"
        "assessor export --to web-component --rules rules.py --out guide"
    ),
)
@click.option(
    "--to",
    "target",
    type=click.Choice([*_EXPORTS, *_TABLES, "sql", "web-component"]),
    required=True,
    help="The target.",
)
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
@click.option(
    "--out",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="For xlsx: the file to write. For web-component: the folder.",
)
@click.option("--decision", metavar="ID", help="For tables: the decision to write, if there are several.")
@words_option
@language_option
@base_url_option
def command(
    *,
    target: str,
    reference: str,
    dialect: str | None,
    source: str | None,
    keys: str | None,
    complete: bool,
    out: Path | None,
    decision: str | None,
    words_file: Path | None,
    words: Words | None,
    base_url: str,
) -> None:
    """Write the rules as code, SQL, a decision table or a web component.

    JavaScript and Python give a module with a function decide(answers). The result is the id of the rule that decides,
    or null (None) if none does; of several decisions, this for each, by its id. Exports need complete answers. Only SQL
    does not: it is a SELECT that gives each row of a table its verdict, exact for open answers. A decision table (csv,
    xlsx, dmn, markdown) comes back by 'assessor import'; what it cannot carry goes to standard error, as notes. Of
    several decisions, a table has the one that --decision names; dmn has all without it. A web component is an npm
    package in a folder, for sites that frameworks such as Docusaurus and VitePress build; --words, --language and
    --base-url are for it alone.
    """
    given: dict[str, dict[str, object]] = {
        "sql": {"--dialect": dialect, "--source": source, "--keys": keys, "--complete": complete},
        "web-component": {"--words": words_file, "--language": words, "--base-url": base_url},
    }
    for only, options in given.items():
        option = next((name for name, value in options.items() if value), None)
        if target != only and option:
            raise click.UsageError(f"{option} is for --to {only} only")
    if target == "sql" and dialect is None:
        raise click.UsageError("--to sql needs a --dialect: duckdb, spark, postgres, bigquery, snowflake, …")
    if target == "web-component" and out is None:
        raise click.UsageError("--to web-component needs --out FOLDER, the folder of the package")
    if target == "xlsx" and out is None:
        raise click.UsageError("--to xlsx needs --out FILE, the workbook to write")
    if decision is not None and target not in _TABLES:
        raise click.UsageError(f"--decision is for --to {', '.join(_TABLES)} only")
    if out is not None and target not in ("web-component", "xlsx"):
        raise click.UsageError("--out is for --to web-component and --to xlsx only")
    try:
        if target in _TABLES:
            _write_table(load_ruleset(reference), target, out, decision or "")
            return
        if out is not None:
            # The entry point is a function of the docs side: (rule set, folder, words, file, address) -> paths.
            for write in docs_side("assessor.web_component"):
                for path in write(load_ruleset(reference), out, words, words_file, base_url):
                    click.echo(Location(str(path)))
            return
        if dialect is None:
            click.echo(_EXPORTS[target](load_ruleset(reference)), nl=False)
            return
        try:
            from assessor.export.sql import to_sql  # noqa: PLC0415  # sqlglot is an extra
        except ImportError as error:
            fail(f"this needs {error.name}, which is missing: pip install 'mkdocs-assessor[sql]'")
        names = [name.strip() for name in keys.split(",")] if keys else []
        ruleset = load_ruleset(reference)
        click.echo(to_sql(ruleset, dialect, source or "answers", keys=names, complete=complete), nl=False)
    except AssessorError as error:
        fail(error)


def _write_table(ruleset: RuleSet, target: str, out: Path | None, decision: str) -> None:
    from assessor.tables.writing.export import to_table  # noqa: PLC0415 - other exports start without it

    if out is not None and out.suffix.lower() != ".xlsx":
        raise click.UsageError(f"--out {out}: the name of a workbook ends with .xlsx")
    table = to_table(ruleset, target, decision)
    if out is None:
        click.echo(table.data, nl=False)
    else:
        try:
            # People work on in a workbook, so never write over one.
            with out.open("xb") as stream:
                stream.write(table.data)
        except FileExistsError:
            fail(f"{out}: this file is there already; move it away, or name another one")
        except OSError as error:
            fail(f"{out}: cannot write the workbook: {error.strerror}")
        click.echo(Location(str(out)))
    for loss in table.losses:
        click.echo(f"note: not in the table: {loss}", err=True)
