"""`fact:` links: the value in the prose, and what is said when prose and fact disagree."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from tests.support.plugin.html_pages import by_class, read, text_of
from tests.support.sites import CONFIG, RULES, Warned, build, build_page, write_site

_PLACES = {
    "a paragraph": "It is [](fact:cycled) long.",
    "with a title": 'It is [](fact:cycled "ours") long.',
    "with angle brackets": "It is [](<fact:cycled>) long.",
    "emphasis": "It is **[](fact:cycled)** long.",
    "a list": "- one\n- [](fact:cycled)\n    1. nested",
    "a table": "| a | b |\n|---|---|\n| [](fact:cycled) | c |",
    "a heading": "## As far as [](fact:cycled)",
    "an admonition": "!!! note\n    About [](fact:cycled).",
    "an admonition's own title": '!!! note "About [](fact:cycled)"\n    text',
    "a block quote": "> [](fact:cycled)",
    "md_in_html": "<div markdown>\n[](fact:cycled)\n</div>",
    "tabs": '=== "One"\n\n    [](fact:cycled)',
    "a footnote": "Text.[^1]\n\n[^1]: About [](fact:cycled).",
    "reference style": "It is [5 km][way] long.\n\n[way]: fact:cycled",
    "short reference style": "It is [5 km] long.\n\n[5 km]: fact:cycled",
}


def _fact_links(page: Element) -> list[Element]:
    return by_class(page, "assessor-fact")


class TestValues:
    @pytest.mark.parametrize("markdown", _PLACES.values(), ids=_PLACES)
    def test_in(self, tmp_path: Path, markdown: str) -> None:
        built = build_page(tmp_path, f"# Title\n\n{markdown}\n", "--strict")
        assert built.exit_code == 0, built.log
        page = read(built.page())
        (link,) = (each for each in _fact_links(page) if each.tag == "a")
        assert text_of(link) == "5 km"
        assert link.get("href") == "https://example.org/cycled"
        assert link.get("title") == "Source: https://example.org/cycled, checked 1 March 2026"
        assert [each.get("href") for each in page.iter("a") if "fact:" in each.get("href", "")] == []

    def test_every_kind_of_value(self, tmp_path: Path) -> None:
        built = build_page(tmp_path, "# Title\n\n[](fact:fare), [](fact:law)\n", "--strict")
        assert [text_of(link) for link in _fact_links(read(built.page()))] == [
            "1,200 EUR per year",
            "no helmet is required",
        ]

    def test_an_image_in_the_link_stays(self, tmp_path: Path) -> None:
        built = build_page(tmp_path, "# Title\n\n[![](https://example.org/way.png)](fact:cycled)\n", "--strict")
        (link,) = _fact_links(read(built.page()))
        assert [child.tag for child in link] == ["img"]
        assert text_of(link) == "5 km"

    def test_hostile_value(self, tmp_path: Path) -> None:
        pages = {"index.md": "# Title [](fact:law)\n\n[](fact:law)\n"}
        rules = write_site(tmp_path, pages) / "rules.py"
        rules.write_text(
            rules.read_text("utf-8").replace("no helmet is required", "<img onerror=x> & *b* `c`"), "utf-8"
        )
        page = read(build(tmp_path, "--strict").page())
        assert {text_of(link) for link in _fact_links(page)} == {"<img onerror=x> & *b* `c`"}
        assert list(page.iter("img")) == []

    @pytest.mark.parametrize("theme", ["mkdocs", "material"])
    def test_titles_and_tables_of_contents(self, tmp_path: Path, theme: str) -> None:
        pages = {
            "index.md": "# Title\n",
            "far.md": "# Up to [](fact:cycled)\n\n## Bus: [](fact:fare)\n\ntext\n",
            "mkdocs.yml": CONFIG.replace("theme: mkdocs", f"theme: {{name: {theme}, font: false}}").replace(
                "plugins:", "plugins:\n  - search"
            ),
        }
        built = build(write_site(tmp_path, pages), "--strict")
        assert built.exit_code == 0, built.log
        page = read(built.page("far/index.html"))
        (title,) = (each for each in page.iter("title"))
        assert "Up to 5 km - A test" in "".join(title.itertext())
        assert "Up to 5 km" in [text_of(link) for link in read(built.page()).iter("a") if link.get("href") == "far/"]
        toc = [text_of(link) for link in page.iter("a") if link.get("href") == "#bus-1200-eur-per-year"]
        assert "Bus: 1,200 EUR per year" in toc
        found = json.loads((built.folder / "search/search_index.json").read_text("utf-8"))["docs"]
        assert {"Up to 5 km", "Bus: 1,200 EUR per year"} <= {entry["title"] for entry in found}

    @pytest.mark.parametrize(
        "text",
        [
            "5 km",
            "about 5 kilometres",
            "**5** km",
            "5&nbsp;km",
            "from 3 to 8, mostly 5 km",
            "5.0 km",
            "“5 km”",
            "5\\.0",
        ],
    )
    def test_agreeing_text_stays(self, tmp_path: Path, text: str) -> None:
        built = build_page(tmp_path, f"# Title\n\n[{text}](fact:cycled)\n", "--strict")
        assert built.exit_code == 0, built.log
        (link,) = _fact_links(read(built.page()))
        plain = text.replace("*", "").replace("&nbsp;", " ").replace("\\", "")
        assert text_of(link) == plain

    def test_agreeing_text_with_curly_quotes(self, tmp_path: Path) -> None:
        config = CONFIG.replace("[admonition", "[smarty, admonition")
        files = {"index.md": '# Title\n\n["5 km" -- it\'s said...](fact:cycled)\n', "mkdocs.yml": config}
        built = build(write_site(tmp_path, files), "--strict")
        assert built.exit_code == 0, built.log
        assert [text_of(link) for link in _fact_links(read(built.page()))] == ["“5 km” – it’s said…"]

    def test_agreeing_large_number_and_statement(self, tmp_path: Path) -> None:
        text = "[1,200 a year](fact:fare) [1200](fact:fare) [No helmet is required here](fact:law)"
        built = build_page(tmp_path, f"# Title\n\n{text}\n", "--strict")
        assert built.exit_code == 0, built.log

    def test_negative_number(self, tmp_path: Path) -> None:
        rules = RULES.replace('"cycled", 5, "km"', '"cycled", -5, "km"').replace("low=3, high=8", "low=-8, high=-3")
        rules = rules.replace("default=cycled,", "").replace("far < cycled", "far < 5")
        text = "[](fact:cycled), [-5 km](fact:cycled), [from −8 to −3, say −5](fact:cycled)\n\n[5 km](fact:cycled)\n"
        built = build(write_site(tmp_path, {"index.md": text, "rules.py": rules}))
        assert built.exit_code == 0, built.log
        assert text_of(_fact_links(read(built.page()))[0]) == "-5 km"
        assert [(each.line, each.code) for each in built.warnings] == [(3, "drifted-fact")]

    @pytest.mark.parametrize(
        "code",
        ["`[9 km](fact:cycled)`", "    [9 km](fact:cycled)", "```\n[9 km](fact:cycled)\n[](fact:nothing)\n```"],
        ids=["inline", "indented", "fenced"],
    )
    def test_code_is_left_alone(self, tmp_path: Path, code: str) -> None:
        built = build_page(tmp_path, f"# Title\n\n{code}\n", "--strict")
        assert built.exit_code == 0, built.log
        page = read(built.page())
        assert "[9 km](fact:cycled)" in " ".join(text_of(each) for each in page.iter("code"))
        assert _fact_links(page) == []

    def test_other_links_are_left_alone(self, tmp_path: Path) -> None:
        built = build_page(tmp_path, "# Title\n\n[9 km](https://example.org/fact:cycled) [](#title)\n", "--strict")
        assert built.exit_code == 0, built.log
        assert _fact_links(read(built.page())) == []


_DRIFT = {
    "another number": ("[9 km](fact:cycled)", "the text '9 km' says 9, but fact 'cycled' is '5 km'"),
    "one number too many": ("[5 of 9 km](fact:cycled)", "the text '5 of 9 km' says 9, but fact 'cycled' is '5 km'"),
    "no number": ("[not far](fact:cycled)", "the text 'not far' lacks the value of fact 'cycled', '5 km'"),
    "a bound alone": ("[3 km](fact:cycled)", "the text '3 km' says 3, but fact 'cycled' is '5 km'"),
    "near the value": ("[5.1 km](fact:fare)", "the text '5.1 km' says 5.1, but fact 'fare' is '1,200 EUR per year'"),
    "a number in bold": ("[**9** km](fact:cycled)", "the text '9 km' says 9, but fact 'cycled' is '5 km'"),
    "another statement": (
        "[a helmet is required](fact:law)",
        "the text 'a helmet is required' does not say what fact 'law' says, 'no helmet is required'",
    ),
}


class TestDrift:
    @pytest.mark.parametrize("case", _DRIFT)
    def test_said(self, tmp_path: Path, case: str) -> None:
        link, message = _DRIFT[case]
        built = build_page(tmp_path, f"# Title\n\ntext\n\nIt is {link}.\n")
        (warned,) = built.warnings
        assert (warned.path, warned.line, warned.code) == ("index.md", 5, "drifted-fact")
        assert warned.text.startswith(f"{message}; write [](fact:")

    def test_strict_fails(self, tmp_path: Path) -> None:
        built = build_page(tmp_path, "# Title\n\n[9 km](fact:cycled)\n", "--strict")
        assert built.exit_code == 1
        assert "Aborted with 1 warnings in strict mode!" in built.log

    def test_changed_fact(self, tmp_path: Path) -> None:
        """The very promise: a page that agreed is refused once the fact has another value."""
        folder = write_site(tmp_path, {"index.md": "# Title\n\n[1,200 EUR](fact:fare)\n"})
        assert build(folder, "--strict").exit_code == 0
        rules = folder / "rules.py"
        rules.write_text(rules.read_text("utf-8").replace("1200", "1300"), "utf-8")
        built = build(folder, "--strict")
        assert built.exit_code == 1
        assert [(each.line, each.code) for each in built.warnings] == [(3, "drifted-fact")]

    @pytest.mark.parametrize(
        ("link", "shown"),
        [
            ("[](fact:cicled)", "there is no fact 'cicled'. Did you mean 'cycled'?"),
            ("[9 **km**](fact:cicled)", "9 km"),
            ("[](fact:)", "there is no fact ''. Known: 'cycled', 'fare', 'law'."),
        ],
        ids=["empty", "with text", "no id"],
    )
    def test_unknown_fact(self, tmp_path: Path, link: str, shown: str) -> None:
        built = build_page(tmp_path, f"# Title\n\nIt is {link} long.\n")
        (warned,) = built.warnings
        assert (warned.path, warned.line, warned.code) == ("index.md", 3, "unknown-fact")
        assert warned.text.startswith("there is no fact")
        page = read(built.page())
        (mistake,) = by_class(page, "assessor-mistake")
        assert text_of(mistake) == shown
        assert f"It is {shown} long." in text_of(page)
        assert "fact:" not in built.page()

    def test_unknown_fact_fails_strict(self, tmp_path: Path) -> None:
        built = build_page(tmp_path, "# Title\n\n[](fact:cicled)\n", "--strict")
        assert built.exit_code == 1
        assert built.warnings == [
            Warned("index.md", 3, "unknown-fact", "there is no fact 'cicled'. Did you mean 'cycled'?")
        ]


class TestLines:
    @pytest.mark.parametrize(
        "above",
        [
            "---\ntitle: T\n---\n\n\n",
            "# Title\n\n```\n[9 km](fact:cycled)\n```\n\n",
            "# Title\n\nNot `[9 km](fact:cycled)` but\n",
            "# Title\n\nRight: [5 km](fact:cycled) and [](fact:cycled)\n",
            "# Title [](fact:cycled)\n\nRight: **[5 km](fact:cycled)**\n\n- [](fact:cycled)\n\n",
            "# Title\n\nRight: [1,200](fact:fare)\n\n",
        ],
        ids=["front matter", "fence", "inline code", "after right ones", "after nested ones", "after another"],
    )
    def test_line(self, tmp_path: Path, above: str) -> None:
        built = build_page(tmp_path, f"{above}It is [9 km](fact:cycled)\n")
        assert [(each.line, each.code) for each in built.warnings] == [(above.count("\n") + 1, "drifted-fact")]

    def test_id_that_another_starts_with(self, tmp_path: Path) -> None:
        built = build_page(tmp_path, "# Title\n\n[](fact:cycled-on)\n\n[9](fact:cycled)\n")
        assert [(each.line, each.code) for each in built.warnings] == [(3, "unknown-fact"), (5, "drifted-fact")]

    def test_reference_style_gives_the_line_of_the_link(self, tmp_path: Path) -> None:
        built = build_page(tmp_path, "# Title\n\nIt is [9 km][way].\n\nOr [8 km][way].\n\n[way]: fact:cycled\n")
        assert [(each.line, each.code) for each in built.warnings] == [(3, "drifted-fact"), (5, "drifted-fact")]


class TestReferences:
    def _marks(
        self, folder: Path, markdown: str, facts: str = "<!-- assessor/facts -->"
    ) -> tuple[Element, list[Element]]:
        config = CONFIG.replace("rules: rules.py", "rules: rules.py\n      references: true")
        pages = {"index.md": markdown, "all.md": f"# All\n\n{facts}\n", "mkdocs.yml": config}
        built = build(write_site(folder, pages), "--strict")
        assert built.exit_code == 0, built.log
        page = read(built.page())
        return page, by_class(page, "assessor-reference")

    def test_leads_to_where_the_fact_is_shown(self, tmp_path: Path) -> None:
        page, (mark, other) = self._marks(tmp_path, "# Title\n\n- It is [](fact:cycled), or [*5* km](fact:cycled).\n")
        (link,) = mark.iter("a")
        assert link.get("href") == "all/#assessor-fact-cycled"
        assert link.get("aria-label") == "Source: https://example.org/cycled, checked 1 March 2026"
        assert [text_of(each) for each in page.iter("li") if mark in each] == ["It is 5 km*, or 5 km*."]
        assert text_of(other) == "*"

    def test_none_in_headings_and_labels(self, tmp_path: Path) -> None:
        """Their text goes into the table of contents and the title of the page."""
        markdown = '# Up to [](fact:cycled)\n\n=== "Tab [](fact:cycled)"\n\n    One\n\n## [](fact:fare)\n'
        assert self._marks(tmp_path, markdown)[1] == []

    def test_none_where_the_fact_is_not_shown(self, tmp_path: Path) -> None:
        assert self._marks(tmp_path, "# Title\n\n[](fact:cycled)\n", facts="")[1] == []

    def test_none_by_default(self, tmp_path: Path) -> None:
        built = build_page(tmp_path, "# Title\n\n[](fact:cycled)\n\n<!-- assessor/facts -->\n", "--strict")
        assert by_class(read(built.page()), "assessor-reference") == []


class TestLiveLinks:
    """`estimate:`, `answer:` and `case:` links, as the build leaves them."""

    _PAGE = (
        "# Save [](estimate:saved)\n\nYour way: [](answer:far), with [rain](answer:rain), as [a clerk](case:clerk).\n\n"
    )

    def _page(self, folder: Path, *slots: str) -> Element:
        text = self._PAGE + "\n\n".join(f"<!-- assessor/{slot} -->" for slot in slots) + "\n\n## Weather\n"
        built = build_page(folder, text, "--strict")
        assert built.exit_code == 0, built.log
        return read(built.page())

    def test_what_they_say_and_where_they_lead(self, tmp_path: Path) -> None:
        page = self._page(tmp_path, "checklist", "cases")
        (estimate,) = by_class(page, "assessor-estimate-link")
        assert text_of(estimate) == "600 EUR per year"
        assert estimate.get("href") == "#assessor-estimates"
        assert estimate.get("title") == ("What the estimates assume\nA year on the bus: 1,200 EUR per year")
        answer, rain = by_class(page, "assessor-answer-link")
        assert (text_of(answer), answer.get("href")) == ("not answered yet", "#assessor--far")
        assert (text_of(rain), rain.get("href")) == ("rain", "#assessor--rain")
        (case,) = by_class(page, "assessor-case-link")
        assert (text_of(case), case.get("href")) == ("a clerk", "#assessor-case-clerk")
        fragment = str(case.get("data-preset"))
        assert fragment.startswith("#assessor=commute.")
        assert fragment.endswith(".cycle&rain=never&far=2&bicycle=true&~c=clerk")
        assert len([each for each in page.iter("template") if each.get("data-assessor")]) == 1

    def test_a_page_without_slots_gets_the_script_and_the_bundle_once(self, tmp_path: Path) -> None:
        pages = {"index.md": "# Home\n\n## Weather\n\n<!-- assessor/checklist -->\n\n<!-- assessor/cases -->\n"}
        pages["prose.md"] = f"{self._PAGE}And [](estimate:saved).\n"
        built = build(write_site(tmp_path, pages), "--strict")
        assert built.exit_code == 0, built.log
        page = read(built.page("prose/index.html"))
        assert len([each for each in page.iter("template") if each.get("data-assessor")]) == 1
        assert len([each for each in page.iter("script") if "assessor" in each.get("src", "")]) == 1
        (case,) = by_class(page, "assessor-case-link")
        assert case.get("href") == "../#assessor-case-clerk"
        (live,) = (each for each in page.iter("assessor-live") if case in list(each))
        assert [(each.get("href"), text_of(each)) for each in live][1:] == [("../", "")]

    def test_a_title_has_the_text_alone(self, tmp_path: Path) -> None:
        pages = {"index.md": "# Home\n\n## Weather\n\n<!-- assessor/checklist -->\n\n<!-- assessor/cases -->\n"}
        built = build(write_site(tmp_path, {**pages, "prose.md": self._PAGE}), "--strict")
        (title,) = (each.text for each in read(built.page("prose/index.html")).iter("title"))
        assert title == "Save 600 EUR per year - A test"

    def test_a_plan_has_every_task_gaps_first_with_its_condition(self, tmp_path: Path) -> None:
        page = self._page(tmp_path, "checklist", "cases", "plan")
        tasks = [each for each in page.iter("li") if each.get("data-task")]
        assert [" ".join(text_of(each).split()) for each in tasks] == [
            "Gap: Buy what is missing No longer applies. Thieves do not wait. Applies under: Cycle. Applies if "
            "it is not so that your bicycle is safe.",
            "Oil the chain. No longer applies. Applies under: Cycle.",
            "Set off. No longer applies. Applies under: Cycle.",
            "Buy a ticket for the year No longer applies. Single ones cost more. Applies under: Take the bus.",
        ]
