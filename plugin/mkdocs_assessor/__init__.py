"""Put decision guides into docs: slots and links in Markdown, for MkDocs, ProperDocs and Zensical."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs_assessor.extension import AssessorExtension, makeExtension

__all__ = ["AssessorExtension", "makeExtension"]


def __getattr__(name: str) -> Any:
    """Import the extension on first use: commands that only read a configuration start without it."""
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from mkdocs_assessor import extension  # noqa: PLC0415 - see above

    return getattr(extension, name)
