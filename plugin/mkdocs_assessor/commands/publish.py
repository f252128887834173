"""`assessor publish`: the rule sets of a site as JSON, where its generator has no plugin that writes them."""

from __future__ import annotations

from pathlib import Path

import click

from assessor.commands.options import fail
from assessor.errors import AssessorError, Location
from mkdocs_assessor.config.files import find_configuration
from mkdocs_assessor.config.rules import rules_of
from mkdocs_assessor.config.site import read_config, read_settings
from mkdocs_assessor.render.guides import load_guides
from mkdocs_assessor.render.publishing import published
from mkdocs_assessor.writing import WritingError, write_files


@click.command()
@click.argument("config", required=False, metavar="[CONFIG]", type=click.Path(path_type=Path))
def command(config: Path | None) -> None:
    """Write the rule sets of a site as JSON into the built site, as the plugin of MkDocs and ProperDocs does.

    For Zensical, which has no plugins: run it after each build. CONFIG is the configuration file, or the folder that it
    lies in; by default, the working directory.
    """
    path = config or Path()
    try:
        file = find_configuration(path) if path.is_dir() else path
        site, said = read_settings(file).site, read_config(file)
        guides = load_guides(rules_of(said.own), said.folder, said.looks())
    except AssessorError as error:
        fail(error)
    if not site.is_dir():
        fail(f"there is no built site {str(Location(str(site)))!r}: build it before")
    assets = [published(guide) for guide in guides]
    try:
        write_files(site, {asset.name: asset.content for asset in assets}, replace=True)
    except WritingError as error:
        fail(error)
    for asset in assets:
        click.echo(Location(str(site / asset.name)))
