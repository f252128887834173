"""Write what we render, without ever replacing a file that somebody else wrote."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mkdocs_assessor.standalone.content import MARK
from mkdocs_assessor.writing import WritingError, write_files

# Every file that we write says so near its start.
_START = 2_000


def write_ours(folder: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder, all or none; files of an earlier run are replaced.

    Raises:
        WritingError: If a file exists that we did not write, or if one cannot be written.
    """
    for path in files:
        _check_ours(folder / path)
    write_files(folder, files, replace=True)


def _check_ours(file: Path) -> None:
    if file.is_dir():
        raise WritingError(f"{file}: is a folder; name a file.")
    if not file.exists():
        return
    if not file.is_file():
        raise WritingError(f"{file}: is no regular file; to write to standard output, name -.")
    try:
        with file.open("rb") as stream:
            is_ours = MARK.encode() in stream.read(_START)
    except OSError as error:
        raise WritingError(f"{file}: cannot be read: {error.strerror}.") from error
    if not is_ours:
        raise WritingError(f"{file}: is there already, and this command did not write it; remove it or name another.")
