"""The address of each code leads to a section of the docs."""

from __future__ import annotations

import re

import pytest

from assessor.findings.codes import CODES, DOCS, docs_url
from tests.support.doc_pages import source


@pytest.mark.parametrize("code", CODES)
def test_it_leads_to_the_section_about_the_code(code: str) -> None:
    page, anchor = docs_url(code).removeprefix(DOCS).split("/#")
    text = source(f"{page}.md")
    assert re.search(rf"^#+ `{anchor}`$|{{ #{anchor} }}$", text, re.MULTILINE)
    assert f"`{code}`" in text
