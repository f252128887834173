"""Measure what a tick costs in the browser: on the guide of our own site, and on pages with the decision of the peers.

All pages are visited in turn, round after round, with the processor slowed down four times. So other load on the
machine is spread over all of them, and the guide is compared with its control in the same round.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.page.contents import decision_pages
from benchmarks.page.guide import GUIDE, guide_pages
from benchmarks.page.sizes import WIDTHS, Size, kilobytes, size
from benchmarks.page.subjects import SLOWDOWN, Subject
from benchmarks.page.visits import COSTS, Visit, visit
from benchmarks.table import Part, Row, short
from mkdocs_assessor.page.assets import script, style_sheet
from tools.browser import launch_browser

ROUNDS = 7

_TITLES = {
    "script": ("script", "ms"),
    "style": ("style", "ms"),
    "layout": ("layout", "ms"),
    "paint": ("paint", "ms"),
    "cpu": ("all CPU of the main thread", "ms"),
    "wait": ("interaction (grain of 8 ms; 0 if less than 16)", "ms"),
    "laid_out": ("objects laid out", ""),
    "objects": ("objects that layout went through", ""),
}
# Beyond the control.
_AIMS = {"script": 8, "cpu": 40, "wait": 8}
_MOST_LAID_OUT = 500
_HIGHEST = {1440: 8_000, 390: 12_000}
_LONGEST_TASK = 50
_BYTES = {"script": 9.5, "style sheet": 4.5, "HTML": 32}

Visits = Mapping[str, Sequence[Visit]]


def parts(rounds: int = ROUNDS) -> list[Part]:
    """Measure every page, and return the figures."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = launch_browser(playwright)
        decision, guide = decision_pages(Path(folder)), guide_pages()
        visits: dict[str, list[Visit]] = {subject.name: [] for subject in [*decision, *guide]}
        for number in range(rounds):
            print(f"round {number + 1} of {rounds} …", file=sys.stderr, flush=True)
            for subject in [*decision, *guide]:
                visits[subject.name].append(visit(browser, subject))
        # The second control is the same page.
        sizes = {width: {each.name: size(browser, each, width) for each in guide[:2]} for width in WIDTHS}
        elements = {each.name: size(browser, each, min(WIDTHS)).elements for each in decision}
        browser.close()
    return [
        *_tick_parts("a tick of the peers' decision", decision, visits, {}),
        *_tick_parts("a tick of the guide", guide, visits, {"laid_out": f"aim: {_MOST_LAID_OUT}"}),
        _beyond(guide, visits),
        *_visit_parts("the peers' decision", decision, visits),
        *_visit_parts("the guide", guide, visits),
        *_height_parts(sizes),
        Part("elements of the page with the peers' decision", "elements", _rows(decision, elements.get)),
        Part("elements of the guide", "elements", _rows(guide[:2], lambda name: sizes[min(WIDTHS)][name].elements)),
        Part("scripts, gzipped", "kB", [_size_row(each) for each in decision]),
        _loaded(),
    ]


def _tick_parts(what: str, subjects: Sequence[Subject], visits: Visits, aims: Mapping[str, str]) -> list[Part]:
    return [
        Part(
            f"{what}, processor {SLOWDOWN} times slower: {title}",
            unit,
            [
                _spread(each.name, [one.median(cost) for one in visits[each.name]], each.is_ours, aims.get(cost, ""))
                for each in subjects
            ],
        )
        for cost, (title, unit) in ((cost, _TITLES[cost]) for cost in COSTS)
    ]


def _beyond(guide: Sequence[Subject], visits: Visits) -> Part:
    """Return what a tick costs beyond one without our script, and how far the control is from itself."""
    ours, control, again = (visits[each.name] for each in guide)
    rows = []
    for cost in COSTS:
        title, unit = _TITLES[cost]
        figures = [_difference(one, other, cost) for one, other in zip(ours, control, strict=True)]
        noise = [_difference(one, other, cost) for one, other in zip(again, control, strict=True)]
        aim = f"aim: {_AIMS[cost]}; " if cost in _AIMS else ""
        rows.append(
            _spread(
                f"{title}, {unit}" if unit else title,
                figures,
                True,
                f"{aim}of the control beyond itself: {_quartiles(noise)}",
            )
        )
    return Part("a tick of the guide, beyond the same tick without our script", "", rows)


def _difference(one: Visit, other: Visit, cost: str) -> float:
    pairs = zip(one.ticks, other.ticks, strict=True)
    return statistics.median(a.cost(cost) - b.cost(cost) for a, b in pairs)


def _visit_parts(what: str, subjects: Sequence[Subject], visits: Visits) -> list[Part]:
    figures: dict[str, tuple[str, str, Callable[[Visit], float]]] = {
        "wait": (
            "longest interaction of a visit (grain of 8 ms)",
            "ms",
            lambda one: max(tick.wait for tick in one.ticks),
        ),
        "after": ("script once the ticks are over: storing, announcing", "ms", lambda one: one.after),
        "task": ("longest task while loading; 0 if none takes 50 ms", "ms", lambda one: one.task),
        "shift": ("layout shift", "score", lambda one: one.shift),
    }
    aims = {"task": f"aim: {_LONGEST_TASK}", "shift": "aim: 0"}
    return [
        Part(
            f"{what}, likewise: {title}",
            unit,
            [
                _spread(each.name, [take(one) for one in visits[each.name]], each.is_ours, aims.get(name, ""))
                for each in subjects
            ],
        )
        for name, (title, unit, take) in figures.items()
    ]


def _height_parts(sizes: Mapping[int, Mapping[str, Size]]) -> list[Part]:
    parts = []
    for width, [ours, control] in ((width, list(found.items())) for width, found in sizes.items()):
        aim = f"aim: {_HIGHEST[width]:,}"
        rows = [
            Row(f"{ours[0]}, no answers", ours[1].empty, aim, is_ours=True),
            Row(f"{ours[0]}, settled", ours[1].settled, aim, is_ours=True),
            Row(control[0], control[1].empty),
        ]
        parts.append(Part(f"height of the guide in a window of {width:,} px", "px", rows))
    return parts


def _loaded() -> Part:
    texts = {"script": script().content, "style sheet": style_sheet().content, "HTML": GUIDE.read_text("utf-8")}
    rows = [Row(f"the {name}", kilobytes(text), f"aim: {_BYTES[name]:g}", is_ours=True) for name, text in texts.items()]
    return Part("what the guide loads of ours, gzipped", "kB", rows)


def _size_row(subject: Subject) -> Row:
    return Row(subject.name, kilobytes(subject.scripts) if subject.scripts else 0, "", is_ours=subject.is_ours)


def _rows(subjects: Sequence[Subject], value: Callable[[str], float | None]) -> list[Row]:
    return [Row(each.name, value(each.name), is_ours=each.is_ours) for each in subjects]


def _spread(who: str, figures: Sequence[float], is_ours: bool, note: str = "") -> Row:
    """Return the median of the rounds, with their quartiles in the note, and the aim if it is ours."""
    notes = [_quartiles(figures), *([note] if note and is_ours else [])]
    return Row(who, statistics.median(figures), "; ".join(notes), is_ours=is_ours)


def _quartiles(figures: Sequence[float]) -> str:
    # Twice the same figures have the same quartiles, and one round is enough to have some.
    low, _, high = statistics.quantiles([*figures, *figures], n=4, method="inclusive")
    return f"quartiles {short(low)} to {short(high)}"
