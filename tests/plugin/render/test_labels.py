"""Code and emphasis in the texts of a rule set: markup wherever HTML is written, plain elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from markdown import Markdown

from mkdocs_assessor.extension import AssessorExtension
from mkdocs_assessor.page.page import Page, PageInput
from mkdocs_assessor.render.guide import Guide
from mkdocs_assessor.render.guides import Guides
from tests.support.assessor.marked import marked_ruleset
from tests.support.plugin.html_pages import read

_PAGE = """\
[](question:locked), [](outcome:first), [](rule:when-both), [](estimate:one), [](case:story)

<!-- assessor/when first -->
Only then.
<!-- assessor/end -->

"""
_SLOTS = ("checklist", "question locked", "rules", "outcomes", "facts", "cases", "plan", "diagram")
_MARKS = re.compile(r"`|\*\*?\w")
# Texts that the script reads; it shows the marks as markup, and a copied task is Markdown.
_OF_THE_SCRIPT = {"data-phrases", "data-record", "data-announce", "data-said"}


@pytest.fixture(scope="module")
def page() -> Element:
    """A page with every slot, links and a passage."""
    extension = AssessorExtension()
    extension.guides = Guides({"": Guide.of(marked_ruleset())})
    extension.announce(Page(PageInput(asset_url=lambda asset: asset.name)))
    slots = "\n\n".join(f"<!-- assessor/{slot} -->" for slot in _SLOTS)
    return read(Markdown(extensions=[extension]).convert(_PAGE + slots))


def _in_html(root: Element) -> Iterator[Element]:
    """Yield each element with its text, but not those of drawings."""
    for child in root:
        if child.tag != "svg":
            yield child
            yield from _in_html(child)


def test_no_mark_is_shown(page: Element) -> None:
    assert not _MARKS.search("".join(page.itertext()))


def test_no_attribute_that_is_read_aloud_has_marks(page: Element) -> None:
    found = {(name, value) for each in page.iter() for name, value in each.items() if _MARKS.search(value)}
    assert {name for name, _ in found} <= _OF_THE_SCRIPT


def test_code_stands_wherever_a_text_has_it(page: Element) -> None:
    """Beside each piece of HTML in code, there is no other: all of it is in `code`, and none of it is an element."""
    codes = [each for each in _in_html(page) if each.tag == "code"]
    assert all("".join(code.itertext()) == "<b>" for code in codes)
    assert not [each for each in page.iter() if each.tag == "b"]
    drawn = sum("".join(each.itertext()).count("<b>") for each in page.iter("svg"))
    assert len(codes) == "".join(page.itertext()).count("<b>") - drawn


def test_emphasis_stands_wherever_a_text_has_it(page: Element) -> None:
    marked = [each for each in _in_html(page) if each.tag == "em"]
    assert {each.text for each in marked} == {"well"}
    assert len(marked) == len([each for each in _in_html(page) if each.tag == "code"])


def test_a_link_in_a_label_becomes_text() -> None:
    guide = Guide.of(marked_ruleset())
    label, inline = guide.environment.filters["label"], guide.environment.filters["inline"]
    assert label("See [the *docs*](https://example.org)") == "See <span>the <em>docs</em></span>"
    assert inline("See [it](https://example.org)") == 'See <a href="https://example.org">it</a>'


@pytest.mark.parametrize("text", ["__init__.py and _x_", "2 * 3 * 4", "a <b>b</b>", "R&D", r"5\* hotel"])
def test_what_is_no_markup_stays(text: str) -> None:
    label = Guide.of(marked_ruleset()).environment.filters["label"]
    assert "".join(read(label(text)).itertext()) == text.replace("\\", "")
