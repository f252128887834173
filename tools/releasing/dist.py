"""Build what a release uploads, check it, and use it as a new user would: `make dist`.

The workflow takes the steps apart, so that no code of others runs beside the packages before they are stored: `build`
alone installs only what builds and checks, and `use` is for packages that exist. `dist/packages/` gets the wheel and
the sdist, and `dist/` the bill of materials of what the wheel needs.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

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


def _run(
    command: Sequence[str | Path], folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> None:
    print("$", *command, flush=True)
    subprocess.run(command, cwd=folder or ROOT, env=environment, check=True)


def _new_environment(folder: Path) -> dict[str, str]:
    """Return the environment variables of an empty environment, after creating it in a folder."""
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return {**kept, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}


def built_wheel() -> Path:
    """Return the wheel of the last build.

    Raises:
        SystemExit: There is not exactly one.
    """
    wheels = list(PACKAGES.glob("*.whl"))
    if len(wheels) != 1:
        raise SystemExit("dist.py: dist/packages/ needs one wheel; run 'make dist'")
    return wheels[0]


def build() -> Path:
    """Build and check the packages.

    Returns:
        The wheel.
    """
    tools = Path(sys.executable).parent
    # 'build' installs the backend by pip, which would take the newest. An address, since pip splits a path at blanks.
    constrained = {**os.environ, "PIP_CONSTRAINT": (ROOT / "constraints.txt").as_uri()}
    _run([sys.executable, "-m", "build", "--outdir", PACKAGES], environment=constrained)
    wheel = built_wheel()
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


def describe_wheel(document: dict[str, Any], wheel: Path, without: Collection[str]) -> None:
    """Say in a bill of materials which wheel it is about, and leave out what only the environment had.

    Args:
        document: What cyclonedx-py wrote of an environment; it changes.
        wheel: The wheel that was installed there.
        without: The names of packages that every environment has, such as pip.
    """
    _, release, *_ = wheel.name.split("-")
    about = document["metadata"]["component"]
    about["version"] = release
    about["purl"] = f"pkg:pypi/{about['name']}@{release}"
    about["hashes"] = [{"alg": "SHA-256", "content": hashlib.sha256(wheel.read_bytes()).hexdigest()}]
    gone = {each["bom-ref"] for each in document["components"] if each["name"] in without}
    document["components"] = [each for each in document["components"] if each["bom-ref"] not in gone]
    dependencies = [each for each in document.get("dependencies", []) if each["ref"] not in gone]
    for each in dependencies:
        if "dependsOn" in each:
            each["dependsOn"] = [ref for ref in each["dependsOn"] if ref not in gone]
    document["dependencies"] = dependencies


def problem_of_bill(text: str) -> str:
    """Return what is wrong with a bill of materials, by its schema and its references; nothing if it is right.

    Args:
        text: The document, as JSON.
    """
    # Only the extra 'dist' has the library.
    from cyclonedx.exception import CycloneDxException  # noqa: PLC0415
    from cyclonedx.model.bom import Bom  # noqa: PLC0415
    from cyclonedx.schema import SchemaVersion  # noqa: PLC0415
    from cyclonedx.validation.json import JsonStrictValidator  # noqa: PLC0415

    document = json.loads(text)
    found = JsonStrictValidator(SchemaVersion.from_version(document["specVersion"])).validate_str(text)
    if found is not None:
        # Printed as a whole, it repeats the schema.
        return str(getattr(found.data, "message", found.data))
    try:
        Bom.from_json(data=document).validate()
    except CycloneDxException as failed:
        return str(failed)
    return ""


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
    describe_wheel(document, wheel, without=("pip", "setuptools"))
    text = json.dumps(document, indent=2) + "\n"
    if wrong := problem_of_bill(text):
        raise SystemExit(f"dist.py: the bill of materials is not valid CycloneDX: {wrong}")
    bill.write_text(text, encoding="utf-8")
    return bill


def main(arguments: Sequence[str]) -> int:
    """Build, check and use a release, and print the sizes of its files.

    Args:
        arguments: `build` or `use`, for that step alone.

    Returns:
        The exit code.
    """
    if arguments and list(arguments) not in (["build"], ["use"]):
        print("usage: dist.py [build|use]", file=sys.stderr)
        return 2
    builds = list(arguments) != ["use"]
    done = False
    try:
        if builds:
            shutil.rmtree(DIST, ignore_errors=True)
            build()
        if list(arguments) != ["build"]:
            wheel = built_wheel()
            use(wheel)
            write_bill(wheel)
        done = True
    except subprocess.CalledProcessError as failed:
        print(f"dist.py: failed; see the message above ({failed})", file=sys.stderr)
        return 1
    finally:
        # Nobody should upload packages that did not pass, or of a build that was interrupted.
        if builds and not done:
            shutil.rmtree(DIST, ignore_errors=True)
    for path in sorted([*PACKAGES.iterdir(), *DIST.glob("*.json")]):
        size = f"{path.stat().st_size:,}"
        print(f"{path.relative_to(ROOT)}: {size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
