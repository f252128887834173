"""Follow a page of the docs as a reader does: write its files, make its edits and run its commands, in order."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.support.paths import ROOT

FENCE = re.compile(r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)^```$', re.MULTILINE | re.DOTALL)

# `make test` has set up the machine already, and a server never ends.
NOT_RUN = ("python3 -m venv", ". .venv", "pip install", "mkdocs serve")
# A command that shall fail has this behind it.
_FAILS = re.compile(r"\s+# fails$")


def source(page: str) -> str:
    """Return the Markdown of a page, by its path in the folder of docs."""
    return (ROOT / "docs" / page).read_text(encoding="utf-8")


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a shell; its output has both streams."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def sessions(body: str) -> list[tuple[str, str]]:
    """Return each command of a console block with the output that the page shows for it."""
    parts = re.split(r"^\$ (.*)\n", body, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def follow(page: str, folder: Path) -> tuple[Path, dict[str, str]]:
    """Follow a page in a folder, and assert that each command does what the page says.

    Returns:
        The folder in which the reader ends, and the output by command.
    """
    outputs = {}
    for block in FENCE.finditer(source(page)):
        if block["language"] == "console":
            for command, output in sessions(block["body"]):
                if command.startswith("cd "):
                    folder /= command.removeprefix("cd ")
                elif not command.startswith(NOT_RUN):
                    outputs[command] = _run_as_shown(command, output, folder)
        elif block["language"] == "diff":
            file = folder / block["title"]
            file.write_text(edited(file.read_text(encoding="utf-8"), block["body"]), encoding="utf-8")
        elif block["title"] and block["language"] != "text":
            (folder / block["title"]).parent.mkdir(parents=True, exist_ok=True)
            (folder / block["title"]).write_text(block["body"], encoding="utf-8")
    return folder, outputs


def _run_as_shown(command: str, output: str, folder: Path) -> str:
    result = run(command, folder)
    code = 1 if _FAILS.search(command) else 2 if re.match(r"(\S+: )?error:", output) else 0
    assert result.returncode == code, result.stdout
    if output:
        assert result.stdout == output
    return result.stdout


def edited(text: str, diff: str) -> str:
    """Return a source with the lines of a diff replaced, each of which it must have once."""
    for old, new in re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)*)", diff, re.MULTILINE):
        before = re.sub(r"^-", "", old, flags=re.MULTILINE)
        assert text.count(before) == 1, before
        text = text.replace(before, re.sub(r"^\+", "", new, flags=re.MULTILINE))
    return text
