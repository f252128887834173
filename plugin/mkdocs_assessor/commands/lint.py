"""`assessor lint`: the diagnostics of docs, without a generator."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from assessor.commands.common import fail, format_option
from assessor.errors import AssessorError
from assessor.loading import BUNDLED
from assessor.naming import did_you_mean
from mkdocs_assessor.diagnostics import Diagnostic, Severities
from mkdocs_assessor.guides import load_guides
from mkdocs_assessor.linting import Linting
from mkdocs_assessor.mkdocs_config import SiteConfig, read_config, usual_config

_CONFIG = "mkdocs.yml"


def _text(diagnostics: Sequence[Diagnostic]) -> str:
    return "".join(f"{each.severity}: {each}\n" for each in diagnostics)


def _github(diagnostics: Sequence[Diagnostic]) -> str:
    """Write annotations as a GitHub workflow reads them off its log."""
    lines = []
    for each in diagnostics:
        place = each.place
        parts = {"file": place.path, "title": each.code}
        if place.line:
            parts["line"] = str(place.line)
        if place.column:
            parts |= {"col": str(place.column), "endColumn": str(place.column + place.width)}
        said = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in parts.items() if value)
        kind = "warning" if each.severity == "warning" else "notice"
        lines.append(f"::{kind} {said}::{_escaped(each.message)}\n")
    return "".join(lines)


def _escaped(text: str, more: str = "") -> str:
    return "".join(f"%{ord(sign):02X}" if sign in "%\r\n" + more else sign for sign in text)


def _json(diagnostics: Sequence[Diagnostic]) -> str:
    found = [
        {
            "path": each.place.path,
            "line": each.place.line,
            "column": each.place.column,
            "code": each.code,
            "severity": each.severity,
            "message": each.message,
            "source": each.place.source,
        }
        for each in diagnostics
    ]
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


_FORMATS: dict[str, Callable[[Sequence[Diagnostic]], str]] = {"text": _text, "github": _github, "json": _json}


@click.command()
@click.argument("docs", metavar="DOCS_DIR", type=click.Path(path_type=Path))
@click.option(
    "--rules",
    "references",
    metavar="[NAME=]REF",
    multiple=True,
    help="The rule set: path/to/file.py or package.module, and :name where there are several. With a name before it, "
    "it may be given several times. By default what the configuration says, or else the bundled rule set.",
)
@click.option(
    "--config",
    "config_path",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A mkdocs.yml, for its Markdown extensions. By default the one beside DOCS_DIR, if there is one.",
)
@format_option(*_FORMATS)
def command(docs: Path, references: tuple[str, ...], config_path: Path | None, output: str) -> None:
    """Say what is wrong with the guide pages in DOCS_DIR, as a build does, for any generator.

    Pages are parsed with the Markdown extensions of mkdocs.yml where there is one. Exits with 1 if there is a warning;
    what is only a hint does not count.
    """
    if not docs.is_dir():
        beside = [each.name for each in docs.parent.glob("*") if each.is_dir()] if docs.parent.is_dir() else []
        fail(f"there is no folder {str(docs)!r}.{did_you_mean(docs.name, beside)}")
    try:
        config = _config(docs, config_path)
        severities = Severities(config.plugin.get("diagnostics") or {})
        if references:
            guides = load_guides(_named(references))
        else:
            guides = load_guides(config.plugin.get("rules", BUNDLED), config.folder)
        found = Linting(guides, config.extensions, config.options, severities).lint(docs)
    except AssessorError as error:
        fail(error)
    click.echo(_FORMATS[output](found), nl=False)
    if any(each.severity == "warning" for each in found):
        sys.exit(1)


def _config(docs: Path, path: Path | None) -> SiteConfig:
    if path is not None:
        return read_config(path)
    beside = docs.resolve().parent / _CONFIG
    return read_config(beside) if beside.is_file() else usual_config()


def _named(references: Sequence[str]) -> str | dict[str, str]:
    if len(references) == 1 and "=" not in references[0]:
        return references[0]
    named = [reference.partition("=") for reference in references]
    if not all(sign for _, sign, _ in named):
        raise click.UsageError("--rules: of several rule sets each needs a name: --rules NAME=REF")
    return {name: reference for name, _, reference in named}
