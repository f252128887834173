"""The findings in a folder of Markdown, without a generator."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from pathlib import Path

from markdown import Markdown

from assessor.errors import AssessorError, Location
from assessor.findings.finding import Finding
from mkdocs_assessor.config.site import SiteConfig
from mkdocs_assessor.diagnostics import Severities
from mkdocs_assessor.extension import AssessorExtension
from mkdocs_assessor.page.frontmatter import markdown_files, page_language, split
from mkdocs_assessor.page.page import Page, anchors_in
from mkdocs_assessor.page.source import OriginalText
from mkdocs_assessor.render.guides import Guides
from mkdocs_assessor.render.overrides import misspelt
from mkdocs_assessor.site.coverage import check_coverage
from mkdocs_assessor.site.shown_slots import SlotIndex, pages_below
from mkdocs_assessor.site.soundness import ruleset_findings
from mkdocs_assessor.site.targets import check_targets


class LintError(AssessorError):
    """Docs that cannot be read or parsed."""


@dataclass
class Linting:
    """How a folder of Markdown is read.

    Attributes:
        guides: The rule sets.
        config: What the configuration of the site says of its pages.
        severities: The severity of each code on the site.
    """

    guides: Guides
    config: SiteConfig = field(default_factory=SiteConfig)
    severities: Severities = field(default_factory=Severities)

    def lint(self, docs: Path) -> list[Finding]:
        """Return what is wrong on the pages below a folder and with the rule sets they use, in the order of the files.

        Args:
            docs: The folder.

        Raises:
            LintError: If a page cannot be read, or an extension fails on it.
        """
        found = list(misspelt(next(iter(self.guides)).looks.templates))
        extension = AssessorExtension()
        extension.guides = self.guides
        extension.tell = found.append
        markdown = self._parser(extension)
        showings = SlotIndex(self.guides, functools.partial(pages_below, docs))
        pages: dict[str, Page] = {}
        for path in markdown_files(docs):
            name = path.relative_to(docs).as_posix()
            try:
                text = path.read_text(encoding="utf-8")
            except (OSError, ValueError) as error:
                raise LintError(f"{path}: cannot be read: {error}") from None
            file = split(text)
            shown = str(Location(str(path)))
            page = Page(name, shown, found.append, ruleset=file.ruleset)
            named = page_language(file.meta, shown, text.splitlines, found.append)
            page.language = named or self.config.language_of(name)
            page.written = functools.partial(OriginalText, file.head, file.body.split("\n"))
            page.title = str(file.meta.get("title", ""))
            page.elsewhere = lambda: showings.by_path
            extension.page = pages[name] = page
            try:
                html = markdown.reset().convert(file.body)
            except Exception as error:
                # Extensions are not ours, and a page that one fails on cannot be built either.
                raise LintError(f"{path}: {type(error).__name__}: {error}") from error
            page.anchors = anchors_in(html)
            page.finish()
        found += check_targets(self.guides, pages, pages, self.config.stand_in)
        found += check_coverage(self.guides, pages)
        used = set().union(*(page.uses for page in pages.values()))
        found += (each for guide in self.guides if guide.ruleset.id in used for each in ruleset_findings(guide.ruleset))
        # A mistake in a snippet is on every page that includes it, but is reported once.
        graded = (self.severities.grade(finding) for finding in dict.fromkeys(found))
        return sorted((finding for finding in graded if finding is not None), key=lambda finding: finding.order)

    def _parser(self, extension: AssessorExtension) -> Markdown:
        try:
            return Markdown(
                extensions=[*self.config.extensions, extension],
                extension_configs={name: dict(options) for name, options in self.config.options.items()},
            )
        except Exception as error:
            raise LintError(f"the Markdown extensions cannot be loaded: {type(error).__name__}: {error}") from error
