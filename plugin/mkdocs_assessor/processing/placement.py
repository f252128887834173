"""Find the slots of a parsed page, and separate those that have a line to themselves from the text around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown.util import HTML_PLACEHOLDER_RE

_HEADING = re.compile("h[1-6]")


@dataclass(frozen=True)
class PlacedSlot:
    """A slot at its place in a page.

    Attributes:
        position: Its number in Python-Markdown's stash of raw HTML.
        is_apart: Whether it is outside of text, so that it may be a block.
    """

    position: int
    is_apart: bool


def place_slots(
    root: Element, is_slot: Callable[[int], bool], is_block_level: Callable[[str], bool]
) -> list[PlacedSlot]:
    """Move each slot that has a line to itself to a separate paragraph; return all slots in page order.

    Args:
        root: The parsed page, changed in place.
        is_slot: Returns whether a piece of raw HTML is a slot.
        is_block_level: Returns whether a tag is a block element.
    """
    for parent in list(root.iter()):
        for paragraph in [child for child in parent if child.tag == "p"]:
            if any(map(is_slot, _positions("".join(paragraph.itertext())))):
                _replace(parent, paragraph, _split(paragraph, is_slot))
    return [
        PlacedSlot(position, _takes_blocks(container, is_block_level))
        for container, text in _texts(root)
        for position in _positions(text)
        if is_slot(position)
    ]


def _positions(text: str) -> list[int]:
    return [int(position) for position in HTML_PLACEHOLDER_RE.findall(text)]


def _texts(element: Element) -> Iterator[tuple[Element, str]]:
    """Yield every text below an element in order, with the element that contains it."""
    yield element, element.text or ""
    for child in element:
        yield from _texts(child)
        yield element, child.tail or ""


def _takes_blocks(container: Element, is_block_level: Callable[[str], bool]) -> bool:
    if container.tag == "p":
        return len(container) == 0 and HTML_PLACEHOLDER_RE.fullmatch((container.text or "").strip()) is not None
    return is_block_level(container.tag) and not _HEADING.fullmatch(container.tag)


def _split(paragraph: Element, is_slot: Callable[[int], bool]) -> list[Element]:
    """Split a paragraph at the slots that have a line to themselves; return the pieces and the slots."""
    pieces = [Element("p", paragraph.attrib)]
    children = list(paragraph)
    texts = [paragraph.text or "", *(child.tail or "" for child in children)]
    for place, text in enumerate(texts):
        lines = text.split("\n")
        for number, line in enumerate(lines):
            starts, ends = number > 0 or place == 0, number < len(lines) - 1 or place == len(children)
            match = HTML_PLACEHOLDER_RE.fullmatch(line.strip())
            if starts and ends and match and is_slot(int(match[1])):
                slot = Element("p")
                slot.text = match[0]
                pieces += [slot, Element("p")]
            else:
                _append_text(pieces[-1], f"\n{line}" if number else line)
        if place < len(children):
            children[place].tail = ""
            pieces[-1].append(children[place])
    return [piece for piece in pieces if len(piece) or (piece.text or "").strip()]


def _append_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _replace(parent: Element, paragraph: Element, pieces: list[Element]) -> None:
    place = list(parent).index(paragraph)
    pieces[-1].tail = paragraph.tail
    parent[place : place + 1] = pieces
