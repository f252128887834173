"""Determine which files of a docs folder a generator publishes, without running the generator."""

from __future__ import annotations

import enum
import functools
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from mkdocs_assessor.diagnostics import SettingsError

if TYPE_CHECKING:
    from pathspec.gitignore import GitIgnoreSpec

# Hidden files and the templates folder. A pattern with `!` in `exclude_docs` includes them again.
_ALWAYS_EXCLUDED = ".*\n/templates/\n"

_MARKDOWN = (".markdown", ".mdown", ".mkdn", ".mkd", ".md")

_PATTERNS = ("exclude_docs", "draft_docs", "not_in_nav")


class Inclusion(enum.Enum):
    """What a build does with a file."""

    EXCLUDED = "neither built nor served"
    DRAFT = "served to its author, but not built"
    NOT_IN_NAV = "built, and left out of the navigation on purpose"
    INCLUDED = "built"

    @property
    def is_published(self) -> bool:
        """Whether the file is part of the built site."""
        return self in (Inclusion.NOT_IN_NAV, Inclusion.INCLUDED)


@dataclass(frozen=True)
class DocsFolder:
    """A docs folder, and the configuration of its files.

    Attributes:
        path: The folder.
        excluded: The default exclusions, followed by the patterns of `exclude_docs`, one a line.
        drafts: The patterns of `draft_docs`.
        outside_nav: The patterns of `not_in_nav`.
        has_directory_urls: Whether `a.md` becomes `a/index.html` instead of `a.html`.
        is_for_zensical: Whether to follow Zensical's rules: only `.md` is Markdown, only pages replace each other, and
            links to folders are not followed.
    """

    path: Path
    excluded: str = _ALWAYS_EXCLUDED
    drafts: str = ""
    outside_nav: str = ""
    has_directory_urls: bool = True
    is_for_zensical: bool = False

    def files(self) -> dict[str, Inclusion]:
        """Return what a build does with each file, by its relative path, in MkDocs's order.

        This leaves out files that others replace, such as `README.md` beside `index.md`.
        """
        found: dict[str, Inclusion] = {}
        for inside, names in self._folders():
            here = {(inside / name).as_posix(): name for name in sorted(names, key=_index_first)}
            inclusions = {path: self._inclusion(path) for path in here}
            first: dict[str, str] = {}
            replaced = set()
            for path, name in here.items():
                if self.is_for_zensical and not self._is_page(name):
                    continue
                other = first.setdefault(self._destination(name), path)
                if other != path:
                    replaced.add(other if inclusions[path].is_published else path)
            found |= {path: inclusion for path, inclusion in inclusions.items() if path not in replaced}
        return found

    def pages(self) -> list[str]:
        """Return the relative paths of the Markdown files that a build publishes."""
        return [path for path, inclusion in self.files().items() if inclusion.is_published and self._is_page(path)]

    def published(self, suffix: str) -> list[Path]:
        """Return the files with a suffix, such as `.ipynb`, that a build publishes."""
        return [
            self.path / path
            for path, inclusion in self.files().items()
            if inclusion.is_published and path.endswith(suffix)
        ]

    def _folders(self) -> Iterator[tuple[PurePosixPath, list[str]]]:
        """Yield each folder as a relative path, with the names of its files."""
        left = [(PurePosixPath(), frozenset[str]())]
        while left:
            inside, above = left.pop()
            real = os.path.realpath(self.path / inside)
            # A link to a folder that contains it would recurse for ever.
            if real in above:
                continue
            files, folders = [], []
            try:
                with os.scandir(self.path / inside) as entries:
                    for entry in entries:
                        if not entry.is_dir():
                            files.append(entry.name)
                        elif not (self.is_for_zensical and entry.is_symlink()):
                            folders.append(entry.name)
            except OSError:
                # Generators skip folders that they have no permission to read.
                continue
            yield inside, files
            left += [(inside / name, above | {real}) for name in sorted(folders, reverse=True)]

    def _inclusion(self, path: str) -> Inclusion:
        if _patterns(self.excluded).match_file(path):
            return Inclusion.EXCLUDED
        if _patterns(self.drafts).match_file(path):
            return Inclusion.DRAFT
        return Inclusion.NOT_IN_NAV if _patterns(self.outside_nav).match_file(path) else Inclusion.INCLUDED

    def _is_page(self, path: str) -> bool:
        return path.endswith(".md" if self.is_for_zensical else _MARKDOWN)

    def _destination(self, name: str) -> str:
        """Return the published file name of a file of the folder."""
        if not self._is_page(name):
            return name
        stem = PurePosixPath(name).stem
        stem = "index" if stem == "README" else stem
        return f"{stem}.html" if stem == "index" or not self.has_directory_urls else f"{stem}/index.html"


def docs_folder(root: Path, data: Mapping[str, Any], *, is_for_zensical: bool) -> DocsFolder:
    """Return the docs folder of a configuration.

    Args:
        root: The folder of the configuration.
        data: The parsed configuration.
        is_for_zensical: Whether Zensical builds the site.

    Raises:
        SettingsError: If a pattern is one that generators refuse.
    """
    given: list[str] = []
    for option in _PATTERNS:
        text = data.get(option) or ""
        if not isinstance(text, str):
            raise SettingsError(f"{option}: write one pattern a line, below '{option}: |', not {text!r}")
        try:
            if text:
                _patterns(text)
        except ValueError as error:
            raise SettingsError(f"{option}: {error}") from None
        given.append(text)
    excluded, drafts, outside_nav = given
    return DocsFolder(
        root / str(data.get("docs_dir") or "docs"),
        _ALWAYS_EXCLUDED + excluded,
        drafts,
        outside_nav,
        has_directory_urls=data.get("use_directory_urls") is not False,
        is_for_zensical=is_for_zensical,
    )


@functools.lru_cache
def _patterns(text: str) -> GitIgnoreSpec:
    from pathspec.gitignore import GitIgnoreSpec  # noqa: PLC0415 - commands that read no page start without it

    return GitIgnoreSpec.from_lines(text.splitlines())


def _index_first(name: str) -> tuple[bool, str]:
    return PurePosixPath(name).stem not in ("index", "README"), name
