"""The files that a rule set comes from: what generators watch, and how long what was loaded from them is kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from pathlib import Path
from typing import Generic, TypeVar
from weakref import WeakSet

from assessor.loading.load import ruleset_path
from assessor.model.ruleset import RuleSet

_T = TypeVar("_T")
_Stamp = tuple[tuple[str, int, int], ...]


def ruleset_sources(reference: str, base: Path) -> list[Path]:
    """Return the folder of a rule set, or only the modules in it where it holds the whole project.

    Caches and repositories lie in a project, too, and what a build writes there would start the next one.

    Args:
        reference: What `load_ruleset` takes.
        base: The folder of the project.

    Raises:
        LoadingError: If the reference leads to no file.
    """
    file = ruleset_path(reference, base).resolve()
    if base.resolve().is_relative_to(file.parent):
        return sorted(file.parent.glob("*.py"))
    return [file.parent]


class GuideCache(Generic[_T]):
    """What was loaded from rule sets, and reported of them, for generators that make an extension for each page.

    It lives as long as the process: a build, or the session in which an author is served. An entry stands until a file
    that it comes from changes.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._loaded: dict[Hashable, tuple[_Stamp, _T]] = {}
        self._failures: dict[Hashable, str] = {}
        self._reported: WeakSet[RuleSet] = WeakSet()

    def load(self, key: Hashable, sources: Iterable[Path], load: Callable[[], _T]) -> _T:
        """Return what was loaded before, unless a file that it comes from has changed since.

        Args:
            key: What it is kept by.
            sources: Modules, and folders of modules.
            load: Loads it.
        """
        stamp = _stamp(sources)
        kept = self._loaded.get(key)
        if kept is None or kept[0] != stamp:
            kept = self._loaded[key] = stamp, load()
        return kept[1]

    def last(self, key: Hashable) -> _T | None:
        """Return what was loaded before, even if a file has changed since; nothing if it never was."""
        kept = self._loaded.get(key)
        return kept[1] if kept else None

    def is_new_failure(self, project: Hashable, message: str) -> bool:
        """Note why a project cannot be loaded, and say whether that differs from the last time."""
        is_new = self._failures.get(project) != message
        self._failures[project] = message
        return is_new

    def forget_failure(self, project: Hashable) -> None:
        """Note that a project can be loaded."""
        self._failures.pop(project, None)

    def is_first_report(self, ruleset: RuleSet) -> bool:
        """Note that the mistakes of a rule set are reported, and say whether they were not before."""
        is_first = ruleset not in self._reported
        self._reported.add(ruleset)
        return is_first


def _stamp(sources: Iterable[Path]) -> _Stamp:
    return tuple(sorted(_stamp_of(file) for source in sources for file in _modules(source)))


def _modules(source: Path) -> Iterator[Path]:
    return source.rglob("*.py") if source.is_dir() else iter([source])


def _stamp_of(file: Path) -> tuple[str, int, int]:
    status = file.stat()
    return str(file), status.st_mtime_ns, status.st_size
