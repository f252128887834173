"""Read the parts of a configuration file that concern us, for any generator."""

from __future__ import annotations

import contextlib
import functools
import importlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assessor.errors import did_you_mean
from mkdocs_assessor.config.integrations import INTEGRATIONS, Integration
from mkdocs_assessor.config.tags import PythonTag, not_valid_yaml, read_yaml
from mkdocs_assessor.diagnostics import SettingsError

CONFIGURATIONS = ("properdocs.yml", "mkdocs.yml", "mkdocs.yaml", "zensical.toml", "zensical.yml")

# Deeper than any real configuration, yet shallow enough for recursive readers.
_DEEPEST = 100

Options = Mapping[str, Any]


@dataclass(frozen=True)
class Configuration:
    """The content of a configuration file and those that it inherits from.

    Attributes:
        data: The merged content.
        python_tags: The values in any of the files that name Python objects.
    """

    data: Mapping[str, Any]
    python_tags: Sequence[PythonTag]


def configurations_in(folder: Path) -> list[Path]:
    """Return the configuration files of a folder, in the order in which a generator would look for them."""
    return [folder / name for name in CONFIGURATIONS if (folder / name).is_file()]


def find_configuration(folder: Path) -> Path:
    """Return the configuration file of a folder; of several, the one that a generator would use first.

    Raises:
        SettingsError: If there is none.
    """
    found = configurations_in(folder)
    if not found:
        raise SettingsError(f"{folder}: there is no {', '.join(CONFIGURATIONS[:-1])} or {CONFIGURATIONS[-1]} here")
    return found[0]


def read_configuration(file: Path) -> Configuration:
    """Read a configuration file and those that it inherits from.

    Zensical appends a list to the inherited one. The other generators replace it.

    Raises:
        SettingsError: If a file is unreadable.
    """
    children: list[dict[str, Any]] = []
    tags: list[PythonTag] = []
    read = set()
    following: Path | None = file
    while following is not None:
        if os.path.realpath(following) in read:
            raise SettingsError(f"{following}: INHERIT: files inherit from each other without end")
        read.add(os.path.realpath(following))
        data, found = _read(following)
        children.append(data)
        tags += found
        parent = data.get("INHERIT")
        following = following.parent / str(parent) if parent else None
    merge = functools.partial(_merged, adds_lists=file.stem == "zensical")
    return Configuration(functools.reduce(merge, reversed(children)), tags)


def _read(file: Path) -> tuple[dict[str, Any], list[PythonTag]]:
    data, tags = _parse(file)
    if not isinstance(data, dict):
        raise SettingsError(f"{file}: a configuration is a mapping, such as 'site_name: A guide'")
    for integration in INTEGRATIONS:
        _check_entries(data.get(integration.section), integration, file)
    return data, tags


def _parse(file: Path) -> tuple[Any, list[PythonTag]]:
    try:
        data, tags = (_parse_toml(file), []) if file.suffix == ".toml" else read_yaml(file)
        is_too_deep = _is_deeper(data, _DEEPEST)
    except SettingsError:
        raise
    except OSError as error:
        beside = [each.name for each in configurations_in(file.parent)]
        hint = did_you_mean(file.name, beside) if isinstance(error, FileNotFoundError) else ""
        raise SettingsError(f"{file}: cannot read the file: {error.strerror}.{hint}") from None
    except yaml.MarkedYAMLError as error:
        raise not_valid_yaml(file, error) from None
    except RecursionError:
        is_too_deep = True
    except Exception as error:
        # PyYAML raises many kinds of errors for a value that does not fit its tag, such as `!!int x`.
        said = str(error).partition("\n")[0]
        raise SettingsError(f"{file}: cannot read the file: {said}") from None
    if is_too_deep:
        raise SettingsError(f"{file}: cannot read the file: it has more than {_DEEPEST} nested levels")
    return data, tags


def _is_deeper(data: object, levels: int) -> bool:
    """Return whether data has more than some number of nested levels, or contains itself."""
    level: list[object] = [data]
    for _ in range(levels):
        below: dict[int, object] = {}
        for each in level:
            values = each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
            # Compare by identity: YAML aliases may put one value in many places.
            below |= {id(value): value for value in values if isinstance(value, (dict, list))}
        level = list(below.values())
    return bool(level)


def _check_entries(section: Any, integration: Integration, file: Path) -> None:
    """Refuse our options if they are beside our name instead of below it: generators report these unclearly."""
    for entry in section if isinstance(section, list) else []:
        if not isinstance(entry, dict) or integration.name not in entry:
            continue
        given = entry[integration.name]
        beside = {str(name): value for name, value in entry.items() if name != integration.name}
        # Another plugin or extension would have a mapping or nothing as its value.
        options = [
            name for name, value in beside.items() if name in integration.options or not isinstance(value, dict | None)
        ]
        if options:
            said = f"indent {_joined(options)} below '{integration.name}:'; beside it, nothing reads that"
        elif beside:
            said = f"begin {_joined(entry)} with '- ' each: an entry of {integration.section} has one name"
        elif given and not isinstance(given, dict):
            said = (
                f"{integration.name}: write a mapping, such as '{integration.name}: {{rules: rules.py}}', not {given!r}"
            )
        else:
            continue
        raise SettingsError(f"{integration.locate(file)}: {said}")


def _joined(names: Iterable[object]) -> str:
    return " and ".join(repr(str(name)) for name in names)


def _parse_toml(file: Path) -> Any:
    # The first comes with Python 3.11 and newer, the second with Zensical.
    for name in ("tomllib", "tomli"):
        with contextlib.suppress(ImportError):
            toml = importlib.import_module(name)
            break
    else:
        raise SettingsError(f"{file}: reading TOML with Python 3.10 needs a package; run 'pip install tomli'")
    data = toml.loads(file.read_text(encoding="utf-8"))
    return data.get("project", data)


def _merged(parent: Mapping[str, Any], child: Mapping[str, Any], adds_lists: bool) -> dict[str, Any]:
    merged = {**parent, **child}
    for key in parent.keys() & child.keys():
        if adds_lists and isinstance(parent[key], list) and isinstance(child[key], list):
            merged[key] = [*parent[key], *child[key]]
        elif isinstance(parent[key], dict) and isinstance(child[key], dict):
            merged[key] = _merged(parent[key], child[key], adds_lists)
    return merged


def named(entries: Any) -> dict[str, Any]:
    """Return a list, or a mapping, of names and options as a mapping of names to options."""
    if isinstance(entries, dict):
        entries = [{key: value} for key, value in entries.items()]
    found: dict[str, Any] = {}
    for entry in entries if isinstance(entries, list) else []:
        for name, options in entry.items() if isinstance(entry, dict) else [(entry, None)]:
            found[str(name)] = options if isinstance(options, dict) else {}
    return found


def listed(data: Mapping[str, Any], integration: Integration) -> Options | None:
    """Return the options for the plugin or extension in a configuration, or `None` if it is not listed."""
    return named(data.get(integration.section)).get(integration.name)
