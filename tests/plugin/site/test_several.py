"""Several rule sets on one site: which one a slot or a link means, and that they are kept apart."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from tests.support.plugin.html_pages import broken_urls, by_class, dangling_references, ids, read, repeated, text_of
from tests.support.sites import CONFIG, RULES, Built, build, write_site

# The same questions about another thing, under the same ids.
_LUNCH = RULES.replace('"commute"', '"lunch"').replace("How often does it rain?", "Do you bring your lunch?")
_LUNCH = _LUNCH.replace('"cycled", 5, "km"', '"cycled", 7, "km"').replace('title="To work"', 'title="To eat"')
_CONFIG = CONFIG.replace("rules: rules.py", "rules: {commute: rules.py, midday: lunch.py}")
_RAIN, _LUNCH_QUESTION = "How often does it rain?", "Do you bring your lunch?"


def _build(folder: Path, pages: dict[str, str], *options: str, config: str = _CONFIG) -> Built:
    return build(write_site(folder, {"lunch.py": _LUNCH, "mkdocs.yml": config, **pages}), *options)


def _wordings(page: Element) -> list[str]:
    return [text_of(each) for slot in page.iter("assessor-question") for each in by_class(slot, "assessor-wording")]


class TestChoice:
    def test_the_first_by_default(self, tmp_path: Path) -> None:
        page = "# Home\n\n## Weather\n\n<!-- assessor/question rain -->\n\n[](fact:cycled)\n"
        built = _build(tmp_path, {"index.md": page}, "--strict")
        assert built.exit_code == 0, built.log
        tree = read(built.page())
        assert _wordings(tree) == [_RAIN]
        assert [text_of(link) for link in by_class(tree, "assessor-fact")] == ["5 km"]

    def test_named(self, tmp_path: Path) -> None:
        slot, links = "<!-- assessor/midday/question rain -->", "[](fact:midday/cycled) [5 km](fact:commute/cycled)"
        built = _build(tmp_path, {"index.md": f"# Home\n\n## Weather\n\n{slot}\n\n{links}\n"}, "--strict")
        assert built.exit_code == 0, built.log
        tree = read(built.page())
        assert _wordings(tree) == [_LUNCH_QUESTION]
        assert [text_of(link) for link in by_class(tree, "assessor-fact")] == ["7 km", "5 km"]

    def test_front_matter(self, tmp_path: Path) -> None:
        slots = "<!-- assessor/question rain -->\n\n<!-- assessor/commute/question rain -->"
        page = f"---\nassessor: midday\n---\n# Home\n\n{slots}\n"
        pages = {"index.md": "# Home\n\n## Weather\n", "commute/eat.md": page}
        built = _build(tmp_path, pages, "--strict")
        assert built.exit_code == 0, built.log
        assert _wordings(read(built.page("commute/eat/index.html"))) == [_LUNCH_QUESTION, _RAIN]

    def test_folder(self, tmp_path: Path) -> None:
        slot = "# A\n\n<!-- assessor/question rain -->\n"
        pages = {
            "index.md": "# Home\n\n## Weather\n",
            "midday/a.md": slot,
            "midday/commute/b.md": slot,
            "other/midday/c/d.md": slot,
            "other/e.md": slot,
        }
        built = _build(tmp_path, pages, "--strict")
        assert built.exit_code == 0, built.log
        asked = {path: _wordings(read(built.page(f"{path}/index.html"))) for path in ("midday/a", "midday/commute/b")}
        asked |= {path: _wordings(read(built.page(f"{path}/index.html"))) for path in ("other/midday/c/d", "other/e")}
        assert asked == {
            "midday/a": [_LUNCH_QUESTION],
            "midday/commute/b": [_RAIN],
            "other/midday/c/d": [_LUNCH_QUESTION],
            "other/e": [_RAIN],
        }

    def test_links_to_another_page_find_the_right_one(self, tmp_path: Path) -> None:
        pages = {
            "index.md": "# Home\n\n## Weather\n\n[](question:rain) [](question:midday/rain)\n",
            "a.md": "# A\n\n<!-- assessor/midday/checklist -->\n",
            "b.md": "# B\n\n<!-- assessor/checklist -->\n",
        }
        built = _build(tmp_path, pages, "--strict")
        assert built.exit_code == 0, built.log
        links = {text_of(each): each.get("href") for each in by_class(read(built.page()), "assessor-question-link")}
        assert links == {_RAIN: "b/#assessor-commute--rain", _LUNCH_QUESTION: "a/#assessor-midday--rain"}
        assert broken_urls(built) == []


_MISTAKES = {
    "slot": ("<!-- assessor/middy/checklist -->", 3, 1, "there is no rule set named 'middy'. Did you mean 'midday'?"),
    "link": ("It is [](fact:middy/cycled).", 3, 7, "there is no rule set named 'middy'. Did you mean 'midday'?"),
    "drift": (
        "It is [5 km](fact:midday/cycled).",
        3,
        7,
        "the text '5 km' says 5, but fact 'cycled' is '7 km'; write [](fact:midday/cycled) to insert '7 km'",
    ),
    "slot of the other": ("<!-- assessor/midday/cheklist -->", 3, 1, "there is no slot 'assessor/cheklist'."),
    "unlinked": (
        "Most people cycle 7 km. [](fact:midday/law)",
        3,
        19,
        "'7 km' is what fact 'cycled' says, and would not change with it: write [7 km](fact:midday/cycled)",
    ),
    "target": (
        "See [](outcome:midday/bus).",
        3,
        5,
        "no page shows the outcome 'bus', so this link leads nowhere: "
        "put <!-- assessor/midday/outcomes --> or <!-- assessor/midday/checklist --> on one",
    ),
}


class TestMistakes:
    def test_a_number_of_two_rule_sets_is_told_once(self, tmp_path: Path) -> None:
        """The page's own rule set is the one that it should link to."""
        page = "# A\n\nThey ask for €1,200. [](fact:law) [](fact:commute/law)\n"
        (warned,) = _build(tmp_path, {"index.md": "# Home\n", "midday/a.md": page}).warnings
        assert (warned.path, warned.line, warned.column) == ("midday/a.md", 3, 14)
        assert warned.text.endswith("write [€1,200](fact:fare)")

    @pytest.mark.parametrize("name", _MISTAKES)
    def test_said(self, tmp_path: Path, name: str) -> None:
        markdown, line, column, message = _MISTAKES[name]
        (warned,) = _build(tmp_path, {"index.md": f"# Home\n\n{markdown}\n"}).warnings
        assert (warned.path, warned.line, warned.column) == ("index.md", line, column)
        assert warned.text.startswith(message)

    def test_front_matter(self, tmp_path: Path) -> None:
        page = "---\ntitle: T\nassessor: middy\n---\n# Home\n"
        (warned,) = _build(tmp_path, {"index.md": page}).warnings
        assert (warned.line, warned.column, warned.code) == (3, 11, "unknown-ruleset")
        assert warned.excerpt == "  3 | assessor: middy\n    |           ^~~~~"

    @pytest.mark.parametrize(
        ("rules", "message"),
        [
            ("{a: rules.py, b: rules.py}", "'a' and 'b' are both the rule set 'commute'"),
            ("{checklist: rules.py}", "'checklist' cannot name a rule set"),
            ("{A: rules.py}", "'A' cannot name a rule set"),
            ("{a: 3}", "rules: a: write a reference, such as 'rules/a.py', not 3"),
            ("{}", "rules: write a reference, or a mapping of names to references, not {}"),
            ("{a: ruls.py}", "Did you mean 'rules.py'?"),
            ("{a: rules.py, b: broken.py}", "broken.py:1: ZeroDivisionError"),
        ],
    )
    def test_option(self, tmp_path: Path, rules: str, message: str) -> None:
        config = CONFIG.replace("rules: rules.py", f"rules: {rules}")
        built = _build(tmp_path, {"index.md": "# Home\n", "broken.py": "1 / 0\n"}, config=config)
        assert built.exit_code == 1
        assert message in built.log
        assert "Traceback" not in built.log


