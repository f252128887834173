"""Every page of the docs is in the navigation, says whom it is for, and is listed by its tab's overview."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from tests.support.doc_pages import source
from tests.support.paths import ROOT

_DOCS = ROOT / "docs"
_PAGES = sorted(path.relative_to(_DOCS).as_posix() for path in _DOCS.rglob("*.md"))

# Sections of the former page "Reference"; people have linked to them.
_FORMER_ANCHORS = [
    "slots",
    "links",
    "several-rule-sets",
    "configuration",
    "the-rule-set-as-json",
    "commands",
    "answers",
    "links-that-carry-answers",
    "decision-records",
    "what-the-page-tells-a-site",
    "what-an-assessment-says",
    "themes-and-generators",
    "browsers",
]

_MOST_WORDS = 1200
# Pages that are longer, and why a reader is better off with one page.
_LONG = {
    "index.md": "the guide itself, of which each reader reads the passages that apply",
    "how-it-decides.md": "one line of thought, from rules to proof",
    "build-your-own.md": "a tutorial from an empty file to a whole guide",
    "from-a-spreadsheet.md": "a round trip that a reader follows from start to end",
    "reviewing.md": "the whole report that a reviewer gets, explained beside it",
    "rule-sets.md": "one example with every part of a rule set",
    "slots-and-links.md": "what an author writes in a page, to look up",
    "generators.md": "set-ups side by side, and the messages of the doctor",
    "commands.md": "an entry for each command, to look up",
    "checks/questions.md": "an entry for each code, to which messages lead",
    "checks/wording.md": "an entry for each code, to which messages lead",
    "diagnostics.md": "an entry for each code, to which messages lead",
    "api-assess.md": "written from docstrings, to look up",
    "api-facts.md": "written from docstrings, to look up",
    "api-rules.md": "written from docstrings, to look up",
}


def _pages(entry: Any) -> Iterator[str]:
    """Yield the pages below an entry of the navigation."""
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, dict):
        for below in entry.values():
            yield from _pages(below)
    else:
        for below in entry:
            yield from _pages(below)


def _nav() -> dict[str, list[Any]]:
    """Return the entries of each tab."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (nav,) = re.findall(r"^nav:\n(?:[ ]+.*\n)+", text, re.MULTILINE)
    return {tab: entries for each in yaml.safe_load(nav)["nav"] for tab, entries in each.items()}


def test_every_page_is_in_one_tab() -> None:
    assert list(_nav()) == ["The guide", "Make your own", "Reference"]
    assert sorted(_pages(list(_nav().values()))) == _PAGES


@pytest.mark.parametrize("page", _PAGES)
def test_a_page_says_first_whom_it_is_for(page: str) -> None:
    title, start, *_ = re.split(r"\n\n+", source(page))
    assert title.startswith("# ")
    assert start.startswith("For ")
    assert len(start) <= 400


def test_a_page_is_short_unless_there_is_a_reason() -> None:
    assert sorted(_LONG) == [page for page in _PAGES if len(source(page).split()) > _MOST_WORDS]


@pytest.mark.parametrize("tab", ["Make your own", "Reference"])
def test_an_overview_leads_to_each_entry_of_its_tab(tab: str) -> None:
    overview, *entries = (next(_pages(entry)) for entry in _nav()[tab])
    linked = re.findall(r"\]\(([a-z/-]+\.md)[#)]", source(overview))
    assert [entry for entry in entries if entry not in linked] == []


def test_the_reference_keeps_the_anchors_that_it_had() -> None:
    assert [anchor for anchor in _FORMER_ANCHORS if f"{{ #{anchor} }}" not in source("reference.md")] == []
