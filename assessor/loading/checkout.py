"""Load a rule set from a checkout of a revision, in the subprocess of `load_revision`, and return it pickled.

A separate process can work in the folder of the checkout and import its modules, without affecting the caller's modules
and working directory.
"""

from __future__ import annotations

import io
import os
import pickle
import sys
import sysconfig
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assessor import rulesets
from assessor.errors import AssessorError, LoadingError, did_you_mean
from assessor.loading.load import load_ruleset
from assessor.loading.reference import is_module, ruleset_path, split_reference
from assessor.model.ruleset import RuleSet

# Pickling recurses into nested conditions. Unpickling does not.
_RECURSION_LIMIT = 20_000


@dataclass(frozen=True)
class Request:
    """What the subprocess has to load.

    Attributes:
        target: The reference, without `git:` and the revision.
        revision: The revision, as the user wrote it.
        top: The folder of the repository.
        tree: The folder that contains the files of the revision.
        check_cases: Whether to refuse a rule set with a failing case.
    """

    target: str
    revision: str
    top: Path
    tree: Path
    check_cases: bool


def main(request_file: str, result_file: str) -> None:
    """Read a pickled request, and write the pickled rule set, or the error if loading failed."""
    request: Request = pickle.loads(Path(request_file).read_bytes())
    _import_from_tree(request)
    try:
        result: RuleSet | BaseException = _load(request)
    except (AssessorError, KeyboardInterrupt) as error:
        result = error
    Path(result_file).write_bytes(_pickled(result))


def _import_from_tree(request: Request) -> None:
    """Import modules of the repository from the checkout, but keep using the running core."""
    path = [_in_tree(Path(each), request) for each in sys.path]
    sys.path[:] = [*path, str(request.tree)]
    rulesets.__path__ = [_in_tree(Path(each), request) for each in rulesets.__path__]


def _in_tree(folder: Path, request: Request) -> str:
    is_own = folder.is_relative_to(request.top) and not _is_installed(folder)
    return str(request.tree / folder.relative_to(request.top) if is_own else folder)


def _is_installed(path: Path) -> bool:
    """Return whether a path belongs to Python or an installed package; a repository may hold a virtual environment."""
    library = sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")
    return "site-packages" in path.parts or any(path.is_relative_to(each) for each in library)


def _load(request: Request) -> RuleSet:
    already = set(sys.modules)
    ruleset = load_ruleset(_reference(request), check_cases=request.check_cases)
    for name in set(sys.modules) - already:
        file = Path(getattr(sys.modules[name], "__file__", None) or os.devnull)
        if file.is_relative_to(request.top) and not _is_installed(file) and not name.startswith("assessor."):
            raise LoadingError(f"Python read the module {name!r} from {str(file)!r}, and not from {request.revision}")
    return ruleset


def _reference(request: Request) -> str:
    """Return the reference to the same rule set in the checkout.

    Raises:
        LoadingError: If there is none, or the path leads out of the revision.
    """
    tree, revision = request.tree, request.revision
    file, name = split_reference(request.target)
    if is_module(file):
        if not _is_within(ruleset_path(file), tree):
            raise LoadingError(f"the module {file!r} is not one of this repository: name it without git:{revision}:")
        return request.target
    path = Path(file)
    if path.is_absolute():
        path, top = path.resolve(), request.top.resolve()
        path = path.relative_to(top) if path.is_relative_to(top) else path
    # Follow git: paths start from the working directory only with `./` or `../`.
    found = (Path.cwd() if path.parts[:1] == ("..",) or file.startswith("./") else tree) / path
    if not _is_within(found, tree):
        raise LoadingError(f"{file!r} leads outside the repository, and so to no file at {revision}")
    if not found.is_file():
        known = [str(each.relative_to(tree).as_posix()) for each in sorted(tree.rglob("*.py"))]
        raise LoadingError(f"there is no file {file!r} at {revision}.{did_you_mean(file, known)}")
    return f"{found.resolve()}:{name}" if name else str(found.resolve())


def _is_within(path: Path, tree: Path) -> bool:
    # A committed link can lead anywhere.
    return path.resolve().is_relative_to(tree)


def _pickled(result: RuleSet | BaseException) -> bytes:
    stream = io.BytesIO()
    sys.setrecursionlimit(max(sys.getrecursionlimit(), _RECURSION_LIMIT))
    try:
        _Pickler(stream).dump(result)
    except Exception as error:
        location = getattr(result, "location", None)
        return pickle.dumps(LoadingError(f"the rule set holds what no other process can read: {error}", location))
    return stream.getvalue()


class _Pickler(pickle.Pickler):
    """Pickles an instance of an author's class as an instance of the nearest base class that the caller can import."""

    def reducer_override(self, obj: Any) -> Any:
        """Return how to build such an instance; leave everything else to pickle."""
        if isinstance(obj, type) or _is_shared(type(obj)):
            return NotImplemented
        base = next(each for each in type(obj).__mro__ if _is_shared(each))
        for plain, value in _PLAIN_VALUES.items():
            if isinstance(obj, plain):
                return plain, (value(obj),)
        if isinstance(obj, BaseException):
            return base, obj.__reduce__()[1]
        if not _is_core(base):
            return NotImplemented
        # Ask the instance, because a class can pickle something else than its attributes, as cases do.
        return _new, (base,), obj.__reduce_ex__(pickle.DEFAULT_PROTOCOL)[2]


# A member of an author's `StrEnum` becomes plain text.
_PLAIN_VALUES: Mapping[type, Callable[[Any], Any]] = {str: str.__str__, int: int.__int__, float: float.__float__}


def _new(kind: type) -> object:
    return object.__new__(kind)


def _is_shared(kind: type) -> bool:
    return _is_core(kind) or kind.__module__.partition(".")[0] in sys.stdlib_module_names


def _is_core(kind: type) -> bool:
    return kind.__module__.startswith("assessor.") and not kind.__module__.startswith("assessor.rulesets.")
