"""Answers travel in links and files, which may be old, cut off, or made to do harm."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from playwright.sync_api import FilePayload, expect

from assessor import Answer, compile_ruleset
from assessor.__main__ import main
from assessor.rulesets.self_hosting.ruleset import ruleset
from tests.browser.reader import Reader, entered, expect_shown
from tests.browser.sites import Site
from tests.support.links import proven

Visit = Callable[..., Reader]

ANSWERS: dict[str, Answer] = {"phi": True, "onprem-mandate": False, "residency": "elsewhere", "fte": 0.5, "sla": None}
HASH = compile_ruleset(ruleset)["hash"][:8]
MEANING = {question["id"]: question["meaning"] for question in compile_ruleset(ruleset)["questions"]}
_GIVEN = f"#assessor=self-hosting.{HASH}&phi=true&onprem-mandate=false&residency=elsewhere&fte=0.5&sla="
LINK = proven(f"{_GIVEN}&~m={''.join(MEANING[name] for name in ANSWERS)}")
TALKING = proven(f"#assessor=self-hosting.{HASH}.talk&current=struggling&~m={MEANING['current']}")
TALK: dict[str, Answer] = {"current": "struggling"}


def _notices(reader: Reader) -> str:
    return " ".join(reader.checklist.locator(".assessor-notice:visible").all_inner_texts())


def _arrive(reader: Reader, fragment: str) -> None:
    """Follow a link to the page that is open, as from a chat."""
    reader.page.evaluate("fragment => { location.hash = fragment; }", fragment)
    reader.page.wait_for_function("() => !location.hash.startsWith('#assessor=')")


@pytest.fixture
def reader(plain_site: Site, visit: Visit) -> Reader:
    """Where no instant navigation takes part in what follows a new fragment."""
    return visit(plain_site.address("http"), permissions=["clipboard-read", "clipboard-write"])


def test_an_answer_to_other_words_does_not_come_with_a_link(reader: Reader) -> None:
    meanings = "".join(MEANING[name] for name in ANSWERS)
    _arrive(reader, proven(f"{_GIVEN.replace(HASH, '00000000')}&~m={meanings[:4]}zzzz{meanings[8:]}"))
    taken = {name: answer for name, answer in ANSWERS.items() if name != "onprem-mandate"}
    expect_shown(reader, taken)
    wording = ruleset.questions_by_id["onprem-mandate"].wording
    assert f"so the answers do not count: {wording} No" in _notices(reader)
    reader.checklist.get_by_role("button", name="Let them count").click()
    expect_shown(reader, ANSWERS)


def test_a_link_to_other_words_takes_nothing_from_a_reader_with_answers(reader: Reader) -> None:
    reader.answer(TALK)
    _arrive(reader, proven(f"#assessor=self-hosting.{HASH}&phi=true&~m=zzzz"))
    reader.checklist.get_by_role("button", name="Keep mine").click()
    expect_shown(reader, TALK)
    assert _notices(reader) == ""


def test_a_copied_link_brings_the_same_answers(reader: Reader, site: Site, visit: Visit) -> None:
    reader.answer(ANSWERS)
    reader.button("Copy link").click()
    expect(reader.result.get_by_text("Link copied.")).to_be_visible()
    expect(reader.button("Copy link")).to_be_focused()
    expect(reader.status).to_have_text("Link copied.")
    link = reader.page.evaluate("() => navigator.clipboard.readText()")
    assert link == reader.page.url + LINK
    assert len(link) <= 1_500
    for door in ("http", "file"):
        other = visit(site.address(door) + LINK)
        expect_shown(other, ANSWERS)
        assert other.page.url == site.address(door)
        assert _notices(other) == ""
        other.reload()
        expect_shown(other, ANSWERS)


def test_copying_is_told_each_time_and_does_not_hide_what_follows(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"), permissions=["clipboard-read", "clipboard-write"], has_clock=True)
    clock = reader.page.clock
    reader.page.evaluate("""() => {
      window.heard = [];
      const status = document.querySelector("[data-status]");
      new MutationObserver(() => heard.push(status.textContent)).observe(status, { childList: true });
    }""")
    for _ in range(2):
        reader.button("Copy link").click()
        expect(reader.result.get_by_text("Link copied.")).to_be_visible()
        clock.run_for(2_000)
    reader.answer(TALK)
    clock.run_for(2_000)
    assert reader.page.evaluate("heard") == [
        "Link copied.",
        "Link copied.",
        "Settled: Talk to Medplum first.",
    ]


def test_a_notice_goes_with_what_another_tab_answers(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http") + proven(f"{HERE}&current=new&gone=1"))
    notice = reader.checklist.locator(".assessor-notice:visible")
    expect(notice).to_contain_text("not known here: gone")
    reader.another_tab().answer({"phi": True})
    expect(notice).to_have_count(0)


def test_a_settled_link_names_its_outcome(reader: Reader) -> None:
    reader.answer(TALK)
    reader.button("Copy link").click()
    expect(reader.result.get_by_text("Link copied.")).to_be_visible()
    link = reader.page.evaluate("() => navigator.clipboard.readText()")
    assert link.endswith(TALKING)


def test_without_a_clipboard_the_link_is_shown(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http"), script="delete Navigator.prototype.clipboard;").answer(TALK)
    reader.button("Copy link").click()
    field = reader.result.get_by_label("Copy this text by hand")
    expect(field).to_be_focused()
    expect(field).to_have_value(f"{site.address('http')}{TALKING}")
    assert reader.page.evaluate("() => getSelection().toString().length > 0")
    # It goes with the next thing that is done, and once it is not the answers' any more.
    reader.button("Start again").click()
    expect(field).to_be_hidden()
    reader.button("Copy link").click()
    expect(field).to_be_visible()
    reader.type_in(reader.question("fte"), "2")
    expect(field).to_be_hidden()


@pytest.mark.parametrize(("button", "shown"), [("Use the shared ones", ANSWERS), ("Keep mine", TALK)])
def test_the_reader_chooses_between_shared_answers_and_their_own(
    button: str, shown: dict[str, Answer], reader: Reader
) -> None:
    reader.answer(TALK)
    _arrive(reader, LINK)
    expect_shown(reader, TALK)
    assert "other answers than you gave" in _notices(reader)
    reader.checklist.get_by_role("button", name=button).click()
    expect_shown(reader, shown)
    assert _notices(reader) == ""
    expect(reader.result).to_be_focused()
    reader.reload()
    expect_shown(reader, shown)
    if shown == ANSWERS:
        # What was replaced can be had back, until something else is done.
        reader.open(reader.page.url)
        _arrive(reader, TALKING)
        reader.checklist.get_by_role("button", name=button).click()
        reader.button("Undo").click()
        expect_shown(reader, ANSWERS)


def test_a_link_with_the_same_answers_asks_nothing(reader: Reader) -> None:
    reader.answer(ANSWERS)
    _arrive(reader, LINK)
    assert _notices(reader) == ""
    expect_shown(reader, ANSWERS)
    # Nothing was replaced that could be brought back.
    expect(reader.button("Undo")).to_be_hidden()


def test_history_keeps_its_state(reader: Reader) -> None:
    reader.page.evaluate("() => history.replaceState({ mine: 7 }, '', '?a=1')")
    _arrive(reader, LINK)
    assert reader.page.url.endswith("?a=1")
    before = reader.page.evaluate("() => history.length")
    _arrive(reader, proven(LINK.split("&~=")[0].replace("0.5", "2")))
    # Setting the fragment adds an entry, stripping it adds none.
    assert reader.page.evaluate("() => history.length") == before + 1


OTHER = "#assessor=self-hosting.00000000"


@pytest.mark.parametrize(
    ("link", "answers", "told"),
    [
        (
            proven(f"{OTHER}.talk&current=struggling&gone=1&phi=maybe"),
            TALK,
            ["other rules", "same result", "gone, phi"],
        ),
        (proven(f"{OTHER}.cloud&current=struggling"), TALK, ["other rules", "lead to another result"]),
        (proven(f"{OTHER}&current=struggling"), TALK, ["other rules"]),
    ],
)
def test_a_link_made_with_other_rules_says_so(
    link: str, answers: dict[str, Answer], told: list[str], reader: Reader
) -> None:
    _arrive(reader, link)
    expect_shown(reader, answers)
    notices = _notices(reader)
    assert [each for each in told if each not in notices] == []
    assert ("same result" in notices) is ("same result" in told)
    assert ("Left out" in notices) is ("gone, phi" in told)


def test_a_page_that_is_opened_by_a_link_shows_and_announces_what_came_of_it(
    door: str, site: Site, visit: Visit
) -> None:
    reader = visit(f"{site.address(door)}{OTHER}.talk&current=struggling&gone=1")
    expect_shown(reader, TALK)
    left_out = "Left out, because the questions or the answers are not known here: gone"
    notice = reader.checklist.locator(".assessor-notices").get_by_text(left_out)
    expect(notice).to_be_visible()
    expect(notice).to_be_in_viewport()
    # The last of what is told, since all of it is too long.
    expect(reader.status).to_have_text(left_out)


HERE = f"#assessor=self-hosting.{HASH}"
HOSTILE: dict[str, tuple[str, dict[str, Answer]]] = {
    "no such question": (f"{HERE}&__proto__=1&constructor=true&toString=", {}),
    "wrong types": (f"{HERE}&fte=Infinity&phi=1&residency=__proto__&surge-fte=-1&current=struggling", TALK),
    "twice": (f"{HERE}&current=struggling&current=new", TALK),
    "markup": (f"{HERE}&phi=<img src=x onerror=alert(1)>", {}),
    "escaped": (f"{HERE}&%70hi=true", {"phi": True}),
    "no answers": (f"{HERE}&", {}),
    "another hash": ("#assessor=self-hosting.zzzzzzzz&current=struggling", {}),
    "too long": (f"{HERE}&current=struggling{'&phi=true' * 400}", {}),
    "long ids": (f"{HERE}&current=struggling&{'x' * 900}=1", TALK),
}


def test_hostile_links_do_no_harm(reader: Reader) -> None:
    # The names of what a link has too much are shown as code.
    parts = reader.page.locator("assessor-checklist *:not([data-changes] *, [data-fill=dropped] > code)")
    before = parts.count()
    for name, (link, answers) in HOSTILE.items():
        _arrive(reader, link)
        assert _notices(reader), name
        expect_shown(reader, answers)
        reader.button("Start again").click()
        reader.button("Yes, clear").click()
    assert reader.page.evaluate("() => [({}).phi, ({}).current, Object.keys(Object.prototype)]") == [None, None, []]
    assert parts.count() == before


def test_a_link_that_arrives_under_instant_navigation(site: Site, visit: Visit) -> None:
    reader = visit(site.address("http")).answer(TALK)
    # Material loads the page anew when the fragment changes so.
    with reader.watch.navigating():
        _arrive(reader, LINK)
        reader.checklist.get_by_role("button", name="Use the shared ones").click()
        expect_shown(reader, ANSWERS)
        reader.page.wait_for_load_state("networkidle")


def test_a_link_for_other_rules_is_told_and_brings_nothing(reader: Reader) -> None:
    _arrive(reader, "#assessor=other-rules.00000000&phi=true")
    expect_shown(reader, {})
    assert "made for other rules" in _notices(reader)


# The link of a settled decision, and what is left of it where mail wraps a line or a chat cuts it.
SELF_HOST = {
    "current": "new", "purpose": "production", "phi": True, "connectivity": "reliable", "footprint": "moderate",
    "onprem-mandate": True, "mandate-cited": True, "residency": "us", "isolation": False, "fork": False, "pager": True,
    "incident-process": True, "observability": True, "two-know-it": True, "staging": True, "restore-tested": True,
    "upgrade-owner": True, "fte": 0.5, "surge-fte": 3.5,
}  # fmt: skip


@pytest.mark.parametrize("end", ["0.5&surge-fte=3.5", "0", "0.5&surge-fte="])
def test_a_cut_link_is_told_and_its_outcome_compared(end: str, site: Site, visit: Visit) -> None:
    said = {name: str(answer).lower() for name, answer in SELF_HOST.items() if name not in ("fte", "surge-fte")}
    answers = "".join(f"&{name}={answer}" for name, answer in said.items())
    reader = visit(f"{site.address('http')}#assessor=self-hosting.{HASH}.self-host{answers}&fte={end}")
    reader.page.wait_for_function("() => document.querySelector('assessor-checklist').dataset.begun === ''")
    expect(reader.checklist.locator(".assessor-notice:visible").first).to_contain_text("doesn’t prove that it is whole")
    assert ("lead to another result" in _notices(reader)) is (end != "0.5&surge-fte=3.5")


def test_who_arrives_by_a_link_is_brought_to_the_result(door: str, site: Site, visit: Visit) -> None:
    reader = visit(site.address(door) + TALKING)
    expect(reader.result.get_by_text("These answers came with the link.")).to_be_visible()
    expect(reader.result).to_be_focused()
    expect(reader.hero).to_be_in_viewport()
    expect(reader.status).to_have_text("Settled: Talk to Medplum first.")
    reader.button("Undo").click()
    expect_shown(reader, {})


MANGLED: dict[str, Callable[[str], str]] = {
    "escaped whole": lambda link: "#" + quote(link[1:], safe=""),
    "escaped twice": lambda link: "#" + quote(quote(link[1:], safe=""), safe=""),
    "&amp;": lambda link: link.replace("&", "&amp;"),
    "bracket": lambda link: link + ")",
    "angle": lambda link: link + ">",
    "full stop": lambda link: link + ".",
    "comma": lambda link: link + ",",
    "semicolon": lambda link: link + ";",
    "slash": lambda link: link + "/",
    "wrapped": lambda link: f"{link[:40]}%0A{link[40:]}",
    "wrapped by mail": lambda link: f"{link[:40]}=%0D%0A{link[40:]}",
    "a space": lambda link: f"{link[:50]}%20{link[50:]}",
}


@pytest.mark.parametrize("mangling", MANGLED)
def test_what_mailers_and_chats_do_to_a_link_is_undone(mangling: str, reader: Reader) -> None:
    _arrive(reader, MANGLED[mangling](LINK))
    expect_shown(reader, ANSWERS)
    assert _notices(reader) == ""


def test_a_link_holds_nothing_of_the_query(site: Site, visit: Visit) -> None:
    reader = visit(f"{site.address('http')}?h=search&token=secret").answer(TALK)
    reader.button("Copy link").click()
    field = reader.result.locator("textarea")
    expect(field.or_(reader.result.get_by_text("Link copied.")).first).to_be_attached()
    assert field.input_value() == f"{site.address('http')}{TALKING}"


def test_from_disk_a_copied_link_says_who_can_open_it(site: Site, visit: Visit) -> None:
    reader = visit(site.address("file"), permissions=["clipboard-read", "clipboard-write"]).answer(TALK)
    reader.button("Copy link").click()
    expect(reader.result.get_by_text("It only opens on this computer.")).to_be_visible()


@pytest.mark.parametrize("case", [case for case in ruleset.cases if case.id in ("startup", "eu-hospital-no-pager")])
def test_saved_answers_give_the_same_page_and_verdict(
    case: object, reader: Reader, tmp_path: Path, site: Site, visit: Visit
) -> None:
    answers: dict[str, Answer] = {**getattr(case, "answers"), "sla": None, "bots": "some"}  # noqa: B009
    reader.answer(answers)
    with reader.page.expect_download() as download:
        reader.button("Save answers").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "self-hosting-answers.json"
    assert json.loads(file.read_text("utf-8")) == entered(answers)
    assessed = CliRunner().invoke(main, ["assess", str(file), "--expect", getattr(case, "outcome").id])  # noqa: B009
    assert assessed.exit_code == 0, assessed.output
    other = visit(site.address("file"))
    other.result.locator("[data-load]").set_input_files(file)
    expect(other.verdict).to_contain_text("Settled")
    expect_shown(other, entered(answers))
    # One page is served, the other opened from disk.
    parts = "assessor-checklist [data-if]:not([data-if=local])"
    content = f"() => [...document.querySelectorAll('{parts}')].map((each) => each.hidden)"
    assert other.page.evaluate(content) == reader.page.evaluate(content)


@pytest.mark.parametrize(
    ("content", "answers", "told"),
    [
        (b"{", {}, "no answers to these questions"),
        (b"[1, 2]", {}, "no answers to these questions"),
        (b'{"current": "struggling", "x": {"y": 1}, "__proto__": {"phi": true}}', TALK, "Left out"),
        (b'{"current": "struggling", "junk": "' + b"x" * 9_000 + b'"}', {}, "no answers to these questions"),
        (b"\xff\xfe\x00", {}, "no answers to these questions"),
    ],
)
def test_a_file_that_is_none_is_told(content: bytes, answers: dict[str, Answer], told: str, reader: Reader) -> None:
    payload: FilePayload = {"name": "answers.json", "mimeType": "application/json", "buffer": content}
    reader.result.locator("[data-load]").set_input_files(payload)
    expect(reader.checklist.locator(".assessor-notices")).to_contain_text(told, use_inner_text=True)
    # The button stands far below it.
    expect(reader.checklist.locator(".assessor-notice:visible").last).to_be_in_viewport()
    expect(reader.status).to_contain_text(told)
    expect_shown(reader, answers)


def test_loaded_answers_replace_those_given_and_can_be_undone(reader: Reader) -> None:
    reader.answer(ANSWERS)
    payload: FilePayload = {"name": "a.json", "mimeType": "application/json", "buffer": json.dumps(TALK).encode()}
    reader.result.locator("[data-load]").set_input_files(payload)
    expect(reader.checklist.get_by_text("Your earlier answers were replaced.")).to_be_visible()
    expect_shown(reader, TALK)
    reader.button("Undo").click()
    expect_shown(reader, ANSWERS)
