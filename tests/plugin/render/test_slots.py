"""Slots: what each renders, where they may stand, and what is said of a wrong one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from assessor import Choice, Question, RuleSet, load_ruleset
from assessor.reports.wording import sentence, statement
from mkdocs_assessor.page.syntax import LIVE
from tests.support.plugin.html_pages import by_class, by_id, dangling_references, ids, read, repeated, text_of
from tests.support.sites import RULES, Built, Warned, build, build_page, write_site

_EVERY_SLOT = """\
# A guide

<!-- assessor/checklist -->

<!-- assessor/question rain -->

<!-- assessor/rules -->

<!-- assessor/facts -->

<!-- assessor/cases -->
"""
_NOT_WORDS = {"id", "unit", "source", "checked", "about", "location", "operator", "icon", "tone"}


@pytest.fixture(scope="module")
def ruleset(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    return load_ruleset("rules.py", write_site(tmp_path_factory.mktemp("rules"), {}))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Element:
    """The page that has every slot."""
    markdown = _EVERY_SLOT + "\n## Weather\n"
    built = build_page(tmp_path_factory.mktemp("every"), markdown, "--strict")
    assert built.exit_code == 0, built.log
    return read(built.page())


def _words(part: object) -> Iterator[str]:
    """Every text of a rule set that is written for readers."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from _words(each)
    elif is_dataclass(part):
        for each in fields(part):
            if each.name not in _NOT_WORDS:
                yield from _words(getattr(part, each.name))


def _plain(text: str) -> str:
    return " ".join(text.replace("*", "").split())


def _missing(texts: Iterator[str] | list[str], shown: str) -> list[str]:
    return [text for text in texts if _plain(text) not in shown]


