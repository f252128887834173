"""What a site's configuration says of Markdown and of us, read without its generator, its plugins or its theme."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from mkdocs_assessor.config.appearance import Appearance, site_words, supported_language
from mkdocs_assessor.config.files import (
    CONFIGURATIONS,
    Options,
    SettingsError,
    _Loader,
    environment,
    listed,
    named,
    read_configuration,
)
from mkdocs_assessor.config.integrations import EXTENSION, PLUGIN, Integration
from mkdocs_assessor.config.options import check_options, placed
from mkdocs_assessor.config.rules import references
from mkdocs_assessor.diagnostics import OptionError

# What MkDocs adds by itself, and Zensical.
_ALWAYS = ("toc", "tables", "fenced_code")

# What the pages of a site that names none are likely to use.
_USUAL = ("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc")

_USUAL_PYMDOWN = ("pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.snippets")

# What TOML, which has no tags, writes as the path of a Python object.
_OBJECTS = ("emoji_generator", "emoji_index", "format", "slugify", "validator")

_SNIPPETS = "pymdownx.snippets"


@dataclass(frozen=True)
class SiteConfig:
    """What a site says of its pages.

    Attributes:
        file: The configuration; `None` if there is none.
        extensions: The names of Markdown extensions, without ours.
        options: Their options.
        own: The options of our plugin or extension.
        theme: The options of the theme.
        locales: The languages that the i18n plugin builds, the default one first; empty without it.
        has_folders: Whether pages of a language have a folder, and no suffix.
    """

    file: Path | None = None
    extensions: tuple[str, ...] = ()
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    own: Mapping[str, Any] = field(default_factory=dict)
    theme: Mapping[str, Any] = field(default_factory=dict)
    locales: tuple[str, ...] = ()
    has_folders: bool = False

    @property
    def folder(self) -> Path | None:
        """The folder from which the paths in it start; `None` if there is no configuration."""
        return self.file.parent if self.file else None

    def appearance(self) -> Appearance:
        """Return how the site looks and what language it speaks, as a build finds it."""
        theme_language = str(self.theme.get("language") or self.theme.get("locale") or "")
        words = site_words(self.own.get("language") or "", theme_language, self.own.get("words") or {})
        templates = self.own.get("templates") or self.theme.get("custom_dir")
        return Appearance(words, ((self.folder or Path()) / str(templates),) if templates else ())

    def language_of(self, page: str) -> str:
        """Return the language in which the i18n plugin builds a page, if it does and nothing else is named for us.

        Args:
            page: The path of the page, relative to the docs folder.
        """
        if not self.locales or self.own.get("language"):
            return ""
        path = Path(page)
        said = path.parts[0] if self.has_folders else path.stem.rpartition(".")[2]
        return supported_language(said if said in self.locales else self.locales[0])

    def stand_in(self, page: str) -> str | None:
        """Return the path of the page that the i18n plugin has for one of the rule set's, if it does."""
        if not self.locales:
            return None
        stem, _, suffix = page.rpartition(".")
        return f"{self.locales[0]}/{page}" if self.has_folders else f"{stem}.{self.locales[0]}.{suffix}"


def usual_config() -> SiteConfig:
    """Return what is assumed of docs without a configuration."""
    return SiteConfig(extensions=_usual())


def _usual() -> tuple[str, ...]:
    has_pymdown = importlib.util.find_spec("pymdownx") is not None
    return (*_USUAL, *(_USUAL_PYMDOWN if has_pymdown else ("fenced_code",)))


def read_config(file: Path) -> SiteConfig:
    """Read the configuration of any generator.

    Raises:
        SettingsError: If it, or one that it inherits, cannot be read.
        OptionError: If it gives us an option that means nothing.
    """
    is_for_zensical = file.stem == "zensical"
    data = read_configuration(file, _loader)
    entries = data.get("markdown_extensions")
    extensions = {name: _with_objects(options, file) for name, options in _nested(named(entries))}
    extensions.pop(EXTENSION.name, None)
    doors = (EXTENSION, PLUGIN) if is_for_zensical else (PLUGIN, EXTENSION)
    door = next((each for each in doors if listed(data, each) is not None), doors[0])
    own = listed(data, door) or {}
    check_options(own, door, file)
    names = _usual() if is_for_zensical and entries is None else tuple(dict.fromkeys((*_ALWAYS, *extensions)))
    if _SNIPPETS in names:
        extensions[_SNIPPETS] = _with_folder(extensions.get(_SNIPPETS, {}), file.parent)
    theme = data.get("theme")
    locales, has_folders = _locales(named(data.get("plugins")).get("i18n") or {})
    return SiteConfig(
        file,
        names,
        extensions,
        own=own,
        theme=theme if isinstance(theme, dict) else {},
        locales=locales,
        has_folders=has_folders,
    )


