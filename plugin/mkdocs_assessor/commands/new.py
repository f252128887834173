"""`assessor new`: create a guide to start from."""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import click

from assessor.commands.options import Command, fail
from mkdocs_assessor.writing import WritingError, write_files

_MOST_CHARACTERS = 100


@click.command(
    cls=Command,
    section="Start a guide",
    example="assessor new my-guide --title 'Which plan is yours?'",
)
@click.argument("folder", metavar="DIR")
@click.option("--title", default="Which plan is yours?", show_default=True, help="What the guide decides.")
def command(folder: str, title: str) -> None:
    """Write a working guide into the folder DIR.

    You get rules, a page, a configuration, worked cases, answers with their schema, and a workflow that checks them.
    The command never replaces a file.
    """
    if not folder:
        raise click.UsageError("DIR: name a folder; the working directory is .")
    title = title.strip()
    if not title or not title.isprintable() or len(title) > _MOST_CHARACTERS:
        raise click.UsageError(f"--title: write one line of 1 to {_MOST_CHARACTERS} characters")
    files = starter_files(title, datetime.datetime.now(tz=datetime.timezone.utc).date())
    try:
        write_files(Path(folder), files)
    except WritingError as error:
        fail(error)
    click.echo("\n".join(str(Path(folder) / path) for path in files))
    click.echo(f"\nNow: cd {folder}, pip install -r requirements.txt, mkdocs serve. Start with rules.py.")


_STARTER = Path(str(resources.files("mkdocs_assessor"))) / "starter"

# Names in a project. In the package, the files have other names so that they have no effect.
_RENAMED = {"github": ".github", "gitignore": ".gitignore", "rules.txt": "rules.py"}

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#])")

_FALLBACK_ID = "decision"


def starter_files(title: str, today: datetime.date) -> dict[str, str]:
    """Return the files of a starter by path.

    Args:
        title: What the guide decides, as a question or a name, on one line.
        today: The date on which its facts were checked.
    """
    words = {
        "TITLE": json.dumps(title, ensure_ascii=False),
        # Escape it as the command that writes the schema does.
        "ASCII_TITLE": json.dumps(title),
        "YAML_TITLE": json.dumps(title, ensure_ascii=False),
        "HEADING": _MARKDOWN.sub(r"\\\1", title.replace("&", "&amp;")),
        "ID": _slug(title),
        "TODAY": today.isoformat(),
    }
    files = sorted(file for file in _STARTER.rglob("*") if file.is_file())
    return {_path(file): _filled(file.read_text(encoding="utf-8"), words) for file in files}


def _path(file: Path) -> str:
    return "/".join(_RENAMED.get(part, part) for part in file.relative_to(_STARTER).parts)


def _filled(text: str, words: Mapping[str, str]) -> str:
    return re.sub(r"@([A-Z_]+)@", lambda found: words[found[1]], text)


def _slug(title: str) -> str:
    """Return an id, under which browsers store the answers."""
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain)[:6]) or _FALLBACK_ID
