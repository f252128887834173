"""Keep the comments of passages within a line in their place, where Python-Markdown would move them.

It reads a comment at the start of a line as a block, and moves other comments in the line to the end of the page.
Authors wrap lines, so a passage within a line often starts one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown.util import STX

from mkdocs_assessor.page.syntax import COMMENT, PASSAGE_SLOTS, read_slot, without_code

# Before such a comment, it is within the line. Python-Markdown removes the character from what authors write, and never
# writes two in a row.
_MARK = STX * 2

_STARTS = re.compile(r" {0,3}(?=<!--)")
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")


def mark_starts(lines: Sequence[str]) -> list[str]:
    """Return lines with a mark before the comments at their starts, if these belong to passages within lines.

    Args:
        lines: The Markdown, before Python-Markdown takes raw HTML out.
    """
    if not any(_STARTS.match(line) and "assessor/" in line for line in lines):
        return list(lines)
    within = set(_lines_within("\n".join(lines), without_code(lines)))
    return [
        f"{start[0]}{_MARK}{line[start.end() :]}" if number in within and (start := _STARTS.match(line)) else line
        for number, line in enumerate(lines)
    ]


def without_marks(text: str) -> str:
    """Return a text without the marks."""
    return text.replace(_MARK, "")


def _lines_within(text: str, prose: str) -> Iterator[int]:
    """Yield the numbers of the lines with passages that begin and end within lines of one paragraph."""
    for paragraph in _PARAGRAPH.finditer(prose):
        opened: list[int] = []
        for comment in COMMENT.finditer(paragraph[0]):
            slot = read_slot(comment[0])
            if slot is None or slot.name not in PASSAGE_SLOTS:
                continue
            line = text.count("\n", 0, paragraph.start() + comment.start())
            if slot.name == "when":
                opened.append(line)
            elif opened:
                pair = (opened.pop(), line)
                if len(set(pair)) == 1 or all(_has_words(text.split("\n")[each]) for each in pair):
                    yield from pair


def _has_words(line: str) -> bool:
    """Return whether a line has more than comments."""
    return bool(COMMENT.sub("", line).strip())
