"""`assessor import`: write a rule set from a decision table."""

from __future__ import annotations

from pathlib import Path

import click

from assessor.commands.command import Command
from assessor.commands.failing import fail
from assessor.errors import AssessorError, did_you_mean
from assessor.tables.source import to_source
from assessor.tables.table import read_table, read_whole, ruleset_of


@click.command(
    cls=Command,
    section="Start a guide",
    example="assessor import plans.csv > rules.py\nassessor import plans.xlsx --sheet Plans --keep-table > rules.py",
)
@click.argument("file", metavar="TABLE", type=click.Path(path_type=Path))
@click.option(
    "--outcome",
    metavar="NAME",
    help="The header of the column that decides, or the output of a DMN table.  [default: outcome, or a usual name]",
)
@click.option("--sheet", metavar="NAME", help="For .xlsx: the sheet.  [default: the only one with cells]")
@click.option(
    "--decision",
    metavar="ID",
    help="For .dmn: the decision, if the file has several.  [default: all of a file that `assessor export` wrote]",
)
@click.option(
    "--keep-table",
    is_flag=True,
    help="Leave the rules in the table: the rule set then reads them from it each time.",
)
def command(*, file: Path, outcome: str | None, sheet: str | None, decision: str | None, keep_table: bool) -> None:
    """Write a rule set in Python from a decision table.

    TABLE is a .csv, .xlsx or .dmn file, or a .md file with a table: a column for each question, one for the outcome,
    and a row for each rule. The first row that holds decides; the hit policies UNIQUE and ANY work if that makes no
    difference. A .dmn file that `assessor export` wrote can have several decisions. Assumptions go to standard error,
    as notes.
    """
    notes: list[str] = []
    try:
        is_whole = outcome is None and sheet is None and decision is None and not keep_table
        if is_whole:
            found = read_whole(file, notes)
        else:
            found = read_table(file, notes, outcome=outcome, sheet=sheet, decision=decision)
        ruleset = ruleset_of(found, notes)
        source = to_source(ruleset, file.as_posix() if keep_table else file.name, keeps_table=keep_table)
    except OSError as error:
        hint = ""
        if isinstance(error, FileNotFoundError) and file.parent.is_dir():
            hint = did_you_mean(file.name, [each.name for each in file.parent.iterdir() if each.is_file()])
        fail(f"{file}: cannot read the table: {error.strerror}.{hint}")
    except AssessorError as error:
        fail(error)
    for note in notes:
        click.echo(f"note: {note}", err=True)
    click.echo(source, nl=False)
