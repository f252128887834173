"""A release: what is cut from the changelog, who publishes, and what a tag says."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.paths import ROOT
from tools.releasing import dry_run, release
from tools.releasing.account import placeholders, publish_as
from tools.releasing.release import Repository
from tools.releasing.revision import ReleaseError

# Not with what follows in files: no file may have that in a release.
_NOBODY = "OWNER"

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
    (tmp_path / "pyproject.toml").write_text(f'Source = "https://github.com/{_NOBODY}/mkdocs-assessor"\n')
    _git(tmp_path, "init", "--quiet", "--initial-branch=main")
    _commit(tmp_path)
    return tmp_path


def _git(folder: Path, *arguments: str) -> None:
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "tag.gpgSign=false", *arguments]
    subprocess.run(git, cwd=folder, check=True, capture_output=True)


def _commit(folder: Path) -> None:
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--no-gpg-sign", "--allow-empty", "--message", "A")


def _invoke(*arguments: str) -> tuple[int, str]:
    run = CliRunner().invoke(release.main, arguments)
    return run.exit_code, run.output


@pytest.fixture
def ready(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose tag v0.9.0 can be released."""
    monkeypatch.setattr(release, "ROOT", folder)
    (folder / "CHANGELOG.md").write_text(_CHANGELOG.replace("- Something new.\n", ""))
    publish_as(folder, "acme")
    _commit(folder)
    _git(folder, "tag", "v0.9.0")
    return folder


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
        ("1.0.1٣", "'1.0.1٣' is not a version"),
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


@pytest.mark.parametrize("version", ["0.9.2", "0.11.0", "1.0.1", "1.1.0", "2.0.0", "10.0.0"])
def test_a_version_that_leaves_others_out_is_refused(folder: Path, version: str) -> None:
    with pytest.raises(ReleaseError, match=rf"{version} does not follow 0.9.0; write 0.9.1, 0.10.0 or 1.0.0"):
        Repository(folder).cut(version, "2026-12-01")
    assert (folder / "CHANGELOG.md").read_text() == _CHANGELOG
    Repository(folder).cut(version, "2026-12-01", skipping=True)
    assert Repository(folder).version == version


def test_the_notes_of_a_release_are_its_section(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "ROOT", folder)
    assert _invoke("notes", "v0.9.0") == (0, "The first release.\n")


def test_this_repository_can_be_cut(tmp_path: Path) -> None:
    (tmp_path / "assessor").mkdir()
    for name in ("assessor/version.py", "CHANGELOG.md"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    text = (tmp_path / "CHANGELOG.md").read_text("utf-8")
    (tmp_path / "CHANGELOG.md").write_text(text.replace("## [Unreleased]\n", "## [Unreleased]\n\n- A line.\n"), "utf-8")
    Repository(tmp_path).cut("99.0.0", "2026-12-01", skipping=True)
    Repository(tmp_path).check("v99.0.0")


# Who publishes


def test_who_publishes_must_be_named(ready: Path) -> None:
    (ready / "codes.py").write_text(f'DOCS = "https://{_NOBODY}.github.io/mkdocs-assessor/latest/"\n')
    _commit(ready)
    _git(ready, "tag", "--force", "v0.9.0")
    message = f"Error: run 'make release-owner ACCOUNT=NAME'; {_NOBODY} still stands in: codes.py\n"
    assert _invoke("check", "v0.9.0") == (2, message)


@pytest.mark.parametrize("account", ["a/b", "", "-a", "a--b", "a" * 40, _NOBODY, "a.b", "ä"])
def test_a_name_that_no_account_can_have_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, account: str
) -> None:
    monkeypatch.setattr(release, "ROOT", folder)
    assert _invoke("owner", "--", account) == (2, f"Error: '{account}' is not the name of an account at GitHub\n")


def test_an_account_takes_the_place_of_another(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "ROOT", folder)
    text = (
        "https://{0}.github.io/mkdocs-assessor/latest/ uses: {0}/mkdocs-assessor@v1 pypi.org/project/mkdocs-assessor/"
    )
    (folder / "a.txt").write_text(text.format(_NOBODY))
    (folder / "tests").mkdir()
    (folder / "tests" / "a.txt").write_text(text.format("project"))
    (folder / "b.png").write_bytes(b"\x89PNG\r\n\xff")
    _commit(folder)
    for old, new in ((_NOBODY, "project"), ("project", "acme")):
        assert _invoke("owner", new) == (0, f"{new} stands in place of {old} in:\na.txt\npyproject.toml\n")
    assert (folder / "a.txt").read_text() == text.format("acme")
    assert (folder / "tests" / "a.txt").read_text() == text.format("project")
    assert (folder / "b.png").read_bytes() == b"\x89PNG\r\n\xff"
    assert _invoke("owner", "acme") == (0, "Every file names acme already.\n")


def test_this_repository_can_name_who_publishes(tmp_path: Path) -> None:
    subprocess.run(["git", "clone", "--quiet", ROOT, tmp_path / "clone"], check=True, capture_output=True)
    # With what is not committed yet.
    changed = ["git", "ls-files", "--modified", "--others", "--exclude-standard"]
    for name in subprocess.run(changed, cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout.split("\n"):
        if name and (ROOT / name).is_file():
            (tmp_path / "clone" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "clone" / name).write_bytes((ROOT / name).read_bytes())
    _commit(tmp_path / "clone")
    publish_as(tmp_path / "clone", "acme")
    assert placeholders(tmp_path / "clone") == []
    codes = (tmp_path / "clone" / "assessor" / "findings" / "codes.py").read_text("utf-8")
    assert '"https://acme.github.io/mkdocs-assessor/latest/"' in codes


# The tag


def test_a_tag_on_the_commit_can_be_released(ready: Path) -> None:
    assert _invoke("check", "v0.9.0") == (0, "v0.9.0 can be released.\n")
    _git(ready, "update-ref", "refs/remotes/origin/main", "HEAD")
    _git(ready, "tag", "--force", "--annotate", "v0.9.0", "--message", "A")
    assert _invoke("check", "v0.9.0") == (0, "v0.9.0 can be released.\n")


def test_a_tag_that_stands_elsewhere_is_refused(ready: Path) -> None:
    _commit(ready)
    code, output = _invoke("check", "v0.9.0")
    assert (code, "is checked out; run 'git switch --detach v0.9.0'" in output) == (2, True), output
    _git(ready, "tag", "--delete", "v0.9.0")
    code, output = _invoke("check", "v0.9.0")
    assert (code, output) == (
        2,
        "Error: the tag v0.9.0 does not exist here; run 'git tag v0.9.0' on the merged commit\n",
    )


def test_what_is_not_committed_is_named(ready: Path) -> None:
    (ready / "new.txt").touch()
    assert _invoke("check", "v0.9.0") == (
        2,
        "Error: only committed files are released; commit or remove: new.txt\n",
    )


def test_a_tag_that_is_not_merged_is_refused(ready: Path) -> None:
    _git(ready, "update-ref", "refs/remotes/origin/main", "HEAD~1")
    code, output = _invoke("check", "v0.9.0")
    assert (code, "v0.9.0 is not on origin/main" in output) == (2, True), output


def test_a_dry_run_of_what_is_not_committed_is_refused(
    ready: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dry_run, "ROOT", ready)
    (ready / "CHANGELOG.md").write_text("")
    assert dry_run.main() == 2
    assert capsys.readouterr().err == (
        "dry_run.py: only committed files are released; commit or remove: CHANGELOG.md\n"
    )
