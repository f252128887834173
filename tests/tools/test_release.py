"""A release: what the wheel has, what a tag says, what is cut from the changelog, and what runs at GitHub."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from assessor.version import VERSION
from tests.support.paths import ROOT
from tools.releasing import release
from tools.releasing.release import ReleaseError, Repository

_CHANGELOG = """\
# Changelog

## [Unreleased]

### Added

- Something new.

## [0.9.0] - 2026-11-01

The first release.

[Unreleased]: https://github.com/example/repo/compare/v0.9.0...HEAD
[0.9.0]: https://github.com/example/repo/releases/tag/v0.9.0
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "assessor").mkdir()
    (tmp_path / "assessor" / "version.py").write_text('"""The version."""\n\nVERSION = "0.9.0"\n')
    (tmp_path / "CHANGELOG.md").write_text(_CHANGELOG)
    (tmp_path / "pyproject.toml").write_text('Source = "https://github.com/example/repo"\n')
    return tmp_path


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
    sources = re.compile(r"plugin/mkdocs_assessor/assets/(?!shipped/)")
    needed = {name.removeprefix("plugin/") for name in files if not sources.match(name) and (ROOT / name).exists()}
    built = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert built == needed
    assert {"assessor/py.typed", "mkdocs_assessor/py.typed", "mkdocs_assessor/assets/shipped/core.js"} <= built


def test_the_page_of_the_package_has_no_link_into_the_repository(wheel: zipfile.ZipFile) -> None:
    (name,) = (each for each in wheel.namelist() if each.endswith(".dist-info/METADATA"))
    metadata = message_from_bytes(wheel.read(name))
    assert metadata["Version"] == VERSION
    text = str(metadata.get_payload())
    links = re.findall(r"(?<!`)\[[^\]`]*\]\(([^)]+)\)", text)
    assert len(links) > 5
    assert [link for link in links if not link.startswith("https://")] == []
    assert f"/v{VERSION}/docs/pictures/settled.png" in text


# The changelog and the version


def test_what_is_unreleased_becomes_a_release(folder: Path) -> None:
    Repository(folder).cut("1.0.0", "2026-12-01")
    text = (folder / "CHANGELOG.md").read_text()
    assert "## [Unreleased]\n\n## [1.0.0] - 2026-12-01\n\n### Added\n\n- Something new.\n\n## [0.9.0]" in text
    assert "[Unreleased]: https://github.com/example/repo/compare/v1.0.0...HEAD\n" in text
    assert "[1.0.0]: https://github.com/example/repo/compare/v0.9.0...v1.0.0\n" in text
    cut = Repository(folder)
    assert cut.version == "1.0.0"
    assert cut.section("1.0.0") == ("2026-12-01", "### Added\n\n- Something new.")
    assert cut.section("0.9.0") == ("2026-11-01", "The first release.")
    cut.check("v1.0.0")


@pytest.mark.parametrize(
    ("version", "message"),
    [
        ("0.9.0", "0.9.0 is not newer than 0.9.0"),
        ("0.10", "'0.10' is not a version"),
        ("v1.0.0", "'v1.0.0' is not a version"),
        ("01.0.0", "'01.0.0' is not a version"),
    ],
)
def test_a_version_that_is_not_newer_is_refused(folder: Path, version: str, message: str) -> None:
    with pytest.raises(ReleaseError, match=re.escape(message)):
        Repository(folder).cut(version, "2026-12-01")
    assert (folder / "CHANGELOG.md").read_text() == _CHANGELOG


def test_versions_are_compared_as_numbers(folder: Path) -> None:
    Repository(folder).cut("0.10.0", "2026-12-01")
    assert Repository(folder).version == "0.10.0"


def test_a_release_of_nothing_is_refused(folder: Path) -> None:
    (folder / "CHANGELOG.md").write_text(_CHANGELOG.replace("- Something new.\n", ""))
    with pytest.raises(ReleaseError, match="nothing is unreleased"):
        Repository(folder).cut("1.0.0", "2026-12-01")
    assert Repository(folder).version == "0.9.0"


