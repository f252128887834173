"""Describe the plugin and the extension: their options, and where configurations set them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from assessor.errors import Location
from assessor.loading.reference import BUNDLED

EXTENSION_OPTIONS: Mapping[str, tuple[object, str]] = {
    "rules": (BUNDLED, "The rule set, as a path or a module; or a mapping of names to such references"),
    "language": ("", "The language of our words; by default the theme's, where that is known"),
    "words": ({}, "Texts that replace ours, by their key"),
    "templates": ("", "A folder whose templates go before ours; by default the theme's custom_dir"),
    "strict": (False, "Whether a mistake raises an error, for generators whose log cannot fail a build"),
    "docs": ("docs", "The folder of the pages, for links that lead to another page"),
    "references": (False, "Whether a reference follows each link to a fact, to where the site shows the fact"),
    "diagnostics": ({}, "The severity of each kind of mistake: warning, note or off, by code"),
}
"""The default and the meaning of each option of the extension."""


@dataclass(frozen=True, eq=False)
class Integration:
    """The plugin or the extension, as listed in configurations.

    Attributes:
        section: The list of the configuration that it belongs to.
        name: Its name in that list.
        options: The default of each option.
        reads_words: Whether "yes" and similar words count as true, as in Python-Markdown.
    """

    section: str
    name: str
    options: Mapping[str, object]
    reads_words: bool = False

    def lines(self, config: Path | None) -> list[Location]:
        """Return where a YAML configuration, or else one that it inherits from, lists it; otherwise nothing."""
        return [_location(name) for name, _ in (self._entries(config) if config else ())]

    def locate(self, config: Path, *keys: str) -> Location:
        """Return the place of an option, or the configuration file if the line is unknown.

        Args:
            config: The configuration file.
            keys: The name of the option, and the keys below it. Keys that don't exist have no effect.
        """
        # If there are several, generators use the last.
        name, node = next(reversed(self._entries(config)), (None, None))
        for key in keys:
            below = next(((each, value) for each, value in _pairs(node) if each.value == str(key)), None)
            if below is None:
                break
            name, node = below
        return _location(name) if name else Location(str(config))

    def _entries(self, config: Path) -> list[tuple[yaml.Node, yaml.Node | None]]:
        """Return the name and options of each entry, as YAML nodes with line numbers."""
        try:
            with config.open(encoding="utf-8") as file:
                said = {key.value: value for key, value in _pairs(yaml.compose(file, yaml.SafeLoader))}
        except (OSError, ValueError, RecursionError, yaml.YAMLError):
            return []
        section, parent = said.get(self.section), said.get("INHERIT")
        items = section.value if isinstance(section, yaml.SequenceNode) else [section]
        found: list[tuple[yaml.Node, yaml.Node | None]] = []
        for item in items:
            pairs = [(item, None)] if isinstance(item, yaml.ScalarNode) else _pairs(item)
            found += [(name, options) for name, options in pairs if name.value == self.name]
        return found if found or parent is None else self._entries(config.parent / str(parent.value))


PLUGIN = Integration(
    "plugins",
    "assessor",
    {name: EXTENSION_OPTIONS[name][0] for name in ("rules", "language", "words", "diagnostics", "references")}
    # MkDocs itself handles the last option.
    | {"publish": True, "enabled": True},
)
EXTENSION = Integration(
    "markdown_extensions",
    "mkdocs_assessor",
    {name: default for name, (default, _) in EXTENSION_OPTIONS.items()},
    reads_words=True,
)
INTEGRATIONS = (PLUGIN, EXTENSION)


def _pairs(node: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    yield from node.value if isinstance(node, yaml.MappingNode) else ()


def _location(node: yaml.Node) -> Location:
    return Location(node.start_mark.name, node.start_mark.line + 1)
