"""The charts of staffing and cost: what is said of them, bars that follow the answers, and the table behind them."""

from __future__ import annotations

import base64
import itertools
import re
from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Locator, expect

from assessor import Answer
from assessor.rulesets.self_hosting.ruleset import ruleset
from mkdocs_assessor.render.charts import draw_chart
from tests.browser.reader import Reader
from tests.browser.sites import Site

Visit = Callable[..., Reader]

ANSWERS: tuple[dict[str, Answer], ...] = (
    {},
    {"big-quarters": 0},
    {"big-quarters": 4, "fte-cost": 200_000},
    # The infrastructure alone costs more than the plan, so that both cost the same with fewer people than none.
    {"infrastructure": 90_000, "isolation": True, "plan-price": 2000},
    {"isolation": True, "plan-price": 0, "infrastructure": 0, "fte-cost": 150_000},
)

EVEN = "Self-hosting is less than Medplum Cloud only below"

# Where each part of each bar is drawn, as shares of the scale.
_DRAWN = """svgs => svgs.map((svg) => {
  const scale = svg.getBoundingClientRect();
  const parts = [...svg.querySelectorAll("[data-part]")].map((part) => {
    const shape = part.localName === "svg" ? part.firstElementChild : part;
    const { left, width } = shape.getBoundingClientRect();
    const isDrawn = getComputedStyle(part).display !== "none";
    return [part.dataset.part, isDrawn ? [(left - scale.left) / scale.width, width / scale.width] : null];
  });
  return [svg.dataset.bar, Object.fromEntries(parts)];
})"""

# Everything that a reader sees or hears of the charts, in the order in which it is there, and where it is drawn.
_SEEN = """charts => charts.map((chart) => {
  const isShown = (part) => part.checkVisibility() && !part.closest("[hidden]");
  const said = [...chart.querySelectorAll("[data-case], th, td, text, li, h5, p")].filter(isShown)
    .map((part) => (part.localName === "text" ? part.textContent : part.innerText).replace(/\\s+/g, " ").trim());
  const drawn = [...chart.querySelectorAll("[data-from]")].filter((part) => !part.closest("[hidden]"))
    .map((part) => [part.getAttribute("x"), part.getAttribute("width")]);
  return [said, drawn];
})"""

# The contrast of the mark and of its frame with the ground beside them, as they are drawn.
_CONTRASTS = """async (picture) => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const luminance = (x, y) => {
    const channels = [...context.getImageData(Math.round(x * image.width), y, 1, 1).data].slice(0, 3);
    const [red, green, blue] = channels.map((byte) => byte / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const middle = Math.floor(image.height / 2);
  const ground = luminance(0.9, middle);
  // Somewhere in these columns is the mark, and in the others its frame alone.
  const strongest = (from, to) => Math.max(...Array.from({ length: 41 }, (_, step) => from + ((to - from) * step) / 40)
    .map((x) => contrast(luminance(x, middle))));
  const contrast = (one) => (Math.max(one, ground) + 0.05) / (Math.min(one, ground) + 0.05);
  const frame = [2, 3, 4].map((y) => contrast(luminance(0.12, y)));
  return { mark: strongest(0.15, 0.21), frame: Math.max(...frame) };
}"""


def _drawn(reader: Reader) -> dict[str, dict[str, list[float] | None]]:
    return dict(reader.checklist.locator("[data-bar]").evaluate_all(_DRAWN))


def _share(percent: str) -> float:
    return float(percent.removesuffix("%")) / 100


def _check(reader: Reader, answers: Mapping[str, Answer]) -> None:
    """Check every bar against what Python lays out."""
    drawn = _drawn(reader)
    assert list(drawn) == [each.id for chart in ruleset.charts for each in chart.estimates]
    for chart in (draw_chart(chart, ruleset, answers) for chart in ruleset.charts):
        for bar in chart.bars:
            parts = drawn[bar.estimate.id]
            places = {"range": bar.range, "zero": chart.zero}
            places |= {} if bar.is_line else {"likely": bar.likely}
            places |= {} if chart.chart.line is None else {"line": chart.line}
            assert list(places.keys() ^ parts.keys()) == []
            for name, place in places.items():
                found = parts[name]
                if place is None:
                    assert found is None, (bar.estimate.id, name)
                    continue
                assert found is not None, (bar.estimate.id, name)
                width = _share(place.width) if name == "range" else 0
                assert found == pytest.approx([_share(place.x), width], abs=0.004), (bar.estimate.id, name)


