"""What the extension does with a page, step by step: what Python-Markdown calls processors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from mkdocs_assessor.coverage import check_targets
from mkdocs_assessor.guides import Guides
from mkdocs_assessor.literal import check_literal
from mkdocs_assessor.markers import check_marked, is_marker, take_out
from mkdocs_assessor.pages import Page, anchors_in
from mkdocs_assessor.placement import place_slots
from mkdocs_assessor.raw import check_raw
from mkdocs_assessor.slots import refuse, render_slot
from mkdocs_assessor.syntax import NEARLY_TARGET, Slot, may_be_ours, read_slot, read_target

if TYPE_CHECKING:
    from mkdocs_assessor.extension import AssessorExtension


class Rendering:
    """What the processors of one Markdown instance share: the guides, and the page that is rendered now."""

    guides: Guides
    page: Page
    markers: Mapping[int, Slot]
    html: Mapping[int, str]

    def __init__(self, extension: AssessorExtension) -> None:
        self._extension = extension

    def tell_unsound(self) -> None:
        """Tell what is wrong with the rule sets that the page uses."""
        for guide in self.guides:
            if guide.ruleset.id in self.page.uses:
                self._extension.tell_unsound(guide.ruleset)

    def start(self, lines: list[str]) -> None:
        """Begin with the page that the generator has announced, or with an anonymous one.

        An announcement is used up: other plugins run Markdown over parts of pages, whose links would start from the
        wrong place.
        """
        self.guides = self._extension.load_guides()
        page, self._extension.page = self._extension.page, None
        self.page = page or self._extension.bare_page(self.guides, lines)
        self.page.has_references = self._extension.getConfig("references")
        self.markers, self.html = {}, {}
        self.page.start(lines)
        if self.page.ruleset and self.guides.find(self.page, self.page.ruleset) is None:
            self.page.diagnose("unknown-ruleset", self.guides.unknown(self.page.ruleset), self.page.choice)


class Start(Preprocessor):
    """Begins a page, with the text as its author wrote it."""

    def __init__(self, md: Markdown, rendering: Rendering) -> None:
        super().__init__(md)
        self._rendering = rendering

    def run(self, lines: list[str]) -> list[str]:
        """Take the text."""
        self._rendering.start(lines)
        return lines


class Included(Preprocessor):
    """Notes what snippets have brought."""

    def __init__(self, md: Markdown, rendering: Rendering) -> None:
        super().__init__(md)
        self._rendering = rendering

    def run(self, lines: list[str]) -> list[str]:
        """Take the text with what was included."""
        snippets = self.md.preprocessors["snippet"] if "snippet" in self.md.preprocessors else None  # noqa: SIM401 - a registry has no get
        file_of: Callable[[str], str | None] = getattr(snippets, "get_snippet_path", lambda name: None)
        self._rendering.page.include(lines, file_of, getattr(snippets, "auto_append", ()))
        return lines


class Links(Treeprocessor):
    """Completes links, and checks the sentences around them."""

    def __init__(self, md: Markdown, rendering: Rendering) -> None:
        super().__init__(md)
        self._rendering = rendering

    def run(self, root: Element) -> None:
        """Change the parsed page in place."""
        guides, page = self._rendering.guides, self._rendering.page
        # Pages without us need not load what only the others do.
        addresses = (
            each.get("href") or each.get("src") or each.get("title") or ""
            for tag in ("a", "img")
            for each in root.iter(tag)
        )
        check_literal(root, page)
        if any(read_target(address) or NEARLY_TARGET.fullmatch(address) for address in addresses):
            from mkdocs_assessor.links import resolve_links  # noqa: PLC0415

            resolve_links(guides, root, page)
        if page.uses:
            from mkdocs_assessor.prose import check_prose  # noqa: PLC0415

            check_prose(guides, root, self.md.htmlStash.rawHtmlBlocks, self._rendering.html, page)


class Slots(Treeprocessor):
    """Completes the comments among the raw HTML that the parser has set aside, and will put back."""

    def __init__(self, md: Markdown, rendering: Rendering) -> None:
        super().__init__(md)
        self._rendering = rendering

    def run(self, root: Element) -> None:
        """Change the parsed page in place."""
        guides, page = self._rendering.guides, self._rendering.page
        blocks = self.md.htmlStash.rawHtmlBlocks
        written = {position: block for position, block in enumerate(blocks) if isinstance(block, str)}
        texts = {position: block for position, block in written.items() if may_be_ours(block)}
        self._rendering.html = written
        if not texts:
            return
        slots = {position: slot for position, text in texts.items() if (slot := read_slot(text))}
        self._rendering.markers = {position: slot for position, slot in slots.items() if is_marker(slot)}
        for slot in slots.values():
            guide = guides.find(page, slot.ruleset)
            if slot.name == "checklist" and guide is not None:
                page.checklists[guide.ruleset.id] = guide.scope
            elif slot.name == "ignore":
                page.ignored.update(slot.argument.split())
        for placed in place_slots(root, slots.__contains__, self.md.is_block_level) if slots else ():
            slot = slots[placed.position]
            guide = guides.find(page, slot.ruleset)
            if guide is None:
                place = page.places.comment(slot.text)
                problem = guides.unknown(slot.ruleset)
                blocks[placed.position] = refuse("unknown-ruleset", problem, page, place, is_apart=placed.is_apart)
            elif placed.position not in self._rendering.markers:
                blocks[placed.position] = render_slot(guide, slot.text, page, is_apart=placed.is_apart)
        self._rendering.html = {position: text for position, text in written.items() if position not in slots}
        for position in sorted(texts.keys() - slots.keys()):
            blocks[position] = check_raw(texts[position], page)


class End(Treeprocessor):
    """Checks what needs the whole page."""

    def __init__(self, md: Markdown, rendering: Rendering) -> None:
        super().__init__(md)
        self._rendering = rendering

    def run(self, root: Element) -> None:
        """Change the parsed page in place."""
        guides, page = self._rendering.guides, self._rendering.page
        if page.uses:
            self._rendering.tell_unsound()
        if self._rendering.markers:
            headings = take_out(root, self._rendering.markers)
            check_marked(guides, self._rendering.markers, headings, page)
        if page.siblings is not None and page.shown:
            raw = (block for block in self.md.htmlStash.rawHtmlBlocks if isinstance(block, str))
            page.anchors = {id for each in root.iter() if (id := each.get("id"))}.union(*map(anchors_in, raw))
            for diagnostic in check_targets(guides, {page.path: page}, page.siblings()):
                page.report(diagnostic)
