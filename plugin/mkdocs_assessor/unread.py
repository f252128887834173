"""What of a page's Markdown readers take for its author's sentences, and what these look like there."""

from __future__ import annotations

import html
import re

from mkdocs_assessor.sentences import NOT_READ

_ELEMENT = re.compile(rf"<({'|'.join(sorted(NOT_READ))})\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_STRUCK_OUT = re.compile(r"~~(?=\S).+?~~")
_QUOTATION = re.compile(r"^[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)*>.*(?:\n.*\S.*)*", re.MULTILINE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ENTITY = re.compile(r"&#?\w+;")
_WORD = re.compile(r"\w+")
# How far around a quantity its neighbours are looked for.
_NEAR = 80


def blank(text: str) -> str:
    """Return as many spaces, on as many lines."""
    return re.sub(r"[^\n]", " ", text)


def without_unread(markdown: str) -> str:
    """Return Markdown with spaces for quotations, what is struck out, tags, and entities that are spaces."""
    for pattern in (_ELEMENT, _STRUCK_OUT, _QUOTATION, _TAG):
        markdown = pattern.sub(lambda match: blank(match[0]), markdown)
    return _ENTITY.sub(lambda entity: blank(entity[0]) if html.unescape(entity[0]).isspace() else entity[0], markdown)


def as_written(text: str) -> re.Pattern[str]:
    """Return what a text looks like in Markdown: with line breaks and emphasis between its words."""
    words = r"[\s*_=^~]+".join(re.escape(word) for word in text.split())
    return re.compile(rf"(?:\*{{1,3}}|_{{1,3}})?(?<![^\W_])(?<!\d[.,]){words}(?![^\W_])")


def words_beside(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the words before and after a part of a text."""
    before = _WORD.findall(text[max(0, start - _NEAR) : start].strip("_ "))
    after = _WORD.search(text[end : end + _NEAR].lstrip("_ "))
    return before[-1] if before else "", after[0] if after else ""


def likeness(one: tuple[str, str], other: tuple[str, str]) -> int:
    """Return how many of the words beside two quantities are the same."""
    return sum(bool(word) and word == same for word, same in zip(one, other, strict=True))
