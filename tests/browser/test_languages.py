"""The page in every language: what its script writes is what Python writes in that language."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from assessor import Answer, assess
from assessor.language.quantities import format_likely, format_span
from assessor.language.words import languages, load_words
from assessor.reports.record.markdown import decision_record
from assessor.rulesets.self_hosting.ruleset import ruleset
from tests.browser.reader import Reader, entered
from tests.browser.sites import PLAIN, Site, build, served

Visit = Callable[..., Reader]

DAY = datetime.date(2026, 11, 22)
STATES: tuple[dict[str, Answer], ...] = (
    {},
    {
        "current": "new",
        "onprem-mandate": True,
        "fte": 1234.5678 / 100,
        "big-quarters": 1,
        "fte-cost": 123456.5,
        "sla": None,
    },
    {"residency": "elsewhere", "isolation": True, "big-quarters": 4, "plan-price": 0, "infrastructure": 1200},
    # People at which both cost the same are half a thousandth, which floats miss.
    {"isolation": True, "plan-price": 2.05, "infrastructure": 0.1, "fte-cost": 1000},
    *(dict(case.answers) for case in ruleset.cases[:3]),
)


@pytest.fixture(scope="module")
def many_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the checklist in every language, each on a page of its own."""
    folder = tmp_path_factory.mktemp("languages")
    (folder / "docs").mkdir()
    config = folder / "mkdocs.yml"
    config.write_text(PLAIN.partition("nav:")[0], encoding="utf-8")
    for language in languages():
        page = f"---\nlanguage: {language}\ntitle: {language}\n---\n\n<!-- assessor/checklist -->\n"
        (folder / "docs" / f"{language}.md").write_text(page, encoding="utf-8")
    (folder / "docs" / "index.md").write_text("# Compliance requirements\n", encoding="utf-8")
    with served(folder / "site") as url:
        yield build(config, folder / "site", url)


