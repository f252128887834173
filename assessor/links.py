"""Links: which of them may stand on a reader's page, and lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from assessor.errors import Location, RuleSetError

ALLOWED_SCHEMES = ("https", "http", "mailto")

# The end of an inline Markdown link, `](target "title")` or `](<target>)`. Reference links are not supported in the
# texts of a rule set. Allow white space in the target, because browsers remove it.
_LINK_TARGET = re.compile(r"""\]\(\s*(?:<([^>]*)|([^)]*?)(?:\)|\s["']|$))""")
_AUTHORITY = re.compile(r"//([^/\\?#]*)")
_PORT = re.compile(r":\d*$")
_BEFORE_PATH = re.compile(r"[^/?#]*")


def is_allowed_url(url: str) -> bool:
    """Return whether a browser that follows a URL uses only `https`, `http`, `mailto` or a relative path.

    Before looking for the scheme, browsers remove white space and control characters and decode character references
    (WHATWG URL, "basic URL parser"). So does this function.
    """
    plain = "".join(character for character in _unescaped(url) if character > " " and character != "\x7f")
    if plain.replace("\\", "/").startswith("//"):
        return False
    plain = plain.replace("\\", "")
    before_path = _BEFORE_PATH.match(plain)
    head = before_path.group() if before_path else ""
    scheme, colon, _ = head.partition(":")
    return not colon or scheme.lower() in ALLOWED_SCHEMES


def _unescaped(url: str) -> str:
    """Return a URL with its character references decoded, also those of which decoding makes others."""
    if "&" not in url:
        return url
    import html  # noqa: PLC0415 - slow to import, with the names of 2,231 characters

    previous, plain = "", url
    while previous != plain:
        previous, plain = plain, html.unescape(plain)
    return plain


def _without_target(url: str) -> str:
    """Return what an allowed URL lacks, or an empty string. Browsers open nothing for such a link, or another page."""
    plain = _unescaped(url).strip()
    scheme, _, rest = plain.partition(":")
    if scheme.lower() == "mailto":
        return "" if rest else "no recipient: write mailto:name@example.org"
    if scheme.lower() not in ("https", "http"):
        return ""
    match = _AUTHORITY.match(rest)
    host = _PORT.sub("", match[1].rpartition("@")[2]) if match else ""
    if not any(map(str.isalnum, unquote(host))):
        return "no host: write the whole address, such as https://example.org/page"
    return "a space in its host: take it out" if re.search(r"\s", host) else ""


def link_targets(text: str) -> Iterator[str]:
    """Yield the target of each inline Markdown link in a text."""
    for match in _LINK_TARGET.finditer(text):
        yield match.group(1) or match.group(2) or ""


def check_url(owner: str, url: str, location: Location | None = None) -> None:
    """Refuse a URL that is not on the allow-list, or that leads nowhere, such as `https://`.

    Raises:
        RuleSetError: With the owner and the URL.
    """
    if not is_allowed_url(url):
        raise RuleSetError(
            f"{owner} links to {url!r}: only {', '.join(f'{scheme}:' for scheme in ALLOWED_SCHEMES)} "
            f"and relative links may stand on a reader's page",
            location,
        )
    lack = _without_target(url)
    if lack:
        raise RuleSetError(f"{owner} links to {url!r}, which has {lack}", location)


def check_links(owner: str, text: str, location: Location | None = None) -> None:
    """Refuse a text whose inline Markdown links to a URL that is not on the allow-list, or that leads nowhere.

    Raises:
        RuleSetError: With the owner and the URL.
    """
    for target in link_targets(text):
        check_url(owner, target, location)
