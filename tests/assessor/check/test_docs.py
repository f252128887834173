"""The pages on checks: each example gives what stands below it, and nothing once it is mended."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from assessor.__main__ import main
from assessor.findings.codes import RULE_SET_CODES
from tests.support.doc_pages import edited
from tests.support.paths import ROOT

DOCS = ROOT / "docs" / "checks"
BLOCK = re.compile(r'^```(python|yaml|text|diff) title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
PAGES = sorted(path.name for path in DOCS.glob("*.md"))


@pytest.mark.parametrize("page", PAGES)
def test_examples_give_what_the_page_says(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    command = ""
    for kind, title, body in BLOCK.findall((DOCS / page).read_text("utf-8")):
        if kind in ("python", "yaml"):
            Path(title).write_text(body, "utf-8")
        elif kind == "text":
            command = title
            assert run(command) == body
        else:
            file = Path(title if title.startswith("kite.") else "kite.py")
            file.write_text(edited(file.read_text("utf-8"), body), "utf-8")
            assert run(command).splitlines()[-1].startswith("No findings in "), run(command)


def run(command: str) -> str:
    name, *arguments = command.split()
    assert name == "assessor"
    return CliRunner().invoke(main, arguments).stdout


def test_every_code_has_its_row_and_its_place() -> None:
    rows = re.findall(
        r"^\| \[`([a-z-]+)`\]\(([a-z-]+\.md)#([a-z-]+)\) \| (\w+) \| (.*) \|$",
        (DOCS / "index.md").read_text("utf-8"),
        re.M,
    )
    assert [(code, severity, text) for code, _, _, severity, text in rows] == [
        (name, code.severity, code.description) for name, code in RULE_SET_CODES.items()
    ]
    for code, page, anchor, severity, _ in rows:
        text = (DOCS / page).read_text("utf-8")
        assert f"#{anchor} }}" in text
        assert f"`{code}` · {severity}" in text or f"{severity} `{code}`" in text


def test_every_code_is_shown_by_an_example() -> None:
    shown = {code for page in PAGES for code in re.findall(r"\[([a-z-]+)\]$", (DOCS / page).read_text("utf-8"), re.M)}
    assert set(RULE_SET_CODES) == shown
