"""Map each line of a page's Markdown to its file and line in the source.

The parser's input differs from the author's file: generators remove front matter, other plugins change the text, and
snippets add lines of other files. A `SourceMap` traces lines back.
"""

from __future__ import annotations

import bisect
import difflib
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from assessor.findings.place import Place

# How the extension mdx_include names a file, with a choice of lines and an encoding that don't matter here.
INCLUDE = re.compile(r"\{![+-]?>?[ \t]*(?P<path>[^]|\[\n]+?)[ \t]*(?:\[[^]\n]*\][ \t]*)?(?:\|[^\n]*?)?!\}")
# The files that an include line names: `--8<-- "a.md:section"`, paths on lines of their own in such a block, or
# `{! a.md !}`.
_INCLUDED = re.compile(
    rf'"([^"\n]+)"|\'([^\'\n]+)\'|({INCLUDE.pattern.replace("?P<path>", "?:")})|^[ \t;]*([^\s"\'{{-][^"\'\n]*)$'
)
_SPECIFIER = re.compile(r":[-\w:,]*$")
_DEEPEST = 8
_MOST_COMPARED = 2500


def shown_name(path: Path) -> str:
    """Return the path of a file, as a relative path if it is below the working directory."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


@dataclass(frozen=True)
class SourceLine:
    """A line of a page's Markdown, and its place in the source.

    Attributes:
        text: The text that the parser sees.
        path: The file.
        number: The line in the file, counted from 1; 0 if not known.
        written: The text of that line in the file.
    """

    text: str
    path: str
    number: int
    written: str

    def place(self, start: int, end: int) -> Place:
        """Return the place in the file of the characters from `start` to `end`."""
        if self.text == self.written:
            return Place(self.path, self.number, start + 1, self.written, end - start)
        # An include may indent or dedent a line, and a plugin may have changed another part of it.
        meant = self.text[start:end].strip()
        at = self.written.find(self.text.strip())
        shift = len(self.text) - len(self.text.lstrip())
        column = at + start - shift if at >= 0 else self.written.find(meant)
        return Place(self.path, self.number, column + 1 if meant else 0, self.written, end - start)


@dataclass(frozen=True)
class OriginalText:
    """The text of a page's file.

    Attributes:
        head: The lines of its front matter.
        body: The lines below.
    """

    head: Sequence[str]
    body: Sequence[str]


class SourceMap:
    """A page's Markdown, with the origin of each line."""

    def __init__(
        self,
        path: str,
        parsed: Sequence[str],
        written: Callable[[], OriginalText] | None = None,
        name_of: Callable[[Path], str] = shown_name,
    ) -> None:
        """Take the text without included files.

        Args:
            path: The page's file.
            parsed: The lines that reach the parser.
            written: Returns the text of the file, if it may differ.
            name_of: Returns the name of an included file in messages.
        """
        self.path = path
        self._name_of = name_of
        self._written = written
        self._parsed = list(parsed)
        self._after: tuple[list[str], Callable[[str], str | None]] | None = None
        self._appended: Sequence[str] = ()

    @cached_property
    def lines(self) -> list[SourceLine]:
        """The lines. Only errors need a comparison, and most pages have none."""
        written = self._written() if self._written else OriginalText((), self._parsed)
        own = [
            SourceLine(text, self.path, number, text)
            for number, text in enumerate(written.body, start=len(written.head) + 1)
        ]
        lines = _carried(own, self._parsed)
        # Text appended to every page is treated like an include below the last line.
        lines += [SourceLine(f'"{name}"', self.path, 0, "") for name in self._appended]
        if self._after is None:
            return lines
        parsed, file_of = self._after
        return _carried(lines, parsed, _Included(file_of, self._name_of))

    @property
    def parsed(self) -> list[str]:
        """The lines that the parser gets."""
        return self._parsed if self._after is None else self._after[0]

    def include(
        self, parsed: Sequence[str], file_of: Callable[[str], str | None], appended: Sequence[str] = ()
    ) -> None:
        """Take the text with the included files.

        Args:
            parsed: The lines now.
            file_of: Returns the file that an include names, or `None`.
            appended: The names of files that the page has without an include line.
        """
        self._after = list(parsed), file_of
        self._appended = appended

    def place(self, start: int, end: int) -> Place:
        """Return the source of the characters from `start` to `end` of the text; of several lines, the first."""
        number = bisect.bisect_right(self._starts, start) - 1
        if number < 0 or number >= len(self.lines):
            return Place()
        line, before = self.lines[number], self._starts[number]
        return line.place(start - before, min(end - before, len(line.text)))

    @cached_property
    def _starts(self) -> Sequence[int]:
        """The start of each line in the text, and the end of the text."""
        return list(itertools.accumulate((len(line.text) + 1 for line in self.lines), initial=0))


