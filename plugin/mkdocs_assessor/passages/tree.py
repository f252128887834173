"""Wrap the passages of a parsed page: what is between two comments, and elements with the attribute `when`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal
from xml.etree.ElementTree import Element, SubElement

from markdown.util import HTML_PLACEHOLDER_RE

from mkdocs_assessor.page.syntax import PASSAGE_ATTRIBUTE

CLASS = "assessor-when"

Kind = Literal["when", "end"]

_HEADING = re.compile("h[1-6]")
# Elements whose content is wrapped, since they cannot be wrapped themselves.
_CELLS = frozenset(("li", "dd", "dt", "td", "th"))
_ROWS = frozenset(("table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl"))


@dataclass(frozen=True)
class Wrapped:
    """A passage in the tree.

    Attributes:
        element: The element around it.
        source: The number of its comment in Python-Markdown's stash of raw HTML, or the value of its attribute.
        is_block: Whether it consists of blocks, not of text in a line.
    """

    element: Element
    source: int | str
    is_block: bool


@dataclass
class _Open:
    """A passage whose end is not reached yet, or the element around all.

    Attributes:
        source: The number of its comment.
        is_apart: Whether the comment is on a line of its own.
        items: What is in it: text, elements, and finished passages.
    """

    source: int = -1
    is_apart: bool = True
    items: list[str | Element] = field(default_factory=list)


class Wrapper:
    """Wraps the passages of one page.

    Attributes:
        wrapped: The passages, in no order.
        unpaired: The comments without a counterpart in the same element.
        in_headings: The comments in headings, where no passage can be.
    """

    def __init__(self, kinds: Mapping[int, Kind], is_block_level: Callable[[str], bool]) -> None:
        """Take the comments by their number in Python-Markdown's stash, and what tells block elements."""
        self._kinds = kinds
        self._is_block_level = is_block_level
        self.wrapped: list[Wrapped] = []
        self.unpaired: list[int] = []
        self.in_headings: list[int] = []

    def wrap(self, root: Element) -> None:
        """Wrap all passages of a page, and change it in place."""
        if self._kinds:
            for element in list(root.iter()):
                self._wrap_between(element)
        for parent in list(root.iter()):
            for child in list(parent):
                if child.get(PASSAGE_ATTRIBUTE) is not None:
                    self._wrap_element(parent, child)

    def _wrap_between(self, parent: Element) -> None:
        """Wrap what is between two comments in an element."""
        if _only_placeholder(parent) in self._kinds:
            return
        items = [each for each in self._items(parent) if each != ""]
        marks = [each for each in items if isinstance(each, _Mark)]
        if not marks:
            return
        if _HEADING.fullmatch(parent.tag):
            self.in_headings += [mark.source for mark in marks]
            return
        stack = [_Open()]
        for item in items:
            if not isinstance(item, _Mark):
                stack[-1].items.append(item)
            elif item.kind == "when":
                stack.append(_Open(item.source, item.is_apart))
            elif len(stack) == 1:
                self.unpaired.append(item.source)
            else:
                inner = stack.pop()
                stack[-1].items.append(self._passage(inner, is_apart=inner.is_apart and item.is_apart))
        for inner in stack[1:]:
            self.unpaired.append(inner.source)
            stack[0].items += inner.items
        _fill(parent, stack[0].items)

    def _items(self, parent: Element) -> Iterator[str | Element | _Mark]:
        yield from self._split(parent, parent.text or "", is_first=True)
        for child in list(parent):
            source = _only_placeholder(child)
            if source in self._kinds:
                yield _Mark(source, self._kinds[source], is_apart=True)
            else:
                yield child
            yield from self._split(parent, child.tail or "")

    def _split(self, parent: Element, text: str, *, is_first: bool = False) -> Iterator[str | _Mark]:
        """Yield the comments in a text, and the text between them."""
        start, takes_blocks = 0, parent.tag in _CELLS or (self._is_block_level(parent.tag) and parent.tag != "p")
        for match in HTML_PLACEHOLDER_RE.finditer(text):
            source = int(match[1])
            if source in self._kinds:
                before, after = text[start : match.start()], text[match.end() :]
                begins_line = before.rstrip(" ").endswith("\n") or (is_first and not text[: match.start()].strip())
                ends_line = after.lstrip(" ").startswith("\n") or not after.strip()
                yield before
                yield _Mark(source, self._kinds[source], is_apart=takes_blocks and begins_line and ends_line)
                start = match.end()
        yield text[start:]

    def _passage(self, opened: _Open, *, is_apart: bool) -> Element:
        has_blocks = any(isinstance(each, Element) and self._is_block_level(each.tag) for each in opened.items)
        return self._wrapper(opened.items, opened.source, is_block=is_apart or has_blocks)

    def _wrapper(self, items: list[str | Element], source: int | str, *, is_block: bool) -> Element:
        tag = "div" if is_block else "span"
        element = Element(tag, {"class": CLASS})
        _fill(SubElement(element, tag, {"class": "assessor-when-text"}), items)
        self.wrapped.append(Wrapped(element, source, is_block))
        return element

    def _wrap_element(self, parent: Element, child: Element) -> None:
        """Wrap an element with our attribute: a heading with its section, and a cell or an item from within."""
        source = child.attrib.pop(PASSAGE_ATTRIBUTE)
        if child.tag in _CELLS:
            items: list[str | Element] = [child.text or ""]
            for each in list(child):
                items += [each, each.tail or ""]
            has_blocks = any(isinstance(each, Element) and self._is_block_level(each.tag) for each in items)
            _fill(child, [self._wrapper(items, source, is_block=has_blocks or child.tag not in ("td", "th"))])
            return
        siblings = list(parent)
        start = siblings.index(child)
        end = start + 1
        if _HEADING.fullmatch(child.tag):
            while end < len(siblings) and not _has_heading(siblings[end], child.tag):
                end += 1
        is_block = self._is_block_level(child.tag) or child.tag in _ROWS
        tail = siblings[end - 1].tail
        passage = self._wrapper([*siblings[start:end]], source, is_block=is_block)
        passage.tail = tail
        parent[start:end] = [passage]


@dataclass(frozen=True)
class _Mark:
    """A comment of ours in an element."""

    source: int
    kind: Kind
    is_apart: bool


def _only_placeholder(element: Element) -> int:
    """Return the number of the raw HTML that is all there is in a paragraph, or -1."""
    if element.tag != "p" or len(element):
        return -1
    match = HTML_PLACEHOLDER_RE.fullmatch((element.text or "").strip())
    return int(match[1]) if match else -1


def _has_heading(element: Element, tag: str) -> bool:
    """Return whether an element is or has a heading of a level, or of a higher one."""
    return any(_HEADING.fullmatch(each.tag) and each.tag <= tag for each in element.iter())


def _fill(parent: Element, items: list[str | Element]) -> None:
    """Replace the content of an element by texts and elements."""
    parent.text = ""
    parent[:] = []
    for item in items:
        if isinstance(item, Element):
            item.tail = None
            parent.append(item)
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + item
        else:
            parent.text += item
