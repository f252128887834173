"""Bring a catalogue up to date with its rule set, and write it: keep or set aside what somebody wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assessor.errors import Location
from assessor.model.ruleset import RuleSet
from assessor.translations.catalogue import LANGUAGE, UNUSED, WAS, Catalogue, Entry, is_current, key_of
from assessor.translations.comments import Anchor, Comments
from assessor.translations.texts import SourceText, source_texts, unit_parts

_PLAIN_KEY = re.compile(r"[^\W\d][\w /·*.²³-]*")
# YAML reads these as true and false, also the language of Norway.
_NOT_PLAIN = frozenset(["no", "on", "off", "yes", "y", "n", "true", "false", "null"])
# What JSON leaves as it is, and YAML does not take.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True)
class Update:
    """A catalogue as it should be.

    Attributes:
        catalogue: The catalogue.
        missing: How many texts have no translation.
        stale: How many translations are of a text that has changed.
        put_aside: What has become unused in this update.
        taken_back: The unused translations that belong to a text again.
    """

    catalogue: Catalogue
    missing: int
    stale: int
    put_aside: Sequence[Entry]
    taken_back: Sequence[Entry]


def updated(catalogue: Catalogue, ruleset: RuleSet) -> Update:
    """Return a catalogue with an entry for each text of a rule set, and what is of no text put aside."""
    matched, rest = catalogue.match(source_texts(ruleset, catalogue.language))
    units = unit_parts(ruleset)
    # Units that the translator has added, such as FTE, are used wherever they occur.
    extra = [each for each in rest if each.part in units]
    left = [each for each in (*rest, *catalogue.unused) if each not in extra and each.text]
    entries: list[Entry] = []
    taken: list[Entry] = []
    for text, known in matched:
        # A rule without an id is called by its position, which a new rule before it changes.
        moved = None if known else next((each for each in left if _is_moved(each, text)), None)
        if moved is not None:
            left.remove(moved)
            taken += [moved] if moved in catalogue.unused else []
        entries.append(_entry(text, known or moved))
    counted = list(zip((text for text, _ in matched), entries, strict=True))
    return Update(
        replace(catalogue, entries=(*entries, *extra), unused=tuple(left)),
        missing=sum(not entry.text for _, entry in counted),
        stale=sum(bool(entry.text) and not is_current(text, entry) for text, entry in counted),
        put_aside=[each for each in left if each not in catalogue.unused],
        taken_back=taken,
    )


def _is_moved(entry: Entry, text: SourceText) -> bool:
    kinds = entry.part.partition(" ")[0], text.part.partition(" ")[0]
    return kinds[0] == kinds[1] and (entry.attribute, entry.source, entry.was) == (text.attribute, text.text, "")


def _entry(text: SourceText, known: Entry | None) -> Entry:
    said = known.text if known else ""
    was = (known.was or known.source) if known and said else ""
    place = known.location if known else Location("")
    return Entry(text.part, text.attribute, text.text, said, "" if was == text.text else was, place)


def new_catalogue(file: Path, language: str) -> Catalogue:
    """Return an empty catalogue."""
    return Catalogue(language, file, (), ())


def written(catalogue: Catalogue, source_language: str, header: str, comments: Comments) -> str:
    """Return a catalogue as the text of its file: the same content gives the same text.

    Args:
        catalogue: The catalogue.
        source_language: The language of the rule set.
        header: The first comment of a new file.
        comments: The comments of the file as it is.
    """
    writer = _Writer(source_language, catalogue.language, comments)
    lines = [] if comments.text else [f"# {line}" for line in header.splitlines()]
    lines += writer.line("", f"{LANGUAGE}: {catalogue.language}", (LANGUAGE,))
    lines += writer.parts(catalogue.entries, "")
    if catalogue.unused:
        lines += ["", *writer.line("", f"{UNUSED}:", (UNUSED,)), *writer.parts(catalogue.unused, "  ")]
    lines += comments.left()
    return "\n".join(lines).strip("\n") + "\n"


class _Writer:
    def __init__(self, source_language: str, language: str, comments: Comments) -> None:
        self._source = source_language
        self._language = key_of(language, source_language)
        self._comments = comments

    def parts(self, entries: Sequence[Entry], indent: str) -> Iterator[str]:
        parts: dict[str, dict[str, list[Entry]]] = {}
        for entry in entries:
            parts.setdefault(entry.part, {}).setdefault(entry.attribute, []).append(entry)
        aside = (UNUSED,) if indent else ()
        for part, attributes in parts.items():
            if not indent:
                yield ""
            yield from self.line(indent, f"{_key(part)}:", (*aside, part))
            for attribute, texts in attributes.items():
                yield from self.line(f"{indent}  ", f"{_key(attribute)}:", (*aside, part, attribute))
                for text in texts:
                    yield from self._texts(text, len(texts) > 1, f"{indent}    ", (*aside, part, attribute))

    def _texts(self, entry: Entry, is_listed: bool, indent: str, anchor: Anchor) -> Iterator[str]:
        texts: Mapping[str, str] = {self._source: entry.source, WAS: entry.was, self._language: entry.text}
        for name, text in texts.items():
            if name == WAS and not text:
                continue
            # The texts of a list are told apart by what they say, because their places change.
            places = [(*anchor, name), (*anchor, name, entry.source), (*anchor, name, entry.was)]
            dash = "- " if is_listed and name == self._source else "  " if is_listed else ""
            yield from self.line(indent, f"{dash}{_key(name)}: {_quoted(text)}", *places)

    def line(self, indent: str, text: str, *anchors: Anchor) -> Iterator[str]:
        """Yield a line with the comments above it and behind it."""
        above, behind = self._comments.take(*anchors)
        yield from (f"{indent}{each}" for each in above)
        yield f"{indent}{text}{f'  {behind}' if behind else ''}"


def _key(name: str) -> str:
    return name if _PLAIN_KEY.fullmatch(name) and name.lower() not in _NOT_PLAIN else _quoted(name)


def _quoted(text: str) -> str:
    return _UNPRINTABLE.sub(lambda each: f"\\u{ord(each[0]):04x}", json.dumps(text, ensure_ascii=False))
