"""The page that is being rendered, as far as its generator tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from assessor.naming import did_you_mean
from mkdocs_assessor.assets import Asset
from mkdocs_assessor.diagnostics import Diagnostic

_FENCE = re.compile(r"[\s>]*(`{3,}|~{3,})")
_INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)", re.DOTALL)


def _anchor_only(link: str) -> str:
    """Follow a link within the docs as far as that can be done without knowing where pages are published."""
    _, hash_sign, anchor = link.partition("#")
    return f"#{anchor}" if hash_sign else link


def is_within_docs(link: str) -> bool:
    """Say whether a link leads to a file of the docs."""
    path = link.partition("#")[0]
    return bool(path) and "//" not in path and not path.startswith("mailto:")


def unknown_page(page: str, link: str, known: Iterable[str]) -> Diagnostic:
    """Return what is said of a question whose page is not there.

    Args:
        page: The page that the question stands on.
        link: What the question is about.
        known: The pages that are there.
    """
    path = link.partition("#")[0]
    message = f"a question is about {link!r}, but there is no page {path!r}.{did_you_mean(path, known)}"
    return Diagnostic(page, 0, "unknown-page", message)


@dataclass
class Page:
    """One page while it is rendered.

    Attributes:
        path: The Markdown file, relative to the docs folder; empty where it is not known.
        report: What is told of each mistake.
        resolve_link: Turns a link within the docs (`guide.md#staffing`) into a URL relative to this page.
        asset_url: Puts an asset on the site and returns its URL relative to this page; `None` to put assets inline.
        root_url: The URL of the site relative to this page, where assets are inline; empty where it is not known.
        first_line: How many lines of the file stand before the Markdown: its front matter.
        lines: The Markdown, line by line.
        language: The language of the page, where it is not the site's.
        used: The ids of the rule sets that readers can answer on the page.
        has_styles: Whether a slot has brought the style sheet.
        has_checklist: Whether a checklist is among them, so that single questions can link to its result.
    """

    path: str = ""
    report: Callable[[Diagnostic], None] = field(default=lambda diagnostic: None)
    resolve_link: Callable[[str], str] = _anchor_only
    asset_url: Callable[[Asset], str] | None = None
    root_url: str = ""
    first_line: int = 0
    lines: Sequence[str] = ()
    language: str = ""
    used: set[str] = field(default_factory=set)
    has_styles: bool = False
    has_checklist: bool = False
    _prefixes: Counter[str] = field(default_factory=Counter)
    _prose: str = ""
    _found: dict[str, tuple[int, int]] = field(default_factory=dict)

    def unused_prefix(self, prefix: str) -> str:
        """Return a prefix for HTML ids that no slot of the page has yet; the first time, as it was given."""
        self._prefixes[prefix] += 1
        return prefix if self._prefixes[prefix] == 1 else f"{prefix}-{self._prefixes[prefix]}"

    def find(self, *patterns: re.Pattern[str]) -> int:
        """Return the next line where one of the patterns stands outside code, or else the last one, or 0.

        Markdown has no line numbers once its blocks are parsed, so the author's text is looked up again; called for
        every slot and link in the order of the page, this finds each repeated text at its own place.

        Args:
            *patterns: What to look for; a later one only where those before it are not found.
        """
        if not self._prose:
            self._prose = _without_code(self.lines)
        for pattern in patterns:
            start, _ = self._found.get(pattern.pattern, (0, 0))
            match = pattern.search(self._prose, start)
            if match:
                line = self.first_line + self._prose.count("\n", 0, match.start()) + 1
                self._found[pattern.pattern] = match.end(), line
                return line
        return max(self._found.get(pattern.pattern, (0, 0))[1] for pattern in patterns)

    def diagnose(self, code: str, message: str, line: int) -> None:
        """Report a mistake."""
        self.report(Diagnostic(self.path, line, code, message))


def _without_code(lines: Sequence[str]) -> str:
    """Return a text of as many lines, with spaces for fenced and inline code."""
    kept, fence = [], ""
    for line in lines:
        marker = _FENCE.match(line)
        is_fenced = bool(fence or marker)
        if marker and not fence:
            fence = marker[1]
        elif marker and marker[1].startswith(fence):
            fence = ""
        kept.append("" if is_fenced else line)
    return _INLINE_CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), "\n".join(kept))
