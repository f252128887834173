"""Wrap the passages of a parsed page: what is between two comments, and elements with the attribute `when`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from xml.etree.ElementTree import Element, SubElement

from markdown.util import HTML_PLACEHOLDER, HTML_PLACEHOLDER_RE

from mkdocs_assessor.page.syntax import PASSAGE_ATTRIBUTE

CLASS = "assessor-when"

Kind = Literal["when", "end"]

Problem = Literal["heading", "link", "title", "unpaired", "cell", "rows", "row"]
"""Why there is no passage: it is in a heading, a link, or a title that opens something; its comment or its cell lacks a
counterpart; it is between the rows of a table; its attribute is on a row."""

_HEADING = re.compile("h[1-6]")
# The label of a passage has a button and links, which cannot be in these.
_CONTROLS: Mapping[str, Problem] = {"a": "link", "label": "title", "summary": "title"}
# Elements whose content is wrapped, since they cannot be wrapped themselves.
_TABLE_CELLS = frozenset(("td", "th"))
_CELLS = frozenset(("li", "dd", "dt")) | _TABLE_CELLS
_BLOCKS = frozenset(("table", "ul", "ol", "dl"))
# HTML allows no element around these, and no label in them.
_ROWS = frozenset(("thead", "tbody", "tfoot", "tr", "caption", "colgroup"))


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
        is_apart: Whether the comment is on a separate line.
        items: What is in it: text, elements, and finished passages.
    """

    source: int = -1
    is_apart: bool = True
    items: list[str | Element] = field(default_factory=list)


