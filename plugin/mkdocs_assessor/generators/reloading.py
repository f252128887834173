"""Determine the source files of a rule set, which generators watch, and cache their contents."""

from __future__ import annotations

import ast
from collections.abc import Callable, Hashable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakSet

from assessor.findings.finding import Finding
from assessor.loading.reference import ruleset_path

if TYPE_CHECKING:
    from assessor.model.ruleset import RuleSet

_T = TypeVar("_T")
_SOURCES = (".py", ".csv", ".tsv", ".xlsx", ".dmn")
_Stamp = tuple[tuple[str, int, int], ...]


def ruleset_sources(reference: str, base: Path) -> list[Path]:
    """Return the folder of a rule set and the modules of the project that it imports from elsewhere.

    In place of the whole project's folder, return just the modules and tables in it. A project also contains caches and
    repositories, and watching these would let each build trigger the next.

    Args:
        reference: A reference, as for `load_ruleset`.
        base: The folder of the project.

    Raises:
        LoadingError: If the reference leads to no file.
    """
    file = ruleset_path(reference, base).resolve()
    own = sorted(_modules(file.parent, deep=False)) if base.resolve().is_relative_to(file.parent) else [file.parent]
    return own + [each for each in _imported(file, base.resolve()) if each not in own and each.parent not in own]


def _imported(file: Path, base: Path) -> list[Path]:
    """Return the files beside a file and in the project that it imports, and what they import, without running any."""
    found: list[Path] = []
    stack = [file]
    while stack:
        importing = stack.pop()
        for name in _imported_names(importing):
            place = Path(*name.split("."))
            # A package runs the packages that contain it, too.
            packages = [each / "__init__.py" for each in (place, *place.parents) if each != Path()]
            for folder in (file.parent, base):
                for each in (folder / part for part in (place.with_suffix(".py"), *packages)):
                    if each.is_file() and each not in found:
                        found.append(each)
                        stack.append(each)
    return sorted(found)


def _imported_names(file: Path) -> Iterator[str]:
    """Yield the names of what a file imports, which may be modules. Loading reports an unreadable file."""
    try:
        tree = ast.parse(file.read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


class GuideCache(Generic[_T]):
    """Caches loaded guides and reported errors, for generators that create an extension for each page.

    It lives as long as the process: one build, or a session that serves an author. An entry is valid until one of its
    source files changes.
    """

    def __init__(self) -> None:
        """Create an empty cache."""
        self._loaded: dict[Hashable, tuple[_Stamp, _T]] = {}
        self._failures: dict[Hashable, str] = {}
        self._reported: WeakSet[RuleSet] = WeakSet()
        self._findings: dict[tuple[Path, Finding], _Stamp] = {}

    def load(self, key: Hashable, sources: Iterable[Path], load: Callable[[], _T]) -> _T:
        """Return the cached value, or load it if a source file has changed.

        Args:
            key: The key of the entry.
            sources: Modules, and folders of modules.
            load: Loads the value.
        """
        stamp = _stamp(sources)
        kept = self._loaded.get(key)
        if kept is None or kept[0] != stamp:
            kept = self._loaded[key] = stamp, load()
        return kept[1]

    def last(self, key: Hashable) -> _T | None:
        """Return the cached value, even if a file has changed since, or `None`."""
        kept = self._loaded.get(key)
        return kept[1] if kept else None

    def is_new_failure(self, project: Hashable, message: str) -> bool:
        """Record why loading a project fails; return whether this differs from the last time."""
        is_new = self._failures.get(project) != message
        self._failures[project] = message
        return is_new

    def forget_failure(self, project: Hashable) -> None:
        """Record that loading a project succeeds."""
        self._failures.pop(project, None)

    def is_first_report(self, ruleset: RuleSet) -> bool:
        """Record a report of the errors of a rule set; return whether this is the first time."""
        is_first = ruleset not in self._reported
        self._reported.add(ruleset)
        return is_first

    def is_first_finding(self, project: Path, finding: Finding) -> bool:
        """Record a report of a finding; return whether this is the first time since its file has changed."""
        file = Path(finding.place.path)
        stamp = _stamp([file]) if file.is_file() else ()
        is_first = self._findings.get((project, finding)) != stamp
        self._findings[project, finding] = stamp
        return is_first


def _stamp(sources: Iterable[Path]) -> _Stamp:
    return tuple(sorted(_stamp_of(file) for source in sources for file in _modules(source)))


def _modules(source: Path, *, deep: bool = True) -> Iterator[Path]:
    """Yield the modules in a folder, and the decision tables that they may read; or just the file."""
    if not source.is_dir():
        yield source
        return
    for ending in _SOURCES:
        yield from source.rglob(f"*{ending}") if deep else source.glob(f"*{ending}")


def _stamp_of(file: Path) -> tuple[str, int, int]:
    status = file.stat()
    return str(file), status.st_mtime_ns, status.st_size
