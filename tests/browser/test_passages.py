"""Passages follow the answers: they say whether they apply, and those that don't are folded, never lost."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from tests.browser.barriers import barriers
from tests.browser.reader import Reader
from tests.browser.sites import Site, build, served
from tests.support.sites import CONFIG, RULES, SITE_URL, write_site

Visit = Callable[..., Reader]

_PAGE = f"""\
# Home

See [how chains are oiled](#chains).

<!-- assessor/checklist -->

## Weather

{"Some say this, some say that. " * 60}

<!-- assessor/when rain=daily -->

Take a coat of oilskin.

<!-- assessor/end -->

## Cycling

<!-- assessor/when cycle -->

### Chains

Oil them with linseed.

<!-- assessor/when lock=no -->

Buy a padlock.

<!-- assessor/end -->

<!-- assessor/question bicycle -->

<!-- assessor/end -->

The way takes <!-- assessor/when not near -->an hour<!-- assessor/end --> there.
"""
_OTHER = "# Other\n\n<!-- assessor/when cycle -->\n\nAir the tyres.\n\n<!-- assessor/end -->\n"
_CONFIG = (
    CONFIG.replace("theme: mkdocs\nplugins:\n", "theme: {name: material, font: false}\nplugins:\n  - search\n")
    .replace("rules: rules.py\n", "rules: rules.py\n  - print-site\n")
    .replace(SITE_URL, "!ENV SITE_URL")
)
_INSTANT = _CONFIG.replace("font: false}", "font: false, features: [navigation.instant]}\nuse_directory_urls: false")


@contextmanager
def _built(folder: Path, config: str) -> Iterator[Site]:
    write_site(folder, {"index.md": _PAGE, "other.md": _OTHER, "rules.py": RULES, "mkdocs.yml": config})
    (folder / "site").mkdir()
    with served(folder / "site") as url:
        yield build(folder / "mkdocs.yml", folder / "site", url)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with _built(tmp_path_factory.mktemp("passages"), _CONFIG) as site:
        yield site


@pytest.fixture
def reader(site: Site, visit: Visit) -> Reader:
    return visit(site.address("http"))


def _passage(reader: Reader, text: str) -> Locator:
    """Return the innermost passage with a text."""
    return reader.page.locator(".assessor-when").filter(has_text=text).last


def _label(passage: Locator) -> str:
    return re.sub(r"\s+", " ", passage.locator("> .assessor-when-label").inner_text()).strip()


def _answer(reader: Reader, **answers: str | bool | None) -> None:
    for name, answer in answers.items():
        reader.answer_in(reader.question(name), answer)
    reader.rest()


def test_a_passage_that_may_apply_is_shown_with_its_condition(reader: Reader) -> None:
    chains = _passage(reader, "Oil them")
    expect(chains.get_by_text("Oil them")).to_be_visible()
    assert _label(chains) == (
        "Applies if the result is “Cycle”. This depends on: How often does it rain?; your way; Do you own a bicycle?"
    )
    _answer(reader, rain="never")
    assert _label(chains).endswith("This depends on: your way; Do you own a bicycle?")
    chains.get_by_role("link", name="Do you own a bicycle?").click()
    expect(reader.question("bicycle")).to_be_in_viewport()


def test_a_passage_that_applies_says_why(reader: Reader) -> None:
    _answer(reader, rain="daily")
    coat = _passage(reader, "Take a coat")
    assert _label(coat) == "Applies to you"
    coat.get_by_role("button", name="Applies to you").click()
    assert _label(coat) == "Applies to you Your answers: How often does it rain? Every day"
    expect(coat.get_by_text("Take a coat")).to_be_visible()


def test_a_passage_that_does_not_apply_is_one_line_that_opens(reader: Reader) -> None:
    _answer(reader, rain="never", bicycle=False)
    chains = _passage(reader, "Oil them")
    expect(chains.get_by_text("Oil them")).to_be_hidden()
    assert _label(chains) == "Not for you Your answers: Do you own a bicycle? No"
    button = chains.locator("> .assessor-when-label > button")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    reader.page.keyboard.press("Enter")
    expect(chains.get_by_text("Oil them")).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    # Another answer changes nothing here, so it stays open.
    _answer(reader, lock=True)
    expect(chains.get_by_text("Oil them")).to_be_visible()
    _answer(reader, bicycle=True)
    expect(button).to_be_hidden()
    assert _label(chains).startswith("Applies if the result is “Cycle”.")


def test_a_number_is_said_as_the_stretch_that_decides(reader: Reader) -> None:
    reader.question("far").locator(".assessor-number").fill("2")
    reader.page.keyboard.press("Tab")
    hour = _passage(reader, "an hour")
    expect(hour).to_have_attribute("data-passage", "folded")
    # What is within a line stays there.
    expect(hour.get_by_text("an hour")).to_be_visible()
    hour.get_by_role("button", name="Not for you").click()
    assert _label(hour) == "Not for you Your answers: your way: less than 5 km"


def test_one_switch_shows_all_passages(reader: Reader) -> None:
    _answer(reader, rain="never", bicycle=False)
    bar = reader.page.locator("assessor-passages")
    assert "Passages that are not for you: 2" in bar.inner_text()
    switch = bar.get_by_role("button", name="Show all passages")
    switch.click()
    expect(reader.page.get_by_text("Oil them")).to_be_visible()
    expect(reader.page.get_by_text("Take a coat")).to_be_visible()
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.click()
    expect(reader.page.get_by_text("Oil them")).to_be_hidden()


def test_what_the_reader_works_on_stays(reader: Reader) -> None:
    question = reader.in_prose("bicycle")
    question.locator("> summary").click()
    reader.answer_in(question, False)
    reader.rest()
    chains = _passage(reader, "Oil them")
    expect(chains).to_have_attribute("data-passage", "folded")
    expect(chains.get_by_text("Oil them")).to_be_visible()


def test_a_link_into_a_folded_passage_opens_it(site: Site, reader: Reader, visit: Visit) -> None:
    _answer(reader, bicycle=False)
    text = reader.page.get_by_text("Oil them")
    expect(text).to_be_hidden()
    reader.page.get_by_role("link", name="how chains are oiled").click()
    expect(text).to_be_visible()
    expect(text).to_be_in_viewport()
    # So does one from elsewhere, for a reader whose answers are stored.
    reader.page.goto(site.address("http", "other/index.html"))
    reader.page.goto(f"{site.address('http')}#chains")
    expect(text).to_be_in_viewport()
    expect(_passage(reader, "Oil them").get_by_role("button").first).to_have_attribute("aria-expanded", "true")


def test_a_link_in_the_checklist_to_a_question_in_a_folded_passage_opens_it(reader: Reader) -> None:
    _answer(reader, bicycle=False)
    expect(reader.in_prose("bicycle")).to_be_hidden()
    reader.page.evaluate("location.hash = 'assessor-slot--bicycle'")
    expect(reader.in_prose("bicycle")).to_be_visible()


def test_searching_in_the_page_finds_what_is_folded(site: Site, reader: Reader) -> None:
    _answer(reader, bicycle=False)
    reader.rest()
    reader.page.goto("about:blank")
    reader.page.goto(f"{site.address('http')}#:~:text=linseed")
    expect(reader.page.get_by_text("Oil them")).to_be_visible()


def test_the_contents_mark_what_is_folded(reader: Reader) -> None:
    link = reader.page.locator(".md-sidebar--secondary a", has_text="Chains")
    expect(link).not_to_have_attribute("data-folded", "")
    _answer(reader, bicycle=False)
    expect(link).to_have_attribute("data-folded", "")
    expect(link).to_have_accessible_description("Not for you")
    # Struck out, it would read as withdrawn.
    assert link.evaluate("each => getComputedStyle(each).textDecorationLine") == "underline"
    _answer(reader, bicycle=True)
    expect(link).not_to_have_attribute("data-folded", "")
    expect(link).to_have_accessible_description("")


def test_an_answer_touches_only_the_passages_that_change(reader: Reader) -> None:
    _answer(reader, rain="never")
    reader.page.evaluate(
        """() => {
          window.touched = [];
          const note = ({ target }) => touched.push(target.closest("[data-when]"));
          const observer = new MutationObserver((all) => all.forEach(note));
          for (const passage of document.querySelectorAll("[data-when]")) {
            observer.observe(passage, { attributeFilter: ["data-passage"], childList: true, subtree: true });
          }
        }"""
    )
    _answer(reader, lock=True)
    padlock = _passage(reader, "Buy a padlock")
    expect(padlock).to_have_attribute("data-passage", "folded")
    assert reader.page.evaluate("new Set(touched).size") == 1


def test_folding_is_announced_once(reader: Reader) -> None:
    status = reader.page.locator("assessor-passages").get_by_role("status")
    expect(status).to_have_text("")
    _answer(reader, rain="never", bicycle=False)
    expect(status).to_have_text("Passages that are not for you: 2")


def test_stored_answers_fold_without_a_jump_on_this_page_and_on_others(site: Site, reader: Reader) -> None:
    _answer(reader, rain="daily", bicycle=False)
    reader.page.goto(site.address("http", "other/index.html"))
    tyres = _passage(reader, "Air the tyres")
    expect(tyres).to_have_attribute("data-passage", "folded")
    assert _label(tyres) == "Not for you Your answers: How often does it rain? Every day"
    link = tyres.get_by_role("link", name="How often does it rain?")
    assert str(link.get_attribute("href")).endswith("#assessor--rain")
    # It was in sight when the page opened, so it stays until the reader has scrolled past it.
    expect(tyres.get_by_text("Air the tyres")).to_be_visible()
    reader.page.add_init_script(
        """window.shift = 0; new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.shift += entry.value; })
          .observe({ type: "layout-shift", buffered: true });"""
    )
    reader.page.goto(site.address("http"))
    expect(reader.page.get_by_text("Oil them")).to_be_hidden()
    assert reader.rest().page.evaluate("window.shift") == 0


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("answers", [{}, {"rain": "never", "bicycle": False}, {"rain": "daily"}], ids=str)
def test_no_state_has_a_barrier(answers: dict[str, str | bool], width: int, site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"), viewport={"width": width, "height": 800})
    _answer(reader, **answers)
    # The theme nests a heading of its contents.
    assert barriers(reader.page, "heading-order", "link-in-text-block") == []
    for button in reader.page.locator(":is(.assessor-when-label, assessor-passages) button:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
        button.click()
    assert barriers(reader.page, "heading-order", "link-in-text-block") == []


def test_instant_navigation_folds_each_page(tmp_path: Path, visit: Visit) -> None:
    with _built(tmp_path, _INSTANT) as site:
        _navigate(visit(site.address("http")))


def _navigate(reader: Reader) -> None:
    page = reader.page
    page.evaluate("() => { window.isStillHere = true; }")
    _answer(reader, rain="never", bicycle=False)
    with reader.watch.navigating():
        for _ in range(2):
            page.locator(".md-nav--primary").get_by_role("link", name="Other").click()
            tyres = _passage(reader, "Air the tyres")
            expect(tyres).to_have_attribute("data-passage", "folded")
            # The style sheet, which hides the other words, comes with the page and may come later.
            expect(tyres.locator("> .assessor-when-label")).to_have_text(
                "Not for you Your answers: Do you own a bicycle? No", use_inner_text=True
            )
            page.wait_for_load_state("networkidle")
            page.go_back()
            expect(_passage(reader, "Oil them")).to_have_attribute("data-passage", "folded")
            page.wait_for_load_state("networkidle")
            expect(page.locator("assessor-passages")).to_contain_text("Passages that are not for you: 2")
        _answer(reader, bicycle=True)
        expect(_passage(reader, "Oil them")).to_have_attribute("data-passage", "depends")
    assert page.evaluate("() => window.isStillHere === true")


def test_the_page_that_joins_all_pages_folds_those_of_each(site: Site, reader: Reader) -> None:
    _answer(reader, rain="never", bicycle=False)
    assert reader.rest().stored()
    reader.page.goto(site.address("http", "print_page/index.html"))
    for text in ("Take a coat", "Oil them", "Air the tyres"):
        expect(_passage(reader, text)).to_have_attribute("data-passage", "folded")
    bars = reader.page.locator("assessor-passages:visible")
    assert {re.sub(r"\D", "", bar) for bar in bars.all_inner_texts()} == {"3"}
    bars.first.get_by_role("button").click()
    expect(reader.page.get_by_text("Air the tyres")).to_be_visible()


def test_search_finds_each_passage_with_its_condition(site: Site) -> None:
    index = json.loads((site.folder / "search/search_index.json").read_text(encoding="utf-8"))
    text = re.sub(r"<[^>]+>|\s+", " ", " ".join(each["text"] for each in index["docs"]))
    text = re.sub(r" +", " ", html.unescape(text))
    for condition, start in (
        ("Applies if rain falls daily.", "Take a coat"),
        ("Applies if you have no lock.", "Buy a padlock"),
        ("Applies if the result is “Cycle”.", "Air the tyres"),
    ):
        assert re.search(rf"{re.escape(condition)} This depends on: [^.]*? {start}", text), text
    assert "(if work is far away) an hour" in text
    assert "Not for you" not in text


def test_without_a_script_everything_is_there(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"), java_script_enabled=False)
    for text in ("Take a coat", "Oil them", "Buy a padlock", "an hour"):
        expect(reader.page.get_by_text(text)).to_be_visible()
    assert _label(_passage(reader, "an hour")) == "(if work is far away)"
    assert _label(_passage(reader, "Take a coat")).startswith("Applies if rain falls daily.")
    expect(reader.page.locator("assessor-passages")).to_be_hidden()
    expect(reader.page.locator(".assessor-when-label button:visible")).to_have_count(0)


def test_paper_has_all_without_answers_and_leaves_out_what_does_not_apply_with_them(
    reader: Reader, tmp_path: Path
) -> None:
    def printed() -> str:
        reader.page.pdf(path=tmp_path / "page.pdf", format="A4")
        text = " ".join(page.extract_text() for page in PdfReader(tmp_path / "page.pdf").pages)
        return re.sub(r"\s+", " ", text)

    before = printed()
    for text in ("Applies if rain falls daily", "oilskin", "linseed", "padlock"):
        assert text in before
    _answer(reader, rain="daily", bicycle=False)
    after = printed()
    assert "Applies to you" in after
    assert "oilskin" in after
    assert "Not for you" in after
    assert "linseed" not in after
    assert "padlock" not in after
