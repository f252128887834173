"""`assessor lint`: check the pages of a site, without a generator."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from assessor.commands.command import Command
from assessor.commands.failing import fail
from assessor.commands.options import bundled_since, format_option
from assessor.errors import AssessorError, Location
from assessor.findings.formats import FORMATS, counted, findings_json, findings_summary
from mkdocs_assessor.config.rules import references, rules_of
from mkdocs_assessor.config.site import Site
from mkdocs_assessor.diagnostics import Severities
from mkdocs_assessor.fixing import Fixing
from mkdocs_assessor.lint import Linting, site_of
from mkdocs_assessor.render.guides import load_guides


@click.command(
    cls=Command,
    section="Check it",
    example=("assessor lint docs\nassessor lint --format github\nassessor lint --diff"),
)
@click.argument("docs", metavar="[DOCS_DIR]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--rules",
    "given",
    metavar="[NAME=]REF",
    multiple=True,
    help="The rule set: path/to/file.py or package.module, with :name if there are several. Repeat it with names for "
    "several rule sets. By default those of the configuration, or else the bundled one.",
)
@click.option(
    "--config",
    "config_path",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The configuration of the site, for any generator; by default that of DOCS_DIR, or else of the working "
    "directory.",
)
@format_option(*FORMATS)
@click.option("--fix", is_flag=True, help="Correct what has one sure correction, and report the rest.")
@click.option("--diff", is_flag=True, help="Print what --fix would write as a patch, and write nothing.")
def command(
    *, docs: Path | None, given: tuple[str, ...], config_path: Path | None, output: str, fix: bool, diff: bool
) -> None:
    """Check the pages of a site, for any generator and without a build.

    DOCS_DIR is the folder of the pages; by default, that of the site in the working directory. The Markdown extensions,
    the language and the rule sets come from the configuration. Plugins don't run, so text that macros generate isn't
    checked. The command skips Markdown extensions that need their generator, and names them. The command exits with 1
    on errors and warnings, and with 2 if a page cannot be checked.

    --fix corrects names with one obvious typo, links and slots that are nearly right, and values that disagree with
    their fact. It changes only files in DOCS_DIR, and writes all of them or none.
    """
    if diff and output != "text":
        raise click.UsageError(f"--diff prints a patch: leave out --format {output}")
    try:
        site = site_of(docs, config_path)
        pages = site.docs.pages()
        if not pages:
            fail(f"there are no pages in {str(site.docs.path)!r}: it has no Markdown files")
        site.check_own()
        severities = Severities(site.own.get("diagnostics"))
        if given:
            guides = load_guides(_named(given), appearance=site.appearance())
        else:
            guides = load_guides(rules_of(site.own), site.root, site.appearance())
            click.echo(_chosen(site), err=True)
        fixing = Fixing(site.docs.path)
        if fix or diff:
            fixing.run(lambda read: Linting(guides, site, severities, read=read).lint())
        if fix and not diff:
            fixing.write()
        linting = Linting(guides, site, severities)
        found = linting.lint()
    except AssessorError as error:
        fail(error)
    for name, why in linting.left_out.items():
        click.echo(f"left out: the Markdown extension {name}, which doesn't run here: {why}", err=True)
    for problem in linting.failed:
        click.echo(f"error: {problem}", err=True)
    if fixing.count:
        done = "--fix would correct" if diff else "Corrected"
        click.echo(f"{done} {counted(fixing.count, 'finding')} in {counted(fixing.files, 'file')}.", err=True)
    if diff:
        click.echo(fixing.diff, nl=False)
    elif output == "json":
        click.echo(findings_json(found, linting.failed), nl=False)
    else:
        click.echo(FORMATS[output](found, linting.failed), nl=False)
    if output == "text":
        checked = counted(len(pages) - len(linting.failed), "page")
        click.echo(findings_summary(found, checked, notes=True), nl=False, err=True)
    if linting.failed:
        sys.exit(2)
    if any(each.severity != "note" for each in found):
        sys.exit(1)


def _chosen(site: Site) -> str:
    """Return a message that names the default rules: with the wrong ones, the command would miss every error."""
    file = Location(str(site.file)) if site.file else None
    if site.own.get("rules") is not None:
        named = references(site.own["rules"])
        return f"rules: {', '.join(named.values())}, as {file} says"
    return bundled_since(file)


def _named(references: Sequence[str]) -> str | dict[str, str]:
    if len(references) == 1 and "=" not in references[0]:
        return references[0]
    named = [reference.partition("=") for reference in references]
    if not all(sign for _, sign, _ in named):
        raise click.UsageError("--rules: of several rule sets each needs a name: --rules NAME=REF")
    return {name: reference for name, _, reference in named}
