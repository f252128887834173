"""Measure what the plugin costs a site that does not use it, or uses it on one page.

Three sites are built in turn: without the plugin, with it unused, and with one guide page. Taking turns spreads other
load on the machine over all three, and the median removes most of the rest. Two builds of one site still differ by
more than the plugin costs, so `own_time.py` measures the time inside the plugin, too.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.bytecode import environment
from benchmarks.table import Part, Row, table

PLUGIN = "plugins:\n  - search\n  - assessor\n"
SITES = {"without": "plugins:\n  - search\n", "unused": PLUGIN, "one page": PLUGIN}
MOST_UNPRUNED = 1000
ROOT = Path(__file__).parents[2]

PARAGRAPH = (
    "The server keeps what it is given, and answers when it is asked. Whoever runs it reads its *logs*, applies "
    "`upgrades` in order, and [tests](../index.md) a restore before it is needed.\n\n"
)


def write_site(folder: Path, pages: int, plugins: str, uses_guide: bool) -> None:
    """Write a Material for MkDocs site with this many pages of about 400 words, with a hundred pages per folder.

    A large site prunes its navigation: by default, Material writes all of it into each page, which takes hours for
    thousands of pages.
    """
    docs = folder / "docs"
    docs.mkdir(parents=True)
    features = "[navigation.prune]" if pages > MOST_UNPRUNED else "[]"
    theme = f"theme:\n  name: material\n  font: false\n  features: {features}\n"
    (folder / "mkdocs.yml").write_text(f"site_name: Benchmark\n{theme}{plugins}")
    for number in range(pages):
        sections = "".join(f"## Part {part}\n\n{PARAGRAPH * 3}" for part in range(4))
        part = docs / f"part-{number // 100}"
        part.mkdir(exist_ok=True)
        (part / f"page-{number}.md").write_text(f"# Page {number}\n\n{sections}")
    guide = "<!-- assessor/checklist -->\n" if uses_guide else "Nothing here.\n"
    (docs / "index.md").write_text(f"# Guide\n\n{guide}")


class Sites:
    """The sites of one size in a folder; each build runs in a new process."""

    def __init__(self, folder: Path, pages: int) -> None:
        """Write the sites, and build an empty one, so that every module is compiled."""
        self.pages = pages
        self._folder = folder
        self._environment = dict(environment(str(folder / "compiled")))
        # The build runs in another folder, and the packages of this repository may not be installed.
        self._environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        write_site(folder / "first", 0, PLUGIN, uses_guide=True)
        self.seconds("first")
        self.own("first")
        for name, plugins in SITES.items():
            write_site(folder / name, pages, plugins, uses_guide=name == "one page")

    def seconds(self, name: str) -> float:
        """Build a site, and return the CPU seconds; not the wall clock, because the machine may be shared."""
        before = os.times()
        self._run(name, "mkdocs", "build")
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    def own(self, name: str) -> tuple[float, float]:
        """Build a site, and return the CPU seconds inside and outside the plugin."""
        measured = json.loads(self._run(name, "benchmarks.sites.own_time"))
        return measured["own"], measured["all"] - measured["own"]

    def _run(self, name: str, *command: str) -> str:
        run = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=self._folder / name,
            env=self._environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return run.stdout


def _whole_builds(sites: Sites, rounds: int) -> Part:
    seconds: dict[str, list[float]] = {name: [] for name in SITES}
    for _ in range(rounds):
        for name in SITES:
            seconds[name].append(sites.seconds(name))
    baseline = statistics.median(seconds["without"])
    rows = []
    for name, values in seconds.items():
        median = statistics.median(values)
        added = f"{100 * (median / baseline - 1):+.1f}% ({min(values):.2f}–{max(values):.2f} s)"
        rows.append(Row(f"ours: plugin {name}" if name != "without" else "without the plugin", median, added, True))
    return Part(f"build of {sites.pages:,} pages", "s", rows)


def _own_times(sites: Sites, rounds: int) -> Part:
    rows = []
    for name in SITES:
        if name == "without":
            continue
        measured = [sites.own(name) for _ in range(rounds)]
        own = statistics.median(own for own, _ in measured)
        share = statistics.median(own / others for own, others in measured)
        aim = "; aim: less than 2%" if name == "unused" else ""
        rows.append(Row(f"ours: plugin {name}", own * 1000, f"{share:.2%} of all else{aim}", True))
    return Part(f"inside the plugin, building {sites.pages:,} pages", "ms", rows)


def parts(sizes: Sequence[tuple[int, int]] = ((1000, 5), (10_000, 1))) -> list[Part]:
    """Build the sites in turn, and return the median CPU seconds of each and what the plugin adds.

    Args:
        sizes: The number of pages, and how often each site is built. For a single build, only the time inside the
            plugin is reported, since the total varies too much.
    """
    found = []
    for pages, rounds in sizes:
        with tempfile.TemporaryDirectory() as folder:
            sites = Sites(Path(folder), pages)
            if rounds > 1:
                found.append(_whole_builds(sites, rounds))
            found.append(_own_times(sites, rounds))
    return found


def main() -> None:
    """Print the figures of one size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print(table(parts([(options.pages, options.rounds)])))


if __name__ == "__main__":
    main()
