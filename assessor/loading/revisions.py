"""A rule set as it was at a revision: `git:REV:PATH`, or `git:REV:PATH:name`.

The revision is written to a folder of its own, run there, and forgotten: the author's files are neither read nor
changed, and neither is git's index.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

from assessor.errors import Location, RuleSetError, did_you_mean
from assessor.loading.load import LoadingError, is_module, load_ruleset, ruleset_path, split_reference
from assessor.loading.termination import cleaning_up_when_terminated
from assessor.model.ruleset import RuleSet

PREFIX = "git:"


def load_revision(reference: str, *, check_cases: bool = True) -> RuleSet:
    """Load a rule set, which may stand at a revision.

    Args:
        reference: As for `load_ruleset`; or `git:REV:PATH`, a path as git takes it: from the top of the repository,
            or with `./` or `../` from the working directory. A module, `git:REV:package.module`, is one of the
            repository.
        check_cases: Whether to refuse a rule set that does not give one of its cases what the case says.

    Raises:
        LoadingError: If there is no such rule set, no such revision, or no git.
        RuleSetError: If the rule set is wrong.
    """
    if not reference.startswith(PREFIX):
        return load_ruleset(reference, check_cases=check_cases)
    revision, colon, target = reference.removeprefix(PREFIX).partition(":")
    if not (revision and colon and target):
        raise LoadingError(f"{reference!r} names no revision: write git:REV:PATH, such as git:main:rules.py")
    top = Path(_git("rev-parse", "--show-toplevel").rstrip("\n"))
    _check_revision(revision)
    here = Path.cwd().relative_to(top) if Path.cwd().is_relative_to(top) else Path()
    with cleaning_up_when_terminated(), tempfile.TemporaryDirectory(prefix="assessor-") as folder:
        tree = Path(folder).resolve() / "tree"
        _write_out(top, revision, tree, Path(folder) / "index")
        try:
            with _importing_from(top, tree), _working_in(tree / here):
                return load_ruleset(_then(target, top, tree, revision), check_cases=check_cases)
        except (LoadingError, RuleSetError) as error:
            place = f"{_place(error.location, tree, revision)}: " if error.location else ""
            raise LoadingError(place + error.message.replace(f"{tree}{os.sep}", f"{revision}:")) from error.__cause__


def _git(*arguments: str, folder: Path | None = None, **variables: str) -> str:
    try:
        ran = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            capture_output=True,
            check=False,
            env={**os.environ, **variables},
            encoding="utf-8",
        )
    except OSError as error:
        raise LoadingError(f"git cannot be run: {error.strerror}; it is needed for {PREFIX}… references") from None
    if ran.returncode:
        raise LoadingError(f"git {arguments[0]}: {ran.stderr.strip() or 'failed'}")
    return ran.stdout


def _check_revision(revision: str) -> None:
    try:
        _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except LoadingError:
        hint = ""
        if _git("rev-parse", "--is-shallow-repository").strip() == "true":
            hint = " This clone is shallow: fetch its history first (fetch-depth: 0 in GitHub's checkout action)."
        known = _git("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags").split()
        raise LoadingError(f"there is no revision {revision!r} here.{hint or did_you_mean(revision, known)}") from None


def _write_out(top: Path, revision: str, tree: Path, index: Path) -> None:
    """Write the files of a revision to a folder, past the repository's own index."""
    # Below the top of the repository, git would write what is below there alone.
    _git("read-tree", "--end-of-options", revision, folder=top, GIT_INDEX_FILE=str(index))
    _git("checkout-index", "--all", f"--prefix={tree}/", folder=top, GIT_INDEX_FILE=str(index))
    tree.mkdir(exist_ok=True)


