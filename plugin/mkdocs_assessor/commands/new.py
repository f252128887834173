"""`assessor new`: create a guide to start from."""

from __future__ import annotations

import datetime
import json
import os
import re
import unicodedata
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import click

from assessor.commands.command import Command
from assessor.commands.failing import fail
from assessor.errors import AssessorError
from mkdocs_assessor.config.site import Site
from mkdocs_assessor.joining import JoiningError, addition, surrounding_site
from mkdocs_assessor.writing import write_files

_MOST_CHARACTERS = 100


@click.command(
    cls=Command,
    section="Start a guide",
    example=(
        "assessor new my-guide --title 'Which plan is yours?'\nassessor new --page guides/choosing.md --rules rules.py"
    ),
)
@click.argument("folder", metavar="[DIR]", required=False)
@click.option("--title", default="Which plan is yours?", show_default=True, help="What the guide decides.")
@click.option(
    "--page",
    metavar="PATH",
    help="Add the guide to the site in DIR, or in the working directory: a page of its docs folder, such as "
    "guides/choosing.md.",
)
@click.option(
    "--rules", metavar="REF", help="With --page, the rule set that the page shows; by default a new rules.py."
)
def command(folder: str | None, title: str, page: str | None, rules: str | None) -> None:
    """Write a working guide into the folder DIR, or add one to a site.

    You get rules, a page, a configuration, worked cases, answers with their schema, and a workflow that checks them.
    In a site that exists, you get the page and, without --rules, rules; the command shows what to add to the
    configuration. It never replaces a file.
    """
    if not folder and page is None:
        raise click.UsageError("DIR: name a folder; the working directory is .")
    if rules is not None and page is None:
        raise click.UsageError("--rules: name the page that shows them: --page guides/choosing.md")
    title = title.strip()
    if not title or not title.isprintable() or len(title) > _MOST_CHARACTERS:
        raise click.UsageError(f"--title: write one line of 1 to {_MOST_CHARACTERS} characters")
    today = datetime.datetime.now(tz=datetime.timezone.utc).date()
    place = Path(folder or ".")
    try:
        site = surrounding_site(place)
        files = starter_files(title, today, _STARTER_LANGUAGE if site is None else site.main_language)
        if site is not None:
            _add(site, page or _page_at(site, place, title), rules, files)
            return
        if page is not None:
            fail(f"--page: no site in {str(place)!r}: name its folder, the one with its configuration")
        write_files(place, files)
    except AssessorError as error:
        fail(error)
    click.echo("\n".join(str(place / path) for path in files))
    click.echo(f"\nNow: cd {folder}, pip install -r requirements.txt, mkdocs serve. Start with rules.py.")


def _page_at(site: Site, place: Path, title: str) -> str:
    """Return the path of a page for a guide in a folder of a site. Within the docs folder, the author chooses it."""
    page, docs = f"{_slug(title)}.md", site.docs.path.resolve()
    if place.resolve() == site.root.resolve() != docs:
        return page
    page = (place.resolve() / page).relative_to(docs).as_posix()
    file = os.path.relpath(site.file or "")
    message = f"{str(place)!r} is in the docs folder of {file}: write 'assessor new --page {page}' beside that file"
    raise JoiningError(message)


def _add(site: Site, page: str, rules: str | None, starter: Mapping[str, str]) -> None:
    """Add a guide to a site, and list the remaining steps."""
    added = addition(site, page, rules, starter, _escaped)
    write_files(site.root, added.files)
    click.echo("\n".join(os.path.relpath(site.root / path) for path in added.files))
    for sentence, lines in added.steps:
        click.echo(f"\n{sentence}\n\n{lines}")


_STARTER = Path(str(resources.files("mkdocs_assessor"))) / "starter"

# Names in a project. In the package, the files have other names so that they have no effect.
_RENAMED = {"github": ".github", "gitignore": ".gitignore", "rules.txt": "rules.py"}

_CONFIGURATION = "mkdocs.yml"

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#])")

_FALLBACK_ID = "decision"

_STARTER_LANGUAGE = "en"
"""The language of the starter's texts."""


def starter_files(title: str, today: datetime.date, language: str = _STARTER_LANGUAGE) -> dict[str, str]:
    """Return the files of a starter by path.

    Args:
        title: What the guide decides, as a question or a name, on one line.
        today: The date of the last check of its facts.
        language: The language that the rule set declares; none if it is empty.
    """
    words = {
        "TITLE": json.dumps(title, ensure_ascii=False),
        # Escape it as the command that writes the schema does.
        "ASCII_TITLE": json.dumps(title),
        "YAML_TITLE": json.dumps(title, ensure_ascii=False),
        "HEADING": _escaped(title),
        "ID": _slug(title),
        "LANGUAGE": f"\n    language={json.dumps(language)}," if language else "",
        "TODAY": today.isoformat(),
    }
    files = [file for file in _STARTER.rglob("*") if file.is_file()]
    # Write the configuration last: another run that finds it adds a page to the site, which must be complete.
    files.sort(key=lambda file: (file.name == _CONFIGURATION, file))
    return {_path(file): _filled(file.read_text(encoding="utf-8"), words) for file in files}


def _escaped(title: str) -> str:
    """Return a title as Markdown that shows it unchanged."""
    return _MARKDOWN.sub(r"\\\1", title.replace("&", "&amp;"))


def _path(file: Path) -> str:
    return "/".join(_RENAMED.get(part, part) for part in file.relative_to(_STARTER).parts)


def _filled(text: str, words: Mapping[str, str]) -> str:
    return re.sub(r"@([A-Z_]+)@", lambda found: words[found[1]], text)


def _slug(title: str) -> str:
    """Return an id, under which browsers store the answers."""
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain)[:6]) or _FALLBACK_ID