class TestWhatIsRendered:
    def test_every_word_of_the_rule_set(self, page: Element, ruleset: RuleSet) -> None:
        labels = " ".join(element.get("aria-label", "") for element in page.iter())
        words = set(_words(ruleset))
        assert len(words) > 50, "the walk over the rule set has lost its way"
        assert _missing(sorted(words), f"{text_of(page)} {labels}") == []

    def test_checklist(self, page: Element, ruleset: RuleSet) -> None:
        (checklist,) = page.iter("assessor-checklist")
        (form,) = checklist.iter("form")
        shown = text_of(checklist)
        for section in ruleset.sections:
            heading = by_id(checklist, f"assessor-section-{section.id}")
            assert (heading.tag, text_of(heading)) == ("h3", section.title)
            assert section.intro in shown
        folds = {each.get("data-question"): each for each in form.iter("details") if each.get("data-question")}
        assert list(folds) == ["rain", "far", "bicycle"]
        for question_id, fold in folds.items():
            _check_question(fold, ruleset.questions_by_id[question_id or ""])
        (ticks,) = by_class(form, "assessor-ticks")
        assert (ticks.tag, ticks[0].tag) == ("fieldset", "legend")
        assert [each.get("data-question") for each in by_class(ticks, "assessor-tick")] == ["lock", "lamp"]
        for tick in by_class(ticks, "assessor-tick"):
            box, unknown = tick.iter("input")
            label, _ = tick.iter("label")
            assert unknown.get("data-unknown") == ""
            assert box.get("type") == "checkbox"
            assert box in label.iter()
            assert text_of(label) == ruleset.questions_by_id[tick.get("data-question", "")].wording
        assert "Asked only if you own a bicycle." in text_of(by_id(form, "assessor--lamp"))

    def test_checklist_result(self, page: Element, ruleset: RuleSet) -> None:
        result = by_id(page, "assessor-result")
        shown = text_of(result)
        for rule in ruleset.rules:
            assert rule.because in shown
            assert sentence(rule) in shown
        for outcome in ruleset.outcomes:
            assert _missing([outcome.title, outcome.summary, *outcome.next_steps], shown) == []
        for action in ruleset.actions:
            (listed, *_) = [each for each in result.iter("li") if each.get("data-if") == f"apply={action.id}"]
            assert _missing([action.title, action.because], text_of(listed)) == []
            gaps, _ = by_class(result, "assessor-gaps")
            assert (listed in [*gaps.iter("li")]) is action.gap
        (row,) = [each for each in result.iter("tr") if each.get("data-estimate") == "saved"]
        assert text_of(row) == "What the bicycle saves (EUR per year) 600 600 Half of the days are dry."
        assert "Half of the days are dry." in shown

    def test_question(self, page: Element, ruleset: RuleSet) -> None:
        (slot,) = page.iter("assessor-question")
        (fold,) = [each for each in slot.iter("details") if each.get("data-question")]
        assert fold.get("data-question") == "rain"
        _check_question(fold, ruleset.questions_by_id["rain"])
        assert not by_class(slot, "assessor-summary"), "the checklist of the page has the result"

    def test_rules(self, page: Element, ruleset: RuleSet) -> None:
        (slot,) = by_class(page, "assessor-rules")
        (listed,) = slot.iter("ol")
        assert [text_of(item) for item in listed] == [f"{sentence(rule)} {rule.because}" for rule in ruleset.rules]
        assert [item.get("id") for item in listed] == [f"assessor-rule-{rule.id}" for rule in ruleset.rules]
        (terms,) = slot.iter("dl")
        for criterion in ruleset.criteria:
            assert text_of(by_id(terms, f"assessor-criterion-{criterion.id}")) == criterion.title
            assert f"means that {statement(criterion.condition)}." in text_of(terms)

    def test_facts(self, page: Element, ruleset: RuleSet) -> None:
        (slot,) = by_class(page, "assessor-facts")
        for fact in ruleset.facts:
            row = by_id(slot, f"assessor-fact-{fact.id}")
            assert [cell.tag for cell in row] == ["th", "td", "td", "td"]
            assert row[0].get("scope") == "row"
            assert _missing([fact.title, str(fact), fact.range_text(), fact.note], text_of(row)) == []
            assert [link.get("href") for link in row.iter("a")] == [fact.source]
            assert [time.get("datetime") for time in row.iter("time")] == [fact.checked]
        said = text_of(by_id(slot, "assessor-fact-cycled"))
        assert "5 km (3–8 km)" in said
        assert "1 March 2026" in said

    def test_cases(self, page: Element, ruleset: RuleSet) -> None:
        (slot,) = by_class(page, "assessor-cases")
        for case in ruleset.cases:
            section = by_id(slot, f"assessor-case-{case.id}")
            assert _missing([case.title, case.story, case.outcome.title], text_of(section)) == []
            assert len(list(section.iter("li"))) == len(case.answers)
        clerk, judge = (text_of(by_id(slot, f"assessor-case-{each}")) for each in ("clerk", "judge"))
        for answer in ("rain? Hardly ever", "way? 2 km", "bicycle? Yes"):
            assert answer in clerk
        for answer in ("bicycle? No", "holds I don’t know yet"):
            assert answer in judge

    def test_markdown_in_the_words_of_a_rule_set(self, page: Element) -> None:
        assert "winter" in [text_of(each) for each in page.iter("em")]

    def test_ids_are_unique_and_references_lead_somewhere(self, page: Element) -> None:
        assert repeated(ids(page)) == []
        assert dangling_references(page) == []

    def test_headings_below_the_page_title(self, page: Element) -> None:
        assert [text_of(each) for each in page.iter("h1")] == ["A guide"]


def _check_question(fold: Element, question: Question) -> None:
    assert fold[0].tag == "summary"
    (wording,) = by_class(fold[0], "assessor-wording")
    assert text_of(wording) == question.wording
    (group,) = [each for each in fold if each.get("role") == "group"]
    assert group.get("aria-labelledby") == wording.get("id")
    assert _missing([question.hint, question.why, question.asked_of], text_of(fold)) == []
    radios = [each for each in fold.iter("input") if each.get("type") == "radio"]
    if radios:
        options = question.option_ids if isinstance(question, Choice) else ("true", "false")
        assert [radio.get("value") for radio in radios] == [*options, ""]
        assert len({radio.get("name") for radio in radios}) == 1
    for control in fold.iter("input"):
        in_label = any(control in label.iter() for label in fold.iter("label"))
        assert in_label or control.get("aria-labelledby"), "a control without a name"


