"""Describe our options in a site's configuration as a JSON Schema, for editors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessor.findings.codes import PAGE_CODES
from assessor.language.words import english, forms, languages
from mkdocs_assessor.config.integrations import EXTENSION, EXTENSION_OPTIONS, PLUGIN, Integration
from mkdocs_assessor.config.rules import NAME, RESERVED

_TYPES = {str: "string", bool: "boolean", dict: "object"}
# What Python-Markdown reads as true or false, in any case: the words may come from environment variables.
_SWITCHES = (
    "|".join(
        "".join(f"[{letter}{letter.upper()}]" for letter in word)
        for word in ("true", "yes", "y", "on", "false", "no", "n", "off", "none")
    )
    + "|[01]"
)
_PLUGIN_ONLY = {
    "publish": "Whether the site contains the rule set as JSON",
    "enabled": "Whether the plugin runs; without it, slots stay comments",
}


def configuration_schema() -> dict[str, Any]:
    """Return the JSON Schema of `mkdocs.yml` or `properdocs.yml`, which says something of our options only.

    It is of draft 7, which all language servers for YAML read, and allows whatever belongs to others.
    """
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Options of mkdocs-assessor",
        "description": "The options of the plugin assessor and of the Markdown extension mkdocs_assessor.",
        "type": "object",
        "properties": {integration.section: _section(integration) for integration in (PLUGIN, EXTENSION)},
        "definitions": {**_KINDS} | {integration.name: _options(integration) for integration in (PLUGIN, EXTENSION)},
    }


def _section(integration: Integration) -> dict[str, Any]:
    """Return the schema of a list of plugins or extensions, which may also be a mapping."""
    entries = {"type": "object", "properties": {integration.name: {"$ref": f"#/definitions/{integration.name}"}}}
    return {"anyOf": [{"type": "array", "items": {"anyOf": [{"type": "string"}, entries]}}, entries]}


def _options(integration: Integration) -> dict[str, Any]:
    return {
        # An entry without options has none after the colon.
        "type": ["object", "null"],
        "properties": {name: _option(name, default, integration) for name, default in integration.options.items()},
        "additionalProperties": False,
    }


def _option(name: str, default: object, integration: Integration) -> dict[str, Any]:
    description = EXTENSION_OPTIONS[name][1] if name in EXTENSION_OPTIONS else _PLUGIN_ONLY[name]
    said: dict[str, Any] = {"description": f"{description}."}
    if default:
        said["default"] = default
    # In draft 7, nothing beside a reference counts, except in "allOf".
    kind = {"allOf": [{"$ref": f"#/definitions/{name}"}]} if name in _KINDS else _plain(default, integration)
    return {**said, **kind}


def _plain(default: object, integration: Integration) -> dict[str, Any]:
    if isinstance(default, bool) and integration.reads_words:
        return {"type": ["boolean", "string", "null"], "pattern": f"^(?:{_SWITCHES})$"}
    return {"type": [_TYPES[type(default)], "null"]}


def _mapping(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": ["object", "null"], "properties": properties, "additionalProperties": False}


_KINDS: Mapping[str, dict[str, Any]] = {
    "rules": {
        "type": ["string", "object", "null"],
        "minProperties": 1,
        "propertyNames": {"pattern": f"^{NAME}$", "not": {"enum": sorted(RESERVED)}},
        "additionalProperties": {"type": "string"},
    },
    # A region may follow, as in de-AT.
    "language": {
        "type": ["string", "null"],
        "anyOf": [{"enum": [*languages(), *forms(), "", None]}, {"pattern": f"^(?:{'|'.join(languages())})[-_]"}],
    },
    "words": _mapping({key: {"type": "string", "description": text} for key, text in english().items()}),
    # YAML reads `off` as false.
    "diagnostics": _mapping(
        {
            code: {"enum": ["warning", "note", "off", False], "description": each.description}
            for code, each in PAGE_CODES.items()
        }
    ),
}
