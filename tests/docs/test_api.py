"""The pages of the Python API are what `make api` writes."""

from __future__ import annotations

import re

import assessor
from tools import api

PAGES = {path.name: path.read_text(encoding="utf-8") for path in api.DOCS.glob("api*.md")}
TEXT = "".join(PAGES.values())


def test_the_pages_are_up_to_date() -> None:
    assert api.pages() == PAGES, "docs/api*.md are not what the docstrings say: run 'make api'"


def test_every_public_name_has_its_place() -> None:
    assert sorted(re.findall(r"^### (\w+)$", TEXT, re.MULTILINE)) == sorted(assessor.__all__)


def test_the_overview_leads_to_every_name() -> None:
    links = re.findall(r"\[`(\w+)`\]\(([a-z-]+\.md)#(\w+)\)\{ #(\w+) \}", PAGES["api.md"])
    assert sorted(name for name, *_ in links) == sorted(assessor.__all__)
    for name, page, anchor, former in links:
        assert anchor == former == name.lower()
        assert f"\n### {name}\n" in PAGES[page]


def test_what_a_call_takes_is_explained() -> None:
    """A parameter that no list of its entry names would be a riddle."""
    entries = dict(zip(*[iter(re.split(r"^### (\w+)\n", TEXT, flags=re.MULTILINE)[1:])] * 2, strict=True))
    assert "- `source`: The URL of the page" in entries["Fact"]
    assert "reference: str, base: Path | None = None" in entries["load_ruleset"]
    assert "ForwardRef" not in TEXT
    assert "object at 0x" not in TEXT