def _nested(entries: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield extensions by their names, which TOML takes apart at their dots where they are not quoted."""
    for name, options in entries.items():
        if name in ("pymdownx", "pymdownx.blocks", "zensical", "zensical.extensions"):
            yield from _nested({f"{name}.{part}": each for part, each in options.items()})
        else:
            yield name, options if isinstance(options, dict) else {}


def _with_objects(options: Any, file: Path) -> Any:
    """Return options with the Python objects that they name by a path, as Zensical does."""
    if isinstance(options, list):
        return [_with_objects(each, file) for each in options]
    if not isinstance(options, dict):
        return options
    found = {name: _with_objects(value, file) for name, value in options.items()}
    for name in _OBJECTS:
        value = found.get(name)
        if isinstance(value, str) and "." in value:
            found[name] = _imported(value, file)
        elif isinstance(value, dict) and isinstance(value.get("object"), str):
            found[name] = _imported(value["object"], file)(**value.get("kwds", {}))
    return found


def _imported(path: str, file: Path) -> Any:
    try:
        return _find(path)
    except (ImportError, AttributeError, ValueError):
        raise SettingsError(f"{file}: markdown_extensions: there is no {path!r} to import") from None


def _find(path: str) -> Any:
    module, _, name = path.rpartition(".")
    # Zensical has its own of that name, and reads this one as its own where Material is not there.
    if module.startswith("material.extensions") and importlib.util.find_spec("material") is None:
        module = module.replace("material", "zensical", 1)
    return getattr(importlib.import_module(module), name)


def _with_folder(options: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return the options of snippets that are found wherever the command is run.

    A build looks for them below its working directory, which is the folder of the configuration.
    """
    given = options.get("base_path") or ["."]
    paths = [str(each) for each in given] if isinstance(given, (list, tuple)) else [str(given)]
    return {**options, "base_path": list(dict.fromkeys([*paths, *(str(folder / path) for path in paths)]))}


def _locales(i18n: Mapping[str, Any]) -> tuple[tuple[str, ...], bool]:
    """Return the languages of the i18n plugin, the default one first, and whether their pages have folders."""
    languages = i18n.get("languages")
    found = [each for each in languages if isinstance(each, dict)] if isinstance(languages, list) else []
    found.sort(key=lambda each: not each.get("default"))
    return tuple(str(each.get("locale")) for each in found), i18n.get("docs_structure") == "folder"


def _loader(folder: Path) -> type[yaml.SafeLoader]:
    """Return a loader that knows the tags which MkDocs and its users write."""

    class Loader(yaml.SafeLoader):
        pass

    def relative(loader: yaml.SafeLoader, node: yaml.Node) -> str:
        return str(folder / str(node.value).replace("$config_dir", ".").replace("$docs_dir", "docs"))

    def name(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Any:
        try:
            return _find(suffix)
        except (ImportError, AttributeError, ValueError):
            raise yaml.constructor.ConstructorError(
                None, None, f"there is no {suffix!r} to import", node.start_mark
            ) from None

    def applied(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Any:
        said = loader.construct_mapping(node, deep=True) if isinstance(node, yaml.MappingNode) else {}
        made = name(loader, suffix, node)
        return made(*said.get("args", ()), **said.get("kwds", {}))

    Loader.add_constructor("!relative", relative)
    Loader.add_constructor("!ENV", environment)
    Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", name)
    Loader.add_multi_constructor("tag:yaml.org,2002:python/object/apply:", applied)
    Loader.add_multi_constructor("!", lambda loader, suffix, node: None)
    return Loader


@dataclass(frozen=True)
class Settings:
    """What a configuration file and those that it inherits say.

    Attributes:
        file: The configuration file.
        docs: The docs folder.
        site: The folder that the site is built into.
        plugin: The options of the plugin; `None` where it is not listed.
        extension: The options of the Markdown extension; `None` where it is not listed.
        watched: What `watch` lists, as paths.
    """

    file: Path
    docs: Path
    site: Path
    plugin: Options | None
    extension: Options | None
    watched: tuple[Path, ...]

    @property
    def root(self) -> Path:
        """The folder of the project."""
        return self.file.parent

    @property
    def doors(self) -> list[tuple[Integration, Options]]:
        """The doors that are listed, with their options."""
        listed = ((PLUGIN, self.plugin), (EXTENSION, self.extension))
        return [(door, options) for door, options in listed if options is not None]


def configuration_of(docs: Path) -> Path | None:
    """Return the configuration that a docs folder belongs to, if there is one.

    It lies beside the folder, or further up where it names the folder; of several, the first that lists us.
    """
    docs = docs.resolve()
    for folder in docs.parents:
        files = [folder / name for name in CONFIGURATIONS if (folder / name).is_file()]
        lists_us = {file: _lists_us(file, docs if folder != docs.parent else None) for file in files}
        chosen = next((file for file in files if lists_us[file]), None)
        if chosen or (files and folder == docs.parent):
            return chosen or files[0]
    return None


def _lists_us(file: Path, docs: Path | None) -> bool:
    try:
        settings = read_settings(file)
    except SettingsError:
        return False
    is_its_own = docs is None or settings.docs.resolve() == docs
    return is_its_own and not settings.plugin is settings.extension is None


def read_settings(file: Path) -> Settings:
    """Read a configuration file.

    Raises:
        SettingsError: If it, or one that it inherits, cannot be read.
    """
    data = read_configuration(file, lambda folder: _Loader)
    root = file.parent
    watched = data.get("watch") or []
    return Settings(
        file=file,
        docs=root / str(data.get("docs_dir") or "docs"),
        site=root / str(data.get("site_dir") or "site"),
        plugin=listed(data, PLUGIN),
        extension=listed(data, EXTENSION),
        watched=tuple((root / str(each)).resolve() for each in watched) if isinstance(watched, list) else (),
    )


def site_rules() -> tuple[str, Mapping[str, str]] | None:
    """Return the rule sets of the site whose configuration lies in the working directory.

    Returns:
        The name of the configuration and the references by name, relative to the working directory; of several
        configurations the first that names rules, or else the first, and no references. `None` if there is none.

    Raises:
        SettingsError: If a configuration cannot be read, or its option `rules` is none.
    """
    files = [file for file in map(Path, CONFIGURATIONS) if file.is_file()]
    for file in files:
        settings = read_settings(file)
        for door, options in settings.doors:
            if options.get("rules") is not None:
                try:
                    return str(file), references(options["rules"])
                except OptionError as error:
                    raise SettingsError(placed(error, door, file)) from None
    return (str(files[0]), {}) if files else None
