"""Run all measurements, or those named, and print one table: `python -m benchmarks [NAME ...]`."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable

from benchmarks import page, startup
from benchmarks.assessing import bulk, readers, reading
from benchmarks.peers import evaluations
from benchmarks.rule_sets import checking, compiling, large
from benchmarks.sites import build, links
from benchmarks.table import Part, table

MEASUREMENTS: dict[str, Callable[[], list[Part]]] = {
    "peers": evaluations.parts,
    "bulk": bulk.parts,
    "reading": reading.parts,
    "readers": readers.parts,
    "compiling": compiling.parts,
    "checking": checking.parts,
    "large": large.parts,
    "startup": startup.parts,
    "site_build": build.parts,
    "links": links.parts,
    "page": page.parts,
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *MEASUREMENTS], metavar="NAME", help=", ".join(MEASUREMENTS))
    names = parser.parse_args().names or list(MEASUREMENTS)
    parts = []
    for name in names:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        parts += MEASUREMENTS[name]()
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}; load at the end: {load}\n"
    )
    print(table(parts))


if __name__ == "__main__":
    main()
