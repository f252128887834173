"""What a release uploads: the wheel, its bill of materials and its notes."""

from __future__ import annotations

import hashlib
import json
import keyword
import os
import re
import subprocess
import sys
import zipfile
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from assessor.loading.reference import BUNDLED
from assessor.version import VERSION
from tests.support.paths import ROOT
from tools.releasing import dist
from tools.releasing.dist import describe_wheel, problem_of_bill
from tools.releasing.notes import notes
from tools.releasing.release import Repository

# The wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built with what is installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_its_metadata_has_a_version_that_the_upload_action_knows(wheel: zipfile.ZipFile) -> None:
    # twine 6.1.0 with packaging 25.0 refuses 2.5.
    (name,) = (each for each in wheel.namelist() if each.endswith(".dist-info/METADATA"))
    assert message_from_bytes(wheel.read(name))["Metadata-Version"] == "2.4"


def test_the_wheel_has_what_users_need_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    git = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "assessor", "plugin/mkdocs_assessor"]
    files = subprocess.run(git, cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout.splitlines()
    sources = re.compile(r"plugin/mkdocs_assessor/assets/(?!shipped/|component/)")
    needed = {name.removeprefix("plugin/") for name in files if not sources.match(name) and (ROOT / name).exists()}
    built = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert built == needed
    assert {"assessor/py.typed", "mkdocs_assessor/py.typed", "mkdocs_assessor/assets/shipped/core.js"} <= built


@pytest.mark.parametrize(
    "command",
    [
        "new guide",
        f"page {BUNDLED} --out page.html",
        f"export --to web-component --out package --rules {BUNDLED}",
        f"record - --rules {BUNDLED}",
        f"bundle --rules {BUNDLED}",
        f"assess - --language ja --rules {BUNDLED}",
    ],
)
def test_the_wheel_has_the_files_that_commands_read(wheel: zipfile.ZipFile, tmp_path: Path, command: str) -> None:
    # The repository has the sources of the scripts, too, so that a command may work there and fail for who installs it.
    wheel.extractall(tmp_path / "wheel")
    (tmp_path / "empty").mkdir()
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "wheel")}
    program = [sys.executable, "-m", "assessor", *command.split()]
    ran = subprocess.run(
        program, cwd=tmp_path / "empty", env=environment, input=b"{}", capture_output=True, check=False
    )
    assert ran.returncode == 0, ran.stderr


def test_every_module_has_a_name_that_can_be_imported(wheel: zipfile.ZipFile) -> None:
    # `make dist` refuses a wheel with a module named `import`, and no change would hear of it before the release.
    modules = [name.removesuffix(".py") for name in wheel.namelist() if name.endswith(".py")]
    parts = {part for name in modules for part in name.split("/")}
    assert [part for part in parts if not part.isidentifier() or keyword.iskeyword(part)] == []


def test_the_page_of_the_package_has_no_link_into_the_repository(wheel: zipfile.ZipFile) -> None:
    (name,) = (each for each in wheel.namelist() if each.endswith(".dist-info/METADATA"))
    metadata = message_from_bytes(wheel.read(name))
    assert metadata["Version"] == VERSION
    text = str(metadata.get_payload())
    links = re.findall(r"(?<!`)\[[^\]`]*\]\(([^)]+)\)", text)
    assert len(links) > 5
    assert [link for link in links if not link.startswith("https://")] == []
    assert f"/v{VERSION}/docs/pictures/settled.png" in text


# The notes and the bill of materials

_SECTION = """\
One
paragraph.

### Added

- Something
  new, in `code`.
  - A part
    of it.

  ```python
  a = 1
  b = 2
  ```

### Changed

- **Breaking:** it is
  different.

### Fixed

- A mistake.
- **Breaking:** another.
"""

_NOTES = """\
### Breaking

- **Breaking:** it is different.
- **Breaking:** another.

One paragraph.

### Added

- Something new, in `code`.
  - A part of it.

  ```python
  a = 1
  b = 2
  ```

### Fixed

- A mistake."""


def test_notes_say_first_what_breaks_and_have_no_wrapped_lines() -> None:
    assert notes(_SECTION) == _NOTES


def test_the_notes_of_this_repository_lose_no_word() -> None:
    section = Repository(ROOT).section("Unreleased")[1]
    assert sorted(notes(section).replace("### Breaking\n", "").split()) == sorted(section.split())


def test_a_bill_is_about_the_wheel_and_what_it_needs(tmp_path: Path) -> None:
    wheel = tmp_path / "mkdocs_assessor-1.2.3-py3-none-any.whl"
    wheel.write_bytes(b"A wheel")
    document: dict[str, Any] = {
        "metadata": {"component": {"bom-ref": "root", "name": "mkdocs-assessor"}},
        "components": [{"bom-ref": "pip==1", "name": "pip"}, {"bom-ref": "click==8", "name": "click"}],
        "dependencies": [{"ref": "click==8"}, {"ref": "pip==1"}, {"ref": "root", "dependsOn": ["click==8", "pip==1"]}],
    }
    describe_wheel(document, wheel, without=["pip"])
    about = document["metadata"]["component"]
    assert (about["version"], about["purl"]) == ("1.2.3", "pkg:pypi/mkdocs-assessor@1.2.3")
    assert about["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(b"A wheel").hexdigest()}]
    assert [each["name"] for each in document["components"]] == ["click"]
    assert document["dependencies"] == [{"ref": "click==8"}, {"ref": "root", "dependsOn": ["click==8"]}]


def test_a_bill_that_is_not_valid_is_found() -> None:
    pytest.importorskip("cyclonedx", reason="'make dist' installs what checks a bill")
    about = {"bom-ref": "root", "type": "application", "name": "a"}
    document = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"component": about}}
    assert problem_of_bill(json.dumps(document)) == ""
    assert "'program' is not one of" in problem_of_bill(
        json.dumps({**document, "metadata": {"component": {**about, "type": "program"}}})
    )
    assert "pip==1" in problem_of_bill(
        json.dumps({**document, "dependencies": [{"ref": "root", "dependsOn": ["pip==1"]}]})
    )


# What 'make dist' leaves

_BUILD = """\
import os, pathlib, sys
folder = pathlib.Path(sys.argv[-1])
folder.mkdir(parents=True)
(folder / "a-1.tar.gz").touch()
print("constraints:", os.environ["PIP_CONSTRAINT"])
sys.exit(1)
"""


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose build stops after the sdist, with the wheel of an earlier build."""
    (tmp_path / "constraints.txt").touch()
    # 'python -m' looks here first.
    (tmp_path / "build.py").write_text(_BUILD)
    packages = tmp_path / "dist" / "packages"
    packages.mkdir(parents=True)
    (packages / "a-1-py3-none-any.whl").touch()
    for name, folder in (("ROOT", tmp_path), ("DIST", tmp_path / "dist"), ("PACKAGES", packages)):
        monkeypatch.setattr(dist, name, folder)
    return tmp_path


@pytest.mark.parametrize("steps", [[], ["build"]])
def test_a_build_that_fails_leaves_no_packages(
    broken: Path, steps: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert dist.main(steps) == 1
    assert f"constraints: {(broken / 'constraints.txt').as_uri()}\n" in capfd.readouterr().out
    assert not (broken / "dist").exists()


def test_a_step_that_does_not_exist_is_refused(broken: Path) -> None:
    assert dist.main(["upload"]) == 2
    assert (broken / "dist" / "packages" / "a-1-py3-none-any.whl").exists()
