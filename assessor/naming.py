"""Ids, and the nearest name for a misspelt one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from assessor.errors import Location, RuleSetError

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check_id(kind: str, value: object, location: Location | None = None) -> None:
    """Refuse an id that could not stand in a link, a file of answers and an HTML id alike.

    Args:
        kind: What the id names, for the message ("question", "fact").
        value: The id.
        location: Where it was given; by default the construction that is under way.

    Raises:
        RuleSetError: If it is anything but lower-case words and digits joined by hyphens.
    """
    if not isinstance(value, str) or not _ID.fullmatch(value):
        article = "an" if kind[0] in "aeiou" else "a"
        raise RuleSetError(
            f"{value!r} cannot be the id of {article} {kind}: write lower-case letters and digits "
            f"joined by hyphens, such as 'restore-tested'",
            location,
        )


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that a misspelt one is likely to mean, if there is one."""
    by_lower = {each.lower(): each for each in known}
    found = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.5)
    return by_lower[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a sentence that names the nearest known name, or that lists a few, or nothing.

    Args:
        name: The name that was not found.
        known: The names that exist.
    """
    names = list(known)
    meant = nearest(name, names)
    if meant is not None:
        return f" Did you mean {meant!r}?"
    if not names:
        return ""
    shown = ", ".join(repr(each) for each in names[:6])
    return f" Known: {shown}{', …' if len(names) > 6 else ''}."
