"""The Python-Markdown extension: the one door that MkDocs, ProperDocs and Zensical share."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any
from weakref import WeakSet

from markdown import Markdown
from markdown.extensions import Extension

from assessor.errors import AssessorError
from assessor.findings.finding import Finding
from assessor.model.ruleset import RuleSet
from mkdocs_assessor.config.appearance import Appearance, site_words
from mkdocs_assessor.config.integrations import EXTENSION, EXTENSION_OPTIONS
from mkdocs_assessor.config.options import check_options
from mkdocs_assessor.config.rules import references
from mkdocs_assessor.diagnostics import FindingError, OptionError, Severities
from mkdocs_assessor.generators.reloading import last_loaded, load_once, ruleset_sources
from mkdocs_assessor.generators.zensical import Context, context_of, page_of
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.processing.processors import End, Included, Links, Slots, Start
from mkdocs_assessor.processing.session import Host, PageSession
from mkdocs_assessor.render.guides import Guides, load_guides
from mkdocs_assessor.render.overrides import misspelt, overriding
from mkdocs_assessor.site.shown_slots import SlotIndex, pages_below
from mkdocs_assessor.site.soundness import ruleset_findings

_log = logging.getLogger(__name__)
_told: WeakSet[RuleSet] = WeakSet()
# Of what cannot be loaded while a page is served, the last error that was told, by project.
_failures: dict[Path, str] = {}


class AssessorExtension(Extension):
    """Completes the slots and links of a page.

    Attributes:
        guides: What every page shares; loaded from the option `rules` unless a generator's plugin sets it.
        page: The page to be rendered next; a generator's plugin sets it, others leave an anonymous one.
        tell: What is told of mistakes on anonymous pages, if a generator's plugin sets it.
    """

    def __init__(self, **options: Any) -> None:
        """Take the options."""
        self.config = {name: list(option) for name, option in EXTENSION_OPTIONS.items()}
        self._mistake: OptionError | None = None
        try:
            check_options(options, EXTENSION)
        except OptionError as error:
            # Told once a page is rendered: MkDocs shows where in our code an extension failed, and not what is wrong.
            self._mistake, options = error, {}
        super().__init__(**{name: value for name, value in options.items() if value is not None})
        self.guides: Guides | None = None
        self._context: Context | None = None
        self.page: Page | None = None
        self.tell: Callable[[Finding], None] | None = None

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the processors."""
        self._context = context_of(md)
        self._severities = Severities(self.getConfig("diagnostics"))
        session = PageSession(
            Host(self.load_guides, self._next_page, self.getConfig("references"), self.report_unsound)
        )
        # Before anything else, so that mistakes are looked up in the text as the author wrote it.
        md.preprocessors.register(Start(md, session), "assessor-start", 1000)
        # After snippets (32), before tabs become spaces (30).
        md.preprocessors.register(Included(md, session), "assessor-included", 31)
        # After inline links and HTML are there (20), before the table of contents takes the text of headings (5).
        md.treeprocessors.register(Slots(md, session), "assessor-slots", 16)
        md.treeprocessors.register(Links(md, session), "assessor-links", 15)
        # After headings have their ids.
        md.treeprocessors.register(End(md, session), "assessor-end", 4)

    def load_guides(self) -> Guides:
        """Return what every page shares.

        Not before a page is rendered: MkDocs tries every extension of its configuration, and a rule set's path is
        relative to a folder that only Zensical or a plugin knows.

        Raises:
            AssessorError: If a rule set cannot be loaded or compiled; while a page is served, only if none was yet.
        """
        if self._mistake is not None:
            raise self._mistake
        if self.guides is None:
            rules, root = self.getConfig("rules"), self._context.root if self._context else Path()
            looks = self._looks(root)
            named = references(rules)
            key = (*named.items(), root, looks)
            try:
                sources = [source for each in named.values() for source in ruleset_sources(each, root)]
                sources += overriding(looks.templates)
                self.guides = load_once(key, sources, lambda: load_guides(rules, root, looks))
                _failures.pop(root, None)
            except AssessorError as error:
                self.guides = self._last_served(key, root, error)
        return self.guides

    def _last_served(self, key: Hashable, root: Path, error: AssessorError) -> Guides:
        """Return what was loaded before while a page is served, and tell why once; raise the error otherwise."""
        last: Guides | None = last_loaded(key)
        if last is None or not (self._context and self._context.is_served):
            raise error
        if _failures.get(root) != str(error):
            _failures[root] = str(error)
            _log.error("%s", error)
        return last

    def _looks(self, root: Path) -> Appearance:
        language = self._context.language if self._context else ""
        words = site_words(self.getConfig("language"), language, self.getConfig("words"))
        templates = self._context.theme if self._context else None
        if self.getConfig("templates"):
            templates = root / self.getConfig("templates")
        folders = (templates,) if templates else ()
        for finding in misspelt(folders):
            self.report(finding)
        return Appearance(words, folders)

    def report_unsound(self, ruleset: RuleSet) -> None:
        """Report what is wrong with a rule set, where no plugin looks at the whole site later.

        In a log once, though a generator makes an extension for each page.
        """
        if self.tell is None and (self._is_strict or ruleset not in _told):
            _told.add(ruleset)
            for finding in ruleset_findings(ruleset):
                self.report(finding)

    def _next_page(self, guides: Guides, lines: list[str]) -> Page:
        """Return the page that the generator has announced, or an anonymous one.

        An announcement is used up: other plugins run Markdown over parts of pages, whose links would start from the
        wrong place.
        """
        announced, self.page = self.page, None
        if announced is not None:
            return announced
        page = page_of(self._context, lines, self.report) if self._context else Page(report=self.report)
        folder = self._context.docs if self._context else Path(self.getConfig("docs"))
        page.elsewhere = lambda: SlotIndex(guides, lambda: pages_below(folder)).by_path
        return page

    def report(self, finding: Finding) -> None:
        """Tell of a mistake where no plugin does: raise it if the build is strict, and log it otherwise.

        Raises:
            FindingError: If the option `strict` is set, or Zensical's setting of that name; not for a hint.
        """
        if self.tell is not None:
            self.tell(finding)
            return
        graded = self._severities.grade(finding)
        if graded is None:
            return
        if graded.severity == "note":
            _log.info("%s", graded)
        elif self._is_strict:
            raise FindingError(graded)
        else:
            _log.warning("%s", graded)

    @property
    def _is_strict(self) -> bool:
        if self._context and self._context.is_served:
            return False
        return bool(self.getConfig("strict") or (self._context and self._context.is_strict))


def makeExtension(**options: Any) -> AssessorExtension:
    """Return the extension; Python-Markdown looks for a function of this name."""
    return AssessorExtension(**options)
