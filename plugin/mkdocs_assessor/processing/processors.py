"""Implement the steps in which the extension renders a page, as processors of Python-Markdown.

What renders and proves is imported by the first page that needs it, so that a site without guides starts no slower.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import Processor

from mkdocs_assessor.page.misspellings import renamed
from mkdocs_assessor.page.page import anchors_in
from mkdocs_assessor.page.source import INCLUDE
from mkdocs_assessor.page.syntax import (
    NEARLY_TARGET,
    PASSAGE_ATTRIBUTE,
    PASSAGE_SLOTS,
    Slot,
    may_be_ours,
    read_slot,
    read_target,
)
from mkdocs_assessor.passages.in_lines import mark_starts, without_marks
from mkdocs_assessor.processing.leftovers import check_leftovers
from mkdocs_assessor.processing.markers import check_marked, is_marker, take_out
from mkdocs_assessor.processing.placement import place_slots
from mkdocs_assessor.processing.raw_html import check_raw_html
from mkdocs_assessor.processing.session import PageSession


class _Step(Processor):
    """A processor that shares a session with the others of its Markdown instance."""

    def __init__(self, md: Markdown, session: PageSession) -> None:
        super().__init__(md)
        self._session = session


class Start(_Step, Preprocessor):
    """Starts a page, with the text as the author wrote it."""

    def run(self, lines: list[str]) -> list[str]:
        """Take the text."""
        self._session.start(lines)
        return lines


class Included(_Step, Preprocessor):
    """Records what snippets, or the extension mdx_include, have included."""

    def run(self, lines: list[str]) -> list[str]:
        """Take the text with the included text."""
        snippets, includes = self._preprocessor("snippet"), self._preprocessor("mdx_include")
        snippet_of: Callable[[str], str | None] = getattr(snippets, "get_snippet_path", lambda name: None)
        base = Path(getattr(includes, "base_path", "."))

        def file_of(name: str) -> str | None:
            include = INCLUDE.fullmatch(name)
            return str(base / include["path"]) if include else snippet_of(name)

        self._session.page.include(lines, file_of, getattr(snippets, "auto_append", ()))
        return lines

    def _preprocessor(self, name: str) -> object:
        return self.md.preprocessors[name] if name in self.md.preprocessors else None  # noqa: SIM401 - a registry has no get


class PassageStarts(_Step, Preprocessor):
    """Marks the comments of passages that start a line, so that Python-Markdown leaves them in it."""

    def run(self, lines: list[str]) -> list[str]:
        """Mark them."""
        return mark_starts(lines)


class UnmarkedStarts(_Step, Preprocessor):
    """Removes these marks, once Python-Markdown has taken raw HTML out."""

    def run(self, lines: list[str]) -> list[str]:
        """Remove them from the text and from the raw HTML."""
        blocks = self.md.htmlStash.rawHtmlBlocks
        for position, block in enumerate(blocks):
            if isinstance(block, str):
                blocks[position] = without_marks(block)
            else:
                # What md_in_html has read already.
                for element in block.iter():
                    element.text = without_marks(element.text or "")
                    element.tail = without_marks(element.tail or "")
        return [without_marks(line) for line in lines]


class Links(_Step, Treeprocessor):
    """Completes links, and checks the sentences around them."""

    def run(self, root: Element) -> None:
        """Change the parsed page in place."""
        page = self._session.page
        addresses = (
            each.get("href") or each.get("src") or each.get("title") or each.text or ""
            for tag in ("a", "img")
            for each in root.iter(tag)
        )
        check_leftovers(root, page)
        if any(read_target(address) or NEARLY_TARGET.fullmatch(address) for address in addresses):
            from mkdocs_assessor.processing.links.resolve import resolve_links  # noqa: PLC0415
            from mkdocs_assessor.render.templates import live_data  # noqa: PLC0415

            resolve_links(self._session.guides, root, page, has_references=self._session.has_references)
            if data := live_data(self._session.guides, page):
                SubElement(root, "p").text = self.md.htmlStash.store(data)
        if page.uses:
            from mkdocs_assessor.processing.bare_numbers import check_prose  # noqa: PLC0415

            check_prose(self._session.guides, root, self.md.htmlStash.rawHtmlBlocks, self._session.html, page)


class Slots(_Step, Treeprocessor):
    """Renders slots: comments in the raw HTML that the parser has stashed and will put back."""

    def run(self, root: Element) -> None:
        """Change the parsed page in place."""
        page = self._session.page
        blocks = self.md.htmlStash.rawHtmlBlocks
        written = {position: block for position, block in enumerate(blocks) if isinstance(block, str)}
        texts = {position: block for position, block in written.items() if may_be_ours(block)}
        self._session.html = written
        if not texts:
            return
        slots = {position: slot for position, text in texts.items() if (slot := read_slot(text))}
        self._session.markers = {position: slot for position, slot in slots.items() if is_marker(slot)}
        if slots:
            self._note(slots.values())
            self._render(root, slots)
        self._session.html = {position: text for position, text in written.items() if position not in slots}
        for position in sorted(texts.keys() - slots.keys()):
            blocks[position] = check_raw_html(texts[position], page)

    def _note(self, slots: Iterable[Slot]) -> None:
        """Record what other slots of the page, and diagnostics, depend on."""
        guides, page = self._session.guides, self._session.page
        for slot in slots:
            guide = guides.find(slot.ruleset)
            if slot.name == "checklist" and guide is not None:
                page.checklists[guide.ruleset.id] = guide.scope
            elif slot.name == "ignore":
                page.ignored.update(slot.argument.split())

    def _render(self, root: Element, slots: Mapping[int, Slot]) -> None:
        """Replace each slot by its HTML, in page order."""
        from mkdocs_assessor.render.slots import refuse, render_slot  # noqa: PLC0415 - see the top

        guides, page = self._session.guides, self._session.page
        blocks = self.md.htmlStash.rawHtmlBlocks
        for placed in place_slots(root, slots.__contains__, self.md.is_block_level):
            slot = slots[placed.position]
            guide = guides.find(slot.ruleset)
            if slot.name in PASSAGE_SLOTS:
                # Equal comments get their places in the order of the page.
                self._session.places[placed.position] = page.places.comment(slot.text)
            if guide is None:
                place = page.places.comment(slot.text)
                problem = guides.unknown(slot.ruleset)
                fix = renamed(f"assessor/{slot.ruleset}", slot.ruleset, guides.names)
                blocks[placed.position] = refuse(
                    "unknown-ruleset", problem, page, place, is_apart=placed.is_apart, fix=fix
                )
            elif placed.position not in self._session.markers:
                blocks[placed.position] = render_slot(guide, slot, page, is_apart=placed.is_apart)


class Passages(_Step, Treeprocessor):
    """Renders passages: parts of the page that apply under a condition."""

    def run(self, root: Element) -> None:
        """Change the parsed page in place."""
        markers = self._session.markers
        slots = {position: markers[position] for position in self._session.places if position in markers}
        has_attributes = any(PASSAGE_ATTRIBUTE in each.attrib for each in root.iter())
        if slots or has_attributes or self._session.page.has_any([f"{PASSAGE_ATTRIBUTE}="]):
            from mkdocs_assessor.passages.processor import PassageProcessor  # noqa: PLC0415

            PassageProcessor(self.md, self._session.guides, self._session.page).run(root, slots, self._session.places)


class End(_Step, Treeprocessor):
    """Runs the checks that need the whole page."""

    def run(self, root: Element) -> None:
        """Change the parsed page in place."""
        page = self._session.page
        if page.uses:
            self._session.report_unsound()
        if self._session.markers:
            headings = take_out(root, self._session.markers)
            check_marked(self._session.guides, self._session.markers, headings, page)
        if page.given.siblings is not None and page.shown:
            from mkdocs_assessor.site.targets import check_targets  # noqa: PLC0415 - see the top

            raw = (block for block in self.md.htmlStash.rawHtmlBlocks if isinstance(block, str))
            page.anchors = {id for each in root.iter() if (id := each.get("id"))}.union(*map(anchors_in, raw))
            for diagnostic in check_targets(self._session.guides, {page.given.path: page}, page.given.siblings()):
                page.given.report(diagnostic)
