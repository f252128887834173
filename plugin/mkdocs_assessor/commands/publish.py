"""`assessor publish`: write the rule sets of a site as JSON, for generators without our plugin."""

from __future__ import annotations

from pathlib import Path

import click

from assessor.commands.command import Command
from assessor.commands.failing import fail
from assessor.errors import AssessorError, Location
from mkdocs_assessor.config.rules import rules_of
from mkdocs_assessor.config.site import read_site
from mkdocs_assessor.render.guides import load_guides
from mkdocs_assessor.site.publishing import published
from mkdocs_assessor.writing import WritingError, write_files


@click.command(
    cls=Command,
    section="Use the rules elsewhere",
    example=("zensical build --clean\nassessor publish zensical.toml"),
)
@click.argument("config", required=False, metavar="[CONFIG]", type=click.Path(path_type=Path))
def command(config: Path | None) -> None:
    """After a Zensical build, add the rules as JSON; it does not deploy.

    MkDocs and ProperDocs need no such step, because the plugin does it. CONFIG is a configuration file or its folder;
    by default, the working directory.
    """
    try:
        site = read_site(config or Path())
        site.check_own()
        guides = load_guides(rules_of(site.own), site.root, site.appearance())
    except AssessorError as error:
        fail(error)
    if not site.output.is_dir():
        fail(f"there is no built site {str(Location(str(site.output)))!r}: build it before")
    assets = [published(guide) for guide in guides]
    try:
        write_files(site.output, {asset.name: asset.content for asset in assets}, replace=True)
    except WritingError as error:
        fail(error)
    for asset in assets:
        click.echo(Location(str(site.output / asset.name)))
