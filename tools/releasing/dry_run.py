"""Release the next version in a scratch clone, without any service: `make release-dry-run`.

It takes the steps of CONTRIBUTING.md, "Release", and those of the workflow `release.yml` up to the uploads.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.releasing.release import ROOT, Repository, numbers


def _run(folder: Path, *command: str) -> str:
    print("$", *command, flush=True)
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": programs, "PYTHONPATH": f"{folder}{os.pathsep}{folder / 'plugin'}"}
    done = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    print(done.stdout, end="", flush=True)
    if done.returncode:
        raise SystemExit(f"release_dry_run.py: '{' '.join(command)}' failed; see above")
    return done.stdout


def rehearse(folder: Path) -> None:
    """Release from a clone that may be thrown away.

    Args:
        folder: The clone.
    """
    python = sys.executable
    version = Repository(folder).version
    _run(folder, "git", "config", "user.name", "A dry run")
    _run(folder, "git", "config", "user.email", "dry-run@example.org")
    if Repository(folder).has_unreleased():
        major, minor, patch = numbers(version)
        version = f"{major}.{minor}.{patch + 1}"
        _run(folder, python, "-m", "tools.releasing.release", "cut", version)
        # Only a fork knows who publishes it.
        _run(folder, python, "-m", "tools.releasing.release", "owner", "example")
        _run(folder, "git", "commit", "--quiet", "--all", "--message", f"Release {version}")
        _run(folder, python, "-m", "tools.releasing.release", "check", f"v{version}")
    tag = f"v{version}"
    _run(folder, "git", "tag", "--force", tag)
    if not _run(folder, python, "-m", "tools.releasing.release", "notes", tag).strip():
        raise SystemExit(f"release_dry_run.py: {tag} has no notes")
    _run(folder, python, "tools/releasing/dist.py")
    built = {path.name for path in (folder / "dist" / "packages").iterdir()}
    expected = {f"mkdocs_assessor-{version}-py3-none-any.whl", f"mkdocs_assessor-{version}.tar.gz"}
    if built != expected:
        raise SystemExit(f"release_dry_run.py: built {sorted(built)} in place of {sorted(expected)}")
    short = ".".join(version.split(".")[:2])
    _run(folder, "mike", "deploy", "--update-aliases", short, "latest")
    _run(folder, "mike", "set-default", "latest")
    _run(folder, "git", "tag", "--force", f"v{numbers(version)[0]}", tag)
    files = _run(folder, "git", "ls-tree", "--name-only", "gh-pages").split()
    if not {short, "latest", "index.html"} <= set(files):
        raise SystemExit(f"release_dry_run.py: the branch gh-pages has only {files}")
    print(f"{tag} could be uploaded.")


def main() -> None:
    """Clone what is committed, and release from the clone."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "repository"
        _run(ROOT, "git", "clone", "--quiet", str(ROOT), str(folder))
        rehearse(folder)


if __name__ == "__main__":
    main()
