"""Where in its source a part of a rule set stands."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from assessor.errors import Location
from mkdocs_assessor.diagnostics import Place

# How far below the beginning of a question its `about` may stand.
_LONGEST_QUESTION = 60


def place_of(location: Location, text: str = "") -> Place:
    """Return where a part of a rule set was made, or a text of it stands."""
    path = str(Location(location.path))
    lines = _lines(location.path)
    if not location.line or location.line > len(lines):
        return Place(path, location.line)
    for number in range(location.line, min(len(lines), location.line + _LONGEST_QUESTION) + 1 if text else 0):
        column = lines[number - 1].find(text)
        if column >= 0:
            return Place(path, number, column + 1, lines[number - 1], len(text))
    line = lines[location.line - 1]
    indent = len(line) - len(line.lstrip())
    return Place(path, location.line, indent + 1, line, len(line.strip()))


@lru_cache(maxsize=16)
def _read(path: str, changed: float) -> tuple[str, ...]:
    return tuple(Path(path).read_text(encoding="utf-8").splitlines())


def _lines(path: str) -> tuple[str, ...]:
    try:
        return _read(path, Path(path).stat().st_mtime)
    except (OSError, ValueError):
        return ()
