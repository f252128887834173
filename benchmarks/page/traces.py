"""What only a trace says of each tick: the time for painting, and how many objects are laid out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

_CATEGORIES = ["devtools.timeline", "blink.user_timing"]
_PAINTING = {"PrePaint", "Paint", "Layerize", "Commit"}
_BEGIN, _END = "tick begins", "tick ends"


@dataclass
class Drawn:
    """What the browser drew during one tick.

    Attributes:
        paint: CPU milliseconds of painting on the main thread.
        laid_out: How many objects had to be laid out.
        objects: How many objects the layouts went through to find them.
    """

    paint: float = 0
    laid_out: int = 0
    objects: int = 0


class Trace:
    """A trace of one page, from its creation to `stop`."""

    def __init__(self, browser: Browser, page: Page) -> None:
        """Start the trace."""
        self._browser = browser
        self._page = page
        browser.start_tracing(page=page, categories=_CATEGORIES)

    def begin(self) -> None:
        """Mark that a tick begins."""
        self._page.evaluate("(name) => void performance.mark(name)", _BEGIN)

    def end(self) -> None:
        """Mark that the tick is over."""
        self._page.evaluate("(name) => void performance.mark(name)", _END)

    def stop(self) -> list[Drawn]:
        """Return what was drawn during each tick."""
        events = json.loads(self._browser.stop_tracing())["traceEvents"]
        marks = [event for event in events if event["name"] in (_BEGIN, _END)]
        threads = {_thread(mark) for mark in marks}
        drawn: list[Drawn] = []
        is_within = False
        painted = 0
        for event in sorted((event for event in events if _thread(event) in threads), key=lambda event: event["ts"]):
            if event["name"] == _BEGIN:
                drawn.append(Drawn())
                is_within = True
            elif event["name"] == _END:
                is_within = False
            elif is_within and event["name"] == "Layout":
                begin = event["args"]["beginData"]
                drawn[-1].laid_out += begin["dirtyObjects"]
                drawn[-1].objects += begin["totalObjects"]
            # Painting the page paints its layers, and both are events.
            elif is_within and event["name"] in _PAINTING and event["ts"] >= painted:
                drawn[-1].paint += event.get("tdur", 0) / 1000
                painted = event["ts"] + event.get("dur", 0)
        return drawn


def _thread(event: dict[str, Any]) -> tuple[int, int]:
    return event["pid"], event["tid"]
