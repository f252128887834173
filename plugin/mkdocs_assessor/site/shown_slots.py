"""Find the slots of all pages from their Markdown, because links need them before those pages exist."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_assessor.config.docs_folder import DocsFolder
from mkdocs_assessor.page.frontmatter import split
from mkdocs_assessor.page.page import Page, PageInput, Shown
from mkdocs_assessor.page.syntax import slots_in, without_code

if TYPE_CHECKING:
    from mkdocs_assessor.render.guides import Guides


class SlotIndex:
    """The slots of every page, read only when a link leads to another page."""

    def __init__(self, guides: Callable[[], Guides], pages: Callable[[], Mapping[str, tuple[str, str]]]) -> None:
        """Take the rule sets and the pages.

        Args:
            guides: Returns the rule sets that slots may refer to.
            pages: Returns, for each page by path, its Markdown and the name of the rule set that it chooses.
        """
        self._guides = guides
        self._pages = pages

    @cached_property
    def by_path(self) -> Mapping[str, Sequence[Shown]]:
        """The slots of each page that has any, by path."""
        found = {path: self._slots(path, *page) for path, page in self._pages().items() if "assessor/" in page[0]}
        return {path: slots for path, slots in found.items() if slots}

    def _slots(self, path: str, markdown: str, chosen: str) -> Sequence[Shown]:
        from mkdocs_assessor.render.slots import note_slot  # noqa: PLC0415 - most pages have no slot

        page = Page(PageInput(path, ruleset=chosen))
        guides = self._guides().for_page(page.given)
        for slot in slots_in(without_code(markdown.splitlines())):
            guide = guides.find(slot.ruleset)
            if guide is not None:
                note_slot(guide, slot, page)
        return page.shown


def read_page(path: Path) -> str:
    """Return the text of a page, in which a line feed ends each line.

    Raises:
        OSError: If the file is unreadable.
        ValueError: If it is not UTF-8.
    """
    return path.read_text(encoding="utf-8")


def pages_below(docs: DocsFolder, read: Callable[[Path], str] = read_page) -> Mapping[str, tuple[str, str]]:
    """Return, for each page in a docs folder by path, its Markdown and the name of the rule set that it chooses."""
    found: dict[str, tuple[str, str]] = {}
    for page in docs.pages():
        with contextlib.suppress(OSError, ValueError):
            file = split(read(docs.path / page))
            found[page] = file.body, file.ruleset
    return found
