"""How large a page is: its height, how many elements it has, and what it loads."""

from __future__ import annotations

import gzip
from dataclasses import dataclass

from playwright.sync_api import Browser

from benchmarks.page.subjects import Subject

WIDTHS = {1440: 900, 390: 844}

_HEIGHT = "() => document.documentElement.scrollHeight"
_ELEMENTS = "() => document.getElementsByTagName('*').length"
# Our pages show what follows from a tick in tasks of their own.
_TICK = """async (control) => {
  control.click();
  await document.querySelector("assessor-checklist")?.updateComplete;
}"""


@dataclass(frozen=True)
class Size:
    """How large a page is in a window of some width.

    Attributes:
        empty: Its height in pixels without answers.
        settled: Its height once all its controls are ticked.
        elements: How many elements it has.
    """

    empty: float
    settled: float
    elements: float


def size(browser: Browser, subject: Subject, width: int) -> Size:
    """Measure a page in a window of this width."""
    page = subject.open(browser, width, WIDTHS[width], slowdown=1)
    empty, elements = page.evaluate(_HEIGHT), page.evaluate(_ELEMENTS)
    for handle in page.evaluate_handle(subject.controls).get_properties().values():
        if control := handle.as_element():
            control.evaluate(_TICK)
    settled = page.evaluate(_HEIGHT)
    page.close()
    return Size(empty, settled, elements)


def kilobytes(text: str) -> float:
    """Return how much a browser loads of a text, gzipped."""
    return len(gzip.compress(text.encode(), 9)) / 1000
