"""Cut a release, and check what its tag says: `make release VERSION=1.2.3`, and the workflow `release.yml`.

The version stands in `assessor/version.py`, and what a release changes in `CHANGELOG.md`. Nothing else names either.
"""

from __future__ import annotations

import datetime
import re
import sys
from pathlib import Path

import click

from tools.releasing.account import PLACEHOLDER, account, placeholders, publish_as
from tools.releasing.notes import notes as notes_of
from tools.releasing.revision import ReleaseError, require_clean, require_tagged

ROOT = Path(__file__).parents[2]

_VERSION = re.compile(r'(?<=^VERSION = ")[^"]*(?=")', re.MULTILINE)
_NUMBER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)", re.ASCII)
_HEADING = re.compile(r"^## \[([^\]]+)\](?: - (\S+))?$", re.MULTILINE)
_LINK = re.compile(r"^\[Unreleased\]: (?P<base>\S+)/compare/v(?P<last>\S+)\.\.\.HEAD$", re.MULTILINE)
_UNRELEASED = "Unreleased"


def numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, to compare it by.

    Args:
        version: Such as `1.2.3`.

    Raises:
        ReleaseError: It is not three numbers.
    """
    found = _NUMBER.fullmatch(version)
    if not found:
        raise ReleaseError(f"'{version}' is not a version; write three numbers, such as 1.2.3")
    return tuple(map(int, found.groups()))


def successors(version: str) -> tuple[str, str, str]:
    """Return the versions that can follow one: the next patch, minor and major.

    Args:
        version: Such as `1.2.3`.
    """
    major, minor, patch = numbers(version)
    return f"{major}.{minor}.{patch + 1}", f"{major}.{minor + 1}.0", f"{major + 1}.0.0"


class Repository:
    """The files of a repository that say what a release is."""

    def __init__(self, root: Path) -> None:
        """Read them.

        Args:
            root: The top folder of the repository.
        """
        self._root = root
        self._version_file = root / "assessor" / "version.py"
        self._changelog_file = root / "CHANGELOG.md"
        self._code = self._version_file.read_text(encoding="utf-8")
        self._changelog = self._changelog_file.read_text(encoding="utf-8")

    @property
    def version(self) -> str:
        """The version."""
        found = _VERSION.search(self._code)
        if not found:
            raise ReleaseError(f'{self._version_file}: there is no line VERSION = "1.2.3"')
        return found[0]

    def section(self, name: str) -> tuple[str, str]:
        """Return the day and the text of a section of the changelog.

        Args:
            name: A version, or `Unreleased`.

        Raises:
            ReleaseError: There is no such section.
        """
        headings = list(_HEADING.finditer(self._changelog))
        for place, heading in enumerate(headings):
            if heading[1] == name:
                rest = self._changelog[heading.end() :]
                if place + 1 < len(headings):
                    rest = self._changelog[heading.end() : headings[place + 1].start()]
                # The last section ends where the addresses of the headings begin.
                text = re.split(r"^\[Unreleased\]: ", rest, maxsplit=1, flags=re.MULTILINE)[0]
                return heading[2] or "", text.strip()
        raise ReleaseError(f"CHANGELOG.md has no section '## [{name}]'")

    def has_unreleased(self) -> bool:
        """Return whether a release would change anything."""
        return re.search(r"^- ", self.section(_UNRELEASED)[1], re.MULTILINE) is not None

    def cut(self, version: str, day: str, *, skipping: bool = False) -> None:
        """Turn what is unreleased into a release.

        Args:
            version: The version of the release.
            day: Its day, such as `2026-11-30`.
            skipping: Whether versions may be left out, such as 1.3.0 between 1.2.3 and 1.4.0.

        Raises:
            ReleaseError: The version is not the next one, or nothing is unreleased. Both files then stay as they were.
        """
        if numbers(version) <= numbers(self.version):
            raise ReleaseError(f"{version} is not newer than {self.version}, the version in assessor/version.py")
        if version not in (next_ones := successors(self.version)) and not skipping:
            first, second, third = next_ones
            raise ReleaseError(
                f"{version} does not follow {self.version}; write {first}, {second} or {third} (or add SKIPPING=yes)"
            )
        if not self.has_unreleased():
            raise ReleaseError("nothing is unreleased; add what changes to '## [Unreleased]' in CHANGELOG.md")
        link = _LINK.search(self._changelog)
        if not link:
            raise ReleaseError("CHANGELOG.md: '[Unreleased]: …/compare/v1.2.3...HEAD' is missing at the end")
        changelog = self._changelog.replace(
            link[0],
            f"[{_UNRELEASED}]: {link['base']}/compare/v{version}...HEAD\n"
            f"[{version}]: {link['base']}/compare/v{link['last']}...v{version}",
        )
        changelog = changelog.replace(f"## [{_UNRELEASED}]\n", f"## [{_UNRELEASED}]\n\n## [{version}] - {day}\n", 1)
        self._version_file.write_text(_VERSION.sub(version, self._code), encoding="utf-8")
        self._changelog_file.write_text(changelog, encoding="utf-8")

    def check(self, tag: str) -> None:
        """Check that a tag stands for what the files say.

        Args:
            tag: Such as `v1.2.3`.

        Raises:
            ReleaseError: The files say something else, or are not ready for a release.
        """
        if tag != f"v{self.version}":
            raise ReleaseError(f"the tag is {tag}, but assessor/version.py says {self.version}; tag v{self.version}")
        numbers(self.version)
        day, notes = self.section(self.version)
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) or not notes:
            raise ReleaseError(f"CHANGELOG.md: '## [{self.version}]' needs a day, such as 2026-11-30, and a text")
        if self.has_unreleased():
            raise ReleaseError(f"CHANGELOG.md has unreleased lines; move them to '## [{self.version}]'")


@click.group()
def main() -> None:
    """Cut a release, and check what its tag says."""


@main.command()
@click.argument("version")
@click.option("--skipping", is_flag=True, help="Allow versions to be left out.")
def cut(version: str, skipping: bool) -> None:
    """Turn what is unreleased into VERSION, as of today."""
    day = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    Repository(ROOT).cut(version, day, skipping=skipping)
    click.echo(
        f"assessor/version.py and CHANGELOG.md say {version}. Commit both; tag the merged commit with v{version}."
    )


@main.command()
@click.argument("name")
def owner(name: str) -> None:
    """Write the account NAME wherever the repository is named."""
    old = account(ROOT)
    changed = publish_as(ROOT, name)
    if not changed:
        click.echo(f"Every file names {name} already.")
        return
    click.echo("\n".join([f"{name} stands in place of {old} in:", *changed]))


@main.command()
@click.argument("tag")
def check(tag: str) -> None:
    """Fail unless TAG stands here for what the files say, all is committed, and files name who publishes."""
    Repository(ROOT).check(tag)
    if unnamed := placeholders(ROOT):
        listed = ", ".join(unnamed)
        raise ReleaseError(f"run 'make release-owner ACCOUNT=NAME'; {PLACEHOLDER} still stands in: {listed}")
    require_clean(ROOT)
    require_tagged(ROOT, tag)
    click.echo(f"{tag} can be released.")


@main.command()
@click.argument("version")
def notes(version: str) -> None:
    """Print what the changelog says of VERSION, as the notes of a release."""
    click.echo(notes_of(Repository(ROOT).section(version.removeprefix("v"))[1]))


if __name__ == "__main__":
    sys.exit(main())
