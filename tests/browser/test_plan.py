"""What follows the answers outside the checklist: figures in the prose, worked cases to try, and the plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, expect

from assessor import Answer, assess
from assessor.language.quantities import format_likely, format_span
from assessor.rulesets.self_hosting.ruleset import ruleset
from tests.browser.reader import Reader, expect_shown
from tests.browser.sites import Site, build, served

Visit = Callable[..., Reader]

CASES = {case.id: case for case in ruleset.cases}
CLINIC, HOSPITAL = CASES["rural-clinic"], CASES["eu-hospital-no-pager"]
MINE: dict[str, Answer] = {"phi": True, "fork": False}

CONFIG = """
site_name: Prose
use_directory_urls: false
theme: {name: mkdocs, highlightjs: false}
plugins:
  - search
  - assessor:
      # The rules are the guide's, whose sections and language this site does without.
      diagnostics: {unknown-anchor: off, other-language: off}
"""
PAGES = {
    "index.md": "# Start\n\n<!-- assessor/checklist -->\n\n[A clinic](case:rural-clinic)\n",
    "prose.md": "# Prose\n\nIt costs [](estimate:self-hosting-cost) with [](answer:residency) and [](answer:fte).\n\n"
    "[A clinic](case:rural-clinic), [more](question:fte).\n",
    "cases.md": "# Cases\n\n<!-- assessor/cases -->\n",
    "plan.md": "# Plan\n\n<!-- assessor/plan -->\n\nBelow.\n",
}


@pytest.fixture(scope="module")
def prose_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose pages have one thing each."""
    folder = tmp_path_factory.mktemp("prose")
    (folder / "docs").mkdir()
    for name, text in PAGES.items():
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (folder / "site").mkdir()
    with served(folder / "site") as url:
        yield build(folder / "mkdocs.yml", folder / "site", url)


def _figure(reader: Reader, name: str) -> Locator:
    return reader.page.locator(f'[data-figure~="likely={name}"]').first


def _said(name: str, answers: dict[str, Answer], unit: str = "USD per year") -> str:
    estimate = assess(ruleset, answers)["estimates"][name]
    assert estimate is not None
    low, likely, high = estimate["low"], estimate["likely"], estimate["high"]
    text = f"{format_likely(low, likely, high)} {unit}"
    return text if low == high else f"{text} (range {format_span(low, high)})"


def _notices(reader: Reader) -> str:
    return " ".join(reader.checklist.locator(".assessor-notice:visible").all_inner_texts())


def _tasks(reader: Reader) -> list[str]:
    return reader.page.locator("assessor-plan [data-task]:visible label").all_inner_texts()


class TestFigures:
    def test_an_estimate_in_a_sentence_is_that_of_the_result(self, site: Site, visit: Visit) -> None:
        reader = visit(site.address("http"))
        figure = _figure(reader, "self-hosting-cost")
        expect(figure).to_have_text(_said("self-hosting-cost", {}))
        title = str(figure.get_attribute("title"))
        assert "Quarters with a large project, in a year: 1 quarter (0–2)" in title.splitlines()
        reader.answer({"big-quarters": 4, "fte-cost": 100_000})
        expect(figure).to_have_text(_said("self-hosting-cost", {"big-quarters": 4, "fte-cost": 100_000}))
        row = reader.result.locator('[data-fill="likely=self-hosting-cost"]').first.inner_text()
        assert row in figure.inner_text()
        now = str(figure.get_attribute("title"))
        assert "Quarters with a large project" not in now
        assert "People needed in a normal quarter" in now

    def test_an_exact_estimate_has_no_range(self, site: Site, visit: Visit) -> None:
        reader = visit(site.address("http")).answer({"isolation": True, "plan-price": 1000})
        expect(_figure(reader, "cloud-cost")).to_have_text("12,000 USD per year")

    def test_a_tick_patches_only_what_changes(self, site: Site, visit: Visit) -> None:
        reader = visit(site.address("http"))
        expect(reader.page.locator("assessor-live:not([data-begun])")).to_have_count(0)
        reader.page.evaluate("""() => {
          window.patched = [];
          for (const each of document.querySelectorAll("assessor-live")) {
            const note = () => patched.push(each.firstChild.dataset.figure);
            new MutationObserver(note).observe(each, { childList: true, subtree: true, attributes: true });
          }
        }""")
        reader.answer({"connectivity": "reliable"})
        assert reader.page.evaluate("patched") == []
        reader.answer({"phi": True})
        assert set(reader.page.evaluate("patched")) == {"likely=cloud-cost range=cloud-cost"}

    def test_an_answer_in_a_sentence(self, site: Site, visit: Visit) -> None:
        reader = visit(site.address("http"))
        link = reader.page.locator('assessor-live [data-answer="fte"]')
        expect(link).to_have_text("not answered yet")
        reader.answer({"fte": 0.5})
        expect(link).to_have_text("0.5 FTE")
        reader.answer({"fte": None})
        expect(link).to_have_text("Not known yet")
        link.click()
        assert reader.focused()[0] == "fte"

    def test_a_page_with_nothing_else_knows_the_answers(self, prose_site: Site, visit: Visit) -> None:
        reader = visit(prose_site.address("http"))
        reader.answer({"residency": "elsewhere", "fte-cost": 100_000})
        reader.stored()
        reader.page.goto(prose_site.address("http", "prose.html"))
        figure = _figure(reader, "self-hosting-cost")
        expect(figure).to_have_text(_said("self-hosting-cost", {"fte-cost": 100_000}))
        answers = reader.page.locator("assessor-live [data-answer]")
        expect(answers.first).to_have_text("Yes, somewhere else")
        expect(answers.last).to_have_text("not answered yet")
        assert reader.page.locator("script[src*=assessor]").count() == 1
        answers.last.click()
        reader.page.wait_for_url("**/index.html#assessor--fte")

    def test_the_builds_own_value_without_a_script(self, site: Site, visit: Visit) -> None:
        reader = visit(site.address("http"), java_script_enabled=False)
        expect(_figure(reader, "self-hosting-cost")).to_have_text(_said("self-hosting-cost", {}))
        expect(reader.page.locator('assessor-live [data-answer="fte"]')).to_have_text("not answered yet")


