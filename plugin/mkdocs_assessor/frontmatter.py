"""The Markdown files of a folder and their front matter, where no generator has read them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\n(?P<yaml>.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True)
class MarkdownFile:
    """A Markdown file, in two parts.

    Attributes:
        head: The lines of its front matter, fences included.
        body: The Markdown.
        meta: What the front matter says.
    """

    head: list[str]
    body: str
    meta: Mapping[str, Any]

    @property
    def ruleset(self) -> str:
        """The name of the rule set that the page chooses."""
        return chosen_ruleset(self.meta)


def chosen_ruleset(meta: Mapping[str, Any]) -> str:
    """Return the name of the rule set that a page's front matter chooses, or nothing; a number is taken for a name."""
    name = meta.get("assessor")
    return "" if name is None else str(name)


def split(text: str) -> MarkdownFile:
    """Return the parts of a Markdown file; front matter that is no mapping is Markdown."""
    text = text.replace("\r\n", "\n")
    match = _FRONT_MATTER.match(text)
    if match is None:
        return MarkdownFile([], text, {})
    try:
        meta = yaml.safe_load(match["yaml"] or "")
    except yaml.YAMLError:
        meta = None
    if not isinstance(meta, dict):
        return MarkdownFile([], text, {})
    return MarkdownFile(match[0].splitlines(), text[match.end() :], meta)


def markdown_files(folder: Path) -> list[Path]:
    """Return the Markdown files below a folder, in order, without those that are hidden."""
    return [
        path
        for path in sorted(folder.rglob("*.md"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
