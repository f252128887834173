"""Write what we render, without ever replacing a file that somebody else wrote or changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from mkdocs_assessor.standalone.content import MARK
from mkdocs_assessor.writing import WritingError, write_files

# What we write is smaller, and a file that is larger is not ours.
_MOST_BYTES = 50_000_000
_DIGITS = 16
# What the mark says behind it is the command, such as "assessor page".
_SIGNED = re.compile(rf"{re.escape(MARK)} \[(?P<digest>[0-9a-f]{{{_DIGITS}}})\](?P<command>: assessor \w+)")


def signed(text: str) -> str:
    """Return a text whose mark has a hash of all the rest, so that later runs see whether anybody changed it.

    Args:
        text: What we write; it has the mark.
    """
    return text.replace(MARK, f"{MARK} [{_digest(text)}]", 1)


def write_ours(folder: Path, files: Mapping[str, str]) -> None:
    """Write signed files into a folder, all or none, and replace files of an earlier run if nobody changed them.

    Raises:
        WritingError: If a file exists that is not ours or has changed, or if writing one fails.
    """
    for path, text in files.items():
        _check_ours(folder / path, text)
    write_files(folder, files, replace=True)


def _check_ours(file: Path, new: str) -> None:
    if file.is_symlink():
        raise WritingError(f"{file}: is a link; remove it or name another file.")
    if file.is_dir():
        raise WritingError(f"{file}: is a folder; name a file.")
    if not file.exists():
        return
    if not file.is_file():
        raise WritingError(f"{file}: is no regular file; to write to standard output, name -.")
    try:
        with file.open("rb") as stream:
            old = stream.read(_MOST_BYTES).decode("utf-8", "replace")
    except OSError as error:
        raise WritingError(f"{file}: cannot read the file: {error.strerror}.") from error
    found = _SIGNED.search(old)
    own = _SIGNED.search(new)
    if not found or not own or own["command"] != found["command"]:
        raise WritingError(f"{file}: is there already, and this command did not write it; remove it or name another.")
    # Such as a page into which somebody has pasted a fragment of ours.
    if _digest(f"{old[: found.start()]}{MARK}{old[found.end('digest') + 1 :]}") != found["digest"]:
        raise WritingError(f"{file}: has changed since this command wrote it; remove it or name another.")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
