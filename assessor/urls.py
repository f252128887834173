"""Which URLs may stand in a rule set, and so on a reader's page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from assessor.errors import Location, RuleSetError

ALLOWED_SCHEMES = ("https", "http", "mailto")

# The end of an inline Markdown link, `](target "title")` or `](<target>)`; reference links cannot stand in a rule
# set's words. White space may stand in a target, for browsers drop it.
_LINK_TARGET = re.compile(r"""\]\(\s*(?:<([^>]*)|([^)]*?)(?:\)|\s["']|$))""")
_BEFORE_PATH = re.compile(r"[^/?#]*")


def is_allowed_url(url: str) -> bool:
    """Say whether a browser that follows the URL stays within `https`, `http`, `mailto` and relative paths.

    Browsers drop white space and control characters, and decode character references, before they look for a
    scheme (WHATWG URL, "basic URL parser"); so does this.
    """
    previous, plain = "", url
    while previous != plain:
        previous, plain = plain, html.unescape(plain)
    plain = "".join(character for character in plain if character > " " and character != "\x7f")
    if plain.replace("\\", "/").startswith("//"):
        return False
    plain = plain.replace("\\", "")
    before_path = _BEFORE_PATH.match(plain)
    head = before_path.group() if before_path else ""
    scheme, colon, _ = head.partition(":")
    return not colon or scheme.lower() in ALLOWED_SCHEMES


def link_targets(text: str) -> Iterator[str]:
    """Yield the target of each inline Markdown link in a text."""
    for match in _LINK_TARGET.finditer(text):
        yield match.group(1) or match.group(2) or ""


def check_url(owner: str, url: str, location: Location | None = None) -> None:
    """Refuse a URL outside the allow-list.

    Raises:
        RuleSetError: Naming the owner and the URL.
    """
    if not is_allowed_url(url):
        raise RuleSetError(
            f"{owner} links to {url!r}: only {', '.join(f'{scheme}:' for scheme in ALLOWED_SCHEMES)} "
            f"and relative links may stand on a reader's page",
            location,
        )


def check_links(owner: str, text: str, location: Location | None = None) -> None:
    """Refuse a text whose inline Markdown links to a URL outside the allow-list.

    Raises:
        RuleSetError: Naming the owner and the URL.
    """
    for target in link_targets(text):
        check_url(owner, target, location)
