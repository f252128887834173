"""`assessor translate`: write and update the files with the words of a rule set in other languages."""

from __future__ import annotations

import sys

import click

from assessor.commands.command import Command
from assessor.commands.failing import fail
from assessor.commands.options import rules_argument
from assessor.errors import AssessorError, LoadingError, Location
from assessor.language.words import LANGUAGE_CODE
from assessor.loading.load import load_ruleset
from assessor.loading.reference import ruleset_path, split_reference
from assessor.translations.findings import TRANSLATION_CODES, translation_findings
from assessor.translations.project import Project


@click.command(
    cls=Command,
    section="Use the rules elsewhere",
    example="assessor translate rules.py --to de\nassessor translate rules.py --check",
)
@rules_argument
@click.option(
    "--to",
    "languages",
    metavar="LANG",
    multiple=True,
    help="A language to translate into: de, de-x-informal, fr or another code. By default, each language with a file.",
)
@click.option("--check", "is_check", is_flag=True, help="Write nothing; exit with 1 if a file is not up to date.")
def command(reference: str, languages: tuple[str, ...], *, is_check: bool) -> None:
    """Write or update the translations of a rule set.

    Each language has a file with each text beside its translation: fill in the empty ones. The command adds new texts.
    If a text has changed, the line 'was' has the one that its translation is of. Texts that the rule set no longer has
    go to the end, under 'unused'. Comments stay.
    """
    from assessor.check.acceptance import accept  # noqa: PLC0415 - slow to import

    try:
        ruleset = load_ruleset(reference, check_cases=False)
        project = Project(ruleset, ruleset_path(split_reference(reference)[0]))
        changes = [*project.changes(languages)]
        # All are worked out before the first is written, so that an invalid one leaves them all as they are.
        for change in changes:
            if not is_check:
                change.write()
    except AssessorError as error:
        if isinstance(error, LoadingError) and LANGUAGE_CODE.fullmatch(reference):
            error = LoadingError(f"{str(error).rstrip('.')}. To translate into {reference!r}, write --to {reference}")
        fail(error)
    for change in changes:
        click.echo("\n".join(change.report(is_check=is_check)))
    if not is_check:
        for line in project.advice(changes):
            click.echo(line, err=True)
        return
    files = {str(Location(str(change.file))) for change in changes}
    found = (each for each in accept(ruleset, translation_findings(ruleset)) if each.place.path in files)
    findings = [each for each in found if each.code in TRANSLATION_CODES]
    for finding in findings:
        click.echo(finding)
    if findings or any(change.is_change for change in changes):
        sys.exit(1)
