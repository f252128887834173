"""Visit a page with its processor slowed down, tick its boxes by real clicks, and measure what each tick costs."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, fields

from playwright.sync_api import Browser, CDPSession

from benchmarks.page.subjects import SETTLE_MS, Subject
from benchmarks.page.traces import Drawn, Trace

WIDTH, HEIGHT = 1440, 900
MOST_TICKS = 18
# Less than the 900 ms after which answers are stored: a tick is over, and that has not begun.
TICK_MS = 500
REST_MS = 150

# Where the control is. What is folded is opened first, on every page alike.
_PLACE = """control => {
  for (let fold = control.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  control.scrollIntoView({ block: "center", behavior: "instant" });
  const { x, y, width, height } = control.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}"""
# A frame that was asked for has been drawn by then, however slow the machine is.
_DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
# What moved while a control was brought into view is none of the page's doing.
_FORGET = "() => { seen.waits = []; seen.shift = 0; }"
_SEEN = "() => [Math.max(0, ...seen.waits), seen.shift]"


@dataclass(frozen=True)
class Tick:
    """What one tick costs.

    Attributes:
        script: CPU milliseconds of script on the main thread.
        style: Those of working out styles.
        layout: Those of layout.
        paint: Those of painting, from the pass before it to the hand-over to the compositor.
        cpu: All CPU milliseconds of the main thread.
        wait: How long the reader waits until the tick shows, in wall milliseconds; 0 if less than 16.
        laid_out: How many objects had to be laid out.
        objects: How many objects the layouts went through to find them.
    """

    script: float
    style: float
    layout: float
    paint: float
    cpu: float
    wait: float
    laid_out: float
    objects: float

    def cost(self, name: str) -> float:
        """Return one of the costs."""
        return float(getattr(self, name))


COSTS = [field.name for field in fields(Tick)]


@dataclass(frozen=True)
class Visit:
    """The figures of one visit.

    Attributes:
        ticks: What each tick costs.
        after: CPU milliseconds of script once the ticks are over: storing, announcing.
        task: The longest task while loading, in wall milliseconds; 0 if none takes 50.
        shift: The layout shift of loading and of the ticks.
    """

    ticks: list[Tick]
    after: float
    task: float
    shift: float

    def median(self, cost: str) -> float:
        """Return the median of one cost over the ticks."""
        return statistics.median(tick.cost(cost) for tick in self.ticks)


def visit(browser: Browser, subject: Subject) -> Visit:
    """Visit a page."""
    page = subject.open(browser, WIDTH, HEIGHT)
    task, shift = page.evaluate("() => [Math.max(0, ...seen.tasks), seen.shift]")
    # Looked up once: to look controls up takes the page longer than a tick.
    handles = page.evaluate_handle(subject.controls).get_properties().values()
    controls = [element for handle in handles if (element := handle.as_element())][:MOST_TICKS]
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    measured = []
    trace = Trace(browser, page)
    for control in controls:
        x, y = control.evaluate(_PLACE)
        # Without our script, the questions show after three seconds only.
        control.wait_for_element_state("visible")
        page.mouse.move(x, y)
        page.wait_for_timeout(REST_MS)
        page.evaluate(_FORGET)
        before = _metrics(devtools)
        trace.begin()
        page.mouse.down()
        page.mouse.up()
        page.wait_for_timeout(TICK_MS)
        page.evaluate(_DRAWN)
        trace.end()
        spent = _difference(_metrics(devtools), before)
        wait, moved = page.evaluate(_SEEN)
        shift += moved
        measured.append((spent, wait))
        assert control.is_checked(), f"{subject.name}: a tick of {control} does nothing"
    before = _metrics(devtools)
    page.wait_for_timeout(SETTLE_MS)
    after = _difference(_metrics(devtools), before)["ScriptDuration"]
    # Only now: to collect a trace takes seconds.
    drawn = trace.stop()
    page.close()
    assert measured, f"{subject.name}: there is nothing to tick"
    return Visit(
        [_tick(spent, wait, each) for (spent, wait), each in zip(measured, drawn, strict=True)], after, task, shift
    )


def _tick(spent: dict[str, float], wait: float, drawn: Drawn) -> Tick:
    return Tick(
        script=spent["ScriptDuration"],
        style=spent["RecalcStyleDuration"],
        layout=spent["LayoutDuration"],
        paint=drawn.paint,
        cpu=spent["TaskDuration"],
        wait=wait,
        laid_out=drawn.laid_out,
        objects=drawn.objects,
    )


def _metrics(devtools: CDPSession) -> dict[str, float]:
    """Return what the page has spent so far, in milliseconds."""
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    return {each["name"]: each["value"] * 1000 for each in metrics if each["name"].endswith("Duration")}


def _difference(now: dict[str, float], before: dict[str, float]) -> dict[str, float]:
    return {name: value - before[name] for name, value in now.items()}
