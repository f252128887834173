"""`assessor page`: write a guide as one HTML file, without a generator."""

from __future__ import annotations

import os
from pathlib import Path

import click

from assessor.commands.command import Command
from assessor.commands.failing import fail
from assessor.commands.options import base_url_option, language_option, rules_argument, words_option
from assessor.errors import AssessorError, Location
from assessor.language.words import Words
from assessor.loading.load import load_ruleset
from mkdocs_assessor.standalone.content import standalone
from mkdocs_assessor.standalone.files import signed, write_ours
from mkdocs_assessor.standalone.page import fragment, whole_page
from mkdocs_assessor.writing import WritingError


@click.command(
    cls=Command,
    section="Use the rules elsewhere",
    example="assessor page rules.py --out guide.html\nassessor page rules.py --fragment --out fragment.html",
)
@rules_argument
@click.option("--out", metavar="FILE", default="-", help="The file to write; by default standard output, as for -.")
@click.option("--fragment", "is_fragment", is_flag=True, help="Write HTML to paste into a page of another site.")
@words_option
@language_option
@base_url_option
def command(
    reference: str, out: str, words: Words | None, words_file: Path | None, base_url: str, *, is_fragment: bool
) -> None:
    """Write a guide as one HTML file, without a generator.

    The file has the checklist with its result, the rules, the facts and the worked cases. It loads nothing, works from
    disk and prints. REF is the rule set: path/to/file.py or package.module, with :name if there are several; by
    default that of the site in the working directory. The command replaces no file that it did not write, or that has
    changed since.
    """
    try:
        guide = standalone(load_ruleset(reference), words, words_file, base_url)
        text = signed(fragment(guide) if is_fragment else whole_page(guide))
        if out == "-":
            # The bytes, whatever the terminal's encoding is.
            click.echo(text.encode(), nl=False)
            return
        file = _target(Path(out))
        write_ours(file.parent, {file.name: text})
    except AssessorError as error:
        fail(error)
    click.echo(Location(str(file)))


def _target(file: Path) -> Path:
    """Return the file that a link leads to, which is the one to write."""
    # Path.resolve() raises an error for a link that leads to itself, or returns it, as from Python 3.13 on.
    target = Path(os.path.realpath(file)) if file.is_symlink() else file
    if target.is_symlink():
        raise WritingError(f"{file}: is a link that leads to itself; remove it.")
    return target
