"""Find the file that a reference to a rule set leads to, without running it.

A reference is `path/to/file.py`, `path/to/file.py:name` or `package.module:name`. A module need not be installed:
`package.module` may lie in the base folder, too.
"""

from __future__ import annotations

import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

from assessor.errors import LoadingError, did_you_mean

BUNDLED = "assessor.rulesets.self_hosting:ruleset"


def ruleset_path(reference: str, base: Path | None = None) -> Path:
    """Return the Python file that a reference leads to, without running it.

    Raises:
        LoadingError: If there is no such file.
    """
    return locate(split_reference(reference)[0], base)[0]


def split_reference(reference: str) -> tuple[str, str]:
    """Return the file or module of a reference, and the name of the rule set in it, or an empty string."""
    target, colon, name = reference.rpartition(":")
    return (target, name) if colon and name.isidentifier() else (reference, "")


def is_module(target: str) -> bool:
    """Return whether a reference names a module instead of a file."""
    return not target.endswith(".py") and all(part.isidentifier() for part in target.split("."))


def locate(target: str, base: Path | None) -> tuple[Path, ModuleSpec | None]:
    """Return the file of a reference without a name, and its import spec if it is an installed module."""
    folder = base or Path()
    if is_module(target):
        spec = _spec(target)
        file = f"{target.replace('.', '/')}.py"
        path = Path(str(spec.origin)) if spec else folder / file
        if spec or path.is_file():
            return path, spec
        hint = "" if "." in target else f"; write a file as its path, such as 'rules/{file}'"
        raise LoadingError(f"there is no module {target!r}, and no file {file!r}{hint}")
    path = folder / target
    try:
        if path.is_file():
            return path, None
        if path.is_dir():
            raise LoadingError(f"there is no rule set file {str(path)!r}: it is a folder, so name a file in it")
        beside = sorted(each.name for each in path.parent.glob("*.py") if each.is_file())
    except OSError as error:
        raise LoadingError(f"cannot read {str(path)!r}: {error.strerror}") from None
    raise LoadingError(f"there is no rule set file {str(path)!r}.{did_you_mean(path.name, beside)}")


def _spec(target: str) -> ModuleSpec | None:
    """Return the import spec of a module; nothing if there is none in Python."""
    try:
        spec = importlib.util.find_spec(target)
    except (ImportError, ValueError):
        spec = None
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        # Finding a module runs the package that contains it, which is the author's code.
        from assessor.loading.failures import described  # noqa: PLC0415 - sites that use no rule set start without it

        raise LoadingError(f"cannot import {target!r}: {described(error)}") from error
    return spec if spec and spec.origin and spec.origin.endswith(".py") else None
