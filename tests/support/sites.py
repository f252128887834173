"""Small sites for the tests: written to disk, and built by the real MkDocs."""

from __future__ import annotations

import itertools
import os
import pty
import re
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

from click.testing import CliRunner
from mkdocs.__main__ import cli

SITE_URL = "https://example.org/docs/"

CONFIG = f"""\
site_name: A test
site_url: {SITE_URL}
theme: mkdocs
plugins:
  - assessor:
      rules: rules.py
markdown_extensions: [admonition, footnotes, md_in_html, tables, pymdownx.superfences, {{pymdownx.tabbed: {{}}}}]
"""

RULES = '''\
"""How to get to work: one of everything that a rule set can hold."""

from assessor import *

cycled = Fact(
    "cycled", 5, "km", "A way that most people cycle", source="https://example.org/cycled", checked="2026-03-01",
    low=3, high=8, note="Hills make it *feel* longer.",
)
fare = Fact("fare", 1200, "EUR/year", "A year on the bus", source="https://example.org/fare", checked="2026-03-02")
law = Fact(
    "law", "no helmet is required", title="What the law says", source="https://example.org/law", checked="2026-03-03",
)
facts = [cycled, fare, law]

rain = Choice(
    "rain", "How often does it rain?",
    [Option("never", "Hardly ever", "rain is rare"), Option("daily", "Every day", "rain falls daily")],
    hint="Think of the *winter*.", why="Wet clothes spoil a day.", about="index.md#weather", asked_of="a neighbour",
)
far = Number(
    "far", "How long is your way?", unit="km", name="your way", minimum=0, maximum=90, step=0.5, default=cycled,
    hint="One way only.",
)
bicycle = YesNo("bicycle", "Do you own a bicycle?", yes="you own a bicycle", no="you own no bicycle")
lock = YesNo("lock", "A lock that holds", yes="you have a lock", no="you have no lock", hint="Not a chain.")
lamp = YesNo("lamp", "A lamp that shines", yes="you have a lamp", no="you have no lamp", asked_when=bicycle)
sections = [
    Section("way", "Your way", [rain, far], intro="What lies between home and work."),
    Section("things", "Your things", [bicycle]),
    Section("ready", "Your bicycle", [lock, lamp], intro="What a thief and a driver meet.", ticks=True),
]

cycle = Outcome("cycle", "Cycle", "The wind is yours.", ["Oil the chain.", "Set off."], icon="check")
bus = Outcome("bus", "Take the bus", "Somebody else drives.")
near = Criterion("near", "Work is near", far < cycled, negation="work is far away")
safe = Criterion("safe", "Your bicycle is safe", lock & lamp)
bare = Criterion("bare", "Your bicycle is bare", ~lock & ~lamp)  # accept: unused-criterion
rules = [
    Rule(~near | ~bicycle | rain.is_("daily"), bus, "A dry seat beats a long way."),
    Rule(safe | rain.is_("never"), cycle, "A short dry way is a pleasure."),
    otherwise(bus, "Lock and lamp come first."),  # accept: rule-never-fires
]
actions = [
    Action("ticket", "Buy a ticket for the year", [bus], because="Single ones cost more."),
    Action("fit", "Buy what is missing", [cycle], ~safe, "Thieves do not wait.", gap=True),
]
estimates = [Estimate("saved", "What the bicycle saves", fare * Quantity(0.5), note="Half of the days are dry.")]
cases = [
    Case("clerk", "A clerk nearby", "She lives round the corner.", {"rain": "never", "far": 2, "bicycle": True}, cycle),
    Case("judge", "A judge far off", "He never learnt it.", {"bicycle": False, "lock": None}, bus),
]

ruleset = RuleSet(
    "commute", title="To work", summary="Which way to work is yours?", sections=sections, outcomes=[cycle, bus],
    rules=rules, facts=facts, criteria=[near, safe, bare], actions=actions, estimates=estimates, cases=cases,
)
'''

GENERATORS = ("mkdocs", "properdocs", "zensical")

# What MkDocs asks of the plugin, the extension is asked where there are no plugins.
_AS_PLUGIN = "plugins:\n  - assessor:\n      rules: rules.py\n"
_AS_EXTENSION = "markdown_extensions: [mkdocs_assessor: {rules: rules.py}, "

_WARNING = re.compile(
    r"^(?:(?P<severity>WARNING|INFO) +-  assessor: |(?=[\w/.-]+:\d+:))(?:(?P<path>[^:\n]+):)?(?:(?P<line>\d+):)?"
    r"(?:(?P<column>\d+):)? ?"
    r"(?P<text>.*) \[(?P<code>[a-z-]+)\]$"
)


