"""Measure what each build pays once: importing the plugin and loading the bundled rule set."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

from assessor import load_ruleset
from assessor.loading.load import BUNDLED
from benchmarks.bytecode import environment
from benchmarks.table import Part, Row

ROUNDS = 15


def import_milliseconds(module: str, cache: str) -> float:
    """Import a module in a new process that has loaded MkDocs, and return the CPU milliseconds.

    Args:
        module: The module.
        cache: The folder of compiled modules.
    """
    code = (
        "import time, mkdocs.commands.build, mkdocs.plugins, jinja2, markdown\n"
        f"start = time.process_time()\nimport {module}\nprint(time.process_time() - start)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], env=environment(cache), check=True, capture_output=True, text=True
    )
    return float(result.stdout) * 1000


def milliseconds(call: Callable[[], object]) -> float:
    """Call a function once, and return the CPU milliseconds."""
    start = time.process_time()
    call()
    return (time.process_time() - start) * 1000


def parts() -> list[Part]:
    """Measure, and return the medians."""
    with tempfile.TemporaryDirectory() as cache:
        measured: dict[str, Callable[[], float]] = {
            "import mkdocs_assessor.plugin": lambda: import_milliseconds("mkdocs_assessor.plugin", cache),
            "load the bundled rule set": lambda: milliseconds(lambda: load_ruleset(BUNDLED)),
        }
        rows = [
            Row(f"ours: {name}", statistics.median(measure() for _ in range(ROUNDS)), is_ours=True)
            for name, measure in measured.items()
        ]
    return [Part("start-up of a build", "ms", rows)]
