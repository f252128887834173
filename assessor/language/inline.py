"""Escape inline Markdown in the texts of a rule set, or convert it to plain text."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"[\\`*_{}\[\]]")

_REFERENCE = re.compile(r"&(?=#?[0-9A-Za-z]+;)")


def escaped(text: str) -> str:
    """Return a text as Markdown that shows the same characters, with no markup or HTML."""
    text = _SPECIAL.sub(r"\\\g<0>", text)
    return _REFERENCE.sub("&amp;", text).replace("<", "&lt;")


_LINK = re.compile(r"\[([^\]]*)\]\(\s*<?([^)>\s]*)>?[^)]*\)")

_EMPHASIS = re.compile(r"(\*\*|\*)(?=\S)(.+?)(?<=\S)\1")

_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")

_HELD = re.compile(r"\0[0-9]+\0")


def plain_text(text: str) -> str:
    """Return inline Markdown as plain text: `[text](url)` becomes `text (url)`."""
    code: dict[str, str] = {}

    def hold(span: re.Match[str]) -> str:
        """Keep code unchanged."""
        code[held := f"\0{len(code)}\0"] = span[2]
        return held

    text = _CODE.sub(hold, text)
    text = _LINK.sub(lambda link: link[1] if link[1] == link[2] else f"{link[1]} ({link[2]})", text)
    previous = ""
    while previous != text:
        previous, text = text, _EMPHASIS.sub(r"\2", text)
    return _HELD.sub(lambda held: code.get(held[0], held[0]), text)
