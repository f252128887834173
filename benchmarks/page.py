"""Measure what a tick costs in the browser: ours, no JavaScript, Alpine and SurveyJS, with the same 15 questions.

One browser opens the pages from disk, with its processor slowed down four times, and real clicks tick the boxes.
"""

from __future__ import annotations

import gzip
import html
import json
import statistics
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from markdown import Markdown
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as BrowserPage

from benchmarks.peers_decision import decision, peers_ruleset
from benchmarks.table import Part, Row
from mkdocs_assessor.extension import AssessorExtension
from mkdocs_assessor.page.assets import script, style_sheet
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.render.guide import Guide
from mkdocs_assessor.render.guides import Guides
from tools.browser import launch_browser

SLOWDOWN = 4
LOADS = 15
VISITS = 3
_MODULES = Path(__file__).parent.parent / "node_modules"
_HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'

# Record from the start: long tasks, how long a reader waits for interactions, and layout shifts.
_OBSERVE = """
  window.seen = { tasks: [], waits: [], shift: 0 };
  const observe = (type, options, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...options });
  observe("longtask", {}, (entry) => seen.tasks.push(entry.duration));
  observe("event", { durationThreshold: 16 }, (entry) => entry.interactionId && seen.waits.push(entry.duration));
  observe("layout-shift", {}, (entry) => { if (!entry.hadRecentInput) seen.shift += entry.value; });
"""
_DECIDE = """
  const decide = (given) => (decision.rules.find((rule) => Object.entries(rule.when).every(([name, test]) =>
    "is" in test ? given[name] === test.is : "in" in test ? test.in.includes(given[name]) :
    (test.at_least === undefined || given[name] >= test.at_least) &&
    (test.below === undefined || given[name] < test.below)
  )) ?? { then: decision.default }).then;
"""


def parts() -> list[Part]:
    """Measure every page, and return the figures."""
    figures: dict[str, Mapping[str, float | None]] = {}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = launch_browser(playwright)
        for name, (page, scripts) in _pages().items():
            figures[name] = _measured(browser, Path(folder) / f"{name.split()[0]}.html", page, scripts)
        browser.close()
    sizes = {"the script": (script().content, 6), "the style sheet": (style_sheet().content, 2.5)}
    titles = {
        "script": (f"script a tick, median, processor {SLOWDOWN} times slower", "ms", "aim: 1"),
        "after": ("script once the ticks are over, likewise: storing, announcing", "ms", ""),
        "wait": ("longest interaction, likewise (grain of 8 ms)", "ms", "aim: 32"),
        "task": (f"longest task while loading, likewise, median of {LOADS}; 0 if none is over 50 ms", "ms", "aim: 50"),
        "shift": ("layout shift", "score", "aim: 0"),
        "size": ("scripts, gzipped", "kB", "aim: 6"),
    }
    measured = [
        Part(title, unit, [_row(name, each[key], aim) for name, each in figures.items()])
        for key, (title, unit, aim) in titles.items()
    ]
    rows = [Row(name, _kilobytes(text), f"aim: {aim:g}", is_ours=True) for name, (text, aim) in sizes.items()]
    return [*measured, Part("what a page loads of ours, gzipped", "kB", rows)]


def _row(name: str, value: float | None, aim: str) -> Row:
    return Row(name, value, aim if name == "ours" else "", is_ours=name == "ours")


def _kilobytes(text: str) -> float:
    return len(gzip.compress(text.encode(), 9)) / 1000


def _opened(browser: Browser, file: Path) -> BrowserPage:
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    page.add_init_script(_OBSERVE)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    page.goto(file.as_uri())
    page.wait_for_timeout(1_500)
    return page


def _longest_task(page: BrowserPage) -> float:
    longest = float(page.evaluate("() => Math.max(0, ...seen.tasks)"))
    page.close()
    return longest


def _measured(browser: Browser, file: Path, page_text: str, scripts: str) -> Mapping[str, float | None]:
    file.write_text(page_text, encoding="utf-8")
    visits = [_visit(browser, file) for _ in range(VISITS)]
    return {
        "script": statistics.median(tick for visit in visits for tick in visit.ticks),
        "after": statistics.median(visit.after for visit in visits),
        "wait": statistics.median(visit.wait for visit in visits),
        "task": statistics.median(_longest_task(_opened(browser, file)) for _ in range(LOADS)),
        "shift": max(visit.shift for visit in visits),
        "size": _kilobytes(scripts) if scripts else 0,
    }


