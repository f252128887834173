"""Read the YAML tags of generators: `!ENV`, `!relative` and those that name Python objects. Reading runs no code."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from mkdocs_assessor.diagnostics import SettingsError

_PYTHON = "tag:yaml.org,2002:python/"

# These tags create objects. For other Python tags, such as `tuple`, just the value is used.
_OBJECT_TAGS = tuple(f"{_PYTHON}{kind}:" for kind in ("name", "module", "object", "object/apply", "object/new"))

# TOML has no tags. There, these options of Markdown extensions are paths of Python objects.
_OBJECT_OPTIONS = ("emoji_generator", "emoji_index", "format", "slugify", "validator")


@dataclass(frozen=True, eq=False, repr=False)
class PythonTag:
    """A value with a Python tag, not loaded yet.

    Attributes:
        node: The value.
    """

    node: yaml.Node

    def __repr__(self) -> str:
        return self.node.tag.replace("tag:yaml.org,2002:", "!!")

    @functools.cached_property
    def value(self) -> Any:
        """The value as MkDocs loads it: imports modules, and calls what `apply` names.

        Raises:
            SettingsError: If that fails.
        """
        mark = self.node.start_mark
        place = f"{mark.name}:{mark.line + 1}"
        try:
            return _PythonLoader("").construct_document(self.node)
        except yaml.MarkedYAMLError as error:
            raise SettingsError(f"{place}: not valid YAML: {error.problem or error.context}") from None
        except Exception as error:
            # The site's code may raise anything.
            raise SettingsError(f"{place}: {self!r}: {type(error).__name__}: {error}") from None


@dataclass(frozen=True)
class RelativePath:
    """A path with the tag `!relative`.

    Attributes:
        text: The path: `$config_dir/…`, `$docs_dir/…`, or empty for the folder of the page.
        place: The file and line.
    """

    text: str
    place: str

    def within(self, root: Path, docs: Path, page_folder: Path) -> str:
        """Return the path.

        Args:
            root: The folder of the configuration.
            docs: The docs folder.
            page_folder: The folder of the page to render.

        Raises:
            SettingsError: If the tag is invalid.
        """
        start, _, rest = self.text.partition("/")
        folder = {"": page_folder, "$config_dir": root, "$docs_dir": docs}.get(start)
        if folder is None or (rest and not start):
            known = "'!relative $config_dir/…', '!relative $docs_dir/…' or '!relative'"
            raise SettingsError(f"{self.place}: write {known}, not '!relative {self.text}'")
        return str(folder / rest)


def environment(loader: yaml.SafeLoader | yaml.Loader, node: yaml.Node) -> Any:
    """Return the value of `!ENV`: the first variable with a value, or else the default, the last of several items."""
    if isinstance(node, yaml.SequenceNode):
        *variables, default = node.value if len(node.value) > 1 else (*node.value, None)
    else:
        variables, default = [node], None
    for variable in variables:
        value = os.environ.get(loader.construct_scalar(variable))
        if value is not None:
            # Read a number or a boolean as YAML does, but never a list or a mapping.
            tag = loader.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
            return loader.construct_object(yaml.ScalarNode(tag, value))
    return None if default is None else loader.construct_object(default)


class _Loader(yaml.SafeLoader):
    """Reads a configuration without running anything that it names. An unknown tag becomes just its value."""

    def __init__(self, text: bytes, name: str) -> None:
        super().__init__(text)
        self.name = name
        self.python_tags: list[PythonTag] = []


def _relative(loader: _Loader, node: yaml.Node) -> RelativePath:
    return RelativePath(str(node.value), f"{loader.name}:{node.start_mark.line + 1}")


def _python(loader: _Loader, suffix: str, node: yaml.Node) -> Any:
    if not node.tag.startswith(_OBJECT_TAGS):
        return _untagged(loader, suffix, node)
    loader.python_tags.append(PythonTag(node))
    return loader.python_tags[-1]


def _untagged(loader: _Loader, suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    assert isinstance(node, yaml.ScalarNode)
    return loader.construct_scalar(node)


_Loader.add_constructor("!ENV", environment)
_Loader.add_constructor("!relative", _relative)
_Loader.add_multi_constructor("!", _untagged)
_Loader.add_multi_constructor(_PYTHON, _python)


class _PythonLoader(yaml.Loader):
    """Loads what Python tags name, as MkDocs's loader does."""

    def find_python_name(self, name: str, mark: Any, unsafe: bool = False) -> Any:
        try:
            return _find(name)
        except (ImportError, AttributeError, ValueError):
            raise yaml.constructor.ConstructorError(None, None, f"there is no {name!r} to import", mark) from None


_PythonLoader.add_constructor("!ENV", environment)


def not_valid_yaml(file: Path, error: yaml.MarkedYAMLError) -> SettingsError:
    """Return the error for a file that is not valid YAML, with the line if known."""
    mark = error.problem_mark or error.context_mark
    place = f"{file}:{mark.line + 1}" if mark else str(file)
    return SettingsError(f"{place}: not valid YAML: {error.problem or error.context}")


def read_yaml(file: Path) -> tuple[Any, list[PythonTag]]:
    """Return the content of a YAML file, and its Python tags.

    Raises:
        OSError: If the file is unreadable.
        yaml.YAMLError: If it is not valid YAML.
    """
    loader = _Loader(file.read_bytes(), str(file))
    try:
        return loader.get_single_data(), loader.python_tags
    finally:
        loader.dispose()


def loaded(value: Any, file: Path, path_of: Callable[[RelativePath], str]) -> Any:
    """Return an option of a Markdown extension with all its tags evaluated.

    Args:
        value: The unevaluated option.
        file: The configuration file, for messages.
        path_of: Returns the path for a `!relative` tag.

    Raises:
        SettingsError: If an import or a call fails.
    """
    if isinstance(value, PythonTag):
        return value.value
    if isinstance(value, RelativePath):
        return path_of(value)
    if isinstance(value, list):
        return [loaded(each, file, path_of) for each in value]
    if not isinstance(value, dict):
        return value
    options = {name: loaded(each, file, path_of) for name, each in value.items()}
    return {name: _object(each, file) if name in _OBJECT_OPTIONS else each for name, each in options.items()}


def _object(value: Any, file: Path) -> Any:
    """Return the Python object that an option names by its path, as Zensical does."""
    if isinstance(value, str) and "." in value:
        return _imported(value, file)
    if isinstance(value, Mapping) and isinstance(value.get("object"), str):
        path, keywords = value["object"], value.get("kwds", {})
        try:
            return _imported(path, file)(**keywords)
        except TypeError as error:
            raise SettingsError(f"{file}: markdown_extensions: {path}: {error}") from None
    return value


def _imported(path: str, file: Path) -> Any:
    try:
        return _find(path)
    except (ImportError, AttributeError, ValueError):
        raise SettingsError(f"{file}: markdown_extensions: there is no {path!r} to import") from None


def _find(path: str) -> Any:
    module, _, name = path.rpartition(".")
    # Zensical has its own module of that name, and uses it if Material is not installed.
    if module.startswith("material.extensions") and importlib.util.find_spec("material") is None:
        module = module.replace("material", "zensical", 1)
    return getattr(importlib.import_module(module or "builtins"), name)
