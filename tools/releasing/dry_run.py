"""Release the next version in a scratch clone, without any service: `make release-dry-run`.

It takes the steps of CONTRIBUTING.md, "Release", and those of the workflow `release.yml` up to the uploads.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from assessor.findings.codes import CODES, docs_url
from tools.releasing.account import PLACEHOLDER, account
from tools.releasing.release import ROOT, Repository, numbers, successors
from tools.releasing.revision import ReleaseError, require_clean


def _run(folder: Path, *command: str) -> str:
    print("$", *command, flush=True)
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": programs, "PYTHONPATH": f"{folder}{os.pathsep}{folder / 'plugin'}"}
    done = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    print(done.stdout, end="", flush=True)
    if done.returncode:
        raise SystemExit(f"dry_run.py: '{' '.join(command)}' failed; see above")
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
        version = successors(version)[0]
        _run(folder, python, "-m", "tools.releasing.release", "cut", version)
    if account(folder) == PLACEHOLDER:
        print(f"The files name {PLACEHOLDER}; the dry run goes on as 'example'. A release needs 'make release-owner'.")
        _run(folder, python, "-m", "tools.releasing.release", "owner", "example")
    _run(folder, "git", "commit", "--quiet", "--all", "--allow-empty", "--message", f"Release {version}")
    # As if this was merged.
    _run(folder, "git", "update-ref", "refs/remotes/origin/main", "HEAD")
    tag = f"v{version}"
    _run(folder, "git", "tag", "--force", tag)
    _run(folder, python, "-m", "tools.releasing.release", "check", tag)
    if not _run(folder, python, "-m", "tools.releasing.release", "notes", tag).strip():
        raise SystemExit(f"dry_run.py: {tag} has no notes")
    _run(folder, python, "-m", "tools.releasing.dist")
    built = {path.name for path in (folder / "dist" / "packages").iterdir()}
    expected = {f"mkdocs_assessor-{version}-py3-none-any.whl", f"mkdocs_assessor-{version}.tar.gz"}
    if built != expected:
        raise SystemExit(f"dry_run.py: built {sorted(built)} in place of {sorted(expected)}")
    short = ".".join(version.split(".")[:2])
    _run(folder, python, "-m", "tools.releasing.site", short, "latest")
    _run(folder, "git", "tag", "--force", f"v{numbers(version)[0]}", tag)
    site = folder.parent / "site"
    _run(folder, "git", "worktree", "add", "--quiet", str(site), "gh-pages")
    lost = [name for name in (short, "latest", "index.html") if not (site / name).exists()]
    for code in CODES:
        # The name of the host and of the repository stand before the page.
        page, _, anchor = docs_url(code).split("/", 4)[4].partition("#")
        if not (site / page).exists() or f'id="{anchor}"' not in (site / page).read_text(encoding="utf-8"):
            lost.append(f"{page}#{anchor}")
    if lost:
        raise SystemExit(f"dry_run.py: the branch gh-pages lacks {', '.join(lost)}")
    print(f"{tag} could be uploaded.")


def main() -> int:
    """Clone what is committed, and release from the clone.

    Returns:
        The exit code.
    """
    try:
        require_clean(ROOT)
    except ReleaseError as failed:
        print(f"dry_run.py: {failed.message}", file=sys.stderr)
        return failed.exit_code
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "repository"
        _run(ROOT, "git", "clone", "--quiet", str(ROOT), str(folder))
        rehearse(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
