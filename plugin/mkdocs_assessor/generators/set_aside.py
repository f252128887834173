"""Keep what other plugins must not read out of the page that they see.

A checklist contains every word that its script may show, such as "Settled: …" for each outcome. Such parts stay hidden
until they are true. Search and plugins that write a page as text read them as facts, so that they get the page without.
"""

from __future__ import annotations

import hashlib
import re
from html.parser import HTMLParser

_LINE = re.compile(r".*\n?")
_PLACEHOLDER = re.compile(r"<!-- assessor-set-aside ([0-9a-f]{16}) -->")
_EXCLUDED = frozenset(("hidden", "data-search-exclude"))
_VOID = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "wbr"))


class SetAside:
    """The parts that a build has set aside."""

    def __init__(self) -> None:
        """Begin with none."""
        self._parts: dict[str, str] = {}

    def without(self, html: str) -> str:
        """Return a page with a comment in place of each part that readers or search cannot see."""
        finder = _Finder(html)
        finder.feed(html)
        finder.close()
        for start, end in reversed(finder.found):
            part = html[start:end]
            key = hashlib.sha256(part.encode("utf-8")).hexdigest()[:16]
            self._parts[key] = part
            html = f"{html[:start]}<!-- assessor-set-aside {key} -->{html[end:]}"
        return html

    def restored(self, html: str) -> str:
        """Return a page with all its parts."""
        return _PLACEHOLDER.sub(lambda comment: self._parts.get(comment[1], comment[0]), html)


class _Finder(HTMLParser):
    """Finds the outermost parts to set aside in our slots, as offsets."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[int, int]] = []
        self._html = html
        self._lines = [line.start() for line in _LINE.finditer(html)]
        # The element that is followed until its end, how many of its name are open, and where a part begins.
        self._slot, self._slots_open = "", 0
        self._part, self._parts_open, self._start = "", 0, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter a slot, and in it a part."""
        if tag in _VOID:
            return
        if not self._slot and "assessor" in (dict(attrs).get("class") or "").split():
            self._slot = tag
        if self._slot and not self._part and not _EXCLUDED.isdisjoint(name for name, _ in attrs):
            self._part, self._start = tag, self._offset()
        self._slots_open += tag == self._slot
        self._parts_open += tag == self._part

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass shapes of a drawing, which contain nothing."""

    def handle_endtag(self, tag: str) -> None:
        """Leave a part or a slot."""
        self._parts_open -= tag == self._part
        self._slots_open -= tag == self._slot
        if self._part and not self._parts_open:
            self.found.append((self._start, self._html.index(">", self._offset()) + 1))
            self._part = ""
        if not self._slots_open:
            self._slot = ""

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
