"""Hold the words of the interface: one catalogue per language, of patterns with named placeholders.

A sentence is a single pattern, so that each language can use its own word order. Patterns join lists, too.
"""

from __future__ import annotations

import datetime
import functools
import re
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assessor.errors import AssessorError, did_you_mean
from assessor.language.numerals import numerals
from assessor.validation import unwritable

LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
"""A language as rule sets and catalogues name it: `de`, `pt-BR`, `de-x-informal`."""

_LONGEST_CODE = 3
_ELISION = re.compile(r"\b([Ss])i (?=ils?\b)")


class WordsError(AssessorError):
    """An invalid catalogue, or invalid changes to one.

    Attributes:
        problems: Every error, by key or language.
    """

    def __init__(self, problems: Mapping[str, str]) -> None:
        """Combine the problems, one per line."""
        self.problems = dict(problems)
        super().__init__("\n".join(self.problems.values()))


@dataclass(frozen=True)
class Words(Mapping[str, str]):
    """The words of the interface in one language; `words["undo"]` is a text of the catalogue, unchanged.

    Attributes:
        language: The language, which decides the form of numbers and sentences.
        texts: The texts by key.
        form: Which form of the language it is, as in HTML's `lang`: `de-x-informal`, or just the language.
    """

    language: str
    texts: Mapping[str, str]
    form: str = ""

    def __post_init__(self) -> None:
        """Take the language as its own form by default."""
        object.__setattr__(self, "form", self.form or self.language)

    def __getitem__(self, key: str) -> str:
        """Return a text, with its placeholders unreplaced."""
        return self.texts[key]

    def __iter__(self) -> Iterator[str]:
        """Yield the keys in the order of the catalogue."""
        return iter(self.texts)

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self.texts)

    def __hash__(self) -> int:
        """Hash by content, so that equal catalogues are interchangeable."""
        return hash((self.language, *self.texts.items()))

    def beside(self, language: str) -> Words:
        """Return the words to use beside texts in a language: if they are in another form of it, that form's.

        So a German page with texts in `de-x-informal` says "du" everywhere. Words that an author has changed stay.
        """
        form = form_of(language)
        if form not in forms() or self.form != base_language(form):
            return self
        plain, own = _shipped(self.language), _shipped(form)
        texts = {key: own.get(key, text) if text == plain[key] else text for key, text in self.items()}
        return Words(self.language, texts, form)

    def fill(self, key: str, **values: object) -> str:
        """Return a text with its placeholders replaced."""
        return self.smooth(self.texts[key].format(**values))

    def smooth(self, text: str) -> str:
        """Adapt a text to its language: in French, "si il" becomes "s’il"."""
        return _ELISION.sub("\\1’", text) if self.language == "fr" else text

    def count(self, key: str, count: int, **values: object) -> str:
        """Return the singular or plural form of a text for a count, with placeholders replaced."""
        form = "one" if numerals(self.language).is_one(count) else "other"
        return self.fill(f"{key}_{form}", count=count, **values)

    def date(self, date: datetime.date) -> str:
        """Write a date, in English as 22 November 2026."""
        key = "full_date_first" if date.day == 1 else "full_date"
        return self.fill(key, day=date.day, month=self.texts[f"month_{date.month}"], year=date.year)

    @functools.cached_property
    def plurals(self) -> Mapping[str, str]:
        """The irregular plurals of units, by unit."""
        pairs = (pair.partition("|") for pair in self.texts["units"].split())
        return {one: several for one, _, several in pairs if several}

    @functools.cached_property
    def conjunctions(self) -> tuple[str, ...]:
        """The words that join lists: `or`, `and`."""
        patterns = (self.texts["or_last"], self.texts["and_last"])
        return tuple(pattern.format(items="", last="").strip(" ,、") for pattern in patterns)

    @functools.cached_property
    def singulars(self) -> Mapping[str, str]:
        """The units with an irregular plural, by plural."""
        return {several: one for one, several in self.plurals.items()}

    @functools.cached_property
    def own_units(self) -> Mapping[str, str]:
        """The names in this language of units that rule sets write in English."""
        return {unit: own for unit, _, own in (pair.partition("=") for pair in self.texts["units_of_english"].split())}

    def either(self, items: Sequence[str]) -> str:
        """Join alternatives: `a, b or c`."""
        return self._join("or", items)

    def both(self, items: Sequence[str]) -> str:
        """Join conditions that all hold: `a, and b, and c`."""
        return self._join("and", items)

    def each(self, items: Sequence[str]) -> str:
        """Join independent items: `a; b; c`."""
        return self._join("list", items)

    def _join(self, kind: str, items: Sequence[str]) -> str:
        if len(items) < 2:
            return "".join(items)
        return self.fill(f"{kind}_last", items=self.texts[f"{kind}_separator"].join(items[:-1]), last=items[-1])


