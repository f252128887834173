"""Report links and slots that Markdown did not recognise, so that readers see their source."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from assessor.findings.edit import Replacement
from assessor.language.layout import quoted
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.page.syntax import BARE_LINK, BROKEN_LINK, SCHEMES, WRITTEN_LINK, slots_in
from mkdocs_assessor.processing.raw_html import in_html

_MEANT = (*(f"{sign}{scheme}:" for sign in ("(", "[", "{", "[ ", "{ ") for scheme in SCHEMES), "assessor/")
# A dash that an editor has made of two is one, too.
_NO_COMMENT = re.compile(
    r"(?:<\s*!(?P<dashes>[\s\u2013\u2014-]*)|<\s*[\u2013\u2014-]+\s*|!--\s*)assessor/(?P<rest>[^\n]*)"
)
# A block that stays a paragraph if its extension is off.
_BLOCK = re.compile(r"(?P<sign>!!!|\?\?\?\+?|===)[ ]+\S[^\n]*")
_EXTENSIONS = {"!!!": "admonition", "???": "pymdownx.details", "===": "pymdownx.tabbed"}


def check_leftovers(root: Element, page: Page) -> None:
    """Report links and slots outside code that Markdown did not recognise, and links in a page's title.

    Args:
        root: The parsed page.
        page: The page.
    """
    for match in WRITTEN_LINK.finditer(page.given.title) if "](" in page.given.title else ():
        message = f"the title in front matter is not Markdown, so it shows {quoted(match[0])} unchanged"
        page.diagnose("misplaced-link", message, functools.partial(page.given.in_title, match[0]))
    # Most pages have neither slots nor links of ours, and need no walk.
    if not page.has_any(_MEANT):
        return
    for text, is_in_link in _texts(root):
        _check_text(text, page, is_in_link=is_in_link)
    for paragraph in root.iter("p"):
        block = _BLOCK.match(paragraph.text or "")
        if block is not None and _is_ours(page.places.below(block[0])):
            extension = _EXTENSIONS[block["sign"][:3]]
            message = (
                f"{quoted(block[0])} does not begin a block here, so the lines below it become code: list {extension} "
                "under markdown_extensions"
            )
            page.diagnose("misplaced-slot", message, page.places.written(block[0]))


def _check_text(text: str, page: Page, *, is_in_link: bool) -> None:
    """Report the links and slots in a text that readers see as source."""
    for match in WRITTEN_LINK.finditer(text):
        code, message = _left(match, is_in_link=is_in_link)
        fix = Replacement(match[0], f"[{match['label']}]({match['address']})") if match["gap"] else None
        page.diagnose(code, message, page.places.written(match[0]), fix=fix)
    for match in _NO_COMMENT.finditer(text):
        page.diagnose("misspelt-slot", _no_comment(match), page.places.written(match[0]))
    broken = list(BROKEN_LINK.finditer(text))
    for match in BARE_LINK.finditer(text):
        if not any(each.start() < match.end() and match.start() < each.end() for each in broken):
            message = f"{quoted(match[0])} is not a link, so it appears unchanged: write []({match['address']})"
            # Braces may be meant for another plugin.
            fix = Replacement(match[0], f"[]({match['address']})") if match[0].startswith("[") else None
            page.diagnose("misspelt-link", message, page.places.written(match[0]), fix=fix)
    for match in broken:
        right = f"[{match['label'] or ''}]({match['boxed'] or match['open']})"
        problem = "does not end" if match["open"] else "has the wrong brackets"
        message = f"{quoted(match[0])} {problem}, so it appears unchanged: write {right}"
        unless = ")" if match["open"] else ""
        # Where a bracket is missing, what belongs to the link is not certain.
        fix = Replacement(match[0], right) if match["boxed"] and match["label"] is not None else None
        page.diagnose("misspelt-link", message, page.places.written(match[0], unless=unless), fix=fix)


def _is_ours(markdown: str) -> bool:
    return bool(WRITTEN_LINK.search(markdown)) or any(slots_in(markdown))


def _no_comment(match: re.Match[str]) -> str:
    """Return why Markdown did not read a slot as a comment."""
    slot = f"the slot {quoted(match[0])}"
    if (match["dashes"] or "").rstrip() == "--" and match[0].startswith("<!"):
        return f"{slot} does not end, so it appears unchanged: end it with -->"
    name = match["rest"].rstrip(" >-\u2013\u2014")
    return f"{slot} is not a comment, so it appears unchanged: write <!-- assessor/{name} -->"


def _left(match: re.Match[str], *, is_in_link: bool) -> tuple[str, str]:
    """Return the code and message for a link that is still source."""
    link = f"[{match['label']}]({match['address']})"
    if match["gap"]:
        return "misspelt-link", f"a space keeps {quoted(match[0])} from being a link: write {link}"
    if is_in_link:
        return "misplaced-link", f"{quoted(link)} is within another link, and does nothing: take it out"
    return "misplaced-link", in_html(match["address"])


def _texts(element: Element, *, is_in_link: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield each text outside code, and whether it is within a link."""
    is_within = is_in_link or element.tag == "a"
    if element.tag not in ("code", "pre"):
        yield element.text or "", is_within
        for child in element:
            yield from _texts(child, is_in_link=is_within)
    yield element.tail or "", is_in_link
