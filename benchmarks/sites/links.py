"""Measure what a page with thousands of links costs: our share of its lint and of its build.

The page is a table whose rows quote the facts of the bundled rule set in turn, so that each target has hundreds of
links. Python-Markdown itself takes half of the time. This is measured on the same page and subtracted from lint's.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from markdown import Markdown

from assessor.loading.load import load_ruleset
from assessor.loading.reference import BUNDLED
from benchmarks.bytecode import environment
from benchmarks.table import Part, Row, table
from mkdocs_assessor.config.docs_folder import DocsFolder
from mkdocs_assessor.config.site import Site
from mkdocs_assessor.lint import Linting
from mkdocs_assessor.render.guide import Guide
from mkdocs_assessor.render.guides import Guides

SIZES = (100, 1000, 3000)
ROUNDS = 3
ROOT = Path(__file__).parents[2]


def page(links: int) -> str:
    """Return a page with that many links to facts, one per row."""
    facts = load_ruleset(BUNDLED).facts
    rows = "".join(f"| Row {number} | [](fact:{facts[number % len(facts)].id}) |\n" for number in range(links))
    return f"# Title\n\n| Name | Value |\n| --- | --- |\n{rows}"


def _seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def _linted(links: int) -> float:
    """Return the CPU seconds of lint on such a page, without Python-Markdown's own share."""
    text = page(links)
    with tempfile.TemporaryDirectory() as folder:
        site = Site(DocsFolder(Path(folder)), markdown_extensions={"tables": {}})
        linting = Linting(Guides({"": Guide.of(load_ruleset(BUNDLED))}), site)
        (Path(folder) / "index.md").write_text(text, encoding="utf-8")
        all_of_it = statistics.median(_seconds(linting.lint) for _ in range(ROUNDS))
    parsing = statistics.median(_seconds(lambda: Markdown(extensions=["tables"]).convert(text)) for _ in range(ROUNDS))
    return all_of_it - parsing


def _built(links: int) -> float:
    """Return the CPU seconds inside the plugin while MkDocs builds a site of such a page."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        (site / "docs").mkdir()
        (site / "docs" / "index.md").write_text(page(links), encoding="utf-8")
        (site / "mkdocs.yml").write_text("site_name: Benchmark\nplugins: [assessor]\n", encoding="utf-8")
        # In the folder where it runs, the packages of this repository may not be installed.
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        variables = dict(environment(str(site / "compiled"))) | {"PYTHONPATH": path}

        def own() -> float:
            command = [sys.executable, "-m", "benchmarks.sites.own_time"]
            run = subprocess.run(command, cwd=site, env=variables, check=True, capture_output=True, text=True)
            seconds: float = json.loads(run.stdout)["own"]
            return seconds

        own()  # Compiles the modules.
        return statistics.median(own() for _ in range(ROUNDS))


def parts() -> list[Part]:
    """Return our CPU seconds for pages of each size, in lint and in a build."""
    found = []
    for what, measure in (("lint", _linted), ("build", _built)):
        rows = [Row(f"ours: {links:,} links", measure(links) * 1000, _aim(links), True) for links in SIZES]
        found.append(Part(f"inside the plugin, {what} of one page", "ms", rows))
    return found


def _aim(links: int) -> str:
    return "aim: less than 1 s" if links == max(SIZES) else ""


if __name__ == "__main__":
    print(table(parts()))
