"""Texts that were made to do harm, wherever a text can come in: nothing comes of them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from markdown import Markdown
from playwright.sync_api import Browser, Dialog, Page

from assessor import Outcome, RuleSetError
from assessor.language.words import english
from assessor.model.ruleset import RuleSet
from assessor.reports.record.lines import record_lines
from mkdocs_assessor.config.appearance import Appearance
from mkdocs_assessor.extension import AssessorExtension
from mkdocs_assessor.page import assets
from mkdocs_assessor.page.page import Page as DocsPage
from mkdocs_assessor.page.page import PageInput
from mkdocs_assessor.render.guide import Guide
from mkdocs_assessor.render.guides import Guides
from mkdocs_assessor.render.inline import inline_html
from tests.browser.barriers import write_small_page
from tests.browser.payloads import dealt, hostile_ruleset, payloads
from tests.browser.reader import REST
from tests.support.paths import ROOT
from tools.node import find_node

ASSETS = ROOT / "plugin/mkdocs_assessor/assets"
HARM = (Path(__file__).parent / "harm.js").read_text("utf-8")
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'"
SLOTS = "\n\n".join(f"<!-- assessor/{name} -->" for name in ("checklist", "rules", "facts"))
# Proofs take the square of how many rules there are, and so do records, whose lines name all other options.
HANDS, HANDS_OF_RECORDS = 40, 250

# Answers by the first options, and shows whatever is hidden.
SHOW_ALL = """async () => {
  const checklist = document.querySelector("assessor-checklist");
  for (const input of [...document.querySelectorAll("input[type=radio]")].slice(0, 6)) input.click();
  await checklist.updateComplete;
  for (const each of document.querySelectorAll("[hidden]")) each.hidden = false;
  for (const each of document.querySelectorAll("details")) each.open = true;
}"""


def _write(folder: Path, ruleset: RuleSet, script: str, appearance: Appearance | None = None, policy: str = "") -> None:
    extension = AssessorExtension()
    extension.guides = Guides({"": Guide.of(ruleset, appearance)})
    extension.announce(DocsPage(PageInput(asset_url=lambda asset: f"assessor.{asset.name.rpartition('.')[2]}")))
    body = Markdown(extensions=[extension]).convert(SLOTS)
    (folder / "assessor.js").write_text(script, encoding="utf-8")
    (folder / "assessor.css").write_text(assets.style_sheet().content, encoding="utf-8")
    head = f'<!doctype html><html lang="en"><head><meta charset="utf-8">{policy}<title>Hostile</title></head>'
    (folder / "index.html").write_text(f"{head}<body><main>{body}</main></body></html>", encoding="utf-8")


@contextmanager
def _open(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """Open a page, and note what it asks for and what it pops up."""
    page = browser.new_page()
    noted: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        noted.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("console", lambda message: noted.append(f"console: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: noted.append(f"error: {error}"))
    page.goto(address)
    page.evaluate(REST)
    page.on("request", lambda request: noted.append(f"a request: {request.url[:80]}"))
    yield page, noted
    page.close()


def _harm(browser: Browser, folder: Path) -> list[str]:
    """What comes of a page of payloads, and of its decision record rendered again."""
    with _open(browser, (folder / "index.html").as_uri()) as (page, noted):
        page.evaluate(SHOW_ALL)
        found: list[str] = [*page.evaluate(HARM), *noted]
        record: str = page.evaluate("() => document.querySelector('assessor-checklist').record?.() ?? ''")
        if record:
            page.set_content(f"<main>{Markdown().convert(record)}</main>")
            found += [*page.evaluate(HARM), *noted]
    return found


def _source() -> str:
    """The script before it is minified, for tests that change it."""
    node = find_node()
    assert node, "Node.js is missing: run 'python tools/node.py --ensure'"
    command = [node, str(ROOT / "tools/build.js"), "--readable", "assessor.js"]
    return subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True, timeout=60).stdout


def test_no_payload_does_harm(browser: Browser, tmp_path: Path) -> None:
    """As an option, an outcome, a reason, an action and a fact; on the page and in the decision record."""
    texts = payloads()
    assert len(texts) == len(set(texts)) >= 5_000
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    for hand in dealt(texts, HANDS):
        _write(tmp_path, hostile_ruleset(hand), assets.script().content, policy=policy)
        with _open(browser, (tmp_path / "index.html").as_uri()) as (page, noted):
            # The test's own scripts are under no policy, what they set off is.
            page.evaluate(SHOW_ALL)
            assert [*page.evaluate(HARM), *noted] == []
            labels = page.locator(".assessor-choices label > span").all_text_contents()
        shown = {" ".join(text.split()) for text in labels}
        # Others are inline Markdown, and lose its marks.
        plain = {" ".join(text.split()) for text in hand if text.isprintable() and not re.search(r"[\\`*\[&]", text)}
        assert len(plain) > 50
        assert plain - shown == set()


def test_no_payload_does_harm_in_a_record(browser: Browser, tmp_path: Path) -> None:
    """Every line that a record may have, rendered by a Markdown that lets HTML through."""
    (tmp_path / "index.html").write_text("<!doctype html><title>Record</title>", encoding="utf-8")
    with _open(browser, (tmp_path / "index.html").as_uri()) as (page, noted):
        for hand in dealt(payloads(), HANDS_OF_RECORDS):
            lines = record_lines(hostile_ruleset(hand), english())
            record = "\n".join(re.sub(r"\{[^{}\\]+\}", "x", line.text) for line in lines)
            page.set_content(f"<!doctype html><title>Record</title><main>{Markdown().convert(record)}</main>")
            assert [*page.evaluate(HARM), *noted] == []


COME_IN = """async ({ texts, key, hash }) => {
  const file = document.querySelector("[data-load]");
  for (const text of texts) {
    history.replaceState(null, "", `#assessor=small.${hash}&rain=${text}&${text}=1`.slice(0, 1500));
    dispatchEvent(new HashChangeEvent("hashchange"));
  }
  for (let first = 0; first < texts.length; first += 9) {
    const some = texts.slice(first, first + 9).map((text) => text.slice(0, 400));
    const answers = { ...Object.fromEntries(some.map((text) => [text, text])), rain: some[0] };
    // What was loaded before is newer than what another page stores, until it is stored itself.
    dispatchEvent(new PageTransitionEvent("pagehide"));
    localStorage.setItem(key, JSON.stringify({ v: 1, hash: some[0], answers, at: some[0] }));
    dispatchEvent(new PageTransitionEvent("pageshow"));
    const transfer = new DataTransfer();
    transfer.items.add(new File([JSON.stringify({ ...answers, far: 5 })], "answers.json"));
    file.files = transfer.files;
    file.dispatchEvent(new Event("change", { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve));
  }
}"""


def test_no_payload_does_harm_in_a_link_in_storage_or_in_a_file(browser: Browser, tmp_path: Path) -> None:
    write_small_page(tmp_path)
    page_file = tmp_path / "index.html"
    ruleset_id, digest = re.findall(r'"ruleset":"([^"]+)","hash":"([0-9a-f]{8})', page_file.read_text("utf-8"))[0]
    with _open(browser, page_file.as_uri()) as (page, noted):
        # What was dropped is shown as code.
        untouched = page.locator("*:not([data-changes] *, [data-fill=dropped] *)")
        before = untouched.count()
        key = f"assessor:{tmp_path.as_posix()}/:{ruleset_id}"
        come_in = COME_IN.replace("assessor=small", f"assessor={ruleset_id}")
        page.evaluate(come_in, {"texts": payloads(), "key": key, "hash": digest})
        page.evaluate("() => new Promise((resolve) => setTimeout(resolve, 50))")
        assert page.locator(".assessor-number").first.input_value() == "5", "the files have not come in"
        page.evaluate("() => { for (const each of document.querySelectorAll('[hidden]')) each.hidden = false; }")
        assert [*page.evaluate(HARM), *noted] == []
        assert untouched.count() == before


MUTANTS = {
    "an answer set as HTML": (
        "if (text !== undefined) write(part, text)",
        "if (text !== undefined) part.innerHTML = text.replaceAll('&lt;', '<')",
    ),
    "titles of changes as HTML": (
        "write((title), titlesByDecision(sheet, change.outcomes))",
        "title.innerHTML = titlesByDecision(sheet, change.outcomes).replaceAll('&lt;', '<')",
    ),
    "questions of changes as HTML": (
        "link.append(marked(name))",
        "link.innerHTML = name.replaceAll('&lt;', '<')",
    ),
    "a record that escapes nothing": (
        'textOf(part).replace(/(\\\\.|`[^`]+`)|\\*/g, "$1")',
        "plain(textOf(part))",
    ),
}
TEMPLATES = {
    "an outcome that is trusted": (
        "<strong>{{ outcome.title | label }}</strong>",
        "<strong>{{ outcome.title | safe }}</strong>",
    ),
    "a reason that is trusted": ("{{ rule.because | inline }}", "{{ rule.because | safe }}"),
}


def _some() -> list[str]:
    return [text for text in payloads() if re.search(r"<\w+[^>]*>", text)][:120]


@pytest.mark.parametrize("name", [*MUTANTS, "none"])
def test_a_script_that_lets_them_through_is_found(name: str, browser: Browser, tmp_path: Path) -> None:
    before, after = MUTANTS.get(name, ("", ""))
    source = _source()
    assert before in source
    _write(tmp_path, hostile_ruleset(_some()), source.replace(before, after))
    assert bool(_harm(browser, tmp_path)) is (name != "none")


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_that_lets_them_through_is_found(name: str, browser: Browser, tmp_path: Path) -> None:
    before, after = TEMPLATES[name]
    template = (ASSETS.parent / "templates/parts/result.html.jinja").read_text("utf-8")
    assert before in template
    (tmp_path / "own").mkdir()
    (tmp_path / "own/result.html.jinja").write_text(template.replace(before, after), encoding="utf-8")
    _write(tmp_path, hostile_ruleset(_some()), assets.script().content, Appearance(templates=(tmp_path / "own",)))
    assert _harm(browser, tmp_path)


SCHEMES = [
    "javascript",
    "data",
    "vbscript",
    "file",
    "blob",
    "ftp",
    "about",
    "filesystem",
    "chrome",
    "chrome-extension",
    "moz-extension",
    "resource",
    "view-source",
    "jar",
    "ws",
    "wss",
    "intent",
    "android-app",
    "ms-word",
    "ms-msdt",
    "search-ms",
    "itms-services",
    "tel",
    "sms",
    "skype",
    "slack",
    "steam",
    "vscode",
    "zoommtg",
    "magnet",
    "ldap",
    "gopher",
    "telnet",
    "ssh",
    "git",
    "dict",
    "nfs",
    "smb",
    "cid",
    "mid",
    "wyciwyg",
    "livescript",
    "mocha",
]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_only_a_few_schemes_may_be_linked(scheme: str) -> None:
    assert len(SCHEMES) >= 40
    for written in (scheme, scheme.upper(), f" {scheme}", "\t".join(scheme), f"&#{ord(scheme[0])};{scheme[1:]}"):
        link = f"[x]({written}:alert)" if not written.startswith(" ") else f"[x](<{written}:alert>)"
        with pytest.raises(RuleSetError):
            Outcome("x", "x", link)
        assert f'href="{scheme}' not in inline_html(link).lower()
