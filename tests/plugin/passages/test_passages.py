"""Passages: what the build makes of them, wherever they stand, and what it says of their conditions."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from markdown import Markdown

from assessor.findings.finding import Finding
from mkdocs_assessor.extension import AssessorExtension
from mkdocs_assessor.page.page import Page, PageInput
from tests.support.sites import RULES, build, write_site

_EXTENSIONS = (
    "admonition",
    "attr_list",
    "def_list",
    "fenced_code",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.tabbed",
)
_BAR = re.compile(r'<div class="assessor assessor-passages".*?</assessor-passages>\n</div>\n?', re.DOTALL)
_LABEL = re.compile(
    r'<(div|span) class="assessor-when-label".*?</button>\n<span>(.*?)</span>\n.*?\n</\1>\n? ?', re.DOTALL
)
_PASSAGE = re.compile(
    r'<(div|span) class="assessor-when(?: assessor-when-inline)?" data-ruleset="commute" data-when="[^"]*">'
)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("rules") / "rules.py"
    file.write_text(RULES, encoding="utf-8")
    return file


def _render(rules: Path, markdown: str, extensions: Sequence[str] = _EXTENSIONS) -> tuple[str, list[Finding], Markdown]:
    extension = AssessorExtension(rules=str(rules))
    found: list[Finding] = []
    extension.announce(Page(PageInput("page.md", report=found.append)))
    parser = Markdown(extensions=[*extensions, extension])
    return parser.convert(markdown), found, parser


def _outline(html: str) -> str:
    """Return HTML with short marks for the parts of passages, and without the switch."""
    short = _LABEL.sub(r"[\2]", _BAR.sub("", html))
    short = _PASSAGE.sub(r"<\1 when>", short).replace(' class="assessor-when-text"', " text")
    return re.sub(r">\s+<", "><", re.sub(r"\s*\n\s*", " ", short)).replace("> ", ">").replace(" <", "<").strip()


_CYCLE = "[Applies if the result is “Cycle”.]"
_NESTINGS = {
    "blocks": (
        "<!-- assessor/when cycle -->\n\nOne **bold**.\n\nTwo.\n\n<!-- assessor/end -->\n\nAfter.",
        f"<div when>{_CYCLE}<div text><p>One<strong>bold</strong>.</p><p>Two.</p></div></div><p>After.</p>",
    ),
    "without blank lines": (
        "<!-- assessor/when cycle -->\nOne.\n<!-- assessor/end -->\nAfter.",
        f"<div when>{_CYCLE}<div text><p>One.</p></div></div><p>After.</p>",
    ),
    "across headings": (
        "## A\n\n<!-- assessor/when cycle -->\n\na\n\n## B\n\nb\n\n### C\n\n<!-- assessor/end -->\n\n## D",
        f'<h2 id="a">A</h2><div when>{_CYCLE}<div text><p>a</p><h2 id="b">B</h2><p>b</p><h3 id="c">C</h3></div></div>'
        '<h2 id="d">D</h2>',
    ),
    "nested": (
        "<!-- assessor/when cycle -->\n\na\n\n<!-- assessor/when rain=daily safe -->\n\nb\n\n<!-- assessor/end -->\n\n"
        "c\n\n<!-- assessor/end -->",
        f"<div when>{_CYCLE}<div text><p>a</p><div when>[Applies if either rain falls daily or your bicycle is safe.]"
        "<div text><p>b</p></div></div><p>c</p></div></div>",
    ),
    "a list item": (
        "- a\n\n    <!-- assessor/when cycle -->\n    b\n    <!-- assessor/end -->\n\n- c",
        f"<ul><li><p>a</p><div when>{_CYCLE}<div text><p>b</p></div></div></li><li><p>c</p></li></ul>",
    ),
    "a list item, with a blank line beside one comment": (
        "- a\n\n    b\n    <!-- assessor/when cycle -->\n\n    c *d*\n    <!-- assessor/end -->\n    e",
        f"<ul><li><p>a</p><p>b</p><div when>{_CYCLE}<div text><p>c<em>d</em></p></div></div><p>e</p></li></ul>",
    ),
    "a numbered list item": (
        "1. a\n\n    <!-- assessor/when cycle -->\n    b\n    <!-- assessor/end -->\n\n2. c",
        f"<ol><li><p>a</p><div when>{_CYCLE}<div text><p>b</p></div></div></li><li><p>c</p></li></ol>",
    ),
    "an attribute of a list item": (
        '- a\n- b\n{ when="cycle" }\n- c',
        f"<ul><li>a</li><li><div when>{_CYCLE}<div text>b</div></div></li><li>c</li></ul>",
    ),
    "a definition": (
        "a\n:   b\n\n    <!-- assessor/when cycle -->\n    c\n    <!-- assessor/end -->",
        f"<dl><dt>a</dt><dd><p>b</p><div when>{_CYCLE}<div text><p>c</p></div></div></dd></dl>",
    ),
    "a list": (
        "<!-- assessor/when cycle -->\n\n- a\n- b\n\n<!-- assessor/end -->",
        f"<div when>{_CYCLE}<div text><ul><li>a</li><li>b</li></ul></div></div>",
    ),
    "an admonition": (
        "!!! note\n    a\n\n    <!-- assessor/when cycle -->\n    b\n    <!-- assessor/end -->",
        f'<div class="admonition note"><p class="admonition-title">Note</p><p>a</p><div when>{_CYCLE}<div text><p>b</p>'
        "</div></div></div>",
    ),
    "a list item in an admonition, nested": (
        "!!! note\n    a\n\n    - b\n\n        <!-- assessor/when cycle -->\n        c\n\n"
        "        <!-- assessor/when lock -->\n        d\n        <!-- assessor/end -->\n        <!-- assessor/end -->",
        '<div class="admonition note"><p class="admonition-title">Note</p><p>a</p><ul><li><p>b</p>'
        f"<div when>{_CYCLE}<div text><p>c</p><div when>[Applies if you have a lock.]<div text><p>d</p></div></div>"
        "</div></div></li></ul></div>",
    ),
    "a whole admonition": (
        "<!-- assessor/when cycle -->\n\n!!! note\n    a\n\n<!-- assessor/end -->",
        f'<div when>{_CYCLE}<div text><div class="admonition note"><p class="admonition-title">Note</p><p>a</p></div>'
        "</div></div>",
    ),
    "md_in_html": (
        "<div markdown>\n<!-- assessor/when cycle -->\na\n<!-- assessor/end -->\n</div>",
        f"<div><div when>{_CYCLE}<div text><p>a</p></div></div></div>",
    ),
    "md_in_html, across headings": (
        "<div markdown>\n\n## A\n\n<!-- assessor/when cycle -->\n\n### B\n\nb\n\n<!-- assessor/end -->\n\n</div>",
        f'<div><h2 id="a">A</h2><div when>{_CYCLE}<div text><h3 id="b">B</h3><p>b</p></div></div></div>',
    ),
    "a footnote": (
        "a[^1]\n\n[^1]: b\n\n    <!-- assessor/when cycle -->\n    c\n    <!-- assessor/end -->",
        '<p>a<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p><div class="footnote"><hr /><ol>'
        f'<li id="fn:1"><p>b</p><div when>{_CYCLE}<div text><p>c</p></div></div><p>&#160;<a class="footnote-backref" '
        'href="#fnref:1" title="Jump back to footnote 1 in the text">&#8617;</a></p></li></ol></div>',
    ),
    "a block quote": (
        "> <!-- assessor/when cycle -->\n> a\n> <!-- assessor/end -->",
        f"<blockquote><div when>{_CYCLE}<div text><p>a</p></div></div></blockquote>",
    ),
    "a line": (
        "a <!-- assessor/when cycle -->*b* c<!-- assessor/end --> d",
        "<p>a<span when>[(if the result is “Cycle”)]<span text><em>b</em>c</span></span>d</p>",
    ),
    "a line, at its start": (
        "a or\n<!-- assessor/when cycle -->*b*<!-- assessor/end --> c\n\nd",
        "<p>a or<span when>[(if the result is “Cycle”)]<span text><em>b</em></span></span>c</p><p>d</p>",
    ),
    "a line, from the start of a paragraph": (
        "<!-- assessor/when cycle -->a<!-- assessor/end --> b\n<!-- assessor/when lock -->c<!-- assessor/end -->\n\nd",
        "<p><span when>[(if the result is “Cycle”)]<span text>a</span></span>b<span when>[(if you have a lock)]"
        "<span text>c</span></span></p><p>d</p>",
    ),
    "a line, after another comment": (
        "<!-- todo --> a <!-- assessor/when cycle -->b<!-- assessor/end --> c\n\nd",
        "<p><!-- todo -->a<span when>[(if the result is “Cycle”)]<span text>b</span></span>c</p><p>d</p>",
    ),
    "some lines of a paragraph": (
        "a\n<!-- assessor/when cycle -->b\nc\n<!-- assessor/end --> d\n\ne",
        "<p>a<span when>[(if the result is “Cycle”)]<span text>b c</span></span>d</p><p>e</p>",
    ),
    "a whole paragraph in a line": (
        "<!-- assessor/when cycle -->a *b*<!-- assessor/end -->\n\nc",
        f"<div when>{_CYCLE}<div text><p>a<em>b</em></p></div></div><p>c</p>",
    ),
    "nothing": (
        "<!-- assessor/when cycle --><!-- assessor/end -->\n\na",
        f"<div when>{_CYCLE}<div text><p></p></div></div><p>a</p>",
    ),
    "md_in_html, in a line": (
        "<div markdown>\n<!-- assessor/when cycle -->a<!-- assessor/end --> b\n</div>",
        "<div><p><span when>[(if the result is “Cycle”)]<span text>a</span></span>b</p></div>",
    ),
    "a cell that starts a line": (
        "a | b\n--|--\n<!-- assessor/when cycle -->c<!-- assessor/end --> | d",
        "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td><span when>[(if the result is “Cycle”)]"
        "<span text>c</span></span></td><td>d</td></tr></tbody></table>",
    ),
    "a line, nested": (
        "a <!-- assessor/when cycle -->b <!-- assessor/when lock -->c<!-- assessor/end --> d<!-- assessor/end -->",
        "<p>a<span when>[(if the result is “Cycle”)]<span text>b<span when>[(if you have a lock)]<span text>c</span>"
        "</span>d</span></span></p>",
    ),
    "a whole table": (
        "<!-- assessor/when cycle -->\n\n| a |\n|---|\n| b |\n\n<!-- assessor/end -->",
        f"<div when>{_CYCLE}<div text><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody>"
        "</table></div></div>",
    ),
    "a cell": (
        "| a |\n|---|\n| b <!-- assessor/when cycle -->c<!-- assessor/end --> |",
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b<span when>[(if the result is “Cycle”)]<span text>c"
        "</span></span></td></tr></tbody></table>",
    ),
    "an attribute of a paragraph": (
        'a\n{ when="cycle" }\n\nb',
        f"<div when>{_CYCLE}<div text><p>a</p></div></div><p>b</p>",
    ),
    "an attribute of a heading, with its section": (
        '## A { #own when="cycle" }\n\na\n\n### B\n\nb\n\n## C\n\nc',
        f'<div when>{_CYCLE}<div text><h2 id="own">A</h2><p>a</p><h3 id="b">B</h3><p>b</p></div></div>'
        '<h2 id="c">C</h2><p>c</p>',
    ),
    "an attribute of a cell": (
        '| a |\n|---|\n| b { when="cycle" } |',
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td><span when>[(if the result is “Cycle”)]<span text>b"
        "</span></span></td></tr></tbody></table>",
    ),
    "an attribute of words": (
        'a *b*{ when="cycle" } c',
        "<p>a<span when>[(if the result is “Cycle”)]<span text><em>b</em></span></span>c</p>",
    ),
    "an attribute of HTML": (
        '<section markdown when="cycle">\n\na\n\n</section>',
        f"<div when>{_CYCLE}<div text><section><p>a</p></section></div></div>",
    ),
    "code at the start of a line": (
        "```\n<!-- assessor/when cycle -->a<!-- assessor/end --> b\n```",
        "<pre><code>&lt;!-- assessor/when cycle --&gt;a&lt;!-- assessor/end --&gt; b</code></pre>",
    ),
    "code": ("`<!-- assessor/when cycle -->`", "<p><code>&lt;!-- assessor/when cycle --&gt;</code></p>"),
}


@pytest.mark.parametrize(("markdown", "expected"), _NESTINGS.values(), ids=_NESTINGS)
def test_nesting(rules: Path, markdown: str, expected: str) -> None:
    rendered, found, _ = _render(rules, markdown)
    assert _outline(rendered) == expected
    assert found == []


def test_a_tab(rules: Path) -> None:
    markdown = '=== "One"\n\n    <!-- assessor/when cycle -->\n    a\n    <!-- assessor/end -->\n\n=== "Two"\n\n    b'
    rendered, found, _ = _render(rules, markdown)
    assert f'<div class="tabbed-content"><div when>{_CYCLE}<div text><p>a</p></div></div></div>' in _outline(rendered)
    assert found == []


def test_the_label_says_the_condition_and_leads_to_the_questions(rules: Path) -> None:
    rendered, _, _ = _render(
        rules, "<!-- assessor/checklist -->\n\n<!-- assessor/when bus -->\na\n<!-- assessor/end -->"
    )
    label = rendered[rendered.index('<div class="assessor-when"') :]
    assert label == (
        '<div class="assessor-when" data-ruleset="commute" data-when="[[0,-1,-2],[2,-2,1],[1,1,-2]]">'
        '<div class="assessor-when-label" lang="en">\n'
        '<button type="button" hidden></button>\n'
        "<span>Applies if the result is “Take the bus”.</span>\n"
        '<span>This depends on: <a href="#assessor--rain">How often does it rain?</a>; '
        '<a href="#assessor--far">your way</a>; <a href="#assessor--bicycle">Do you own a bicycle?</a></span>\n'
        '</div><div class="assessor-when-text">\n<p>a</p>\n</div></div>'
    )


def test_more_than_three_questions_are_cut_short(rules: Path) -> None:
    rendered, _, _ = _render(rules, "<!-- assessor/when cycle safe -->\na\n<!-- assessor/end -->")
    assert rendered.partition("This depends on:")[2].count("</a>") == 3
    assert "; …</span>" in rendered


def test_headings_keep_their_place_in_the_contents(rules: Path) -> None:
    markdown = "## A\n\n<!-- assessor/when cycle -->\n\n### B\n\n<!-- assessor/end -->"
    _, _, parser = _render(rules, markdown)
    (first,) = parser.toc_tokens  # type: ignore[attr-defined]  # of the extension toc
    assert [each["id"] for each in first["children"]] == ["b"]


def test_one_switch_a_page_brings_the_script_and_the_rules(rules: Path) -> None:
    passage = "<!-- assessor/when cycle -->\na\n<!-- assessor/end -->\n"
    rendered, _, _ = _render(rules, f"a\n\n- b\n\n    {passage.replace(chr(10), chr(10) + '    ')}\n\n{passage}")
    assert rendered.count("<assessor-passages") == rendered.count("<template data-assessor") == 1
    assert rendered.count("data-phrases=") == rendered.count("<script") == rendered.count("<style") == 1
    # It stands before the list, not in it.
    assert rendered.index("<assessor-passages") < rendered.index("<ul>")


def test_a_page_without_passages_gets_nothing(rules: Path) -> None:
    rendered, _, _ = _render(rules, "a when=b\n\n<!-- assessor/rules -->")
    assert "<assessor-passages" not in rendered


def test_an_unknown_name_shows_its_message_and_the_text(rules: Path) -> None:
    rendered, (finding,), _ = _render(rules, "<!-- assessor/when cylce -->\na\n<!-- assessor/end -->")
    assert finding.code == "unknown-name"
    assert "nothing named 'cylce'. Did you mean 'cycle'?" in html.unescape(rendered)
    assert "<p>a</p>" in rendered
    assert "data-when" not in rendered


def test_comments_that_markdown_moves_are_refused(rules: Path) -> None:
    rendered, found, _ = _render(
        rules, "<div>a</div> b <!-- assessor/when cycle -->c<!-- assessor/end --> d\n\nThe rest."
    )
    assert [each.code for each in found] == ["misplaced-slot", "misplaced-slot"]
    assert "data-when" not in rendered


def test_an_attribute_without_a_name_is_an_error(rules: Path) -> None:
    _, (finding,), _ = _render(rules, "a\n{ when= }")
    assert finding.code == "unknown-name"


def test_html_in_an_attribute_is_named_as_written(rules: Path) -> None:
    _, (finding,), _ = _render(rules, 'a\n{ when="<b>cycle" }')
    assert "nothing named '<b>cycle'" in finding.message


_OPPOSITES = """\
<!-- assessor/when safe -->
a
<!-- assessor/end -->
<!-- assessor/when lock=no -->
b
<!-- assessor/end -->
"""


def test_a_gap_has_a_witness(rules: Path) -> None:
    _, (finding,), _ = _render(rules, _OPPOSITES)
    assert (finding.code, finding.witness) == ("passage-gap", {"lock": True, "lamp": False})
    assert "With these answers, none of them applies:" in str(finding)


def test_a_gap_is_one_within_the_passage_around_it(rules: Path) -> None:
    _, found, _ = _render(rules, f"<!-- assessor/when safe lock=no -->\n{_OPPOSITES}\n<!-- assessor/end -->")
    assert found == []


@pytest.mark.slow
def test_a_page_without_a_checklist_leads_to_the_one_of_another(tmp_path: Path) -> None:
    pages = {
        "index.md": "# Home\n\n## Weather\n\n<!-- assessor/checklist -->\n",
        "deep/page.md": "# Page\n\n<!-- assessor/when rain=daily -->\nTake a coat.\n<!-- assessor/end -->\n",
        "rules.py": RULES,
    }
    config = write_site(tmp_path, pages) / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("plugins:", "plugins:\n  - search"), "utf-8")
    built = build(tmp_path, "--strict")
    assert built.exit_code == 0, built.log
    page = (tmp_path / "site/deep/page/index.html").read_text("utf-8")
    assert '<a href="../../#assessor--rain">How often does it rain?</a>' in page
    assert page.count("<script defer src=") == 1
    # The search finds the text with its condition.
    index = (tmp_path / "site/search/search_index.json").read_text("utf-8")
    assert "Applies if rain falls daily. This depends on: How often does it rain? Take a coat." in index.replace(
        "\\n", " "
    )
