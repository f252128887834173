"""What `mkdocs.yml` says of Markdown and of this plugin, read without MkDocs, its plugins or its theme."""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from assessor.errors import AssessorError, Location

# What MkDocs adds by itself.
_ALWAYS = ("toc", "tables", "fenced_code")
# What the pages of a site without such a file are likely to use.
_USUAL = ("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc")
_USUAL_PYMDOWN = ("pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.snippets")
_OURS = ("assessor", "mkdocs_assessor")


class ConfigError(AssessorError):
    """A configuration that cannot be read."""


@dataclass(frozen=True)
class SiteConfig:
    """What a site says of its Markdown.

    Attributes:
        folder: The folder of the configuration, from which paths in it start; `None` if there is none.
        extensions: The names of Markdown extensions, without ours.
        options: Their options.
        plugin: The options of our plugin or extension.
    """

    folder: Path | None = None
    extensions: tuple[str, ...] = ()
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    plugin: Mapping[str, Any] = field(default_factory=dict)


def usual_config() -> SiteConfig:
    """Return what is assumed of docs without a configuration."""
    has_pymdown = importlib.util.find_spec("pymdownx") is not None
    return SiteConfig(extensions=(*_USUAL, *(_USUAL_PYMDOWN if has_pymdown else ("fenced_code",))))


def read_config(path: Path) -> SiteConfig:
    """Read a `mkdocs.yml`.

    Raises:
        ConfigError: If it cannot be read, or is no mapping.
    """
    try:
        with path.open("rb") as stream:
            data = yaml.load(stream, _loader(path.parent))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        raise ConfigError(f"{Location(str(path), line)}: not valid YAML: {problem}") from None
    if not isinstance(data, dict):
        raise ConfigError(f"{path}: not a configuration: it is no mapping")
    named = _named(data.get("markdown_extensions"))
    plugins = _named(data.get("plugins"))
    ours = next((options for name, options in (plugins | named).items() if name in _OURS), {})
    others = {name: options for name, options in named.items() if name not in _OURS}
    return SiteConfig(path.parent, tuple(dict.fromkeys((*_ALWAYS, *others))), others, ours)


def _named(entries: Any) -> dict[str, dict[str, Any]]:
    """Return a list of names, some of them with options, as options by name."""
    if isinstance(entries, dict):
        entries = [{name: options} for name, options in entries.items()]
    found: dict[str, dict[str, Any]] = {}
    for entry in entries if isinstance(entries, list) else []:
        for name, options in entry.items() if isinstance(entry, dict) else [(entry, None)]:
            found[str(name)] = options if isinstance(options, dict) else {}
    return found


def _loader(folder: Path) -> type[yaml.SafeLoader]:
    """Return a loader that knows the tags which MkDocs and its users write."""

    class Loader(yaml.SafeLoader):
        pass

    def relative(loader: yaml.SafeLoader, node: yaml.Node) -> str:
        return str(folder / str(node.value).replace("$config_dir", ".").replace("$docs_dir", "docs"))

    def environment(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
        names = loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else [node.value]
        given = [os.environ[name] for name in names if isinstance(name, str) and name in os.environ]
        return yaml.safe_load(given[0]) if given else (names[-1] if len(names) > 1 else None)

    def named(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Any:
        module, _, name = suffix.rpartition(".")
        try:
            return getattr(importlib.import_module(module), name)
        except (ImportError, AttributeError, ValueError):
            raise yaml.constructor.ConstructorError(
                None, None, f"there is no {suffix!r} to import", node.start_mark
            ) from None

    Loader.add_constructor("!relative", relative)
    Loader.add_constructor("!ENV", environment)
    Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", named)
    Loader.add_multi_constructor("!", lambda loader, suffix, node: None)
    return Loader
