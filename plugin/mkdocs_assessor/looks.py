"""How a site looks and what language it speaks: words and templates, and what an author has put in their place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assessor.words import Words, WordsError, english, languages, load_words, words_of
from mkdocs_assessor.diagnostics import Diagnostic, Place
from mkdocs_assessor.frontmatter import unread
from mkdocs_assessor.syntax import MOST_SLIPS, slips

# The keys of a page's front matter that we read.
_KEYS = ("assessor", "language")


@dataclass(frozen=True)
class Looks:
    """What the slots of a site are rendered with.

    Attributes:
        words: The words of the interface.
        templates: The folders whose templates go before ours.
    """

    words: Words = field(default_factory=english)
    templates: tuple[Path, ...] = ()


def choose_words(language: str, theme_language: str, changes: Mapping[str, object]) -> Words:
    """Return the words of a site.

    Args:
        language: The language that the author names for us; empty for the theme's.
        theme_language: The theme's language; English stands in for one that has no catalogue.
        changes: The texts that the author replaces, by their key.

    Raises:
        WordsError: If there are no words in the language that is named for us, or a change cannot be made.
    """
    return load_words(language or known_language(theme_language), changes)


def page_language(
    front_matter: Mapping[str, object],
    path: str,
    lines: Callable[[], Sequence[str]],
    report: Callable[[Diagnostic], None],
) -> str:
    """Return the language that a page's front matter names, or nothing.

    Args:
        front_matter: The front matter.
        path: The page.
        lines: Returns what its file says.
        report: What is told if there are no words in that language, if what looks like front matter is none, and of
            each key that is nearly one of ours, and says what ours would.
    """
    for key, value in front_matter.items():
        meant = _meant(str(key), value)
        if meant:
            message = f"{key!r} of the front matter does nothing. Did you mean {meant!r}?"
            report(Diagnostic(_place(path, lines(), str(key), 1, len(str(key))), "misspelt-key", message))
    found = None if front_matter else unread(lines(), _KEYS)
    if found:
        number, mend = found
        text = lines()[number - 1]
        message = f"what looks like front matter is none, and does nothing: {mend}"
        report(Diagnostic(Place(path, number, 1, text, len(text)), "unread-front-matter", message))
    named = front_matter.get("language") or ""
    if "language" in front_matter and not named:
        said = "" if front_matter["language"] is None else f", and YAML reads {front_matter['language']!r} in it"
        place = _place(path, lines(), "language", 1, len("language"))
        message = (
            f"'language' of the front matter names none{said}: write one of {', '.join(languages())}, or leave it out"
        )
        report(Diagnostic(place, "unknown-language", message))
    try:
        return words_of(str(named)).language if named else ""
    except WordsError as error:
        place = _place(path, lines(), "language", len("language:") + 2, len(str(named)))
        report(Diagnostic(place, "unknown-language", str(error)))
        return ""


def _meant(key: str, value: object) -> str:
    """Return which key of ours is meant by one of a page's front matter that does nothing, if one is."""
    if not isinstance(value, str) or key in _KEYS:
        return ""
    right = next((each for each in _KEYS if slips(key.lower(), each) <= MOST_SLIPS), "")
    return "" if right == "language" and value.lower() not in languages() else right


def _place(path: str, lines: Sequence[str], key: str, column: int, width: int) -> Place:
    number, text = next(((at, each) for at, each in enumerate(lines, 1) if each.startswith(f"{key}:")), (0, ""))
    return Place(path, number, column if number else 0, text, width)


def known_language(language: str) -> str:
    """Return a language of a theme, or English in its place where it has no catalogue."""
    return language if language.replace("_", "-").lower().split("-")[0] in languages() else "en"
