"""What the plugin costs a site of 1,000 pages that does not use it, or uses it on one page.

Three sites are built by turns in one run: without the plugin, with it unused, and with one guide page. Building by
turns spreads whatever else the machine does over all three, and the median drops what is left of it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.table import Part, Row, table

PLUGIN = "plugins:\n  - search\n  - assessor\n"
SITES = {"without": "plugins:\n  - search\n", "unused": PLUGIN, "one page": PLUGIN}

PARAGRAPH = (
    "The server keeps what it is given, and answers when it is asked. Whoever runs it reads its *logs*, applies "
    "`upgrades` in order, and [tests](page-0.md) a restore before it is needed.\n\n"
)


def write_site(folder: Path, pages: int, plugins: str, uses_guide: bool) -> None:
    """Write a site of Material for MkDocs with that many pages of about 400 words."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(f"site_name: Benchmark\ntheme:\n  name: material\n  font: false\n{plugins}")
    for number in range(pages):
        sections = "".join(f"## Part {part}\n\n{PARAGRAPH * 3}" for part in range(4))
        (docs / f"page-{number}.md").write_text(f"# Page {number}\n\n{sections}")
    guide = "<!-- assessor/checklist -->\n" if uses_guide else "Nothing here.\n"
    (docs / "index.md").write_text(f"# Guide\n\n{guide}")


def build_seconds(folder: Path) -> float:
    """Build a site in a process of its own, and return the CPU seconds that took: the machine may be shared."""
    before = os.times()
    subprocess.run([sys.executable, "-m", "mkdocs", "build"], cwd=folder, check=True, capture_output=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def parts(pages: int = 1000, rounds: int = 5) -> list[Part]:
    """Build the sites by turns, and return the median CPU seconds of each, with what the plugin adds.

    Args:
        pages: How many pages each site has.
        rounds: How often each is built.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name, plugins in SITES.items():
            write_site(Path(folder) / name, pages, plugins, uses_guide=name == "one page")
        seconds: dict[str, list[float]] = {name: [] for name in SITES}
        for _ in range(rounds):
            for name in SITES:
                seconds[name].append(build_seconds(Path(folder) / name))
    baseline = statistics.median(seconds["without"])
    rows = []
    for name, values in seconds.items():
        median = statistics.median(values)
        added = f"{100 * (median / baseline - 1):+.1f}% ({min(values):.2f}–{max(values):.2f} s)"
        rows.append(Row(f"ours: plugin {name}" if name != "without" else "without the plugin", median, added, True))
    return [Part(f"build of {pages:,} pages", "s", rows)]


def main() -> None:
    """Print what `parts` returns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print(table(parts(options.pages, options.rounds)))


if __name__ == "__main__":
    main()
