"""Implement the Python-Markdown extension, which MkDocs, ProperDocs and Zensical share."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markdown import Markdown
from markdown.extensions import Extension

from assessor.errors import AssessorError
from assessor.findings.finding import Finding
from assessor.findings.place import Place
from assessor.loading.reference import BUNDLED
from mkdocs_assessor.config.appearance import Appearance, site_words
from mkdocs_assessor.config.docs_folder import DocsFolder
from mkdocs_assessor.config.integrations import EXTENSION, EXTENSION_OPTIONS
from mkdocs_assessor.config.options import check_options
from mkdocs_assessor.config.rules import references
from mkdocs_assessor.diagnostics import FindingError, OptionError, Severities
from mkdocs_assessor.generators.reloading import GuideCache, ruleset_sources
from mkdocs_assessor.generators.zensical import Context, context_of, page_of
from mkdocs_assessor.page.page import Page, PageInput, Shown
from mkdocs_assessor.processing.processors import (
    End,
    Included,
    Links,
    Passages,
    PassageStarts,
    Slots,
    Start,
    UnmarkedStarts,
)
from mkdocs_assessor.processing.session import Host, PageSession
from mkdocs_assessor.render.overrides import misspelt, overriding
from mkdocs_assessor.site.shown_slots import SlotIndex, pages_below
from mkdocs_assessor.site.soundness import ruleset_findings

if TYPE_CHECKING:
    from assessor.model.ruleset import RuleSet
    from mkdocs_assessor.render.guides import Guides

_log = logging.getLogger(__name__)
# Zensical creates an extension for each page, so the extensions can share state only through a global.
_cache: GuideCache[Guides] = GuideCache()


class _Outer(threading.local):
    """Remembers the page that Zensical renders, in which other extensions render Markdown by their own instances."""

    page: Page | None = None


_outer = _Outer()


class AssessorExtension(Extension):
    """Renders the slots and links of a page.

    Attributes:
        guides: What all pages share; loaded from the option `rules`, or by `load`.
        load: Loads it, if a generator's plugin sets this.
        tell: Receives the errors on pages that were not announced, if a generator's plugin sets it.
    """

    def __init__(self, **options: Any) -> None:
        """Take the options."""
        self.config = {name: list(option) for name, option in EXTENSION_OPTIONS.items()}
        self._mistake: OptionError | None = None
        try:
            check_options(options, EXTENSION)
        except OptionError as error:
            # Raise it only when a page is rendered: raised here, MkDocs would report a line of our code instead of the
            # error.
            self._mistake, options = error, {}
        super().__init__(**{name: value for name, value in options.items() if value is not None})
        self.guides: Guides | None = None
        self.load: Callable[[], Guides] | None = None
        self._context: Context | None = None
        self._announced: Page | None = None
        self._current: Page | None = None
        self.tell: Callable[[Finding], None] | None = None

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the processors."""
        self._context = context_of(md)
        self._severities = Severities(self.getConfig("diagnostics"))
        session = PageSession(
            Host(self.load_guides, self._next_page, self.getConfig("references"), self.report_unsound)
        )
        # Run first, so that errors are located in the text as the author wrote it.
        md.preprocessors.register(Start(md, session), "assessor-start", 1000)
        # Run after snippets (32), and before tabs become spaces (30).
        md.preprocessors.register(Included(md, session), "assessor-included", 31)
        # Run after fenced code (25), before and after raw HTML (20).
        md.preprocessors.register(PassageStarts(md, session), "assessor-passage-starts", 22)
        md.preprocessors.register(UnmarkedStarts(md, session), "assessor-unmarked-starts", 19)
        # Run after inline links and HTML are parsed (20), and before the table of contents takes the text of headings
        # (5).
        md.treeprocessors.register(Slots(md, session), "assessor-slots", 16)
        md.treeprocessors.register(Links(md, session), "assessor-links", 15)
        # Run after attr_list has read attributes (8), and before the table of contents.
        md.treeprocessors.register(Passages(md, session), "assessor-passages", 7)
        # Run after headings have got their ids.
        md.treeprocessors.register(End(md, session), "assessor-end", 4)

    def announce(self, page: Page) -> None:
        """Set the page to render next. Without this call, it has no name or place.

        Python-Markdown passes only the text to its processors, so a generator's plugin has to announce the page first.
        """
        self._announced = page

    def load_guides(self) -> Guides:
        """Return what all pages share.

        Call this only during the rendering of a page: MkDocs also creates each extension just to check its
        configuration, and only Zensical or a plugin knows the base folder of a rule set's path.

        Raises:
            AssessorError: If loading or compiling a rule set fails. A server of pages raises this only without an
                earlier version.
        """
        if self._mistake is not None:
            raise self._mistake
        if self.guides is None and self.load is not None:
            self.guides = self.load()
        if self.guides is None:
            from mkdocs_assessor.render.guides import load_guides  # noqa: PLC0415 - a site may need none

            rules, root = self.getConfig("rules"), self._root
            appearance = self._appearance()
            named = references(rules)
            key = (*named.items(), root, appearance)
            try:
                sources = [source for each in named.values() for source in ruleset_sources(each, root)]
                sources += overriding(appearance.templates)
                last = _cache.last(key)
                sources += last.files_beside if last else ()
                self.guides = _cache.load(key, sources, lambda: load_guides(rules, root, appearance))
                _cache.forget_failure(root)
            except AssessorError as error:
                self.guides = self._last_served(key, root, error)
        return self.guides

    def siblings(self, path: str, page: str) -> Iterator[str]:
        """Yield the paths under which a page may be that a rule set names: see `Guides.siblings`."""
        return self.load_guides().siblings(path, page)

    def _last_served(self, key: Hashable, root: Path, error: AssessorError) -> Guides:
        """Return the last loaded version for a server, and log the error once; raise the error for a build."""
        last = _cache.last(key)
        if last is None or not (self._context and self._context.is_served):
            raise error
        if _cache.is_new_failure(root, str(error)):
            _log.error("%s", error)
        return last

    def _appearance(self) -> Appearance:
        language = self._context.language if self._context else ""
        words = site_words(self.getConfig("language"), language, self.getConfig("words"))
        language = self.getConfig("language") or language
        for finding in misspelt(self._templates):
            self._report_once(finding)
        return Appearance(words, self._templates, language)

    @property
    def _root(self) -> Path:
        """The base folder of paths in the options."""
        return self._context.root if self._context else Path()

    @property
    def _templates(self) -> tuple[Path, ...]:
        """The folders of the author's own templates."""
        folder = self._context.theme if self._context else None
        if self.getConfig("templates"):
            folder = self._root / self.getConfig("templates")
        return (folder,) if folder else ()

    @property
    def _has_own_parts(self) -> bool:
        """Whether the author has rules or templates."""
        return self.getConfig("rules") != BUNDLED or bool(overriding(self._templates))

    def report_unsound(self, ruleset: RuleSet) -> None:
        """Report what is wrong with a rule set, if no plugin will check the whole site later.

        A strict build fails on each page. A log shows it once.
        """
        if self.tell is None and (_cache.is_first_report(ruleset) or self._is_strict):
            for finding in ruleset_findings(ruleset):
                self.report(finding)

    def _next_page(self, lines: list[str]) -> Page:
        """Return the page that the generator announced, or one without a name.

        An announcement counts only once: other plugins also render parts of pages, where links would start from the
        wrong place.
        """
        if self._mistake is not None or (self.load is None and self._has_own_parts):
            # A mistake in them ends a build, even if none of its pages shows them.
            self.load_guides()
        announced, self._announced = self._announced, None
        if announced is not None:
            self._current = announced
            return announced
        docs = self._context.docs if self._context else DocsFolder(Path(self.getConfig("docs")))

        def elsewhere() -> Mapping[str, Sequence[Shown]]:
            return SlotIndex(self.load_guides, lambda: pages_below(docs)).by_path

        if self._context is None:
            report = self._report_within(self._current or _outer.page) if self.tell or _outer.page else self.report
            return Page(PageInput(report=report, elsewhere=elsewhere))
        _outer.page = Page(page_of(self._context, lines, self._report_once, elsewhere, self.siblings))
        return _outer.page

    def finish(self) -> None:
        """Note that rendering the announced page is over: anything before the next one belongs to no page."""
        self._announced = self._current = None

    def _report_within(self, page: Page | None) -> Callable[[Finding], None]:
        """Return what takes the mistakes in Markdown that another plugin renders.

        Its lines are not those of the page on which it does so, and without a page nobody could look for them.
        """

        def report(finding: Finding) -> None:
            if page is not None:
                self.report(replace(finding, place=Place(page.given.name), fix=None))

        return report

    def _report_once(self, finding: Finding) -> None:
        """Report an error once: pages that share a snippet also share its errors.

        Zensical has no event for the start of a build. So a server reports an error again once its file has changed.
        """
        context = self._context
        if (
            context is None
            or finding.place.path == context.path
            or self._is_strict
            or _cache.is_first_finding(context.root, finding)
        ):
            self.report(finding)

    def report(self, finding: Finding) -> None:
        """Report an error: raise it if the build is strict, otherwise log it, unless a plugin receives it.

        Raises:
            FindingError: If the option `strict`, or Zensical's setting of that name, is on; not for a note.
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
    """Return the extension. Python-Markdown expects a function of this name."""
    return AssessorExtension(**options)
