"""The rule sets that the site in the working directory is built with, which commands take where none is named."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mkdocs_assessor.diagnostics import OptionError
from mkdocs_assessor.guides import references
from mkdocs_assessor.options import placed
from mkdocs_assessor.settings import CONFIGURATIONS, SettingsError, read_settings


def site_rules() -> tuple[str, Mapping[str, str]] | None:
    """Return the rule sets of the site whose configuration lies in the working directory.

    Returns:
        The name of the configuration and the references by name, relative to the working directory; of several
        configurations the first that names rules, or else the first, and no references. `None` if there is none.

    Raises:
        SettingsError: If a configuration cannot be read, or its option `rules` is none.
    """
    files = [file for file in map(Path, CONFIGURATIONS) if file.is_file()]
    for file in files:
        settings = read_settings(file)
        for door, options in settings.doors:
            if options.get("rules") is not None:
                try:
                    return str(file), references(options["rules"])
                except OptionError as error:
                    raise SettingsError(placed(error, door, file)) from None
    return (str(files[0]), {}) if files else None
