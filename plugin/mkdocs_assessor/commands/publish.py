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
        guides = load_guides(rules_of(said.own), said.folder, said.appearance())
    except AssessorError as error:
        fail(error)
    if not site.is_dir():
        fail(f"there is no built site {str(Location(str(site)))!r}: build it before")
    for guide in guides:
        asset = published(guide)
        target = site / asset.name
        try:
            target.parent.mkdir(exist_ok=True)
            target.write_text(asset.content, encoding="utf-8", newline="\n")
        except OSError as error:
            fail(f"{target}: cannot be written: {error.strerror}.")
        click.echo(Location(str(target)))
