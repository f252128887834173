"""The page that is being rendered, as far as its generator tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from mkdocs_assessor.diagnostics import Diagnostic

_FENCE = re.compile(r"\s*(`{3,}|~{3,})")


def _anchor_only(link: str) -> str:
    """Follow a link within the docs as far as that can be done without knowing where pages are published."""
    _, hash_sign, anchor = link.partition("#")
    return f"#{anchor}" if hash_sign else link


@dataclass
class Page:
    """One page while it is rendered.

    Attributes:
        path: The Markdown file, relative to the docs folder; empty where it is not known.
        report: What is told of each mistake.
        resolve_link: Turns a link within the docs (`guide.md#staffing`) into a URL relative to this page.
        asset_url: Turns the name of an asset into a URL relative to this page; `None` to put assets inline.
        first_line: How many lines of the file stand before the Markdown: its front matter.
        lines: The Markdown, line by line.
        used: The ids of the rule sets that have a slot on the page.
        has_checklist: Whether a checklist is among them, so that single questions can link to its result.
    """

    path: str = ""
    report: Callable[[Diagnostic], None] = field(default=lambda diagnostic: None)
    resolve_link: Callable[[str], str] = _anchor_only
    asset_url: Callable[[str], str] | None = None
    first_line: int = 0
    lines: Sequence[str] = ()
    used: set[str] = field(default_factory=set)
    has_checklist: bool = False
    _prefixes: Counter[str] = field(default_factory=Counter)
    _located: dict[str, int] = field(default_factory=dict)

    def unused_prefix(self, prefix: str) -> str:
        """Return a prefix for HTML ids that no slot of the page has yet; the first time, as it was given."""
        self._prefixes[prefix] += 1
        return prefix if self._prefixes[prefix] == 1 else f"{prefix}-{self._prefixes[prefix]}"

    def diagnose(self, code: str, message: str, text: str) -> None:
        """Report a mistake at the next place where a text stands outside fenced code.

        Markdown has no line numbers once its blocks are parsed, so the author's text is looked up again;
        a second mistake with the same text is found after the first.
        """
        self.report(Diagnostic(self.path, self._locate(text), code, message))

    def _locate(self, text: str) -> int:
        start = self._located.get(text, 0)
        fence = ""
        for number, line in enumerate(self.lines, start=1):
            marker = _FENCE.match(line)
            if marker and not fence:
                fence = marker.group(1)
            elif marker and marker.group(1).startswith(fence):
                fence = ""
            elif not fence and number > start and text in line:
                self._located[text] = number
                return self.first_line + number
        return 0
