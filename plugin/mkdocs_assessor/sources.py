"""The files that a rule set comes from: what generators watch, and how long a compiled guide stays right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from assessor.loading import load_ruleset, ruleset_path
from mkdocs_assessor.looks import Looks
from mkdocs_assessor.overriding import overriding
from mkdocs_assessor.slots import Guide

_Stamp = tuple[tuple[str, int, int], ...]

_guides: dict[tuple[str, Path, Looks], tuple[_Stamp, Guide]] = {}


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


def cached_guide(reference: str, base: Path, looks: Looks | None = None) -> Guide:
    """Return the guide of a rule set, loaded again only when a file that it comes from has changed.

    For generators that make a new extension for every page.

    Args:
        reference: What `load_ruleset` takes.
        base: The folder that a relative path starts from.
        looks: What it is rendered with; our own words, in English, and templates by default.

    Raises:
        AssessorError: If the rule set cannot be loaded or compiled, or a template cannot be rendered.
    """
    looks = looks or Looks()
    stamp = _stamp([*ruleset_sources(reference, base), *overriding(looks.templates)])
    kept = _guides.get((reference, base, looks))
    if kept and kept[0] == stamp:
        return kept[1]
    guide = Guide.of(load_ruleset(reference, base), looks)
    _guides[reference, base, looks] = stamp, guide
    return guide


def _stamp(sources: Iterable[Path]) -> _Stamp:
    return tuple(sorted(_stamp_of(file) for source in sources for file in _modules(source)))


def _modules(source: Path) -> Iterator[Path]:
    return source.rglob("*.py") if source.is_dir() else iter([source])


def _stamp_of(file: Path) -> tuple[str, int, int]:
    status = file.stat()
    return str(file), status.st_mtime_ns, status.st_size
