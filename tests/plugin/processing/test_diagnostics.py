"""What a diagnostic says beside its message: the place in the author's file, the line, and how grave it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from markdown import markdown

from assessor.__main__ import main
from assessor.findings.codes import PAGE_CODES
from assessor.findings.place import Place
from mkdocs_assessor import AssessorExtension
from mkdocs_assessor.diagnostics import FindingError
from tests.support.paths import ROOT
from tests.support.sites import CONFIG, RULES, Built, Warned, build, build_in_terminal, write_site

_WRONG = "[9 km](fact:cycled)"
_SNIPPETS = CONFIG.replace("[admonition,", "[{pymdownx.snippets: {base_path: [!relative $config_dir]}}, admonition,")


YES_NO_UNUSED = 'from assessor import *\n\nspare = YesNo("spare", "Is there a spare wheel, a pump and a patch?")\n'


def _only(built: Built) -> Warned:
    (warned,) = built.warnings
    return warned


class TestExcerpt:
    def test_line_and_caret(self, tmp_path: Path) -> None:
        built = build(write_site(tmp_path, {"index.md": f"# Title\n\nIt is {_WRONG} long.\n"}))
        assert _only(built).excerpt == f"  3 | It is {_WRONG} long.\n    |       ^~~~~~~~~~~~~~~~~~~"

    def test_tabs_are_as_wide_as_spaces(self, tmp_path: Path) -> None:
        built = build(write_site(tmp_path, {"index.md": f"# Title\n\n-\titem\n\n\t{_WRONG}\n"}))
        source, carets = _only(built).excerpt.splitlines()
        assert source.index("[9") == carets.index("^")

    def test_a_long_line_is_cut(self, tmp_path: Path) -> None:
        built = build(write_site(tmp_path, {"index.md": f"# Title\n\n{'word ' * 60}{_WRONG} {'word ' * 60}\n"}))
        warned = _only(built)
        source, carets = warned.excerpt.splitlines()
        assert (warned.line, warned.column) == (3, 301)
        assert len(source) < 135
        assert source.count("…") == 2
        start = carets.index("^")
        assert source[start : start + len(_WRONG)] == _WRONG

    @pytest.mark.parametrize("generator", ["mkdocs", "properdocs"])
    def test_a_narrow_terminal_breaks_no_line_of_it(self, tmp_path: Path, generator: str) -> None:
        """The generators wrap what is longer, and put the rest where no indentation is."""
        unused = YES_NO_UNUSED + RULES.replace(
            'Section("things", "Your things", [', 'Section("things", "Your things", [spare, '
        )
        pages = {"index.md": f"# Title\n\n{'word ' * 30}{_WRONG} {'word ' * 30}\n", "rules.py": unused}
        log = build_in_terminal(write_site(tmp_path, pages), 68, generator)
        # After the first, every line begins where the message does.
        lines = [line[11:] for line in log.splitlines() if line.startswith(" " * 11)]
        (at,) = (number for number, line in enumerate(lines) if line.startswith("  3 | …"))
        source, carets = lines[at : at + 2]
        start = carets.index("^")
        assert source[start : start + len(_WRONG)] == _WRONG
        assert carets == f"    | {' ' * (start - 6)}^{'~' * (len(_WRONG) - 1)}"
        at = next(number for number, line in enumerate(lines) if line.startswith("  To do: Remove it, or use it in"))
        assert lines[at + 1].startswith("  ")

    def test_nothing_where_the_place_is_not_known(self) -> None:
        assert Place("index.md").excerpt == ""
        assert Place("index.md", 3).excerpt == ""

    def test_strict_extension_raises_it(self, tmp_path: Path) -> None:
        (tmp_path / "rules.py").write_text(RULES, "utf-8")
        extension = AssessorExtension(rules=str(tmp_path / "rules.py"), strict=True)
        with pytest.raises(FindingError) as raised:
            markdown(f"text\n\n{_WRONG}", extensions=[extension])
        first, source, carets = str(raised.value).splitlines()
        assert first.startswith("3:1: the text '9 km' says 9")
        assert (source, carets) == (f"  3 | {_WRONG}", f"    | ^{'~' * (len(_WRONG) - 1)}")


def test_a_declaration_that_nobody_knows_ends_no_build() -> None:
    text = "<div>Up <![foo[bar]]> and</div>\n\n[](fact:base-fte)\n"
    assert "0.5 FTE</a>" in markdown(text, extensions=[AssessorExtension()])


def test_a_number_in_pieces_is_shown_by_its_line(tmp_path: Path) -> None:
    page = "# Title\n\nOne 3.\n\nIt takes <b>3</b>-FTE now. [](fact:fare)\n"
    rules = (
        RULES.replace('"cycled", 5, "km"', '"cycled", 3, "FTE"')
        .replace("low=3, ", "")
        .replace('unit="km"', 'unit="FTE"')
    )
    (warned,) = build(write_site(tmp_path, {"index.md": page, "rules.py": rules})).warnings
    assert (warned.code, warned.line, warned.column, warned.excerpt) == ("unlinked-fact", 5, 0, "")


class TestSnippets:
    def test_position_in_the_included_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        files = {
            "index.md": '# Title\n\n--8<-- "parts/way.txt"\n\nRight: [5 km](fact:cycled)\n',
            "parts/way.txt": f"First.\n\nIt is {_WRONG} long.\n",
            "mkdocs.yml": _SNIPPETS,
        }
        monkeypatch.chdir(write_site(tmp_path, files))
        warned = _only(build(tmp_path))
        assert (warned.path, warned.line, warned.column) == (str(Path("parts", "way.txt")), 3, 7)
        assert f"3 | It is {_WRONG} long." in warned.excerpt

    @pytest.mark.parametrize(
        "include", ['    --8<-- "way.txt:part"', '    --8<-- "way.txt:4:6"'], ids=["section", "lines"]
    )
    def test_a_part_that_is_indented(self, tmp_path: Path, include: str) -> None:
        files = {
            "index.md": f"# Title\n\n!!! note\n\n{include}\n\nAfter: {_WRONG}\n",
            "way.txt": f"no\n\n<!-- --8<-- [start:part] -->\nIt is {_WRONG} long.\n<!-- --8<-- [end:part] -->\n",
            "mkdocs.yml": _SNIPPETS,
        }
        first, second = build(write_site(tmp_path, files)).warnings
        assert (first.path, first.line, first.column) == (str(tmp_path / "way.txt"), 4, 7)
        assert (second.path, second.line, second.column) == ("index.md", 7, 8)

    def test_a_snippet_in_a_snippet(self, tmp_path: Path) -> None:
        files = {
            "index.md": '---\ntitle: T\n---\n# Title\n\n--8<-- "outer.txt"\n',
            "outer.txt": 'Outer.\n\n--8<-- "inner.txt"\n\nIt is [8.5 km](fact:cycled).\n',
            "inner.txt": f"\n\nIt is {_WRONG} long.\n",
            "mkdocs.yml": _SNIPPETS,
        }
        places = [(each.path, each.line) for each in build(write_site(tmp_path, files)).warnings]
        assert places == [(str(tmp_path / "inner.txt"), 3), (str(tmp_path / "outer.txt"), 5)]

    def test_lines_below_a_snippet_are_counted_in_the_page(self, tmp_path: Path) -> None:
        files = {
            "index.md": f'---\ntitle: T\n---\n# Title\n\n--8<-- "way.txt"\n\nIt is {_WRONG} long.\n',
            "way.txt": "One.\n\nTwo.\n\nThree.\n",
            "mkdocs.yml": _SNIPPETS,
        }
        warned = _only(build(write_site(tmp_path, files)))
        assert (warned.path, warned.line, warned.column) == ("index.md", 8, 7)

    def test_slots_in_a_snippet(self, tmp_path: Path) -> None:
        files = {
            "index.md": "# Title\n\n--8<--\nway.txt\n--8<--\n",
            "way.txt": "One.\n\n<!-- assessor/cheklist -->\n",
            "mkdocs.yml": _SNIPPETS,
        }
        warned = _only(build(write_site(tmp_path, files)))
        assert (warned.path, warned.line, warned.code) == (str(tmp_path / "way.txt"), 3, "unknown-slot")

    def test_what_is_appended_to_every_page(self, tmp_path: Path) -> None:
        files = {
            "index.md": "# Title\n\nThe last line.\n",
            "way.txt": f"\nIt is {_WRONG} long.\n",
            "mkdocs.yml": _SNIPPETS.replace("base_path:", "auto_append: [way.txt], base_path:"),
        }
        warned = _only(build(write_site(tmp_path, files)))
        assert (warned.path, warned.line, warned.column) == (str(tmp_path / "way.txt"), 2, 7)

    @pytest.mark.parametrize("is_linted", [False, True], ids=["build", "lint"])
    @pytest.mark.parametrize("base", ["docs", "./docs", "!relative $docs_dir"])
    def test_a_snippet_that_is_a_page_is_told_once(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, base: str, *, is_linted: bool
    ) -> None:
        files = {
            "index.md": '# Title\n\n--8<-- "part.md"\n',
            "part.md": f"---\ntitle: Part\n---\n# Part\n\nIt is {_WRONG} long.\n",
            "mkdocs.yml": _SNIPPETS.replace("!relative $config_dir", base),
        }
        monkeypatch.chdir(write_site(tmp_path, files))
        if is_linted:
            run = CliRunner().invoke(main, ["lint"])
            assert run.stdout.count("[drifted-fact]") == 1
            assert f"{Path('docs', 'part.md')}:6:7: warning" in run.stdout
        else:
            warned = _only(build(tmp_path))
            assert (warned.path, warned.line, warned.column) == ("part.md", 6, 7)

    def test_what_mdx_include_includes(self, tmp_path: Path) -> None:
        pytest.importorskip("mdx_include")
        (tmp_path / "parts").mkdir()
        (tmp_path / "parts" / "way.md").write_text("One.\n\n{! inner.md !}\n", "utf-8")
        (tmp_path / "parts" / "inner.md").write_text(f"Two.\n\nIt is {_WRONG} long.\n", "utf-8")
        extension = f"{{mdx_include: {{base_path: {tmp_path / 'parts'}}}}}"
        files = {
            "index.md": f"# Title\n\n{{! way.md | utf-8 !}}\n\nIt is {_WRONG[:-1]}) wide.\n",
            "mkdocs.yml": CONFIG.replace("[admonition,", f"[{extension}, admonition,"),
        }
        first, second = build(write_site(tmp_path, files)).warnings
        assert (first.path, first.line, first.column) == (str(tmp_path / "parts" / "inner.md"), 3, 7)
        assert (second.path, second.line, second.column) == ("index.md", 5, 7)

    @pytest.mark.parametrize("is_linted", [False, True], ids=["build", "lint"])
    def test_a_mistake_on_many_pages_is_told_once(self, tmp_path: Path, is_linted: bool) -> None:
        pages = {f"{name}.md": f'# {name}\n\n--8<-- "way.txt"\n' for name in ("index", "a", "b")}
        config = _SNIPPETS.replace("!relative $config_dir", str(tmp_path))
        write_site(tmp_path, {**pages, "way.txt": f"It is {_WRONG} long.\n", "mkdocs.yml": config})
        said = CliRunner().invoke(main, ["lint", str(tmp_path / "docs")]).stdout if is_linted else build(tmp_path).log
        assert said.count("[drifted-fact]") == 1


class TestOtherPlugins:
    def test_a_hook_that_changes_the_markdown(self, tmp_path: Path) -> None:
        """The line is that of the file, and not of what the parser got."""
        files = {
            "index.md": f"---\ntitle: T\n---\n# {{{{ name }}}}\n\nIt is {_WRONG} for {{{{ name }}}}.\n",
            "hook.py": (
                "def on_page_markdown(markdown, **kwargs):\n"
                "    return 'One.\\n\\nTwo.\\n\\n' + markdown.replace('{{ name }}', 'Kestrel and others')\n"
            ),
            "mkdocs.yml": f"{CONFIG}hooks: [hook.py]\n",
        }
        warned = _only(build(write_site(tmp_path, files)))
        assert (warned.path, warned.line, warned.column) == ("index.md", 6, 7)
        assert f"6 | It is {_WRONG} for {{{{ name }}}}." in warned.excerpt


class TestSeverity:
    def _build(self, folder: Path, options: str, *arguments: str) -> Built:
        config = CONFIG.replace("rules: rules.py", f"rules: rules.py\n      diagnostics: {options}")
        return build(write_site(folder, {"index.md": f"# Title\n\n{_WRONG}\n", "mkdocs.yml": config}), *arguments)

    @pytest.mark.parametrize("value", ["off", "false", '"off"'])
    def test_off(self, tmp_path: Path, value: str) -> None:
        built = self._build(tmp_path, f"{{drifted-fact: {value}}}", "--strict")
        assert (built.exit_code, built.warnings, built.hints) == (0, [], [])

    def test_info_does_not_fail_a_strict_build(self, tmp_path: Path) -> None:
        built = self._build(tmp_path, "{drifted-fact: note}", "--strict")
        assert (built.exit_code, built.warnings) == (0, [])
        assert [each.code for each in built.hints] == ["drifted-fact"]

    def test_a_hint_can_be_a_warning(self, tmp_path: Path) -> None:
        config = CONFIG.replace("rules: rules.py", "rules: rules.py\n      diagnostics: {unquoted-fact: warning}")
        pages = {"index.md": "# Title\n\n## Weather\n\n<!-- assessor/checklist -->\n", "mkdocs.yml": config}
        built = build(write_site(tmp_path, pages), "--strict")
        assert built.exit_code == 1
        assert [each.code for each in built.warnings] == ["unquoted-fact"]

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ("{drifted-facts: off}", "diagnostics: there is no code 'drifted-facts'. Did you mean 'drifted-fact'?"),
            ("{drifted-fact: loud}", "diagnostics: drifted-fact: write warning, note or off, not 'loud'"),
        ],
    )
    def test_wrong_option(self, tmp_path: Path, options: str, message: str) -> None:
        built = self._build(tmp_path, options)
        assert built.exit_code == 1
        assert message in built.log
        assert "Traceback" not in built.log

    def test_extension_without_a_plugin(self, tmp_path: Path) -> None:
        (tmp_path / "rules.py").write_text(RULES, "utf-8")
        off = AssessorExtension(rules=str(tmp_path / "rules.py"), strict=True, diagnostics={"drifted-fact": False})
        assert "9 km" in markdown(_WRONG, extensions=[off])


_ABOUT = "index.md#weather"


class TestTheWholeSite:
    """What is said of the rule set stands where that is made."""

    def _place(self, rules: str, text: str) -> tuple[int, int]:
        before = rules[: rules.index(text)]
        return before.count("\n") + 1, len(before) - before.rfind("\n")

    @pytest.mark.parametrize("slot", ["checklist", "question rain"])
    def test_about_a_section_that_there_is_not(self, tmp_path: Path, slot: str) -> None:
        rules = RULES.replace(_ABOUT, "index.md#wether")
        pages = {
            "index.md": "# Home\n\n## Weather\n",
            "ask.md": f"# Ask\n\n<!-- assessor/{slot} -->\n",
            "rules.py": rules,
        }
        warned = _only(build(write_site(tmp_path, pages)))
        assert (warned.path, warned.code) == (str(tmp_path / "rules.py"), "unknown-anchor")
        assert (warned.line, warned.column) == self._place(rules, "index.md#wether")
        owner = "question 'rain' is about 'index.md#wether', but"
        assert warned.text == f"{owner} 'index.md' has no section 'wether'. Did you mean 'weather'?"

    def test_about_a_slot(self, tmp_path: Path) -> None:
        rules = RULES.replace(_ABOUT, "index.md#assessor-facts-of-life")
        files = {"index.md": "# Home\n\n<!-- assessor/question rain -->\n", "rules.py": rules}
        assert _only(build(write_site(tmp_path, files))).code == "unknown-anchor"
        rules = RULES.replace(_ABOUT, "index.md#assessor-slot--rain")
        assert build(write_site(tmp_path, {**files, "rules.py": rules}), "--strict").exit_code == 0

    def test_a_question_that_nobody_is_asked(self, tmp_path: Path) -> None:
        rules = RULES.replace(_ABOUT, "nowhere.md#at-all")
        files = {"index.md": "# Home\n\n<!-- assessor/question far -->\n", "rules.py": rules}
        assert build(write_site(tmp_path, files), "--strict").exit_code == 0

    def test_parts_that_no_page_shows(self, tmp_path: Path) -> None:
        built = build(write_site(tmp_path, {"index.md": "# Home\n\n## Weather\n\n<!-- assessor/question rain -->\n"}))
        assert built.warnings == []
        ends = " or <!-- assessor/checklist --> on one"
        assert [each.text for each in built.hints if each.code == "unshown-part"] == [
            f"no page shows the rules of 'commute' (rule-1, rule-2, otherwise): put <!-- assessor/rules -->{ends}",
            f"no page shows the outcomes of 'commute' (cycle, bus): put <!-- assessor/outcomes -->{ends}",
            "no page shows the actions of 'commute' (ticket, fit): put <!-- assessor/outcomes --> or "
            "<!-- assessor/checklist --> or <!-- assessor/plan --> on one",
        ]

    def test_fact_that_nobody_quotes(self, tmp_path: Path) -> None:
        """The other two facts are used by a rule and by an estimate."""
        page = "# Home\n\n## Weather\n\n<!-- assessor/checklist -->\n"
        built = build(write_site(tmp_path, {"index.md": page}))
        (hint,) = built.hints
        assert (hint.code, hint.line) == ("unquoted-fact", self._place(RULES, "law = Fact(")[0])
        assert hint.text.startswith("no page quotes fact 'law', and nothing in the rule set uses it")
        for quoting in ("[](fact:law)", "<!-- assessor/facts -->"):
            assert build(write_site(tmp_path, {"index.md": f"{page}\n{quoting}\n"})).hints == []

    def test_site_that_uses_nothing(self, tmp_path: Path) -> None:
        built = build(write_site(tmp_path, {"index.md": "# Home\n\nIt takes 5 km.\n"}))
        assert (built.warnings, built.hints) == ([], [])

    def test_dirty_build_needs_no_page_that_it_does_not_render(self, tmp_path: Path) -> None:
        pages = {
            "index.md": "# Home\n\n## Weather\n\n<!-- assessor/question rain -->\n",
            "ask.md": "# Ask\n\n<!-- assessor/checklist -->\n\n[](question:far), [](fact:law)\n",
        }
        folder = write_site(tmp_path, pages)
        assert build(folder, "--strict").hints == []
        (folder / "docs" / "index.md").write_text(f"{pages['index.md']}\nSee [](question:far) and {_WRONG}.\n", "utf-8")
        built = build(folder, "--dirty")
        assert [each.code for each in built.warnings] == ["drifted-fact"]
        assert built.hints == []
        assert 'href="ask/#assessor--far"' in built.page()


@pytest.mark.slow
def test_every_code_is_documented_with_an_example_that_gives_it(tmp_path: Path) -> None:
    """`docs/diagnostics.md` has a section for each code, whose first block is a page, or rules, that give it."""
    text = (ROOT / "docs" / "diagnostics.md").read_text("utf-8")
    sections = [section.partition("\n") for section in text.split("\n### ")[1:]]
    assert [title.strip("`") for title, _, _ in sections] == list(PAGE_CODES)
    for title, _, body in sections:
        code = title.strip("`")
        language, _, example = body.split("```")[1].partition("\n")
        rules, page, files = RULES, example, {}
        if language == "text":
            config = CONFIG.replace("theme: mkdocs", "theme: {name: mkdocs, custom_dir: overrides}")
            files, page = {example.strip(): "text", "mkdocs.yml": config}, ""
        if language == "json":
            files, page = {"docs/notes.ipynb": example}, ""
        if code == "other-language":
            rules = RULES.replace('"commute", title', '"commute", language="en", title')
        if language == "python" and "RuleSet(" in example:
            rules, page = example, "<!-- assessor/checklist -->\n"
        elif language == "python":
            (about,) = re.findall(r'about="([^"]*)"', example)
            rules, page = RULES.replace(_ABOUT, about), "## Weather\n\n<!-- assessor/question rain -->\n"
        page = page if page.startswith("---") else f"# Guide\n\n{page}"
        folder = write_site(tmp_path / code, {"index.md": page, "rules.py": rules, **files})
        built = build(folder)
        found = {each.code: severity for severity in ("warnings", "hints") for each in getattr(built, severity)}
        assert found.get(code) == ("warnings" if PAGE_CODES[code].severity == "warning" else "hints"), (code, built.log)


_HOOK = """\
from markdown import markdown

TEXT = "\\n\\n\\n\\n\\n\\nIt is [9 km](fact:cycled) long."


def on_page_markdown(text, config, **others):
    return text + markdown(TEXT, extensions=config.markdown_extensions, extension_configs=config.mdx_configs)


def on_page_content(html, config, **others):
    return html + markdown(TEXT, extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
"""


def test_markdown_that_another_plugin_renders_is_told_with_its_page_or_not_at_all(tmp_path: Path) -> None:
    site = write_site(tmp_path, {"deep/index.md": "# Home\n", "mkdocs.yml": f"{CONFIG}hooks: [hook.py]\n"})
    (site / "hook.py").write_text(_HOOK, "utf-8")
    built = build(site)
    assert built.exit_code == 0, built.log
    assert {each.path for each in built.warnings} == {"deep/index.md"}
