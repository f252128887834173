"""Build the MkDocs site in the working directory, and print the CPU time of the build and of the plugin.

Two builds of a site differ by more than the plugin costs, so this measures inside the plugin: its import, its hooks,
and the parts of its extension that Python-Markdown calls. Garbage collection is excluded, because it starts at
whichever allocation happens to trigger it.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import json
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

_clock = time.process_time
_own = 0.0
_depth = 0
_collecting = 0.0


@contextlib.contextmanager
def _counting() -> Iterator[None]:
    global _own, _depth  # noqa: PLW0603 - one process, one build
    start = _clock()
    _depth += 1
    try:
        yield
    finally:
        _depth -= 1
        # A call within another measured call counts once.
        _own += _clock() - start if _depth == 0 else 0


def _leave_out_garbage(phase: str, information: dict[str, int]) -> None:
    global _own, _collecting  # noqa: PLW0603 - as above
    if phase == "start":
        _collecting = _clock()
    elif _depth:
        _own -= _clock() - _collecting


def _counted(call: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(call)
    def counted(*arguments: Any, **options: Any) -> Any:
        with _counting():
            return call(*arguments, **options)

    return counted


def _count_all() -> None:
    """Import the plugin, and measure the functions that generators and Python-Markdown call."""
    with _counting():
        from mkdocs_assessor.extension import AssessorExtension  # noqa: PLC0415 - as above
        from mkdocs_assessor.plugin import AssessorPlugin  # noqa: PLC0415 - as above
        from mkdocs_assessor.processing import processors  # noqa: PLC0415 - importing it is measured
    hooks = [(AssessorPlugin, name) for name in vars(AssessorPlugin) if name.startswith("on_")]
    steps = [(step, "run") for step in vars(processors).values() if isinstance(step, type) and "run" in vars(step)]
    for owner, name in (*hooks, *steps, (AssessorExtension, "extendMarkdown")):
        setattr(owner, name, _counted(getattr(owner, name)))


def main() -> None:
    """Build the site, and print the seconds as JSON."""
    start = _clock()
    gc.callbacks.append(_leave_out_garbage)
    from mkdocs.commands.build import build  # noqa: PLC0415 - as any build has to
    from mkdocs.config import load_config  # noqa: PLC0415 - as above

    _count_all()
    config = load_config("mkdocs.yml")
    config.plugins.on_startup(command="build", dirty=False)
    with open(os.devnull, "w", encoding="utf-8") as nothing, contextlib.redirect_stdout(nothing):  # noqa: PTH123 - no path of ours
        build(config)
    print(json.dumps({"own": _own, "all": _clock() - start}))


if __name__ == "__main__":
    main()