@pytest.fixture(scope="module")
def instant_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site in Material with instant navigation, whose two pages have a language each."""
    folder = tmp_path_factory.mktemp("instant")
    (folder / "docs").mkdir()
    config = folder / "mkdocs.yml"
    config.write_text(
        "site_name: Two\nsite_url: !ENV SITE_URL\nuse_directory_urls: false\n"
        "theme: {name: material, font: false, features: [navigation.instant]}\n"
        "plugins: [{assessor: {diagnostics: {unknown-anchor: off, other-language: off}}}]\n"
        "nav: [{English: index.md}, {Deutsch: de.md}]\n",
        encoding="utf-8",
    )
    (folder / "docs" / "index.md").write_text("<!-- assessor/checklist -->\n", encoding="utf-8")
    (folder / "docs" / "de.md").write_text("---\nlanguage: de\n---\n\n<!-- assessor/checklist -->\n", encoding="utf-8")
    with served(folder / "site") as url:
        yield build(config, folder / "site", url)


def test_numbers_follow_the_language_of_each_page(instant_site: Site, visit: Visit) -> None:
    reader = visit(instant_site.address("http")).answer({"infrastructure": 123456})
    cost = reader.checklist.locator("[data-answer='infrastructure']").first
    expect(cost).to_have_text("123,456 USD per year")
    with reader.watch.navigating():
        reader.page.locator(".md-nav--primary").get_by_role("link", name="Deutsch").click()
        expect(reader.checklist.get_by_text("Ergebnis").first).to_be_attached()
        reader.rest()
    expect(cost).to_have_text("123.456 USD pro Jahr")


def _give(reader: Reader, answers: dict[str, Answer]) -> dict[str, Answer]:
    """Answer at once, as another tab would."""
    known = entered(answers)
    script = """answers => {
      const { hash } = JSON.parse(document.querySelector("[data-bundle]").dataset.bundle);
      localStorage.setItem("assessor:/assets/:self-hosting", JSON.stringify({ v: 1, hash, answers }));
      dispatchEvent(new PageTransitionEvent("pageshow"));
    }"""
    reader.page.evaluate(script, known)
    return known


@pytest.mark.parametrize("language", languages())
def test_the_script_writes_as_python_does(language: str, many_site: Site, visit: Visit) -> None:
    words = load_words(language)
    address = many_site.address("http", f"{language}.html")
    reader = visit(address, permissions=["clipboard-read", "clipboard-write"], locale="pt-BR", timezone_id="UTC")
    reader.page.clock.set_fixed_time(f"{DAY}T12:00:00Z")
    for answers in STATES:
        known = _give(reader, answers)
        for name, each in assess(ruleset, known)["estimates"].items():
            cells = reader.checklist.locator(f'[data-estimate="{name}"] td[data-fill]')
            assert each is not None
            is_amount = name in ruleset.break_evens
            likely = format_likely(each["low"], each["likely"], each["high"], words=words, is_amount=is_amount)
            span = format_span(each["low"], each["high"], words, is_amount=is_amount)
            assert cells.all_inner_texts() == [likely, span]
        reader.click(reader.checklist.locator("[data-do=copy-record]"))
        expect(reader.result.get_by_text(words["copied_record"])).to_be_visible()
        copied = reader.page.evaluate("() => navigator.clipboard.readText()")
        assert copied == decision_record(ruleset, known, DAY, words)
        reader.reload()


@pytest.mark.parametrize(
    ("language", "number"),
    [
        ("de", ("12.000", 12_000, "12000")),
        ("de", ("0,5", 0.5, "0,5")),
        ("de", ("0.5", 0.5, "0,5")),
        ("de", ("-0", 0, "0")),
        ("fr", ("120 000,25", 120_000.25, "120000,25")),
        ("es", ("12.345,5", 12_345.5, "12345,5")),
        ("en", ("120,000", 120_000, "120000")),
        # No thousands can be meant.
        ("en", ("0,5", 0.5, "0.5")),
        ("en", ("12.000", 12, "12")),
        ("ja", ("１２，０００", 12_000, "12000")),
    ],
)
@pytest.mark.parametrize("way", ["typed", "pasted"])
def test_a_number_is_read_as_its_page_writes_numbers(
    way: str, language: str, number: tuple[str, float, str], many_site: Site, visit: Visit
) -> None:
    typed, answer, shown = number
    reader = visit(many_site.address("http", f"{language}.html"), permissions=["clipboard-read", "clipboard-write"])
    field = reader.question("infrastructure").locator(".assessor-number")
    if way == "typed":
        reader.type_in(reader.question("infrastructure"), typed)
    else:
        reader.page.evaluate("text => navigator.clipboard.writeText(text)", typed)
        field.focus()
        reader.page.keyboard.press("ControlOrMeta+V")
        reader.page.keyboard.press("Tab")
    expect(field).to_have_value(shown)
    assert [stored["answers"] for stored in reader.stored().values()] == [{"infrastructure": answer}]


def test_what_the_page_writes_can_be_changed_digit_by_digit(many_site: Site, visit: Visit) -> None:
    reader = visit(many_site.address("http", "en.html"))
    field = reader.question("infrastructure").locator(".assessor-number")
    reader.type_in(reader.question("infrastructure"), "30,000")
    for key in ("End", "0", "Tab"):
        field.press(key)
    expect(field).to_have_value("300000")
    assert [stored["answers"] for stored in reader.stored().values()] == [{"infrastructure": 300_000}]


def test_where_no_thousands_can_be_meant_either_sign_is_the_decimal_sign(many_site: Site, visit: Visit) -> None:
    for language, typed, shown in (("en", "2,25", "2.25"), ("de", "2.25", "2,25"), ("ja", "0,5", "0.5")):
        reader = visit(many_site.address("http", f"{language}.html"))
        reader.type_in(reader.question("fte"), typed)
        expect(reader.question("fte").locator(".assessor-number")).to_have_value(shown)


@pytest.mark.parametrize(
    "typed", ["1.2.3", "1,23,456", "12 34", "12kg", "-", "30,0000", "300,00", "3+", "½", "€12", "k", "$"]
)
def test_what_is_no_number_in_the_language_is_told_and_stays(typed: str, many_site: Site, visit: Visit) -> None:
    question = visit(many_site.address("http", "en.html")).question("infrastructure")
    question.locator(".assessor-number").click()
    question.page.keyboard.type(typed)
    question.page.keyboard.press("Tab")
    expect(question.locator("[data-error]")).to_have_text(
        f"Digits only: “{typed}” is not a number. Enter a number from 0 to 10,000,000 USD per year."
    )
    expect(question.locator(".assessor-number")).to_have_value(typed)


def test_a_number_out_of_range_is_told_as_such(many_site: Site, visit: Visit) -> None:
    question = visit(many_site.address("http", "en.html")).question("infrastructure")
    question.locator(".assessor-number").fill("20m")
    question.page.keyboard.press("Tab")
    expect(question.locator("[data-error]")).to_have_text(
        "Enter a number from 0 to 10,000,000 USD per year.", use_inner_text=True
    )


@pytest.mark.parametrize(
    ("language", "number"),
    [
        ("en", ("infrastructure", "$180,000", 180_000, "Read as 180,000.")),
        ("en", ("infrastructure", "180k", 180_000, "Read as 180,000.")),
        ("en", ("infrastructure", "1.15 M", 1_150_000, "Read as 1,150,000.")),
        ("en", ("infrastructure", "usd 30 000", 30_000, "Read as 30,000.")),
        ("en", ("infrastructure", "30,000 USD per year", 30_000, "Read as 30,000.")),
        ("en", ("fte", "0.5 FTE", 0.5, "Read as 0.5.")),
        ("de", ("infrastructure", "1,5k $", 1_500, "Gelesen als 1.500.")),
        ("de", ("infrastructure", "12'000", 12_000, "Gelesen als 12.000.")),
    ],
)
def test_signs_and_units_may_be_typed_along(
    language: str, number: tuple[str, str, float, str], many_site: Site, visit: Visit
) -> None:
    name, typed, answer, read = number
    reader = visit(many_site.address("http", f"{language}.html"))
    question = reader.question(name)
    field = question.locator(".assessor-number")
    field.click()
    reader.page.keyboard.type(typed)
    expect(question.locator("[data-read]")).to_have_text(read)
    reader.page.keyboard.press("Tab")
    expect(question.locator("[data-read]")).to_be_visible()
    expect(question.locator("[data-error]")).to_be_hidden()
    reader.rest()
    assert [stored["answers"] for stored in reader.stored().values()] == [{name: answer}]
    # Plain digits need no reading.
    field.fill("7")
    expect(question.locator("[data-read]")).to_be_hidden()


@pytest.mark.parametrize("language", languages())
def test_it_fits_on_a_phone(language: str, many_site: Site, visit: Visit) -> None:
    reader = visit(many_site.address("http", f"{language}.html"), viewport={"width": 320, "height": 640})
    _give(reader, STATES[1])
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert reader.checklist.evaluate("(list) => list.closest('[lang]').lang") == language
