"""Find the places of slots and links in a page's Markdown.

Parsed blocks have no positions. So this searches the author's text again, outside code. It finds slots and links in the
order of the page, so that equal ones each get their own place. Look-ups return functions, because only errors need a
place.
"""

from __future__ import annotations

import functools
import html
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assessor.findings.place import Place
from mkdocs_assessor.diagnostics import PlaceGetter
from mkdocs_assessor.page.occurrences import Occurrence, Occurrences
from mkdocs_assessor.page.sentences import as_written, without_unread, words_beside
from mkdocs_assessor.page.source import SourceMap
from mkdocs_assessor.page.syntax import COMMENT, QUOTES, blank, comments_in, fence_infos, without_code, without_links

_LABEL = r"\[(?P<label>(?:[^\[\]]|\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\([^()]*\))?)*)\]"
_TITLE = r"""(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?"""
_INLINE_LINK = re.compile(
    rf"(?:(?<!\\)!|(?<![\\!])|(?<=\\!)){_LABEL}\(\s*<?(?P<target>[^()\s>]*(?:[ ]+[^()\s>\"']+)*)>?{_TITLE}\s*\)"
)
_DEFINITION = re.compile(r"^[ \t]*\[(?P<name>[^\]\^][^\]]*)\]:[ \t]*(?:\n[ \t]+)?<?(?P<target>[^\s>]+)>?", re.MULTILINE)
_REFERENCE = re.compile(rf"(?<!\\){_LABEL}(?:[ ]?\[(?P<name>[^\[\]]*)\])?(?![\[(:])")
_NOT_WORD = re.compile(r"[\W_]+")
_WORDS = re.compile(r"\w+")

# The units of look-up for quantities: a word, or a number with its groups and decimals.
_TOKEN = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_RUN = re.compile(r"[^\W_]+")
_EMPHASIS = re.compile(r"(?:\*{1,3}|_{1,3})$")
_MOST_SIGNS = 3
# The sign of an image, unless it is escaped.
_MARK = re.compile(r"(?<!\\)!$")
_INDENTED = re.compile(r"(?:[ \t]+\S[^\n]*\n?|[ \t]*\n)*")


@dataclass(frozen=True)
class _Link:
    target: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class _Line:
    words: frozenset[str]
    start: int
    end: int


