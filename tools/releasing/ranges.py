"""Run tests with the lowest or the newest releases that pyproject.toml allows: `make test-lowest`, `make test-newest`.

Each Python has an environment for either. It is made anew when pyproject.toml has changed; delete its folder
to get the newest releases of today.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
KINDS = ("lowest", "newest")
PACKAGE = "mkdocs-assessor"


def lowest_constraints(requirements: Sequence[str], extra: str) -> list[str]:
    """Return pip constraints that hold each dependency at its lowest declared release.

    Args:
        requirements: What the package requires, as its metadata says it.
        extra: The extra to be installed, whose own extras of this package count as well.
    """
    from packaging.requirements import Requirement  # noqa: PLC0415 (the first Python has only the standard library)

    parsed = [Requirement(line) for line in requirements]
    wanted, seen = [extra], {""}
    while wanted:
        seen.add(each := wanted.pop())
        here = [
            line for line in parsed if line.name == PACKAGE and line.marker and line.marker.evaluate({"extra": each})
        ]
        wanted += [other for line in here for other in line.extras if other not in seen]
    pins = {}
    for line in parsed:
        if line.name == PACKAGE or not any(not line.marker or line.marker.evaluate({"extra": each}) for each in seen):
            continue
        bounds = [part.version for part in line.specifier if part.operator in (">=", "==")]
        if len(bounds) != 1:
            raise SystemExit(f"pyproject.toml: '{line.name}' needs one lowest release, as in '{line.name}>=1.2'")
        pins[line.name.lower()] = bounds[0]
    return [f"{name}=={version}" for name, version in sorted(pins.items())]


def _environment(kind: str) -> Path:
    """Return the Python of the environment, after setting it up where it is missing or out of date."""
    folder = ROOT / f".venv-{kind}-{sys.version_info.major}.{sys.version_info.minor}"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    installed = folder / ".installed"
    project = ROOT / "pyproject.toml"
    if installed.exists() and installed.stat().st_mtime > project.stat().st_mtime:
        return python
    venv.create(folder, with_pip=True, clear=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--progress-bar", "off"]
    constraints = folder / "constraints.txt"
    constraints.touch()
    if kind == "lowest":
        # The metadata of the package say what it requires, without a reader of TOML, which Python 3.10 lacks.
        subprocess.run([*pip, "packaging", "--no-deps", "--editable", "."], cwd=ROOT, check=True)
        listed = subprocess.run(
            [python, __file__, "constraints"], cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8"
        )
        constraints.write_text(listed.stdout, encoding="utf-8")
    subprocess.run([*pip, "--constraint", constraints, "--editable", ".[test]"], cwd=ROOT, check=True)
    installed.touch()
    return python


def main(arguments: Sequence[str]) -> int:
    """Set an environment up and run tests in it; or, within one, print its constraints.

    Args:
        arguments: `lowest` or `newest`, and arguments for pytest; or `constraints`.

    Returns:
        The exit code.
    """
    if list(arguments) == ["constraints"]:
        from importlib.metadata import requires  # noqa: PLC0415 (only within the environment)

        print("\n".join(lowest_constraints(requires(PACKAGE) or [], "test")))
        return 0
    if not arguments or arguments[0] not in KINDS:
        print("usage: ranges.py lowest|newest [arguments for pytest]", file=sys.stderr)
        return 2
    kind, *rest = arguments
    try:
        python = _environment(kind)
        subprocess.run([python, "tools/browser.py", "--ensure"], cwd=ROOT, check=True)
    except subprocess.CalledProcessError as failed:
        print(f"ranges.py: the environment cannot be set up; see the message above ({failed})", file=sys.stderr)
        return 2
    return subprocess.run(
        [python, "-m", "tools.releasing.tested", "run", kind, *rest], cwd=ROOT, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
