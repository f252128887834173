"""Represent the correction of a finding: a text that replaces a part of one line."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assessor.findings.place import Place


@dataclass(frozen=True)
class Edit:
    """A change of one line in a file.

    Attributes:
        place: The text to replace; `source` is the line in the file.
        text: What replaces it.
    """

    place: Place
    text: str


@dataclass(frozen=True)
class Replacement:
    """A correction of what a finding marks, without its place in the file.

    Attributes:
        old: The wrong part, as written.
        new: The right one.
    """

    old: str
    new: str

    def within(self, place: Place) -> Edit | None:
        """Return the edit within what a place marks, or `None` unless the wrong part is there exactly once.

        A place may be that of a text which a plugin or an include has changed. Then the file says something else, and
        there is nothing sure to replace.
        """
        if not (place.line and place.column):
            return None
        start = place.column - 1
        marked = place.source[start : start + place.width]
        if not self.old or marked.count(self.old) != 1:
            return None
        return Edit(replace(place, column=place.column + marked.index(self.old), width=len(self.old)), self.new)
