"""A page with passages opens with stored answers: nothing in sight moves, and what it says is true."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from time import sleep

import pytest
from playwright.sync_api import Locator, Route, expect
from pypdf import PdfReader

from tests.browser.reader import Reader
from tests.browser.sites import Site, build, served
from tests.support.sites import CONFIG, RULES, write_site

Visit = Callable[..., Reader]

_PAGES = {
    "index.md": "# Home\n\n## Weather\n\n<!-- assessor/checklist -->\n",
    "short.md": f"""\
# Short

<!-- assessor/when cycle -->

Oil the chain. {"Some say so. " * 10}

<!-- assessor/when lock -->

Bring the key.

<!-- assessor/end -->

<!-- assessor/end -->

The way takes <!-- assessor/when not near -->an hour<!-- assessor/end --> or
<!-- assessor/when near -->ten minutes<!-- assessor/end --> there.

<!-- assessor/when bus -->

Buy a ticket.

<!-- assessor/end -->

Below.

{"More is said here. " * 900}
""",
}
_CONFIG = CONFIG.replace("theme: mkdocs\n", "theme: {name: material, font: false}\n")
_SHIFT = """window.shift = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shift += entry.value; })
  .observe({ type: "layout-shift", buffered: true });"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("opening")
    write_site(folder, {**_PAGES, "rules.py": RULES, "mkdocs.yml": _CONFIG})
    (folder / "site").mkdir()
    with served(folder / "site") as url:
        yield build(folder / "mkdocs.yml", folder / "site", url)


@pytest.fixture
def opened(site: Site, visit: Visit) -> Callable[..., Reader]:
    """Opens the page for a reader whose answers are stored."""

    def open_page(answers: dict[str, str | bool], **options: object) -> Reader:
        reader = visit(site.address("http"), **options)
        for name, answer in answers.items():
            reader.answer_in(reader.question(name), answer)
        reader.stored()
        reader.page.goto(site.address("http", "short/index.html"))
        return reader.rest()

    return open_page


def _passage(reader: Reader, text: str) -> Locator:
    """Return the innermost passage with a text."""
    return reader.page.locator(".assessor-when").filter(has_text=text).last


def _label(passage: Locator) -> str:
    return re.sub(r"\s+", " ", passage.locator("> .assessor-when-label").inner_text()).strip()


def _printed(reader: Reader, file: Path) -> str:
    reader.page.pdf(path=file, format="A4")
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(file).pages))


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("answers", [{"rain": "daily"}, {"rain": "never", "bicycle": False, "lock": True}], ids=str)
def test_nothing_in_sight_moves(
    answers: dict[str, str | bool], width: int, site: Site, opened: Callable[..., Reader]
) -> None:
    reader = opened(answers, viewport={"width": width, "height": 900})

    def late(route: Route) -> None:
        # The reader has seen the page by then.
        sleep(0.3)
        route.continue_()

    reader.page.route("**/assessor.*.js", late)
    reader.page.add_init_script(_SHIFT)
    reader.page.reload()
    expect(_passage(reader, "Buy a ticket")).to_have_attribute("data-passage", "applies")
    expect(_passage(reader, "Buy a ticket")).to_be_in_viewport()
    assert reader.rest().page.evaluate("shift") == 0


def test_what_was_kept_still_changes_out_of_sight(opened: Callable[..., Reader]) -> None:
    reader = opened({"rain": "daily", "bicycle": False})
    reader.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    chain, hour = _passage(reader, "Oil the chain"), _passage(reader, "an hour")
    expect(chain.get_by_text("Oil the chain")).to_be_hidden()
    expect(reader.page.locator(".assessor-when[style]:not(.assessor-when *)")).to_have_count(0)
    assert _label(chain).startswith("Not for you Your answers: How often does it rain? Every day")
    assert _label(hour) == "(if work is far away)"


def test_within_a_line_the_answers_that_decide_show_on_demand(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"))
    reader.type_in(reader.question("far"), "2")
    reader.stored()
    reader.page.goto(site.address("http", "short/index.html"))
    reader.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    hour, minutes = _passage(reader, "an hour"), _passage(reader, "ten minutes")
    expect(hour).not_to_have_attribute("style", re.compile(""))
    assert (_label(hour), _label(minutes)) == ("Not for you", "Applies to you")
    reader.page.locator("assessor-passages").get_by_role("button", name="Show all passages").click()
    assert _label(hour) == "Not for you"
    hour.get_by_role("button").click()
    assert _label(hour) == "Not for you Your answers: your way: less than 5 km"


def test_a_passage_within_one_that_may_not_apply_does_not_claim_to_apply(opened: Callable[..., Reader]) -> None:
    reader = opened({"lock": True})
    key = _passage(reader, "Bring the key")
    expect(key).to_have_attribute("data-passage", "applies")
    assert _label(key) == "Applies if you have a lock."
    reader = opened({"lock": True, "rain": "daily"})
    chain, key = _passage(reader, "Oil the chain"), _passage(reader, "Bring the key")
    expect(chain).to_have_attribute("data-passage", "folded")
    assert _label(key) == "Applies if you have a lock."


def test_paper_leaves_out_what_the_screen_only_keeps_in_sight(opened: Callable[..., Reader], tmp_path: Path) -> None:
    reader = opened({"rain": "daily"})
    chain = _passage(reader, "Oil the chain")
    expect(chain.get_by_text("Oil the chain")).to_be_visible()
    printed = _printed(reader, tmp_path / "folded.pdf")
    assert "Oil the chain" not in printed
    assert "Buy a ticket" in printed
    # Whoever opens it wants it on paper, too.
    button = chain.locator("> .assessor-when-label > button")
    button.click()
    button.click()
    assert "Oil the chain" in _printed(reader, tmp_path / "opened.pdf")
