"""Check the options that an author gives to the plugin or the extension."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assessor.errors import AssessorError, did_you_mean
from assessor.language.words import WordsError, load_words, words_of
from mkdocs_assessor.config.integrations import Integration
from mkdocs_assessor.config.rules import references
from mkdocs_assessor.diagnostics import OptionError, Severities

_KINDS = {str: "a text", bool: "true or false", dict: "a mapping"}


def check_options(options: Mapping[str, object], integration: Integration, config: Path | None = None) -> None:
    """Refuse unknown options and invalid values.

    Args:
        options: The options.
        integration: The plugin or the extension.
        config: The configuration file that sets them, if known.

    Raises:
        OptionError: With every error on a line, with file and line if known.
    """
    found = [said for _, said in mistakes(options, integration, config)]
    if found:
        raise OptionError("\n".join(found))


def mistakes(
    options: Mapping[str, object], integration: Integration, config: Path | None = None
) -> Iterator[tuple[str, str]]:
    """Yield the name of each invalid option, or invalid part of an option, with the message for `check_options`."""
    for name, error in option_errors(options, integration):
        yield name, placed(error, integration, config)


def option_errors(options: Mapping[str, object], integration: Integration) -> Iterator[tuple[str, OptionError]]:
    """Yield the name of each invalid option, or invalid part of an option, with the error."""
    for name, value in options.items():
        for error in _errors(name, value, integration):
            yield name, error


def placed(error: AssessorError, integration: Integration, config: Path | None) -> str:
    """Return the message of an error, with file and line if it is about an option with a known place."""
    keys = error.keys if isinstance(error, OptionError) else ()
    return f"{integration.locate(config, *keys)}: {error}" if keys and config else str(error)


def _errors(name: str, value: Any, integration: Integration) -> Iterator[OptionError]:
    if name not in integration.options:
        yield OptionError(f"there is no option {name!r}.{did_you_mean(name, integration.options)}", name)
        return
    kind = type(integration.options[name])
    if value is None:
        return
    if name != "rules" and not _is_of_kind(value, kind, integration):
        yield OptionError(f"{name}: write {_KINDS[kind]}, not {value!r}", name)
        return
    # Check the severities one by one, so that every error is reported.
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
    """Use an option as later steps will, so that errors appear now."""
    if name == "rules":
        references(value)
    elif name == "diagnostics":
        Severities(value)
    elif name == "language" and value:
        words_of(value)
    elif name == "words" and value:
        # Any language will do: they all have the same keys and placeholders.
        load_words("en", value)


def _is_of_kind(value: object, kind: type, integration: Integration) -> bool:
    if isinstance(value, kind):
        return True
    if kind is not bool or not integration.reads_words:
        return False
    from markdown.util import parseBoolValue  # noqa: PLC0415 - commands that read no page start without it

    # "yes" and similar words may come from environment variables.
    return parseBoolValue(str(value), fail_on_errors=False) is not None