def _carried(lines: Sequence[SourceLine], parsed: list[str], included: _Included | None = None) -> list[SourceLine]:
    """Return the lines of a changed text. Unchanged lines keep their origin, others get that of the lines they replace.

    The comparison skips blank lines, because they are all alike.
    """
    if [line.text for line in lines] == parsed:
        return list(lines)
    old = [line for line in lines if line.text.strip()] or [SourceLine("", "", 0, "")]
    new = [text for text in parsed if text.strip()]
    found: list[SourceLine] = []
    matcher = difflib.SequenceMatcher(None, [line.text for line in old], new, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            found += old[first:last]
            continue
        # If lines replace nothing, the line above is the nearest known place.
        replaced = old[first:last] or old[max(0, first - 1) : first] or old[:1]
        if included is not None:
            found += included.lines(replaced, new[start:end])
        else:
            found += _changed_block(new[start:end], replaced)
    rest = iter(found)
    return [next(rest) if text.strip() else SourceLine(text, "", 0, "") for text in parsed]


def _changed_block(texts: Sequence[str], lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    if len(texts) == len(lines):
        yield from (SourceLine(text, old.path, old.number, old.written) for text, old in zip(texts, lines, strict=True))
    elif len(texts) * len(lines) > _MOST_COMPARED:
        # For a large rewritten block, finding the most similar lines would take too long.
        for place, text in enumerate(texts):
            old = lines[place * len(lines) // len(texts)]
            yield SourceLine(text, old.path, old.number, old.written)
    else:
        yield from (_changed(text, lines) for text in texts)


def _changed(text: str, lines: Sequence[SourceLine]) -> SourceLine:
    """Return a line that a plugin has changed, with the origin of the most similar line."""
    nearest = max(lines, key=lambda line: difflib.SequenceMatcher(None, line.text, text, autojunk=False).ratio())
    return SourceLine(text, nearest.path, nearest.number, nearest.written)


class _Included:
    """Finds the lines of included files."""

    def __init__(self, file_of: Callable[[str], str | None], name_of: Callable[[Path], str]) -> None:
        self._file_of = file_of
        self._name_of = name_of

    def lines(self, replaced: Sequence[SourceLine], texts: Sequence[str]) -> Iterator[SourceLine]:
        """Yield the lines that replace others, with their origins, in the order of the files that contain them."""
        pool = [line for each in replaced for line in self._read(each.text, _DEEPEST)]
        if not pool:
            # Zensical fills in macros between the two steps, too.
            yield from _changed_block(texts, replaced)
            return
        numbers: defaultdict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(pool):
            numbers[line.text.strip()].append(number)
        start = 0
        for text in texts:
            same = numbers.get(text.strip(), [])
            nearest = bisect.bisect_left(same, start)
            if nearest == len(same):
                yield SourceLine(text, replaced[0].path, replaced[0].number, replaced[0].written)
            else:
                found = pool[same[nearest]]
                start = same[nearest] + 1
                yield SourceLine(text, found.path, found.number, found.written)

    def _read(self, text: str, depth: int) -> Iterator[SourceLine]:
        """Yield the lines of the files that a line includes, and of those that these include."""
        for match in _INCLUDED.finditer(text):
            name = next(group for group in match.groups() if group).strip()
            file = self._file_of(name) or self._file_of(_SPECIFIER.sub("", name))
            if file is None or not depth:
                continue
            try:
                written = Path(file).read_text(encoding="utf-8").splitlines()
            except (OSError, ValueError):
                continue
            name = self._name_of(Path(file))
            for number, line in enumerate(written, start=1):
                yield SourceLine(line, name, number, line)
                if "8<" in line or "{!" in line:
                    yield from self._read(line, depth - 1)