class TestCases:
    def test_a_link_loads_its_answers_and_one_button_brings_back_the_readers(self, site: Site, visit: Visit) -> None:
        reader = visit(site.address("http"), has_clock=True)
        reader.answer(MINE)
        kept = reader.stored()
        reader.page.evaluate("""() => {
          window.heard = [];
          const status = document.querySelector("[data-status]");
          const hear = () => status.textContent && heard.push(status.textContent);
          new MutationObserver(hear).observe(status, { childList: true });
        }""")
        reader.page.locator(".assessor-case-link").click()
        expect_shown(reader, dict(CLINIC.answers))
        assert f"answers of a worked case: {CLINIC.title}. Your own are kept" in _notices(reader)
        assert not reader.page.url.partition("#")[2]
        reader.page.clock.run_for(4_000)
        first, last = reader.page.evaluate("heard")
        assert first.startswith(f"These are the answers of a worked case: {CLINIC.title}.")
        assert last == f"Settled: {'; '.join(outcome.title for outcome in (CLINIC.outcome, *CLINIC.also))}."
        reader.answer({"phi": False})
        expect_shown(reader, {**CLINIC.answers, "phi": False})
        assert reader.stored() == kept
        reader.checklist.get_by_role("button", name="Back to my answers").first.click()
        expect_shown(reader, MINE)
        assert _notices(reader) == ""
        assert next(iter(reader.stored().values()))["answers"] == MINE
        expect(reader.checklist.locator(".assessor-all")).to_be_focused()

    def test_a_case_that_is_no_longer_there_is_no_case(self, site: Site, visit: Visit) -> None:
        link = visit(site.address("http")).page.locator(".assessor-case-link").get_attribute("href")
        assert link
        reader = visit(site.address("http") + link[link.index("#") :].replace(f"~c={CLINIC.id}", "~c=former"))
        expect_shown(reader, dict(CLINIC.answers))
        assert "undefined" not in reader.checklist.inner_text()
        assert "worked case" not in _notices(reader)

    def test_they_are_gone_once_the_page_is_left(self, site: Site, visit: Visit) -> None:
        reader = visit(site.address("http"))
        reader.answer(MINE)
        reader.page.locator(".assessor-case-link").click()
        expect_shown(reader, dict(CLINIC.answers))
        reader.reload()
        expect_shown(reader, MINE)

    def test_a_case_after_a_case_keeps_the_readers_own(self, site: Site, visit: Visit) -> None:
        reader = visit(site.address("http"))
        reader.answer(MINE)
        for case in (CLINIC, HOSPITAL):
            with reader.watch.navigating():
                reader.page.get_by_role("link", name="Worked cases").first.click()
                reader.page.locator(f"#assessor-case-{case.id} .assessor-button").click()
                reader.page.wait_for_url("**/index.html")
            reader.rest().see()
            expect_shown(reader, dict(case.answers))
        reader.checklist.get_by_role("button", name="Back to my answers").first.click()
        expect_shown(reader, MINE)

    def test_a_reader_may_keep_them(self, site: Site, visit: Visit) -> None:
        reader = visit(site.address("http"))
        reader.answer(MINE)
        reader.page.locator(".assessor-case-link").click()
        reader.checklist.get_by_role("button", name="Keep these answers").click()
        assert _notices(reader) == ""
        reader.reload()
        expect_shown(reader, dict(CLINIC.answers))

    def test_another_tab_has_the_last_word(self, site: Site, visit: Visit) -> None:
        reader = visit(site.address("http"))
        reader.answer(MINE)
        reader.stored()
        other = reader.another_tab()
        reader.page.locator(".assessor-case-link").click()
        expect_shown(reader, dict(CLINIC.answers))
        other.answer({"current": "new"})
        other.stored()
        expect(reader.checklist.locator(".assessor-notice:visible")).to_have_count(0)
        expect_shown(reader, {**MINE, "current": "new"})

    @pytest.mark.parametrize("page", ["prose.html", "cases.html"])
    def test_from_a_page_without_a_checklist(self, prose_site: Site, visit: Visit, page: str, door: str) -> None:
        reader = visit(prose_site.address(door, page))
        reader.watch.allow(prose_site.address(door))
        name = "A clinic" if page == "prose.html" else f"Try this case: {CLINIC.title}"
        link = reader.page.get_by_role("link", name=name)
        expect(link).to_have_attribute("href", re.compile(r"index\.html#assessor=self-hosting\."))
        link.click()
        reader.page.wait_for_url("**/index.html")
        reader.rest().see()
        expect_shown(reader, dict(CLINIC.answers))
        assert CLINIC.title in _notices(reader)

    def test_without_a_script_a_link_leads_to_the_case(self, prose_site: Site, visit: Visit) -> None:
        reader = visit(prose_site.address("http", "prose.html"), java_script_enabled=False)
        reader.page.get_by_role("link", name="A clinic").click()
        assert reader.page.url == prose_site.address("http", "cases.html#assessor-case-rural-clinic")
        expect(reader.page.get_by_role("link", name="Try this case")).to_have_count(0)


