"""Read a catalogue: the texts of a rule set in one language, each beside the text that it translates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from assessor.errors import Location, RuleSetError, did_you_mean
from assessor.language.words import LANGUAGE_CODE
from assessor.model.ruleset import RuleSet
from assessor.translations.texts import SourceText

# A node of PyYAML, which is imported only to read a catalogue.
Node = Any

LANGUAGE, UNUSED, WAS = "language", "unused", "was"

_KEPT = "_catalogues"


@dataclass(frozen=True)
class Entry:
    """A text and its translation.

    Attributes:
        part: The part of the rule set: `question pager`.
        attribute: The attribute of the part.
        source: The text to translate.
        text: The translation; empty if there is none yet.
        was: The text that the translation is of, if the source has changed since.
        location: The line of the translation or, if there is none, of the entry.
    """

    part: str
    attribute: str
    source: str
    text: str
    was: str
    location: Location


@dataclass(frozen=True)
class Catalogue:
    """The words of a rule set in one language.

    Attributes:
        language: The language, such as `de`.
        file: The file.
        entries: The entries, in the order of the file.
        unused: The entries that `assessor translate` has put aside.
    """

    language: str
    file: Path
    entries: tuple[Entry, ...]
    unused: tuple[Entry, ...]

    @property
    def location(self) -> Location:
        """The beginning of the file."""
        return Location(str(self.file), 1)

    def match(self, texts: Iterable[SourceText]) -> tuple[list[tuple[SourceText, Entry | None]], list[Entry]]:
        """Return each text with its entry, and the entries that are of no text.

        Of several entries for one attribute, the one with the very text counts, and else the one in its place.
        """
        waiting: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in self.entries:
            waiting[entry.part, entry.attribute].append(entry)
        grouped: dict[tuple[str, str], list[SourceText]] = defaultdict(list)
        for text in texts:
            grouped[text.part, text.attribute].append(text)
        matched: list[tuple[SourceText, Entry | None]] = []
        for (_, attribute), group in grouped.items():
            names = (group[0].part, *group[0].former)
            entries = next((waiting[name, attribute] for name in names if waiting.get((name, attribute))), [])
            matched += _paired(group, entries)
        return matched, [entry for entries in waiting.values() for entry in entries]


def _paired(texts: list[SourceText], entries: list[Entry]) -> Iterator[tuple[SourceText, Entry | None]]:
    """Yield each text with its entry, and take the entries out of the list."""
    exact: dict[int, Entry] = {}
    for place, text in enumerate(texts):
        if same := next((each for each in entries if each.source == text.text), None):
            exact[place] = same
            entries.remove(same)
    for place, text in enumerate(texts):
        yield text, exact.get(place) or (entries.pop(0) if entries else None)


def key_of(language: str, source: str) -> str:
    """Return the name of a translation beside its source: for `de-x-informal`, simply `de`.

    Args:
        language: The language of the translation.
        source: The language of the rule set.
    """
    short = language.partition("-x-")[0]
    return language if short.lower() == source.lower() else short


def is_current(text: SourceText, entry: Entry | None) -> bool:
    """Return whether an entry translates a text as it is now."""
    return entry is not None and bool(entry.text) and not entry.was and entry.source == text.text


def catalogues(ruleset: RuleSet) -> tuple[Catalogue, ...]:
    """Read the translations of a rule set.

    Raises:
        RuleSetError: If a file is missing or invalid, or if two have the same language.
    """
    kept: tuple[Catalogue, ...] | RuleSetError | None = ruleset.original.__dict__.get(_KEPT)
    if isinstance(kept, RuleSetError):
        raise kept
    if kept is not None:
        return kept
    found: dict[str, Catalogue] = {}
    for file in _files(ruleset.original):
        catalogue = read_catalogue(file, ruleset.original.language)
        other = found.setdefault(catalogue.language.lower(), catalogue)
        if other is not catalogue:
            raise RuleSetError(
                f"{file.name} and {other.file.name} both have the language {catalogue.language!r}: keep one of them",
                Location(str(file), 1),
            )
    return tuple(found.values())


def keep_catalogues(ruleset: RuleSet, place: Callable[[Location], Location]) -> None:
    """Read the translations of a rule set for good, because their files will be gone, as those of a git revision are.

    If a file is missing or invalid, `catalogues` raises that error from then on: nobody needs translations to compare
    rules.

    Args:
        ruleset: The rule set.
        place: Returns the place by which people know a line of these files.
    """
    try:
        found = catalogues(ruleset)
    except RuleSetError as error:
        ruleset.__dict__[_KEPT] = RuleSetError(error.message, place(error.location))
        return
    ruleset.__dict__[_KEPT] = tuple(
        replace(
            each,
            file=Path(place(each.location).path),
            entries=tuple(replace(entry, location=place(entry.location)) for entry in each.entries),
        )
        for each in found
    )


def catalogue_files(ruleset: RuleSet) -> list[Path]:
    """Return the files with translations that exist; a pattern stands for all that it matches."""
    folder = Path(ruleset.location.path).parent
    found: list[Path] = []
    for name in ruleset.translations:
        path = folder / name
        try:
            found += sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor)))) if "*" in name else [path]
        except ValueError as error:
            raise RuleSetError(f"translations={name!r} names no files: {error}", ruleset.location) from None
    return [each for each in dict.fromkeys(found) if each.is_file()]


def _files(ruleset: RuleSet) -> list[Path]:
    files = catalogue_files(ruleset)
    folder = Path(ruleset.location.path).parent
    for name in ruleset.translations:
        if "*" not in name and folder / name not in files:
            beside = [each.name for each in folder.glob("*.y*ml")]
            hint = did_you_mean(name, beside) or f" Write it with: assessor translate {_name(ruleset)} --to LANGUAGE"
            raise RuleSetError(f"there is no file {name!r} with translations.{hint}", ruleset.location)
    return files


def _name(ruleset: RuleSet) -> str:
    return Path(ruleset.location.path).name


def read_catalogue(file: Path, source_language: str) -> Catalogue:
    """Read a catalogue.

    Args:
        file: The file.
        source_language: The language of the rule set.

    Raises:
        RuleSetError: If it is unreadable or invalid.
    """
    try:
        changed = file.stat().st_mtime_ns
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RuleSetError(f"cannot read the translations: {error.strerror}", Location(str(file))) from None
    except UnicodeDecodeError:
        raise RuleSetError("the translations are not UTF-8 text; save them as UTF-8", Location(str(file))) from None
    return _read(file, changed, text, source_language)


@lru_cache(maxsize=64)
def _read(file: Path, changed: int, text: str, source_language: str) -> Catalogue:
    return _Reader(file, source_language).read(text)


def not_valid_yaml(file: Path, error: Any) -> RuleSetError:
    """Return the error for a catalogue that is not valid YAML, with the line if known.

    Args:
        file: The catalogue.
        error: A `MarkedYAMLError` of PyYAML, which is imported only to read a catalogue.
    """
    mark = error.problem_mark or error.context_mark
    message = f"this is not valid YAML: {error.problem or error.context}"
    return RuleSetError(message, Location(str(file), mark.line + 1 if mark else 0))


class _Reader:
    """Reads the nodes of a YAML document, and says which line is wrong."""

    def __init__(self, file: Path, source_language: str) -> None:
        self._file = file
        self._source = source_language

    def read(self, text: str) -> Catalogue:
        import yaml  # noqa: PLC0415 - slow to import

        try:
            document = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except yaml.MarkedYAMLError as error:
            raise not_valid_yaml(self._file, error) from None
        except (yaml.YAMLError, RecursionError) as error:
            self._fail(f"this is not valid YAML: {error}", 0)
        if document is None:
            self._fail(f"the file is empty; begin it with '{LANGUAGE}: de', or the like", 0)
        parts = self._mapping(document, f"a mapping that begins with '{LANGUAGE}: de', or the like")
        if LANGUAGE not in parts:
            self._fail(
                f"the file does not say which language it has; begin it with '{LANGUAGE}: de' or the like, or let "
                "translations= of the rule set name other files",
                1,
            )
        node = parts.pop(LANGUAGE)
        self._language = self._text(node, LANGUAGE)
        if not LANGUAGE_CODE.fullmatch(self._language):
            self._fail(f"{self._language!r} is no code of a language; write de, de-x-informal or the like", _line(node))
        if self._language.lower() == self._source.lower():
            self._fail(f"the rule set itself has the language {self._language!r}, so this translates nothing", 1)
        unused = parts.pop(UNUSED, None)
        put_aside = {} if unused is None or _is_empty(unused) else self._mapping(unused, "parts of a rule set")
        return Catalogue(self._language, self._file, tuple(self._entries(parts)), tuple(self._entries(put_aside)))

    def _entries(self, parts: Mapping[str, Node]) -> Iterator[Entry]:
        for part, attributes in parts.items():
            for attribute, node in self._mapping(attributes, f"the texts of '{part}', by name").items():
                for each in node.value if node.id == "sequence" else [node]:
                    yield self._entry(part, attribute, each)

    def _entry(self, part: str, attribute: str, node: Node) -> Entry:
        owner = f"{part}, {attribute}"
        own = key_of(self._language, self._source)
        texts = self._mapping(node, f"'{self._source}' and '{own}', each with a text")
        known = (self._source, WAS, own)
        for key, value in texts.items():
            if key not in known:
                self._fail(f"{owner}: there is no {key!r} here.{did_you_mean(key, known)}", _line(value))
        if self._source not in texts:
            self._fail(f"{owner} lacks the text to translate, {self._source!r}", _line(node))
        found = {key: self._text(value, f"{owner}, {key}") for key, value in texts.items()}
        at = texts.get(own, node)
        return Entry(
            part,
            attribute,
            found[self._source],
            found.get(own, "") if found.get(own, "").strip() else "",
            found.get(WAS, ""),
            Location(str(self._file), _line(at)),
        )

    def _mapping(self, node: Node, what: str) -> dict[str, Node]:
        if node.id != "mapping":
            self._fail(f"expected {what}", _line(node))
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = self._text(key, "a name")
            if name in found:
                self._fail(f"{name!r} is here twice; keep one of them", _line(key))
            found[name] = value
        return found

    def _text(self, node: Node, what: str) -> str:
        # The characters as written: YAML would take "no" for False.
        if node.id != "scalar":
            self._fail(f"{what} must be a text in quotation marks", _line(node))
        return str(node.value)

    def _fail(self, message: str, line: int) -> NoReturn:
        raise RuleSetError(message, Location(str(self._file), line))


def _is_empty(node: Node) -> bool:
    return node.id == "scalar" and not node.value


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1