class Positions:
    """Hands out the places of a page's slots and links.

    This builds each index once, so look-ups stay fast on a page with thousands of links.
    """

    def __init__(self, source: SourceMap) -> None:
        """Take the page's Markdown. The first look-up searches it."""
        self._source = source
        self._next: dict[str, int] = {}
        self._taken: set[int] = set()
        self._quantities: dict[str, Occurrences] = {}
        self._nearest_lines: dict[tuple[str, frozenset[str]], PlaceGetter] = {}

    @cached_property
    def _prose(self) -> str:
        return without_code(self._source.parsed)

    @cached_property
    def _without_comments(self) -> str:
        return COMMENT.sub(lambda comment: blank(comment[0]), self._prose)

    def comment(self, text: str, within: str = "") -> PlaceGetter:
        """Return the place of the next comment with a text, optionally within another comment."""
        return self._next_place(self._comments.get(_spaced(text)), _spaced(within))

    def link(self, target: str, text: str, *, is_image: bool = False) -> PlaceGetter:
        """Return the place of the next link (or image) to a target, preferably one with a text."""
        return self._next_place(self._links.get((target, is_image)), _plain(text))

    def fences(self) -> Iterator[tuple[str, PlaceGetter]]:
        """Yield what stands after the marker of each block of code, and its place."""
        start = 0
        for line, info in zip(self._source.parsed, fence_infos(self._source.parsed), strict=True):
            if info:
                yield info, functools.partial(self._source.place, start + line.index(info), start + len(line.rstrip()))
            start += len(line) + 1

    def written(self, text: str, within: str = "", unless: str = "") -> PlaceGetter:
        """Return the place of the next exact occurrence of a text, outside comments if there is one.

        Args:
            text: The text.
            within: A text that contains it; ignored if not found.
            unless: What must not follow the text.
        """
        first = max(self._next.get(text, 0), self._prose.find(within))
        # Markdown may see no comment where there seems to be one, such as below an indented `<!--`.
        found = (self._find(text, first, unless, prose) for prose in (self._without_comments, self._prose))
        start = next((start for start in found if start >= 0), -1)
        if start < 0:
            return self._page
        end = self._next[text] = start + len(text)
        return functools.partial(self._source.place, start, end)

    @staticmethod
    def _find(text: str, start: int, unless: str, prose: str) -> int:
        start = prose.find(text, start)
        while unless and start >= 0 and prose.startswith(unless, start + len(text)):
            start = prose.find(text, start + 1)
        return start

    def below(self, line: str) -> str:
        """Return the indented lines after a line."""
        start = self._prose.find(f"{line}\n")
        block = _INDENTED.match(self._prose, start + len(line) + 1) if start >= 0 else None
        return block[0] if block else ""

    def quantity(self, text: str, sentence: str, start: int) -> PlaceGetter:
        """Return the place of a quantity in a sentence. If it occurs several times, the neighbouring words decide.

        Args:
            text: The quantity, as in the sentence.
            sentence: The sentence, as readers see it.
            start: Where the quantity starts in the sentence.
        """
        if text not in self._quantities:
            self._quantities[text] = self._written_quantities(text)
        found = self._quantities[text].take(*_beside(sentence, start, start + len(text)))
        if found is None:
            return self._line_of(text, sentence)
        return functools.partial(self._source.place, found.start, found.end)

    def _written_quantities(self, text: str) -> Occurrences:
        """Return the occurrences of a quantity, labelled by the words beside them."""
        # Share the taken places, so that two quantities never get the same one.
        found = Occurrences(self._taken)
        token = _TOKEN.search(text)
        if token is None:
            return found
        pattern = as_written(text)
        run = _RUN.match(token[0])
        for position in self._tokens.get(token[0]) or (self._tokens.get(run[0], ()) if run else ()):
            at = position - token.start()
            match = pattern.match(self._read, at) if at >= 0 else None
            if match is not None:
                emphasis = _EMPHASIS.search(self._read, max(0, match.start() - _MOST_SIGNS), match.start())
                start = emphasis.start() if emphasis else match.start()
                both, either = _beside(self._read, start, match.end())
                found.add(Occurrence(start, match.end()), (*both, *either))
        return found

    @cached_property
    def _tokens(self) -> Mapping[str, Sequence[int]]:
        """The starts of each number and word in what readers see. `1,200` has three entries: itself, 1 and 200."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for token in _TOKEN.finditer(self._read):
            found[token[0]].append(token.start())
            runs = list(_RUN.finditer(token[0]))
            for run in runs if len(runs) > 1 else ():
                found[run[0]].append(token.start() + run.start())
        return found

    def _line_of(self, text: str, sentence: str) -> PlaceGetter:
        """Return the line that shares the most words with a sentence, and has the number, too."""
        number = re.search(r"\d+", text)
        key = number[0] if number else "", frozenset(_WORDS.findall(sentence))
        if key not in self._nearest_lines:
            self._nearest_lines[key] = self._nearest_line(*key)
        return self._nearest_lines[key]

    def _nearest_line(self, number: str, words: frozenset[str]) -> PlaceGetter:
        lines = self._lines_by_word.get(number, ()) if number else self._lines
        best = max(lines, key=lambda line: len(line.words & words), default=None)
        if best is None or not best.words & words:
            return self._page
        return lambda: replace(self._source.place(best.start, best.end), column=0)

    @cached_property
    def _lines(self) -> Sequence[_Line]:
        lines, start = [], 0
        for text in self._read.split("\n"):
            lines.append(_Line(frozenset(_WORDS.findall(text)), start, start + len(text)))
            start += len(text) + 1
        return lines

    @cached_property
    def _lines_by_word(self) -> Mapping[str, Sequence[_Line]]:
        found: defaultdict[str, list[_Line]] = defaultdict(list)
        for line in self._lines:
            for word in line.words:
                found[word].append(line)
        return found

    def _page(self) -> Place:
        return Place(self._source.path)

    @cached_property
    def _comments(self) -> Mapping[str, Occurrences]:
        """The comments by text, labelled by the comment that contains them."""
        found: defaultdict[str, Occurrences] = defaultdict(Occurrences)
        for start, comment, outer in comments_in(self._prose):
            found[_spaced(comment)].add(Occurrence(start, start + len(comment)), [_spaced(outer)])
        return found

    @cached_property
    def _links(self) -> Mapping[tuple[str, bool], Occurrences]:
        """The links by target and by whether they are images, labelled by text."""
        found: defaultdict[tuple[str, bool], Occurrences] = defaultdict(Occurrences)
        for link in self._found_links:
            found[link.target, self._is_image(link.start)].add(Occurrence(link.start, link.end), [link.text])
        return found

    def _is_image(self, start: int) -> bool:
        return self._prose[start] == "!" or _MARK.search(self._prose, max(0, start - 2), start) is not None

    @cached_property
    def _found_links(self) -> Sequence[_Link]:
        # Links in comments don't count.
        prose = self._without_comments
        found = [
            _Link(html.unescape(match["target"]).strip(QUOTES), _plain(match["label"]), match.start(), match.end())
            for match in _overlapping(_INLINE_LINK, prose)
        ]
        targets = {_spaced(match["name"]).casefold(): match["target"] for match in _DEFINITION.finditer(prose)}
        for match in _overlapping(_REFERENCE, prose) if targets else ():
            target = targets.get(_spaced(match["name"] or match["label"]).casefold())
            if target is not None:
                found.append(_Link(target.strip(QUOTES), _plain(match["label"]), match.start(), match.end()))
        return sorted(found, key=lambda each: each.start)

    @cached_property
    def _read(self) -> str:
        """The author's own sentences, with everything else replaced by spaces."""
        prose = without_links(self._prose, lambda link: blank(link[0]))
        spans = [(each.start, each.end) for each in self._found_links]
        spans += [(start, start + len(comment)) for start, comment, _ in comments_in(self._prose)]
        prose = _blanked(prose, sorted(spans))
        return without_unread(_DEFINITION.sub(lambda definition: blank(definition[0]), prose))

    def _next_place(self, known: Occurrences | None, label: str) -> PlaceGetter:
        found = known.take_or_repeat([label]) if known else None
        return functools.partial(self._source.place, found.start, found.end) if found else self._page


def _beside(text: str, start: int, end: int) -> tuple[Collection[Hashable], Collection[Hashable]]:
    """Return the words before and after a part of a text, as labels: both together, and each separately."""
    before, after = words_beside(text, start, end)
    both = [(before, after)] if before and after else []
    return both, [(side, word) for side, word in (("before", before), ("after", after)) if word]


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text with some parts, which are in order and may overlap, replaced by spaces."""
    pieces, done = [], 0
    for start, end in spans:
        if end > done:
            pieces += [text[done:start], blank(text[max(done, start) : end])]
            done = end
    return "".join([*pieces, text[done:]])


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield every match, including nested ones: a link may be in a reference, or in brackets."""
    search: Callable[[str, int], re.Match[str] | None] = pattern.search
    match = search(text, 0)
    while match:
        yield match
        match = search(text, match.start() + 1)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    """Return the letters and digits of a text, which are the same in Markdown and in its output."""
    return _NOT_WORD.sub("", html.unescape(text).casefold())