class TestLinksByHand:
    def test_a_link_without_a_hash_is_told_as_unchecked(self, plain_site: Site, visit: Visit) -> None:
        reader = visit(plain_site.address("http") + "#assessor=self-hosting&purpose=production&phi=true.")
        expect_shown(reader, {"purpose": "production", "phi": True})
        assert "was written by hand, so nothing proves its answers" in _notices(reader)

    def test_it_asks_a_reader_with_other_answers(self, plain_site: Site, visit: Visit) -> None:
        reader = visit(plain_site.address("http"))
        reader.answer(MINE)
        reader.page.evaluate("() => { location.hash = '#assessor=self-hosting&purpose=production'; }")
        reader.checklist.get_by_role("button", name="Keep mine").click()
        expect_shown(reader, MINE)

    @pytest.mark.parametrize(
        "cut", ["#assessor=self-hosting", "#assessor=self-hosting&", "#assessor=self-hosting&~c=x"]
    )
    def test_what_is_left_of_a_cut_link_clears_nothing(self, plain_site: Site, visit: Visit, cut: str) -> None:
        reader = visit(plain_site.address("http"))
        reader.answer(MINE)
        reader.page.evaluate("cut => { location.hash = cut; }", cut)
        expect(reader.checklist.locator(".assessor-notice:visible")).to_contain_text("cannot be read")
        expect_shown(reader, MINE)


