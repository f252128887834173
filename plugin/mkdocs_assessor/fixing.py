"""Correct pages: apply the fixes of findings, in memory until the last one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from assessor.errors import Location
from assessor.findings.edit import Edit
from assessor.findings.finding import Finding
from mkdocs_assessor.site.shown_slots import read_page
from mkdocs_assessor.writing import WritingError, write_files

_LINE = re.compile(r"[^\r\n]*")
_BREAK = re.compile(r"\r\n|\r|\n")
# A corrected name may show the next mistake, such as a text that disagrees with the fact that the link now has. Each
# correction removes a mistake for good, so there are few rounds.
_MOST_ROUNDS = 10


class Fixing:
    """Corrects the files of a docs folder.

    Attributes:
        count: The number of corrections so far.
    """

    def __init__(self, docs: Path) -> None:
        """Take the folder; never change files outside it, not even through links."""
        self._docs = docs.resolve()
        self._before: dict[Path, str] = {}
        self._after: dict[Path, str] = {}
        self.count = 0

    def run(self, lint: Callable[[Callable[[Path], str]], Iterable[Finding]]) -> None:
        """Apply all possible corrections, in rounds.

        Args:
            lint: Returns the findings in pages, given what returns the text of each as corrected so far.
        """
        for _ in range(_MOST_ROUNDS):
            if not self._apply(lint(self._read)):
                return

    @property
    def diff(self) -> str:
        """The corrections as a patch."""
        return "".join(
            line
            for path, text in self._changed()
            for name in [Location(str(path))]
            for line in _patch(str(name), self._before[path], text)
        )

    @property
    def files(self) -> int:
        """How many files have corrections."""
        return len(list(self._changed()))

    def write(self) -> None:
        """Write every corrected file, or none.

        Raises:
            WritingError: If a file has changed meanwhile, or writing it fails.
        """
        changed = {
            path.relative_to(self._docs).as_posix(): (self._before[path], text) for path, text in self._changed()
        }
        before = {name: old for name, (old, _) in changed.items()}
        write_files(self._docs, {name: new for name, (_, new) in changed.items()}, replace=True, before=before)

    def _changed(self) -> Iterator[tuple[Path, str]]:
        return ((path, text) for path, text in sorted(self._after.items()) if text != self._before[path])

    def _read(self, path: Path) -> str:
        text = self._after.get(path.resolve())
        return read_page(path) if text is None else _BREAK.sub("\n", text)

    def _apply(self, findings: Iterable[Finding]) -> int:
        """Apply the fixes of findings, and return their number."""
        by_file: dict[Path, list[Edit]] = {}
        # An error in a snippet is reported for every page that includes it.
        for edit in dict.fromkeys(finding.fix for finding in findings if finding.fix):
            path = Path(edit.place.path).resolve()
            if path.is_relative_to(self._docs):
                by_file.setdefault(path, []).append(edit)
        count = sum(self._correct(path, edits) for path, edits in by_file.items())
        self.count += count
        return count

    def _correct(self, path: Path, edits: Iterable[Edit]) -> int:
        if path not in self._after:
            try:
                self._before[path] = self._after[path] = path.read_bytes().decode()
            except OSError as error:
                raise WritingError(f"{path}: cannot read the file: {error.strerror}.") from error
        text = self._after[path]
        starts = [0, *(match.end() for match in _BREAK.finditer(text))]
        pieces, done, count = [], 0, 0
        for edit in sorted(edits, key=lambda each: each.place):
            line = edit.place.line - 1
            start = starts[line] + edit.place.column - 1 if line < len(starts) else -1
            # A parser that reads includes itself still has a line that a former round corrected. And of two corrections
            # of one text, the next round sees whether the second is still needed.
            if start < done or _line(text, starts[line]) != edit.place.source:
                continue
            pieces += [text[done:start], edit.text]
            done = start + edit.place.width
            count += 1
        self._after[path] = "".join([*pieces, text[done:]])
        return count


def _line(text: str, start: int) -> str:
    match = _LINE.match(text, start)
    return match[0] if match else ""


def _patch(name: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of a unified diff. As `patch` reads it, only a line feed ends a line."""
    old, new = (re.findall(r"[^\n]*\n|[^\n]+", text) for text in (before, after))
    for line in difflib.unified_diff(old, new, name, name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