_PLACES = {
    "a page": "<!-- assessor/question rain -->",
    "without spaces": "<!--assessor/question   rain-->",
    "over two lines": "<!-- assessor/question\nrain -->",
    "a list": "- item\n\n    <!-- assessor/question rain -->\n\n- item",
    "a list item alone": "1. <!-- assessor/question rain -->\n2. item",
    "a line of a list item": "- item\n  <!-- assessor/question rain -->\n- item",
    "a line of a paragraph": "above\n<!-- assessor/question rain -->\nbelow",
    "an admonition": "!!! note\n\n    <!-- assessor/question rain -->",
    "a line of an admonition": "!!! note\n    above *all*\n    <!-- assessor/question rain -->\n    below `all`",
    "a block quote": "> <!-- assessor/question rain -->",
    "a table": "| a | b |\n|---|---|\n| <!-- assessor/question rain --> | c |",
    "md_in_html": "<div markdown>\n<!-- assessor/question rain -->\n</div>",
    "md_in_html, with room": '<section markdown="1">\n\n<!-- assessor/question rain -->\n\n</section>',
    "tabs": '=== "One"\n\n    <!-- assessor/question rain -->\n\n=== "Two"\n\n    other',
}


class TestPlaces:
    @pytest.mark.parametrize("markdown", _PLACES.values(), ids=_PLACES)
    def test_rendered(self, tmp_path: Path, markdown: str) -> None:
        built = build_page(tmp_path, f"# Title\n\n## Weather\n\n{markdown}\n", "--strict")
        assert built.exit_code == 0, built.log
        page = read(built.page())
        (slot,) = page.iter("assessor-question")
        assert len(list(slot.iter("form"))) == 1
        for rest in ("above", "below", "item", "other", "all"):
            assert (rest in text_of(page)) >= (rest in markdown), "the text around it is lost"
        assert "assessor/question" not in built.page()

    def test_two_lines_of_a_paragraph(self, tmp_path: Path) -> None:
        lines = (
            "!!! note\n    <!-- assessor/question rain -->\n    <!-- assessor/question far -->\n    <!-- other -->\n"
        )
        built = build_page(tmp_path, f"# Title\n\n## Weather\n\n{lines}", "--strict")
        assert built.exit_code == 0, built.log
        page = read(built.page())
        assert [each.get("data-question") for each in by_class(page, "assessor-question")] == ["rain", "far"]
        assert "<!-- other -->" in built.page()

    @pytest.mark.parametrize(
        "markdown",
        [
            "```html\n<!-- assessor/checklist -->\n```",
            "- item\n\n    ```\n    <!-- assessor/checklist -->\n    ```",
            "~~~~\n```\n<!-- assessor/checklist -->\n~~~~",
            "    <!-- assessor/checklist -->",
            "Write `<!-- assessor/checklist -->` there.",
            "Write `` <!-- assessor/checklist --> `` there.",
        ],
    )
    def test_code_is_left_alone(self, tmp_path: Path, markdown: str) -> None:
        built = build_page(tmp_path, f"# Title\n\n{markdown}\n", "--strict")
        assert built.exit_code == 0, built.log
        (code,) = (each for each in read(built.page()).iter("code"))
        assert "<!-- assessor/checklist -->" in text_of(code)
        assert "<assessor-" not in built.page()

    def test_other_comments_are_left_alone(self, tmp_path: Path) -> None:
        comments = "<!-- more -->\n\n<!-- see assessor/checklist -->\n\n<!-- assessorial/checklist -->"
        built = build_page(tmp_path, f"# Title\n\n{comments}\n", "--strict")
        assert built.exit_code == 0, built.log
        assert all(comment in built.page() for comment in comments.split("\n\n"))


_SEVERAL = ("question far", "checklist", "question rain", "facts", "question rain", "checklist", "rules", "cases")


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Built:
    slots = "\n\n".join(f"<!-- assessor/{slot} -->" for slot in _SEVERAL)
    markdown = f"# Title\n\n## Weather\n\n{slots}\n"
    return build_page(tmp_path_factory.mktemp("several"), markdown, "--strict")


