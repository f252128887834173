"""Build what a release uploads, check it, and use it as a new user would: `make dist`.

`dist/packages/` gets the wheel and the sdist, and `dist/` the bill of materials of what the wheel needs.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
DIST = ROOT / "dist"
PACKAGES = DIST / "packages"

TUTORIAL = (
    "assessor new my-guide",
    "assessor check --rules rules.py --strict",
    "assessor cases --rules rules.py",
    "assessor lint",
    "assessor doctor",
    "mkdocs build --strict",
)
"""The start of the tutorial, docs/start.md; all but the first in the new folder."""


def _run(command: Sequence[str | Path], folder: Path = ROOT, environment: Mapping[str, str] | None = None) -> None:
    print("$", *command, flush=True)
    subprocess.run(command, cwd=folder, env=environment, check=True)


def _new_environment(folder: Path) -> dict[str, str]:
    """Return the environment variables of an empty environment, after creating it in a folder."""
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return {**kept, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}


def build() -> Path:
    """Build and check the packages.

    Returns:
        The wheel.
    """
    shutil.rmtree(DIST, ignore_errors=True)
    tools = Path(sys.executable).parent
    _run([sys.executable, "-m", "build", "--outdir", PACKAGES])
    (wheel,) = PACKAGES.glob("*.whl")
    _run([tools / "twine", "check", "--strict", *PACKAGES.iterdir()])
    _run([tools / "check-wheel-contents", wheel])
    _run([tools / "validate-pyproject", "pyproject.toml"])
    return wheel


def use(wheel: Path) -> None:
    """Install the wheel in an empty environment, away from the repository, and follow the start of the tutorial."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        environment = _new_environment(folder / "environment")
        _run(["pip", "install", "--quiet", f"{wheel}[mkdocs]", "mkdocs-material"], folder, environment)
        first, *others = (command.split() for command in TUTORIAL)
        _run(first, folder, environment)
        for command in others:
            _run(command, folder / "my-guide", environment)
        page = (folder / "my-guide" / "site" / "index.html").read_text(encoding="utf-8")
        if "<assessor-checklist" not in page:
            raise SystemExit("dist.py: the guide that the wheel built has no checklist")


def write_bill(wheel: Path) -> Path:
    """Write which releases the wheel brings along today, as a CycloneDX document.

    Returns:
        The document.
    """
    name, release, *_ = wheel.name.split("-")
    bill = DIST / f"{name}-{release}.cdx.json"
    with tempfile.TemporaryDirectory() as temporary:
        environment = _new_environment(Path(temporary) / "environment")
        _run(["pip", "install", "--quiet", wheel], Path(temporary), environment)
        # The package itself stands in the document by its name and release, and not by the path that it came from.
        _run(["pip", "uninstall", "--quiet", "--yes", name], Path(temporary), environment)
        python = Path(environment["PATH"].split(os.pathsep)[0]) / "python"
        command: list[str | Path] = [
            Path(sys.executable).parent / "cyclonedx-py",
            "environment",
            python,
            "--pyproject",
            "pyproject.toml",
        ]
        _run([*command, "--output-reproducible", "--output-file", bill])
    document = json.loads(bill.read_text(encoding="utf-8"))
    document["metadata"]["component"]["version"] = release
    document["components"] = [each for each in document["components"] if each["name"] not in ("pip", "setuptools")]
    bill.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    return bill


def main() -> int:
    """Build, check and use a release, and print the sizes of its files.

    Returns:
        The exit code.
    """
    try:
        wheel = build()
        use(wheel)
        write_bill(wheel)
    except subprocess.CalledProcessError as failed:
        print(f"dist.py: failed; see the message above ({failed})", file=sys.stderr)
        return 1
    for path in sorted([*PACKAGES.iterdir(), *DIST.glob("*.json")]):
        size = f"{path.stat().st_size:,}"
        print(f"{path.relative_to(ROOT)}: {size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
