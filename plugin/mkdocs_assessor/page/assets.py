"""Provide the script and the style sheet for pages with slots."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import resources

# Built from the sources beside it, by `npm run build`.
_SCRIPT = "shipped/assessor.js"
_STYLES = "shipped/assessor.css"
_PAGE_STYLES = "shipped/page.css"


@dataclass(frozen=True)
class Asset:
    """A file for the site.

    Attributes:
        name: The file name. It changes with the content, so browsers can cache the file for ever.
        content: The text.
    """

    name: str
    content: str


def script() -> Asset:
    """Return the script, which defines the elements."""
    return _asset(_read(_SCRIPT), "js")


def style_sheet() -> Asset:
    """Return the style sheet."""
    return _asset(_read(_STYLES), "css")


def page_style_sheet() -> Asset:
    """Return the style sheet of pages without a generator, which have no theme."""
    return _asset(_read(_PAGE_STYLES), "css")


def _read(name: str) -> str:
    return (resources.files("mkdocs_assessor") / "assets" / name).read_text(encoding="utf-8")


def _asset(content: str, suffix: str) -> Asset:
    digest = hashlib.sha256(content.encode("utf-8")).hexdigest()
    return Asset(f"assessor.{digest[:12]}.{suffix}", content)
