"""Where in a page's Markdown its slots and links stand.

Markdown has no positions once its blocks are parsed, so the author's text is looked through again, outside code. Asked
for every slot and link in the order of the page, it gives repeated ones each its own. What is handed out is a way to a
place, which is followed only if something is wrong there.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from mkdocs_assessor.diagnostics import Place, Where
from mkdocs_assessor.origins import Source

_FENCE = re.compile(r"[\s>]*(`{3,}|~{3,})")
_INLINE_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)", re.DOTALL)
# What the lines below may be indented under, without being code.
_CONTAINER = re.compile(r"\s*(?:[-*+]|\d+[.)]|!!!|\?\?\?\+?|===|:|///|\[\^[^\]]+\]:)(?:\s|$)|.*<[a-z][^>]*\bmarkdown\b")
_INDENT = 4

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LABEL = r"\[(?P<label>(?:[^\[\]]|\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\([^()]*\))?)*)\]"
_TITLE = r"""(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?"""
_INLINE_LINK = re.compile(rf"(?<!\\){_LABEL}\(\s*<?(?P<target>[^()\s>]*)>?{_TITLE}\s*\)")
_DEFINITION = re.compile(r"^[ \t]*\[(?P<name>[^\]\^][^\]]*)\]:[ \t]*<?(?P<target>[^\s>]+)>?", re.MULTILINE)
_REFERENCE = re.compile(rf"(?<!\\){_LABEL}(?:[ ]?\[(?P<name>[^\[\]]*)\])?(?![\[(:])")
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class _Occurrence:
    key: str
    text: str
    start: int
    end: int


class Occurrences:
    """Hands out the places of a page's slots and links."""

    def __init__(self, source: Source) -> None:
        """Take the page's Markdown; it is looked through when the first place is wanted."""
        self._source = source
        self._used: dict[str, list[_Occurrence]] = {}
        self._next: dict[str, int] = {}

    @cached_property
    def _prose(self) -> str:
        return without_code(self._source.parsed)

    def comment(self, text: str) -> Where:
        """Return where the next comment with that text stands."""
        return self._place(self._comments, _spaced(text))

    def link(self, target: str, text: str) -> Where:
        """Return where the next link to a target stands, one with that text if there is one."""
        return self._place(self._links, target, _plain(text))

    def written(self, text: str) -> Where:
        """Return where a text is found next, letter by letter."""
        return self._find(re.compile(re.escape(text)), self._prose)

    def text(self, pattern: re.Pattern[str]) -> Where:
        """Return where a pattern is found next, outside of links."""
        return self._find(pattern, self._unlinked)

    def _find(self, pattern: re.Pattern[str], text: str) -> Where:
        match = pattern.search(text, self._next.get(pattern.pattern, 0))
        if match is None:
            return self._page
        self._next[pattern.pattern] = match.end()
        return functools.partial(self._source.place, match.start(), match.end())

    def _page(self) -> Place:
        return Place(self._source.path)

    @cached_property
    def _comments(self) -> list[_Occurrence]:
        return [
            _Occurrence(_spaced(match[0]), "", match.start(), match.end()) for match in _COMMENT.finditer(self._prose)
        ]

    @cached_property
    def _links(self) -> list[_Occurrence]:
        found = [
            _Occurrence(html.unescape(match["target"]), _plain(match["label"]), match.start(), match.end())
            for match in _overlapping(_INLINE_LINK, self._prose)
        ]
        targets = {_spaced(match["name"]).casefold(): match["target"] for match in _DEFINITION.finditer(self._prose)}
        for match in _overlapping(_REFERENCE, self._prose) if targets else ():
            target = targets.get(_spaced(match["name"] or match["label"]).casefold())
            if target is not None:
                found.append(_Occurrence(target, _plain(match["label"]), match.start(), match.end()))
        return sorted(found, key=lambda each: each.start)

    @cached_property
    def _unlinked(self) -> str:
        """The prose with spaces for its links and comments."""
        prose = self._prose
        for each in (*self._links, *self._comments):
            prose = prose[: each.start] + _blank(prose[each.start : each.end]) + prose[each.end :]
        return prose

    def _place(self, known: Sequence[_Occurrence], key: str, text: str = "") -> Where:
        matching = [each for each in known if each.key == key]
        used = self._used.setdefault(key, [])
        left = [each for each in matching if each not in used]
        best = next((each for each in left if each.text == text), None) or next(iter(left or used[-1:]), None)
        if best is None:
            return self._page
        used.append(best)
        return functools.partial(self._source.place, best.start, best.end)


def without_code(lines: Sequence[str]) -> str:
    """Return a text of as many lines, with spaces for fenced, indented and inline code."""
    kept: list[str] = []
    # How far a line may be indented by what it stands in, without being code.
    room = 0
    fence, after_blank, is_code = "", True, False
    for line in lines:
        marker = _FENCE.match(line)
        if fence or marker:
            if marker and not fence:
                fence = marker[1]
            elif marker and marker[1].startswith(fence) and not line[marker.end() :].strip():
                fence = ""
            kept.append(" " * len(line))
            after_blank = is_code = False
            continue
        if line.strip():
            wide = line.expandtabs(_INDENT)
            indent = (len(wide) - len(wide.lstrip())) // _INDENT * _INDENT
            is_code = indent > room and (after_blank or is_code)
            if not is_code and _CONTAINER.match(line):
                room = indent + _INDENT
            elif not is_code and after_blank:
                room = min(room, indent)
        after_blank = not line.strip()
        kept.append(" " * len(line) if is_code else line)
    return _INLINE_CODE.sub(lambda code: _blank(code[0]), "\n".join(kept))


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield every match, those within others too: a link may stand in a reference, or in brackets."""
    search: Callable[[str, int], re.Match[str] | None] = pattern.search
    match = search(text, 0)
    while match:
        yield match
        match = search(text, match.start() + 1)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    """Return the letters and digits of a text, in which Markdown and what it becomes are alike."""
    return _NOT_WORD.sub("", html.unescape(text).casefold())