class TestSeveralOnAPage:
    def test_ids(self, several: Built) -> None:
        assert several.exit_code == 0, several.log
        page = read(several.page())
        assert repeated(ids(page)) == []
        assert dangling_references(page) == []
        fragments = [
            link.get("href", "")[1:] for link in page.iter("a") if link.get("href", "").startswith("#assessor-")
        ]
        assert len(fragments) > 10
        assert set(fragments) <= set(ids(page))

    def test_radio_groups_do_not_meet(self, several: Built) -> None:
        page = read(several.page())
        groups = [
            {radio.get("name") for radio in fieldset.iter("input") if radio.get("type") == "radio"}
            for fieldset in page.iter("fieldset")
        ]
        names = [name for group in groups for name in group if name]
        assert repeated(names) == []

    def test_order_of_the_page(self, several: Built) -> None:
        page = read(several.page())
        # Those around links are no parts of the page.
        elements = [each.tag for each in page.iter() if each.tag.startswith("assessor-") and each.tag != LIVE]
        question, checklist = "assessor-question", "assessor-checklist"
        assert elements == [question, checklist, question, question, checklist]

    def test_one_pair_of_assets_and_one_bundle_in_the_first(self, several: Built) -> None:
        page = read(several.page())
        first, *rest = by_class(page, "assessor")
        for tag, name in (("link", "href"), ("script", "src"), ("template", "data-assessor")):
            inside = [each.get(name, "") for each in first.iter(tag)]
            assert len(inside) == 1
            assert all(not list(slot.iter(tag)) for slot in rest)
            assert sum(each.get(name) == inside[0] for each in page.iter(tag)) == 1

    def test_static_slots_bring_no_script(self, tmp_path: Path) -> None:
        slots = "\n\n".join(f"<!-- assessor/{slot} -->" for slot in ("facts", "rules", "cases"))
        built = build_page(tmp_path, f"# Title\n\n{slots}\n", "--strict")
        assert built.exit_code == 0, built.log
        assert len(by_class(read(built.page()), "assessor")) == 3
        (only,) = [name for name in built.files() if "assessor." in name]
        assert only.endswith(".css")
        assert built.page().count(only) == 1

    def test_question_without_a_checklist_links_to_none(self, tmp_path: Path) -> None:
        built = build_page(tmp_path, "# Title\n\n## Weather\n\n<!-- assessor/question rain -->\n", "--strict")
        (summary,) = by_class(read(built.page()), "assessor-summary")
        assert [link.get("href") for link in summary.iter("a")] == [None]


_MISTAKES = {
    "unknown-slot": ("<!-- assessor/cheklist -->", "there is no slot 'assessor/cheklist'. Did you mean 'checklist'?"),
    "unknown-question": ("<!-- assessor/question rian -->", "there is no question 'rian'. Did you mean 'rain'?"),
    "missing-question": ("<!-- assessor/question -->", "write which question: <!-- assessor/question ID -->"),
    "unexpected-option": (
        "<!-- assessor/checklist short -->",
        "the slot 'assessor/checklist' takes no option, but has 'short'",
    ),
}
_OTHER_MISTAKES = {
    "no name": ("<!-- assessor/ -->", "unknown-slot", "there is no slot 'assessor/'."),
    "two ids": ("<!-- assessor/question rain far -->", "unknown-question", "there is no question 'rain far'."),
    "capitals": ("<!-- assessor/Checklist -->", "unknown-slot", "Did you mean 'checklist'?"),
    "nothing near": ("<!-- assessor/question zzz -->", "unknown-question", "Known: 'rain', 'far', 'bicycle'"),
    "in a text": ("Go, <!-- assessor/question rain --> go.", "misplaced-slot", "put it on a separate line"),
    "in emphasis": ("*go <!-- assessor/question rain --> go*", "misplaced-slot", "put it on a separate line"),
    "in a heading": ("## <!-- assessor/question rain -->", "misplaced-slot", "put it on a separate line"),
    "in HTML": ("<div>\n<!-- assessor/question rain -->\n</div>", "misplaced-slot", "write <div markdown>"),
    "in a list": ("- item\n\n    <!-- assessor/cheklist -->", "unknown-slot", "Did you mean 'checklist'?"),
}


