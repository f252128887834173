"""The thin MkDocs plugin: options, watching, assets and the log. What it renders, the extension renders."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_relative_url, meta

from assessor.errors import AssessorError
from assessor.loading import BUNDLED, load_ruleset, ruleset_path
from assessor.naming import did_you_mean
from assessor.words import catalogue_folder
from mkdocs_assessor.assets import Asset
from mkdocs_assessor.diagnostics import Diagnostic
from mkdocs_assessor.extension import AssessorExtension
from mkdocs_assessor.pages import Page
from mkdocs_assessor.slots import Guide

_ASSET_FOLDER = "assets"

_log = get_plugin_logger("assessor")


class AssessorConfig(Config):
    """The plugin's options in mkdocs.yml."""

    rules = config_options.Type(str, default=BUNDLED)


class AssessorPlugin(BasePlugin[AssessorConfig]):
    """Gives the extension what only MkDocs knows: where pages are, and where to log."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load the rule set and add the extension; a build may come here more than once."""
        base = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        _watch(config, Path(__file__).parent)
        _watch(config, catalogue_folder())
        try:
            _watch_rules(config, ruleset_path(self.config.rules, base).resolve(), base.resolve())
            guide = Guide.of(load_ruleset(self.config.rules, base))
        except AssessorError as error:
            raise PluginError(f"assessor: {error}") from None
        self._extension = AssessorExtension()
        self._extension.guide = guide
        self._assets: dict[str, Asset] = {}
        extensions = cast("list[Any]", config.markdown_extensions)
        extensions[:] = [each for each in extensions if not isinstance(each, AssessorExtension)]
        extensions.append(self._extension)
        return config

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
        )
        return markdown

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Add to the site what its pages have linked to."""
        for uri, asset in self._assets.items():
            if files.get_file_from_path(uri) is None:
                files.append(File.generated(config, uri, content=asset.content))
        return env

    def _link_asset(self, page: MkDocsPage, asset: Asset) -> str:
        uri = f"{_ASSET_FOLDER}/{asset.name}"
        self._assets[uri] = asset
        return get_relative_url(uri, page.url)


def _watch_rules(config: MkDocsConfig, file: Path, base: Path) -> None:
    """Watch the folder of a rule set, or only the modules in it where it holds the whole project.

    Caches and repositories lie in a project, too, and what a build writes there would start the next one.
    """
    if base.is_relative_to(file.parent):
        for module in sorted(file.parent.glob("*.py")):
            _watch(config, module)
    else:
        _watch(config, file.parent)


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
        path, hash_sign, anchor = link.partition("#")
        if not path or "//" in path or path.startswith("mailto:"):
            return link
        target = self._files.get_file_from_path(path)
        if target is None:
            known = [file.src_uri for file in self._files.documentation_pages()]
            _report(
                Diagnostic(
                    self._page.file.src_uri,
                    0,
                    "unknown-page",
                    f"a question is about {link!r}, but there is no page {path!r}.{did_you_mean(path, known)}",
                )
            )
            return f"{hash_sign}{anchor}"
        return f"{target.url_relative_to(self._page.file)}{hash_sign}{anchor}"


def _report(diagnostic: Diagnostic) -> None:
    _log.warning("%s", diagnostic)
