"""What a build pays once: importing the plugin, and loading and compiling the bundled rule set."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from assessor import bundle_json, compile_ruleset, load_ruleset
from assessor.loading import BUNDLED

ROUNDS = 15


def import_milliseconds(module: str) -> float:
    """Import a module in a new process, and return what that adds to starting Python with MkDocs loaded."""
    code = (
        "import time, mkdocs.commands.build, mkdocs.plugins, jinja2, markdown\n"
        f"start = time.perf_counter()\nimport {module}\nprint(time.perf_counter() - start)"
    )
    result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(result.stdout) * 1000


def milliseconds(call: Callable[[], object]) -> float:
    """Call something once, and return how long that took."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Print medians."""
    ruleset = load_ruleset(BUNDLED)
    rows: dict[str, Callable[[], float]] = {
        "import mkdocs_assessor.plugin": lambda: import_milliseconds("mkdocs_assessor.plugin"),
        "load the bundled rule set": lambda: milliseconds(lambda: load_ruleset(BUNDLED)),
        "compile the bundled rule set": lambda: milliseconds(lambda: compile_ruleset.__wrapped__(ruleset)),
    }
    print(f"start-up, median of {ROUNDS}")
    for name, measure in rows.items():
        print(f"  {name:<30} {statistics.median(measure() for _ in range(ROUNDS)):8.2f} ms")
    bundle = compile_ruleset(ruleset)
    print(f"  bundle: {len(bundle['nodes'])} nodes, {len(bundle_json(bundle)):,} bytes")


if __name__ == "__main__":
    main()
