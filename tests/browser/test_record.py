"""The decision record: what the page writes is what the command writes, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from click.testing import CliRunner
from markdown import Markdown
from playwright.sync_api import expect

from assessor import Answer, assess
from assessor.__main__ import main
from assessor.rulesets.self_hosting.ruleset import ruleset
from tests.browser.reader import Reader, entered
from tests.browser.sites import Site

Visit = Callable[..., Reader]

DAY = "2026-11-22"
STATES: dict[str, dict[str, Answer]] = {
    "empty": {},
    "half": {"current": "new", "onprem-mandate": True, "fte": 0.123456789, "fte-cost": 1234567.5, "sla": None},
    "unlikely": {"residency": "elsewhere", "isolation": True, "big-quarters": 4, "plan-price": 0},
    **{case.id: dict(case.answers) for case in ruleset.cases},
}

READY = ("pager", "incident-process", "observability", "two-know-it", "staging", "restore-tested", "upgrade-owner")
SELF_HOSTED: dict[str, Answer] = {
    "current": "new",
    "purpose": "production",
    "phi": True,
    "connectivity": "reliable",
    "footprint": "moderate",
    "onprem-mandate": True,
    "mandate-cited": True,
    **dict.fromkeys(READY, True),
    "fte": 2,
    "surge-fte": 4,
}


def _by_command(answers: Mapping[str, Answer], folder: Path) -> str:
    file = folder / "answers.json"
    file.write_text(json.dumps(dict(answers)), encoding="utf-8")
    run = CliRunner().invoke(main, ["record", str(file), "--date", DAY])
    assert run.exit_code == 0, run.output
    return run.stdout


def test_the_page_writes_what_the_command_writes(site: Site, visit: Visit, tmp_path: Path) -> None:
    reader = visit(site.address("http"), permissions=["clipboard-read", "clipboard-write"], timezone_id="Asia/Tokyo")
    # Late in Tokyo's day, which is another one in Greenwich.
    reader.page.clock.set_fixed_time(f"{DAY}T01:00:00+09:00")
    for name, answers in STATES.items():
        known = entered(answers)
        reader.page.evaluate(
            "([answers, hash]) => localStorage.setItem('assessor:/assets/:self-hosting', "
            "JSON.stringify({ v: 1, hash, answers }))",
            [
                known,
                reader.page.evaluate("() => JSON.parse(document.querySelector('[data-bundle]').dataset.bundle).hash"),
            ],
        )
        reader.page.evaluate("() => dispatchEvent(new PageTransitionEvent('pageshow'))")
        reader.button("Copy decision record").click()
        expect(reader.result.get_by_text("Decision record copied.")).to_be_visible()
        copied = reader.page.evaluate("() => navigator.clipboard.readText()")
        assert copied == _by_command(known, tmp_path), name
        reader.page.evaluate("() => localStorage.clear()")


# A browser that translates a page puts each text into two elements of its own.
TRANSLATE = """() => {
  const texts = document.createNodeIterator(document.querySelector("assessor-checklist"), NodeFilter.SHOW_TEXT);
  const found = [];
  for (let text = texts.nextNode(); text; text = texts.nextNode()) found.push(text);
  for (const text of found) {
    const outer = document.createElement("font");
    outer.append(document.createElement("font"));
    outer.firstChild.textContent = text.textContent.toUpperCase();
    text.replaceWith(outer);
  }
}"""


def test_a_translated_page_writes_the_record_as_it_was_built(plain_site: Site, visit: Visit, tmp_path: Path) -> None:
    case = next(case for case in ruleset.cases if case.id == "eu-hospital-no-pager")
    reader = visit(plain_site.address("http"), permissions=["clipboard-read", "clipboard-write"], timezone_id="UTC")
    reader.page.clock.set_fixed_time(f"{DAY}T12:00:00Z")
    reader.answer(case.answers)
    reader.page.evaluate(TRANSLATE)
    reader.click(reader.checklist.locator("[data-do=copy-record]"))
    expect(reader.result.locator("[data-if=copy-record]")).to_be_visible()
    assert reader.page.evaluate("() => navigator.clipboard.readText()") == _by_command(case.answers, tmp_path)


def test_a_record_is_saved_as_a_file(site: Site, visit: Visit, tmp_path: Path) -> None:
    case = next(case for case in ruleset.cases if case.id == "eu-hospital-no-pager")
    reader = visit(site.address("file"), timezone_id="UTC").answer(case.answers)
    reader.page.clock.set_fixed_time(f"{DAY}T12:00:00Z")
    with reader.page.expect_download() as download:
        reader.button("Save decision record").click()
    assert download.value.suggested_filename == "self-hosting-record.md"
    file = tmp_path / "record.md"
    download.value.save_as(file)
    assert file.read_text("utf-8") == _by_command(entered(case.answers), tmp_path)


DECISIONS = [decision.title for decision in ruleset.decisions]


def test_it_has_what_a_record_needs(tmp_path: Path) -> None:
    case = next(case for case in ruleset.cases if case.id == "eu-hospital-no-pager")
    record = _by_command(case.answers, tmp_path)
    html = Markdown().convert(record)
    headings = [line.lstrip("# ") for line in record.splitlines() if line.startswith("#")]
    assert headings == [
        "Self-hosting vs Cloud: Self-host, once you are ready",
        "Context and problem statement",
        "Decision drivers",
        *DECISIONS,
        "Considered options",
        *DECISIONS,
        "Decision outcome",
        *DECISIONS,
        "Consequences",
        "Options turned down",
        "What would change it",
        "Estimates, which inform and do not decide",
        "Open questions",
    ]
    assert f"- Date: {DAY}" in record
    assert html.count("<h2>") == 8
    drivers = record.partition("## Decision drivers")[2].partition("\n## ")[0]
    assert "- Someone answers the pager around the clock → No" in drivers
    changes = record.partition("## What would change it")[2].partition("##")[0]
    assert "- **Self-host**: Someone answers the pager around the clock → yes" in changes
    assert "**Gap:** Set up a pager rota" in record
    assert "    - An earlier rule decides first." in record


def test_each_outcome_has_its_change_before_any_has_a_second(site: Site, visit: Visit, tmp_path: Path) -> None:
    """Who self-hosts is one answer away from several outcomes, and from one of them in many ways."""
    found = assess(ruleset, SELF_HOSTED)["changes"]
    titles = {outcome.id: outcome.title for outcome in ruleset.outcomes}
    near = [titles[name] for name, each in found.items() if each and each["fewest"] == 1]
    assert len(near) >= 3
    record = _by_command(SELF_HOSTED, tmp_path)
    section = record.partition("## What would change it")[2].partition("\n## ")[0]
    listed = [line for line in section.splitlines() if line.startswith("- ")]
    assert [title for title in near[:5] if not any(title in line.partition("**: ")[0] for line in listed)] == []
    assert listed[-1] == "- There are more ways."
    reader = visit(site.address("http")).answer(SELF_HOSTED)
    expect(reader.result.get_by_text("There are more ways.")).to_be_visible()
    expect(reader.result.locator("[data-changes] li:visible")).to_have_count(5)


def test_it_is_the_same_twice(tmp_path: Path) -> None:
    assert _by_command({"fte": 0.5}, tmp_path) == _by_command({"fte": 0.5}, tmp_path)
