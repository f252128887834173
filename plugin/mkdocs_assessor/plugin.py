"""Implement the thin MkDocs plugin: options, watching, assets and the log. The extension does the rendering."""

from __future__ import annotations

import functools
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_relative_url, get_theme_dir

from assessor.errors import AssessorError
from assessor.findings.finding import Finding
from assessor.language.words import catalogue_folder
from assessor.loading.reference import BUNDLED
from mkdocs_assessor.config.appearance import Appearance, site_words
from mkdocs_assessor.config.integrations import EXTENSION, PLUGIN
from mkdocs_assessor.config.options import check_options, mistakes, placed
from mkdocs_assessor.config.rules import references, rules_of
from mkdocs_assessor.diagnostics import Severities
from mkdocs_assessor.extension import AssessorExtension
from mkdocs_assessor.generators.mkdocs_files import (
    PageLinks,
    find_page,
    is_notebook,
    lines_of,
    markdown_by_page,
    name_of,
    written_in,
)
from mkdocs_assessor.generators.notebooks import unread_notebooks
from mkdocs_assessor.generators.print_site import PRINT_SITE, repair_print_page
from mkdocs_assessor.generators.reloading import ruleset_sources
from mkdocs_assessor.generators.set_aside import SetAside
from mkdocs_assessor.page.assets import Asset
from mkdocs_assessor.page.frontmatter import chosen_ruleset, page_language
from mkdocs_assessor.page.page import Page, PageInput, anchors_in
from mkdocs_assessor.render.overrides import SUFFIX, misspelt, overriding
from mkdocs_assessor.site.shown_slots import SlotIndex

if TYPE_CHECKING:
    from mkdocs_assessor.render.guides import Guides

_ASSET_FOLDER = "assets"
_LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "note": logging.INFO}

_log = get_plugin_logger("assessor")


class AssessorConfig(Config):
    """The plugin's options in mkdocs.yml."""

    rules = config_options.Type((str, dict), default=BUNDLED)
    language = config_options.Type(str, default="")
    words = config_options.Type(dict, default={})
    diagnostics = config_options.Type(dict, default={})
    references = config_options.Type(bool, default=False)
    publish = config_options.Type(bool, default=True)


