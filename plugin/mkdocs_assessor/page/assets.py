"""The script and the style sheet that a page with a slot loads."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import resources

# Written by 'npm run build', from the sources beside them.
_SCRIPT = "shipped/assessor.js"
_STYLES = "shipped/assessor.css"


@dataclass(frozen=True)
class Asset:
    """A file for the site.

    Attributes:
        name: Its file name, which changes when its content does, so that it may be cached for ever.
        content: Its text.
    """

    name: str
    content: str


def script() -> Asset:
    """Return the one script, that defines the elements."""
    return _asset(_read(_SCRIPT), "js")


def style_sheet() -> Asset:
    """Return the one style sheet."""
    return _asset(_read(_STYLES), "css")


def _read(name: str) -> str:
    return (resources.files("mkdocs_assessor") / "assets" / name).read_text(encoding="utf-8")


def _asset(content: str, suffix: str) -> Asset:
    digest = hashlib.sha256(content.encode("utf-8")).hexdigest()
    return Asset(f"assessor.{digest[:12]}.{suffix}", content)
