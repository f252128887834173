"""The gallery of mistakes, and of what is right: `gallery.yml`, read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from tests.support.paths import ROOT
from tests.support.sites import RULES

OPEN, CLOSE = "⟦", "⟧"
# What stands at the beginning of a page, right or wrong.
_HEAD = re.compile(rf"\s*{OPEN}?\s*[-—]{{2,}}")

_FACTS = """
crew = Fact(
    "crew", 0.5, "FTE", "People needed in a normal quarter", low=0.1, high=1, source="https://example.org/crew",
    checked="2026-03-04",
)
peak = Fact("peak", 3, "FTE", "People needed at the peak", source="https://example.org/peak", checked="2026-03-04")
hosting = Fact(
    "hosting", 27084, "USD/year", "Machines for the site", high=38808, source="https://example.org/hosting",
    checked="2026-03-04",
)
uptime = Fact("uptime", 99.99, "%", "Time of service", source="https://example.org/uptime", checked="2026-03-04")
patch = Fact("patch", 7, "days", "Critical flaws are patched", source="https://example.org/p", checked="2026-03-04")
store = Fact("store", 20, "GB", "The largest store tested", source="https://example.org/s", checked="2026-03-04")
cold = Fact("cold", -5, "°C", "Coldest day", source="https://example.org/c", checked="2026-03-04")
load = Fact("load", 1000000, "requests/s", "Load of a day", source="https://example.org/l", checked="2026-03-04")
seats = Fact("seats", 5, "seats", "Places in the free plan", source="https://example.org/f", checked="2026-03-04")
answer = Fact("answer", 42, title="What it all means", source="https://example.org/a", checked="2026-03-04")
price = Fact(
    "queue", 0.4, "USD/million requests", "What a queue asks for", source="https://example.org/q", checked="2026-03-04",
)
facts = [cycled, fare, law, crew, peak, hosting, uptime, patch, store, cold, load, seats, answer, price]
"""
GALLERY_RULES = RULES.replace("facts = [cycled, fare, law]\n", _FACTS)


@dataclass(frozen=True)
class Entry:
    """A page of the gallery.

    Attributes:
        name: What is done on it.
        marked: Its Markdown, with the marks.
        code: The code of its diagnostic; empty if it is right.
        message: What that says.
        severity: How grave that is.
        is_alone: Whether it is the only page of its site.
        rules: What its site's rules say in the place of something else; of a mistake there, it has the marks.
        files: The other files of its site.
        where: The file with the mistake, if neither the page nor the rules.
        is_built: Whether only a build says so.
    """

    name: str
    marked: str
    code: str = ""
    message: str = ""
    severity: str = "warning"
    is_alone: bool = False
    rules: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    where: str = ""
    is_built: bool = False

    @property
    def markdown(self) -> str:
        """The page."""
        return _unmarked(self.marked)

    @property
    def ruleset(self) -> str:
        """The rules of its site."""
        return _unmarked(self._marked_rules)

    @property
    def is_of_rules(self) -> bool:
        """Whether the mistake is one in the rules."""
        return OPEN in self._marked_rules

    @property
    def _marked_rules(self) -> str:
        text = GALLERY_RULES
        for old, new in self.rules.items():
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        return text

    @property
    def source(self) -> str:
        """The file that the caret points into."""
        return self.ruleset if self.is_of_rules else self.markdown

    @property
    def span(self) -> tuple[int, int, int]:
        """The line and the column of what the caret points at, and how many characters that has."""
        marked = self._marked_rules if self.is_of_rules else self.marked
        if OPEN not in marked:
            return 0, 0, 0
        start, end = marked.index(OPEN), marked.index(CLOSE) - 1
        before = marked[:start]
        return before.count("\n") + 1, start - before.rfind("\n"), end - start


def _unmarked(text: str) -> str:
    return text.replace(OPEN, "").replace(CLOSE, "")


def _entries(kind: str) -> list[Entry]:
    data: dict[str, list[dict[str, Any]]] = yaml.safe_load(
        (ROOT / "tests/plugin/processing/gallery.yml").read_text("utf-8")
    )
    return [
        Entry(
            each["name"],
            each["markdown"] if _HEAD.match(each["markdown"]) else f"# Guide\n\n{each['markdown']}",
            each.get("code", ""),
            each.get("message", ""),
            each.get("severity", "warning"),
            each.get("alone", False),
            each.get("rules", {}),
            each.get("files", {}),
            each.get("where", ""),
            each.get("built", False),
        )
        for each in data[kind]
    ]


MISTAKES = _entries("mistakes")
CORRECT = _entries("correct")
