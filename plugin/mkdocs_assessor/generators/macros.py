"""Macros, which mkdocs-macros and Zensical fill in before Markdown runs: only they know the resulting text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pathspec.gitignore import GitIgnoreSpec

from assessor.findings.finding import Finding
from mkdocs_assessor.page.frontmatter import MarkdownFile

NEED_ALL_TEXT = frozenset({"unshown-part", "unshown-target", "unquoted-fact"})
"""The codes of findings that are wrong if a macro writes the slot or the link that seems to be missing."""

_SIGNS = {"block": ("{%", "%}"), "variable": ("{{", "}}"), "comment": ("{#", "#}")}


@dataclass(frozen=True)
class Macros:
    """The macros of a site.

    Attributes:
        options: The options of the plugin.
    """

    options: Mapping[str, Any]

    def on_page(self, path: str, file: MarkdownFile) -> PageMacros:
        """Return the macros on a page, given its path relative to the docs folder; none if the plugin leaves it out."""
        lines = [*file.head, *file.body.split("\n")]
        start = sum(len(line) + 1 for line in file.head)
        spans = list(self._spans("\n".join(lines), start)) if self._is_rendered(path, file.meta) else []
        return PageMacros(lines, spans)

    def _is_rendered(self, path: str, meta: Mapping[str, Any]) -> bool:
        wanted = meta.get("render_macros")
        if wanted is False:
            return False
        if self.options.get("render_by_default") is not False:
            return True
        forced = GitIgnoreSpec.from_lines(str(self.options.get("force_render_paths") or "").splitlines())
        return wanted is True or forced.match_file(path)

    def _spans(self, text: str, start: int) -> Iterator[tuple[int, int]]:
        """Yield the start and end of each macro in a text, from a position on. What is between raw tags is none."""
        signs = {
            kind: [
                re.escape(str(self.options.get(f"j2_{kind}_{end}_string") or default))
                for end, default in zip(("start", "end"), defaults, strict=True)
            ]
            for kind, defaults in _SIGNS.items()
        }
        first, last = signs["block"]
        raw, end = (rf"{first}[-+]?\s*{tag}\s*[-+]?{last}" for tag in ("raw", "endraw"))
        others = "|".join(f"{opening}.*?{closing}" for opening, closing in signs.values())
        for match in re.compile(rf"(?P<raw>{raw}).*?(?P<end>{end})|{others}", re.DOTALL).finditer(text, start):
            yield from [match.span("raw"), match.span("end")] if match["raw"] else [match.span()]


@dataclass(frozen=True)
class PageMacros:
    """The macros on a page.

    Attributes:
        lines: The lines of its file.
        spans: The start and end of each macro in the file.
    """

    lines: Sequence[str]
    spans: Sequence[tuple[int, int]]

    def may_change(self, finding: Finding) -> bool:
        """Return whether a macro may fill in what is wrong on the page."""
        place = finding.place
        if not self.spans or not 0 < place.line <= len(self.lines):
            return False
        start = sum(len(line) + 1 for line in self.lines[: place.line - 1]) + max(0, place.column - 1)
        end = start + (place.width if place.column else len(self.lines[place.line - 1]))
        text = "\n".join(self.lines)
        # A link of several lines has the place of the first, and the message has all of its text.
        return any(
            (first < end and last > start) or " ".join(text[first:last].split()) in finding.message
            for first, last in self.spans
        )