class TestMistakes:
    @pytest.mark.parametrize("code", _MISTAKES)
    def test_said_and_shown(self, tmp_path: Path, code: str) -> None:
        slot, message = _MISTAKES[code]
        built = build_page(tmp_path, f"# Title\n\ntext\n\n{slot}\n")
        assert built.exit_code == 0, built.log
        assert built.warnings == [Warned("index.md", 5, code, message)]
        (shown,) = by_class(read(built.page()), "assessor-mistake")
        assert text_of(shown) == message

    @pytest.mark.parametrize(("markdown", "code", "part"), _OTHER_MISTAKES.values(), ids=_OTHER_MISTAKES)
    def test_other(self, tmp_path: Path, markdown: str, code: str, part: str) -> None:
        built = build_page(tmp_path, f"# Title\n\n{markdown}\n")
        (warned,) = built.warnings
        lines = f"# Title\n\n{markdown}\n".splitlines()
        assert "<!-- assessor/" in lines[warned.line - 1]
        assert (warned.path, warned.code) == ("index.md", code)
        assert part in warned.text
        (shown,) = by_class(read(built.page()), "assessor-mistake")
        assert text_of(shown) == warned.text

    def test_a_comment_around_a_slot_still_ends(self, tmp_path: Path) -> None:
        built = build_page(tmp_path, "# Title\n\n<!-- Later:\n\n<!-- assessor/rules -->\n\nThe rest.\n")
        assert [each.code for each in built.warnings] == ["misplaced-slot"]
        assert "The rest." in text_of(read(built.page()))

    @pytest.mark.parametrize("code", _MISTAKES)
    def test_strict_fails(self, tmp_path: Path, code: str) -> None:
        built = build_page(tmp_path, f"# Title\n\n{_MISTAKES[code][0]}\n", "--strict")
        assert built.exit_code == 1
        assert [warned.code for warned in built.warnings] == [code]
        assert "Aborted with 1 warnings in strict mode!" in built.log

    @pytest.mark.parametrize(
        "above",
        [
            "---\ntitle: T\ntags: [a]\n---\n\n\n# Title\n",
            "# Title\n\n```\n{slot}\n```\n",
            "# Title\n\n- item\n\n    ~~~~ html\n    ~~~\n    {slot}\n    ~~~~\n",
            "# Title\n\n> ```\n> {slot}\n> ```\n",
            "---\ntitle: T\n---\n# Title\n\nNot `{slot}` but\n",
            "# Title\n\nNot `code over\ntwo lines {slot}` but\n",
            "# Title\n\nNot ``` `{slot} ``` but\n",
        ],
        ids=["front matter", "fence", "fence in a list", "fence in a quote", "inline", "two lines", "three ticks"],
    )
    def test_line(self, tmp_path: Path, above: str) -> None:
        slot = "<!-- assessor/question rian -->"
        above = above.format(slot=slot)
        built = build_page(tmp_path, f"{above}\n{slot}\n\ntext\n\n- item\n\n    {slot}\n")
        first = above.count("\n") + 2
        assert [(each.path, each.line) for each in built.warnings] == [("index.md", first), ("index.md", first + 6)]

    def test_line_of_a_misplaced_one_after_a_good_one(self, tmp_path: Path) -> None:
        slot = "<!-- assessor/question rain -->"
        built = build_page(tmp_path, f"# Title\n\n## Weather\n\n{slot}\n\nNot {slot} here.\n")
        assert [(each.line, each.code) for each in built.warnings] == [(7, "misplaced-slot")]

    def test_every_page_has_its_own(self, tmp_path: Path) -> None:
        slot = "<!-- assessor/nothing -->"
        pages = {"index.md": f"# A\n\n{slot}\n", "deep/down/other.md": f"# B\n\n\n{slot}\n\n{slot}\n"}
        built = build(write_site(tmp_path, pages))
        places = [(each.path, each.line) for each in built.warnings]
        assert places == [("index.md", 3), ("deep/down/other.md", 4), ("deep/down/other.md", 6)]


_HOSTILE = "<script>alert(1)</script> & \"double\" 'single' </template> <img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Element:
    """A page with every slot, where each text of the rule set ends in HTML."""
    folder = write_site(
        tmp_path_factory.mktemp("hostile"), {"index.md": f"{_EVERY_SLOT}\n## Weather\n", "rules.py": _hostile_rules()}
    )
    built = build(folder)
    assert built.exit_code == 0, built.log
    assert built.warnings == []
    return read(built.page())


