"""What a configuration file says, for whichever generator it was written, as far as it concerns us."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from assessor.errors import AssessorError, did_you_mean
from mkdocs_assessor.config.integrations import DOORS, Integration

CONFIGURATIONS = ("properdocs.yml", "mkdocs.yml", "mkdocs.yaml", "zensical.toml", "zensical.yml")

_DEEPEST = 8

Options = Mapping[str, Any]


class SettingsError(AssessorError):
    """A configuration that cannot be read."""


class _Loader(yaml.SafeLoader):
    """Reads any tag but `!ENV` as what it stands before: `!relative` and the like are the generators' own."""


def _untagged(loader: _Loader, suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    assert isinstance(node, yaml.ScalarNode)
    return loader.construct_scalar(node)


def environment(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    """Return what `!ENV` stands for: the first variable that is set, or else the default behind several."""
    names = loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else [node.value]
    given = [os.environ[name] for name in names if isinstance(name, str) and name in os.environ]
    return yaml.safe_load(given[0]) if given else (names[-1] if len(names) > 1 else None)


_Loader.add_constructor("!ENV", environment)


for _prefix in ("!", "tag:yaml.org,2002:python/"):
    _Loader.add_multi_constructor(_prefix, _untagged)


def find_configuration(folder: Path) -> Path:
    """Return the configuration file of a folder, the first that a generator would take.

    Raises:
        SettingsError: If there is none.
    """
    found = next((folder / name for name in CONFIGURATIONS if (folder / name).is_file()), None)
    if found is None:
        raise SettingsError(f"{folder}: there is no {', '.join(CONFIGURATIONS[:-1])} or {CONFIGURATIONS[-1]} here")
    return found


def read_configuration(
    file: Path,
    loader: Callable[[Path], type[yaml.SafeLoader]],
    *,
    adds_lists: bool | None = None,
    depth: int = _DEEPEST,
) -> dict[str, Any]:
    """Return what a configuration file and those that it inherits say.

    Args:
        file: The file.
        loader: Returns what YAML in a folder is read with.
        adds_lists: Whether a list is added to the one that it inherits, as Zensical does, or replaces it; by default
            as the file's name tells.
        depth: How many files may inherit from each other.

    Raises:
        SettingsError: If one cannot be read.
    """
    data = _read(file, loader)
    parent = data.get("INHERIT")
    if not parent:
        return data
    if depth == 0:
        raise SettingsError(f"{file}: INHERIT: files inherit from each other without end")
    if adds_lists is None:
        adds_lists = file.stem == "zensical"
    inherited = read_configuration(file.parent / str(parent), loader, adds_lists=adds_lists, depth=depth - 1)
    return _merged(inherited, data, adds_lists)


def _read(file: Path, loader: Callable[[Path], type[yaml.SafeLoader]]) -> dict[str, Any]:
    try:
        data = _parse_toml(file) if file.suffix == ".toml" else yaml.load(file.read_bytes(), loader(file.parent))
    except OSError as error:
        beside = [name for name in CONFIGURATIONS if (file.parent / name).is_file()]
        hint = did_you_mean(file.name, beside) if isinstance(error, FileNotFoundError) else ""
        raise SettingsError(f"{file}: cannot be read: {error.strerror}.{hint}") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{file}:{mark.line + 1}" if mark else str(file)
        raise SettingsError(f"{place}: not valid YAML: {error.problem or error.context}") from None
    except (yaml.YAMLError, ValueError) as error:
        raise SettingsError(f"{file}: cannot be read: {str(error).splitlines()[0]}") from None
    if not isinstance(data, dict):
        raise SettingsError(f"{file}: a configuration is a mapping, such as 'site_name: A guide'")
    for door in DOORS:
        _check_entries(data.get(door.section), door, file)
    return data


def _check_entries(section: Any, door: Integration, file: Path) -> None:
    """Refuse options of a door that do not stand below it: generators say of these that something is invalid."""
    for entry in section if isinstance(section, list) else []:
        if not isinstance(entry, dict) or door.name not in entry:
            continue
        given = entry[door.name]
        beside = {str(name): value for name, value in entry.items() if name != door.name}
        # What else could be listed has a mapping behind it, or nothing.
        options = [name for name, value in beside.items() if name in door.options or not isinstance(value, dict | None)]
        if options:
            said = f"indent {_joined(options)} below '{door.name}:'; beside it, nothing reads that"
        elif beside:
            said = f"begin {_joined(entry)} with '- ' each: an entry of {door.section} has one name"
        elif given and not isinstance(given, dict):
            said = f"{door.name}: write a mapping, such as '{door.name}: {{rules: rules.py}}', not {given!r}"
        else:
            continue
        raise SettingsError(f"{door.locate(file)}: {said}")


def _joined(names: Iterable[object]) -> str:
    return " and ".join(repr(str(name)) for name in names)


def _parse_toml(file: Path) -> Any:
    try:
        # Not there before Python 3.11.
        toml = importlib.import_module("tomllib")
    except ImportError:
        raise SettingsError(f"{file}: reading TOML needs Python 3.11 or newer") from None
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
    """Return what a list, or a mapping, of names and options says, as options by name."""
    if isinstance(entries, dict):
        entries = [{key: value} for key, value in entries.items()]
    found: dict[str, Any] = {}
    for entry in entries if isinstance(entries, list) else []:
        for name, options in entry.items() if isinstance(entry, dict) else [(entry, None)]:
            found[str(name)] = options if isinstance(options, dict) else {}
    return found


def listed(data: Mapping[str, Any], door: Integration) -> Options | None:
    """Return the options that a configuration gives to a door, if it lists it."""
    return named(data.get(door.section)).get(door.name)
