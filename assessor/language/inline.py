"""Escape inline Markdown in the texts of a rule set, reduce it to code, or convert it to plain text."""

from __future__ import annotations

import re
from collections.abc import Callable

_SPECIAL = re.compile(r"[\\`*_{}\[\]]")

_REFERENCE = re.compile(r"&(?=#?[0-9A-Za-z]+;)")

HOLE = re.compile(r"\{([a-z]+(?:=[\w-]+)?)\}")
"""A placeholder in a line of a decision record: `{date}`, `{answer=pager}`."""


def escaped(text: str) -> str:
    """Return a text as Markdown that shows the same characters, with no markup or HTML."""
    text = _SPECIAL.sub(r"\\\g<0>", text)
    return _REFERENCE.sub("&amp;", text).replace("<", "&lt;")


_LINK = re.compile(r"\[([^\]]*)\]\(\s*<?([^)>\s]*)>?[^)]*\)")

_EMPHASIS = re.compile(r"(\*{1,3})(?=\S)(.+?)(?<=\S)\1")

# Like Python-Markdown, which renders the same texts as HTML: code first, then escaped characters.
_CODE_OR_ESCAPE = re.compile(r"(?<!\\)(`+)(?!`)(?P<code>.+?)(?<!`)\1(?!`)|\\(?P<character>[\\`*_{}\[\]()>#+\-.!])")

_HELD = re.compile(r"\0[0-9]+\0")


def plain_text(text: str) -> str:
    """Return inline Markdown as plain text: `[text](url)` becomes `text (url)`."""
    return _converted(text, code=str, other=str, has_emphasis=False)


def marked_text(text: str, *, has_emphasis: bool = False) -> str:
    r"""Return inline Markdown in its simplest form, in which code is the only markup. Decision records quote it.

    Code stands between single backticks, and every other special character has an escape, so `marked()` in `dom.js`
    needs no parser. Code that this form cannot hold, or that a record would take for a placeholder, becomes escaped
    text.

    Args:
        text: Inline Markdown.
        has_emphasis: Whether to keep emphasis, as `*` or `**`.
    """
    return _converted(text, code=_code, other=escaped, has_emphasis=has_emphasis)


def _code(text: str) -> str:
    return escaped(text) if "`" in text or HOLE.search(text) else f"`{text}`"


def _converted(text: str, *, code: Callable[[str], str], other: Callable[[str], str], has_emphasis: bool) -> str:
    """Return inline Markdown in another form.

    Args:
        text: The Markdown.
        code: Converts code.
        other: Converts other text.
        has_emphasis: Whether to keep emphasis.
    """
    held: dict[str, str] = {}

    def hold(converted: str) -> str:
        """Keep finished parts unchanged."""
        held[key := f"\0{len(held)}\0"] = converted
        return key

    def hold_code(span: re.Match[str]) -> str:
        return hold(code(span["code"].strip()) if span["code"] else other(span["character"]))

    def hold_marks(span: re.Match[str]) -> str:
        # Of three, two are kept: two kinds of emphasis would have to end in reverse.
        return f"{hold(span[1][:2])}{span[2]}{hold(span[1][:2])}" if has_emphasis else span[2]

    text = _CODE_OR_ESCAPE.sub(hold_code, text)
    text = _LINK.sub(lambda link: link[1] if link[1] == link[2] else f"{link[1]} ({link[2]})", text)
    previous = ""
    while previous != text:
        previous, text = text, _EMPHASIS.sub(hold_marks, text)
    return _HELD.sub(lambda key: held.get(key[0], key[0]), other(text))
