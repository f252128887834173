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
from dataclasses import dataclass, replace
from functools import cached_property

from assessor.findings.place import Place
from mkdocs_assessor.diagnostics import PlaceGetter
from mkdocs_assessor.page.sentences import as_written, blank, likeness, without_unread, words_beside
from mkdocs_assessor.page.source import SourceMap
from mkdocs_assessor.page.syntax import COMMENT, QUOTES, comments_in, without_links

_FENCE = re.compile(r"[\s>]*(`{3,}|~{3,})")
_INLINE_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)", re.DOTALL)
# What the lines below may be indented under, without being code.
_CONTAINER = re.compile(r"\s*(?:[-*+]|\d+[.)]|!!!|\?\?\?\+?|===|:|///|\[\^[^\]]+\]:)(?:\s|$)|.*<[a-z][^>]*\bmarkdown\b")
_INDENT = 4

_LABEL = r"\[(?P<label>(?:[^\[\]]|\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\([^()]*\))?)*)\]"
_TITLE = r"""(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?"""
_INLINE_LINK = re.compile(
    rf"(?:(?<!\\)!|(?<![\\!])|(?<=\\!)){_LABEL}\(\s*<?(?P<target>[^()\s>]*(?:[ ]+[^()\s>\"']+)*)>?{_TITLE}\s*\)"
)
_DEFINITION = re.compile(r"^[ \t]*\[(?P<name>[^\]\^][^\]]*)\]:[ \t]*(?:\n[ \t]+)?<?(?P<target>[^\s>]+)>?", re.MULTILINE)
_REFERENCE = re.compile(rf"(?<!\\){_LABEL}(?:[ ]?\[(?P<name>[^\[\]]*)\])?(?![\[(:])")
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class _Occurrence:
    key: str
    text: str
    start: int
    end: int


class Positions:
    """Hands out the places of a page's slots and links."""

    def __init__(self, source: SourceMap) -> None:
        """Take the page's Markdown; it is looked through when the first place is wanted."""
        self._source = source
        self._used: dict[str, list[_Occurrence]] = {}
        self._next: dict[str, int] = {}
        self._quantities: set[int] = set()

    @cached_property
    def _prose(self) -> str:
        return without_code(self._source.parsed)

    def comment(self, text: str, within: str = "") -> PlaceGetter:
        """Return where the next comment with that text stands, within another if so."""
        return self._place(self._comments, _spaced(text), _spaced(within))

    def link(self, target: str, text: str, *, is_image: bool = False) -> PlaceGetter:
        """Return where the next link to a target stands, or the next image: one with that text if there is one."""
        known = [each for each in self._links if self._is_image(each.start) == is_image]
        return self._place(known, target, _plain(text))

    def _is_image(self, start: int) -> bool:
        return self._prose[start] == "!" or re.search(r"(?<!\\)!$", self._prose[max(0, start - 2) : start]) is not None

    def has_any(self, texts: Sequence[str]) -> bool:
        """Say whether one of some texts stands on the page, in code or not."""
        markdown = "\n".join(self._source.parsed)
        return any(text in markdown for text in texts)

    def written(self, text: str, within: str = "", unless: str = "") -> PlaceGetter:
        """Return where a text is found next, letter by letter.

        Args:
            text: The text.
            within: What it stands in; it counts for nothing where it is not found.
            unless: What does not follow it.
        """
        start = max(self._next.get(text, 0), self._prose.find(within))
        start = self._prose.find(text, start)
        while unless and start >= 0 and self._prose.startswith(unless, start + len(text)):
            start = self._prose.find(text, start + 1)
        if start < 0:
            return self._page
        end = self._next[text] = start + len(text)
        return functools.partial(self._source.place, start, end)

    def below(self, line: str) -> str:
        """Return the indented lines that follow a line."""
        _, _, after = self._prose.partition(f"{line}\n")
        block = re.match(r"(?:[ \t]+\S[^\n]*\n?|[ \t]*\n)*", after)
        return block[0] if block else ""

    def quantity(self, text: str, sentence: str, start: int) -> PlaceGetter:
        """Return where a quantity of a sentence is written: of several, the one with the same words beside it.

        Args:
            text: The quantity, as the sentence has it.
            sentence: The sentence that it stands in, as readers see it.
            start: Where in that.
        """
        beside = words_beside(sentence, start, start + len(text))
        found = [match for match in as_written(text).finditer(self._read) if match.start() not in self._quantities]
        best = max(found, key=lambda each: likeness(beside, words_beside(self._read, *each.span())), default=None)
        if best is None:
            return self._line_of(text, sentence)
        self._quantities.add(best.start())
        return functools.partial(self._source.place, best.start(), best.end())

    def _line_of(self, text: str, sentence: str) -> PlaceGetter:
        """Return the line that has the most words of a sentence, if it has the number, too."""
        words = set(re.findall(r"\w+", sentence))
        number = re.search(r"\d+", text)
        lines, start = [], 0
        for line in self._read.split("\n"):
            said = set(re.findall(r"\w+", line))
            if number is None or number[0] in said:
                lines.append((len(said & words), -start, start + len(line)))
            start += len(line) + 1
        shared, before, end = max(lines, default=(0, 0, 0))
        if not shared:
            return self._page
        return lambda: replace(self._source.place(-before, end), column=0)

    def _page(self) -> Place:
        return Place(self._source.path)

    @cached_property
    def _comments(self) -> list[_Occurrence]:
        return [
            _Occurrence(_spaced(comment), _spaced(outer), start, start + len(comment))
            for start, comment, outer in comments_in(self._prose)
        ]

    @cached_property
    def _links(self) -> list[_Occurrence]:
        # What is commented out is no link.
        prose = COMMENT.sub(lambda comment: blank(comment[0]), self._prose)
        found = [
            _Occurrence(
                html.unescape(match["target"]).strip(QUOTES), _plain(match["label"]), match.start(), match.end()
            )
            for match in _overlapping(_INLINE_LINK, prose)
        ]
        targets = {_spaced(match["name"]).casefold(): match["target"] for match in _DEFINITION.finditer(prose)}
        for match in _overlapping(_REFERENCE, prose) if targets else ():
            target = targets.get(_spaced(match["name"] or match["label"]).casefold())
            if target is not None:
                found.append(_Occurrence(target.strip(QUOTES), _plain(match["label"]), match.start(), match.end()))
        return sorted(found, key=lambda each: each.start)

    @cached_property
    def _read(self) -> str:
        """What readers take for the author's own sentences, with spaces for all that is none."""
        prose = without_links(self._prose, lambda link: blank(link[0]))
        for each in (*self._links, *self._comments):
            prose = prose[: each.start] + blank(prose[each.start : each.end]) + prose[each.end :]
        return without_unread(_DEFINITION.sub(lambda definition: blank(definition[0]), prose))

    def _place(self, known: Sequence[_Occurrence], key: str, text: str = "") -> PlaceGetter:
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
    return _INLINE_CODE.sub(lambda code: blank(code[0]), "\n".join(kept))


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield every match, those within others too: a link may stand in a reference, or in brackets."""
    search: Callable[[str, int], re.Match[str] | None] = pattern.search
    match = search(text, 0)
    while match:
        yield match
        match = search(text, match.start() + 1)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    """Return the letters and digits of a text, in which Markdown and what it becomes are alike."""
    return _NOT_WORD.sub("", html.unescape(text).casefold())
