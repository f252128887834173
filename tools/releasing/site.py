"""Commit the site to the local branch gh-pages, as a version of it: `make site-branch`. Nothing is pushed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]

# Each becomes a folder of the site.
_FOLDER = re.compile(r"[a-z0-9][a-z0-9.]*")


def main(arguments: Sequence[str]) -> int:
    """Build the site, and commit it beside the other versions.

    Only the newest release is the default: a push of main leaves it alone.

    Args:
        arguments: The version, such as `1.2` or `dev`, and perhaps an alias, such as `latest`.

    Returns:
        The exit code.
    """
    if not 1 <= len(arguments) <= 2 or not all(map(_FOLDER.fullmatch, arguments)):
        print(f"site.py: {list(arguments)} is not a version such as 1.2 or dev, and an alias", file=sys.stderr)
        return 2
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    # mike starts mkdocs by its name.
    environment = {**os.environ, "PATH": programs}
    commands = [["mike", "deploy", "--update-aliases", *arguments]]
    commands += [["mike", "set-default", alias] for alias in arguments[1:]]
    for command in commands:
        print("$", *command, flush=True)
        if code := subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
