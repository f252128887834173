"""The gallery of mistakes, and of what is right: `gallery.yml`, read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.sites import RULES

OPEN, CLOSE = "⟦", "⟧"

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
facts = [cycled, fare, law, crew, peak, hosting, uptime, patch, store, cold, load, seats, answer]
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
    """

    name: str
    marked: str
    code: str = ""
    message: str = ""
    severity: str = "warning"
    is_alone: bool = False

    @property
    def markdown(self) -> str:
        """The page."""
        return self.marked.replace(OPEN, "").replace(CLOSE, "")

    @property
    def span(self) -> tuple[int, int, int]:
        """The line and the column of what the caret points at, and how many characters that has."""
        start, end = self.marked.index(OPEN), self.marked.index(CLOSE) - 1
        before = self.marked[:start]
        return before.count("\n") + 1, start - before.rfind("\n"), end - start


def _entries(kind: str) -> list[Entry]:
    data: dict[str, list[dict[str, Any]]] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8"))
    return [
        Entry(
            each["name"],
            each["markdown"] if each["markdown"].startswith("---") else f"# Guide\n\n{each['markdown']}",
            each.get("code", ""),
            each.get("message", ""),
            each.get("severity", "warning"),
            each.get("alone", False),
        )
        for each in data[kind]
    ]


MISTAKES = _entries("mistakes")
CORRECT = _entries("correct")
