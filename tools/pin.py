"""Print the packages of the running Python as pip constraints; `make pin` runs this.

Unlike `pip freeze`, it adds a marker to a release that no longer supports our oldest Python. An older Python then gets
the newest release that supports it.
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
    """Return one constraint.

    Args:
        name: The distribution.
        version: Its installed version.
        requires_python: Its `Requires-Python`, which may be empty.
    """
    floor = re.search(r">=?\s*3\.(\d+)", requires_python)
    marker = ""
    if floor and int(floor[1]) > _OLDEST_MINOR:
        marker = f' ; python_version >= "3.{floor[1]}"'
    return f"{name}=={version}{marker}"


def main() -> None:
    """Print the constraints, sorted by name."""
    found = {
        re.sub(r"[-_.]+", "-", package.name).lower(): pin(
            package.name, package.version, str(package.metadata.json.get("requires_python", ""))
        )
        for package in distributions()
    }
    print(_HEADER + "\n".join(found[name] for name in sorted(found) if name not in _NOT_PINNED))


if __name__ == "__main__":
    main()
