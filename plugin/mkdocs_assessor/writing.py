"""Write files safely: all or none of them, each complete, and never through a link that leads elsewhere."""

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

_MOST_NAMED = 3


class WritingError(AssessorError):
    """Writing files fails."""


def write_files(
    folder: Path, files: Mapping[str, str], *, replace: bool = False, before: Mapping[str, str] | None = None
) -> None:
    """Write text files into a folder, all or none.

    This writes each file under a temporary name beside its target, and renames them only when all are complete, so a
    full disk or a kill never leaves a partial file. If the run fails other than by a kill, it removes the files that it
    created.

    Args:
        folder: The target folder, created if it does not exist. It may be a link, but links inside it must not lead
            out.
        files: Texts by path, relative to the folder, in the order to write them. If two runs compete in the same
            order, the first to claim a file gets them all.
        replace: Whether to replace existing files. This replaces a link itself, not its target.
        before: The texts that existing files must still have, by path.

    Raises:
        WritingError: If a file exists and `replace` is false, if it has changed, or if writing it fails.
    """
    existing = [] if replace else [path for path in files if os.path.lexists(folder / path)]
    if existing:
        raise _existing(folder, existing)
    for path in files:
        _check_within(folder, path)
    with cleaning_up_when_terminated(), ExitStack() as undo:
        staged = [(path, _stage(folder / path, text, undo)) for path, text in files.items()]
        for path, text in (before or {}).items():
            _check_unchanged(folder / path, text)
        for path, temporary in staged:
            if not replace:
                _claim(folder, path, undo)
            with _telling(folder / path):
                temporary.replace(folder / path)
        undo.pop_all()


def _existing(folder: Path, paths: list[str]) -> WritingError:
    shown = [*paths[:2], f"{len(paths) - 2} more"] if len(paths) > _MOST_NAMED else paths
    listed = " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
    return WritingError(f"{folder} already has {listed}, and this command replaces nothing: name another folder.")


def _check_within(folder: Path, path: str) -> None:
    """Refuse a path if a link in it leads out of the folder."""
    top = os.path.realpath(folder)
    # Check the outermost folder first, so that the error names the link itself.
    for parent in reversed([folder / each for each in Path(path).parents]):
        if not Path(os.path.realpath(parent)).is_relative_to(top):
            raise WritingError(f"{parent}: a link that leads out of {folder}; remove it first.")


def _check_unchanged(file: Path, text: str) -> None:
    """Refuse to replace a file that an editor has saved since the command read it."""
    with _telling(file):
        now = file.read_bytes()
    if now != text.encode():
        raise WritingError(
            f"{file}: has changed since the command read it, so the command wrote nothing; run it again."
        )


def _stage(file: Path, text: str, undo: ExitStack) -> Path:
    """Write the text of a file to a temporary file beside it; return its path."""
    _make_folder(file.parent, undo)
    temporary = file.with_name(f".{secrets.token_hex(8)}.tmp")
    undo.callback(_remove, temporary)
    with _telling(file):
        if file.is_dir() and not file.is_symlink():
            # Check this now: renaming would fail only after other files were replaced.
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        with temporary.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            # Some file systems report a full disk only here.
            os.fsync(stream.fileno())
        if file.is_file() and not file.is_symlink():
            shutil.copymode(file, temporary)
    return temporary


def _make_folder(folder: Path, undo: ExitStack) -> None:
    """Create a folder and its parents, if they don't exist."""
    for each in reversed((folder, *folder.parents)):
        with _telling(each):
            try:
                each.mkdir()
            except OSError:
                # An existing folder is fine, whatever the error: for the root of a drive, it is not FileExistsError.
                if each.is_dir():
                    continue
                if os.path.lexists(each):
                    raise WritingError(f"{each}: is there already, and not a folder; name another one.") from None
                raise
        undo.callback(_remove_folder, each)


def _claim(folder: Path, path: str, undo: ExitStack) -> None:
    """Create an empty file, to claim the place from other runs."""
    file = folder / path
    with _telling(file):
        try:
            file.touch(exist_ok=False)
        except FileExistsError:
            raise _existing(folder, [path]) from None
    undo.callback(_remove, file)


@contextmanager
def _telling(file: Path) -> Iterator[None]:
    """Report errors with the name of the target file, not of the temporary one."""
    try:
        yield
    except OSError as error:
        raise WritingError(f"{file}: cannot write the file: {error.strerror}.") from error


def _remove(file: Path) -> None:
    with suppress(OSError):
        file.unlink()


def _remove_folder(folder: Path) -> None:
    # Another run may have put a file into the folder.
    with suppress(OSError):
        folder.rmdir()
