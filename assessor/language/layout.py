"""Lay out reports as lines of text."""

from __future__ import annotations

import textwrap

WIDTH = 96
GAP = "\u2026"
"""Stands in a sentence for a link, code, a quotation or a value: no number of the author's is in it, nor beyond it."""


def capitalized(text: str) -> str:
    """Return a text with its first letter in upper case, and the rest unchanged."""
    return f"{text[:1].upper()}{text[1:]}"


def quoted(text: str) -> str:
    """Return a text of an author in quotation marks, on one line, with plain spaces for hard ones."""
    return f"'{' '.join(text.split())}'"


def section(heading: str) -> list[str]:
    """Return a heading after an empty line."""
    return ["", heading]


def item(text: str, depth: int = 1) -> list[str]:
    """Return a wrapped list item at a depth counted from 1."""
    indent = "  " * depth
    return _wrapped(text, f"{indent}- ", f"{indent}  ")


def indented(text: str, width: int = WIDTH) -> list[str]:
    """Return a paragraph under a heading, wrapped."""
    return _wrapped(text, "  ", "  ", width)


def _wrapped(text: str, first: str, following: str, width: int = WIDTH) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=following, break_on_hyphens=False, break_long_words=False
    )
