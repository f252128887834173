"""Turn a page into the text that readers see."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

_UNSEEN = frozenset(("script", "style", "template", "noscript", "svg", "head", "iframe", "object", "select"))
# Elements that flow in a line. A row of a table is one line as well, so that a price stands beside its name.
_INLINE = re.compile(
    "a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small|span|strong|sub|sup|td|th|time|"
    "tt|u|var|wbr"
)
_CELLS = frozenset(("td", "th"))
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_HEAD = 2048
# Up to the last space that fits, or as much as fits.
_LONGEST = re.compile(r"\S.{0,800}(?!\S)|\S.{0,800}")


def decoded(body: bytes, charset: str, *, is_html: bool) -> str:
    """Return a body as text, by its byte order mark, the declared charset, the one in the head, or UTF-8.

    Args:
        body: The bytes.
        charset: The charset that the server declares, or an empty string.
        is_html: Whether the head of the text may declare a charset.
    """
    marked = next((name for mark, name in _MARKS.items() if body.startswith(mark)), "")
    declared = _META_CHARSET.search(body[:_HEAD]) if is_html else None
    for name in (marked, charset, declared[1].decode("ascii") if declared else "", "utf-8"):
        try:
            return body.decode(name, "replace") if name else body.decode()
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode("utf-8", "replace")


def html_blocks(html: str) -> tuple[list[str], str]:
    """Return the text of each block of a page, such as a paragraph or a row of a table, and the page's language."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return plain_blocks("".join(reader.pieces)), reader.language


def plain_blocks(text: str) -> list[str]:
    """Return the lines of a text that say something, those that are no paragraph of a person in pieces."""
    lines = (" ".join(visible(line).split()) for line in text.split("\n"))
    return [piece for line in lines if line for piece in _LONGEST.findall(line)]


def visible(text: str) -> str:
    """Return a text without what could steer a terminal that shows it, and without soft hyphens and the like."""
    if text.isprintable():
        return text
    return "".join(
        each if each.isprintable() or each.isspace() else "" if unicodedata.category(each) == "Cf" else " "
        for each in text
    )


class _Reader(HTMLParser):
    """Collects text, with a line feed around each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.language = ""
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            self.language = (dict(attributes).get("lang") or "").lower()
        if tag == "body":
            # A head may be left open.
            self._unseen.clear()
        if tag in _UNSEEN:
            self._unseen.append(tag)
        self._break(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        # In HTML, the slash of <script/> means nothing; in SVG and XHTML, it ends the element.
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            while self._unseen.pop() != tag:
                continue
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(data.replace("\n", " "))

    def _break(self, tag: str) -> None:
        if not self._unseen and (tag in _CELLS or not _INLINE.fullmatch(tag)):
            self.pieces.append(" " if tag in _CELLS else "\n")
