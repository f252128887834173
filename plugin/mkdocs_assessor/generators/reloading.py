"""The files that a rule set comes from: what generators watch, and how long what was made of them stays right."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from assessor.loading.load import ruleset_path

_T = TypeVar("_T")
_Stamp = tuple[tuple[str, int, int], ...]

_loaded: dict[Hashable, tuple[_Stamp, Any]] = {}


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


def load_once(key: Hashable, sources: Iterable[Path], load: Callable[[], _T]) -> _T:
    """Return what was loaded before, unless a file that it comes from has changed since.

    For generators that make a new extension for every page.

    Args:
        key: What it is kept by.
        sources: Modules, and folders of modules.
        load: Loads it.
    """
    stamp = _stamp(sources)
    kept = _loaded.get(key)
    if kept is None or kept[0] != stamp:
        kept = _loaded[key] = stamp, load()
    thing: _T = kept[1]
    return thing


def last_loaded(key: Hashable) -> Any:
    """Return what was loaded before, whether or not it is still right; `None` if nothing was."""
    kept = _loaded.get(key)
    return kept[1] if kept else None


def _stamp(sources: Iterable[Path]) -> _Stamp:
    return tuple(sorted(_stamp_of(file) for source in sources for file in _modules(source)))


def _modules(source: Path) -> Iterator[Path]:
    return source.rglob("*.py") if source.is_dir() else iter([source])


def _stamp_of(file: Path) -> tuple[str, int, int]:
    status = file.stat()
    return str(file), status.st_mtime_ns, status.st_size