class Wrapper:
    """Wraps the passages of one page.

    Attributes:
        wrapped: The passages, in no order.
        refused: The comments and attributes where no passage can be, as in `Wrapped.source`, and why.
    """

    def __init__(self, kinds: Mapping[int, Kind], is_block_level: Callable[[str], bool]) -> None:
        """Take the comments by their number in Python-Markdown's stash, and a test for block elements."""
        self._kinds = kinds
        self._is_block_level = is_block_level
        self.wrapped: list[Wrapped] = []
        self.refused: list[tuple[int | str, Problem]] = []

    def wrap(self, root: Element) -> None:
        """Wrap all passages of a page, and change it in place."""
        if self._kinds:
            for element in list(root.iter()):
                self._split_paragraphs(element)
        refused = _refused(root)
        if self._kinds:
            for element in list(root.iter()):
                self._wrap_between(element, refused.get(element))
        for parent in list(root.iter()):
            for child in list(parent):
                if PASSAGE_ATTRIBUTE in child.attrib:
                    self._wrap_element(parent, child, refused.get(parent))

    def _wrap_between(self, parent: Element, problem: Problem | None) -> None:
        """Wrap what is between two comments in an element, unless there is a problem with the element."""
        if _only_placeholder(parent) in self._kinds:
            return
        items = [each for each in self._items(parent) if each != ""]
        marks = [each for each in items if isinstance(each, _Mark)]
        if not marks:
            return
        if problem:
            self.refused += [(mark.source, problem) for mark in marks]
            return
        self._refuse_rows(items)
        unpaired: Problem = "cell" if parent.tag in _TABLE_CELLS else "unpaired"
        stack = [_Open()]
        for item in items:
            if not isinstance(item, _Mark):
                stack[-1].items.append(item)
            elif item.kind == "when":
                stack.append(_Open(item.source, item.is_apart))
            elif len(stack) == 1:
                self.refused.append((item.source, unpaired))
            else:
                inner = stack.pop()
                stack[-1].items.append(self._passage(inner, is_apart=inner.is_apart and item.is_apart))
        for inner in stack[1:]:
            self.refused.append((inner.source, unpaired))
            stack[0].items += inner.items
        _fill(parent, stack[0].items)
        if parent.tag == "p" and not parent.attrib:
            self._wrap_paragraph(parent)

    def _wrap_paragraph(self, paragraph: Element) -> None:
        """Turn a paragraph that is nothing but one passage into one that folds."""
        passage = next(iter(paragraph), None)
        place = next((place for place, each in enumerate(self.wrapped) if each.element is passage), -1)
        if (
            passage is None
            or place < 0
            or len(paragraph) > 1
            or ((paragraph.text or "") + (passage.tail or "")).strip()
        ):
            return
        (text,) = passage
        content = Element("p")
        content.text, content[:] = (text.text or "").lstrip(), text
        paragraph.tag, paragraph.attrib = "div", passage.attrib
        _fill(text, [content])
        text.tag = "div"
        _fill(paragraph, [text])
        self.wrapped[place] = Wrapped(paragraph, self.wrapped[place].source, is_block=True)

    def _split_paragraphs(self, parent: Element) -> None:
        """Give comments on separate lines a paragraph, if their counterpart is in another paragraph.

        Without a blank line beside it, a comment in a list item belongs to the paragraph of its text. Footnotes put
        their way back into the last one.
        """
        for child in list(parent):
            if child.tag != "p" or _only_placeholder(child) in self._kinds:
                continue
            items = list(self._items(child))
            alone = [
                each for each in _without_pair([each for each in items if isinstance(each, _Mark)]) if each.is_line
            ]
            if not alone:
                continue
            groups: list[list[str | Element]] = [[]]
            for item in items:
                if isinstance(item, _Mark) and item in alone:
                    groups += [[_placeholder(item)], []]
                else:
                    groups[-1].append(_placeholder(item) if isinstance(item, _Mark) else item)
            place, tail = list(parent).index(child), child.tail
            parent.remove(child)
            for group in reversed(groups):
                if any(isinstance(each, Element) or each.strip() for each in group):
                    paragraph = Element("p", child.attrib)
                    _fill(paragraph, group)
                    paragraph.tail, tail = tail, "\n"
                    parent.insert(place, paragraph)

    def _refuse_rows(self, items: Sequence[str | Element | _Mark]) -> None:
        """Refuse comments between the rows of a table: they end it, and the rows after them are text."""
        parts = [each for each in items if not isinstance(each, str) or each.strip()]
        for place, part in enumerate(parts[1:-1], start=1):
            before, after = parts[place - 1], parts[place + 1]
            if isinstance(part, _Mark) and part.kind == "when" and _is(before, "table") and _is(after, "p"):
                assert isinstance(after, Element)
                if "|" in (after.text or "").partition("\n")[0]:
                    self.refused.append((part.source, "rows"))

    def _items(self, parent: Element) -> Iterator[str | Element | _Mark]:
        yield from self._split(parent, parent.text or "", is_first=True)
        for child in list(parent):
            source = _only_placeholder(child)
            if source in self._kinds:
                yield _Mark(source, self._kinds[source], is_apart=True, is_line=True)
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
                kind = self._kinds[source]
                is_apart = takes_blocks and begins_line and ends_line
                yield _Mark(source, kind, is_apart, is_line=begins_line and (ends_line or kind == "end"))
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

    def _wrap_element(self, parent: Element, child: Element, problem: Problem | None) -> None:
        """Wrap an element with our attribute: a heading with its section, and a cell or an item from within."""
        # Without a value, Python-Markdown 3.11 gives it none.
        source = child.attrib.pop(PASSAGE_ATTRIBUTE) or ""
        if problem or child.tag in _ROWS:
            self.refused.append((source, problem or "row"))
            return
        if child.tag in _CELLS:
            items: list[str | Element] = [child.text or ""]
            for each in list(child):
                items += [each, each.tail or ""]
            has_blocks = any(isinstance(each, Element) and self._is_block_level(each.tag) for each in items)
            _fill(child, [self._wrapper(items, source, is_block=has_blocks or child.tag not in _TABLE_CELLS)])
            return
        siblings = list(parent)
        start = siblings.index(child)
        end = start + 1
        if _HEADING.fullmatch(child.tag):
            while end < len(siblings) and not _has_heading(siblings[end], child.tag):
                end += 1
        is_block = self._is_block_level(child.tag) or child.tag in _BLOCKS
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
    is_line: bool


def _refused(root: Element) -> dict[Element, Problem]:
    """Return the elements of a page in which no passage can be, and why."""
    found: dict[Element, Problem] = {}
    for element in root.iter():
        problem: Problem | None = "heading" if _HEADING.fullmatch(element.tag) else _CONTROLS.get(element.tag)
        if problem:
            found.update(dict.fromkeys(element.iter(), problem))
    return found


def _without_pair(marks: Sequence[_Mark]) -> list[_Mark]:
    """Return the comments that have no counterpart among others."""
    opened: list[_Mark] = []
    alone: list[_Mark] = []
    for mark in marks:
        if mark.kind == "when":
            opened.append(mark)
        elif opened:
            opened.pop()
        else:
            alone.append(mark)
    return alone + opened


def _only_placeholder(element: Element) -> int:
    """Return the number of the raw HTML that is all there is in a paragraph, or -1."""
    if element.tag != "p" or len(element):
        return -1
    match = HTML_PLACEHOLDER_RE.fullmatch((element.text or "").strip())
    return int(match[1]) if match else -1


def _placeholder(mark: _Mark) -> str:
    return HTML_PLACEHOLDER % mark.source


def _is(item: str | Element | _Mark, tag: str) -> bool:
    return isinstance(item, Element) and item.tag == tag


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
