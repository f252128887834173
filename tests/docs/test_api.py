"""The page of the Python API is what `make api` writes."""

from __future__ import annotations

import re

import assessor
from tools import api

PAGE = api.PAGE.read_text(encoding="utf-8")


def test_the_page_is_up_to_date() -> None:
    assert api.page() == PAGE, "docs/api.md is not what the docstrings say: run 'make api'"


def test_every_public_name_has_its_place() -> None:
    assert sorted(re.findall(r"^### (\w+)$", PAGE, re.MULTILINE)) == sorted(assessor.__all__)


def test_what_a_call_takes_is_explained() -> None:
    """A parameter that no list of its entry names would be a riddle."""
    entries = dict(zip(*[iter(re.split(r"^### (\w+)\n", PAGE, flags=re.MULTILINE)[1:])] * 2, strict=True))
    assert "- `source`: The URL of the page" in entries["Fact"]
    assert "reference: str, base: Path | None = None" in entries["load_ruleset"]
    assert "ForwardRef" not in PAGE
    assert "object at 0x" not in PAGE
