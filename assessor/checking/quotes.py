"""Which facts the pages of a folder quote."""

from __future__ import annotations

import re
from pathlib import Path

_LINK = re.compile(r"(?:\]\(\s*<?|\]:\s*<?|<)fact:([A-Za-z0-9_-]+)")


def quoted_facts(docs: Path) -> set[str]:
    """Return the ids of the facts that `fact:` links in Markdown files name.

    Args:
        docs: The folder; files in its folders count, too.
    """
    pages = (page for page in sorted(docs.rglob("*.md")) if page.is_file())
    return {fact_id for page in pages for fact_id in _LINK.findall(page.read_text("utf-8", errors="replace"))}
