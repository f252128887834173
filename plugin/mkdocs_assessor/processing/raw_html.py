"""Report slots and links of ours in HTML, where Markdown does not process them."""

from __future__ import annotations

import re

from assessor.findings.edit import Replacement
from mkdocs_assessor.diagnostics import PlaceGetter
from mkdocs_assessor.page.misspellings import UNSEEN, misspelt_slots
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.page.syntax import SLOT_NAMES, comments_in, links_in_html, read_slot, targets_in_html

# A block whose content Markdown would process, if the extension `md_in_html` were on.
_MARKDOWN = re.compile(r"\s*<\w[^<>]*\smarkdown\b")


def check_raw_html(html: str, page: Page) -> str:
    """Return HTML that an author wrote, with messages in the place of errors where HTML allows them.

    Args:
        html: A piece of the parser's stash: HTML with its content, a comment, or an autolink.
        page: The page.
    """
    links = list(links_in_html(html))
    shown = _with_slots_refused(html, page)
    for comment, right in misspelt_slots(shown, SLOT_NAMES) if "<!--" in shown else ():
        message = f"this comment is almost a slot, and has no effect: write {right}"
        # The correction is that of a comment of one line; the name of another may be on the next.
        corrected = right.removesuffix(UNSEEN)
        page.diagnose("misspelt-slot", message, page.places.comment(comment), fix=Replacement(comment, corrected))
    shown = _with_autolinks_refused(shown, html, page)
    for target, written in links:
        page.diagnose("misplaced-link", in_html(target), page.places.written(written, html))
    return shown


def _with_slots_refused(html: str, page: Page) -> str:
    shown = html
    for _, comment, outer in comments_in(html):
        slot = read_slot(comment)
        if slot is None:
            continue
        place = page.places.comment(comment, outer)
        problem = f"the slot {slot.label!r} is within"
        if outer:
            # Don't put a message in its place: it would be invisible, and the comment would not end.
            fix = "end that with --> before it, or take the slot out"
            page.diagnose("misplaced-slot", f"{problem} another comment, and shows nothing: {fix}", place)
        else:
            fix = "write <div markdown> with md_in_html around it"
            if _MARKDOWN.match(html):
                fix = "list md_in_html under markdown_extensions"
            message = f"{problem} HTML: {fix}"
            shown = shown.replace(comment, _refused("misplaced-slot", message, page, place), 1)
    return shown


def _with_autolinks_refused(shown: str, html: str, page: Page) -> str:
    """Report links of ours in tags, and replace those that are autolinks by a message.

    Args:
        shown: The HTML so far.
        html: The HTML as written.
        page: The page.
    """
    for target, written in targets_in_html(shown):
        place = page.places.written(written, html)
        if written.startswith("<"):
            message = f"an autolink to {target!r} does nothing: write []({target})"
            shown = shown.replace(written, _refused("misplaced-link", message, page, place), 1)
        else:
            message = f"a link to {target!r} in HTML does nothing: write [text]({target}), with md_in_html in blocks"
            page.diagnose("misplaced-link", message, place)
    return shown


def _refused(code: str, message: str, page: Page, place: PlaceGetter) -> str:
    from mkdocs_assessor.render.slots import refuse  # noqa: PLC0415 - most HTML is not ours

    return refuse(code, message, page, place, is_apart=False)


def in_html(target: str) -> str:
    """Return the message that a Markdown link to a target is inside HTML."""
    return (
        f"a link to {target!r} is within HTML, so it stays unchanged: add the attribute markdown to each tag around "
        "it, with md_in_html"
    )