@pytest.mark.parametrize(
    ("tag", "changelog", "message"),
    [
        ("v1.0.0", _CHANGELOG, "the tag is v1.0.0, but assessor/version.py says 0.9.0"),
        ("0.9.0", _CHANGELOG, "the tag is 0.9.0"),
        ("v0.9.0", _CHANGELOG, "CHANGELOG.md has unreleased lines"),
        ("v0.9.0", _CHANGELOG.replace("## [0.9.0] - 2026-11-01", "## [0.9.0]"), "needs a day"),
        ("v0.9.0", _CHANGELOG.replace("## [0.9.0] - 2026-11-01", "## [0.8.0]"), "has no section '## [0.9.0]'"),
    ],
)
def test_a_tag_that_says_something_else_is_refused(folder: Path, tag: str, changelog: str, message: str) -> None:
    (folder / "CHANGELOG.md").write_text(changelog)
    with pytest.raises(ReleaseError, match=re.escape(message)):
        Repository(folder).check(tag)


def test_who_publishes_must_be_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "ROOT", folder)
    (folder / "CHANGELOG.md").write_text(
        _CHANGELOG.replace("- Something new.\n", "").replace("example/repo", "OWNER/mkdocs-assessor")
    )
    run = CliRunner().invoke(release.main, ["check", "v0.9.0"])
    assert run.exit_code == 2
    assert run.stderr == "Error: run 'make release-owner ACCOUNT=NAME'; OWNER still stands in: CHANGELOG.md\n"
    assert CliRunner().invoke(release.main, ["owner", "a/b"]).exit_code == 2
    assert CliRunner().invoke(release.main, ["owner", "acme"]).output == "CHANGELOG.md\n"
    assert "https://github.com/acme/mkdocs-assessor/compare/" in (folder / "CHANGELOG.md").read_text()
    assert CliRunner().invoke(release.main, ["check", "v0.9.0"]).output == "v0.9.0 can be released.\n"


def test_the_notes_of_a_release_are_its_section(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "ROOT", folder)
    assert CliRunner().invoke(release.main, ["notes", "v0.9.0"]).output == "The first release.\n"


def test_this_repository_can_be_cut(tmp_path: Path) -> None:
    (tmp_path / "assessor").mkdir()
    for name in ("assessor/version.py", "CHANGELOG.md"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    text = (tmp_path / "CHANGELOG.md").read_text("utf-8")
    (tmp_path / "CHANGELOG.md").write_text(text.replace("## [Unreleased]\n", "## [Unreleased]\n\n- A line.\n"), "utf-8")
    Repository(tmp_path).cut("99.0.0", "2026-12-01")
    Repository(tmp_path).check("v99.0.0")


# What runs at GitHub

_WORKFLOWS = [
    *sorted((ROOT / ".github" / "workflows").glob("*.yml")),
    ROOT / "action.yml",
    *(ROOT / "plugin" / "mkdocs_assessor" / "starter" / "github" / "workflows").glob("*.yml"),
]


@pytest.mark.parametrize("path", _WORKFLOWS, ids=lambda path: str(path.name))
def test_every_action_is_pinned_with_its_version_beside_it(path: Path) -> None:
    used = re.findall(r"^[\s-]*uses: (.*)", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert used
    pinned = re.compile(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\./\S+ # zizmor: ignore\[self-repository\]")
    assert [each for each in used if not pinned.fullmatch(each)] == []


def test_an_action_has_one_pin_everywhere() -> None:
    pages = [ROOT / "docs" / name for name in ("ci.md", "build-your-own.md")]
    pins = {
        pin
        for path in [*_WORKFLOWS, *pages]
        for pin in re.findall(r"uses: (\S+@[0-9a-f]{40})", path.read_text("utf-8"))
    }
    names = [pin.partition("@")[0] for pin in pins]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("path", _WORKFLOWS[:3], ids=lambda path: str(path.name))
def test_every_target_that_a_workflow_makes_exists(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+)(?= [a-z-]+:|:)", makefile, re.MULTILINE)) | {"test-newest"}
    jobs: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    made = {
        name
        for job in jobs.values()
        for step in job.get("steps", [])
        for name in re.findall(r"^\s*make ([a-z-]+)", step.get("run", ""), re.MULTILINE)
    }
    assert made <= targets
