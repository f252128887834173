"""The page in other circumstances: no script, paper, another theme, a strict policy, no slot."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown import Markdown
from playwright.sync_api import Browser, Locator, Route, expect
from pypdf import PdfReader

from assessor import Answer, Choice, Question, compile_ruleset
from assessor.reports.wording import sentence
from assessor.rulesets.self_hosting.ruleset import ruleset
from mkdocs_assessor.extension import AssessorExtension
from mkdocs_assessor.page.assets import script, style_sheet
from mkdocs_assessor.page.page import Page, PageInput
from tests.browser.reader import Reader, expect_shown
from tests.browser.sites import Site, served

Visit = Callable[..., Reader]

GET_READY: dict[str, Answer] = next(
    dict(case.answers) for case in ruleset.cases if case.id == "federal-contract-few-people"
)
_NO_SCRIPT = "This page’s script isn’t running, so it cannot weigh your answers."
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'"


def _options(question: Question) -> list[str]:
    return [option.label for option in question.options] if isinstance(question, Choice) else []


def _reads(part: Locator) -> str:
    """The text that is really drawn, in one line."""
    return " ".join(part.inner_text().split())


def test_without_script_everything_can_be_read(door: str, site: Site, visit: Visit) -> None:
    reader = visit(site.address(door), java_script_enabled=False)
    expect(reader.checklist.locator(".assessor-no-script")).to_be_visible()
    expect(reader.checklist.locator(".assessor-no-script")).to_contain_text(_NO_SCRIPT)
    for question in ruleset.questions:
        asked = reader.question(question.id)
        expect(asked.get_by_text(question.wording, exact=True).first).to_be_visible()
        for label in [*_options(question), "I don’t know yet"] if asked.locator("[role=group]").count() else []:
            expect(asked.get_by_text(label, exact=True)).to_be_visible()
        asked.locator(".assessor-why > summary").click()
        assert question.why in asked.inner_text()
    reader.result.locator(".assessor-all-rules summary").click()
    rules = _reads(reader.result.locator(".assessor-all-rules"))
    assert [rule.id for rule in ruleset.rules if sentence(rule) not in rules or rule.because not in rules] == []


# A script may be blocked, unreachable, or stopped by an error of its own.
_BROKEN: dict[str, Callable[[Route], None]] = {
    "blocked": lambda route: route.abort(),
    "missing": lambda route: route.fulfill(status=404, body=""),
    "failing at its start": lambda route: route.fulfill(content_type="text/javascript", body="throw new Error('no')"),
    "failing when elements begin": lambda route: route.fulfill(
        content_type="text/javascript",
        body="customElements.define('assessor-checklist', class extends HTMLElement { x = nothing; })",
    ),
}


@pytest.mark.parametrize("broken", _BROKEN.values(), ids=_BROKEN)
def test_where_the_script_does_not_begin_no_result_is_pretended(
    browser: Browser, plain_site: Site, broken: Callable[[Route], None]
) -> None:
    context = browser.new_context()
    context.route("**/assessor.*.js", broken)
    page = context.new_page()
    page.goto(plain_site.address("http"))
    checklist = page.locator("assessor-checklist")
    # What stands there before the script has had its time is seen by nobody.
    expect(checklist.locator(".assessor-live:visible")).to_have_count(0)
    expect(checklist.locator(".assessor-no-script")).to_be_visible()
    expect(checklist.locator(".assessor-no-script")).to_have_text(re.compile(_NO_SCRIPT))
    checklist.get_by_label("We do not self-host Medplum").check()
    checklist.get_by_text("Patient data", exact=False).first.click()
    checklist.get_by_label("Yes", exact=True).first.check()
    for part in (".assessor-live", ".assessor-summary", ".assessor-state", "button"):
        expect(page.locator(f".assessor {part}:visible")).to_have_count(0)
    heights = checklist.locator(".assessor-live").evaluate_all("parts => parts.map((part) => part.offsetHeight)")
    assert set(heights) == {0}
    expect(checklist.locator(".assessor-all-rules")).to_be_visible()
    context.close()


@pytest.mark.parametrize("sandbox", ["allow-scripts", "allow-scripts allow-same-origin"])
def test_a_sandboxed_frame_says_what_it_may_not_do(browser: Browser, plain_site: Site, sandbox: str) -> None:
    page = browser.new_page()
    page.goto(plain_site.address("http", "elsewhere.html"))
    page.evaluate(
        """([sandbox, src]) => {
          const frame = document.createElement("iframe");
          Object.assign(frame, { sandbox, src, width: 900, height: 900 });
          document.body.replaceChildren(frame);
        }""",
        [sandbox, plain_site.address("http")],
    )
    checklist = page.frame_locator("iframe").locator("assessor-checklist")
    checklist.locator("[data-question=current] [value=struggling]").check()
    expect(checklist.locator(".assessor-verdict:visible").first).to_contain_text("Talk to Medplum first")
    checklist.locator(".assessor-more > summary").click()
    checklist.get_by_role("button", name="Print result").click()
    expect(checklist.get_by_text("The page around this frame does not let it print.")).to_be_visible()
    checklist.get_by_role("button", name="Save decision record").click()
    expect(checklist.get_by_label("Copy this text by hand")).to_have_value(re.compile("Talk to Medplum first"))
    page.close()


def test_another_script_may_take_parts_away(plain_site: Site, visit: Visit) -> None:
    reader = visit(plain_site.address("http"))
    question = reader.question("fte")
    question.locator("[data-error], [data-read]").evaluate_all("parts => parts.forEach((part) => part.remove())")
    reader.type_in(question, "99")
    reader.type_in(question, "2 FTE")
    expect_shown(reader, {"fte": 2})


def test_a_script_that_comes_late_takes_what_was_ticked(browser: Browser, plain_site: Site) -> None:
    context = browser.new_context()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    context.route("**/assessor.*.js", hold)
    page = context.new_page()
    page.goto(plain_site.address("http"), wait_until="commit")
    checklist = page.locator("assessor-checklist")
    expect(checklist.locator(".assessor-no-script")).to_be_visible()
    checklist.locator("[data-question=current]").get_by_label("We self-host it at scale, and struggle with it").check()
    held[0].continue_()
    expect(checklist.locator(".assessor-verdict:visible").first).to_contain_text("Talk to Medplum first")
    expect(checklist.locator(".assessor-no-script")).to_be_hidden()
    context.close()


def test_without_script_no_result_is_pretended(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"), java_script_enabled=False)
    for part in (
        ".assessor-live",
        ".assessor-summary",
        ".assessor-state",
        "button",
        ".assessor-verdict",
        ".assessor-notices > *",
    ):
        expect(reader.page.locator(f".assessor {part}:visible")).to_have_count(0)
    expect(reader.page.locator(".assessor input:checked")).to_have_count(0)


@pytest.mark.parametrize("width", [700, 1280], ids=["portrait", "landscape"])
def test_on_paper_everything_can_be_read(width: int, site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"), viewport={"width": width, "height": 900}).answer(GET_READY)
    reader.page.emulate_media(media="print")
    drawn = reader.checklist.locator("[data-question]").all_inner_texts()
    for question, text in zip(ruleset.questions, drawn, strict=True):
        asked = " ".join(text.split())
        expected = [question.wording, question.why, *_options(question)]
        assert [text for text in expected if text not in asked] == [], question.id
    printed = _reads(reader.result)
    for rule in ruleset.rules:
        assert sentence(rule) in printed
    assert "Settled: Self-host, once you are ready" in printed
    assert "People a quarter (FTE)" in printed
    assert "People to self-host, averaged over a year" in printed
    assert re.search(r"Rules [0-9a-f]{8}", printed)
    # Nothing is cut off, scrolls, floats above the text, or is closed. Buttons do nothing on paper.
    assert reader.result.evaluate(
        "card => [getComputedStyle(card).position, card.scrollHeight > card.clientHeight]"
    ) == [
        "static",
        False,
    ]
    closed = reader.checklist.locator("details").evaluate_all(
        """all => all.filter((each) => each.checkVisibility())
          .filter((each) => each.lastElementChild.getBoundingClientRect().height < 5).length"""
    )
    assert closed == 0
    expect(reader.page.locator(".assessor button:visible, .assessor-summary:visible")).to_have_count(0)


def _printed(reader: Reader, folder: Path) -> str:
    """Print a page, and read it."""
    reader.page.pdf(path=folder / "guide.pdf", format="A4")
    drawn = " ".join(page.extract_text() for page in PdfReader(folder / "guide.pdf").pages)
    # Fonts draw "fi" as one sign.
    return " ".join(unicodedata.normalize("NFKC", drawn).split())


@pytest.mark.parametrize("has_script", [True, False])
def test_the_pdf_holds_the_rules_and_the_questions(has_script: bool, site: Site, visit: Visit, tmp_path: Path) -> None:
    reader = visit(site.address("http"), java_script_enabled=has_script)
    if has_script:
        reader.answer(GET_READY)
    text = _printed(reader, tmp_path)
    for question in ruleset.questions:
        assert question.wording in text
    for rule in ruleset.rules:
        assert sentence(rule) in text
    assert f"Rules {compile_ruleset(ruleset)['hash'][:8]}." in text
    assert ("Settled: Self-host, once you are ready" in text) is has_script


def test_its_own_button_prints_the_checklist_alone(site: Site, visit: Visit, tmp_path: Path) -> None:
    # Where nobody can answer a dialog, the button only makes ready for it.
    reader = visit(site.address("http"), script="window.print = () => {};").answer(GET_READY)
    reader.button("Print all").click()
    text = _printed(reader, tmp_path)
    assert reader.page.locator("h1").inner_text().rstrip("¶") in text
    assert "Settled: Self-host, once you are ready" in text
    assert [each.id for each in ruleset.questions if each.wording not in text] == []
    prose = reader.page.locator(".md-content p").first.inner_text()
    assert prose not in text
    # The browser's own command goes on to print all.
    assert " ".join(prose.split()) in _printed(reader, tmp_path)


def test_on_paper_an_answer_is_a_line_and_what_no_longer_matters_is_counted(
    site: Site, visit: Visit, tmp_path: Path
) -> None:
    reader = visit(site.address("http"), is_guided=True)
    others = "We self-host it, and it runs well"
    assert others in _printed(reader, tmp_path)
    reader.answer({"current": "new", "phi": True, "fork": False})
    text = _printed(reader, tmp_path)
    # The browser prints the page as it is; the preview says how to get the result alone.
    assert "To print the result alone, choose “More”, then “Print result”." in text
    assert re.search(r"Do you self-host Medplum today\? We do not self-host Medplum", text)
    assert others not in text
    # What still matters is there in full, to be ticked on paper.
    assert "It fails, and work must go on" in text
    reader.page.emulate_media(media="print")
    idle = reader.checklist.locator("[data-idle]")
    expect(idle).not_to_have_count(0)
    expect(idle.locator("visible=true")).to_have_count(0)
    expect(reader.checklist.get_by_text(f"No longer matters: {idle.count()}")).to_be_visible()


def test_another_theme_works(door: str, plain_site: Site, visit: Visit) -> None:
    reader = visit(plain_site.address(door)).answer(GET_READY)
    expect(reader.verdict).to_have_text("Settled: Self-host, once you are ready")
    expect_shown(reader, GET_READY)
    expect(reader.in_prose("onprem-mandate").get_by_label("Yes")).to_be_checked()
    reader.reload()
    expect_shown(reader, GET_READY)


@pytest.mark.parametrize("door", ["http", "file"])
@pytest.mark.parametrize("where", ["site", "plain_site"])
def test_a_page_without_a_slot_loads_nothing_of_ours(
    where: str, door: str, request: pytest.FixtureRequest, visit: Visit
) -> None:
    site: Site = request.getfixturevalue(where)
    with_slot = visit(site.address(door))
    assert sorted(Path(url).suffix for url in with_slot.watch.requested if "assessor." in url) == [".css", ".js"]
    for page in ("elsewhere.html",) if where == "plain_site" else ("reference.html", "bundle.html"):
        without = visit(site.address(door, page))
        assert [url for url in without.watch.requested if "assessor" in url] == []
        assert without.page.locator("assessor-checklist, assessor-question, template[data-assessor]").count() == 0
        assert without.page.evaluate("() => customElements.get('assessor-checklist') === undefined")


def test_a_page_with_static_slots_alone_loads_the_style_sheet_alone(site: Site, door: str, visit: Visit) -> None:
    for page in ("rules.html", "facts.html", "cases.html"):
        static = visit(site.address(door, page))
        assert [Path(url).suffix for url in static.watch.requested if "assessor." in url] == [".css"]


def test_a_strict_policy_is_kept(tmp_path: Path, visit: Visit) -> None:
    """Only our own parts: Material's inline scripts would need hashes."""
    extension = AssessorExtension()
    extension.announce(Page(PageInput(asset_url=lambda asset: asset.name)))
    body = Markdown(extensions=[extension]).convert("<!-- assessor/question phi -->\n\n<!-- assessor/checklist -->\n")
    for asset in (script(), style_sheet()):
        (tmp_path / asset.name).write_text(asset.content, encoding="utf-8")
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8">{policy}<title>Strict</title><main>{body}</main></html>'
    )
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    listen = """addEventListener("securitypolicyviolation", (event) => {
      document.documentElement.dataset.violated = event.violatedDirective;
    });"""
    with served(tmp_path) as url:
        for address in (url, (tmp_path / "index.html").as_uri()):
            # Scripts of the test's own would break the policy, so this reader is asked through the page alone.
            reader = visit(address, script=listen)
            for name, answer in GET_READY.items():
                if name in {"fte", "surge-fte"}:
                    field = reader.question(name).locator(".assessor-number")
                    field.fill(f"{answer:g}")
                    field.press("Tab")
                elif reader.question(name).locator("[data-tick]").count():
                    reader.question(name).locator("[data-tick]").check()
                else:
                    reader.question(name).locator(f'input[value="{str(answer).lower()}"]').check()
            expect(reader.verdict).to_have_text("Settled: Self-host, once you are ready")
            expect(reader.status).to_have_text("Settled: Self-host, once you are ready.")
            reader.button("Start again").click()
            reader.button("Yes, clear").click()
            expect(reader.button("Undo")).to_be_focused()
            expect(reader.page.locator("html")).not_to_have_attribute("data-violated", re.compile("."))


def test_a_heading_named_like_a_global_breaks_nothing(tmp_path: Path, visit: Visit) -> None:
    """Its id makes the element a property of the window."""
    extension = AssessorExtension()
    extension.announce(Page(PageInput(asset_url=lambda asset: asset.name)))
    body = Markdown(extensions=[extension]).convert("<!-- assessor/checklist -->\n")
    for asset in (script(), style_sheet()):
        (tmp_path / asset.name).write_text(asset.content, encoding="utf-8")
    headings = '<h2 id="module">Module</h2><h2 id="assessor">Assessor</h2><h2 id="exports">Exports</h2>'
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Names</title>{headings}<main>{body}</main></html>'
    )
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    reader = visit((tmp_path / "index.html").as_uri())
    reader.question("current").locator('input[value="struggling"]').check()
    expect(reader.verdict).to_have_text("Settled: Talk to Medplum first")