class _Visit(NamedTuple):
    """The figures of one visit: script time of each tick and after them, longest interaction, layout shift."""

    ticks: list[float]
    after: float
    wait: float
    shift: float


def _visit(browser: Browser, file: Path) -> _Visit:
    page = _opened(browser, file)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    boxes = page.locator("input[type=radio]:visible")
    assert boxes.count() >= 2 * len(decision()["questions"]) - 4, f"{file.name}: {boxes.count()} radio buttons"

    def spent() -> float:
        metrics = {each["name"]: each["value"] for each in devtools.send("Performance.getMetrics")["metrics"]}
        return float(metrics["ScriptDuration"]) * 1000

    ticks = []
    # The first ticks include compilation, as for a reader; the median ignores them.
    for position in range(min(boxes.count(), 36)):
        before = spent()
        boxes.nth(position).click(force=True)
        page.wait_for_timeout(40)
        ticks.append(spent() - before)
    before = spent()
    page.wait_for_timeout(1_500)
    after = spent() - before
    wait, shift = page.evaluate("() => [Math.max(0, ...seen.waits), seen.shift]")
    page.close()
    return _Visit(ticks, after, wait, shift)


def _pages() -> dict[str, tuple[str, str]]:
    """Return the text of each page and of its scripts."""
    ours, control = _ours(), _plain()
    alpine = (_MODULES / "alpinejs/dist/cdn.min.js").read_text("utf-8")
    survey = "".join(
        (_MODULES / name).read_text("utf-8")
        for name in ("survey-core/survey.core.min.js", "survey-js-ui/survey-js-ui.min.js")
    )
    return {
        "ours": (ours, script().content),
        "no JavaScript": (control, ""),
        "Alpine": (_alpine(alpine), alpine),
        "SurveyJS": (_survey(survey), survey),
    }


def _ours() -> str:
    extension = AssessorExtension()
    extension.guides = Guides({"": Guide.of(peers_ruleset())})
    extension.announce(Page())
    body = Markdown(extensions=[extension]).convert("<!-- assessor/checklist -->\n")
    return f"{_HEAD}<title>Ours</title><main>{body}</main></html>"


def _fields(bound: bool) -> str:
    """Return the questions as plain HTML, optionally bound to Alpine's data."""
    fields = []
    for name, entry in decision()["questions"].items():
        options = entry.get("options") or (["true", "false"] if entry["kind"] == "yes-no" else [])
        model = f' x-model="given.{name}"' if bound else ""
        inputs = "".join(
            f'<label><input type="radio" name="{name}" value="{option}"{model}> {option}</label>' for option in options
        )
        number = f'<label><input type="number"{model}> {name}</label>'
        fields.append(f"<fieldset><legend>{name}</legend>{inputs or number}</fieldset>")
    return "".join(fields)


def _plain() -> str:
    return f"{_HEAD}<title>Control</title><main><form>{_fields(bound=False)}</form></main></html>"


def _alpine(library: str) -> str:
    # Written as an author would: radio buttons have text values, so yes and no are texts in the rules, too.
    setup = f"""
      const decision = {json.dumps(decision()).replace("true}", '"true"}').replace("false}", '"false"}')};
      {_DECIDE}
    """
    names = dict.fromkeys(decision()["questions"])
    data = html.escape(f"{{ given: {json.dumps(names)}, get outcome() {{ return decide(this.given); }} }}", quote=True)
    body = f'<form x-data="{data}">{_fields(bound=True)}<p x-text="outcome"></p></form>'
    return f"{_HEAD}<title>Alpine</title><script>{setup}</script><main>{body}</main><script>{library}</script></html>"


def _survey(library: str) -> str:
    kinds = {"yes-no": "boolean", "choice": "radiogroup", "number": "text"}
    elements = [
        {
            "name": name,
            "type": kinds[entry["kind"]],
            **({"renderAs": "radio"} if entry["kind"] == "yes-no" else {}),
            **({"choices": entry["options"]} if "options" in entry else {}),
        }
        for name, entry in decision()["questions"].items()
    ]
    setup = f"""
      const decision = {json.dumps(decision())};
      {_DECIDE}
      const model = new Survey.Model({json.dumps({"elements": elements})});
      model.onValueChanged.add(() => {{ document.getElementById("out").textContent = decide(model.data); }});
      model.render(document.getElementById("survey"));
    """
    safe = library.replace("</script", "<\\/script")
    body = f'<main><div id="survey"></div><p id="out"></p></main><script>{safe}</script><script>{setup}</script>'
    return f"{_HEAD}<title>SurveyJS</title>{body}</html>"
