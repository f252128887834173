"""Ids for what people call a column, an option, an outcome or a row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from assessor.tables.unary_parser import unescaped
from assessor.tables.unary_tests import string_text

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SPELT_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d"}
)
_SIGNS = str.maketrans({"&": " and ", "%": " percent ", "+": " plus ", "#": " sharp ", "€": " euro ", "$": " dollar "})
_PLAIN = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
# Excel reads these as dates, and saves them as numbers.
_DATE = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*-?[0-9]+")


def is_id(text: str) -> bool:
    """Return whether a text can be an id as it is."""
    return _ID.fullmatch(text) is not None


def id_of(text: str, *, is_camel: bool = False) -> str:
    """Return the id for a name, such as `number-of-seats` for "Number of seats"; empty if it has no usable letter.

    Args:
        text: The name.
        is_camel: Whether a capital letter may begin a word: `personalData` is `personal-data`.
    """
    if is_id(text):
        return text
    if is_camel:
        text = _CAMEL.sub("-", text)
    spelt = text.lower().translate(_SPELT_OUT).translate(_SIGNS).replace("'", "")
    letters = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", letters))


def distinct_ids(texts: Iterable[str], kind: str, *, is_camel: bool = False) -> dict[str, str]:
    """Return an id for each text. A text that is an id keeps it; another with the same one gets a number behind it.

    Args:
        texts: The texts.
        kind: The id of one without usable letters: `option`, `question`.
        is_camel: As for `id_of`.
    """
    wanted = list(dict.fromkeys(texts))
    found = {text: text for text in wanted if is_id(text)}
    taken = set(found)
    for place, text in enumerate(wanted, start=1):
        if text in found:
            continue
        base = id_of(text, is_camel=is_camel) or f"{kind}-{place}"
        number, new = 2, base
        while new in taken:
            number, new = number + 1, f"{base}-{number}"
        found[text] = new
        taken.add(new)
    return {text: found[text] for text in wanted}


def words_of_id(text: str) -> str:
    """Return what readers see for a name: an id as words, anything else unchanged."""
    return text.replace("-", " ").capitalize() if is_id(text) else text


_UNPLAIN = ("yes", "no", "true", "false", "null", "not", "ja", "nein", "oui", "non", "si", "wahr", "falsch")


def id_text(name: str) -> str:
    """Return an id as a cell has it: in quotation marks if a spreadsheet would take it for something else."""
    is_plain = _PLAIN.fullmatch(name) and name not in _UNPLAIN and not _DATE.fullmatch(name)
    return name if is_plain else string_text(name)


def plain_text(text: str) -> str:
    """Return the text of a cell without the quotation marks that FEEL has around texts."""
    text = text.strip()
    return unescaped(text) if len(text) > 1 and text[0] == text[-1] == '"' else text


def named_lines(text: str) -> list[tuple[str, str]]:
    """Return ids with their titles, written one a line: `eu = In the EU`. A title may be in quotation marks."""
    found = []
    for line in filter(str.strip, text.split("\n")):
        name, _, title = line.partition("=")
        found.append((plain_text(name), plain_text(title)))
    return found


def named_line(name: str, title: str) -> str:
    """Return an id with its title, as `named_lines` reads it."""
    is_plain = title == title.strip() and title[:1] != '"' and "\n" not in title and "\r" not in title
    return f"{id_text(name)} = {title if is_plain else string_text(title)}"
