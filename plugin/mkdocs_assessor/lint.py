"""Find errors in a folder of Markdown, without a generator."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from markdown import Markdown

from assessor.errors import AssessorError, Location, did_you_mean
from assessor.findings.finding import Finding
from assessor.findings.formats import Failure
from assessor.loading.failures import described
from mkdocs_assessor.config.files import Options
from mkdocs_assessor.config.rules import rules_of
from mkdocs_assessor.config.site import Site, find_site, read_site, site_here, site_without_configuration
from mkdocs_assessor.diagnostics import Severities
from mkdocs_assessor.extension import AssessorExtension
from mkdocs_assessor.generators.macros import NEED_ALL_TEXT, Macros, PageMacros
from mkdocs_assessor.generators.notebooks import SUFFIX as NOTEBOOK
from mkdocs_assessor.generators.notebooks import unread_notebooks
from mkdocs_assessor.page.frontmatter import page_language, split
from mkdocs_assessor.page.page import Page, PageInput, anchors_in
from mkdocs_assessor.page.source import OriginalText
from mkdocs_assessor.render.guides import Guides, load_guides
from mkdocs_assessor.render.overrides import misspelt
from mkdocs_assessor.site.checks import check_site
from mkdocs_assessor.site.shown_slots import SlotIndex, pages_below, read_page


class LintError(AssessorError):
    """Parsing the docs fails."""


@dataclass
class Linting:
    """Lints a folder of Markdown.

    Attributes:
        guides: The rule sets.
        site: The configuration of the site.
        severities: The severity of each code on the site.
        visit: Takes each parsed page, as long as its places are available.
        read: Returns the text of a page.
        left_out: The Markdown extensions that cannot run outside their generator, or are not installed, and why.
        failed: The pages whose check failed.
    """

    guides: Guides
    site: Site
    severities: Severities = field(default_factory=Severities)
    visit: Callable[[Page], None] = lambda page: None
    read: Callable[[Path], str] = read_page
    left_out: dict[str, str] = field(default_factory=dict)
    failed: list[Failure] = field(default_factory=list)

    def lint(self) -> list[Finding]:
        """Return the findings on every page, in the order of the files.

        Raises:
            SettingsError: If loading something that the options of the Markdown extensions name fails.
            LintError: If the Markdown extensions fail together.
        """
        found = list(misspelt(next(iter(self.guides)).appearance.templates))
        found += unread_notebooks(self.site.docs.published(NOTEBOOK))
        extension = AssessorExtension()
        extension.guides = self.guides
        extension.tell = found.append
        docs = self.site.docs
        self.left_out.update(_unable(self.site.extension_options(docs.path)))
        # Create it now, so that extensions that fail together are reported before errors on pages.
        parser, parser_folder = self._parser(extension, docs.path), docs.path
        slot_index = SlotIndex(lambda: self.guides, functools.partial(pages_below, docs, self.read))
        pages: dict[str, Page] = {}
        macros = None if self.site.macros is None else Macros(self.site.macros)
        has_macros = False
        for name in docs.pages():
            path = docs.path / name
            if self.site.has_page_paths and path.parent != parser_folder:
                parser, parser_folder = self._parser(extension, path.parent), path.parent
            shown = str(Location(str(path)))
            try:
                text = self.read(path)
            except (OSError, ValueError) as error:
                self.failed.append(Failure(shown, f"cannot read the file: {error}"))
                continue
            file = split(text)
            on_page = macros.on_page(name, file) if macros else None
            named = page_language(file.meta, shown, text.splitlines, found.append)
            given = PageInput(
                path=name,
                file=shown,
                title=str(file.meta.get("title", "")),
                ruleset=file.ruleset,
                language=named or self.site.language_of(name),
                report=functools.partial(_add, found, on_page),
                elsewhere=lambda: slot_index.by_path,
                written=functools.partial(OriginalText, file.head, file.body.split("\n")),
            )
            page = pages[name] = Page(given)
            extension.announce(page)
            try:
                html = parser.reset().convert(file.body)
            except Exception as error:
                # Extensions may raise anything. A build fails on such a page, too.
                self.failed.append(Failure(shown, described(error)))
                del pages[name]
                continue
            page.anchors = anchors_in(html)
            if on_page and on_page.spans:
                # A macro may write a heading.
                page.anchors = None
                has_macros = True
            self.visit(page)
            page.finish()
        found += check_site(self.guides, pages, pages, self.site.stand_in)
        if has_macros:
            found = [finding for finding in found if finding.code not in NEED_ALL_TEXT]
        # A snippet's error occurs on every page that includes it, but is reported once.
        graded = (self.severities.grade(finding) for finding in dict.fromkeys(found))
        return sorted((finding for finding in graded if finding is not None), key=lambda finding: finding.order)

    def _parser(self, extension: AssessorExtension, page_folder: Path) -> Markdown:
        given = self.site.extension_options(page_folder)
        options = {name: each for name, each in given.items() if name not in self.left_out}
        try:
            return Markdown(extensions=[*options, extension], extension_configs=options)
        except Exception as error:
            raise LintError(f"cannot load the Markdown extensions: {described(error)}") from error


def _unable(options: Mapping[str, Options]) -> dict[str, str]:
    """Return the Markdown extensions that fail on a page of one letter, and why."""
    why = _failure(options)
    alone = {name: _failure({name: each}) for name, each in options.items()} if why else {}
    return {name: why for name, why in alone.items() if why}


def _failure(options: Mapping[str, Options]) -> str:
    try:
        Markdown(extensions=[*options], extension_configs=dict(options)).convert("x")
    except Exception as error:
        # Such as an extension of Zensical, which needs the page that Zensical is rendering.
        return described(error)
    return ""


def _add(found: list[Finding], macros: PageMacros | None, finding: Finding) -> None:
    """Add a finding on a page, unless a macro may fill in what is wrong."""
    if macros is None or not macros.may_change(finding):
        found.append(finding)


def site_of(docs: Path | None, config: Path | None = None) -> Site:
    """Return the site of a docs folder, by default the one in the working directory.

    Raises:
        LintError: If there is no such folder, or no site.
        SettingsError: If the configuration is unreadable.
    """
    if docs is None:
        site = read_site(config) if config else site_here()
        if site is None:
            raise LintError("there is no configuration here: name the folder of the docs, as in 'assessor lint docs'")
        _check_folder(site.docs.path)
        return site
    _check_folder(docs)
    site = (read_site(config) if config else find_site(docs)) or site_without_configuration(docs)
    return dataclasses.replace(site, docs=dataclasses.replace(site.docs, path=docs))


def _check_folder(docs: Path) -> None:
    if docs.is_file():
        raise LintError(f"{str(docs)!r} is a file: name the folder of the docs, whose pages link to each other")
    if not docs.is_dir():
        beside = [each.name for each in docs.parent.glob("*") if each.is_dir()] if docs.parent.is_dir() else []
        raise LintError(f"there is no folder {str(docs)!r}.{did_you_mean(docs.name, beside)}")


def passages_in(docs: Path, ruleset_id: str, tell: Callable[[Failure], None]) -> Mapping[str, list[str]]:
    """Return the conditions of the passages about a rule set, valid or not, each with its places.

    Args:
        docs: The folder of the pages.
        ruleset_id: The id of the rule set.
        tell: Takes each unreadable page.

    Raises:
        AssessorError: If the docs, their configuration or their rule sets are unreadable.
    """
    site = site_of(docs)
    found: dict[str, list[str]] = {}

    def visit(page: Page) -> None:
        for about, condition, where in page.passages:
            if about == ruleset_id:
                place = where()
                found.setdefault(condition, []).append(f"{place.path}:{place.line}")

    linting = Linting(load_guides(rules_of(site.own), site.root, site.appearance()), site, visit=visit)
    linting.lint()
    for failure in linting.failed:
        tell(failure)
    return found
