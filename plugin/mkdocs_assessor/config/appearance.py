"""Choose the words and templates of a site, including the author's changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assessor.language.words import Words, english, load_words, supported_language


@dataclass(frozen=True)
class Appearance:
    """The words and templates to render slots with.

    Attributes:
        words: The words of the interface.
        templates: The folders of templates that override ours.
        language: The language of the site, in which rule sets may have texts; by default that of the words.
    """

    words: Words = field(default_factory=english)
    templates: tuple[Path, ...] = ()
    language: str = ""


def site_words(language: str, theme_language: str, changes: Mapping[str, object]) -> Words:
    """Return the words of a site.

    Args:
        language: The language that the author sets for the plugin; if empty, the theme's applies.
        theme_language: The theme's language; English if it has no catalogue.
        changes: Texts that replace those of the catalogue, by key.

    Raises:
        WordsError: If there is no catalogue for `language`, or a change is invalid.
    """
    return load_words(language or supported_language(theme_language), changes)