_SLOTS = ("checklist", "question rain", "rules", "outcomes", "facts", "cases", "diagram")


class TestApart:
    def test_everything_of_both_on_one_page(self, tmp_path: Path) -> None:
        slots = [f"<!-- assessor/{name}/{slot} -->" for slot in _SLOTS for name in ("commute", "midday", "commute")]
        built = _build(tmp_path, {"index.md": "# Home\n\n## Weather\n\n" + "\n\n".join(slots)}, "--strict")
        assert built.exit_code == 0, built.log
        page = read(built.page())
        assert repeated(ids(page)) == []
        assert dangling_references(page) == []
        assert broken_urls(built) == []
        assert [each.get("data-assessor") for each in page.iter("template")] == ["commute", "lunch"]
        assert len([each for part in by_class(page, "assessor") for each in part.iter("script")]) == 1
        groups = [radio.get("name") for radio in page.iter("input") if radio.get("type") == "radio"]
        # Two in each of three checklists, and one in each of three questions.
        assert len(set(groups)) == 9

    def test_a_question_shows_what_is_possible_where_its_own_checklist_does_not(self, tmp_path: Path) -> None:
        names = ("midday/question rain", "midday/checklist", "question rain")
        slots = "\n\n".join(f"<!-- assessor/{name} -->" for name in names)
        page = read(_build(tmp_path, {"index.md": f"# Home\n\n## Weather\n\n{slots}\n"}, "--strict").page())
        summaries = [each for slot in page.iter("assessor-question") for each in by_class(slot, "assessor-summary")]
        assert [link.get("href") for each in summaries for link in each.iter("a")] == [None]

    def test_published(self, tmp_path: Path) -> None:
        pages = {"index.md": "# Home\n\n<!-- assessor/midday/facts -->\n"}
        built = _build(tmp_path, pages, "--strict")
        (name,) = [name for name in built.files() if name.endswith(".json") and name.startswith("assessor/")]
        assert name == "assessor/lunch.json"
        assert json.loads(built.page(name))["ruleset"] == "lunch"
