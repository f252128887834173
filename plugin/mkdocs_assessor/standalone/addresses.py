"""Decide where the links of a rule set lead, if no site is around its guide."""

from __future__ import annotations

import html
import posixpath
import re
from urllib.parse import quote, urljoin, urlsplit

from assessor.errors import AssessorError
from assessor.links import is_allowed_url
from mkdocs_assessor.page.page import is_within_docs

PLACEHOLDER = "{page}"

_SUFFIX = ".md"
_HAS_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WRITTEN_LINK = re.compile(r'<a href="(?![a-zA-Z][a-zA-Z0-9+.-]*:|#)([^"]*)"([^>]*)>(.*?)</a>')


class AddressError(AssessorError):
    """An address of the docs that leads to no pages."""


class Addresses:
    """The addresses of the docs that a guide belongs to. Without them, a guide has no links into the docs."""

    def __init__(self, base: str = "") -> None:
        """Take the address of the docs.

        Args:
            base: The address of the docs: `https://docs.example.org/`, or `/docs/` on the same host. `{page}`
                stands for the path of a page without `.md`; by default the address of a page is its path and a slash.
                If empty, the guide has no links into the docs.

        Raises:
            AddressError: If the address cannot lead to pages.
        """
        if base and not _leads_to_pages(base):
            example = f"https://docs.example.org/ or /docs/{PLACEHOLDER}.html"
            raise AddressError(
                f"--base-url: {base!r} is no address of docs: write one such as {example}, without a user name, and "
                f"with {PLACEHOLDER} at most once"
            )
        if base and PLACEHOLDER not in base:
            base = f"{base.rstrip('/')}/{PLACEHOLDER}/"
        self._root, _, self._end = base.partition(PLACEHOLDER)

    def resolve(self, link: str) -> str:
        """Return where a link within the docs leads, or nothing if that is unknown; return other links unchanged."""
        if not is_within_docs(link):
            # The name of a section alone belongs to whichever page shows the guide. Our own parts are on this one.
            return link if not link.startswith("#") or link.startswith("#assessor") else ""
        path, hash_sign, anchor = link.partition("#")
        if not self._root:
            return ""
        if not path.endswith(_SUFFIX):
            return urljoin(self._root, link)
        name = posixpath.normpath(path).lstrip("./").removesuffix(_SUFFIX)
        folder, last = posixpath.split(name)
        # A generator publishes this page at the address of its folder, unless files have a suffix.
        is_folder = last.lower() in ("index", "readme") and not self._end.strip("/")
        page = f"{self._root}{quote(folder)}{'/' if folder else ''}" if is_folder else ""
        return f"{page or f'{self._root}{quote(name)}{self._end}'}{hash_sign}{anchor}"

    def complete(self, rendered: str) -> str:
        """Complete the relative links of texts and sources in HTML; without an address, keep their texts."""

        def completed(link: re.Match[str]) -> str:
            url = self.resolve(html.unescape(link[1]))
            return f'<a href="{html.escape(url)}"{link[2]}>{link[3]}</a>' if url else link[3]

        return _WRITTEN_LINK.sub(completed, rendered)


def _leads_to_pages(base: str) -> bool:
    """Return whether an address can lead to pages: it has a valid host, and no other placeholders."""
    is_absolute = base.startswith("/") or (_HAS_SCHEME.match(base) and "//" in base)
    if not is_absolute or not is_allowed_url(base) or set('?#"<> \n') & set(base):
        return False
    try:
        parts = urlsplit(base)
        has_host = base.startswith("/") or bool(parts.hostname)
        # Reading the port refuses one that is no number.
        is_plain = parts.username is None and parts.port != 0 and PLACEHOLDER not in parts.netloc
    except ValueError:
        return False
    return has_host and is_plain and not set("{}") & set(base.replace(PLACEHOLDER, "", 1))
