"""Links to questions, outcomes and rules: their words, and that they lead to where the thing stands."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from assessor import load_ruleset
from assessor.reports.wording import sentence
from tests.support.plugin.html_pages import broken_urls, by_class, by_id, read, text_of
from tests.support.sites import CONFIG, Built, build, build_page, write_site

_RAIN = "How often does it rain?"
_WORDS = {"question:rain": _RAIN, "outcome:cycle": "Cycle", "rule:otherwise": "Otherwise: Take the bus."}
_SLOTS = "\n\n<!-- assessor/question rain -->\n\n<!-- assessor/rules -->\n\n<!-- assessor/outcomes -->\n"

_PLACES = {
    "a paragraph": "See []({}).",
    "emphasis": "See **[]({})**.",
    "a list": "- one\n- []({})\n    1. nested",
    "a table": "| a | b |\n|---|---|\n| []({}) | c |",
    "a heading": "## About []({})",
    "an admonition": "!!! note\n    About []({}).",
    "an admonition's own title": '!!! note "About []({})"\n    text',
    "md_in_html": "<div markdown>\n[]({})\n</div>",
    "tabs": '=== "One"\n\n    []({})',
    "a footnote": "Text.[^1]\n\n[^1]: About []({}).",
    "reference style": "See [][it].\n\n[it]: {}",
    "a snippet": '--8<-- "part.txt"',
}


def _links(page: Element, scheme: str) -> list[Element]:
    return by_class(page, f"assessor-{scheme}-link")


class TestWords:
    @pytest.mark.parametrize("place", _PLACES)
    def test_in(self, tmp_path: Path, place: str) -> None:
        blocks = []
        for target in _WORDS:
            names = {"[^1": f"[^{target[:4]}", "[it": f"[{target[:4]}", "part.": f"{target[:4]}."}
            block = _PLACES[place].format(target)
            for name, own in names.items():
                block = block.replace(name, own)
            blocks.append(block)
        markdown = "\n\n".join(blocks)
        snippets = {f"{target[:4]}.txt": f"About []({target})." for target in _WORDS}
        base = "{pymdownx.snippets: {base_path: [!relative $config_dir]}}"
        config = CONFIG.replace("[admonition,", f"[{base}, admonition,")
        files = {"index.md": f"# Title\n\n## Weather\n\n{markdown}{_SLOTS}", "mkdocs.yml": config, **snippets}
        built = build(write_site(tmp_path, files), "--strict")
        assert built.exit_code == 0, built.log
        page = read(built.page())
        for target, words in _WORDS.items():
            links = [link for link in _links(page, target.partition(":")[0]) if link.tag == "a"]
            assert [text_of(link) for link in links] == [words]
        assert broken_urls(built) == []
        assert [each.get("href") for each in page.iter("a") if each.get("href", "").startswith(tuple(_WORDS))] == []

    def test_a_text_stays(self, tmp_path: Path) -> None:
        built = build_page(tmp_path, f"# Title\n\n## Weather\n\n[the *weather*](question:rain){_SLOTS}", "--strict")
        (link,) = _links(read(built.page()), "question")
        assert (text_of(link), [each.tag for each in link]) == ("the weather", ["em"])

    @pytest.mark.parametrize("theme", ["mkdocs", "material"])
    def test_titles_and_tables_of_contents(self, tmp_path: Path, theme: str) -> None:
        config = CONFIG.replace("theme: mkdocs", f"theme: {{name: {theme}, font: false}}").replace(
            "plugins:", "plugins:\n  - search"
        )
        page = f"# On [](outcome:cycle)\n\n## [](question:rain)\n\n## Weather\n{_SLOTS}"
        files = {"index.md": page, "mkdocs.yml": config}
        built = build(write_site(tmp_path, files), "--strict")
        assert built.exit_code == 0, built.log
        tree = read(built.page())
        assert _RAIN in [text_of(each) for each in tree.iter("a") if each.get("href") == "#how-often-does-it-rain"]
        found = json.loads((built.folder / "search/search_index.json").read_text("utf-8"))["docs"]
        assert {"On Cycle", _RAIN} <= {entry["title"] for entry in found}


def _hrefs(built: Built, path: str = "index.html") -> list[str]:
    page = read(built.page(path))
    return [link.get("href", "") for scheme in ("question", "outcome", "rule") for link in _links(page, scheme)]


_LINKS = "[](question:rain) [](outcome:bus) [](rule:rule-2)"


class TestTargets:
    @pytest.mark.parametrize(
        ("slots", "anchors"),
        [
            (["question rain", "rules", "outcomes"], ["slot--rain", "outcome-bus", "rule-rule-2"]),
            (["checklist"], ["-rain", "result", "result"]),
            (["checklist", "question rain", "rules"], ["slot--rain", "rule-rule-1", "rule-rule-2"]),
            (["checklist", "checklist", "rules", "rules", "outcomes"], ["-rain", "outcome-bus", "rule-rule-2"]),
        ],
    )
    @pytest.mark.parametrize("above", [True, False])
    def test_on_the_page(self, tmp_path: Path, slots: list[str], anchors: list[str], above: bool) -> None:
        comments = "\n\n".join(f"<!-- assessor/{slot} -->" for slot in slots)
        parts = ["# Title", "## Weather", _LINKS, comments] if above else ["# Title", "## Weather", comments, _LINKS]
        built = build_page(tmp_path, "\n\n".join(parts), "--strict")
        assert built.exit_code == 0, built.log
        assert _hrefs(built) == [f"#assessor-{anchor}" for anchor in anchors]
        assert broken_urls(built) == []

    @pytest.mark.parametrize("directories", ["true", "false"])
    @pytest.mark.parametrize("theme", ["mkdocs", "material"])
    def test_on_another_page(self, tmp_path: Path, theme: str, directories: str) -> None:
        config = CONFIG.replace("theme: mkdocs", f"theme: {{name: {theme}, font: false}}")
        rules = "<!-- assessor/rules -->"
        files = {
            "index.md": f"# Home\n\n## Weather\n\n{_LINKS}\n",
            "deep/down/links.md": f"# Links\n\n{_LINKS}\n",
            "with space/rules.md": f"---\ntitle: T\n---\n# Rules\n\n```\n{rules}\n```\n\n{rules}\n",
            "z/ask.md": "# Ask\n\n<!-- assessor/checklist -->\n",
            "mkdocs.yml": f"{config}use_directory_urls: {directories}\nvalidation: {{anchors: warn}}\n",
        }
        built = build(write_site(tmp_path, files), "--strict")
        assert built.exit_code == 0, built.log
        assert broken_urls(built) == []
        pages = ("index.html", "deep/down/links/index.html" if directories == "true" else "deep/down/links.html")
        end = "/" if directories == "true" else ".html"
        for up, path in zip(("", "../../../" if directories == "true" else "../../"), pages, strict=True):
            assert _hrefs(built, path) == [
                f"{up}z/ask{end}#assessor--rain",
                f"{up}with%20space/rules{end}#assessor-rule-rule-1",
                f"{up}with%20space/rules{end}#assessor-rule-rule-2",
            ]

    def test_a_broken_slot_shows_nothing(self, tmp_path: Path) -> None:
        pages = {"index.md": "# A\n\n[](question:rain)\n", "other.md": "# B\n\n<!-- assessor/question rian -->\n"}
        built = build(write_site(tmp_path, pages))
        assert [each.code for each in built.warnings] == ["unshown-target", "unknown-question"]
        (link,) = [each for each in read(built.page()).iter() if text_of(each) == _RAIN and each.tag in ("a", "span")]
        assert link.tag == "span"

    def test_author_links_to_slots_pass_the_validation_of_anchors(self, tmp_path: Path) -> None:
        pages = {
            "index.md": "# A\n\n## Weather\n\n[](#assessor-result) [](#assessor--far)\n\n<!-- assessor/checklist -->\n",
            "other.md": "# B\n\n[r](index.md#assessor-result)\n",
            "mkdocs.yml": f"{CONFIG}validation: {{anchors: warn}}\n",
        }
        built = build(write_site(tmp_path, pages), "--strict")
        assert built.exit_code == 0, built.log
        wrong = build(write_site(tmp_path, {**pages, "other.md": "# B\n\n[r](index.md#assessor-reslt)\n"}))
        assert "does not contain an anchor '#assessor-reslt'" in wrong.log


class TestOutcomes:
    def test_slot(self, tmp_path: Path) -> None:
        folder = write_site(tmp_path, {"index.md": "# Title\n\n<!-- assessor/outcomes -->\n"})
        built = build(folder, "--strict")
        assert built.exit_code == 0, built.log
        ruleset = load_ruleset("rules.py", folder)
        page = read(built.page())
        for outcome in ruleset.outcomes:
            shown = text_of(by_id(page, f"assessor-outcome-{outcome.id}"))
            for words in (outcome.title, outcome.summary, *outcome.next_steps):
                assert words in shown
            for action in ruleset.actions:
                assert (action.title in shown) is (outcome in action.under)
        fitting = text_of(by_id(page, "assessor-outcome-cycle"))
        assert (
            "Gap: Buy what is missing Thieves do not wait. Applies if it is not so that your bicycle is safe."
            in fitting
        )
        assert "Applies if" not in text_of(by_id(page, "assessor-outcome-bus"))

    def test_the_words_of_a_rule(self, tmp_path: Path) -> None:
        folder = write_site(tmp_path, {"index.md": "# Title\n\n[](rule:rule-1)\n\n<!-- assessor/rules -->\n"})
        (link,) = _links(read(build(folder, "--strict").page()), "rule")
        assert text_of(link) == sentence(load_ruleset("rules.py", folder).rules[0])