@dataclass(frozen=True)
class Warned:
    """A diagnostic as a generator logged it."""

    path: str
    line: int
    code: str
    text: str
    column: int = field(default=0, compare=False)
    excerpt: str = field(default="", compare=False)


@dataclass(frozen=True)
class Built:
    """What a build left behind."""

    exit_code: int
    log: str
    folder: Path

    @property
    def warnings(self) -> list[Warned]:
        """Our warnings, in the order of the log."""
        return self._diagnostics("WARNING")

    @property
    def hints(self) -> list[Warned]:
        """What we said without a warning."""
        return self._diagnostics("INFO")

    def _diagnostics(self, severity: str) -> list[Warned]:
        lines = self.log.splitlines()
        return [
            Warned(
                each["path"] or "",
                int(each["line"] or 0),
                each["code"],
                each["text"],
                int(each["column"] or 0),
                "\n".join(itertools.takewhile(lambda line: line.startswith("  "), lines[number + 1 :])),
            )
            for number, line in enumerate(lines)
            if (each := _WARNING.match(line)) and (each["severity"] or "WARNING") == severity
        ]

    def page(self, path: str = "index.html") -> str:
        """The bytes of a page, as text."""
        return (self.folder / path).read_bytes().decode("utf-8")

    def files(self) -> dict[str, bytes]:
        """Every file of the site by its path."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }


def write_site(folder: Path, files: Mapping[str, str]) -> Path:
    """Write a site, and return its folder.

    Args:
        folder: Where it goes.
        files: What each file says, by its path. A path without a folder that ends in `.md` is a page of `docs/`;
            `mkdocs.yml` and `rules.py` are `CONFIG` and `RULES` unless they are given.
    """
    for path, text in {"mkdocs.yml": CONFIG, "rules.py": RULES, **files}.items():
        file = folder / ("docs" if path.endswith(".md") else "") / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")
    return folder


def build(folder: Path, *options: str, into: str = "site") -> Built:
    """Run `mkdocs build` on a site, in this process, which takes a tenth of the time of one of its own."""
    run = CliRunner().invoke(cli, ["build", "-f", str(folder / "mkdocs.yml"), "-d", str(folder / into), *options])
    assert run.exception is None or isinstance(run.exception, SystemExit), run.exc_info
    return Built(run.exit_code, run.output, folder / into)


def build_apart(folder: Path, *options: str, into: str = "site", name: str = "mkdocs", **variables: str) -> Built:
    """Run `mkdocs build`, or `properdocs build`, on a site, in a process of its own."""
    command = [sys.executable, "-m", name, "build", "-f", str(folder / "mkdocs.yml"), "-d", str(folder / into)]
    return _run([*command, *options], folder, folder / into, variables)


def build_in_terminal(folder: Path, width: int, name: str = "mkdocs") -> str:
    """Return the log of a build in a terminal of so many columns."""
    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", name, "build", "-f", str(folder / "mkdocs.yml"), "-d", str(folder / "site")]
    size = {"COLUMNS": str(width), "LINES": "24"}
    run = subprocess.run(
        command,
        stdout=terminal,
        stderr=subprocess.PIPE,
        check=False,
        timeout=120,
        encoding="utf-8",
        cwd=folder,
        env=os.environ | size,
    )
    os.close(terminal)
    os.close(controller)
    return re.sub(r"\x1b\[\d*m", "", run.stderr)


def build_with(generator: str, folder: Path, *options: str, **variables: str) -> Built:
    """Build a site with any of the generators, in a process of its own.

    For Zensical, `mkdocs.yml` gets the extension for the plugin, and its pages are rendered anew.
    """
    if generator != "zensical":
        return build_apart(folder, *options, name=generator, **variables)
    config = folder / "zensical.yml"
    text = (folder / "mkdocs.yml").read_text("utf-8").replace(_AS_PLUGIN, "")
    config.write_text(text.replace("markdown_extensions: [", _AS_EXTENSION), "utf-8")
    command = [sys.executable, "-m", "zensical", "build", "--clean", "-f", str(config), *options]
    return _run(command, folder, folder / "site", variables)


def _run(command: list[str], folder: Path, site: Path, variables: Mapping[str, str]) -> Built:
    run = subprocess.run(
        command,
        cwd=folder.parent,
        env=os.environ | variables,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    return Built(run.returncode, run.stdout + run.stderr, site)


def build_page(folder: Path, markdown: str, *options: str) -> Built:
    """Write and build a site of one page, `index.md`."""
    return build(write_site(folder, {"index.md": markdown}), *options)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
