"""Estimate the width of text in a picture, without access to a font."""

from __future__ import annotations

import unicodedata

FONT_SIZE = 12
LINE_HEIGHT = 15


def letter(position: int) -> str:
    """Return A, B, …, Z, AA, AB, … for a position counted from 0."""
    before, last = divmod(position, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)


def text_width(text: str, *, is_bold: bool = False) -> float:
    """Return the approximate maximum width of a text in pixels, based on the widest of the usual fonts."""
    return round(sum(map(_character_width, text)) * FONT_SIZE * (1.12 if is_bold else 1), 2)


_CHARACTER_WIDTHS = {
    character: width
    for characters, width in (
        ("ijl|'’‘", 0.29),
        (" I.,:;!", 0.34),
        ("ftr()[]/\\-", 0.42),
        ('cszJ?"“”–', 0.56),
        ("aekovxyLEFTP", 0.62),
        ("wCGHNOQRUD<>=+≥≤", 0.84),
        ("mMW@%—…", 1.0),
    )
    for character in characters
}


def _character_width(character: str) -> float:
    """Return the width of a character relative to the font size."""
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return _CHARACTER_WIDTHS.get(character, 0.7 if character.isupper() else 0.64)


def wrap(text: str, width: float, *, is_bold: bool = False) -> list[str]:
    """Split a text into lines that fit a width, and break longer words."""
    lines = [""]
    for whole in text.split():
        word = whole
        joined = f"{lines[-1]} {word}".strip()
        if text_width(joined, is_bold=is_bold) <= width:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        while text_width(word, is_bold=is_bold) > width:
            fitting = next(
                (size for size in range(len(word), 1, -1) if text_width(word[:size], is_bold=is_bold) <= width), 1
            )
            lines[-1], word = word[:fitting], word[fitting:]
            lines.append("")
        lines[-1] = word
    return lines
