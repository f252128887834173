"""`assessor score`: assess a file of many answers."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from assessor.commands.command import Command
from assessor.commands.failing import fail
from assessor.commands.options import rules_option
from assessor.errors import AssessorError, nearest
from assessor.loading.load import load_ruleset
from assessor.loading.termination import cleaning_up_when_terminated
from assessor.model.ruleset import RuleSet


@click.command(
    cls=Command,
    section="Use the rules elsewhere",
    example="assessor score customers.parquet --rules rules.py --to verdicts.parquet",
)
@click.argument("source", metavar="INPUT", type=click.Path(path_type=Path))
@rules_option
@click.option(
    "--to",
    "target",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The file to write; its name ends in .parquet, .csv, .jsonl or .arrow. By default CSV on standard output.",
)
@click.option(
    "--columns",
    metavar="NAMES",
    help="Write these columns only, in this order, with commas between them. By default those of INPUT that are not "
    "questions, and all results.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 if any row has an error.")
def command(*, source: Path, reference: str, target: Path | None, columns: str | None, strict: bool) -> None:
    """Assess each row of INPUT: Parquet, CSV, JSON lines or Arrow.

    INPUT can be larger than memory.

    A column answers the question with its id: booleans, ids of options, numbers, dates, and null for what is open. The
    output keeps all other columns. A row with a value that does not fit has the reason in the column 'error', and no
    verdict.

    The command adds the columns 'outcome', 'settled', 'possible', 'rule', 'next', 'actions' and 'error', and for each
    estimate its low, likely and high. Each decision after the first adds the first four, with its id before their
    names, as in 'plan_outcome'.
    """
    try:
        from assessor.bulk.score import score_file  # noqa: PLC0415  # DuckDB is an extra
    except ImportError as error:
        fail(f"this needs {error.name}, which is missing: pip install 'mkdocs-assessor[score]'")
    try:
        ruleset = load_ruleset(reference)
        chosen = [name.strip() for name in columns.split(",")] if columns else []
        with cleaning_up_when_terminated(), tempfile.TemporaryDirectory() as folder:
            written = target or Path(folder) / "scored.csv"
            if written.exists() and source.exists() and written.samefile(source):
                raise click.UsageError("--to: this is INPUT itself; name another file")
            with _progress() as progress:
                score = score_file(ruleset, source, written, columns=chosen, progress=progress)
            if target is None:
                with written.open("rb") as stream:
                    shutil.copyfileobj(stream, sys.stdout.buffer)
    except AssessorError as error:
        fail(error)
    if score.warning:
        click.echo(score.warning, err=True)
    _tell_columns(ruleset, score.keys, score.open)
    summary = f"{score.rows:,} {'row' if score.rows == 1 else 'rows'}: {score.settled:,} settled"
    if len(ruleset.decisions) > 1:
        summary += " in every decision"
    if score.first_error:
        row, problem = score.first_error
        summary += f", {score.errors:,} with an error; the first is row {row:,}: {problem}"
    click.echo(summary, err=True)
    if strict and score.errors:
        sys.exit(1)


@contextmanager
def _progress() -> Iterator[Callable[[int, int | None], None]]:
    """Show the number of finished rows on a terminal, in a line that is empty in the end."""

    def show(done: int, of: int | None) -> None:
        if sys.stderr.isatty():
            bar = f" [{'#' * (_BAR * done // of):-<{_BAR}}] {done / of:.0%}" if of else ""
            click.echo(f"{_CLEAR}{done:,} rows{bar}", nl=False, err=True)

    try:
        yield show
    finally:
        if sys.stderr.isatty():
            click.echo(_CLEAR, nl=False, err=True)


_BAR = 30
_CLEAR = "\r\x1b[K"


def _tell_columns(ruleset: RuleSet, keys: Sequence[str], without: Sequence[str]) -> None:
    """List the questions without a column, and the columns with a similar name."""
    for name in keys:
        meant = nearest(name, without)
        if meant:
            click.echo(f"column {name!r} is not a question of {ruleset.id!r}. Did you mean {meant!r}?", err=True)
    if without:
        shown = ", ".join(without[:6]) + (", …" if len(without) > 6 else "")
        click.echo(f"without a column, and so open in every row: {shown}", err=True)
