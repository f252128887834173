"""The picture of staffing and cost: bars that follow the answers, and the table behind them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Locator, expect

from assessor import Answer, assess
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
    {"infrastructure": 90_000, "plan-price": 2000},
    {"plan-price": 0, "infrastructure": 0, "fte-cost": 150_000},
)

# Where each part of each bar is drawn, in pixels of the scale.
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

# The contrast of the bar and of its frame with the ground beside them, as they are drawn.
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
  const contrast = (one) => (Math.max(one, ground) + 0.05) / (Math.min(one, ground) + 0.05);
  const frame = [0, 1, 2].map((y) => contrast(luminance(0.15, y)));
  return { bar: contrast(luminance(0.03, middle)), frame: Math.max(...frame) };
}"""


def _drawn(reader: Reader) -> dict[str, dict[str, list[float] | None]]:
    return dict(reader.checklist.locator("[data-bar]").evaluate_all(_DRAWN))


def _share(percent: str) -> float:
    return float(percent.removesuffix("%")) / 100


def _check(reader: Reader, answers: Mapping[str, Answer]) -> None:
    """Check every bar against what Python lays out."""
    drawn = _drawn(reader)
    estimates = assess(ruleset, answers)["estimates"]
    assert list(drawn) == [each.id for chart in ruleset.charts for each in chart.estimates]
    for chart in (draw_chart(chart, estimates) for chart in ruleset.charts):
        for bar in chart.bars:
            parts = drawn[bar.estimate.id]
            places = {"range": bar.range} if bar.is_line else {"range": bar.range, "likely": bar.likely}
            places |= {"zero": chart.zero} | ({"line": chart.line} if chart.line else {})
            assert list(places.keys() ^ parts.keys()) == []
            for name, place in places.items():
                found = parts[name]
                assert found is not None, (bar.estimate.id, name)
                width = 0 if name in ("zero", "line") else _share(place.width)
                assert found == pytest.approx([_share(place.x), width], abs=0.004), (bar.estimate.id, name)


def test_the_bars_follow_the_answers(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"))
    for answers in ANSWERS:
        reader.answer(answers)
        _check(reader, answers)
        reader.checklist.get_by_role("button", name="Start again").click()
        reader.checklist.get_by_role("button", name="Yes, clear").click()
    _check(reader, {})


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
        told = tables.nth(position).aria_snapshot()
        assert chart.title in told
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
    assert contrasts["bar"] >= 3
    assert contrasts["frame"] >= 3
