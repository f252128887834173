"""`assessor publish`: write the rule sets of a site as JSON, for generators without our plugin."""

from __future__ import annotations

from pathlib import Path

import click

from assessor.commands.options import fail
from assessor.errors import AssessorError, Location
from mkdocs_assessor.config.rules import rules_of
from mkdocs_assessor.config.site import read_site
from mkdocs_assessor.render.guides import load_guides
from mkdocs_assessor.render.publishing import published


@click.command()
@click.argument("config", required=False, metavar="[CONFIG]", type=click.Path(path_type=Path))
def command(config: Path | None) -> None:
    """Write the rule sets of a site as JSON into the built site, as the plugin of MkDocs and ProperDocs does.

    For Zensical, which has no plugins: run it after each build. CONFIG is the configuration file, or the folder that it
    lies in; by default, the working directory.
    """
    try:
        site = read_site(config or Path())
        site.check_own()
        guides = load_guides(rules_of(site.own), site.root, site.appearance())
    except AssessorError as error:
        fail(error)
    if not site.output.is_dir():
        fail(f"there is no built site {str(Location(str(site.output)))!r}: build it before")
    for guide in guides:
        asset = published(guide)
        target = site.output / asset.name
        try:
            target.parent.mkdir(exist_ok=True)
            target.write_text(asset.content, encoding="utf-8", newline="\n")
        except OSError as error:
            fail(f"{target}: cannot be written: {error.strerror}.")
        click.echo(Location(str(target)))
