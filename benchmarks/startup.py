"""Measure what each build and each command pays once: imports, and loading the bundled rule set."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

from assessor import load_ruleset
from assessor.loading.reference import BUNDLED
from benchmarks.bytecode import environment
from benchmarks.table import Part, Row

ROUNDS = 15
_AIMS = {"import mkdocs_assessor.plugin": 40, "assessor --version": 80, "assessor assess": 150}


def import_milliseconds(module: str, cache: str) -> float:
    """Import a module in a new process that has loaded MkDocs, and return the CPU milliseconds.

    Args:
        module: The module.
        cache: The folder of compiled modules.
    """
    code = (
        "import time, mkdocs.commands.build, mkdocs.config.defaults, mkdocs.plugins, mkdocs.theme, jinja2, markdown\n"
        f"start = time.process_time()\nimport {module}\nprint(time.process_time() - start)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], env=environment(cache), check=True, capture_output=True, text=True
    )
    return float(result.stdout) * 1000


def process_milliseconds(arguments: list[str], cache: str) -> float:
    """Run Python in a new process, and return the CPU milliseconds of its whole life.

    Args:
        arguments: The arguments of Python.
        cache: The folder of compiled modules.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, *arguments], env=environment(cache), check=True, stdout=subprocess.DEVNULL, input=b"{}"
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1000


def milliseconds(call: Callable[[], object]) -> float:
    """Call a function once, and return the CPU milliseconds."""
    start = time.process_time()
    call()
    return (time.process_time() - start) * 1000


def parts() -> list[Part]:
    """Measure by turns, and return the medians."""
    with tempfile.TemporaryDirectory() as cache:
        of_builds: dict[str, Callable[[], float]] = {
            "import mkdocs_assessor.plugin": lambda: import_milliseconds("mkdocs_assessor.plugin", cache),
            "load the bundled rule set": lambda: milliseconds(lambda: load_ruleset(BUNDLED)),
        }
        of_commands: dict[str, Callable[[], float]] = {
            "Python and click alone": lambda: process_milliseconds(["-c", "import click"], cache),
            "assessor --version": lambda: process_milliseconds(["-m", "assessor", "--version"], cache),
            "assessor assess": lambda: process_milliseconds(["-m", "assessor", "assess", "--rules", BUNDLED], cache),
        }
        for measure in of_commands.values():
            measure()  # compiles the modules
        measured: dict[str, list[float]] = {}
        for _ in range(ROUNDS):
            for name, measure in {**of_builds, **of_commands}.items():
                measured.setdefault(name, []).append(measure())
    return [
        Part("start-up of a build", "ms", [_row(name, measured) for name in of_builds]),
        Part("start-up of a command", "ms", [_row(name, measured) for name in of_commands]),
    ]


def _row(name: str, measured: dict[str, list[float]]) -> Row:
    low, median, high = statistics.quantiles(measured[name], n=4)
    aim = f"; aim: less than {_AIMS[name]} ms" if name in _AIMS else ""
    return Row(f"ours: {name}" if name in _AIMS else name, median, f"{low:.0f}–{high:.0f} ms{aim}", is_ours=True)