class AssessorPlugin(BasePlugin[AssessorConfig]):
    """Gives the extension what only MkDocs knows: the URLs of pages, and the log."""

    def load_config(self, options: dict[str, Any], config_file_path: str | None = None) -> tuple[Any, Any]:
        """Take the options. Our own checks report errors, with the line and the nearest name."""
        errors, warnings = super().load_config(options, config_file_path)
        ours = list(mistakes(options, PLUGIN, Path(config_file_path) if config_file_path else None))
        # MkDocs stops at the first error.
        if errors:
            errors = [(name, ValidationError(said)) for name, said in ours if name in PLUGIN.options] or errors
        return errors, [(name, dict(ours).get(name, said)) for name, said in warnings]

    # Run after the i18n plugin (-100), which sets the theme's language.
    @event_priority(-110)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load the rule set and add the extension. A build may call this more than once."""
        file = Path(config.config_file_path) if config.config_file_path else None
        base = file.parent if file else Path.cwd()
        self._reported: set[Finding] = set()
        _watch(config, Path(__file__).parent)
        _watch(config, catalogue_folder())
        try:
            check_options(config.mdx_configs.get(EXTENSION.name) or {}, EXTENSION, file)
            check_options(dict(self.config), PLUGIN, file)
            self._severities = Severities(self.config.diagnostics)
            for reference in references(self.config.rules).values():
                for source in ruleset_sources(reference, base):
                    _watch(config, source)
            appearance = self._appearance(config)
        except AssessorError as error:
            raise _ended_by(error, file) from None
        self._extension = AssessorExtension(references=self.config.references)
        self._extension.load = functools.partial(_load_guides, self.config.rules, base, appearance, file)
        if self.config.rules == BUNDLED:
            _log.info(
                "no option names the rules, so pages show the bundled guide for Medplum: name yours, 'rules: rules.py'"
            )
        if self.config.rules != BUNDLED or overriding(appearance.templates):
            # A mistake in an author's rules or templates ends the build, even if none of its pages shows them.
            for beside in self._extension.load_guides().files_beside:
                _watch(config, beside)
        self._extension.tell = self._report
        self._assets: dict[str, Asset] = {}
        self._pages: dict[str, Page] = {}
        self._aside = SetAside()
        self._add_extension(config)
        return config

    def _appearance(self, config: MkDocsConfig) -> Appearance:
        theme, own = config.theme, self.config
        if theme.name is None or theme.dirs[0] != get_theme_dir(theme.name):
            # The author's custom_dir, which MkDocs doesn't watch.
            _watch(config, Path(theme.dirs[0]))
        for finding in misspelt(map(Path, theme.dirs)):
            self._report(finding)
        # Material's own option, and that of MkDocs's own themes.
        theme_language = str(theme.get("language") or theme.get("locale") or "")
        words = site_words(own.language, theme_language, own.words)
        return Appearance(words, tuple(map(Path, theme.dirs)), own.language or theme_language)

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Keep an author's templates out of the site, since MkDocs copies theme files; prepare to find slots."""
        for file in list(files):
            if file.src_uri.endswith(SUFFIX) and file.src_dir in config.theme.dirs:
                files.remove(file)
        for finding in unread_notebooks(Path(str(file.abs_src_path)) for file in files if is_notebook(file)):
            self._report(finding)
        self._slot_index = SlotIndex(self._extension.load_guides, functools.partial(markdown_by_page, files))
        return files

    def _add_extension(self, config: MkDocsConfig) -> None:
        """Replace any other instance of the extension: of an earlier build, or of the configuration."""
        extensions = cast("list[Any]", config.markdown_extensions)
        if EXTENSION.name in extensions:
            rules = rules_of(config.mdx_configs.get(EXTENSION.name) or {})
            if rules != self.config.rules:
                _log.warning(
                    "the plugin has 'rules: %s', and %s under markdown_extensions 'rules: %s': the plugin's apply",
                    self.config.rules,
                    EXTENSION.name,
                    rules,
                )
        extensions[:] = [
            each for each in extensions if each != EXTENSION.name and not isinstance(each, AssessorExtension)
        ]
        extensions.append(self._extension)

    def on_page_markdown(self, markdown: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Announce the next page to the extension."""
        given = PageInput(
            path=page.file.src_uri,
            report=self._report,
            resolve_link=PageLinks(page, files, self._extension.siblings).resolve,
            asset_url=functools.partial(self._link_asset, page),
            elsewhere=lambda: self._slot_index.by_path,
            title=str(page.meta.get("title", "")),
            ruleset=chosen_ruleset(page.meta),
            language=page_language(page.meta, page.file.src_uri, functools.partial(lines_of, page.file), self._report),
            written=functools.partial(written_in, page.file),
            name_of=functools.partial(name_of, files),
        )
        own = self._pages[given.path] = Page(given)
        self._extension.announce(own)
        return markdown

    @event_priority(50)  # Run before plugins that write the page as text.
    def on_page_content(self, html: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Let links lead to what slots have brought, which MkDocs does not see, and set aside what may not hold."""
        self._extension.finish()
        own = self._pages.get(page.file.src_uri)
        if own is None:
            return html
        anchors = page.present_anchor_ids or set()
        if own.shown:
            anchors |= anchors_in(html)
            page.present_anchor_ids = anchors
        own.anchors = anchors
        own.finish()
        # The print-site plugin keeps what it gets here as a page.
        return self._aside.without(html) if own.shown and PRINT_SITE not in config.plugins else html

    @event_priority(100)
    def _before_search(self, context: Any, /, *, page: MkDocsPage, config: MkDocsConfig, nav: Any) -> None:
        """Set aside what search plugins would read as facts."""
        own = self._pages.get(page.file.src_uri)
        if own is not None and own.shown:
            page.content = self._aside.without(page.content or "")

    @event_priority(-100)
    def _after_search(self, context: Any, /, *, page: MkDocsPage, config: MkDocsConfig, nav: Any) -> None:
        """Restore the page for its readers."""
        if page.content:
            page.content = self._aside.restored(page.content)

    on_page_context = CombinedEvent(_before_search, _after_search)

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Run the checks that need all pages, and add the assets that pages link to."""
        if any(page.uses for page in self._pages.values()):
            self._check(files)
        for uri, asset in self._assets.items():
            if files.get_file_from_path(uri) is None:
                files.append(File.generated(config, uri, content=asset.content))
        return env

    def _check(self, files: Files) -> None:
        """Check the site as a whole, and publish the rule sets that its pages show."""
        # Import late: a site that has no guide yet starts without them.
        from mkdocs_assessor.site.checks import check_site  # noqa: PLC0415
        from mkdocs_assessor.site.publishing import published  # noqa: PLC0415

        guides = self._extension.load_guides()
        paths = [file.src_uri for file in files.documentation_pages()]
        try:
            for finding in check_site(guides, self._pages, paths, functools.partial(find_page, files)):
                self._report(finding)
        except AssessorError as error:
            raise PluginError(f"assessor: {error}") from None
        shown = {each.ruleset for page in self._pages.values() for each in page.shown}
        for guide in guides if self.config.publish else ():
            if guide.ruleset.id in shown:
                asset = published(guide)
                self._assets[asset.name] = asset

    @event_priority(-100)  # Run after the print-site plugin, which writes its page in the same event.
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Repair what other plugins broke in our HTML."""
        repair_print_page(config)

    def _link_asset(self, page: MkDocsPage, asset: Asset) -> str:
        uri = f"{_ASSET_FOLDER}/{asset.name}"
        self._assets[uri] = asset
        return get_relative_url(uri, page.url)

    def _report(self, finding: Finding) -> None:
        if finding.place.line and finding in self._reported:
            # A snippet's error occurs on every page that includes it, but needs one fix.
            return
        self._reported.add(finding)
        graded = self._severities.grade(finding)
        if graded is not None:
            # A note is not worth three lines of every build.
            width = _width_of_log()
            said = graded.fitted(width) if width else str(graded)
            said = graded.headline if graded.severity == "note" else said
            _log.log(_LEVELS[graded.severity], "%s", said)


def _width_of_log() -> int:
    """Return how many characters a line of MkDocs's log has before it wraps, or 0 if it never does."""
    # ProperDocs has its own logger.
    for handler in [each for name in ("mkdocs", "properdocs") for each in logging.getLogger(name).handlers]:
        wrapper = getattr(handler.formatter, "text_wrapper", None)
        if wrapper is not None and wrapper.width:
            return max(40, int(wrapper.width) - len(wrapper.subsequent_indent))
    return 0


def _load_guides(rules: object, base: Path, appearance: Appearance, file: Path | None) -> Guides:
    """Load what all pages share.

    Raises:
        PluginError: If a rule set, or a template of the author's, is invalid.
    """
    from mkdocs_assessor.render.guides import load_guides  # noqa: PLC0415 - see `AssessorPlugin._check`

    try:
        return load_guides(rules, base, appearance)
    except AssessorError as error:
        raise _ended_by(error, file) from None


def _ended_by(error: AssessorError, file: Path | None) -> PluginError:
    """Return what ends the build for a mistake in the configuration, or in what it names."""
    return PluginError("\n".join(f"assessor: {line}" for line in placed(error, PLUGIN, file).splitlines()))


def _watch(config: MkDocsConfig, path: Path) -> None:
    """Rebuild when a file, or anything in a folder, changes, including new files."""
    if str(path) not in config.watch:
        config.watch.append(str(path))
