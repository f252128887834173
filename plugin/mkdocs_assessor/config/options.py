"""What is wrong with the options that an author gives to the plugin or the extension."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from markdown.util import parseBoolValue

from assessor.errors import AssessorError, did_you_mean
from assessor.language.words import WordsError, load_words, words_of
from mkdocs_assessor.config.integrations import Integration
from mkdocs_assessor.config.rules import references
from mkdocs_assessor.diagnostics import OptionError, Severities

_KINDS = {str: "a text", bool: "true or false", dict: "a mapping"}


def check_options(options: Mapping[str, object], door: Integration, config: Path | None = None) -> None:
    """Refuse unknown options and invalid values.

    Args:
        options: What the author gives.
        door: The plugin or the extension, to which they are given.
        config: The configuration in which they stand, if it is known.

    Raises:
        OptionError: With every mistake, on a line each, with file and line where they are known.
    """
    found = [said for _, said in mistakes(options, door, config)]
    if found:
        raise OptionError("\n".join(found))


def mistakes(options: Mapping[str, object], door: Integration, config: Path | None = None) -> Iterator[tuple[str, str]]:
    """Yield the name of each option that is wrong, or of what is wrong in it, and what `check_options` says of it."""
    for name, error in option_errors(options, door):
        yield name, placed(error, door, config)


def option_errors(options: Mapping[str, object], door: Integration) -> Iterator[tuple[str, OptionError]]:
    """Yield the name of each option that is wrong, or of what is wrong in it, and the error."""
    for name, value in options.items():
        for error in _errors(name, value, door):
            yield name, error


def placed(error: AssessorError, door: Integration, config: Path | None) -> str:
    """Return what an error says, with file and line where it is about an option and they are known."""
    keys = error.keys if isinstance(error, OptionError) else ()
    return f"{door.locate(config, *keys)}: {error}" if keys and config else str(error)


def _errors(name: str, value: Any, door: Integration) -> Iterator[OptionError]:
    if name not in door.options:
        yield OptionError(f"there is no option {name!r}.{did_you_mean(name, door.options)}", name)
        return
    kind = type(door.options[name])
    if value is None:
        return
    if name != "rules" and not _is_of_kind(value, kind, door):
        yield OptionError(f"{name}: write {_KINDS[kind]}, not {value!r}", name)
        return
    # One severity at a time, so that every mistake is reported.
    parts = [{code: said} for code, said in value.items()] if name == "diagnostics" else [value]
    for part in parts:
        try:
            _take(name, part)
        except OptionError as error:
            yield error
        except WordsError as error:
            for key, said in error.problems.items():
                yield OptionError(said, name, key)


def _take(name: str, value: Any) -> None:
    """Try what an option is for."""
    if name == "rules":
        references(value)
    elif name == "diagnostics":
        Severities(value)
    elif name == "language" and value:
        words_of(value)
    elif name == "words":
        # Every language has the same words, with the same placeholders.
        load_words("en", value)


def _is_of_kind(value: object, kind: type, door: Integration) -> bool:
    # "yes" and the like may come from variables of the environment.
    reads = kind is bool and door.reads_words
    return isinstance(value, kind) or (reads and parseBoolValue(str(value), fail_on_errors=False) is not None)
