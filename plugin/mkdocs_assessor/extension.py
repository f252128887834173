"""The Python-Markdown extension: the one door that MkDocs, ProperDocs and Zensical share."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any
from weakref import WeakSet
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from assessor.errors import Location
from assessor.loading import BUNDLED, load_ruleset
from assessor.ruleset import RuleSet
from mkdocs_assessor.diagnostics import Diagnostic, DiagnosticError
from mkdocs_assessor.links import SCHEME, resolve_fact_link
from mkdocs_assessor.looks import Looks, choose_words
from mkdocs_assessor.overriding import misspelt, overriding
from mkdocs_assessor.pages import Page
from mkdocs_assessor.placement import place_slots
from mkdocs_assessor.reloading import load_once, ruleset_sources
from mkdocs_assessor.slots import Guide, is_checklist, is_slot, refuse_slots, render_slot
from mkdocs_assessor.soundness import unsound
from mkdocs_assessor.zensical import Context, context_of, page_of

# What configurations call it.
EXTENSION = "mkdocs_assessor"

_log = logging.getLogger(__name__)
_told: WeakSet[RuleSet] = WeakSet()


class AssessorExtension(Extension):
    """Completes the slots and `fact:` links of a page.

    Attributes:
        guide: What every page shares; loaded from the option `rules` unless a generator's plugin sets it.
        page: The page to be rendered next; a generator's plugin sets it, others leave an anonymous one.
    """

    def __init__(self, **options: Any) -> None:
        """Take the options."""
        self.config = {
            "rules": [BUNDLED, "The rule set: path/to/file.py or package.module, and :name where there are several"],
            "language": ["", "The language of our words; by default the theme's, where that is known"],
            "words": [{}, "Texts that replace ours, by their key"],
            "templates": ["", "A folder whose templates go before ours; by default the theme's custom_dir"],
            "strict": [False, "Whether a mistake raises an error, for generators whose log cannot fail a build"],
        }
        super().__init__(**options)
        self.guide: Guide | None = None
        self.page: Page | None = None
        self._context: Context | None = None

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the processors."""
        self._context = context_of(md)
        rendering = _Rendering(self)
        # Before anything else, so that mistakes are looked up in the text as the author wrote it.
        md.preprocessors.register(_Start(md, rendering), "assessor-start", 1000)
        # After inline links and HTML are there (20), before the table of contents takes the text of headings (5).
        md.treeprocessors.register(_Slots(md, rendering), "assessor-slots", 16)
        md.treeprocessors.register(_FactLinks(md, rendering), "assessor-links", 15)

    def load_guide(self) -> Guide:
        """Return what every page shares.

        Not before a page is rendered: MkDocs tries every extension of its configuration, and a rule set's path is
        relative to a folder that only Zensical or a plugin knows.

        Raises:
            AssessorError: If the rule set cannot be loaded or compiled.
        """
        if self.guide is None:
            rules, root = self.getConfig("rules"), self._context.root if self._context else Path()
            looks = self._looks(root)
            sources = [*ruleset_sources(rules, root), *overriding(looks.templates)]
            self.guide = load_once((rules, root, looks), sources, lambda: Guide.of(load_ruleset(rules, root), looks))
            self._tell_unsound(self.guide.ruleset)
        return self.guide

    def _looks(self, root: Path) -> Looks:
        language = self._context.language if self._context else ""
        words = choose_words(self.getConfig("language"), language, self.getConfig("words"), None)
        templates = self._context.theme if self._context else None
        if self.getConfig("templates"):
            templates = root / self.getConfig("templates")
        folders = (templates,) if templates else ()
        for template, problem in misspelt(folders):
            self.report(Diagnostic(str(Location(str(template))), 0, "unknown-template", problem))
        return Looks(words, folders)

    def _tell_unsound(self, ruleset: RuleSet) -> None:
        """Tell what is wrong with a rule set: in a log once, though a generator makes an extension for each page."""
        if self._is_strict or ruleset not in _told:
            _told.add(ruleset)
            for diagnostic in unsound(ruleset):
                self.report(diagnostic)

    def bare_page(self, lines: list[str]) -> Page:
        """Return the page to be rendered where no plugin says which one it is."""
        return page_of(self._context, lines, self.report) if self._context else Page(report=self.report)

    def report(self, diagnostic: Diagnostic) -> None:
        """Tell of a mistake where no plugin does: raise it if the build is strict, and log it otherwise.

        Raises:
            DiagnosticError: If the option `strict` is set, or Zensical's setting of that name.
        """
        if self._is_strict:
            raise DiagnosticError(diagnostic)
        _log.warning("%s", diagnostic)

    @property
    def _is_strict(self) -> bool:
        return bool(self.getConfig("strict") or (self._context and self._context.is_strict))


class _Rendering:
    """What the processors of one Markdown instance share: the guide, and the page that is rendered now."""

    guide: Guide
    page: Page

    def __init__(self, extension: AssessorExtension) -> None:
        self._extension = extension

    def start(self, lines: list[str]) -> None:
        self.guide = self._extension.load_guide()
        # Taken once: other plugins run Markdown over parts of pages, whose links would start from the wrong place.
        page, self._extension.page = self._extension.page, None
        self.page = page or self._extension.bare_page(lines)
        self.page.lines = tuple(lines)


class _Start(Preprocessor):
    def __init__(self, md: Markdown, rendering: _Rendering) -> None:
        super().__init__(md)
        self._rendering = rendering

    def run(self, lines: list[str]) -> list[str]:
        self._rendering.start(lines)
        return lines


class _FactLinks(Treeprocessor):
    def __init__(self, md: Markdown, rendering: _Rendering) -> None:
        super().__init__(md)
        self._rendering = rendering

    def run(self, root: Element) -> None:
        guide, page = self._rendering.guide.for_page(self._rendering.page), self._rendering.page
        for link in root.iter("a"):
            if link.get("href", "").startswith(SCHEME):
                resolve_fact_link(guide.ruleset, link, guide.words, page)


class _Slots(Treeprocessor):
    """Completes the comments among the raw HTML that the parser has set aside, and will put back."""

    def __init__(self, md: Markdown, rendering: _Rendering) -> None:
        super().__init__(md)
        self._rendering = rendering

    def run(self, root: Element) -> None:
        guide, page = self._rendering.guide, self._rendering.page
        blocks = self.md.htmlStash.rawHtmlBlocks
        texts = {position: block for position, block in enumerate(blocks) if isinstance(block, str)}
        slots = {position for position, text in texts.items() if is_slot(text)}
        page.has_checklist = any(is_checklist(texts[position]) for position in slots)
        if slots:
            for slot in place_slots(root, slots.__contains__, self.md.is_block_level):
                blocks[slot.position] = render_slot(guide, texts[slot.position], page, is_apart=slot.is_apart)
        for position in sorted(texts.keys() - slots):
            blocks[position] = refuse_slots(texts[position], page)


def makeExtension(**options: Any) -> AssessorExtension:
    """Return the extension; Python-Markdown looks for a function of this name."""
    return AssessorExtension(**options)