class TestHostileWords:
    def test_nothing_of_it_is_markup(self, hostile: Element) -> None:
        content = by_class(hostile, "assessor")
        scripts = [script for part in content for script in part.iter("script")]
        assert [(set(script.attrib), text_of(script)) for script in scripts] == [({"defer", "src"}, "")]
        for part in content:
            assert [each.tag for each in part.iter() if each.tag in ("img", "b", "iframe", "object")] == []
            assert [name for each in part.iter() for name in each.attrib if name.startswith("on")] == []

    def test_all_of_it_is_text(self, hostile: Element) -> None:
        assert _said(hostile).count(_HOSTILE) > 60

    def test_no_script_as_a_target(self, hostile: Element) -> None:
        targets = [link.get("href", "") for part in by_class(hostile, "assessor") for link in part.iter("a")]
        assert len(targets) > 5
        assert [target for target in targets if "script:" in target.lower().replace("\t", "")] == []

    @pytest.mark.parametrize(
        "target", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java&#115;cript:alert(1)", "data:,x"]
    )
    def test_a_link_to_a_script_is_refused(self, tmp_path: Path, target: str) -> None:
        rules = RULES.replace("Not a chain.", f"Not [a chain]({target}).")
        built = build(write_site(tmp_path, {"index.md": "# Title\n", "rules.py": rules}))
        assert built.exit_code == 1
        assert "rules.py:" in built.log
        assert "only https:, http:, mailto: and relative links" in built.log

    @pytest.mark.parametrize(
        "text", ["<javascript:alert(1)>", "[a][b]\n\n[b]: javascript:alert(1)", "javascript:alert(1)"]
    )
    def test_a_script_that_is_no_link_is_text(self, tmp_path: Path, text: str) -> None:
        rules = RULES.replace('"Not a chain."', repr(text))
        built = build(write_site(tmp_path, {"index.md": _EVERY_SLOT, "rules.py": rules}))
        page = read(built.page())
        assert "javascript:alert(1)" in text_of(by_id(page, "assessor--lock--hint"))
        assert [link.get("href") for link in page.iter("a") if "javascript" in link.get("href", "")] == []

    def test_hostile_units(self, tmp_path: Path) -> None:
        """The only text that goes into the bundle."""
        rules = RULES.replace("EUR/year", "l'<b>&amp;/year")
        built = build(write_site(tmp_path, {"index.md": _EVERY_SLOT, "rules.py": rules}))
        page = read(built.page())
        assert [each.tag for part in by_class(page, "assessor") for each in part.iter("b")] == []
        (template,) = page.iter("template")
        (estimate,) = json.loads(template.get("data-bundle", ""))["estimates"]
        assert estimate["unit"] == "l'<b>&amp;/year"

    def test_hostile_slots(self, tmp_path: Path) -> None:
        built = build_page(tmp_path, "# Title\n\n<!-- assessor/question <img onerror=alert(1)> -->\n")
        (shown,) = by_class(read(built.page()), "assessor-mistake")
        assert "<img onerror=alert(1)>" in text_of(shown)
        assert list(shown.iter("img")) == []


def _hostile_rules() -> str:
    """The rules, each text of which ends in HTML."""
    return f"""{RULES}
from dataclasses import fields, is_dataclass

hostile = {_HOSTILE!r}
plain = {sorted(_NOT_WORDS)!r}


def spoil(part, seen):
    if id(part) in seen or not (is_dataclass(part) or isinstance(part, tuple)):
        return
    seen[id(part)] = part
    for each in part if isinstance(part, tuple) else [
        getattr(part, field.name) for field in fields(part) if field.name not in plain
    ]:
        spoil(each, seen)
    for field in fields(part) if is_dataclass(part) else ():
        value = getattr(part, field.name)
        if field.name == "next_steps":
            object.__setattr__(part, field.name, tuple(step + hostile for step in value))
        elif isinstance(value, str) and value and field.name not in plain:
            object.__setattr__(part, field.name, value + hostile)


spoil(ruleset, {{}})
"""


def _said(page: Element) -> str:
    """The text of a page with what is in the attributes that are read aloud."""
    labels = " ".join(each.get("aria-label", "") for each in page.iter())
    return f"{text_of(page)} {labels}"
