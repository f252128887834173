"""The address of each code leads to a section of the docs."""

from __future__ import annotations

import re

import pytest

from assessor.findings.codes import CODES, DOCS, docs_url
from tests.support.doc_pages import source
from tests.support.paths import ROOT


def test_pages_are_published_under_their_names() -> None:
    assert "\nuse_directory_urls: false\n" in (ROOT / "mkdocs.yml").read_text("utf-8")


@pytest.mark.parametrize("code", CODES)
def test_it_leads_to_the_section_about_the_code(code: str) -> None:
    # mike publishes each version in a folder, and "latest" is the newest one.
    assert DOCS.endswith("/latest/")
    page, anchor = docs_url(code).removeprefix(DOCS).split(".html#")
    text = source(f"{page}.md")
    assert re.search(rf"^#+ `{anchor}`$|{{ #{anchor} }}$", text, re.MULTILINE)
    assert f"`{code}`" in text
