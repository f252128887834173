"""What git says of the commit to be released, and the error of every step of a release."""

from __future__ import annotations

import subprocess
from pathlib import Path

import click


class ReleaseError(click.ClickException):
    """Something that a release must not have; exits with 2."""

    exit_code = 2


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *arguments], cwd=root, check=False, capture_output=True, encoding="utf-8")


def require_clean(root: Path) -> None:
    """Require that all is committed.

    Args:
        root: The top folder of the repository.

    Raises:
        ReleaseError: It names the files that are not.
    """
    status = _git(root, "status", "--porcelain")
    if status.returncode:
        raise ReleaseError(f"git status fails: {status.stderr.strip()}")
    if names := [line[3:] for line in status.stdout.splitlines()]:
        shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
        raise ReleaseError(f"only committed files are released; commit or remove: {shown}")


def require_tagged(root: Path, tag: str) -> None:
    """Require that a tag stands on the commit that is checked out, and that this commit is on main.

    Args:
        root: The top folder of the repository.
        tag: Such as `v1.2.3`.

    Raises:
        ReleaseError: It stands elsewhere or does not exist, or the commit is not merged.
    """
    head = _git(root, "rev-parse", "HEAD").stdout
    tagged = _git(root, "rev-parse", "--verify", "--quiet", f"refs/tags/{tag}^{{commit}}")
    if tagged.returncode:
        raise ReleaseError(f"the tag {tag} does not exist here; run 'git tag {tag}' on the merged commit")
    if tagged.stdout != head:
        raise ReleaseError(
            f"{tag} is {tagged.stdout[:10]}, but {head[:10]} is checked out; run 'git switch --detach {tag}'"
        )
    # A shallow clone has no such branch, and the workflow that runs there has fetched just the tag.
    main = "refs/remotes/origin/main"
    exists = _git(root, "rev-parse", "--verify", "--quiet", main).returncode == 0
    if exists and _git(root, "merge-base", "--is-ancestor", "HEAD", main).returncode:
        raise ReleaseError(f"{tag} is not on origin/main; merge it, run 'git fetch', and tag the merged commit")
