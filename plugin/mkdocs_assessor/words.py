"""The words of the interface, by language."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources

import yaml


def load_words(language: str = "en") -> Mapping[str, str]:
    """Return the interface's words.

    Args:
        language: A language for which a catalogue ships.

    Raises:
        FileNotFoundError: If none ships for that language.
    """
    file = resources.files("mkdocs_assessor") / "words" / f"{language}.yml"
    words: dict[str, str] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return words
