"""Handle markers, comments that show nothing: sections that need a question, and diagnostics to ignore."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.util import HTML_PLACEHOLDER_RE

from assessor.errors import did_you_mean
from assessor.findings.codes import PAGE_CODES
from assessor.language.layout import quoted
from mkdocs_assessor.page.misspellings import renamed
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.page.syntax import Slot

if TYPE_CHECKING:
    from mkdocs_assessor.render.guide import Guide
    from mkdocs_assessor.render.guides import PageGuides

_HEADING = re.compile("h[1-6]")
_NAMES = frozenset(("criterion", "ignore", "when", "end"))


def is_marker(slot: Slot) -> bool:
    """Return whether a slot shows nothing."""
    return slot.name in _NAMES


def take_out(root: Element, markers: Mapping[int, Slot]) -> dict[int, tuple[str, str]]:
    """Remove markers from a page; return the id and text of the heading above each.

    Args:
        root: The parsed page, changed in place.
        markers: The markers by their number in Python-Markdown's stash of raw HTML.
    """
    headings: dict[int, tuple[str, str]] = {}
    heading = ("", "")
    for element in root.iter():
        if _HEADING.fullmatch(element.tag):
            heading = element.get("id", ""), HTML_PLACEHOLDER_RE.sub("", "".join(element.itertext())).strip()
        for text in (element.text, element.tail):
            for position in HTML_PLACEHOLDER_RE.findall(text or ""):
                headings.setdefault(int(position), heading)
    for parent in list(root.iter()):
        for child in [each for each in parent if each.tag == "p" and len(each) == 0]:
            match = HTML_PLACEHOLDER_RE.fullmatch((child.text or "").strip())
            if match and int(match[1]) in markers:
                parent.remove(child)
    return {position: headings.get(position, ("", "")) for position in markers}


def check_marked(
    guides: PageGuides, markers: Mapping[int, Slot], headings: Mapping[int, tuple[str, str]], page: Page
) -> None:
    """Report sections that no question is about, and options that are invalid."""
    for position, slot in markers.items():
        guide = guides.find(slot.ruleset)
        if guide is not None and slot.name == "criterion":
            _check_criterion(guide, slot, *headings[position], page)
        elif slot.name == "ignore":
            _check_ignore(slot, page)


def _check_criterion(guide: Guide, slot: Slot, anchor: str, title: str, page: Page) -> None:
    place = page.places.comment(slot.text)
    if slot.argument:
        message = f"the slot {slot.label!r} takes no option, but has {slot.argument!r}"
        page.diagnose("unexpected-option", message, place)
        return
    if not title:
        message = "the criterion is above the first heading: put it below the heading of the section that it marks"
        page.diagnose("unasked-section", message, place)
        return
    link = f"{page.given.path}#{anchor}"
    about = [question.about for question in guide.ruleset.questions if "#" in question.about]
    if not any(_is_same(each, link, page.given.path) for each in about):
        message = (
            f"the section {quoted(title)} has the marker of a criterion, but no question is about it: "
            f"give the question that asks it about={link!r}"
        )
        page.diagnose("unasked-section", message, place)


def _is_same(about: str, link: str, path: str) -> bool:
    if not path:
        return about.partition("#")[2] == link.partition("#")[2]
    return posixpath.normpath(about) == link


def _check_ignore(slot: Slot, page: Page) -> None:
    wrong = [code for code in slot.argument.split() if code not in PAGE_CODES]
    if wrong or not slot.argument:
        said = (
            f"there is no code {wrong[0]!r}.{did_you_mean(wrong[0], PAGE_CODES)}"
            if wrong
            else "write which code: <!-- assessor/ignore CODE -->"
        )
        fix = renamed(wrong[0], wrong[0], PAGE_CODES) if wrong else None
        page.diagnose("unexpected-option", said, page.places.comment(slot.text), fix=fix)