def _sentence(reader: Reader) -> str:
    (sentence,) = reader.checklist.locator(".assessor-difference").all_inner_texts()
    return " ".join(sentence.split())


def _moves(reader: Reader) -> list[str]:
    return [" ".join(text.split()) for text in reader.checklist.locator(".assessor-moves li:visible").all_inner_texts()]


def test_the_bars_follow_the_answers(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"))
    for answers in ANSWERS:
        reader.answer(answers)
        _check(reader, answers)
        reader.checklist.get_by_role("button", name="Start again").click()
        reader.checklist.get_by_role("button", name="Yes, clear").click()
    _check(reader, {})


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, f"Self-hosting: likely 124,000 USD per year more than Medplum Cloud. {EVEN} 0.3 FTE."),
        (
            {"fte-cost": 50_000, "isolation": True, "plan-price": 10_000},
            f"Self-hosting: likely 36,700 USD per year less than Medplum Cloud. {EVEN} 1.9 FTE.",
        ),
        (
            {"infrastructure": 90_000, "isolation": True, "plan-price": 2000},
            "Self-hosting: likely 235,000 USD per year more than Medplum Cloud. Self-hosting is never less than "
            "Medplum Cloud.",
        ),
    ],
)
def test_a_sentence_says_which_costs_less(answers: dict[str, Answer], sentence: str, site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"))
    reader.answer(answers)
    assert _sentence(reader) == sentence
    for table in _tables(reader).all_inner_texts():
        assert not re.search(r"[-−]\d", table), "a quantity below zero"


def test_charts_open_once_the_outcome_settles(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"), is_guided=True)
    expect(_tables(reader).first).to_be_hidden()
    assert _sentence(reader).startswith("Self-hosting: likely 124,000 USD per year more")
    reader.answer({"current": "struggling"})
    expect(_tables(reader).first).to_be_visible()
    # What the reader has opened stays open.
    reader.checklist.get_by_role("button", name="Start again").click()
    reader.checklist.get_by_role("button", name="Yes, clear").click()
    expect(_tables(reader).first).to_be_visible()


def test_what_moves_the_difference_most_comes_first(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"))
    assert _moves(reader) == [
        "The number of quarters with a large project 30,000–220,000",
        "People needed in a normal quarter 79,000–180,000",
        "The cost of a full-time equivalent ±20%: 90,000–160,000",
        "People needed in a quarter with a large project ±20%: 100,000–150,000",
        "Price of the Premium plan ±20%: 110,000–140,000",
        "The cost of infrastructure 120,000–140,000",
    ]
    reader.answer({"big-quarters": 0, "isolation": True, "plan-price": 9000})
    assert _moves(reader) == [
        "People needed in a normal quarter -66,000 to 69,000",
        "The price of the Enterprise plan ±20%: -28,000 to 16,000",
        "The cost of a full-time equivalent ±20%: -21,000 to 9,100",
        "The cost of infrastructure -5,900 to 5,800",
    ]


def test_each_assumed_figure_can_be_changed(site: Site, visit: Visit) -> None:
    """Beside the chart: the link leads to the question, and the answer stands in place of what was assumed."""
    reader = visit(site.address("http"))
    figure = reader.result.locator(".assessor-inputs li", has_text="full-time equivalent")
    assert figure.inner_text().split("\n") == [
        "The cost of a full-time equivalent",
        "150,000 USD a year for a full-time equivalent, assumed",
        "Change",
    ]
    figure.get_by_role("link", name="Change: What does a full-time equivalent cost you in a year?").click()
    expect(reader.question("fte-cost").locator("> summary")).to_be_focused()
    reader.answer({"fte-cost": 90_000})
    assert figure.inner_text().split("\n") == [
        "The cost of a full-time equivalent",
        "90,000 USD a year for a full-time equivalent",
        "Change",
    ]


def test_a_figure_that_counts_no_more_is_not_listed(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"))
    price = reader.result.locator(".assessor-inputs li", has_text="price of the Enterprise plan")
    expect(price).to_contain_text("6,000 USD per month, assumed")
    # The answers rule the Enterprise plan out, and then they do not.
    reader.answer({"isolation": False, "residency": "none", "logs": False})
    expect(price).to_be_hidden()
    reader.answer({"isolation": True})
    expect(price).to_be_visible()


def test_the_script_begins_with_what_the_build_drew(site: Site, visit: Visit) -> None:
    charts = "[data-chart]"
    before = visit(site.address("http"), java_script_enabled=False).checklist.locator(charts).evaluate_all(_SEEN)
    after = visit(site.address("http")).checklist.locator(charts).evaluate_all(_SEEN)
    assert before == after
    assert sum(len(drawn) for _, drawn in before) > 25


@pytest.mark.parametrize("width", [320, 390])
def test_no_figure_is_cut_on_a_phone(width: int, site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"), viewport={"width": width, "height": 800})
    for answers in ANSWERS:
        reader.answer(answers)
        cut = reader.result.locator(".assessor-figures").evaluate(
            """(figures) => {
              // The box of a number on an axis has some space around it.
              const right = figures.getBoundingClientRect().right + 2;
              return [...figures.querySelectorAll("th, td, text, li span, li a, p")]
                .filter((part) => part.checkVisibility() && !part.closest(".assessor-visually-hidden"))
                .filter((part) => part.getBoundingClientRect().right > right
                  || (part.localName !== "text" && part.clientWidth && part.scrollWidth > part.clientWidth + 1))
                .map((part) => part.textContent);
            }"""
        )
        assert cut == []
        labels = [label.bounding_box() for label in reader.checklist.locator("[data-axis] text:visible").all()]
        for one, other in itertools.pairwise(labels):
            assert one
            assert other
            assert one["y"] != other["y"] or one["x"] + one["width"] <= other["x"]


@pytest.mark.parametrize("width", [320, 1280])
def test_it_is_there_without_script_as_it_is_with_it(width: int, site: Site, visit: Visit) -> None:
    size = {"width": width, "height": 800}
    reader = visit(site.address("http"), java_script_enabled=False, viewport=size)
    expect(_tables(reader).first).to_be_visible()
    _check(reader, {})
    # Nothing is wider than the phone.
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def _tables(reader: Reader) -> Locator:
    return reader.checklist.locator(".assessor-chart")


def test_a_screen_reader_gets_a_table_and_no_drawing(site: Site, visit: Visit) -> None:
    tables = _tables(visit(site.address("http")))
    expect(tables).to_have_count(len(ruleset.charts))
    for position, chart in enumerate(ruleset.charts):
        expect(tables.nth(position)).to_have_accessible_name(re.compile(re.escape(chart.title)))
        told = tables.nth(position).aria_snapshot()
        for estimate in chart.estimates:
            assert estimate.title in told
        assert told.count("- row ") == 1 + len(chart.estimates)
        assert "img" not in told


@pytest.mark.parametrize(
    "look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}, {"media": "print"}]
)
def test_every_part_stands_out_from_the_ground(look: Mapping[str, str], site: Site, visit: Visit) -> None:
    """Colours are drawn, not only declared: what a screenshot of a bar shows is compared with its ground."""
    context = {key: value for key, value in look.items() if key != "media"}
    reader = visit(site.address("http"), **context)
    if "media" in look:
        reader.page.emulate_media(media="print")
    bar = reader.checklist.locator('[data-bar="cloud-cost"]')
    bar.scroll_into_view_if_needed()
    picture = base64.b64encode(bar.screenshot(animations="disabled")).decode("ascii")
    browser = reader.page.context.browser
    assert browser
    blank = browser.new_page()
    contrasts = blank.evaluate(_CONTRASTS, picture)
    blank.close()
    # WCAG 2.2, 1.4.11.
    assert contrasts["mark"] >= 3
    assert contrasts["frame"] >= 3
