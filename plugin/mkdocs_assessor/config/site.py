"""Read what a configuration says about its site, without loading the generator, plugins or theme."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assessor.language.words import LANGUAGE_CODE, supported_language
from mkdocs_assessor.config.appearance import Appearance, site_words
from mkdocs_assessor.config.docs_folder import DocsFolder, docs_folder
from mkdocs_assessor.config.files import (
    Options,
    configurations_in,
    find_configuration,
    listed,
    named,
    read_configuration,
)
from mkdocs_assessor.config.integrations import EXTENSION, PLUGIN, Integration
from mkdocs_assessor.config.options import check_options, placed
from mkdocs_assessor.config.rules import references
from mkdocs_assessor.config.tags import PythonTag, RelativePath, loaded
from mkdocs_assessor.diagnostics import OptionError, SettingsError

# What MkDocs and Zensical always enable.
_ALWAYS = ("toc", "tables", "fenced_code")

# What pages are likely to use if a site lists no extensions.
_USUAL = ("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc")

_USUAL_PYMDOWN = ("pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.snippets")

_SNIPPETS = "pymdownx.snippets"


@dataclass(frozen=True)
class Site:
    """The content of a configuration file and those that it inherits from, for any generator.

    Attributes:
        docs: The docs folder.
        file: The configuration file; `None` if there is none.
        output: The folder for the built site.
        plugin: The options of our plugin; `None` if it is not listed.
        extension: The options of our Markdown extension; `None` if it is not listed.
        markdown_extensions: The unevaluated options of the other Markdown extensions, by name.
        python_tags: The values that name Python objects. Only their evaluation imports or calls anything.
        theme: The options of the theme.
        watched: The paths in `watch`.
        locales: The languages that the i18n plugin builds, the default first; empty without the plugin.
        has_folders: Whether the pages of a language are in a folder, instead of having a suffix.
        macros: The options of the macros plugin; `None` if the configuration doesn't list it, or disables it.
        has_plugins: Whether it lists plugins.
        has_extensions: Whether it lists Markdown extensions.
        has_nav: Whether it lists the pages.
    """

    docs: DocsFolder
    file: Path | None = None
    output: Path = Path("site")
    plugin: Options | None = None
    extension: Options | None = None
    markdown_extensions: Mapping[str, Options] = field(default_factory=dict)
    python_tags: Sequence[PythonTag] = ()
    theme: Mapping[str, Any] = field(default_factory=dict)
    watched: tuple[Path, ...] = ()
    locales: tuple[str, ...] = ()
    has_folders: bool = False
    macros: Options | None = None
    has_plugins: bool = False
    has_extensions: bool = False
    has_nav: bool = False

    @property
    def root(self) -> Path:
        """The base folder of paths in the configuration."""
        return self.file.parent if self.file else Path()

    @property
    def integrations(self) -> list[tuple[Integration, Options]]:
        """The plugin and the extension, if listed, with their options; the one that takes effect first."""
        listed = [(PLUGIN, self.plugin), (EXTENSION, self.extension)]
        if self.docs.is_for_zensical:
            listed.reverse()
        return [(integration, options) for integration, options in listed if options is not None]

    @property
    def own(self) -> Options:
        """The options of the plugin or, if it has no effect, of the extension."""
        return next((options for _, options in self.integrations), {})

    def check_own(self) -> None:
        """Refuse invalid options of ours.

        Raises:
            OptionError: With every error, its file and its line.
        """
        for integration, options in self.integrations[:1]:
            check_options(options, integration, self.file)

    @property
    def has_page_paths(self) -> bool:
        """Whether the options of Markdown extensions depend on the page, through a `!relative` tag without a path."""
        return any(path.text == "" for path in _relative_paths([*self.markdown_extensions.values()]))

    def extension_options(self, page_folder: Path) -> dict[str, dict[str, Any]]:
        """Return the options of the other Markdown extensions by name, evaluated as in a build.

        Like a build, this imports and calls what the Python tags of the configuration name.

        Args:
            page_folder: The folder of the page to render.

        Raises:
            SettingsError: If an import or a call fails.
        """
        for tag in self.python_tags:
            # A build loads all of them, and fails if one does not exist.
            _ = tag.value
        file = self.file or Path()
        options: dict[str, dict[str, Any]] = {
            name: loaded(each, file, lambda path: path.within(self.root, self.docs.path, page_folder))
            for name, each in self.markdown_extensions.items()
        }
        if _SNIPPETS in options and self.file:
            options[_SNIPPETS] |= _found_from_anywhere(options[_SNIPPETS], self.root)
        return options

    def appearance(self) -> Appearance:
        """Return the words and templates of the site, as in a build."""
        theme_language = self._theme_language
        language = str(self.own.get("language") or "")
        words = site_words(language, theme_language, self.own.get("words") or {})
        templates = self.own.get("templates") or self.theme.get("custom_dir")
        folders = (self.root / str(templates),) if templates else ()
        return Appearance(words, folders, language or theme_language)

    @property
    def main_language(self) -> str:
        """The language in which its pages are, as the code that rule sets take; empty if nothing says so."""
        said = str(self.own.get("language") or next(iter(self.locales), "") or self._theme_language)
        code = said.replace("_", "-")
        return code if LANGUAGE_CODE.fullmatch(code) else ""

    @property
    def _theme_language(self) -> str:
        return str(self.theme.get("language") or self.theme.get("locale") or "")

    def language_of(self, page: str) -> str:
        """Return the language in which the i18n plugin builds a page, or an empty string.

        It is empty without the i18n plugin, and if our option sets a language.

        Args:
            page: The path of the page, relative to the docs folder.
        """
        if not self.locales or self.own.get("language"):
            return ""
        path = Path(page)
        said = path.parts[0] if self.has_folders else path.stem.rpartition(".")[2]
        return supported_language(said if said in self.locales else self.locales[0])

    def stand_in(self, page: str) -> str | None:
        """Return the path of the page that the i18n plugin uses for a page named in the rule set, or `None`."""
        if not self.locales:
            return None
        stem, _, suffix = page.rpartition(".")
        return f"{self.locales[0]}/{page}" if self.has_folders else f"{stem}.{self.locales[0]}.{suffix}"


def site_without_configuration(docs: Path) -> Site:
    """Return the assumed site for docs without a configuration."""
    return Site(DocsFolder(docs), markdown_extensions={name: {} for name in _usual()})


def _usual() -> tuple[str, ...]:
    has_pymdown = importlib.util.find_spec("pymdownx") is not None
    return (*_USUAL, *(_USUAL_PYMDOWN if has_pymdown else ("fenced_code",)))


def read_site(path: Path) -> Site:
    """Read a configuration of any generator.

    Args:
        path: The configuration file, or its folder.

    Raises:
        SettingsError: If there is none, or if it or one that it inherits from is unreadable.
    """
    file = find_configuration(path) if path.is_dir() else path
    is_for_zensical = file.stem == "zensical"
    configuration = read_configuration(file)
    data, root = configuration.data, file.parent
    try:
        docs = docs_folder(root, data, is_for_zensical=is_for_zensical)
    except SettingsError as error:
        raise SettingsError(f"{file}: {error}") from None
    entries, theme, watched = data.get("markdown_extensions"), data.get("theme"), data.get("watch")
    extensions = dict(_nested(named(entries)))
    extensions.pop(EXTENSION.name, None)
    always: dict[str, Options] = {name: {} for name in (_usual() if is_for_zensical and entries is None else _ALWAYS)}
    plugins = named(data.get("plugins"))
    locales, has_folders = _locales(plugins.get("i18n") or {})
    macros = plugins.get("macros")
    return Site(
        docs,
        file,
        output=root / str(data.get("site_dir") or "site"),
        plugin=listed(data, PLUGIN),
        extension=listed(data, EXTENSION),
        markdown_extensions=always | extensions,
        python_tags=configuration.python_tags,
        theme=theme if isinstance(theme, dict) else {},
        watched=tuple((root / str(each)).resolve() for each in watched) if isinstance(watched, list) else (),
        locales=locales,
        has_folders=has_folders,
        macros=None if macros is None or macros.get("enabled") is False else macros,
        has_plugins=data.get("plugins") is not None,
        has_extensions=entries is not None,
        has_nav=data.get("nav") is not None,
    )


def find_site(docs: Path) -> Site | None:
    """Return the site that a docs folder belongs to, or `None`.

    The configuration is beside the docs folder, or in a folder further up if it names the docs folder. Of several
    configurations, the first that lists us counts. If a symbolic link leads to the docs folder, the folder of the link
    comes before that of its target.

    Raises:
        SettingsError: If the configuration is unreadable.
    """
    for place in dict.fromkeys((Path(os.path.normpath(docs.absolute())), docs.resolve())):
        for folder in place.parents:
            files = configurations_in(folder)
            found = next((site for site in map(_readable, files) if site and _is_of(site, docs, place)), None)
            if found:
                return found
            if files and folder == place.parent:
                return read_site(files[0])
    return None


def site_here() -> Site | None:
    """Return the site whose configuration is in the working directory, or `None`; the first that lists us.

    Raises:
        SettingsError: If the only configuration is unreadable.
    """
    files = configurations_in(Path())
    found = next((site for site in map(_readable, files) if site and site.integrations), None)
    return found or (read_site(files[0]) if files else None)


def _readable(file: Path) -> Site | None:
    try:
        return read_site(file)
    except SettingsError:
        return None


def _is_of(site: Site, docs: Path, place: Path) -> bool:
    """Return whether a configuration lists us and belongs to a docs folder at a place."""
    is_its_own = site.root == place.parent or site.docs.path.resolve() == docs.resolve()
    return is_its_own and bool(site.integrations)


def _nested(entries: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield extensions by name. TOML splits unquoted names at their dots."""
    for name, options in entries.items():
        if name in ("pymdownx", "pymdownx.blocks", "zensical", "zensical.extensions"):
            yield from _nested({f"{name}.{part}": each for part, each in options.items()})
        else:
            yield name, options if isinstance(options, dict) else {}


