"""Keep what runs of the tests showed, and write the table of docs/tested-versions.md from it: `make tested-versions`.

`make test-lowest` and `make test-newest` leave the result of their last run in `.ranges/`. `make tested-versions`
copies it to `tools/releasing/results/`, which is committed.
"""

from __future__ import annotations

import datetime
import itertools
import json
import platform
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypedDict
from xml.etree import ElementTree

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "tested-versions.md"
# Not in .cache/, which Zensical empties when it builds our site.
RUNS = ROOT / ".ranges"
PUBLISHED = ROOT / "tools" / "releasing" / "results"

PACKAGES = ("mkdocs", "mkdocs-material", "properdocs", "zensical", "click", "Jinja2", "Markdown", "pathspec", "PyYAML")
"""What the table names the releases of: the generators, and all that the package always needs."""

PARTS = {
    "tests.assessor": "core",
    "tests.plugin.generators": "generators",
    "tests.plugin": "docs side",
    "tests.docs": "docs",
    "tests.tools": "tools",
    "tests.conformance": "conformance",
    "tests.browser": "browser",
}
"""The parts of the suite by the beginning of a test's name; the first that fits counts."""

_TABLE = re.compile(r"(?<=<!-- begin: make tested-versions -->\n).*(?=\n<!-- end -->)", re.DOTALL)


class Counts(TypedDict):
    """How many tests of a part passed, failed and were skipped, on which day, and which marks they had to have."""

    date: str
    marked: str
    passed: int
    failed: int
    skipped: int


class Run(TypedDict):
    """What is known of an interpreter with the lowest or the newest releases."""

    python: str
    kind: str
    versions: dict[str, str]
    parts: dict[str, Counts]


def complete(arguments: Sequence[str]) -> set[str]:
    """Return the parts that a run covers completely, but for marks; others tell nothing about a part.

    Args:
        arguments: The arguments of pytest.
    """
    if any(each.startswith("-k") or "::" in each for each in arguments):
        return set()
    paths = [Path(each) for each in arguments if not each.startswith("-") and (ROOT / each).exists()]
    folders = {part: Path(*start.split(".")) for start, part in PARTS.items()}
    return {
        part
        for part, folder in folders.items()
        if not paths or any(path == folder or path in folder.parents for path in paths)
    }


def _marked(arguments: Sequence[str]) -> str:
    """Return the marks that tests had to have, such as `not slow`."""
    given = [after for before, after in itertools.pairwise(arguments) if before == "-m"]
    return " and ".join(given)


def counted(report: str, date: str, marked: str = "") -> dict[str, Counts]:
    """Return how the parts of a run went.

    Args:
        report: The report of pytest, as JUnit's XML.
        date: The day of the run, as `2026-11-30`.
        marked: The marks that tests had to have.
    """
    parts: dict[str, Counts] = {}
    for test in ElementTree.fromstring(report).iter("testcase"):
        name = next((part for start, part in PARTS.items() if f"{test.get('classname')}.".startswith(f"{start}.")), "")
        if not name:
            # A file that can't be imported has no class name.
            name = next(part for start, part in PARTS.items() if f"{test.get('name')}.".startswith(f"{start}."))
        counts = parts.setdefault(name, Counts(date=date, marked=marked, passed=0, failed=0, skipped=0))
        tags = {child.tag for child in test}
        if tags & {"failure", "error"}:
            counts["failed"] += 1
        elif "skipped" in tags:
            counts["skipped"] += 1
        else:
            counts["passed"] += 1
    return parts


def merged(old: Run | None, new: Run) -> Run:
    """Return what is known after a run: parts that it left out stay known while the releases are the same."""
    if old and (old["python"], old["versions"]) == (new["python"], new["versions"]):
        return {**new, "parts": {**old["parts"], **new["parts"]}}
    return new


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def run(kind: str, arguments: Sequence[str]) -> int:
    """Run pytest, print and keep the result.

    Args:
        kind: `lowest` or `newest`.
        arguments: Arguments for pytest.

    Returns:
        The exit code of pytest.
    """
    RUNS.mkdir(parents=True, exist_ok=True)
    minor = ".".join(platform.python_version_tuple()[:2])
    report, kept = RUNS / f"{minor}-{kind}.xml", RUNS / f"{minor}-{kind}.json"
    report.unlink(missing_ok=True)
    date = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    code = subprocess.run(
        [sys.executable, "-m", "pytest", f"--junitxml={report}", *arguments], cwd=ROOT, check=False
    ).returncode
    if not report.exists():
        return code
    counts = counted(report.read_text(encoding="utf-8"), date, _marked(arguments))
    new = Run(
        python=platform.python_version(),
        kind=kind,
        versions={package: _installed(package) for package in PACKAGES},
        parts={part: each for part, each in counts.items() if part in complete(arguments)},
    )
    known = merged(json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else None, new)
    kept.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
    print(f"Kept in {kept.relative_to(ROOT)}; 'make tested-versions' publishes it")
    return code


def _order(run: Run) -> tuple[list[int], str]:
    return [int(part) for part in run["python"].split(".")], run["kind"]


def _result(counts: Counts | None) -> str:
    if counts is None:
        return "not run"
    shown = [f"{counts['passed']:,} passed"]
    shown += [f"{counts[key]:,} {key}" for key in ("failed", "skipped") if counts[key]]
    when = f"{counts['date']}, {counts['marked']}" if counts["marked"] else counts["date"]
    return f"{', '.join(shown)} ({when})"


def _rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def table(runs: Sequence[Run]) -> str:
    """Return the tables of the page: the releases of each run, and how its tests went."""
    runs = sorted(runs, key=_order)
    names = [f"{run['python']}, {run['kind']}" for run in runs]
    parts = [part for part in dict.fromkeys(PARTS.values()) if any(part in run["parts"] for run in runs)]
    releases = _rows(
        ["Python, releases", *PACKAGES],
        (
            [name, *(run["versions"].get(each) or "–" for each in PACKAGES)]
            for name, run in zip(names, runs, strict=True)
        ),
    )
    results = _rows(
        ["Python, releases", *parts],
        ([name, *(_result(run["parts"].get(part)) for part in parts)] for name, run in zip(names, runs, strict=True)),
    )
    return "\n".join([*releases, "", "How the tests went:", "", *results])


def published() -> list[Run]:
    """Return the committed results."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(PUBLISHED.glob("*.json"))]


def page(runs: Sequence[Run]) -> str:
    """Return the page with the tables as they should be."""
    return _TABLE.sub(lambda _: f"\n{table(runs)}\n", PAGE.read_text(encoding="utf-8"))


def publish() -> None:
    """Publish the results in the cache, and write the page."""
    PUBLISHED.mkdir(exist_ok=True)
    for path in RUNS.glob("*.json"):
        target = PUBLISHED / path.name
        old: Run | None = json.loads(target.read_text(encoding="utf-8")) if target.exists() else None
        known: Mapping[str, object] = merged(old, json.loads(path.read_text(encoding="utf-8")))
        target.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
    PAGE.write_text(page(published()), encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Run tests and keep the result, or publish what is kept.

    Args:
        arguments: `run`, the kind, and arguments for pytest; or `publish`.

    Returns:
        The exit code.
    """
    if arguments[:1] == ["run"]:
        return run(arguments[1], arguments[2:])
    publish()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