def languages() -> tuple[str, ...]:
    """Return the languages that have a catalogue."""
    return tuple(name for name in _catalogues() if "-" not in name)


def forms() -> tuple[str, ...]:
    """Return the forms of languages with separate words, such as `de-x-informal`, which says "du"."""
    return tuple(name for name in _catalogues() if "-" in name)


def form_of(language: str) -> str:
    """Return the form that a language names, or else the language without its region."""
    name = language.replace("_", "-").lower()
    return name if name in forms() else base_language(language)


def _catalogues() -> list[str]:
    return sorted(file.stem for file in catalogue_folder().glob("*.yml"))


def base_language(language: str) -> str:
    """Return a language without its region: `de` for `de-AT` and `de_AT`."""
    return language.replace("_", "-").lower().split("-")[0]


def supported_language(language: str) -> str:
    """Return a language, or English if it is empty or has no catalogue."""
    return language if base_language(language) in languages() else "en"


def catalogue_folder() -> Path:
    """Return the folder of the catalogues."""
    return Path(__file__).parent / "words"


@functools.cache
def words_of(language: str) -> Words:
    """Return the shipped words of a language. This caches them, so later changes to the file have no effect.

    Raises:
        WordsError: If there is no catalogue for it.
    """
    return load_words(language)


def english() -> Words:
    """Return the default words."""
    return words_of("en")


def load_words(language: str, changes: Mapping[str, object] | None = None) -> Words:
    """Return the words of a language.

    Args:
        language: A language such as `de`, or a form of it such as `de-x-informal`. With a region, as in `de-AT`, it
            gets the words of the language.
        changes: Texts that replace those of the catalogue, by key.

    Raises:
        WordsError: If there is no catalogue for the language, or a change has an unknown key, or other placeholders
            than the text that it replaces.
    """
    known = languages()
    name = base_language(language)
    if name not in known:
        # A word longer than a language code is the name of a language, not a misspelt code.
        code = name if len(name) <= _LONGEST_CODE else ""
        raise WordsError({language: f"there are no words in the language {language!r}.{did_you_mean(code, known)}"})
    words = _shipped(name)
    form = form_of(language)
    if form != name:
        words = Words(name, {**words, **_shipped(form)}, form)
    if not changes:
        return words
    problems = {key: problem for key, text in changes.items() if (problem := _problem(words, key, text))}
    if problems:
        raise WordsError(problems)
    return Words(name, {**words, **{key: str(text) for key, text in changes.items()}}, form)


def placeholders(text: str) -> frozenset[str]:
    """Return the placeholders in a text, such as `{who}`.

    Raises:
        ValueError: If a brace lacks its counterpart.
    """
    found = set()
    for _, name, form, conversion in string.Formatter().parse(text):
        if name is not None:
            found.add(f"{{{name}{f'!{conversion}' if conversion else ''}{f':{form}' if form else ''}}}")
    return frozenset(found)


def _shipped(language: str) -> Words:
    import yaml  # noqa: PLC0415 - slow to import

    text = (catalogue_folder() / f"{language}.yml").read_text(encoding="utf-8")
    # Without the C library, reading a catalogue takes ten times as long.
    texts: dict[str, str] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return Words(language, texts)


def _problem(words: Words, key: str, text: object) -> str:
    """Return what is wrong with a change, or an empty string."""
    if key not in words:
        return f"there is no word {key!r}.{did_you_mean(str(key), words)}"
    if not isinstance(text, str):
        return f"the word {key!r} is a text in quotation marks, not {text!r}"
    if character := unwritable(text):
        return f"the word {key!r} has the character {character}, which no page can have; leave it out"
    wanted = placeholders(words[key])
    try:
        given = placeholders(text)
    except ValueError as error:
        return f"the word {key!r} has braces that fill nothing in, {text!r} ({error}); write a plain brace twice"
    if given - wanted:
        may = f"only {', '.join(sorted(wanted))}" if wanted else "no placeholder"
        return f"the word {key!r} has {', '.join(sorted(given - wanted))}, but it may have {may}"
    if wanted - given:
        return f"the word {key!r} lacks {', '.join(sorted(wanted - given))}: {text!r}"
    return ""