def _relative_paths(value: Any) -> Iterator[RelativePath]:
    if isinstance(value, RelativePath):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _relative_paths(each)


def _found_from_anywhere(options: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Make the snippet folders absolute, so that they work from any working directory.

    A build searches below its working directory, which is the folder of the configuration.
    """
    given = options.get("base_path") or ["."]
    paths = [str(each) for each in given] if isinstance(given, (list, tuple)) else [str(given)]
    return {"base_path": list(dict.fromkeys([*paths, *(str(folder / path) for path in paths)]))}


def _locales(i18n: Mapping[str, Any]) -> tuple[tuple[str, ...], bool]:
    """Return the languages of the i18n plugin, the default first, and whether their pages are in folders."""
    languages = i18n.get("languages")
    found = [each for each in languages if isinstance(each, dict)] if isinstance(languages, list) else []
    found.sort(key=lambda each: not each.get("default"))
    return tuple(str(each.get("locale")) for each in found), i18n.get("docs_structure") == "folder"


def site_rules() -> tuple[str, Mapping[str, str]] | None:
    """Return the rule sets of the site whose configuration is in the working directory.

    Returns:
        The file name of the configuration, and the references by name, relative to the working directory. Of several
        configurations, the first that lists rules counts; if none does, the first that lists us, without references,
        because its build uses the bundled rules. `None` if no configuration lists us.

    Raises:
        SettingsError: If a configuration is unreadable.
        OptionError: If an option of ours is invalid.
    """
    without_rules: str | None = None
    for file in configurations_in(Path()):
        site = read_site(file)
        # A misspelt option would have no effect, and the wrong rules could pass.
        site.check_own()
        for integration, options in site.integrations:
            if options.get("rules") is not None:
                try:
                    return str(file), references(options["rules"])
                except OptionError as error:
                    raise SettingsError(placed(error, integration, file)) from None
            without_rules = without_rules or str(file)
    return None if without_rules is None else (without_rules, {})
