"""The thin MkDocs plugin: options, watching, assets and the log. What it renders, the extension renders."""

from __future__ import annotations

import functools
import logging
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_relative_url, get_theme_dir, meta

from assessor.checking import SEVERITIES
from assessor.errors import AssessorError, Location
from assessor.loading import BUNDLED, load_ruleset
from assessor.words import catalogue_folder
from mkdocs_assessor.assets import Asset
from mkdocs_assessor.diagnostics import Diagnostic
from mkdocs_assessor.extension import EXTENSION, AssessorExtension
from mkdocs_assessor.looks import Looks, choose_words, page_language
from mkdocs_assessor.overriding import SUFFIX, misspelt
from mkdocs_assessor.pages import Page, is_within_docs, unknown_page
from mkdocs_assessor.print_site import mend_print_page
from mkdocs_assessor.reloading import ruleset_sources
from mkdocs_assessor.slots import Guide
from mkdocs_assessor.soundness import unsound

_ASSET_FOLDER = "assets"

_log = get_plugin_logger("assessor")


class AssessorConfig(Config):
    """The plugin's options in mkdocs.yml."""

    rules = config_options.Type(str, default=BUNDLED)
    language = config_options.Type(str, default="")
    words = config_options.Type(dict, default={})


class AssessorPlugin(BasePlugin[AssessorConfig]):
    """Gives the extension what only MkDocs knows: where pages are, and where to log."""

    # After the i18n plugin (-100), which sets the theme's language.
    @event_priority(-110)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load the rule set and add the extension; a build may come here more than once."""
        base = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        _watch(config, Path(__file__).parent)
        _watch(config, catalogue_folder())
        try:
            for source in ruleset_sources(self.config.rules, base):
                _watch(config, source)
            ruleset = load_ruleset(self.config.rules, base)
            diagnostics = unsound(ruleset)
            guide = Guide.of(ruleset, self._looks(config))
        except AssessorError as error:
            raise PluginError(f"assessor: {error}") from None
        for diagnostic in diagnostics:
            _log.log(logging.ERROR if SEVERITIES[diagnostic.code] == "error" else logging.WARNING, "%s", diagnostic)
        self._extension = AssessorExtension()
        self._extension.guide = guide
        self._assets: dict[str, Asset] = {}
        self._add_extension(config)
        return config

    def _looks(self, config: MkDocsConfig) -> Looks:
        theme, own = config.theme, self.config
        if theme.name is None or theme.dirs[0] != get_theme_dir(theme.name):
            # The author's custom_dir, which MkDocs watches only if it is told to.
            _watch(config, Path(theme.dirs[0]))
        for template, problem in misspelt(map(Path, theme.dirs)):
            _report(Diagnostic(str(Location(str(template))), 0, "unknown-template", problem))
        # Material's own option, and that of MkDocs's themes.
        theme_language = str(theme.get("language") or theme.get("locale") or "")
        file = Path(config.config_file_path) if config.config_file_path else None
        words = choose_words(own.language, theme_language, own.words, file)
        return Looks(words, tuple(map(Path, theme.dirs)))

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Keep an author's templates off the site: MkDocs takes them for files of the theme."""
        for file in list(files):
            if file.src_uri.endswith(SUFFIX) and file.src_dir in config.theme.dirs:
                files.remove(file)
        return files

    def _add_extension(self, config: MkDocsConfig) -> None:
        """Put ours in the place of any other: of an earlier build, or of the configuration, which Zensical shares."""
        extensions = cast("list[Any]", config.markdown_extensions)
        if EXTENSION in extensions:
            rules = config.mdx_configs.get(EXTENSION, {}).get("rules", BUNDLED)
            if rules != self.config.rules:
                _log.warning(
                    "the plugin has 'rules: %s', and %s under markdown_extensions 'rules: %s': the plugin's are used",
                    self.config.rules,
                    EXTENSION,
                    rules,
                )
        extensions[:] = [each for each in extensions if each != EXTENSION and not isinstance(each, AssessorExtension)]
        extensions.append(self._extension)

    def on_page_markdown(self, markdown: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Tell the extension which page comes next."""
        content = page.file.content_string
        body, _ = meta.get_data(content)
        links = _PageLinks(page, files)
        self._extension.page = Page(
            path=page.file.src_uri,
            report=_report,
            resolve_link=links.resolve,
            asset_url=functools.partial(self._link_asset, page),
            first_line=content.count("\n") - body.count("\n"),
            language=page_language(page.meta, page.file.src_uri, content.splitlines(), _report),
        )
        return markdown

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Add to the site what its pages have linked to."""
        for uri, asset in self._assets.items():
            if files.get_file_from_path(uri) is None:
                files.append(File.generated(config, uri, content=asset.content))
        return env

    @event_priority(-100)  # The plugin print-site writes its page in the same event.
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Mend what other plugins made of our parts."""
        mend_print_page(config)

    def _link_asset(self, page: MkDocsPage, asset: Asset) -> str:
        uri = f"{_ASSET_FOLDER}/{asset.name}"
        self._assets[uri] = asset
        return get_relative_url(uri, page.url)


def _watch(config: MkDocsConfig, path: Path) -> None:
    """Rebuild when a file, or anything in a folder, changes: a rule set's neighbours count, and so do files to come."""
    if str(path) not in config.watch:
        config.watch.append(str(path))


class _PageLinks:
    """Turns what a slot links to into URLs relative to the slot's page."""

    def __init__(self, page: MkDocsPage, files: Files) -> None:
        self._page = page
        self._files = files

    def resolve(self, link: str) -> str:
        if not is_within_docs(link):
            return link
        path, hash_sign, anchor = link.partition("#")
        target = self._files.get_file_from_path(path)
        if target is None:
            known = [file.src_uri for file in self._files.documentation_pages()]
            _report(unknown_page(self._page.file.src_uri, link, known))
            return f"{hash_sign}{anchor}"
        return f"{target.url_relative_to(self._page.file)}{hash_sign}{anchor}"


def _report(diagnostic: Diagnostic) -> None:
    _log.warning("%s", diagnostic)
