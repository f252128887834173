"""Prints what is installed beside this file's interpreter as pip constraints; ``make pin`` runs it.

Unlike ``pip freeze``, it limits a release that has left our oldest Python behind to the Pythons that it
supports: an older one then gets the newest release that fits it.
"""

from __future__ import annotations

import re
from importlib.metadata import distributions

_OLDEST_MINOR = 10  # requires-python in pyproject.toml
_NOT_PINNED = {"mkdocs-assessor", "pip", "setuptools", "wheel"}

_HEADER = """\
# The releases that the tests ran with. Written by 'make pin': do not edit.
"""


def pin(name: str, version: str, requires_python: str) -> str:
    """Writes one constraint.

    Args:
        name: The distribution.
        version: Its installed version.
        requires_python: Its ``Requires-Python``, which may be empty.
    """
    floor = re.search(r">=?\s*3\.(\d+)", requires_python)
    marker = ""
    if floor and int(floor[1]) > _OLDEST_MINOR:
        marker = f' ; python_version >= "3.{floor[1]}"'
    return f"{name}=={version}{marker}"


def main() -> None:
    """Prints the constraints, in order of their names."""
    found = {
        re.sub(r"[-_.]+", "-", package.name).lower(): pin(
            package.name, package.version, str(package.metadata.json.get("requires_python", ""))
        )
        for package in distributions()
    }
    print(_HEADER + "\n".join(found[name] for name in sorted(found) if name not in _NOT_PINNED))


if __name__ == "__main__":
    main()
