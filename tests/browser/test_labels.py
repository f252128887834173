"""Code and emphasis in what the script writes: markup on the page, Markdown in records, plain when announced."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from markdown import Markdown
from playwright.sync_api import expect

from assessor import Answer
from assessor.language.words import english
from assessor.reports.record.markdown import decision_record
from mkdocs_assessor.extension import AssessorExtension
from mkdocs_assessor.page.assets import script, style_sheet
from mkdocs_assessor.page.page import Page, PageInput
from mkdocs_assessor.render.guide import Guide
from mkdocs_assessor.render.guides import Guides
from tests.browser.reader import Reader
from tests.support.assessor.marked import marked_ruleset

Visit = Callable[..., Reader]

_PAGE = """\
<!-- assessor/when first -->
Only then.
<!-- assessor/end -->

<!-- assessor/checklist -->

<!-- assessor/question tool -->

[](answer:tool)
"""
# Each shows parts that others don't: settled, open with a trial, everything unknown.
_STATES: tuple[dict[str, Answer], ...] = (
    {"locked": True, "tool": "uv"},
    {"locked": True, "people": 2},
    {"locked": None, "tool": None},
    {"tool": "pip"},
    {"locked": True, "people": 0, "started": "2027-02-01"},
)
# What a reader can see or hear, with open folds: no text has a mark, and each piece of code is an element.
_FAULTS = """() => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  const faults = [];
  const texts = document.createNodeIterator(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const { data, parentElement: parent } = text;
    if (/`|\\*/.test(data) || (data.includes("<b>") && !parent.closest("code, svg, [role=status]"))) faults.push(data);
    if (data.includes("well") && !parent.closest("em, svg, [role=status]")) faults.push(data);
  }
  for (const name of ["aria-label", "aria-description", "title"]) {
    for (const part of document.querySelectorAll(`[${name}]`)) {
      if (/[`*]/.test(part.getAttribute(name))) faults.push(part.outerHTML);
    }
  }
  return faults;
}"""


def _write(folder: Path) -> str:
    """Write a page without a theme, and return its address."""
    extension = AssessorExtension()
    extension.guides = Guides({"": Guide.of(marked_ruleset())})
    extension.announce(Page(PageInput(asset_url=lambda asset: asset.name)))
    body = Markdown(extensions=[extension]).convert(_PAGE)
    for asset in (script(), style_sheet()):
        (folder / asset.name).write_text(asset.content, encoding="utf-8")
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Marked</title>'
    (folder / "index.html").write_text(f"{head}<body><main>{body}</main></body></html>", encoding="utf-8")
    return (folder / "index.html").as_uri()


def test_what_the_script_writes_has_the_markup_of_the_texts(visit: Visit, tmp_path: Path) -> None:
    reader = visit(_write(tmp_path))
    for answers in _STATES:
        reader.load(answers)
        assert reader.page.evaluate(_FAULTS) == []
        for answer in reader.page.locator("[data-answer=tool]").all() if answers.get("tool") else ():
            expect(answer.locator("code")).to_have_text("<b>")


def test_a_trial_is_told_with_its_markup(visit: Visit, tmp_path: Path) -> None:
    reader = visit(_write(tmp_path))
    reader.load({"locked": True, "tool": "uv"})
    reader.page.locator("[data-do=try]").first.click()
    trial = reader.page.locator("[data-fill=trying]")
    expect(trial.locator("code").first).to_have_text("<b>")
    expect(trial.locator("em").first).to_have_text("well")
    assert reader.page.evaluate(_FAULTS) == []


def test_an_answer_shows_its_markup_where_no_checklist_brings_the_words(visit: Visit, tmp_path: Path) -> None:
    extension = AssessorExtension()
    extension.guides = Guides({"": Guide.of(marked_ruleset())})
    extension.announce(Page(PageInput(asset_url=lambda asset: asset.name)))
    address = _write(tmp_path)
    body = Markdown(extensions=[extension]).convert("<!-- assessor/question tool -->")
    (tmp_path / "index.html").write_text(f"<!doctype html><body>{body}</body>", encoding="utf-8")
    reader = visit(address)
    reader.page.locator("summary").first.click()
    reader.page.get_by_role("radio").first.check()
    expect(reader.page.locator("[data-answer=tool] code")).to_have_text("<b>")
    assert reader.page.evaluate(_FAULTS) == []


def test_the_page_writes_the_record_that_python_writes(visit: Visit, tmp_path: Path) -> None:
    reader = visit(_write(tmp_path))
    today = reader.page.evaluate("() => new Date().toLocaleDateString('sv')")
    for answers in _STATES:
        reader.load(answers)
        record = reader.page.evaluate("() => document.querySelector('assessor-checklist').record()")
        assert record == decision_record(marked_ruleset(), answers, datetime.date.fromisoformat(today), english())
        assert "`<b>` and well" in record
        assert Markdown().convert(record).count("<code>&lt;b&gt;</code>") == record.count("<b>")


def test_code_at_the_start_of_a_name_keeps_its_case(visit: Visit, tmp_path: Path) -> None:
    reader = visit(_write(tmp_path))
    names = reader.page.evaluate(
        """() => [...document.querySelectorAll(".assessor-name")].filter((name) => name.offsetWidth).map((name) => {
          name.innerHTML = "<code>uv</code> pins";
          const withCode = name.innerText;
          name.innerHTML = "uv pins";
          return [withCode, name.innerText];
        })"""
    )
    assert names
    assert all(each == ["uv pins", "Uv pins"] for each in names), names
