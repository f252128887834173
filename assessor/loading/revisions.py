"""Load a rule set from a git revision: `git:REV:PATH`, or `git:REV:PATH:name`.

This writes the files of the revision to a temporary folder, and a subprocess loads the rule set there. It neither reads
nor changes the author's files and git's index.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from assessor.errors import LoadingError, Location, RuleSetError, did_you_mean
from assessor.loading.checkout import Request
from assessor.loading.load import load_ruleset
from assessor.loading.termination import cleaning_up_when_terminated
from assessor.model.ruleset import RuleSet
from assessor.translations.catalogue import keep_catalogues

PREFIX = "git:"

# Replace sys.path first: it starts with the working directory, the checkout, which may contain modules of any name.
_CHILD = "import sys; sys.path[:] = sys.argv[3:]; from assessor.loading.checkout import main; main(*sys.argv[1:3])"


def load_revision(reference: str, *, check_cases: bool = True) -> RuleSet:
    """Load a rule set from the working copy or from a revision.

    Args:
        reference: As for `load_ruleset`, or `git:REV:PATH`. As in git, the path starts from the top of the repository,
            or from the working directory if it begins with `./` or `../`. A module, as in `git:REV:package.module`,
            must be part of the repository.
        check_cases: Whether to refuse a rule set with a failing case.

    Raises:
        LoadingError: If the rule set or revision does not exist, or git is not installed.
        RuleSetError: If the rule set is invalid.
    """
    if not reference.startswith(PREFIX):
        _check_prefix(reference)
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
        result = _load(Request(target, revision, top, tree, check_cases), tree / here)
        if isinstance(result, RuleSet):
            keep_catalogues(result, lambda location: _place(location, tree, revision))
    if isinstance(result, (LoadingError, RuleSetError)):
        location = _place(result.location, tree, revision) if result.location else None
        raise LoadingError(result.message.replace(f"{tree}{os.sep}", f"{revision}:"), location)
    if isinstance(result, BaseException):
        raise result
    return result


def _check_prefix(reference: str) -> None:
    """Refuse a revision without `git:`, as git itself writes it."""
    revision, colon, _ = reference.partition(":")
    if not colon or Path(reference).exists() or Path(revision).exists():
        return
    try:
        _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except LoadingError:
        return
    raise LoadingError(f"there is no rule set file {reference!r}; for a revision, write {PREFIX}{reference}")


def _load(request: Request, folder: Path) -> RuleSet | BaseException:
    """Load a rule set in a subprocess that runs in a folder of the checkout; return it or the error."""
    files = [request.tree.with_name(name) for name in ("request", "result")]
    files[0].write_bytes(pickle.dumps(request))
    # Use the running core for the revision, wherever it was imported from.
    path = [str(Path(each).resolve()) for each in sys.path]
    ran = subprocess.run(
        [sys.executable, "-c", _CHILD, *map(str, files), *path],
        cwd=folder if folder.is_dir() else folder.anchor,
        # Keep what a rule set prints out of the output of our command.
        stdout=sys.__stderr__,
        # Ctrl-C then reaches only this process, which ends the subprocess. So it is reported only once.
        start_new_session=True,
        check=False,
    )
    if not files[1].is_file():
        raise LoadingError(f"{request.target!r} at {request.revision} ended Python with the status {ran.returncode}")
    result: RuleSet | BaseException = pickle.loads(files[1].read_bytes())
    return result


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
        raise LoadingError(f"cannot run git: {error.strerror}; references with {PREFIX}… need it") from None
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
    """Write the files of a revision to a folder, without using the repository's index."""
    # In a subfolder of the repository, git would write only the files below it.
    _git("read-tree", "--end-of-options", revision, folder=top, GIT_INDEX_FILE=str(index))
    _git("checkout-index", "--all", f"--prefix={tree}/", folder=top, GIT_INDEX_FILE=str(index))
    tree.mkdir(exist_ok=True)


def _place(location: Location, tree: Path, revision: str) -> Location:
    """Name a place by the revision, and not by the temporary folder."""
    path = Path(location.path)
    name = f"{revision}:{path.relative_to(tree).as_posix()}" if path.is_relative_to(tree) else location.path
    return replace(location, path=name)
