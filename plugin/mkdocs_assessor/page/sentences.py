"""Extract the sentences of a page: its author's claims, without links, code and quotations."""

from __future__ import annotations

import contextlib
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

from markdown.util import ETX, HTML_PLACEHOLDER_RE, STX

from assessor.language.layout import GAP
from mkdocs_assessor.page.syntax import LIVE, MISTAKE, blank, without_links

# Tags within a sentence. Any other begins a new block, or is not the author's own claim: code, links, quotations,
# struck-out text.
_IN_SENTENCE = frozenset(["em", "strong", "b", "i", "u", "span", "sub", "sup", "small", "mark", "abbr", "ins"])

SKIPPED_TAGS = frozenset(
    ("a", "code", "pre", "kbd", "samp", "q", "blockquote", "del", "s", "script", "style", "svg", "math", LIVE)
)

_GAP = f" {GAP} "

_BREAK = "\n\x00\n"

_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[a-zA-Z]+)\b")

_SET_ASIDE = re.compile(f"{STX}[^{ETX}]*{ETX}")

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\x00|\n{2,}")

# Not the hard spaces, which group digits.
_SPACE = re.compile(r"[ \t\n]+")

# HTML with an author's prose begins with one of these. HTML from other extensions mostly does not.
_BLOCK = re.compile(
    r"<(?:p|div|table|[uod]l|section|article|aside|details|summary|figure|h[1-6]|center|main|header|footer)\b",
    re.IGNORECASE,
)


def sentences(root: Element, raw: Sequence[object], html: Mapping[int, str]) -> Iterator[str]:
    """Yield the sentences of a page, without links, code and quotations.

    Args:
        root: The parsed page.
        raw: The HTML that Python-Markdown has stashed.
        html: The part of it that the author wrote, by its number.
    """
    for block in _blocks(root):
        text = without_links(_with_raw(block, raw, html), _GAP)
        for part in _SENTENCE.split(_SET_ASIDE.sub(" ", text)):
            sentence = _SPACE.sub(" ", part)
            if any(character.isalnum() for character in sentence):
                yield sentence


def _with_raw(text: str, raw: Sequence[object], html: Mapping[int, str]) -> str:
    """Return a text with the text of HTML blocks inserted, without the content of tags such as `<del>`."""
    kept, closing = [], ""
    for number, piece in enumerate(HTML_PLACEHOLDER_RE.split(text)):
        if not number % 2:
            kept.append("" if closing else piece)
            continue
        # Every other piece is a number in the stash.
        position = int(piece)
        if _BLOCK.match(html.get(position, "")) and not closing:
            kept.append(_html_text(html[position]))
            continue
        tag = _TAG.match(str(raw[position])) if position < len(raw) else None
        if tag is None:
            kept.append(" ")
        elif tag["name"].casefold() in SKIPPED_TAGS and not closing:
            closing = f"/{tag['name']}".casefold()
            kept.append(_GAP)
        elif f"{tag['slash']}{tag['name']}".casefold() == closing:
            closing = ""
    return "".join(kept)


class _HtmlText(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = [_BREAK]
        self._unread: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unread or tag in SKIPPED_TAGS:
            self._unread.append(tag)
            self.pieces.append(_GAP)
        elif tag not in _IN_SENTENCE:
            self.pieces.append(" " if tag == "br" else _BREAK)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unread:
            del self._unread[self._unread.index(tag) :]
        elif tag not in _IN_SENTENCE:
            self.pieces.append(_BREAK)

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.pieces.append(data)


def _html_text(html: str) -> str:
    parser = _HtmlText()
    # Python stops at an unknown declaration. Keep the text before it.
    with contextlib.suppress(AssertionError):
        parser.feed(html)
        parser.close()
    return "".join(parser.pieces) + _BREAK


def _blocks(element: Element) -> Iterator[str]:
    """Yield the text of each block below an element, with a break for everything that is not part of its sentences."""
    if element.tag in SKIPPED_TAGS:
        return
    inner: list[Element] = []
    yield "".join(_own_text(element, inner))
    for block in inner:
        yield from _blocks(block)


def _own_text(element: Element, inner: list[Element]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        is_refused = child.get("class") == MISTAKE
        if child.tag in _IN_SENTENCE and not is_refused:
            yield from _own_text(child, inner)
        elif child.tag in SKIPPED_TAGS or is_refused:
            # A link or code is part of the sentence, but quantities must not extend across it.
            yield _GAP
        elif child.tag == "br":
            yield " "
        else:
            inner.append(child)
            yield _BREAK
        yield child.tail or ""


_ELEMENT = re.compile(rf"<({'|'.join(sorted(SKIPPED_TAGS))})\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)

_STRUCK_OUT = re.compile(r"~~(?=\S).+?~~")

_QUOTATION = re.compile(r"^[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)*>.*(?:\n.*\S.*)*", re.MULTILINE)

_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")

_ENTITY = re.compile(r"&#?\w+;")

_WORD = re.compile(r"\w+")

# How many characters around a quantity to look for neighbouring words.
_NEAR = 80


def without_unread(markdown: str) -> str:
    """Return Markdown with quotations, deleted text, tags and space entities replaced by spaces."""
    for pattern in (_ELEMENT, _STRUCK_OUT, _QUOTATION, _ANY_TAG):
        markdown = pattern.sub(lambda match: blank(match[0]), markdown)
    return _ENTITY.sub(lambda entity: blank(entity[0]) if html.unescape(entity[0]).isspace() else entity[0], markdown)


def as_written(text: str) -> re.Pattern[str]:
    """Return a pattern for a text in Markdown, with line breaks and emphasis between its words."""
    words = r"[\s*_=^~]+".join(re.escape(word) for word in text.split())
    return re.compile(rf"(?<![^\W_])(?<!\d[.,]){words}(?![^\W_])")


def words_beside(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the words before and after a part of a text."""
    before = _WORD.findall(text[max(0, start - _NEAR) : start].strip("_ "))
    after = _WORD.search(text[end : end + _NEAR].lstrip("_ "))
    return before[-1] if before else "", after[0] if after else ""
