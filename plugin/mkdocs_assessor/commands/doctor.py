"""`assessor doctor`: check the set-up of a site."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from assessor.commands.command import Command
from assessor.commands.failing import fail
from assessor.commands.options import format_option, schema_option
from assessor.errors import AssessorError
from assessor.findings.finding import Finding
from assessor.findings.formats import FORMATS, counted, findings_text
from mkdocs_assessor.config.schema import configuration_schema
from mkdocs_assessor.config.site import read_site
from mkdocs_assessor.site.doctor import GENERATORS, examine, likely_generators


@click.command(
    cls=Command,
    section="Check it",
    example="assessor doctor\nassessor doctor --schema > mkdocs.schema.json",
)
@click.argument("config", required=False, metavar="[CONFIG]")
@click.option(
    "--generator",
    type=click.Choice(list(GENERATORS)),
    help="The generator that builds the site; by default, any installed one.",
)
@format_option(*FORMATS)
@schema_option(configuration_schema, "Print the JSON Schema of the options instead, for completion in your editor.")
def command(config: str | None, generator: str | None, output: str) -> None:
    """Check the set-up of a site.

    The doctor finds what your generator would ignore without a message. CONFIG is a configuration file or its folder;
    by default, the working directory.
    """
    try:
        site = read_site(Path(config or "."))
    except AssessorError as error:
        fail(error)
    generators = [generator] if generator else likely_generators(site)
    examined = list(examine(site, generators))
    findings = [each for each in examined if isinstance(each, Finding)]
    if output == "text":
        shown = ", ".join(GENERATORS[name] for name in generators) or "no generator"
        click.echo(f"{site.file}, for {shown}")
        for each in examined:
            click.echo(findings_text([each]) if isinstance(each, Finding) else f"ok       {each}\n", nl=False)
    else:
        click.echo(FORMATS[output](findings, ()), nl=False)
    if findings:
        click.echo(counted(len(findings), "problem"), err=True)
        sys.exit(1)
