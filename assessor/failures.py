"""What is wrong with an author's code that fails, and what may have been meant."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Mapping
from typing import Any

from assessor.naming import did_you_mean, nearest

_UNKNOWN_ARGUMENT = re.compile(r"(?P<part>\w+)(?:\.__init__)?\(\) got an unexpected keyword argument '(?P<name>\w+)'")
_MISSING_ARGUMENT = re.compile(
    r"(?P<part>\w+)(?:\.__init__)?\(\) missing (?P<count>\d+) required (?:positional|keyword-only) arguments?: "
    r"(?P<names>.+)"
)
_MISSING_IMPORT = re.compile(r"cannot import name '(?P<name>\w+)' from '(?P<module>[\w.]+)'")


def what_failed(error: BaseException, names: Mapping[str, Any]) -> str:
    """Say what is wrong with code, and the nearest name for a misspelt one.

    Args:
        error: What it raised.
        names: The names that it has defined by then.
    """
    return _of_part(error) or _of_import(error) or f"{described(error)}{_hint(error, names)}"


def repeated_key(tree: ast.AST) -> ast.expr | None:
    """Return a key that stands twice in one mapping, of which Python keeps the last alone, where it does so again."""
    for mapping in ast.walk(tree):
        seen = set()
        for key in mapping.keys if isinstance(mapping, ast.Dict) else ():
            # What is called may be another thing each time.
            if isinstance(key, (ast.Constant, ast.Name, ast.Attribute)):
                if (text := ast.unparse(key)) in seen:
                    return key
                seen.add(text)
    return None


def described(error: BaseException) -> str:
    """Return the kind of an error and what it says, which an author's own class may fail to."""
    try:
        return f"{type(error).__name__}: {error}"
    except Exception:
        return type(error).__name__


def _of_part(error: BaseException) -> str:
    """Say which argument a part of a rule set does not take, or lacks, if that is the error."""
    text = str(error) if type(error) is TypeError else ""
    unknown, missing = _UNKNOWN_ARGUMENT.fullmatch(text), _MISSING_ARGUMENT.fullmatch(text)
    match = unknown or missing
    part = vars(sys.modules["assessor"]).get(match["part"]) if match else None
    if match is None or part is None:
        return ""
    if unknown:
        known = list(inspect.signature(part).parameters)
        return f"{match['part']}(…) takes no {match['name']!r}.{did_you_mean(match['name'], known)}"
    hint = " Is a comma missing? Two texts with none between them are one." if match["count"] == "1" else ""
    return f"{match['part']}(…) lacks {match['names']}.{hint}"


def _of_import(error: BaseException) -> str:
    """Say what a module does not have, if that is the error; where the module lies tells nothing."""
    match = _MISSING_IMPORT.match(str(error)) if type(error) is ImportError else None
    module = sys.modules.get(match["module"]) if match else None
    return f"ImportError: {match[0]}{_meant(match['name'], vars(module))}" if match and module else ""


def _hint(error: BaseException, names: Mapping[str, Any]) -> str:
    ours = sys.modules["assessor"].__all__
    if isinstance(error, NameError) and error.name:
        if error.name in ours:
            return f". Import it: 'from assessor import {error.name}'"
        return _meant(error.name, [*names, *ours])
    if isinstance(error, AttributeError) and error.name:
        return _meant(error.name, dir(error.obj))
    return ""


def _meant(name: str, known: Any) -> str:
    found = nearest(name, [each for each in known if not each.startswith("_")])
    return f". Did you mean {found!r}?" if found else ""
