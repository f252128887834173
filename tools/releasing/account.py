"""The account at GitHub that publishes: who it is, and where files name it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tools.releasing.revision import ReleaseError

PLACEHOLDER = "OWNER"
"""What files say in place of an account until somebody publishes."""

_NAME = "mkdocs-assessor"
_ACCOUNT = re.compile(r"[A-Za-z0-9](-?[A-Za-z0-9]){0,38}")
_SOURCE = re.compile(rf'^Source = "https://github\.com/([^/"]+)/{_NAME}"$', re.MULTILINE)
_LEFT_OVER = re.compile(rf"\b{PLACEHOLDER}(?=[./])".encode())


def _tracked(root: Path) -> list[Path]:
    """Return the files of a repository, which are those of the sdist."""
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=root, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    return [path for name in sorted(listed.split("\0")) if name and (path := root / name).is_file()]


def account(root: Path) -> str:
    """Return the account that the files of a repository name, perhaps `OWNER`.

    Args:
        root: The top folder of the repository.

    Raises:
        ReleaseError: pyproject.toml does not say.
    """
    found = _SOURCE.search((root / "pyproject.toml").read_text(encoding="utf-8"))
    if not found:
        raise ReleaseError(f'pyproject.toml: there is no line Source = "https://github.com/{PLACEHOLDER}/{_NAME}"')
    return found[1]


def placeholders(root: Path) -> list[str]:
    """Return the files that still name OWNER in place of the account that publishes.

    Args:
        root: The top folder of the repository.
    """
    return [path.relative_to(root).as_posix() for path in _tracked(root) if _LEFT_OVER.search(path.read_bytes())]


def publish_as(root: Path, new: str) -> list[str]:
    """Write an account in place of the one that files name, wherever they name the repository or its site.

    Args:
        root: The top folder of the repository.
        new: The account at GitHub.

    Returns:
        The changed files.

    Raises:
        ReleaseError: GitHub has no such names.
    """
    if not _ACCOUNT.fullmatch(new) or new == PLACEHOLDER:
        raise ReleaseError(f"'{new}' is not the name of an account at GitHub")
    old = account(root)
    # Elsewhere, the name of an account can be any word, such as 'project' in the address at PyPI.
    named = re.compile(
        rf"(?P<before>github\.com/|githubusercontent\.com/|uses: |--repo )"
        rf"{re.escape(old)}(?=/{_NAME}\b)|(?<=https://){re.escape(old)}(?=\.github\.io/{_NAME}/)".encode()
    )
    changed = []
    for path in _tracked(root):
        # The accounts of tests are examples, even where one of them has become the account that publishes.
        if path.is_relative_to(root / "tests"):
            continue
        before = path.read_bytes()
        after = named.sub(lambda found: (found["before"] or b"") + new.encode(), before)
        if after != before:
            path.write_bytes(after)
            changed.append(path.relative_to(root).as_posix())
    return changed
