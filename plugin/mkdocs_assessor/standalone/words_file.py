"""Read a file with an author's words: the option `words` of the plugin, for commands that no configuration reaches."""

from __future__ import annotations

from pathlib import Path

import yaml

from assessor.errors import did_you_mean
from assessor.language.words import WordsError, load_words
from mkdocs_assessor.config.tags import not_valid_yaml
from mkdocs_assessor.diagnostics import SettingsError

_EXAMPLE = "'result: \"Our advice\"'"


def read_words(file: Path) -> dict[str, str]:
    """Return the texts in a file that replace those of the catalogue, by key.

    Raises:
        SettingsError: If the file is unreadable, or has keys, values or placeholders that are invalid. It has each
            error on a line, with file and line.
    """
    node = _composed(file)
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise SettingsError(f"{_place(file, node)}: write a mapping of keys to texts, such as {_EXAMPLE}")
    given: dict[str, object] = {}
    lines: dict[str, yaml.Node] = {}
    problems = []
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        if name in given:
            problems.append(f"{_place(file, key)}: the file has the word {name!r} twice")
        given[name], lines[name] = _plain(value), key
    try:
        # Any language will do: they all have the same keys and placeholders.
        load_words("en", given)
    except WordsError as error:
        problems += [f"{_place(file, lines[key])}: {said}" for key, said in error.problems.items()]
    if problems:
        raise SettingsError("\n".join(problems))
    return {key: str(value) for key, value in given.items()}


def _composed(file: Path) -> yaml.Node | None:
    try:
        node: yaml.Node | None = yaml.compose(file.read_bytes(), yaml.SafeLoader)
    except OSError as error:
        beside = [each.name for each in file.parent.glob("*") if each.is_file()] if file.parent.is_dir() else []
        hint = did_you_mean(file.name, beside) if isinstance(error, FileNotFoundError) else ""
        raise SettingsError(f"{file}: cannot read the words: {error.strerror}.{hint}") from None
    except yaml.MarkedYAMLError as error:
        raise not_valid_yaml(file, error) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        said = str(error).partition("\n")[0]
        raise SettingsError(f"{file}: cannot read the words: {said}") from None
    return node


def _plain(value: yaml.Node) -> object:
    """Return a text as such, and anything else as what it is, for the message."""
    if isinstance(value, yaml.ScalarNode):
        return str(value.value) if value.tag == "tag:yaml.org,2002:str" else _Other(value.value)
    return _Other("a list" if isinstance(value, yaml.SequenceNode) else "a mapping")


class _Other:
    """A value that is no text."""

    def __init__(self, shown: str) -> None:
        self._shown = shown

    def __repr__(self) -> str:
        return self._shown


def _place(file: Path, node: yaml.Node) -> str:
    return f"{file}:{node.start_mark.line + 1}"