class TestPlan:
    def test_tasks_come_and_what_is_ticked_stays(self, site: Site, visit: Visit) -> None:
        reader = visit(site.address("http"), permissions=["clipboard-read", "clipboard-write"])
        plan = reader.page.locator("assessor-plan")
        assert _tasks(reader) == []
        expect(plan).to_contain_text("Nothing to do follows from your answers yet.")
        expect(plan.get_by_role("button", name="Copy as task list")).to_be_hidden()
        reader.answer(dict(HOSPITAL.answers))
        gap = "Gap: Set up a pager rota that covers nights, weekends and holidays"
        assert _tasks(reader)[:2] == [gap, "Give every gap an owner and a date."]
        item = plan.locator('[data-task~="done=set-up-pager"]')
        assert str(item.get_by_role("link").get_attribute("href")).endswith("#day-to-day-operations")
        reader.click(item.get_by_role("checkbox"))
        reader.reload()
        expect(item.get_by_role("checkbox")).to_be_checked()
        expect(item.get_by_text("No longer applies.")).to_be_hidden()
        reader.click(reader.question("pager").locator("[data-tick]"))
        reader.rest()
        expect(item.get_by_role("checkbox")).to_be_checked()
        expect(item.get_by_text("No longer applies.")).to_be_visible()
        assert item.locator("label").evaluate("each => getComputedStyle(each).textDecorationLine") == "line-through"
        assert _tasks(reader)[:2] == [gap, "Follow the self-hosting documentation."]
        reader.click(plan.get_by_role("checkbox").nth(1))
        reader.click(plan.get_by_role("button", name="Copy as task list"))
        expect(plan.get_by_text("Task list copied.")).to_be_visible()
        lines = str(reader.page.evaluate("() => navigator.clipboard.readText()")).splitlines()
        assert lines[:2] == [
            "- [x] ~~**Gap:** Set up a pager rota that covers nights, weekends and holidays "
            "(your head of operations)~~",
            "- [x] Follow the self-hosting documentation (https://www.medplum.com/docs/self-hosting).",
        ]
        assert len(lines) == len(_tasks(reader))
        assert all(line.startswith("- [ ] ") for line in lines[2:])
        record = reader.checklist.evaluate("each => each.record()").splitlines()
        assert any(line.startswith("1. [x] Follow the self-hosting documentation") for line in record)
        assert not any("pager rota that covers" in line for line in record)
        # It is not needed any more, and can be unticked.
        reader.click(item.get_by_role("checkbox"))
        expect(item).to_be_hidden()

    def test_what_stands_below_it_does_not_move_when_the_page_opens(self, prose_site: Site, visit: Visit) -> None:
        reader = visit(prose_site.address("http"))
        reader.answer({"current": "struggling"}).stored()
        reader.page.add_init_script("""window.moved = []; new PerformanceObserver((list) => {
          for (const { sources } of list.getEntries()) moved.push(...sources.map(({ node }) => node?.textContent));
          }).observe({ type: "layout-shift", buffered: true });""")
        reader.page.goto(f"{prose_site.address('http', 'plan.html')}#plan")
        expect(reader.page.locator("assessor-plan[data-begun]")).to_be_attached()
        expect(reader.page.get_by_text("Below.", exact=True)).to_be_visible()
        assert "Below." not in reader.page.evaluate("moved")

    def test_a_tick_reaches_other_tabs_and_outlives_a_start_again(self, site: Site, visit: Visit) -> None:
        reader = visit(site.address("http"))
        reader.answer(dict(HOSPITAL.answers))
        reader.stored()
        other = reader.another_tab()
        box = '[data-task~="done=set-up-pager"] input'
        reader.click(reader.page.locator(box))
        expect(other.page.locator(box)).to_be_checked()
        expect_shown(other, dict(HOSPITAL.answers))

    def test_on_a_page_of_its_own(self, prose_site: Site, visit: Visit) -> None:
        reader = visit(prose_site.address("http"))
        reader.answer(dict(HOSPITAL.answers))
        reader.stored()
        reader.page.goto(prose_site.address("http", "plan.html"))
        expect(reader.page.locator("assessor-plan [data-task]:visible").first).to_contain_text("Gap: Set up a pager")

    def test_nothing_moves_when_it_opens_with_stored_answers(self, prose_site: Site, visit: Visit) -> None:
        script = """
          window.shift = 0;
          new PerformanceObserver((list) => {
            for (const { sources, value } of list.getEntries()) {
              // The theme's own bar moves once its icons have loaded.
              if (sources.some(({ node }) => node?.parentElement?.closest("[role=main]"))) shift += value;
            }
          }).observe({ type: "layout-shift", buffered: true });
        """
        reader = visit(prose_site.address("http"), script=script)
        reader.answer(dict(HOSPITAL.answers))
        reader.stored()
        reader.page.goto(prose_site.address("http", "plan.html"))
        expect(reader.page.locator("assessor-plan [data-task]:visible").first).to_contain_text("Gap: Set up a pager")
        reader.page.evaluate("() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100)))")
        assert reader.page.evaluate("shift") == 0

    def test_without_a_script_everything_is_there_with_its_condition(self, prose_site: Site, visit: Visit) -> None:
        reader = visit(prose_site.address("http", "plan.html"), java_script_enabled=False)
        items = reader.page.locator("assessor-plan [data-task]:visible")
        steps = {step for outcome in ruleset.outcomes for step in outcome.next_steps}
        expect(items).to_have_count(len(ruleset.actions) + len(steps))
        expect(items.first).to_contain_text("Applies if nobody answers the pager around the clock yet.")
        expect(items.first).to_contain_text("Applies under: Self-host, once you are ready")
        expect(reader.page.get_by_text("No longer applies.").first).to_be_hidden()
        expect(reader.page.get_by_role("button", name="Copy as task list")).to_be_hidden()
