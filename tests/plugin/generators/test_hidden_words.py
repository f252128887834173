"""What is not true of a reader without answers is in no search index and in no text that plugins make of a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assessor.language.words import english
from tests.support.sites import build, write_site

_PAGE = """\
# A guide

<!-- assessor/when cycle -->
Only for those who cycle.
<!-- assessor/end -->

<!-- assessor/checklist -->

<!-- assessor/rules -->

<!-- assessor/plan -->
"""
_CONFIG = """\
site_name: Hidden
theme: {name: %s}
hooks: [text_of_pages.py]
plugins: [search, assessor: {rules: rules.py}]
"""
# As plugins do that write a page as text, such as mkdocs-llmstxt: of all elements, and in this event.
_HOOK = """\
from html.parser import HTMLParser
from pathlib import Path

class Text(HTMLParser):
    text = ""
    def handle_data(self, data):
        self.text += data

def on_page_content(html, page, config, files):
    reader = Text()
    reader.feed(html)
    Path(config.docs_dir).parent.joinpath("seen.txt").write_text(reader.text, encoding="utf-8")
"""
_WORDS = english()
_UNTRUE = [
    _WORDS[key].split("{")[0]
    for key in ("settled", "link_unreadable", "storage_off", "ruled_out", "no_script", "state_irrelevant", "gaps_first")
]


@pytest.fixture(scope="module", params=["mkdocs", "material"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hidden")
    files = {"index.md": _PAGE, "mkdocs.yml": _CONFIG % request.param, "text_of_pages.py": _HOOK}
    built = build(write_site(folder, files))
    assert built.exit_code == 0, built.log
    return folder


def _found_in(text: str) -> list[str]:
    return [words for words in _UNTRUE if words in text]


def test_the_page_itself_has_them(folder: Path) -> None:
    page = (folder / "site/index.html").read_text("utf-8")
    assert _found_in(page) == _UNTRUE
    assert "assessor-set-aside" not in page


def test_a_text_that_a_plugin_makes_of_the_page_has_none(folder: Path) -> None:
    text = (folder / "seen.txt").read_text("utf-8")
    assert _found_in(text) == []
    for said in ("How often does it rain?", "Only for those who cycle.", "Hardly ever", "A dry seat beats a long way."):
        assert said in text


def test_the_search_index_has_none(folder: Path) -> None:
    index = json.loads((folder / "site/search/search_index.json").read_text("utf-8"))["docs"]
    text = "\n".join(f"{entry['title']}\n{entry['text']}" for entry in index)
    assert _found_in(text) == []
    assert "How often does it rain?" in text


def test_no_entry_of_the_search_index_is_empty(folder: Path) -> None:
    index = json.loads((folder / "site/search/search_index.json").read_text("utf-8"))["docs"]
    assert [entry["location"] for entry in index if not entry["title"].strip()] == []
    assert [entry["location"] for entry in index if "result" in entry["location"]] == []
