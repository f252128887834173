"""The options of the extension and of the plugin, and what is wrong with how an author gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from markdown.util import parseBoolValue

from assessor.loading import BUNDLED
from assessor.naming import did_you_mean
from mkdocs_assessor.diagnostics import OptionError, Severities
from mkdocs_assessor.guides import references
from mkdocs_assessor.looks import place_in

EXTENSION_OPTIONS: Mapping[str, tuple[object, str]] = {
    "rules": (BUNDLED, "The rule set, as a path or a module; or a mapping of names to such references"),
    "language": ("", "The language of our words; by default the theme's, where that is known"),
    "words": ({}, "Texts that replace ours, by their key"),
    "templates": ("", "A folder whose templates go before ours; by default the theme's custom_dir"),
    "strict": (False, "Whether a mistake raises an error, for generators whose log cannot fail a build"),
    "docs": ("docs", "The folder of the pages, for links that lead to another page"),
    "references": (False, "Whether a reference follows each link to a fact, to where the site shows the fact"),
    "diagnostics": ({}, "How grave each kind of mistake is: warning, info or off, by code"),
}
"""The options of the extension: what each is by default, and what it means."""

PLUGIN_OPTIONS = ("rules", "language", "words", "diagnostics", "references", "publish")
"""The options of the plugin, some of which are the extension's."""

_KINDS = {str: "a text", bool: "true or false", dict: "a mapping"}


def check_options(options: Mapping[str, object], known: Sequence[str], config: Path | None = None) -> None:
    """Refuse options that there are none of, and values that mean nothing.

    Args:
        options: What the author gives.
        known: The names of the options that there are.
        config: The configuration in which they stand, if it is known.

    Raises:
        OptionError: With every mistake, on a line each, with file and line where they are known.
    """
    mistakes = [f"{place_in(config, name)}{said}" for name, said in _mistakes(options, known)]
    if mistakes:
        raise OptionError("\n".join(mistakes))


def _mistakes(options: Mapping[str, object], known: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the name of each option that is wrong, or of what is wrong in it, and what is wrong."""
    for name, value in options.items():
        if name not in known:
            yield name, f"there is no option {name!r}.{did_you_mean(name, known)}"
        elif value is None or name not in EXTENSION_OPTIONS:
            continue
        elif name == "rules":
            yield from _refused(name, references, value)
        elif not _is_of_kind(value, type(EXTENSION_OPTIONS[name][0])):
            yield name, f"{name}: write {_KINDS[type(EXTENSION_OPTIONS[name][0])]}, not {value!r}"
        elif name == "diagnostics":
            for code, severity in cast("Mapping[str, object]", value).items():
                yield from _refused(str(code), Severities, {code: severity})


def _is_of_kind(value: object, kind: type) -> bool:
    # Python-Markdown reads "yes" and the like as well, which variables of the environment may hold.
    return isinstance(value, kind) or (kind is bool and parseBoolValue(str(value), fail_on_errors=False) is not None)


def _refused(name: str, take: Callable[[Any], object], value: object) -> Iterator[tuple[str, str]]:
    try:
        take(value)
    except OptionError as error:
        yield name, str(error)
