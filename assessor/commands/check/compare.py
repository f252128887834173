"""`assessor compare`: report the effects of a change of rules."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from assessor.commands.command import Command
from assessor.commands.failing import fail
from assessor.commands.options import docs_side, format_option
from assessor.compare import compare_rulesets
from assessor.compare.report import comparison_json, comparison_markdown, comparison_text
from assessor.errors import AssessorError
from assessor.findings.formats import Failure
from assessor.loading.revisions import load_revision


@click.command(
    cls=Command,
    section="Review a change",
    example="assessor compare git:main:rules.py rules.py\nassessor compare git:main:rules.py rules.py --docs docs",
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@format_option("text", "json", "markdown")
@click.option(
    "--rename",
    "renames",
    multiple=True,
    metavar="OLD=NEW",
    help="The new id of a question, or of an option as QUESTION.OPTION. Repeat it for others.",
)
@click.option(
    "--docs",
    metavar="DOCS_DIR",
    type=click.Path(path_type=Path),
    help="The folder of the current pages: also report which of their passages apply to other answers.",
)
@click.option("--fail-on-change", is_flag=True, help="Exit with 1 if anything that readers see changes.")
def command(
    *, old: str, new: str, output: str, renames: tuple[str, ...], docs: Path | None, fail_on_change: bool
) -> None:
    """Show what a change of rules from OLD to NEW means for readers.

    Each side is a rule set, path/to/file.py or package.module, with :name if there are several; or git:REV:PATH for the
    rule set at a revision. The counts are exact, over every combination of answers that both versions accept.
    """
    renamed = _renamed(renames)
    failed: list[Failure] = []
    try:
        before = load_revision(old, check_cases=False)
        after = load_revision(new, check_cases=False)
        passages = {} if docs is None else _passages(docs, after.id, failed)
        comparison = compare_rulesets(before, after, renamed, passages)
    except AssessorError as error:
        fail(error)
    writers = {"text": comparison_text, "json": comparison_json, "markdown": comparison_markdown}
    click.echo(writers[output](before, after, comparison), nl=False)
    for failure in failed:
        click.echo(f"error: {failure}; its passages are not compared", err=True)
    if failed:
        sys.exit(2)
    if fail_on_change and not comparison.is_same:
        sys.exit(1)


def _passages(docs: Path, ruleset_id: str, failed: list[Failure]) -> Mapping[str, Sequence[str]]:
    """Return the conditions of the passages about a rule set, each with its places; add the pages that fail."""
    # Each entry point is a function of the docs side: (folder, id of the rule set, what takes a page that fails)
    # -> {condition: places}.
    readers = list(docs_side("assessor.passages"))
    if not readers:
        fail("--docs needs the part of mkdocs-assessor that reads pages: install mkdocs-assessor again")
    found: dict[str, Sequence[str]] = {}
    for passages_in in readers:
        found |= passages_in(docs, ruleset_id, failed.append)
    if not found:
        click.echo(f"note: {docs} has no passage about {ruleset_id!r}", err=True)
    return found


def _renamed(renames: Sequence[str]) -> dict[str, str]:
    renamed: dict[str, str] = {}
    for value in renames:
        before, equals, after = value.partition("=")
        if not (before and equals and after):
            raise click.UsageError(f"--rename takes OLD=NEW, two ids of a question, and not {value!r}")
        if renamed.setdefault(before, after) != after:
            raise click.UsageError(f"--rename says of {before!r} that it is {renamed[before]!r} now, and {after!r}")
    return renamed
