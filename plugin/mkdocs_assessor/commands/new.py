"""`assessor new`: a guide to start from."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from assessor.commands.common import fail
from mkdocs_assessor.starting import starter_files, write_starter

_MOST_CHARACTERS = 100


@click.command()
@click.argument("folder", metavar="DIR")
@click.option("--title", default="Which plan is yours?", show_default=True, help="What the guide decides.")
def command(folder: str, title: str) -> None:
    """Write a working guide into DIR: rules, a page, a configuration, worked cases, and a workflow that checks them.

    It is yours to change from there. Nothing that is in DIR already is replaced.
    """
    title = title.strip()
    if not title or not title.isprintable() or len(title) > _MOST_CHARACTERS:
        raise click.UsageError(f"--title: write one line of 1 to {_MOST_CHARACTERS} characters")
    files = starter_files(title, datetime.datetime.now(tz=datetime.timezone.utc).date())
    try:
        write_starter(Path(folder), files)
    except FileExistsError as error:
        if error.filename is not None:
            fail(f"{error.filename}: is there already, and not a folder; name another one.")
        fail(f"{folder}: {', '.join(error.args)}: there already, and never replaced; name another folder.")
    except OSError as error:
        fail(f"{error.filename or folder}: cannot be written: {error.strerror}.")
    click.echo("\n".join(str(Path(folder) / path) for path in files))
    click.echo(f"\nNow: cd {folder}, pip install -r requirements.txt, mkdocs serve. Start with rules.py.")
