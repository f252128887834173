"""`assessor doctor`: what is wrong with how a site is set up."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from assessor.commands.options import fail
from assessor.errors import AssessorError
from mkdocs_assessor.config.doctor import GENERATORS, examine, likely_generators
from mkdocs_assessor.config.site import read_site


@click.command()
@click.argument("config", required=False, metavar="[CONFIG]")
@click.option(
    "--generator",
    type=click.Choice(list(GENERATORS)),
    help="Which generator builds the site; by default, any that is installed.",
)
def command(config: str | None, generator: str | None) -> None:
    """Say what is wrong with how a site is set up.

    CONFIG is its configuration file, or the folder that it lies in; by default, the working directory.
    """
    try:
        site = read_site(Path(config or "."))
    except AssessorError as error:
        fail(error)
    generators = [generator] if generator else likely_generators(site)
    shown = ", ".join(GENERATORS[name] for name in generators) or "no generator"
    click.echo(f"{site.file}, for {shown}")
    problems = 0
    for finding in examine(site, generators):
        problems += bool(finding.code)
        click.echo(f"PROBLEM  {finding.message} [{finding.code}]" if finding.code else f"ok       {finding.message}")
    if problems:
        click.echo(f"{problems} problem{'s' if problems > 1 else ''}", err=True)
        sys.exit(1)
