"""Keep the text of pages, so that a second run need not ask their servers again."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import secrets
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

_VERSION = 1
_MOST_LETTERS = 1_000_000


@dataclass(frozen=True)
class Kept:
    """A page in the cache.

    Attributes:
        url: The source.
        read: The date, as `YYYY-MM-DD`.
        moved_to: Where a permanent redirect led.
        language: The language of the page, as it declares it.
        blocks: The text of each block.
    """

    url: str
    read: str
    moved_to: str
    language: str
    blocks: list[str]


def cache_folder() -> Path:
    """Return the folder for pages in the user's cache."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "mkdocs-assessor" / "sources"


class Cache:
    """Pages in a folder, one file each."""

    def __init__(self, folder: Path, days: int, today: datetime.date) -> None:
        """Take the folder, how many days a page counts, and the date."""
        self._folder = folder
        self._days = days
        self._today = today

    def get(self, url: str) -> Kept | None:
        """Return a recently read page, or `None`. A damaged file counts as missing."""
        try:
            said = json.loads(self._file(url).read_bytes())
            if said.pop("version") != _VERSION:
                return None
            kept = Kept(**said)
            age = (self._today - datetime.date.fromisoformat(kept.read)).days
            blocks: object = kept.blocks
            is_text = isinstance(blocks, list) and all(isinstance(each, str) for each in blocks)
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None
        return kept if kept.url == url and is_text and 0 <= age < self._days else None

    def put(self, kept: Kept) -> None:
        """Keep a page, if the folder is writable: a check without a cache is slower, and as right."""
        if sum(map(len, kept.blocks)) > _MOST_LETTERS:
            return
        file = self._file(kept.url)
        temporary = file.with_name(f".{secrets.token_hex(8)}.tmp")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                temporary.write_text(json.dumps({"version": _VERSION, **asdict(kept)}), "utf-8")
                temporary.replace(file)
            finally:
                temporary.unlink(missing_ok=True)
        except OSError:
            return

    def _file(self, url: str) -> Path:
        return self._folder / f"{hashlib.sha256(url.encode()).hexdigest()}.json"
