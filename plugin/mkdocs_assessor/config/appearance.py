"""How a site looks and what language it speaks: words and templates, and what an author has put in their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assessor.language.words import Words, english, languages, load_words


@dataclass(frozen=True)
class Appearance:
    """What the slots of a site are rendered with.

    Attributes:
        words: The words of the interface.
        templates: The folders whose templates go before ours.
    """

    words: Words = field(default_factory=english)
    templates: tuple[Path, ...] = ()


def site_words(language: str, theme_language: str, changes: Mapping[str, object]) -> Words:
    """Return the words of a site.

    Args:
        language: The language that the author names for us; empty for the theme's.
        theme_language: The theme's language; English stands in for one that has no catalogue.
        changes: The texts that the author replaces, by their key.

    Raises:
        WordsError: If there are no words in the language that is named for us, or a change cannot be made.
    """
    return load_words(language or supported_language(theme_language), changes)


def supported_language(language: str) -> str:
    """Return a language of a theme, or English in its place where it has no catalogue."""
    return language if language.replace("_", "-").lower().split("-")[0] in languages() else "en"
