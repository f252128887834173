"""Writing files: all of a run or none, each of them whole, and never through a link that leads elsewhere."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from assessor.errors import AssessorError
from assessor.loading.termination import cleaning_up_when_terminated


class WritingError(AssessorError):
    """Files that cannot be written."""


def write_files(folder: Path, files: Mapping[str, str], *, replace: bool = False) -> None:
    """Write text files into a folder, all or none.

    Each text is written beside its place, and renamed once all texts are complete: a full disk or a kill never leaves a
    part of a file. Whatever ends the run, except a kill, removes what the run made.

    Args:
        folder: Where they go; it is made if it does not exist. It may be a link, but no link in it may lead out of it.
        files: Texts by path, relative to the folder.
        replace: Whether to replace files that exist; a link is replaced, and not what it leads to.

    Raises:
        WritingError: If a file exists and may not be replaced, or if one cannot be written.
    """
    existing = [] if replace else [path for path in files if os.path.lexists(folder / path)]
    if existing:
        raise _existing(folder, existing)
    for path in files:
        _check_within(folder, path)
    with cleaning_up_when_terminated(), ExitStack() as undo:
        # In one order, so that of two runs at once the first to claim a file gets them all.
        staged = [(path, _stage(folder / path, files[path], undo)) for path in sorted(files)]
        for path, temporary in staged:
            if not replace:
                _claim(folder, path, undo)
            with _telling(folder / path):
                temporary.replace(folder / path)
        undo.pop_all()


def _existing(folder: Path, paths: list[str]) -> WritingError:
    return WritingError(f"{folder}: {', '.join(paths)}: there already, and never replaced; name another folder.")


def _check_within(folder: Path, path: str) -> None:
    """Refuse a path that a link leads out of the folder."""
    top = os.path.realpath(folder)
    # Outermost first, so that the link itself is named.
    for parent in reversed([folder / each for each in Path(path).parents]):
        if not Path(os.path.realpath(parent)).is_relative_to(top):
            raise WritingError(f"{parent}: a link that leads out of {folder}; remove it first.")


def _stage(file: Path, text: str, undo: ExitStack) -> Path:
    """Write the text of a file beside it, and return where."""
    _make_folder(file.parent, undo)
    temporary = file.with_name(f".{secrets.token_hex(8)}.tmp")
    undo.callback(_remove, temporary)
    with _telling(file):
        if file.is_dir() and not file.is_symlink():
            # Renaming would find out only after other files were replaced.
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        with temporary.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            # Some file systems find out only here that they are full.
            os.fsync(stream.fileno())
        if file.is_file() and not file.is_symlink():
            shutil.copymode(file, temporary)
    return temporary


def _make_folder(folder: Path, undo: ExitStack) -> None:
    """Make a folder and those above it, unless they exist."""
    for each in reversed((folder, *folder.parents)):
        with _telling(each):
            try:
                each.mkdir()
            except OSError:
                # Also where nothing can be made, as at the top of a drive.
                if each.is_dir():
                    continue
                if os.path.lexists(each):
                    raise WritingError(f"{each}: is there already, and not a folder; name another one.") from None
                raise
        undo.callback(_remove_folder, each)


def _claim(folder: Path, path: str, undo: ExitStack) -> None:
    """Make an empty file, which says to another run that this place is taken."""
    file = folder / path
    with _telling(file):
        try:
            file.touch(exist_ok=False)
        except FileExistsError:
            raise _existing(folder, [path]) from None
    undo.callback(_remove, file)


@contextmanager
def _telling(file: Path) -> Iterator[None]:
    """Name the file in errors: the one that is meant, and not the one beside it."""
    try:
        yield
    except OSError as error:
        raise WritingError(f"{file}: cannot be written: {error.strerror}.") from error


def _remove(file: Path) -> None:
    with suppress(OSError):
        file.unlink()


def _remove_folder(folder: Path) -> None:
    # Another run may have put something into it.
    with suppress(OSError):
        folder.rmdir()
