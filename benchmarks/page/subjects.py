"""A page to measure, and how it is opened."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Browser
from playwright.sync_api import Page as BrowserPage

SLOWDOWN = 4
SETTLE_MS = 1_500

# Record from the start: long tasks, how long a reader waits for interactions, and layout shifts.
_OBSERVE = """
  window.seen = { tasks: [], waits: [], shift: 0 };
  const observe = (type, options, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...options });
  observe("longtask", {}, (entry) => seen.tasks.push(entry.duration));
  observe("event", { durationThreshold: 16 }, (entry) => entry.interactionId && seen.waits.push(entry.duration));
  observe("layout-shift", {}, (entry) => { if (!entry.hadRecentInput) seen.shift += entry.value; });
"""


@dataclass(frozen=True)
class Subject:
    """A page to measure.

    Attributes:
        name: What the table calls it.
        address: Where it is.
        controls: A function in JavaScript that returns the controls to tick, in order.
        scripts: The text of its scripts.
        is_ours: Whether our script runs on it.
        blocked: A pattern of the addresses that must not load.
    """

    name: str
    address: str
    controls: str
    scripts: str = ""
    is_ours: bool = False
    blocked: str | None = None

    def open(self, browser: Browser, width: int, height: int, slowdown: int = SLOWDOWN) -> BrowserPage:
        """Open the page, and wait until it is at rest."""
        page = browser.new_page(viewport={"width": width, "height": height})
        page.add_init_script(_OBSERVE)
        if self.blocked:
            page.route(self.blocked, lambda route: route.abort())
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
        page.goto(self.address)
        page.wait_for_timeout(SETTLE_MS)
        return page