def _then(target: str, top: Path, tree: Path, revision: str) -> str:
    """Return the reference to the same rule set in the tree of a revision.

    Raises:
        LoadingError: If there is none, or it is not one of the revision: a path that leads elsewhere.
    """
    file, name = split_reference(target)
    if is_module(file):
        if not _is_within(ruleset_path(file), tree):
            raise LoadingError(f"the module {file!r} is not one of this repository: name it without git:{revision}:")
        return target
    path = Path(file)
    if path.is_absolute():
        path = path.resolve()
        path = path.relative_to(top.resolve()) if path.is_relative_to(top.resolve()) else path
    # As git takes paths: from the working directory only where they say so.
    found = (Path.cwd() if path.parts[:1] == ("..",) or file.startswith("./") else tree) / path
    if not _is_within(found, tree):
        raise LoadingError(f"{file!r} leads outside the repository, and so to no file at {revision}")
    if not found.is_file():
        known = [str(each.relative_to(tree).as_posix()) for each in sorted(tree.rglob("*.py"))]
        raise LoadingError(f"there is no file {file!r} at {revision}.{did_you_mean(file, known)}")
    return f"{found.resolve()}:{name}" if name else str(found.resolve())


def _is_within(path: Path, tree: Path) -> bool:
    # A link that was committed can lead anywhere.
    return path.resolve().is_relative_to(tree)


def _place(location: Location, tree: Path, revision: str) -> str:
    """Name a place by the revision, and not by the folder that it was written to for a moment."""
    path = Path(location.path)
    name = f"{revision}:{path.relative_to(tree).as_posix()}" if path.is_relative_to(tree) else location.path
    return f"{name}:{location.line}" if location.line else name


@contextmanager
def _working_in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder if folder.is_dir() else folder.anchor)
    try:
        yield
    finally:
        os.chdir(before)


@contextmanager
def _importing_from(top: Path, tree: Path) -> Iterator[None]:
    """Let imports of the author's own modules find them as they were."""
    finder = _RevisionFinder(top, tree)
    own = {name: module for name, module in sys.modules.items() if _is_below(module, top) and not _is_core(name)}
    for name in own:
        del sys.modules[name]
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name, module in sys.modules.items() if _is_below(module, tree)]:
            del sys.modules[name]
        sys.modules.update(own)
        importlib.invalidate_caches()


class _RevisionFinder(MetaPathFinder):
    """Finds what would be imported from the repository in the folder of the revision, and nowhere else."""

    def __init__(self, top: Path, tree: Path) -> None:
        self._top = top
        self._tree = tree

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if _is_core(fullname):
            return None
        folders = [
            str(self._then(Path(each))) for each in (sys.path if path is None else path) if self._is_own(Path(each))
        ]
        found = PathFinder.find_spec(fullname, folders) if folders else None
        if found is not None:
            return found
        now = next(filter(None, (self._elsewhere(finder, fullname, path) for finder in sys.meta_path)), None)
        if now is None or not now.origin or not self._is_own(Path(now.origin)):
            return None
        then = self._then(Path(now.origin))
        if not then.is_file():
            raise ModuleNotFoundError(f"there was no module {fullname!r} at this revision", name=fullname)
        inside = None if now.submodule_search_locations is None else [str(then.parent)]
        return importlib.util.spec_from_file_location(fullname, then, submodule_search_locations=inside)

    def _elsewhere(self, finder: object, fullname: str, path: Sequence[str] | None) -> ModuleSpec | None:
        find = getattr(finder, "find_spec", None)
        spec: ModuleSpec | None = None if finder is self or find is None else find(fullname, path)
        return spec

    def _is_own(self, path: Path) -> bool:
        return path.is_relative_to(self._top) and "site-packages" not in path.parts

    def _then(self, path: Path) -> Path:
        return self._tree / path.relative_to(self._top)


def _is_below(module: ModuleType, folder: Path) -> bool:
    file = getattr(module, "__file__", None)
    return bool(file) and Path(str(file)).is_relative_to(folder) and "site-packages" not in str(file)


def _is_core(name: str) -> bool:
    """Say whether a module is this package's, and not a rule set's: the revision is read with today's logic."""
    parts = name.split(".")
    return parts[0] in ("assessor", "mkdocs_assessor") and parts[:2] != ["assessor", "rulesets"]
